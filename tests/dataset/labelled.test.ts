// The three layouts of a labelled set, and what is said of sets that break them.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type LabelledPicture, readLabelledSet } from '../../src/dataset/labelled.ts';
import { UsageError } from '../../src/errors.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'labelled-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (name: string, content: string | Uint8Array): Promise<void> => {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), content);
};
const readAll = async (): Promise<LabelledPicture[]> => {
  const all: LabelledPicture[] = [];
  for await (const each of readLabelledSet(folder)) all.push(each);
  return all;
};
/** What was read, and what was passed over with its reason. */
const readHearing = async (): Promise<readonly [readonly string[], readonly (readonly [string, string])[]]> => {
  const over: (readonly [string, string])[] = [];
  const read: string[] = [];
  for await (const { source } of readLabelledSet(folder, (...told) => void over.push(told))) read.push(source);
  return [read, over];
};
const idx = (count: number, height: number, width: number, pixels: readonly number[], magic = 0x803): Buffer => {
  const head = Buffer.alloc(16);
  for (const [i, value] of [magic, count, height, width].entries()) head.writeUInt32BE(value, 4 * i);
  return Buffer.concat([head, Buffer.from(pixels)]);
};

describe('images.idx3-ubyte', () => {
  it('gives rasters with labels in NFC and writers, packed or not', async () => {
    await write('images.idx3-ubyte.gz', gzipSync(idx(2, 1, 2, [1, 2, 3, 4])));
    await write('labels.txt.gz', gzipSync('7\r\n\u0456\u0308\n'));
    await write('writers.txt', 'ann\nbob');
    const [first, second] = await readAll();
    expect(first).toMatchObject({
      picture: { width: 2, height: 1 },
      label: '7',
      writer: 'ann',
      source: 'images.idx3-ubyte #1',
    });
    expect(second).toMatchObject({ label: '\u0457', writer: 'bob' });
    expect(second?.picture).toMatchObject({ pixels: new Uint8Array([3, 4]) });
  });

  it.each([
    ['a wrong magic number', idx(1, 1, 1, [0], 0x801), '7\n', /magic number/u],
    ['too few pixels', idx(2, 1, 2, [1, 2, 3]), '7\n7\n', /19 bytes where its header promises 20/u],
    ['no pictures', idx(0, 1, 1, []), '', /no pictures/u],
    ['a label too few', idx(2, 1, 1, [1, 2]), '7\n', /1 lines for 2 pictures/u],
    ['an empty label', idx(2, 1, 1, [1, 2]), '\n7\n', /line 1 has no label/u],
    ['labels that are not UTF-8', idx(1, 1, 1, [1]), Buffer.from([0xff, 0x0a]), /UTF-8/u],
  ])('refuses %s', async (_, images, labels, message) => {
    await write('images.idx3-ubyte', images);
    await write('labels.txt', labels);
    await expect(readAll()).rejects.toThrow(UsageError);
    await expect(readAll()).rejects.toThrow(message);
  });

  it('refuses a damaged gzip and missing labels', async () => {
    await write('images.idx3-ubyte.gz', gzipSync(idx(1, 1, 1, [1])).subarray(0, 20));
    await expect(readAll()).rejects.toThrow(/cannot be unpacked/u);
    await write('images.idx3-ubyte', idx(1, 1, 1, [1]));
    await expect(readAll()).rejects.toThrow(/no labels.txt/u);
  });
});

