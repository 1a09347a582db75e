// What operators may do about somebody who teaches badly, on real SQLite: see, block, take back; and the record of it.
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openApp, type App } from '../../src/app/open.ts';
import { botKinds } from '../../bots/list.ts';
import { parseConfig } from '../../src/config.ts';
import { makeRandom } from '../../src/random.ts';
import { makeLog } from '../../src/log.ts';
import type { Reply } from '../../src/chat/event.ts';
import type { Person } from '../../src/recognition/person.ts';
import { signatureOf } from '../../src/recognition/moderate.ts';
import { agreed } from '../support/agreed.ts';
import { scratchFolder } from '../support/scratch.ts';
import { handwriting } from '../support/tiny.ts';
import { settle } from '../support/world.ts';
import { button, messageOf, noticeOf } from '../support/chat-scene.ts';

const owner: Person = { platform: 'telegram', id: '99', language: 'en' };
const ann: Person = { platform: 'telegram', id: '1', language: 'en' };
const bob: Person = { platform: 'discord', id: '2', language: 'en' };

let folder: string;
let app: App;
beforeEach(async () => {
  folder = scratchFolder();
  const config = parseConfig(
    { DATA_DIR: folder, ADMINS: 'telegram:99', RETRAIN_AFTER: '0', LOG_LEVEL: 'silent' },
    botKinds,
  );
  app = await openApp(config, { log: makeLog('silent') });
  await settle(app.store, app.blobs);
});
afterEach(() => app.close());

const alone = (person: Person) => ({
  person,
  chat: { id: `chat ${person.id}`, kind: 'private' as const, isChatAdmin: () => Promise.resolve(true) },
  address: { chat: 1 },
});
const says = (person: Person, text: string): Promise<readonly Reply[]> => {
  const [name = '', ...rest] = text.slice(1).split(' ');
  return app.handle({ ...alone(person), kind: 'command', name, rest: rest.join(' ') });
};
const press = (person: Person, payload: string) => app.handle({ ...alone(person), kind: 'press', payload });
const textOf = async (replies: Promise<readonly Reply[]>): Promise<string> => messageOf(await replies).text;
const idOf = (person: Person): number => agreed(app, person).contributor.id;

let drawn = 0;
/** A stored prediction on a photo of theirs, to be answered. */
function asked(person: Person, chat = `chat ${person.id}`): string {
  const id = `pred${String(drawn++).padStart(8, '0')}`;
  app.store.predictions.save([
    {
      id,
      alphabet: 'tiny',
      contributorId: idOf(person),
      chatKey: chat,
      versionId: 'tiny-1',
      glyph: handwriting()(drawn % 4, makeRandom(5, drawn)),
      box: { x: 0, y: 0, width: 40, height: 40 },
      candidates: [{ labelId: 0, probability: 1 }],
      outcome: 'sure',
      photoId: id,
      place: 0,
      line: 0,
      createdAt: Date.now(),
    },
  ]);
  return id;
}
const answers = (person: Person, prediction: string, labelId = 0) =>
  app.recognition.answer({
    prediction,
    verdict: { kind: 'label', label: { id: labelId } },
    speaker: app.people.meet(person),
    chat: alone(person).chat,
  });
const teach = async (person: Person, many: number): Promise<void> => {
  for (let i = 0; i < many; i++) expect((await answers(person, asked(person))).outcome).toBe('saved');
};

