// What is told unasked: once to each chat that asked for it, to whoever taught something, and to nobody who wants silence.
import { beforeEach, expect, test } from 'vitest';
import { digits } from '../../src/alphabet/digits.ts';
import { makeLog } from '../../src/log.ts';
import { makeAlarm } from '../../src/chat/alarm.ts';
import { TASKS, makeAnnounce } from '../../src/chat/announce.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import type { Message } from '../../src/chat/event.ts';
import { makeCompose } from '../../src/chat/compose.ts';
import { makePostman } from '../../src/chat/postman.ts';
import { makeFindTaught } from '../../src/recognition/taught.ts';
import type { Run } from '../../src/store/runs.ts';
import type { Store } from '../../src/store/store.ts';
import { answerOf, NO_EMBEDDING } from '../support/chat-scene.ts';
import { prediction, version } from '../support/scratch-rows.ts';
import { aJob } from '../support/records.ts';
import { scratchStore } from '../support/scratch.ts';
import { speakerOf } from '../support/speaker.ts';

const DAY = 24 * 3_600_000;
const SEVEN = 7;
const ONE = 1;

let store: Store;
let now: number;
/** What the newest model reads, for every glyph. */
let reads: number;
let down: boolean;
/** What a platform says that is up and takes nothing. */
let refusal: string | null;
/** The version that can be loaded. */
let answering: string | null;
let deleted: boolean;
/** Chats that threw us out. */
let left: number[];
/** Resolves when no edit is under way. */
let settled: Promise<void>;
let edited: { readonly said: ReplyAddress; readonly message: Message }[];
let sent: { readonly to: ReplyAddress; readonly message: Message }[];
let deliver: () => Promise<void>;
let announce: ReturnType<typeof makeAnnounce>;

beforeEach(() => {
  store = scratchStore();
  now = 1_800_000_000_000;
  reads = ONE;
  down = false;
  refusal = null;
  answering = null;
  sent = [];
  edited = [];
  deleted = false;
  left = [];
  settled = Promise.resolve();
  announce = makeAnnounce(store, () => now, { duelMoved: () => undefined, formerBetter: () => undefined });
  const alphabet = (id: string) => (id === 'digits' ? digits : undefined);
  const findTaught = makeFindTaught({
    store,
    reader: () =>
      Promise.resolve({
        version: store.champions.current('digits') ?? '',
        facts: NO_EMBEDDING,
        classify: (glyphs) => Promise.resolve(glyphs.map(() => answerOf([reads, 1]))),
      }),
    now: () => now,
  });
  const { deliver: once } = makePostman({
    outbox: store.outbox,
    platforms: () => [
      {
        name: 'telegram',
        health: () => (down ? { state: 'down', because: 'the network' } : { state: 'up' }),
        privately: (id) => (id === 'no number' ? undefined : { chat: Number(id) }),
        send: (to, message) => {
          if (refusal !== null) return Promise.reject(new Error(refusal));
          if (left.includes(Number(to['chat']))) return Promise.resolve('gone');
          sent.push({ to, message });
          return Promise.resolve('sent');
        },
        revise: (said, message) => {
          if (refusal !== null) return Promise.reject(new Error(refusal));
          if (deleted || left.includes(Number(said['chat']))) return Promise.resolve('lost');
          edited.push({ said, message });
          return Promise.resolve('edited');
        },
      },
    ],
    compose: makeCompose({
      store,
      alphabet,
      pictures: { stats: () => Promise.resolve([]), proofCard: () => Promise.resolve(null) },
      glyphPng: (glyph) => glyph,
      answering: () => Promise.resolve(answering),
    }),
    runMessages: { settled: () => settled },
    tasks: { name: TASKS, run: (id) => findTaught(id) },
    log: makeLog('silent'),
    now: () => now,
  });
  // The tasks of one round bring the next one's messages.
  deliver = async () => {
    await once();
    await once();
  };
  store.champions.promote({
    alphabet: 'digits',
    expected: null,
    version: store.versions.add(version()).id,
    reason: 'shipped',
    by: 'test',
    at: 0,
  });
});

const person = (id: string, more: { clientLanguage?: string } = {}): number =>
  store.contributors.getOrCreate({ keyHash: id, platform: 'telegram', at: 0, ...more }).id;

