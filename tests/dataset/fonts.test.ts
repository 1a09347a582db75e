// Fonts of a folder, and the bank of an alphabet's characters that they give.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import { readBank, writeBank } from '../../src/dataset/bank.ts';
import { bankFromFonts, joinBanks, renderingOf } from '../../src/dataset/font-bank.ts';
import { readFontFile } from '../../src/dataset/font-file.ts';
import { findFonts, type Font } from '../../src/dataset/fonts.ts';
import { drawText } from '../../src/report/lettering.ts';
import { fontFolder, kosugiMaru, ptSans } from '../support/fonts.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkloop-fonts-'));
  fontFolder(join(folder, 'both', 'deep'), [ptSans, kosugiMaru]);
  fontFolder(join(folder, 'both'), [ptSans]);
  writeFileSync(join(folder, 'both', 'notes.ttf'), 'these are notes, whatever their name says');
  writeFileSync(join(folder, 'both', 'web.woff2'), Buffer.concat([Buffer.from('wOF2'), readFileSync(ptSans)]));
  writeFileSync(join(folder, 'both', 'cut.ttf'), readFileSync(ptSans).subarray(0, 1000));
  writeFileSync(join(folder, 'both', 'README.md'), '# not called a font');
  symlinkSync(join(folder, 'gone.ttf'), join(folder, 'both', 'link.ttf'));
  mkdirSync(join(folder, 'empty'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a font file', () => {
  it('says which characters it has, whole or as base and mark', () => {
    const sans = readFontFile(readFileSync(ptSans));
    expect(sans?.family).toBe('PT Sans');
    for (const text of ['a', 'ґ', 'π', 'é', 'e\u0301', 'и\u0301', 'ab', 'a\u200d'])
      expect(sans?.covers(text), text).toBe(true);
    for (const text of ['α', 'あ', 'ॐ', 'aα', '😀', '\ue000']) expect(sans?.covers(text), text).toBe(false);
    const kana = readFontFile(readFileSync(kosugiMaru));
    expect('αωあー'.split('').every((each) => kana?.covers(each))).toBe(true);
    expect(kana?.covers('и\u0301')).toBe(false);
  });

  it('is none when it is something else, or damaged', () => {
    expect(readFontFile(new Uint8Array())).toBeNull();
    expect(readFontFile(Buffer.from('no font at all, only words'))).toBeNull();
    const bytes = readFileSync(ptSans);
    for (const length of [4, 12, 100, 1000]) expect(readFontFile(bytes.subarray(0, length))).toBeNull();
  });
});

describe('a folder of fonts', () => {
  it('is searched whole, copies count once, and what is no font is named', async () => {
    const { fonts, noFonts } = await findFonts(join(folder, 'both'));
    expect(fonts.map(({ family }) => family).toSorted()).toEqual(['Kosugi Maru', 'PT Sans']);
    expect(noFonts).toEqual(['cut.ttf', 'link.ttf', 'notes.ttf', 'web.woff2']);
  });

  it('that is empty, not there, or without a font is refused in a sentence', async () => {
    await expect(findFonts(join(folder, 'empty'))).rejects.toThrow(/empty holds no font\. It takes \.ttf and \.otf/u);
    await expect(findFonts(join(folder, 'none'))).rejects.toThrow('cannot be opened');
    const onlyNotes = join(folder, 'notes');
    mkdirSync(onlyNotes);
    writeFileSync(join(onlyNotes, 'notes.otf'), 'notes');
    await expect(findFonts(onlyNotes)).rejects.toThrow('(notes.otf: not readable as one)');
  });
});

const labels = alphabetOf({ id: 'mixed', title: 'mixed', rows: [['π', 'α', 'и\u0301', 'ॐ']] }).labels;

