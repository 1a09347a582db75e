// npm run bench: figures of this machine, with ratios against PyTorch where it is installed. Never part of the tests.
import { parseArgs } from 'node:util';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What PyTorch reached in the same run, and how many times as good ours is (above 1: better). */
  readonly pytorch?: number;
  readonly ratio?: number;
}

/** A suite is loaded only when it is run. */
const suites: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  attacks: async () => (await import('./attacks.ts')).benchAttacks(),
  crowd: async () => (await import('./crowd.ts')).benchCrowd(),
  duel: async () => (await import('./duel.ts')).benchDuel(),
  engine: async () => (await import('./engine.ts')).benchEngine(),
  glyph: async () => (await import('./glyph.ts')).benchGlyph(),
  hostile: async () => (await import('./hostile.ts')).benchHostile(),
  platforms: async () => (await import('./platforms.ts')).benchPlatforms(),
  product: async () => (await import('./product.ts')).benchProduct(),
  store: async () => (await import('./store.ts')).benchStore(),
  training: async () => (await import('./training.ts')).benchTraining(),
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const wanted = positionals.length === 0 ? Object.keys(suites) : positionals;
const unknown = wanted.filter((name) => !(name in suites));
if (values.help || unknown.length > 0) {
  console.error(`npm run -s bench -- [--json] [${Object.keys(suites).join('|')} …]   (all of them: some minutes)`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

const figures: Figure[] = [];
for (const name of wanted) {
  if (!values.json) console.error(`${name} …`);
  figures.push(...((await suites[name]?.()) ?? []));
}
if (values.json) console.log(JSON.stringify(figures));
else {
  for (const { name, value, unit, pytorch, ratio } of figures) {
    const against = pytorch === undefined ? '' : `   PyTorch ${rounded(pytorch)}, ratio ${(ratio ?? NaN).toFixed(2)}`;
    console.log(`${name.padEnd(58)} ${rounded(value).padStart(10)} ${unit}${against}`);
  }
}
process.exit(0);

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