let photos = 0;
/** Somebody's photo was read as 7 and corrected to 1; `in` is where an answer to it would go. */
function corrected(contributor: number, chat: number): void {
  photos += 1;
  const id = `photo-${photos}`;
  store.predictions.save([prediction(id, contributor, { versionId: 'digits-1' })], { chat });
  const saved = store.verdicts.save({
    predictionId: id,
    kind: 'correct',
    labelId: ONE,
    contributorId: contributor,
    at: now,
  });
  expect(saved.outcome).toBe('saved');
}

/** A run that saw everything there is, and replaced the champion. */
function promotedRun(before: (run: Run) => void = () => {}): Run {
  const { run } = store.runs.create({ alphabet: 'digits', requestedBy: 'x', reason: 'asked', at: now });
  before(run);
  const snapshotId = `snapshot-${run.id}`;
  const lastSampleId = store.samples.lastId('digits');
  store.snapshots.add(
    { id: snapshotId, alphabet: 'digits', blob: null, lastSampleId, train: 1, test: 0, createdAt: now },
    [],
  );
  store.runs.setJob(run.id, aJob, snapshotId, null);
  const made = store.versions.add(version({ origin: 'run', runId: run.id, snapshotId, artifact: 'b'.repeat(64) }));
  const expected = store.champions.current('digits') ?? null;
  store.atomically(() => {
    store.champions.promote({ alphabet: 'digits', expected, version: made.id, reason: 'better', by: 'gate', at: now });
    store.runs.finish(run.id, { state: 'promoted', versionId: made.id, at: now });
    const ended = store.runs.get(run.id);
    if (ended === undefined) throw new Error('no run');
    announce({ kind: 'run-ended', run: ended });
  });
  return run;
}

const texts = (chat: number) => sent.filter(({ to }) => to['chat'] === chat).map(({ message }) => message.text);

test('a swap is told once to each chat that asked for it, in the language of whoever asked', async () => {
  store.chats.set('telegram', '1', { announceTo: { chat: 1 }, language: 'uk' });
  store.chats.set('telegram', '2', { announceTo: { chat: 2 }, alphabet: 'latin' });
  store.chats.set('telegram', '3', { alphabet: 'digits' });
  promotedRun();
  await deliver();
  await deliver();
  expect(texts(1)).toEqual([expect.stringMatching(/^0–9: тепер відповідає краща модель/)]);
  expect(sent).toHaveLength(1);
});

test('what could not be told while a platform was down is told when it is back, and a rollback is told too', async () => {
  store.chats.set('telegram', '1', { announceTo: { chat: 1 } });
  down = true;
  promotedRun();
  await deliver();
  expect(sent).toEqual([]);
  down = false;
  now += DAY;
  await deliver();
  expect(texts(1)).toHaveLength(1);
  announce({ kind: 'rolled-back', alphabet: 'digits', from: 'digits-2', to: 'digits-1' });
  await deliver();
  expect(texts(1)[1]).toContain('back to digits-1');
});

test('who asked for the run hears how it ended, and their chat hears of it only once', async () => {
  const ann = person('ann');
  store.chats.set('telegram', '1', { announceTo: { chat: 1 } });
  store.chats.set('telegram', '2', { announceTo: { chat: 2 } });
  promotedRun((run) =>
    store.askers.add(run.id, {
      platform: 'telegram',
      address: { chat: 1, reply: 5 },
      chatKey: '1',
      language: 'en',
      contributorId: ann,
    }),
  );
  await deliver();
  expect(texts(1)).toEqual([expect.stringMatching(/^Run 1: digits-2 is proven better and answers now/)]);
  expect(texts(2)).toHaveLength(1);
});

test('a message that showed how the run went ends with the decision, after every edit; where it is gone a new one does', async () => {
  const ann = person('ann');
  const address = { chat: 1, reply: 5 };
  const asked = (run: Run): void => {
    store.askers.add(run.id, { platform: 'telegram', address, chatKey: '1', language: 'en', contributorId: ann });
    store.askers.setMessage(run.id, { platform: 'telegram', address }, { chat: 1, message: 77 });
  };
  promotedRun(asked);
  let release = (): void => {};
  settled = new Promise((resolve) => (release = resolve));
  const delivered = deliver();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(edited).toEqual([]);
  release();
  await delivered;
  expect(edited).toMatchObject([{ said: { chat: 1, message: 77 }, message: { live: false } }]);
  expect(edited[0]?.message.text).toMatch(/^Run 1: digits-2 is proven better and answers now/);
  expect(sent).toEqual([]);
});