describe('the bank of fonts', () => {
  const open = async (): Promise<readonly Font[]> => (await findFonts(join(folder, 'both'))).fonts;

  it('has each character of each font that has it; the rest is counted, and what no font has is named', async () => {
    const { bank, used, skipped, unsupported } = bankFromFonts('mixed', labels, await open(), drawText);
    const sources = bank.sources.map(({ name }) => name);
    const drawn = bank.entries.map(
      ({ label, source }) => `${labels[label ?? 0]?.text} ${sources[source]?.split(' / ')[0]}`,
    );
    expect(drawn.toSorted()).toEqual(['α Kosugi Maru', 'π Kosugi Maru', 'π PT Sans', 'и\u0301 PT Sans'].toSorted());
    expect({ used, skipped }).toEqual({ used: 2, skipped: 4 });
    expect(unsupported.map(({ text }) => text)).toEqual(['ॐ']);
    // Two families are too few to keep one for testing.
    expect(bank.sources.map(({ part }) => part)).toEqual(['train', 'train']);
    expect(readBank(writeBank(bank))).toEqual(bank);
    const again = bankFromFonts('mixed', labels, await open(), drawText);
    expect(again.bank).toEqual(bank);
  });

  it('keeps some families for testing, each whole, and only what others have, too', () => {
    const families = Array.from({ length: 40 }, (_, i) => `Family ${i}`);
    const fonts = families.flatMap((family) =>
      ['Regular', 'Bold'].map((weight): Font => {
        const covers = (text: string): boolean => text !== 'и\u0301' || family === 'Family 3';
        return { family, name: `${family} ${weight}`, path: ptSans, covers };
      }),
    );
    const { bank } = bankFromFonts('mixed', labels.slice(0, 3), fonts, drawText);
    const partOf = new Map<string, Set<string>>();
    for (const { name, part } of bank.sources) {
      const family = name.split(' / ')[0] ?? '';
      partOf.set(family, (partOf.get(family) ?? new Set()).add(part));
    }
    expect([...partOf.values()].every((parts) => parts.size === 1)).toBe(true);
    const tests = [...partOf].filter(([, parts]) => parts.has('test'));
    expect(tests.length).toBeGreaterThan(2);
    expect(tests.length).toBeLessThan(15);
    expect([...(partOf.get('Family 3') ?? [])]).toEqual(['train']);
    // With other fonts beside it a family stays in its part.
    const fewer = bankFromFonts('mixed', labels.slice(0, 2), fonts.slice(0, 60), drawText);
    for (const { name, part } of fewer.bank.sources) {
      expect(bank.sources.find((each) => each.name === name)?.part ?? part).toBe(part);
    }
  });

  it('joined with another keeps all it had, once, in the part it was in', async () => {
    const fonts = await open();
    const old = bankFromFonts('mixed', labels.slice(0, 2), fonts.slice(0, 1), drawText).bank;
    const kept = { ...old, sources: old.sources.map((source) => ({ ...source, part: 'test' as const })) };
    const joined = joinBanks(kept, bankFromFonts('mixed', labels, fonts, drawText).bank);
    expect(joined.entries).toHaveLength(4);
    expect(joined.entries.slice(0, old.entries.length)).toEqual(old.entries);
    expect(joined.sources.map(({ part }) => part)).toEqual(['test', 'train']);
    expect(joinBanks(joined, joined)).toEqual(joined);
  });

  it('scales the ink to the longer side, in the middle', () => {
    const ink = new Uint8Array(40 * 30);
    for (let y = 5; y < 25; y++) ink.fill(255, y * 40 + 10, y * 40 + 20);
    const rendering = renderingOf({ width: 40, height: 30, ink }, 16);
    const rows = Array.from({ length: 16 }, (_, y) => rendering?.bits.slice(16 * y, 16 * y + 16).join(''));
    expect(new Set(rows)).toEqual(new Set(['0000111111110000']));
    expect(renderingOf({ width: 4, height: 4, ink: new Uint8Array(16) }, 16)).toBeNull();
  });
});
