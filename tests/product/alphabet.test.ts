// An alphabet of one's own from the command line, as a newcomer makes it: a sentence for everything, exit codes that say how
// it went.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeDigitSet } from '../support/digit-set.ts';
import { fontFolder, kosugiMaru } from '../support/fonts.ts';
import { inkloop, newDataDir, removeDataDir, type Ended } from '../support/product.ts';

let dataDir: string;
let folder: string;
beforeEach(() => {
  dataDir = newDataDir();
  folder = mkdtempSync(join(tmpdir(), 'inkloop-alphabet-'));
  fontFolder(join(folder, 'fonts'), [kosugiMaru]);
  mkdirSync(join(folder, 'empty'));
});
afterEach(() => {
  removeDataDir(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

const alphabet = (...args: readonly string[]): Promise<Ended> => inkloop(['alphabet', ...args], { DATA_DIR: dataDir });

async function json(...args: readonly string[]): Promise<unknown> {
  const ended = await alphabet(...args, '--json');
  expect(ended.code, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout);
}

/** An alphabet without fonts, and so without a model. */
const made = (id: string, labels: string): Promise<unknown> =>
  json('new', '--id', id, '--labels', labels, '--no-fonts');

// Each verb is a process of its own, and one of them trains.
describe('alphabet', { timeout: 600_000 }, () => {
  test('new: Greek in one command, with its progress', async () => {
    const labels = ['--labels', 'αβγ|δεॐ'];
    const greek = await alphabet('new', '--id', 'greek', ...labels, '--fonts', join(folder, 'fonts'), '--epochs', '1');
    expect(greek.code, greek.stderr).toBe(0);
    expect(greek.stdout).toContain('greek: 6 labels in 2 rows, left to right; every platform knows it now');
    expect(greek.stdout).toContain('note: mixed scripts: Greek, Devanagari');
    expect(greek.stdout).toContain('unsupported: no font has ॐ; add 5 samples');
    expect(greek.stdout).toMatch(/greek-1 answers now \(\d+ s, not measured: all its fonts taught/u);
    expect(greek.stderr).toMatch(/training: epoch 0\/1, loss \d\.\d+, \d+ s left/u);
    expect(await json('show', 'greek')).toMatchObject({
      rows: [
        ['α', 'β', 'γ'],
        ['δ', 'ε', 'ॐ'],
      ],
      champion: 'greek-1',
      unread: [{ label: 'ॐ', samples: 0 }],
    });
    expect((await alphabet('remove', 'greek')).stdout).toContain('greek is gone');
  });

  test('new: from a YAML file, without fonts, and nothing is taken for something else', async () => {
    const file = join(folder, 'signs.yaml');
    // no, 0 and ~ are labels here, not values of YAML.
    writeFileSync(
      file,
      'id: signs\ntitle: Signs\nrows:\n  - [0, 1, no, ~]\n  - ابت\nnames: { 0: zero }\nconfusable: [[0, no]]\n',
    );
    expect(await json('new', '--file', file, '--no-fonts')).toEqual({
      id: 'signs',
      kind: 'ink',
      title: 'Signs',
      labels: ['0', '1', 'no', '~', 'ا', 'ب', 'ت'],
      direction: 'ltr',
      notes: ['labels longer than one character: no', 'mixed scripts: Latin, Arabic'],
      fonts: null,
    });
    expect(await json('add-labels', 'signs', '--labels', 'ث', '--no-fonts')).toMatchObject({ added: ['ث'] });
    expect((await alphabet('add-labels', 'signs', '--labels', 'ج', '--no-fonts')).stdout).toContain(
      "no fonts: the new labels are learnt from people's samples alone",
    );
    const shown = await alphabet('show', 'signs');
    expect(shown.stdout).toContain('differ in size only: 0no');
    expect(shown.stdout).toContain('model: none yet');
  });

  test('says what is wrong, and changes nothing', async () => {
    const wrong = async (code: number, says: string, ...args: readonly string[]): Promise<void> => {
      const ended = await alphabet(...args);
      expect(ended.stderr).toContain(says);
      expect(ended.code).toBe(code);
    };
    await made('greek', 'αβγ');
    writeFileSync(join(folder, 'broken.yaml'), 'rows: [a, b');
    await wrong(2, 'greek already: choose another id', 'new', '--id', 'greek', '--labels', 'αβ', '--no-fonts');
    await wrong(2, 'empty holds no font', 'new', '--id', 'x', '--labels', 'αβ', '--fonts', join(folder, 'empty'));
    await wrong(2, 'either --labels or --file', 'new', '--id', 'x');
    await wrong(2, 'broken.yaml cannot be read', 'new', '--file', join(folder, 'broken.yaml'));
    const file = async (says: string, bytes: string | Uint8Array): Promise<void> => {
      writeFileSync(join(folder, 'odd.yaml'), bytes);
      await wrong(2, `odd.yaml cannot be read: ${says}`, 'new', '--file', join(folder, 'odd.yaml'), '--no-fonts');
    };
    // абв as Windows wrote it before UTF-8; a file that would take minutes to parse.
    await file('it is no UTF-8 text: save it as UTF-8', Buffer.from('id: x\nrows: [\xe0\xe1\xe2]\n', 'latin1'));
    await file('it has 20000020 bytes', 'x'.repeat(20_000_020));
    await wrong(2, '--epochs takes', 'new', '--id', 'x', '--labels', 'αβ', '--no-fonts', '--epochs', '0');
    await wrong(2, '--epochs takes a whole number', 'train', 'greek', '--epochs', 'many');
    await wrong(2, 'There is no alphabet runes', 'show', 'runes');
    expect(((await json('list')) as { own: boolean }[]).filter(({ own }) => own)).toHaveLength(1);
  });

  test('simulate plays on it from its first model; archived and removed it is not lost by accident', async () => {
    const file = join(folder, 'signs.yaml');
    writeFileSync(file, 'id: signs\ntitle: Signs\nrows:\n  - [0, 1, no]\nconfusable: [[0, no]]\n');
    await json('new', '--file', file, '--no-fonts');
    const set = join(folder, 'set');
    await writeDigitSet(set, { perLabel: 4, seed: 1 });
    const played = await inkloop(['simulate', '--alphabet', 'signs', '--data', set, '--schedule', '0', '--json'], {
      DATA_DIR: dataDir,
    });
    expect(played.code, played.stderr).toBe(0);
    expect(JSON.parse(played.stdout)).toMatchObject({ rounds: [{ confirmedPerLabel: 0, accuracy: 0 }] });

    const add = await inkloop(['import', '--alphabet', 'signs', '--data', set], { DATA_DIR: dataDir });
    expect(add.code, add.stderr).toBe(0);
    const out = join(folder, 'out');
    const exported = await inkloop(['export', '--alphabet', 'signs', '--out', out], { DATA_DIR: dataDir });
    expect(exported.stdout).toContain(`"alphabet new --file ${join(out, 'alphabet.json')}" makes the alphabet`);
    const { labels } = (await json('show', 'signs')) as { labels: string[] };
    const copy = ['new', '--id', 'copy', '--file', join(out, 'alphabet.json'), '--no-fonts'];
    expect(await json(...copy)).toMatchObject({ title: 'Signs', labels });
    expect(await json('show', 'copy')).toMatchObject({ confusable: [['0', 'no']] });

    const kept = await alphabet('remove', 'signs');
    expect(kept.code).toBe(1);
    expect(kept.stderr).toMatch(/signs has \d+ samples that people gave, and is kept\. "alphabet archive signs"/u);
    expect(await json('archive', 'signs')).toEqual({ id: 'signs', archived: true });
    const again = await alphabet('new', '--id', 'signs', '--labels', 'αβ', '--no-fonts');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('signs already, archived: "alphabet restore signs" brings it back');
    expect((await alphabet('list')).stdout).toContain('signs  Signs  3 labels  no model yet  archived');
  });
});
