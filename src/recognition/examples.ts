// Pictures for whoever has nothing at hand, made from an alphabet's own bank, and read like any photo. Nothing of it is stored: the
// model knows these shapes, so an answer to one would teach and prove nothing.
import { readBank, type Rendering } from '../dataset/bank.ts';
import type { Reading } from '../glyph/glyph.ts';
import type { ChampionReader } from '../model/champion.ts';
import { Newest } from '../newest.ts';

const SHOWN = 3;
/** Pixels a pixel of the bank, and the paper around it, as a part of its side. */
const SCALE = 3;
const MARGIN = 0.4;
/** Alphabets whose examples are kept. */
const MOST_KEPT = 20;

interface ExampleRead {
  readonly labelId: number;
  readonly probability: number;
}

export interface Examples {
  /** PNGs of single characters; none where the alphabet has no bank or no model. */
  pictures(alphabet: string): Promise<readonly Uint8Array[]>;
  /** What the model that answers now reads; null where it cannot, or there is no such picture. */
  read(alphabet: string, place: number): Promise<ExampleRead | null>;
}

export function makeExamples(deps: {
  /** The bytes of an alphabet's bank; null without one. */
  readonly bank: (alphabet: string) => Promise<Uint8Array | null>;
  readonly reader: (alphabet: string) => Promise<ChampionReader | null>;
  readonly readPhoto: (bytes: Uint8Array) => Promise<Reading>;
  /** A PNG of grey pixels, 0 black … 255 white. */
  readonly png: (pixels: Uint8Array, width: number, height: number) => Uint8Array;
}): Examples {
  const made = new Newest<string, Promise<readonly Uint8Array[]>>(MOST_KEPT);
  const read = new Newest<string, Promise<ExampleRead | null>>(MOST_KEPT * SHOWN);

  async function make(alphabet: string): Promise<readonly Uint8Array[]> {
    const bytes = await deps.bank(alphabet);
    if (bytes === null) return [];
    const bank = readBank(bytes);
    // Of fonts that the model never learnt from, where there are some.
    const unseen = bank.entries.filter(({ label, source }) => label !== null && bank.sources[source]?.part === 'test');
    const labels = [...new Set(unseen.map(({ label }) => label))];
    return Array.from({ length: SHOWN }, (_, at) => labels[Math.floor(((at + 0.7) * labels.length) / SHOWN)])
      .flatMap((label, at) => {
        const ofLabel = unseen.filter((each) => each.label === label);
        return ofLabel[(at * 7) % Math.max(1, ofLabel.length)] ?? [];
      })
      .map(({ rendering }) => {
        const { pixels, side } = onPaper(rendering);
        return deps.png(pixels, side, side);
      });
  }

  function pictures(alphabet: string): Promise<readonly Uint8Array[]> {
    const known = made.get(alphabet);
    if (known !== undefined) return known;
    const making = make(alphabet);
    made.set(alphabet, making);
    making.catch(() => made.delete(alphabet));
    return making;
  }

  async function readOne(alphabet: string, picture: Uint8Array): Promise<ExampleRead | null> {
    const reading = await deps.readPhoto(picture);
    const glyph = reading.outcome === 'glyphs' ? reading.glyphs[0] : undefined;
    const reader = await deps.reader(alphabet);
    if (glyph === undefined || reader === null) return null;
    const [answer] = await reader.classify([glyph.pixels]);
    const [best] = answer?.candidates ?? [];
    return best ?? null;
  }

  return {
    pictures: async (alphabet) => ((await deps.reader(alphabet)) === null ? [] : pictures(alphabet)),
    async read(alphabet, place) {
      const picture = (await pictures(alphabet))[place];
      const reader = await deps.reader(alphabet);
      if (reader === null || picture === undefined) return null;
      // The same picture to the same model is the same answer, however often it is tapped.
      const key = `${reader.version} ${place}`;
      const known = read.get(key);
      if (known !== undefined) return known;
      const reading = readOne(alphabet, picture);
      read.set(key, reading);
      reading.catch(() => read.delete(key));
      return reading;
    },
  };
}

/** Dark on light, with paper around it and soft edges, as a photo has them. */
function onPaper({ side: from, bits }: Rendering): { readonly pixels: Uint8Array; readonly side: number } {
  const margin = Math.round(from * SCALE * MARGIN);
  const side = from * SCALE + 2 * margin;
  const inkAt = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= from || y >= from ? 0 : (bits[y * from + x] ?? 0);
  const pixels = new Uint8Array(side * side).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      // Between the four pixels of the bank that lie around it.
      const [u, v] = [(x - margin + 0.5) / SCALE - 0.5, (y - margin + 0.5) / SCALE - 0.5];
      const [left, top] = [Math.floor(u), Math.floor(v)];
      const [right, down] = [u - left, v - top];
      const ink =
        (1 - down) * ((1 - right) * inkAt(left, top) + right * inkAt(left + 1, top)) +
        down * ((1 - right) * inkAt(left, top + 1) + right * inkAt(left + 1, top + 1));
      pixels[y * side + x] = 255 - Math.round(225 * ink);
    }
  }
  return { pixels, side };
}
