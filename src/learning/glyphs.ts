// Glyphs as learning and judging take them: packed, so that a hundred thousand samples are 160 MB.
import { GLYPH_SIZE } from '../glyph/glyph.ts';

/** Glyphs with the network's output that is right for each. */
export interface Glyphs {
  readonly count: number;
  /** Sample ids; 0 for synthesised ones. */
  readonly ids: Float64Array;
  /** Samples of one group are copies of one photo. */
  readonly groups: Float64Array;
  readonly outputs: Int32Array;
  /** Who sent each: the same number, the same person. 0 for those who are trusted, and for synthesised ones. */
  readonly senders: Int32Array;
  /** Numbers of each: its pixels, or what a backbone makes of it. */
  readonly area: number;
  readonly pixels: Uint8Array;
}

const AREA = GLYPH_SIZE * GLYPH_SIZE;

interface Packer {
  add(glyph: Uint8Array, output: number, id: number, group: number, sender?: number): void;
  done(): Glyphs;
}

/** Packs glyphs, the last `most` of them: beyond that each takes the place of the oldest. */
export function makePacker(expected = 256, most = Infinity, area = AREA): Packer {
  let pixels = new Uint8Array(Math.max(1, expected) * area);
  const ids: number[] = [];
  const groups: number[] = [];
  const outputs: number[] = [];
  const senders: number[] = [];
  let added = 0;
  return {
    add(glyph, output, id, group, sender = 0) {
      const at = added++ % most;
      const start = at * area;
      if (start + area > pixels.length) {
        const grown = new Uint8Array(Math.ceil(ids.length * 1.5) * area);
        grown.set(pixels);
        pixels = grown;
      }
      pixels.set(glyph, start);
      ids[at] = id;
      groups[at] = group;
      outputs[at] = output;
      senders[at] = sender;
    },
    done: () => ({
      count: ids.length,
      ids: Float64Array.from(ids),
      groups: Float64Array.from(groups),
      outputs: Int32Array.from(outputs),
      senders: Int32Array.from(senders),
      area,
      pixels: pixels.subarray(0, ids.length * area),
    }),
  };
}

/** All, one after the other, however many they are. */
export function concat(...all: readonly Glyphs[]): Glyphs {
  const count = all.reduce((sum, glyphs) => sum + glyphs.count, 0);
  const [ids, groups] = [new Float64Array(count), new Float64Array(count)];
  const [outputs, senders] = [new Int32Array(count), new Int32Array(count)];
  let at = 0;
  for (const glyphs of all) {
    ids.set(glyphs.ids, at);
    groups.set(glyphs.groups, at);
    outputs.set(glyphs.outputs, at);
    senders.set(glyphs.senders, at);
    at += glyphs.count;
  }
  return {
    count,
    ids,
    groups,
    outputs,
    senders,
    area: (all.find((glyphs) => glyphs.count > 0) ?? all[0])?.area ?? AREA,
    pixels: Buffer.concat(all.map(({ pixels }) => pixels)),
  };
}

/** The glyphs at these places. */
export function pick(glyphs: Glyphs, places: readonly number[]): Glyphs {
  const { area } = glyphs;
  const packer = makePacker(places.length, Infinity, area);
  for (const at of places)
    packer.add(
      glyphs.pixels.subarray(at * area, (at + 1) * area),
      glyphs.outputs[at] ?? 0,
      glyphs.ids[at] ?? 0,
      glyphs.groups[at] ?? 0,
      glyphs.senders[at] ?? 0,
    );
  return packer.done();
}

/** Those from one place up to another, in the same memory. */
export function part({ ids, groups, outputs, senders, area, pixels }: Glyphs, from: number, to: number): Glyphs {
  return {
    count: to - from,
    ids: ids.subarray(from, to),
    groups: groups.subarray(from, to),
    outputs: outputs.subarray(from, to),
    senders: senders.subarray(from, to),
    area,
    pixels: pixels.subarray(from * area, to * area),
  };
}

/** Pixels as a network takes them, ink 0 … 1. */
export function inkLevels(pixels: Uint8Array): Float32Array {
  const inks = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) inks[i] = (pixels[i] ?? 0) / 255;
  return inks;
}

/** Glyphs as a network takes them: ink 0 … 1, and one 1 a row of targets. */
export function asValidation(glyphs: Glyphs, outputs: number): { inputs: Float32Array; targets: Float32Array } {
  const targets = new Float32Array(glyphs.count * outputs);
  glyphs.outputs.forEach((output, i) => {
    targets[i * outputs + output] = 1;
  });
  return { inputs: inkLevels(glyphs.pixels), targets };
}
