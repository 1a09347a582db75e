// Agreeing on the page and over REST, with the real product behind them.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CONSENT_TEXT } from '../../../src/recognition/consent.ts';
import { makeRandom } from '../../../src/random.ts';
import { glyphPng } from '../../../src/report/glyph.ts';
import { scratchFolder } from '../../support/scratch.ts';
import { handwriting } from '../../support/tiny.ts';
import { openWorld, type World } from '../../support/world.ts';
import { arrive, type Visitor } from './client.ts';
import { pretend, type Pretended } from './pretend.ts';

const TOKEN = 'an owner’s token of some length'.replace(/\W/g, '-');
const key = { authorization: `Bearer ${TOKEN}` };

let world: World;
let page: Pretended;
let visitor: Visitor;
beforeEach(async () => {
  world = await openWorld(scratchFolder(), { ALPHABET: 'tiny' });
  const { app } = world;
  page = await pretend({
    recognition: app.recognition,
    meet: app.people.meet,
    handle: app.handle,
    alphabets: app.alphabets.list,
    logIn: { by: 'token', secret: TOKEN },
  });
  visitor = await arrive(page.url);
});
afterEach(async () => {
  await page.close();
  await world.app.close();
});

let drawn = 0;
const photo = (): Uint8Array => glyphPng(handwriting()(0, makeRandom(3, (drawn += 1))), 3);
const samples = (): number => world.app.store.samples.count({ alphabet: 'tiny' });
/** What those who sent a photo so far agreed to, the first one first. */
const agreements = () =>
  [1, 2, 3]
    .filter((id) => world.app.store.contributors.byId(id))
    .map((id) => world.app.store.consents.of(id)?.text ?? null);

test('the page asks in a line, and one tap agrees and saves; twice tapped is once', async () => {
  const [asked] = await visitor.say('/chat/photo', photo());
  if (asked?.kind !== 'message') throw new Error('no question');
  const first = asked.message.keyboard?.[0]?.[0];
  const [consent] = await visitor.say('/chat/press', { payload: first?.payload, message: asked.id });
  if (consent?.kind !== 'edit') throw new Error('not asked');
  expect(consent.message.keyboard?.flat().map(({ text }) => text)).toEqual(['Agree and save', 'Not now']);
  expect(samples()).toBe(0);
  const agree = { payload: consent.message.keyboard?.[0]?.[0]?.payload, message: asked.id };
  for (let taps = 0; taps < 2; taps++) {
    const [saved] = await visitor.say('/chat/press', agree);
    expect(saved?.kind === 'edit' && saved.message.text).toContain('Saved');
    expect(samples()).toBe(1);
  }
  expect(agreements()).toEqual([CONSENT_TEXT]);
});

test('over REST a verdict is the agreement; reading alone is none; the owner’s own pictures need none', async () => {
  const read = await visitor.post('/api/v1/predict', photo());
  const { id } = (read.body['predictions'] as readonly { id: string }[])[0] ?? { id: '' };
  expect(agreements()).toEqual([null]);
  const said = await visitor.post(`/api/v1/predictions/${id}/verdict`, { label: 'I' });
  expect([said.status, said.body['outcome']]).toEqual([200, 'saved']);
  expect(agreements()).toEqual([CONSENT_TEXT]);

  const own = await visitor.post('/api/v1/predict?label=I', photo(), key);
  expect(own.body['verdict']).toMatchObject({ outcome: 'saved' });
  const passedOn = await visitor.post('/api/v1/predict?label=I&contributor=ann', photo(), key);
  expect(passedOn.body['verdict']).toMatchObject({ outcome: 'saved' });
  expect(agreements()).toEqual([CONSENT_TEXT, null, null]);
  expect(samples()).toBe(3);

  const document = await visitor.get('/api/v1/openapi.json');
  expect((document.body['info'] as { description: string }).description).toContain('Sending a verdict');
});
