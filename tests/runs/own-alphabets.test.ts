// An alphabet of one's own in a real app: known everywhere at once, read from fonts, grown without forgetting, put away.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import { specFromText } from '../../src/alphabet/own.ts';
import { openApp, type App } from '../../src/app/open.ts';
import { parseConfig } from '../../src/config.ts';
import { readBank } from '../../src/dataset/bank.ts';
import { makeRandom } from '../../src/random.ts';
import { makeSynthesiser } from '../../src/dataset/synthesiser.ts';
import { OperationalError, UsageError } from '../../src/errors.ts';
import { makeLog } from '../../src/log.ts';
import { decodeArtifact } from '../../src/model/artifact.ts';
import { renderingOf } from '../../src/dataset/font-bank.ts';
import { glyphPng } from '../../src/report/glyph.ts';
import { drawText } from '../../src/report/lettering.ts';
import { fontFolder, kosugiMaru, ptSans, ptSansBold } from '../support/fonts.ts';

let folder: string;
/** The owner's command line, and an app that was running before. */
let app: App;
let running: App;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkloop-own-'));
  const config = parseConfig({ DATA_DIR: join(folder, 'data'), TRAINING_THREADS: '1', LOG_LEVEL: 'silent' });
  running = await openApp(config, { log: makeLog('silent') });
  app = await openApp(config, { log: makeLog('silent') });
  fontFolder(join(folder, 'fonts'), [ptSans, ptSansBold, kosugiMaru]);
  writeFileSync(join(folder, 'fonts', 'notes.ttf'), 'no font');
  fontFolder(join(folder, 'sans'), [ptSans]);
});
afterEach(async () => {
  await app.close();
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

const fonts = () => ({ folder: join(folder, 'fonts') });
const makeGreek = () => app.own.create(specFromText('α β γ δ ε ॐ', { id: 'greek', title: 'Ελληνικά' }), fonts());
const person = { platform: 'web', id: 'somebody' } as const;
const chat = { id: 'chat', kind: 'private', isChatAdmin: () => Promise.resolve(false) } as const;

/** Glyphs of a character as a hand might write it after this font. */
function written(font: string, text: string, count: number): readonly Uint8Array[] {
  const picture = drawText(font, text);
  const rendering = picture === null ? null : renderingOf(picture, 64);
  if (rendering === null) throw new Error(`${text} cannot be drawn`);
  const sources = [{ name: 'hand', licence: 'none', part: 'train' as const }];
  const hand = makeSynthesiser(
    { alphabet: 'x', side: 64, sources, entries: [{ label: 0, source: 0, rendering }] },
    'train',
    { wildness: 0.5 },
  );
  return Array.from({ length: count }, (_, i) => hand.draw(0, makeRandom(7, i)));
}

/** A sample of a label, as an import saves it. */
function teach(alphabet: string, labelId: number, glyphs: readonly Uint8Array[]): void {
  const { id } = app.store.contributors.getOrCreate({ keyHash: 'ab'.repeat(16), platform: 'web', at: 1 });
  app.store.samples.import(
    glyphs.map((glyph) => ({ alphabet, labelId, glyph, contributorId: id, source: 'import', at: 1 })),
  );
}

describe('labels that change', { timeout: 600_000 }, () => {
  it('joins, parts and renames with their samples and counters, and the model that knows the old ones goes on', async () => {
    const before = await makeGreek();
    const version = (await app.own.train('greek', 'none', { epochs: 1 }))?.version ?? '';
    const ids = (labelId: number): number[] =>
      [...app.store.samples.iterate({ alphabet: 'greek', labelId })].map(({ id }) => id);
    const counted = (labelId: number): number => {
      const found = app.store.stats.ofAlphabet('greek').labels.find((each) => each.labelId === labelId);
      return (found?.train ?? 0) + (found?.test ?? 0);
    };
    teach('greek', 0, written(ptSans, 'α', 6));
    teach('greek', 1, written(ptSans, 'β', 5));

    expect(app.own.mergeLabels('greek', 'β', 'α')).toMatchObject({ moved: 5 });
    expect([ids(0).length, ids(1).length, counted(0), counted(1)]).toEqual([11, 0, 11, 0]);
    expect(running.alphabets.get('greek')?.labels.map(({ text }) => text)).toEqual(['α', 'γ', 'δ', 'ε', 'ॐ']);
    expect(app.own.renameLabel('greek', 'γ', 'gamma').labels[1]).toMatchObject({ id: 2, text: 'gamma' });

    // What the model takes for β is α.
    const alphabet = running.alphabets.get('greek');
    if (alphabet === undefined) throw new Error('greek is gone');
    const saysOf = async (as: Alphabet): Promise<ReadonlyMap<number, number>> => {
      const classifier = await running.openClassifier(as, app.store.versions.get(version)?.artifact ?? '');
      const [read] = await classifier.classify(written(ptSans, 'β', 1));
      await classifier.close();
      return new Map(read?.candidates.map(({ labelId, probability }) => [labelId, probability]));
    };
    const [earlier, now] = [await saysOf(before.alphabet), await saysOf(alphabet)];
    expect(now.get(0)).toBeCloseTo((earlier.get(0) ?? 0) + (earlier.get(1) ?? 0), 9);
    expect(now.get(2)).toBe(earlier.get(2));
    expect(now.has(1)).toBe(false);

    const chosen = ids(0).slice(-2);
    expect(() => app.own.splitLabel('greek', 'gamma', 'ζ', chosen)).toThrow('Only 0 of the 2 samples are of gamma');
    expect(() => app.own.splitLabel('greek', 'α', 'ζ', [...chosen, 999])).toThrow('Only 2 of the 3');
    expect(running.alphabets.get('greek')?.labels).toHaveLength(5);
    const parted = app.own.splitLabel('greek', 'α', 'ζ', chosen);
    expect(parted).toMatchObject({ moved: 2 });
    expect(parted.alphabet.labels.at(-1)).toMatchObject({ id: 6, text: 'ζ' });
    expect([counted(0), counted(6)]).toEqual([9, 2]);
    expect(ids(6)).toEqual(chosen);
    expect(app.store.acts.list({ skip: 0, limit: 9 }).filter(({ what }) => what === 'alphabet-relabel')).toHaveLength(
      3,
    );
    expect(() => app.own.renameLabel('digits', '1', 'one')).toThrow('comes with Inkloop');
  });
});

describe('a new alphabet', { timeout: 600_000 }, () => {
  it('is known to a running app at once, and read by the model that fonts made', async () => {
    expect(running.alphabets.get('few')).toBeUndefined();
    const made = await makeGreek();
    expect(made.fonts).toMatchObject({ used: 1, unused: 2, noFonts: ['notes.ttf'], skipped: 1, unsupported: ['ॐ'] });
    expect(running.alphabets.list().map(({ title }) => title)).toContain('Ελληνικά');
    expect(running.store.champions.current('greek')).toBeUndefined();

    const told: string[] = [];
    const trained = await app.own.train('greek', 'none', {
      epochs: 1,
      onProgress: ({ stage, epoch, epochs }) => told.push(`${stage} ${epoch}/${epochs}`),
    });
    expect(trained).toMatchObject({ version: 'greek-1', answers: true, accuracy: null });
    expect([...new Set(told)]).toEqual(['training 0/1', 'training 1/1', 'measuring 1/1']);

    const reader = await running.champions.reader('greek');
    expect(reader?.version).toBe('greek-1');
    const answers = (await reader?.classify(written(kosugiMaru, 'β', 20))) ?? [];
    expect(answers.filter(({ candidates }) => candidates[0]?.labelId === 1).length).toBeGreaterThan(17);
    // What no font has is no output yet, but a label that people can choose.
    const version = app.store.versions.get('greek-1');
    const { metadata } = decodeArtifact(await app.blobs.get(version?.artifact ?? ''));
    expect(metadata.outputs.map((output) => output?.text ?? null)).toEqual(['α', 'β', 'γ', 'δ', 'ε', null]);
    expect(version).toMatchObject({ origin: 'seed', parent: null, snapshotId: null });
    // Made here, and not shipped.
    const operator = { ...person, operator: true };
    const asked = { kind: 'command', name: 'models', rest: 'greek', person: operator, chat, address: {} } as const;
    expect(await running.handle(asked)).toMatchObject([{ message: { text: '▶ greek-1 – –, made from fonts' } }]);
    // Everything that other machines and backups need has a name in the database.
    expect(app.store.blobNames().has(version?.artifact ?? '')).toBe(true);
    const bank = await app.tools.bankOf('greek');
    expect(app.store.blobNames().has(bank ?? '')).toBe(true);
    expect(readBank(await running.blobs.get(bank ?? '')).entries).toHaveLength(5);
  });

  it('is refused before anything is changed, with a sentence', async () => {
    await makeGreek();
    const spec = (id: string, labels = 'αβγ') => specFromText(labels, { id });
    const before = app.store.alphabets.list().length;
    const create = (id: string, labels?: string, wish = fonts().folder) =>
      expect(app.own.create(spec(id, labels), { folder: wish })).rejects;
    const pictures = { ...spec('dogs'), kind: 'picture' } as const;
    const elsewhere = { ...pictures, backbone: 'ab'.repeat(32) };
    await expect(app.own.create(elsewhere, 'none')).rejects.toThrow('needs its backbone, which is abababab where');
    await create('digits').toThrow('digits comes with Inkloop: choose another id');
    await create('greek').toThrow('There is an alphabet greek already');
    await create('om', 'ॐक').toThrow(/None of the 3 fonts in .* has any of the labels/u);
    await create('om', 'ॐक', join(folder, 'sans')).toThrow(/The font in .* has none of the labels/u);
    await create('om', 'αβ', join(folder, 'nowhere')).toThrow('cannot be opened');
    await create('om', 'αβ', join(folder, 'data', 'blobs')).toThrow('holds no font');
    expect(app.store.alphabets.list()).toHaveLength(before);
    await expect(app.own.train('runes', 'none', {})).rejects.toThrow(
      /There is no alphabet runes of your own. There are: greek/u,
    );
    await expect(app.own.addLabels('latin', 'ß', 'none')).rejects.toThrow('latin comes with Inkloop');
    await expect(app.own.addLabels('greek', 'ζβ', 'none')).rejects.toThrow('greek has β already');
    expect(app.alphabets.get('greek')?.labels).toHaveLength(6);
  });

  it('without fonts has no model: a photo gets a question and the keyboard to teach with', async () => {
    const made = await app.own.create(specFromText('אבגדה', { id: 'hebrew' }), 'none');
    expect(made).toMatchObject({ fonts: null, alphabet: { direction: 'rtl' } });
    expect(await app.own.train('hebrew', 'none', { epochs: 1 })).toBeNull();
    const recognised = await running.recognition.recognise({
      bytes: glyphPng(written(kosugiMaru, 'β', 1)[0] ?? new Uint8Array()),
      speaker: running.people.meet(person),
      chat,
      address: {},
      alphabet: 'hebrew',
    });
    expect(recognised).toMatchObject({
      outcome: 'predictions',
      predictions: [{ outcome: 'no-model', candidates: [], modelVersion: '' }],
    });
  });
});

describe('labels added to a live alphabet', { timeout: 600_000 }, () => {
  it('are known at once, drawn by the fonts that have them, and cost nothing that was learnt', async () => {
    await makeGreek();
    await app.own.train('greek', 'none', { epochs: 1 });
    const before = readBank(await app.blobs.get((await app.tools.bankOf('greek')) ?? ''));
    const grown = await app.own.addLabels('greek', 'π ζ क', fonts());
    expect(grown.added.map(({ id, text }) => `${id}${text}`)).toEqual(['6π', '7ζ', '8क']);
    expect(grown.fonts).toMatchObject({ unsupported: ['ॐ', 'क'] });
    expect(running.alphabets.get('greek')?.labels).toHaveLength(9);
    const after = readBank(await app.blobs.get((await app.tools.bankOf('greek')) ?? ''));
    expect(after.entries.slice(0, before.entries.length)).toEqual(before.entries);
    expect(after.entries.filter(({ label }) => label === 6)).toHaveLength(3);
    // The model of before still answers: its labels are a part of the alphabet's.
    expect((await running.champions.reader('greek'))?.version).toBe('greek-1');
    const artifact = app.store.versions.get('greek-1')?.artifact ?? '';
    const model = await app.loadModel(running.alphabets.get('greek') ?? grown.alphabet, artifact);
    await model.close();

    const again = await app.own.train('greek', 'none', { epochs: 1, seed: 2 });
    expect(again).toMatchObject({ version: 'greek-2', answers: true });
    const second = decodeArtifact(await app.blobs.get(app.store.versions.get('greek-2')?.artifact ?? ''));
    expect(second.metadata.outputs.map((output) => output?.id ?? null)).toEqual([0, 1, 2, 3, 4, 6, 7, null]);

    // A model with labels that the alphabet lacks is refused by name.
    const grownArtifact = app.store.versions.get('greek-2')?.artifact ?? '';
    const { alphabet } = await app.own.create(specFromText('αβγδε', { id: 'shorter' }), 'none');
    const asGreek = { ...alphabet, id: 'greek' };
    await expect(app.loadModel(asGreek, grownArtifact)).rejects.toThrow('a label π (6) that the alphabet greek lacks');
    await expect(app.loadModel(alphabet, grownArtifact)).rejects.toThrow('reads the alphabet greek, not shorter');

    // One that has learnt from people is left alone.
    const champion = app.store.versions.get('greek-2');
    if (champion === undefined) throw new Error('no greek-2');
    const { id: _, number: __, unrepeatable: ___, ...copy } = champion;
    const learnt = app.store.versions.add({ ...copy, origin: 'run', parent: 'greek-2' });
    const change = { alphabet: 'greek', expected: 'greek-2', version: learnt.id, reason: 'better', by: 'test', at: 9 };
    expect(app.store.champions.promote(change)).toBe(true);
    await expect(app.own.train('greek', 'none', {})).rejects.toThrow(`${learnt.id} has learnt from people`);
  });
});

describe('putting an alphabet away', () => {
  it('removes one without samples, and whatever could mean something else in another of its name', async () => {
    await app.own.create(specFromText('xyz', { id: 'gone' }), 'none');
    app.own.remove('gone');
    expect(running.alphabets.get('gone')).toBeUndefined();
    expect(() => app.own.remove('gone')).toThrow(UsageError);

    await app.own.create(specFromText('αβγδε', { id: 'shorter' }), 'none');
    const recognised = await app.recognition.recognise({
      bytes: glyphPng(written(kosugiMaru, 'β', 1)[0] ?? new Uint8Array()),
      speaker: app.people.meet(person),
      chat,
      address: {},
      alphabet: 'shorter',
    });
    const asked = recognised.outcome === 'predictions' ? recognised.predictions[0].id : '';
    const open = async () => (await app.recognition.open(asked, app.people.meet(person), chat)).outcome;
    expect(await open()).toBe('photo');
    app.own.remove('shorter');
    await app.own.create(specFromText('εδγβα', { id: 'shorter' }), 'none');
    expect(await open()).toBe('unknown-prediction');
    expect(app.store.champions.current('shorter')).toBeUndefined();
    expect(await app.tools.bankOf('shorter')).toBeNull();
  });

  it('gives no id to two labels, though two add at once', async () => {
    const both = <T>(one: Promise<T>, other: Promise<T>) =>
      Promise.allSettled([one, other]).then((ended) =>
        ended.map((each) => (each.status === 'rejected' ? String(each.reason) : 'done')),
      );
    const refused = expect.stringContaining('Somebody else changed pair meanwhile, and nothing was saved: try again');
    const make = (by: App, labels: string) => by.own.create(specFromText(labels, { id: 'pair' }), 'none');
    expect(await both(make(app, 'αβ'), make(running, 'γδ'))).toEqual(['done', refused]);
    const add = (by: App, label: string) => by.own.addLabels('pair', label, 'none');
    expect(await both(add(app, 'ε'), add(running, 'ζ'))).toEqual(['done', refused]);
    await add(running, 'ζ');
    expect(app.alphabets.get('pair')?.labels.map(({ text }) => text)).toEqual(['α', 'β', 'ε', 'ζ']);
    app.own.remove('pair');
  });

  it('keeps one with samples, and takes it out of the menus instead', async () => {
    await app.own.create(specFromText('אבגדה', { id: 'hebrew' }), 'none');
    teach('hebrew', 0, written(kosugiMaru, 'β', 3));
    expect(() => app.own.remove('hebrew')).toThrow(OperationalError);
    expect(() => app.own.remove('hebrew')).toThrow(
      'hebrew has 3 samples that people gave, and is kept. "alphabet archive hebrew"',
    );
    expect(() => app.own.remove('digits')).toThrow('comes with Inkloop');
    app.own.setArchived('hebrew', true);
    const offered = (): readonly string[] => running.alphabets.list().map(({ id }) => id);
    expect(offered()).not.toContain('hebrew');
    expect(running.alphabets.get('hebrew')?.labels).toHaveLength(5);
    const choose = () =>
      running.handle({ kind: 'command', name: 'alphabet', rest: 'hebrew', person, chat, address: {} });
    expect(await choose()).toMatchObject([
      { message: { text: expect.stringContaining('I do not know the alphabet') } },
    ]);
    app.own.setArchived('hebrew', false);
    expect(offered()).toContain('hebrew');
    expect(await choose()).toMatchObject([{ message: { text: 'From now on I read hebrew here.' } }]);
    expect(() => app.own.setArchived('latin', true)).toThrow('comes with Inkloop');
  });
});
