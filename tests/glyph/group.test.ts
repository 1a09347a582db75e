// Which pieces are one character's, told from their boxes and figures alone.
import { expect, test } from 'vitest';
import type { Component } from '../../src/glyph/components.ts';
import { boundsOf, groupWith, piecesWith } from '../../src/glyph/group.ts';

const photo = { width: 600, height: 400, pixels: new Uint8Array(0) };
const cutOut = { width: 100, height: 100, pixels: new Uint8Array(0) };

let count = 0;
/** A stroke of 10 pixels' width from corner to corner, black on white, unless said otherwise. */
function piece(x: number, y: number, width: number, height: number, more: Partial<Component> = {}): Component {
  return {
    id: ++count,
    area: 5 * (width + height),
    left: x,
    top: y,
    right: x + width,
    bottom: y + height,
    onBorder: 0,
    open: 0,
    contrast: 90,
    edge: 100,
    outline: width + height,
    ...more,
  };
}

/** The character: 100 pixels high, in the middle of the photo. */
const main = piece(250, 150, 80, 100);

const grouped = (others: readonly Component[], frame = photo): readonly boolean[] => {
  const members = groupWith(main, [main, ...others], frame);
  expect(members).toContain(main);
  expect(new Set(members).size).toBe(members.length);
  return others.map((each) => members.includes(each));
};
const kept = (others: readonly Component[], frame = photo, character = main): readonly boolean[] => {
  const pieces = piecesWith(character, [character, ...others], frame);
  expect(pieces[0]).toBe(character);
  return others.map((each) => pieces.includes(each));
};

test('dots and strokes beside the character are its own within 0.8 of its size, as the crow flies', () => {
  const above = (gap: number) => piece(280, 150 - gap - 15, 15, 15);
  const beside = (gap: number) => piece(250 + 80 + gap, 180, 15, 60);
  const askew = (gap: number) => piece(250 + 80 + gap, 150 - gap - 15, 15, 15);
  expect(grouped([above(79)])).toEqual([true]);
  expect(grouped([above(81)])).toEqual([false]);
  expect(grouped([beside(79)])).toEqual([true]);
  expect(grouped([beside(81)])).toEqual([false]);
  expect(grouped([askew(56)])).toEqual([true]);
  expect(grouped([askew(57)])).toEqual([false]);
  // Left of it and below it as well, and within its own box.
  expect(grouped([piece(160, 200, 15, 15), piece(280, 260, 15, 15), piece(280, 190, 10, 10)])).toEqual([
    true,
    true,
    true,
  ]);
});

test('from piece to piece the character goes on by half its size', () => {
  const first = piece(340, 200, 20, 20);
  expect(grouped([first, piece(360 + 49, 200, 20, 20)])).toEqual([true, true]);
  expect(grouped([first, piece(360 + 51, 200, 20, 20)])).toEqual([true, false]);
});

test('a line of other writing stays away with all of its pieces, unless the picture is cut out already', () => {
  const line = Array.from({ length: 7 }, (_, index) => piece(200 + 30 * index, 290, 20, 25));
  expect(grouped(line)).toEqual(line.map(() => false));
  expect(grouped(line, cutOut)).toEqual(line.map(() => true));
  // As near as its letters are to one another, it is the character's.
  const touching = line.map((each) => ({ ...each, top: 265, bottom: 290 }));
  expect(grouped(touching)).toEqual(touching.map(() => true));
  const spaced = Array.from({ length: 7 }, (_, index) => piece(200 + 45 * index, 290, 20, 25));
  expect(grouped(spaced)).toEqual(spaced.map(() => true));
  // Three small pieces are its marks; as large as itself they are strokes of it.
  expect(grouped(line.slice(2, 5))).toEqual([true, true, true]);
  expect(grouped([piece(200, 290, 75, 40), piece(280, 290, 75, 40), piece(360, 290, 75, 40)])).toEqual([
    true,
    true,
    true,
  ]);
});

test('what stands with other writing is other writing, though it looks like strokes', () => {
  const strokes = Array.from({ length: 6 }, (_, index) => piece(390, 25 + 40 * index, 80, 20));
  expect(grouped(strokes)).toEqual(strokes.map(() => true));
  const line = Array.from({ length: 5 }, (_, index) => piece(250 + 30 * index, 290, 20, 25));
  expect(grouped([...line, ...strokes])).toEqual([...line, ...strokes].map(() => false));
});

