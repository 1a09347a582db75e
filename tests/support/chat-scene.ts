// A conversation on real SQLite with a reader whose answers a test can choose: what people say and what they are told.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digits } from '../../src/alphabet/digits.ts';
import { latin } from '../../src/alphabet/latin.ts';
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import { splitter } from '../../src/dataset/split.ts';
import { GLYPH_SIZE, type Reading } from '../../src/glyph/glyph.ts';
import { makeLog } from '../../src/log.ts';
import type { GlyphAnswer, ModelFacts } from '../../src/model/champion.ts';
import type { ChatEvent, HandleEvent, Message, Reply } from '../../src/chat/event.ts';
import type { Person } from '../../src/recognition/person.ts';
import type { Command } from '../../src/chat/command.ts';
import { plainly } from '../../src/chat/signs.ts';
import { makeAnswering } from '../../src/chat/answering.ts';
import { makeConversation } from '../../src/chat/conversation.ts';
import { makePeople } from '../../src/recognition/people.ts';
import { personalCommands } from '../../src/chat/commands.ts';
import type { Stack } from '../../src/glyph/pool.ts';
import { makeRecognition } from '../../src/recognition/recognition.ts';
import type { Recognition } from '../../src/recognition/outcomes.ts';
import { sheetsPdf } from '../../src/report/sheet-pdf.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { allAgreed } from './agreed.ts';

export interface Scene {
  readonly store: Store;
  readonly handle: HandleEvent;
  readonly recognition: Recognition;
  /** What the model says of the next glyphs. */
  answer: GlyphAnswer | null;
  /** Of a photo of several, by place; `answer` for the rest. */
  answers: readonly GlyphAnswer[];
  reading: Reading;
  /** What a PDF is taken apart into. */
  stack: Stack;
  now: number;
  diskNearlyFull: boolean;
  /** Kinds of which no photo is taken any more. */
  full: readonly string[];
  /** Alphabets that were told to have changed. */
  readonly changed: string[];
  photo(person: Person, more?: Partial<Extract<ChatEvent, { kind: 'photo' }>>): Promise<readonly Reply[]>;
  press(person: Person, payload: string, more?: Partial<ChatEvent>): Promise<readonly Reply[]>;
  type(person: Person, text: string, more?: Partial<ChatEvent>): Promise<readonly Reply[]>;
  close(): void;
}

/** The facts of a model that gives no embedding. */
export const NO_EMBEDDING: ModelFacts = { outputs: [], embedding: 0, askBelow: 0.8, rejectAbove: 0.5 };

export const ann: Person = { platform: 'telegram', id: '1', language: 'en' };
export const bob: Person = { platform: 'telegram', id: '2', language: 'en' };

/** An answer with these probabilities by label id, best first. */
export function answerOf(...pairs: readonly (readonly [labelId: number, probability: number])[]): GlyphAnswer {
  const sure = (pairs[0]?.[1] ?? 0) >= 0.8;
  return {
    candidates: pairs.map(([labelId, probability]) => ({ labelId, probability })),
    outcome: sure ? 'sure' : 'unsure',
    seen: { probabilities: [], embedding: new Float32Array() },
  };
}