describe('who teaches', () => {
  it('is listed with figures and a key, never with a name', async () => {
    await teach(ann, 3);
    await teach(bob, 1);
    const text = await textOf(says(owner, '/contributors'));
    const [first, second] = text.split('\n');
    expect(first).toContain(`c${idOf(ann)} (telegram, since 20`);
    expect(first).toContain('3 samples, 3 of them in 7 days. Called right: 3 of 3 answers.');
    // A third of what was called I is no I: the model that answers now says so.
    expect(first).toMatch(/agree with [01] of 3 samples/);
    expect(second).toContain(`c${idOf(bob)} (discord`);
    expect(text).not.toContain(app.people.keyHash(ann).slice(0, 8));
    expect(await textOf(says(ann, '/contributors'))).toContain('Only operators');
    expect(await textOf(says(owner, '/contributors 2'))).toBe('Nobody has taught me anything yet.');
  });

  it('is blocked: photos are read, answers teach nothing and are told why; and unblocked again', async () => {
    const key = `c${idOf(ann)}`;
    expect(await textOf(says(owner, '/block'))).toContain('/block c12');
    expect(await textOf(says(owner, '/block c4711'))).toBe(
      'There is no contributor c4711. /contributors shows who there is.',
    );
    expect(await textOf(says(ann, `/block ${key}`))).toContain('Only operators');
    expect(await textOf(says(owner, `/block ${key}`))).toContain(`${key} no longer teaches me`);
    expect(await textOf(says(owner, `/block ${key}`))).toBe(`${key} is blocked already.`);

    const prediction = asked(ann);
    expect(await answers(ann, prediction)).toEqual({ outcome: 'blocked' });
    expect(noticeOf(await press(ann, `l:${prediction}:0`))).toContain('your answers no longer teach me');
    expect(app.store.verdicts.get(prediction)).toBeUndefined();
    expect(app.store.stats.counts('tiny')).toEqual({ train: 0, test: 0 });

    expect(await textOf(says(owner, `/unblock ${key}`))).toContain('may teach me again');
    expect(await textOf(says(owner, `/unblock ${key}`))).toContain('is not blocked');
    expect((await answers(ann, prediction)).outcome).toBe('saved');
  });

  it('a blocked person neither labels others’ photos in a group nor has theirs labelled', async () => {
    app.store.chats.set('telegram', 'club', { whoMayAnswer: 'anyone' });
    const carl: Person = { platform: 'telegram', id: '3', language: 'en' };
    app.moderate.setBlocked(idOf(ann), true, 'test');
    const club = { id: 'club', kind: 'group' as const, isChatAdmin: () => Promise.resolve(false) };
    const verdict = { kind: 'label', label: { id: 0 } } as const;
    const by = (person: Person, sender: Person) =>
      app.recognition.answer({
        prediction: asked(sender, 'club'),
        verdict,
        speaker: app.people.meet(person),
        chat: club,
      });
    expect((await by(ann, carl)).outcome).toBe('blocked');
    expect((await by(carl, ann)).outcome).toBe('blocked');
    expect((await by(carl, carl)).outcome).toBe('saved');
  });
});

describe('what somebody taught', () => {
  it('is taken back at one tap of an operator: samples and counters, nothing of others', async () => {
    await teach(ann, 5);
    await teach(bob, 2);
    const key = `c${idOf(ann)}`;
    const question = messageOf(await says(owner, `/withdraw ${key}`));
    expect(question.text).toContain('5 samples');
    const payload = button(question, 'Yes, take it back');
    expect(noticeOf(await press(ann, payload))).toContain('Only operators');
    expect(app.store.samples.count({ alphabet: 'tiny' })).toBe(7);

    expect(await textOf(press(owner, payload))).toBe(`Taken back: 5 samples of ${key}.`);
    expect(await textOf(press(owner, payload))).toBe(`There is nothing of ${key} to take back.`);
    expect(await textOf(says(owner, `/withdraw ${key}`))).toBe(`There is nothing of ${key} to take back.`);
    expect(app.store.samples.count({ alphabet: 'tiny' })).toBe(2);
    expect(app.store.samples.count({ alphabet: 'tiny', includeWithdrawn: true })).toBe(7);
    const { train, test } = app.store.stats.counts('tiny');
    expect(train + test).toBe(2);
    expect(app.store.stats.ofAlphabet('tiny').live).toMatchObject([{ versionId: 'tiny-1', confirmed: 2 }]);
  });

  it('goes also where they labelled others’ photos, in as many steps as it takes', async () => {
    app.store.chats.set('telegram', 'club', { whoMayAnswer: 'anyone' });
    const club = { id: 'club', kind: 'group' as const, isChatAdmin: () => Promise.resolve(false) };
    const carl: Person = { platform: 'telegram', id: '3' };
    const verdict = { kind: 'label', label: { id: 2 } } as const;
    await app.recognition.answer({
      prediction: asked(carl, 'club'),
      verdict,
      speaker: agreed(app, ann),
      chat: club,
    });
    await teach(carl, 1);
    app.store.samples.import(
      Array.from({ length: 450 }, (_, i) => ({
        alphabet: 'tiny',
        labelId: i % 4,
        glyph: handwriting()(i % 4, makeRandom(77, i)),
        contributorId: idOf(ann),
        source: 'test',
        at: Date.now(),
      })),
    );
    expect(await app.moderate.withdraw(idOf(ann), 'test')).toEqual({ outcome: 'withdrawn', samples: 451, learnt: [] });
    expect(app.store.samples.count({ alphabet: 'tiny' })).toBe(1);
  });
});

