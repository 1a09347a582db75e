// Synthesis: the same seed gives the same glyph, hands differ, the bank survives packing, damaged banks are refused.
import { describe, expect, it } from 'vitest';
import { readBank, writeBank, type Bank, type Rendering } from '../../src/dataset/bank.ts';
import { makeRandom } from '../../src/random.ts';
import { shapeOf } from '../../src/dataset/synth-fields.ts';
import { synthesiseJunk } from '../../src/dataset/synth-junk.ts';
import { synthesise } from '../../src/dataset/synth.ts';
import { makeSynthesiser, synthesiseSamples } from '../../src/dataset/synthesiser.ts';
import { OperationalError } from '../../src/errors.ts';

const SIDE = 64;

function rendering(inked: (x: number, y: number) => boolean): Rendering {
  const bits = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < bits.length; i++) bits[i] = inked(i % SIDE, Math.floor(i / SIDE)) ? 1 : 0;
  return { side: SIDE, bits };
}
const ring = rendering((x, y) => Math.abs(Math.hypot(x - 31.5, y - 31.5) - 27) <= 5);
const bar = rendering((x) => Math.abs(x - 31.5) <= 4);
const cross = rendering((x, y) => Math.abs(x - 31.5) <= 3 || Math.abs(y - 31.5) <= 3);

const bank: Bank = {
  alphabet: 'digits',
  side: SIDE,
  sources: [
    { name: 'taught', licence: 'OFL-1.1', part: 'train' },
    { name: 'tested', licence: 'OFL-1.1', part: 'test' },
  ],
  entries: [
    { label: 0, source: 0, rendering: ring },
    { label: 1, source: 0, rendering: bar },
    { label: null, source: 0, rendering: cross },
    { label: 1, source: 1, rendering: bar },
  ],
};

describe('fields of a rendering', () => {
  it('measure the stroke from its outline and from its middle line', () => {
    const shape = shapeOf(bar);
    expect(shape).not.toBeNull();
    if (shape === null) return;
    const row = Math.floor(shape.side / 2) * shape.side;
    const middle = Math.floor(shape.side / 2);
    expect(shape.halfWidth).toBeGreaterThan(2.9);
    expect(shape.halfWidth).toBeLessThan(4.1);
    expect((shape.outline[row + middle] ?? 0) / 8).toBeCloseTo(-3.5, 0);
    expect((shape.outline[row + middle + 10] ?? 0) / 8).toBeCloseTo(6.5, 0);
    expect((shape.middle[row + middle + 10] ?? 0) / 8).toBeCloseTo(10, -0.5);
  });

  it('are none where there is no ink', () => {
    expect(shapeOf(rendering(() => false))).toBeNull();
  });
});

describe('synthesis', () => {
  it('is the same for the same seed and differs for another', () => {
    const shape = shapeOf(ring);
    if (shape === null) throw new Error('the ring has ink');
    const draw = (seed: number): Uint8Array | null => synthesise(shape, makeRandom(seed), { size: 32 });
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(1)?.length).toBe(32 * 32);
  });

  it('writes what the rendering shows: a ring stays hollow and round about, whoever writes', () => {
    const shape = shapeOf(ring);
    if (shape === null) throw new Error('the ring has ink');
    let hollow = 0;
    for (let seed = 0; seed < 200; seed++) {
      const glyph = synthesise(shape, makeRandom(seed), { size: 32 });
      if (glyph !== null && (glyph[16 * 32 + 16] ?? 255) < 60) hollow++;
    }
    expect(hollow).toBeGreaterThan(180);
  });

  it('varies the pen: thin and thick strokes both occur', () => {
    const shape = shapeOf(bar);
    if (shape === null) throw new Error('the bar has ink');
    const inks = Array.from({ length: 100 }, (_, seed) =>
      (synthesise(shape, makeRandom(seed), { size: 32 }) ?? new Uint8Array()).reduce(
        (sum, level) => sum + level / 255,
        0,
      ),
    ).sort((a, b) => a - b);
    expect((inks[90] ?? 0) / (inks[10] ?? 1)).toBeGreaterThan(2);
  });

  it('makes junk that is ink, and the same for the same seed', () => {
    for (let seed = 0; seed < 100; seed++) {
      const junk = synthesiseJunk(makeRandom(seed), 32);
      expect(junk.some((level) => level > 100)).toBe(true);
      expect(synthesiseJunk(makeRandom(seed), 32)).toEqual(junk);
    }
  });
});

describe('the bank', () => {
  it('comes back as it was packed', () => {
    expect(readBank(writeBank(bank))).toEqual(bank);
  });

  it('is refused when damaged, cut short or something else', () => {
    const bytes = writeBank(bank);
    const bent = bytes.slice();
    bent[20] = (bent[20] ?? 0) ^ 255;
    for (const bad of [new Uint8Array(), Buffer.from('not a bank at all'), bytes.subarray(0, bytes.length - 9), bent]) {
      expect(() => readBank(bad)).toThrow(OperationalError);
    }
  });
});

describe('a synthesiser', () => {
  it('keeps to its part: what is tested was never taught', () => {
    expect(makeSynthesiser(bank, 'train').labels).toEqual([0, 1]);
    expect(makeSynthesiser(bank, 'test').labels).toEqual([1]);
    expect(() => makeSynthesiser(bank, 'test').draw(0, makeRandom(1))).toThrow('no test rendering');
  });

  it('draws samples balanced by label, repeatably, and junk for null even where the bank has none', () => {
    const options = { size: 28 };
    const draw = () => [...synthesiseSamples(makeSynthesiser(bank, 'test', options), [0, 1, null], 3, 7)];
    expect(draw().map((sample) => sample.label)).toEqual([1, 1, 1, null, null, null]);
    expect(draw()).toEqual(draw());
    expect(draw().every((sample) => sample.glyph.length === 28 * 28)).toBe(true);
  });
});
