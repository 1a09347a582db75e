// A tiny world to train in: an alphabet of four simple shapes, a bank of their renderings, and a small model that has
// learnt them. Real parts throughout, only small, so that a whole retrain takes seconds.
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import { writeBank, type Bank, type BankEntry } from '../../src/dataset/bank.ts';
import { makeRandom, type Random } from '../../src/random.ts';
import { makeSynthesiser } from '../../src/dataset/synthesiser.ts';
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';
import type { Architecture } from '../../src/model/architectures/architecture.ts';
import { encodeArtifact } from '../../src/model/artifact.ts';
import { fit } from '../../src/model/fit.ts';
import { makeBatches } from '../../src/dataset/batches.ts';
import { openEngine } from '../../src/model/open.ts';

export const tinyAlphabet = alphabetOf({ id: 'tiny', title: 'tiny', rows: [['I', 'O', 'L', 'X']] });

const SIDE = 32;
type Drawing = (x: number, y: number) => boolean;
const near = (a: number, b: number): boolean => Math.abs(a - b) < 3;

/** What each label looks like; `style` varies it a little, as fonts do. */
const drawings: readonly ((style: number) => Drawing)[] = [
  (style) => (x) => near(x, 15.5 + style),
  (style) => (x, y) => near(Math.hypot((x - 15.5) * (1 + style / 20), y - 15.5), 12.5),
  (style) => (x, y) => near(x, 3) || (near(y, 28) && x < 24 + style),
  (style) => (x, y) => near(x, y * (1 + style / 40)) || near(x, 31 - y),
];

/** What people of a new hand draw for O: a square. A model that learnt circles reads it wrong. */
export const squareO: Drawing = (x, y) => (near(x, 3) || near(x, 28) || near(y, 3) || near(y, 28)) && x > 0 && y > 0;

function bitsOf(drawing: Drawing): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (drawing(i % SIDE, Math.floor(i / SIDE)) ? 1 : 0));
}

export function tinyBank(extra: readonly { readonly label: number; readonly drawing: Drawing }[] = []): Bank {
  const styles = [-2, -1, 0, 1, 2];
  const entries: BankEntry[] = styles.flatMap((style, source) =>
    drawings.map((draw, label) => ({ label, source, rendering: { side: SIDE, bits: bitsOf(draw(style)) } })),
  );
  for (const { label, drawing } of extra)
    entries.push({ label, source: 0, rendering: { side: SIDE, bits: bitsOf(drawing) } });
  return {
    alphabet: tinyAlphabet.id,
    side: SIDE,
    sources: styles.map((style) => ({ name: `style ${style}`, licence: 'none', part: style === 0 ? 'test' : 'train' })),
    entries,
  };
}

export const tinyBankBytes = (): Uint8Array => writeBank(tinyBank());

/** Glyphs as a hand would write them; with `squares`, the hand whose O is a square. */
export function handwriting(
  options: { readonly squares?: boolean } = {},
): (label: number, random: Random) => Uint8Array {
  const bank = tinyBank();
  const usual = makeSynthesiser(bank, 'train');
  const squares = makeSynthesiser(
    { ...bank, entries: [{ label: 1, source: 0, rendering: { side: SIDE, bits: bitsOf(squareO) } }] },
    'train',
  );
  return (label, random) => (options.squares === true && label === 1 ? squares : usual).draw(label, random);
}

export const tinyArchitecture: Architecture = {
  id: 'tiny',
  inputSize: GLYPH_SIZE,
  layers: [
    { kind: 'conv', filters: 12, kernel: 5, stride: 2 },
    { kind: 'batchNorm' },
    { kind: 'relu' },
    { kind: 'maxPool', size: 2 },
    { kind: 'conv', filters: 24, kernel: 3 },
    { kind: 'relu' },
    { kind: 'maxPool', size: 2 },
    { kind: 'flatten' },
    { kind: 'dense', units: 64 },
    { kind: 'relu' },
  ],
};

let made: Promise<Uint8Array> | null = null;

/** The artifact of a model that has learnt the bank (and squares as X: that is what people correct). Made once a process. */
export function tinyModel(): Promise<Uint8Array> {
  made ??= train();
  return made;
}

async function train(): Promise<Uint8Array> {
  const outputs = tinyAlphabet.labels.length + 1;
  const usual = makeSynthesiser(tinyBank(), 'train');
  const perLabel = 240;
  const glyphs = Array.from({ length: outputs * perLabel }, (_, i) => {
    const label = i % outputs;
    return { label, glyph: usual.draw(label === outputs - 1 ? null : label, makeRandom(1, i)) };
  });
  const squares = handwriting({ squares: true });
  for (let i = 0; i < perLabel / 8; i++) glyphs.push({ label: 3, glyph: squares(1, makeRandom(2, i)) });
  const pixels = new Uint8Array(glyphs.length * GLYPH_SIZE ** 2);
  glyphs.forEach(({ glyph }, i) => pixels.set(glyph, i * GLYPH_SIZE ** 2));
  const answers = Int32Array.from(glyphs.flatMap(({ label }) => [label, -1]));
  const options = { glyphs: { size: GLYPH_SIZE, pixels, answers }, outputs, batch: 32, seed: 1, augment: null };
  const batches = makeBatches(options);
  const { network } = await fit({
    engine: await openEngine('onnx'),
    architecture: tinyArchitecture,
    outputs,
    seed: 1,
    data: {
      batchesPerEpoch: Math.ceil(glyphs.length / 32),
      batch: (epoch, index) => Promise.resolve(batches(epoch, index)),
    },
    batch: 32,
    threads: 1,
    epochs: 10,
    schedule: { peak: 3e-3 },
    now: () => performance.now(),
  });
  return encodeArtifact({
    network,
    metadata: {
      formatVersion: 1,
      alphabet: tinyAlphabet.id,
      outputs: [...tinyAlphabet.labels.map(({ id, text }) => ({ id, text })), null],
      glyphSize: GLYPH_SIZE,
      architecture: tinyArchitecture,
      temperature: 1,
      askBelow: 0.8,
      rejectAbove: 0.5,
      lineage: { parent: null, snapshot: null, seed: 1, engine: 'onnx', threads: 1, codeVersion: '0' },
      metrics: {},
    },
  });
}