describe('the record', () => {
  it('says who did what and when, newest first, by the names of those who are operators now', async () => {
    const key = `c${idOf(ann)}`;
    await teach(ann, 1);
    await says(owner, `/block ${key}`);
    await says(owner, `/unblock ${key}`);
    await says(owner, '/admins add telegram:7');
    await says(owner, '/admins add telegram:7');
    await says({ ...owner, id: '7' }, '/retrain tiny');
    await says(owner, '/cancel tiny');
    await says(owner, '/admins remove telegram:7');
    await app.moderate.withdraw(idOf(ann), 'command line');
    const told = app.moderate.log(1).map(({ who, what, subject }) => [who, what, subject].join(' '));
    expect(told).toEqual([
      `command line withdraw ${key}`,
      'telegram:99 admin-remove telegram:7',
      'telegram:99 cancel 1',
      // No operator any more: the keyed hash is what stays.
      `${signatureOf(app.people, { platform: 'telegram', id: '7' })} retrain 1`,
      'telegram:99 admin-add telegram:7',
      `telegram:99 unblock ${key}`,
      `telegram:99 block ${key}`,
    ]);
    const shown = await textOf(says(owner, '/log'));
    expect(shown.split('\n')[0]).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d command line: took back all samples of c\d+$/);
    expect(shown).toContain('telegram:99: telegram:7 is no longer an operator');
    expect(await textOf(says(ann, '/log'))).toContain('Only operators');
    for (const language of ['uk', 'ja'] as const)
      expect(
        await textOf(app.handle({ ...alone({ ...owner, language }), kind: 'command', name: 'log', rest: '' })),
      ).toContain(key);
  });

  it('shows twenty at a time', async () => {
    for (let i = 0; i < 22; i++) app.moderate.setBlocked(idOf(ann), i % 2 === 0, 'test');
    expect((await textOf(says(owner, '/log'))).split('\n')).toHaveLength(21);
    expect((await textOf(says(owner, '/log 2'))).split('\n')).toHaveLength(2);
  });

  it('is neither changed nor deleted, whoever asks the database', () => {
    app.moderate.setBlocked(idOf(ann), true, 'test');
    const db = new Database(join(folder, 'inkloop.db'));
    expect(() => db.exec("UPDATE acts SET who = 'nobody'")).toThrow('never changed');
    expect(() => db.exec('DELETE FROM acts')).toThrow('never deleted');
    db.close();
    expect(app.moderate.log(1)).toHaveLength(1);
  });

  it('outlives those it is about', async () => {
    const id = idOf(ann);
    app.moderate.setBlocked(id, true, 'test');
    app.store.contributors.forget(id);
    expect(app.moderate.find(`c${id}`)).toBeUndefined();
    expect(app.moderate.log(1)).toMatchObject([{ what: 'block', subject: `c${id}` }]);
    // Back again after /forget, they are somebody new, and blocked as before.
    expect(idOf(ann)).not.toBe(id);
    expect(await answers(ann, asked(ann))).toEqual({ outcome: 'blocked' });
  });
});

it('whom an operator names is trusted as anybody is, and whoever ceased to be one no longer', async () => {
  const relayed: Person = { platform: 'web', id: 'rest name eve', operator: true, relayed: true };
  await teach(relayed, 1);
  app.people.addOperator('telegram:7');
  const seven: Person = { platform: 'telegram', id: '7' };
  await teach(seven, 1);
  const trusted = () => [...app.store.samples.live([1, 2]).values()].map((each) => each.trusted);
  expect(trusted()).toEqual([false, true]);
  app.people.removeOperator('telegram:7');
  expect(trusted()).toEqual([false, false]);
});
