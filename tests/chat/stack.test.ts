// A teacher's stack: a PDF of filled sheets becomes a message a sheet, each saved by one tap; what is no sheet is told. With the real models.
import sharp from 'sharp';
import { beforeAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Message, Reply } from '../../src/chat/event.ts';
import type { Chat, Person } from '../../src/recognition/person.ts';
import { filledSheet } from '../support/filled-sheet.ts';
import { pdfOf } from '../support/pdf.ts';
import { drawSeven, toJpeg } from '../support/pictures.ts';
import { scratchFolder } from '../support/scratch.ts';
import { openWorld, type World } from '../support/world.ts';

const ann: Person = { platform: 'telegram', id: '7', operator: true };
const chat: Chat = { id: '7', kind: 'private', isChatAdmin: () => Promise.resolve(true) };
const said = { person: ann, chat, address: { chat: 7 } };
const seven = await toJpeg(drawSeven({ width: 640, height: 480, x: 200, y: 60, size: 300 }));

let sheets: readonly Uint8Array[] = [];
let world: World;
beforeAll(async () => {
  const photos = [await filledSheet(['1', '2'], 1), await filledSheet(['3'], 2)];
  sheets = await Promise.all(photos.map((photo) => sharp(photo).jpeg({ quality: 85 }).toBuffer()));
}, 120_000);
beforeEach(async () => {
  world = await openWorld(scratchFolder());
});
afterEach(() => world.app.close());

const messages = (replies: readonly Reply[]): readonly Message[] =>
  replies.flatMap((reply) => ('message' in reply ? [reply.message] : []));
const send = async (key: string, bytes: Uint8Array, ...further: readonly Uint8Array[]): Promise<readonly Message[]> =>
  messages(await world.app.handle({ kind: 'photo', bytes, further, key, ...said }));
const samples = (): number => world.app.store.stats.ofAlphabet('digits').samples;

test('each sheet is a message that one tap saves, and pages that are none are told', { timeout: 120_000 }, async () => {
  const [one = seven, two = seven] = sheets;
  const pdf = await pdfOf([one, seven, two, 'Dear parents,']);
  const replies = await send('7:1', pdf);
  expect(replies.map(({ text }) => text.split('\n')[0])).toEqual([
    'Page 1 of 4 in the PDF.',
    'Page 3 of 4 in the PDF.',
    '2 pages of the PDF are no practice sheets that I can read: 2, 4. Please send them again as photos.',
  ]);
  const payload = replies[0]?.keyboard?.flat().find(({ text }) => text.startsWith('✓'))?.payload ?? '';
  await world.app.handle({ kind: 'press', payload, ...said });
  const saved = samples();
  expect(saved).toBeGreaterThan(3);
  // Told again, it is the same file: what was saved is not asked again.
  await send('7:1', pdf);
  await world.app.handle({ kind: 'press', payload, ...said });
  expect(samples()).toBe(saved);
});

test(
  'a photo beside a PDF is read as a photo; a PDF without sheets, and one with a password, are told',
  { timeout: 120_000 },
  async () => {
    const locked = await pdfOf([seven], { password: 'secret' });
    const replies = await send('7:2', seven, await pdfOf([seven, 'words']), locked);
    expect(replies.map(({ text }) => text.slice(0, 24))).toEqual([
      expect.stringMatching(/^I read 7/),
      'I see no filled practice',
      'This PDF asks for a pass',
    ]);
  },
);