test('one stroke is no line of writing, however long; one piece of many strokes is', () => {
  expect(grouped([piece(200, 280, 200, 10)])).toEqual([true]);
  expect(grouped([piece(200, 280, 200, 30, { outline: 1100 })])).toEqual([false]);
  expect(grouped([piece(200, 280, 200, 30, { outline: 1100 })], cutOut)).toEqual([true]);
});

test('a texture is not looked at', () => {
  const dots = (many: number) =>
    Array.from({ length: many }, (_, index) => piece(335 + (index % 40), 150 + index / 40, 1, 1));
  expect(groupWith(main, [main, ...dots(999)], cutOut)).toHaveLength(1000);
  expect(groupWith(main, [main, ...dots(1000)], cutOut)).toEqual([main]);
});

test('fainter than the pen is ruling or a shadow; cut out it may be fainter', () => {
  const faint = [0.36, 0.34, 0.26, 0.24].map((share) => piece(260, 260, 30, 30, { contrast: share * main.contrast }));
  expect(kept(faint)).toEqual([true, false, false, false]);
  expect(kept(faint, cutOut)).toEqual([true, true, true, false]);
});

test('what is tiny, or has no edge of its own, is no ink', () => {
  const tiny = [0.007, 0.005].map((share) => piece(260, 260, 20, 20, { area: share * main.area }));
  expect(kept(tiny)).toEqual([true, false]);
  const soft = [49, 51].map((open) => piece(260, 260, 50, 50, { open, outline: 100 }));
  expect(kept(soft)).toEqual([true, false]);
});

test('what the border cuts belongs only when it is large, and little of it lies there', () => {
  const cut = (share: number, onBorder: number) =>
    piece(260, 370, 50, 30, { area: share * main.area, onBorder, outline: 100 });
  expect(kept([cut(0.36, 20), cut(0.34, 20), cut(0.36, 21)])).toEqual([true, false, false]);
});

test('in a tight cut the mark on top may touch the border, a neighbour’s bits beside may not', () => {
  const letter = piece(20, 30, 50, 60);
  const mark = { onBorder: 8, outline: 40, area: 60 };
  expect(kept([piece(30, 0, 20, 12, mark)], cutOut, letter)).toEqual([true]);
  expect(kept([piece(30, 0, 20, 12, mark)], photo, letter)).toEqual([false]);
  expect(kept([piece(80, 0, 20, 12, mark)], cutOut, letter)).toEqual([false]);
  expect(kept([piece(0, 0, 20, 12, mark)], cutOut, letter)).toEqual([false]);
  expect(kept([piece(30, 80, 20, 20, mark)], cutOut, letter)).toEqual([false]);
  expect(kept([piece(30, 0, 20, 12, { ...mark, onBorder: 21 })], cutOut, letter)).toEqual([false]);
});

test('an underline wider than the character, and a frame around the picture, are left out', () => {
  expect(kept([piece(240, 260, 100, 12), piece(240, 260, 90, 11), piece(240, 260, 100, 13)])).toEqual([
    false,
    true,
    true,
  ]);
  expect(kept([piece(5, 5, 590, 390), piece(5, 5, 590, 200), piece(5, 5, 200, 390)])).toEqual([false, true, true]);
});

test('a dozen specks may be dots, more are the paper’s; what is larger stays', () => {
  const specks = (many: number) => Array.from({ length: many }, (_, index) => piece(10 * index, 260, 11, 11));
  const large = piece(260, 260, 13, 13);
  expect(kept([...specks(12), large])).not.toContain(false);
  expect(kept([...specks(13), large])).toEqual([...specks(13).map(() => false), true]);
  expect(kept([...specks(13), large], cutOut)).not.toContain(false);
});

test('the box around members', () => {
  expect(boundsOf([main])).toEqual({ x: 250, y: 150, width: 80, height: 100 });
  const members = [main, piece(240, 120, 10, 10), piece(300, 240, 50, 60)];
  expect(boundsOf(members)).toEqual({ x: 240, y: 120, width: 110, height: 180 });
});