test('how a run ended is told anew where its message was deleted', async () => {
  const address = { chat: 1, reply: 5 };
  const contributorId = person('ann');
  promotedRun(({ id }) => {
    store.askers.add(id, { platform: 'telegram', address, chatKey: '1', language: 'en', contributorId });
    store.askers.setMessage(id, { platform: 'telegram', address }, { chat: 1, message: 77 });
  });
  deleted = true;
  await deliver();
  expect(edited).toEqual([]);
  expect(texts(1)).toHaveLength(1);
});

test('a chat that threw us out in the middle of a run ends nothing, is left alone, and all others hear', async () => {
  const [ann, bob] = [person('ann'), person('bob')];
  store.chats.set('telegram', '3', { announceTo: { chat: 3 } });
  const run = promotedRun(({ id }) => {
    for (const [chat, contributorId] of [
      [1, ann],
      [2, bob],
    ] as const) {
      const address = { chat, reply: 5 };
      const chatKey = String(chat);
      store.askers.add(id, { platform: 'telegram', address, chatKey, language: 'en', contributorId });
      store.askers.setMessage(id, { platform: 'telegram', address }, { chat, message: 77 });
    }
    left.push(1);
  });
  await deliver();
  expect(store.runs.get(run.id)?.state).toBe('promoted');
  expect(edited.map(({ said }) => said['chat'])).toEqual([2]);
  expect(sent.map(({ to }) => to['chat'])).toEqual([3]);
  // Though how a run ended is tried until it was said: there is nobody to say it to.
  left = [];
  now += 7 * DAY;
  await deliver();
  expect([edited.length, sent.length]).toEqual([1, 1]);
});

test('how a run ended is told in the language that is spoken by then', async () => {
  const ann = person('ann', { clientLanguage: 'en' });
  promotedRun(({ id }) => {
    const address = { chat: 1, reply: 5 };
    store.askers.add(id, { platform: 'telegram', address, chatKey: '1', language: 'en', contributorId: ann });
    person('ann', { clientLanguage: 'uk' });
  });
  await deliver();
  expect(texts(1)).toEqual([expect.stringMatching(/^Навчання 1: .*digits-2/)]);
});

test('how a run ended is tried again until it was said, however long that takes', async () => {
  const address = { chat: 1, reply: 5 };
  const ann = person('ann');
  store.chats.set('telegram', '2', { announceTo: { chat: 2 } });
  promotedRun(({ id }) =>
    store.askers.add(id, { platform: 'telegram', address, chatKey: '1', language: 'en', contributorId: ann }),
  );
  refusal = 'Not Found';
  for (let tries = 0; tries < 30; tries++) {
    await deliver();
    now += 2 * 3_600_000;
  }
  refusal = null;
  await deliver();
  expect(texts(1)).toHaveLength(1);
  // News of a swap that is days old is none.
  expect(texts(2)).toEqual([]);
});

test('a run ends though whoever asked for it was forgotten meanwhile; they hear nothing', async () => {
  const ann = person('ann');
  const run = promotedRun(({ id }) => {
    const address = { chat: 1, reply: 5 };
    store.askers.add(id, { platform: 'telegram', address, chatKey: '1', language: 'en', contributorId: ann });
    store.contributors.forget(ann);
  });
  expect(store.runs.get(run.id)?.state).toBe('promoted');
  await deliver();
  expect(sent).toEqual([]);
});

test('of a chat that is forgotten no trace is kept in what it was told, or was still to be', async () => {
  const [told, waiting] = [now, now + 1];
  for (const chat of ['77', '177']) store.chats.set('telegram', chat, { announceTo: { chat: Number(chat) } });
  const rolledBack = { kind: 'rolled-back', alphabet: 'digits', from: 'digits-2', to: 'digits-1' } as const;
  announce(rolledBack);
  await deliver();
  now = waiting;
  announce(rolledBack);
  const isNew = (at: number, chat: string): boolean => {
    const dedupeKey = `moved:${at}:digits-1:telegram:${chat}`;
    return store.outbox.add({ platform: 'web', dedupeKey, payload: { kind: 'find-taught', run: 1 }, at: now });
  };
  expect([isNew(told, '77'), isNew(waiting, '77')]).toEqual([false, false]);
  store.chats.forgetPerson('telegram', '77');
  expect([isNew(told, '77'), isNew(waiting, '77')]).toEqual([true, true]);
  expect([isNew(told, '177'), isNew(waiting, '177')]).toEqual([false, false]);
  await deliver();
  expect(texts(77)).toHaveLength(1);
});