describe('labels.tsv', () => {
  it('gives the bytes of each file, under a heading or not', async () => {
    await write('a.png', 'A');
    await write('deep/b.png', 'B');
    await write('labels.tsv', 'file\tlabel\na.png\t4\n\ndeep/b.png\t5\tann\n');
    const all = await readAll();
    expect(all.map(({ label, writer, source }) => [label, writer, source])).toEqual([
      ['4', null, 'labels.tsv line 2'],
      ['5', 'ann', 'labels.tsv line 4'],
    ]);
    expect(Buffer.from(all[1]?.picture as Uint8Array).toString()).toBe('B');
  });

  it.each([
    ['../secret'],
    ['/etc/passwd'],
    ['a/../../secret'],
    ['..\\secret'],
    ['link.png'],
    ['nul\0.png'],
    ['folder'],
    ['missing.png'],
    [''],
  ])('refuses the name %j', async (name) => {
    await symlink('/etc/passwd', path.join(folder, 'link.png'));
    await mkdir(path.join(folder, 'folder'));
    await write('labels.tsv', `${name}\t4\n`);
    await expect(readAll()).rejects.toThrow(UsageError);
    await expect(readAll()).rejects.toThrow(/labels.tsv line 1/u);
  });

  it('gives the files of a table in quotes, CSV or not', async () => {
    await write('a, b.png', 'A');
    await write('c.png', 'C');
    const labels = async (): Promise<unknown> =>
      (await readAll()).map(({ picture, label, writer }) => [
        Buffer.from(picture as Uint8Array).toString(),
        label,
        writer,
      ]);
    await write('labels.tsv', '"file"\t"label"\t"writer"\n"a, b.png"\t"4"\t"ann ""the pen"""\nc.png\t"\n');
    const quoted = await labels();
    expect(quoted).toEqual([
      ['A', '4', 'ann "the pen"'],
      ['C', '"', null],
    ]);
    await write('labels.tsv', 'file,label,writer\r\n"a, b.png",4,"ann ""the pen"""\r\nc.png,"""",\r\n');
    expect(await labels()).toEqual(quoted);
    await rm(path.join(folder, 'labels.tsv'));
    await write('labels.csv', '"a, b.png";4;"ann ""the pen"""\nc.png;"""";\n');
    expect(await labels()).toEqual(quoted);
  });

  it('finds a file whose name is written in other code points there, and says what only looks alike', async () => {
    await write('й/кит.png'.normalize('NFD'), 'A');
    await write('labels.tsv', `${'й/кит.png'.normalize('NFC')}\t4\n`);
    expect((await readAll()).map(({ label }) => label)).toEqual(['4']);
    await write('labels.tsv', 'Й/Кит.PNG\t4\n');
    const like = 'й/кит.png'.normalize('NFD');
    await expect(readAll()).rejects.toThrow(`There is "${like}": write it as it is`);
  });

  it('goes on without a file that is not there where somebody hears of it', async () => {
    await write('a.png', 'A');
    await write('labels.tsv', 'a.png\t4\nmissing.png\t5\n');
    const [read, over] = await readHearing();
    expect(read).toEqual(['labels.tsv line 1']);
    expect(over).toMatchObject([['labels.tsv line 2', expect.stringContaining('missing.png')]]);
  });

  it('refuses a line without a label, and a table without lines', async () => {
    await write('labels.tsv', 'a.png\n');
    await expect(readAll()).rejects.toThrow(/line 1 has no label/u);
    await write('labels.tsv', 'file\tlabel\n\n');
    await expect(readAll()).rejects.toThrow(/names no picture/u);
  });
});

describe('one folder a label', () => {
  it('gives the pictures in order and passes over what is none', async () => {
    await write('5/2.png', 'x');
    await write('5/10.JPG', 'x');
    await write('5/.hidden.png', 'x');
    await write('\u0456\u0308/1.webp', 'x');
    await write('README.md', 'x');
    await write('5/notes.txt', 'x');
    expect((await readAll()).map(({ label, source }) => [label, source])).toEqual([
      ['5', '5/10.JPG'],
      ['5', '5/2.png'],
      ['\u0457', '\u0456\u0308/1.webp'],
    ]);
  });

  it('takes for a picture what is one, whatever its name says, and names the rest', async () => {
    const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex');
    await write('5/a.jfif', jpeg);
    await write('5/b.JPE', jpeg);
    await write('5/no name', jpeg);
    await write('5/c.heic', '\0\0\0\x18ftypheic');
    await write('5/d.bmp', 'BM');
    await write('5/notes.txt', 'x');
    await write('5/deeper/e.png', 'x');
    await write('loose.png', 'x');
    const [read, over] = await readHearing();
    expect(read).toEqual(['5/a.jfif', '5/b.JPE', '5/no name']);
    expect(over).toEqual([
      ['5/c.heic', expect.stringContaining('save it as JPEG or PNG')],
      ['5/d.bmp', expect.stringContaining('save it as JPEG or PNG')],
      ['5/deeper', expect.stringContaining('folder')],
      ['5/notes.txt', 'is no picture'],
      ['loose.png', expect.stringContaining('no label’s folder')],
    ]);
  });

  it('says what a set looks like when there is none', async () => {
    await expect(readAll()).rejects.toThrow(/no labelled set/u);
    await rm(folder, { recursive: true });
    await expect(readAll()).rejects.toThrow(/cannot be opened/u);
    await mkdir(folder);
  });
});