/** `unasked`: nobody has agreed to teach yet; else whoever is met has. `more`: alphabets beside digits and latin. */
export function openScene({
  unasked = false,
  more = [],
}: { readonly unasked?: boolean; readonly more?: readonly Alphabet[] } = {}): Scene {
  const folder = mkdtempSync(join(tmpdir(), 'inkloop-scene-'));
  const store = openStore(join(folder, 'inkloop.db'), { splitter });
  const all: readonly Alphabet[] = [digits, latin, ...more];
  const alphabet = (id: string): Alphabet | undefined => all.find((each) => each.id === id);
  const met = makePeople({
    key: new Uint8Array(32),
    admins: ['telegram:99'],
    contributors: store.contributors,
    operators: store.operators,
    now: () => scene.now,
  });
  const people = unasked ? met : allAgreed(met, store);
  let drawn = 0;
  const recognition = makeRecognition({
    store,
    people,
    alphabet,
    alphabets: () => all,
    defaultAlphabet: 'digits',
    glance: () => Promise.resolve(null),
    unstack: () => Promise.resolve(scene.stack),
    readPhoto: () => Promise.resolve(freshly(scene.reading, () => (drawn += 1))),
    reader: () => {
      const { answer } = scene;
      if (answer === null) return Promise.resolve(null);
      return Promise.resolve({
        version: 'digits-1',
        facts: NO_EMBEDDING,
        classify: (glyphs) => Promise.resolve(glyphs.map((_, at) => scene.answers[at] ?? answer)),
      });
    },
    ownHand: {
      recall: (_reader, _alphabet, _who, answers) => Promise.resolve(answers.map((each) => ({ ...each, alone: null }))),
    },
    diskNearlyFull: () => Promise.resolve(scene.diskNearlyFull),
    kindIsFull: (kind) => scene.full.includes(kind),
    samplesChanged: (id) => void scene.changed.push(id),
    now: () => scene.now,
  });
  const answering = makeAnswering({
    recognition,
    store,
    alphabet,
    alphabets: () => all,
    glyphPng: (glyph) => glyph,
  });
  const personal = {
    store,
    people,
    recognition,
    answering,
    alphabet,
    alphabets: () => all,
    sheetsPdf,
    forget: (id: number) => Promise.resolve(store.contributors.forget(id)),
  };
  const commands: readonly Command[] = personalCommands(personal, () => commands);
  const handle = makeConversation({
    recognition,
    answering,
    store,
    people,
    alphabet,
    alphabets: () => all,
    commands,
    glyphPng: (glyph) => glyph,
    log: makeLog('silent'),
    now: () => scene.now,
  });
  const said = (person: Person) => ({
    person,
    chat: { id: 'chat', kind: 'private' as const, isChatAdmin: () => Promise.resolve(false) },
    address: { chat: 1 },
  });
  const scene: Scene = {
    store,
    handle,
    recognition,
    answer: answerOf([7, 0.9], [1, 0.08], [9, 0.02]),
    answers: [],
    reading: readingOf([[0]]),
    stack: { outcome: 'damaged' },
    now: 1_800_000_000_000,
    diskNearlyFull: false,
    full: [],
    changed: [],
    photo: (person, more) => handle({ ...said(person), kind: 'photo', bytes: new Uint8Array(1), ...more }),
    press: (person, payload, more) => handle({ ...said(person), ...more, kind: 'press', payload }),
    type: (person, text, more) =>
      handle(
        text.startsWith('/')
          ? { ...said(person), ...more, kind: 'command', ...commandOf(text) }
          : { ...said(person), ...more, kind: 'text', text },
      ),
    close() {
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
  return scene;
}

function commandOf(text: string): { name: string; rest: string } {
  const [name = '', ...rest] = text.slice(1).split(' ');
  return { name, rest: rest.join(' ') };
}

/** A reading of so many glyphs: lines of places from the left, in units of a character's width. */
export function readingOf(lines: readonly (readonly number[])[]): Extract<Reading, { outcome: 'glyphs' }> {
  const [first, ...rest] = lines.flatMap((places, line) =>
    places.map((x) => ({
      pixels: new Uint8Array(GLYPH_SIZE * GLYPH_SIZE),
      box: { x: 40 * x, y: 60 * line, width: 30, height: 40 },
      line,
    })),
  );
  if (first === undefined) throw new Error('a reading has glyphs');
  return { outcome: 'glyphs', width: 400, height: 300, glyphs: [first, ...rest] };
}

/** The reading with glyphs like no others, so that nothing is taken for a copy. */
function freshly(reading: Reading, seed: () => number): Reading {
  if (reading.outcome !== 'glyphs') return reading;
  const [first, ...rest] = reading.glyphs.map((glyph) => ({ ...glyph, pixels: freshGlyph(seed()) }));
  return first === undefined ? reading : { ...reading, glyphs: [first, ...rest] };
}

function freshGlyph(seed: number): Uint8Array {
  const pixels = new Uint8Array(GLYPH_SIZE * GLYPH_SIZE);
  let state = seed * 2_654_435_761 + 12_345;
  for (let index = 0; index < pixels.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels[index] = state > 2_147_483_648 ? 255 : 0;
  }
  return pixels;
}

/** The message of the first reply that has one, as on a platform without signs. */
export function messageOf(replies: readonly Reply[]): Message {
  const found = plainly(replies).find((reply) => reply.kind === 'message' || reply.kind === 'edit');
  if (found === undefined) throw new Error(`no message among ${JSON.stringify(replies)}`);
  return found.message;
}

export function noticeOf(replies: readonly Reply[]): string | undefined {
  const found = replies.find((reply) => reply.kind === 'notice');
  return found?.kind === 'notice' ? found.text : undefined;
}

/** The payload of the button with this text; throws when the keyboard has none. */
export function button(message: Message, text: string): string {
  const found = message.keyboard?.flat().find((each) => each.text === text);
  if (found === undefined) throw new Error(`no button ${text} in ${JSON.stringify(message.keyboard)}`);
  return found.payload;
}