test('whoever taught what the new model reads is told: the picture, before and after, and a way to silence', async () => {
  const ann = person('ann', { clientLanguage: 'uk' });
  corrected(ann, 1);
  corrected(ann, 1);
  promotedRun();
  await deliver();
  expect(sent).toHaveLength(1);
  const [{ message } = { message: undefined }] = sent;
  expect(message?.text).toMatch(/7.*1/);
  expect(message?.text).toMatch(/[а-яі]/);
  expect(message?.pictures).toHaveLength(1);
  expect(message?.keyboard?.flat().map(({ payload }) => payload)).toEqual(['s:silence:hush']);
});

test('not when the new model still reads it wrong, nor when the old one was right', async () => {
  reads = SEVEN;
  corrected(person('ann'), 1);
  const bob = person('bob');
  store.predictions.save([prediction('bobs', bob)], { chat: 2 });
  store.verdicts.save({ predictionId: 'bobs', kind: 'confirm', labelId: SEVEN, contributorId: bob, at: now });
  promotedRun();
  await deliver();
  expect(sent).toEqual([]);
});

test('not more than once a day, for each person, and for each sample only once', async () => {
  const [ann, bob] = [person('ann'), person('bob')];
  corrected(ann, 1);
  promotedRun();
  await deliver();
  now += 3_600_000;
  corrected(ann, 1);
  corrected(bob, 2);
  promotedRun();
  await deliver();
  expect([texts(1).length, texts(2).length]).toEqual([1, 1]);
  // A day later there is nothing new of Ann's, then there is.
  now += 2 * DAY;
  promotedRun();
  await deliver();
  expect(texts(1)).toHaveLength(1);
  corrected(ann, 1);
  promotedRun();
  await deliver();
  expect(texts(1)).toHaveLength(2);
});

test('not to who wants silence, nor of what was taken back or forgotten meanwhile', async () => {
  const [ann, bob, eve] = [person('ann'), person('bob'), person('eve')];
  for (const [who, chat] of [
    [ann, 1],
    [bob, 2],
    [eve, 3],
  ] as const)
    corrected(who, chat);
  store.contributors.setSilenced(ann, true);
  down = true;
  promotedRun();
  await deliver();
  store.verdicts.undo(`photo-${photos - 1}`, now);
  store.contributors.forget(eve);
  down = false;
  now += 3_600_000;
  await deliver();
  expect(sent).toEqual([]);
});

test('a model that cannot be loaded is told to each operator once, in private, in their language', async () => {
  const operators = ['telegram:11', 'telegram:12', 'telegram:no number', 'discord:13', 'web:somebody'];
  const alarm = makeAlarm({
    store,
    people: {
      meet: (person) => speakerOf(person, person.id === '12' ? 'uk' : 'en'),
      operators: () => operators.map((who) => ({ who, fixed: true })),
    },
    log: makeLog('silent'),
    now: () => now,
  });
  answering = 'digits-0';
  alarm.modelBroken('digits', 'digits-1', 'The blob is damaged.');
  alarm.modelBroken('digits', 'digits-1', 'The blob is damaged.');
  await deliver();
  expect(texts(11)).toEqual([expect.stringMatching(/digits-1 .*The blob is damaged\. digits-0 answers .*doctor/s)]);
  expect(texts(12)).toEqual([expect.stringMatching(/digits-1.*digits-0.*doctor/s)]);
  expect(texts(12)).not.toEqual(texts(11));
  expect(sent).toHaveLength(2);
});

test('a model that was mended before anybody could be told is no news', async () => {
  const alarm = makeAlarm({
    store,
    people: { meet: (person) => speakerOf(person), operators: () => [{ who: 'telegram:11', fixed: true }] },
    log: makeLog('silent'),
    now: () => now,
  });
  alarm.modelBroken('digits', 'digits-1', 'The blob is damaged.');
  answering = 'digits-1';
  await deliver();
  expect(sent).toEqual([]);
});

test('what a duel decided is told once to the chats that asked and to operators who are in none of them', async () => {
  const operators = ['telegram:11', 'telegram:12'];
  const alarm = makeAlarm({
    store,
    people: {
      meet: (person) => speakerOf(person, 'en'),
      operators: () => operators.map((who) => ({ who, fixed: true })),
    },
    log: makeLog('silent'),
    now: () => now,
  });
  announce = makeAnnounce(store, () => now, alarm);
  store.chats.set('telegram', '12', { announceTo: { chat: 12 }, person: '12', language: 'en' });
  const to = store.versions.add(version({ artifact: 'b'.repeat(64) })).id;
  const sides = { alphabet: 'digits', champion: 'digits-1', challenger: to, runId: null, seenThrough: 0, at: now };
  const duel = store.duels.open({ ...sides, kind: 'watch' })?.id ?? 0;
  const standing = { wins: 9, losses: 1, people: 3, winners: 3, way: 1, wayBack: 0 };
  store.duels.end(duel, { state: 'won', standing, lastSampleId: 0, at: now });
  const moment = {
    kind: 'rolled-back',
    alphabet: 'digits',
    from: 'digits-1',
    to,
    duel: { id: duel, run: null },
  } as const;
  announce(moment);
  now += 1;
  announce(moment);
  await deliver();
  const said = expect.stringMatching(/back to digits-2\. .*digits-2, which had answered before, .*: 9 wins, 1 loss\./s);
  expect([...texts(11), ...texts(12)]).toEqual([said, said]);
});

test('that people call a model right less often is told to operators once, with a picture', async () => {
  const alarm = makeAlarm({
    store,
    people: { meet: (person) => speakerOf(person, 'en'), operators: () => [{ who: 'telegram:11', fixed: true }] },
    log: makeLog('silent'),
    now: () => now,
  });
  const news = { alphabet: 'digits', version: 'digits-1', platform: 'discord', before: 0.95, since: 0.7 };
  for (const shares of [
    [0.96, 0.92, 0.72],
    [0.92, 0.72, 0.68],
  ])
    alarm.drifted({ ...news, block: 25, shares });
  await deliver();
  expect(texts(11)).toEqual([expect.stringMatching(/discord .*digits-1 .*95 % .*70 %/s)]);
  const png = sent[0]?.message.pictures?.[0]?.png();
  expect(
    Buffer.from(png ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
});

test('that the version before one promoted by hand is better is told to operators once, while it is so', async () => {
  const alarm = makeAlarm({
    store,
    people: { meet: (person) => speakerOf(person, 'en'), operators: () => [{ who: 'telegram:11', fixed: true }] },
    log: makeLog('silent'),
    now: () => now,
  });
  announce = makeAnnounce(store, () => now, alarm);
  store.chats.set('telegram', '12', { announceTo: { chat: 12 }, language: 'en' });
  const before = store.versions.add(version({ artifact: 'b'.repeat(64) })).id;
  const sides = { alphabet: 'digits', champion: 'digits-1', challenger: before, runId: null, seenThrough: 0, at: now };
  const duel = store.duels.open({ ...sides, kind: 'watch', advises: true })?.id ?? 0;
  const standing = { wins: 9, losses: 1, people: 3, winners: 3, way: 1, wayBack: 0 };
  store.duels.end(duel, { state: 'won', standing, lastSampleId: 0, at: now });
  const moment = { kind: 'former-better', alphabet: 'digits', duel } as const;
  for (let at = 0; at < 2; at++) {
    announce(moment);
    await deliver();
  }
  expect(texts(11)).toEqual([
    expect.stringMatching(
      /digits-2 read better than digits-1, which was promoted by hand: 9 wins, 1 loss\..*rollback/s,
    ),
  ]);
  expect(texts(12)).toEqual([]);
  // Whoever went back meanwhile need not hear of it.
  sent = [];
  store.champions.promote({ alphabet: 'digits', expected: 'digits-1', version: before, reason: 'x', by: 'x', at: now });
  store.outbox.add({
    platform: 'telegram',
    dedupeKey: 'later',
    person: '11',
    payload: { kind: 'former-better', alphabet: 'digits', duel, language: 'en' },
    at: now,
  });
  await deliver();
  expect(sent).toEqual([]);
});
