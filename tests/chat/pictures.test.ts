// What the store's figures and a run's decision become in pictures and lines, with real rows.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { digits } from '../../src/alphabet/digits.ts';
import { makeFolderBlobs } from '../../src/blobs/folder.ts';
import { makePictures } from '../../src/chat/pictures.ts';
import { conditionRows, wantingBox } from '../../src/chat/proof-rows.ts';
import { decidePromotion } from '../../src/runs/gate.ts';
import { languages, sayIn } from '../../src/words/words.ts';
import { aDecision, aJob } from '../support/records.ts';
import { person, scratchFolder, scratchStore } from '../support/scratch.ts';
import { strokes } from '../support/strokes.ts';

const DAY = 86_400_000;
const say = sayIn('en');

function scene() {
  const store = scratchStore();
  const ann = person(store, 'ann');
  const pictures = makePictures({
    store,
    blobs: makeFolderBlobs(scratchFolder()),
    loadModel: () => Promise.reject(new Error('no model is asked for')),
  });
  const teach = (labelId: number, at: number): void => {
    const glyph = strokes(at / DAY);
    store.samples.import([{ alphabet: 'digits', labelId, glyph, contributorId: ann, source: `photo ${at}`, at }]);
  };
  return { store, pictures, teach };
}

test('/stats is one picture, and none while there is nothing to compare', async () => {
  const { pictures, teach } = scene();
  expect(await pictures.stats(digits, say)).toEqual([]);
  teach(1, 20_000 * DAY);
  expect(await pictures.stats(digits, say)).toEqual([]);
  teach(2, 20_000 * DAY + 1);
  const labels = await pictures.stats(digits, say);
  expect(labels.map(({ alt }) => alt)).toEqual(['Figures of 0–9']);
  // Another day brings another chart into the same picture.
  teach(3, 20_009 * DAY);
  const days = await pictures.stats(digits, say);
  expect(days).toHaveLength(1);
  const heightOf = async (all: typeof days) => (await sharp(all[0]?.png()).metadata()).height;
  expect(await heightOf(days)).toBeGreaterThan(1.5 * (await heightOf(labels)));
});

const people = Array.from({ length: 15 }, (_, i) => ({
  label: i % 10,
  champion: i >= 3,
  challenger: true,
  uses: 0,
  contributor: 1,
  trusted: false,
}));
const kept = decidePromotion({ people, base: [{ label: 0, tested: 100, championRight: 99, challengerRight: 99 }] });

test('the card says each condition with its figures, and what would decide it', () => {
  expect(conditionRows(kept, digits, say).map(({ state, name, figures }) => `${state}: ${name}. ${figures}`)).toEqual([
    'fails: Better by more than chance. 3 wins, 0 losses; at least 5 wins are needed (by chance: 13 %)',
    'holds: No character is read worse. none lost more than it won',
    'holds: Nothing was forgotten. Of 100 built-in examples 99 right before, 99 now',
    'holds: Enough photos to compare. 15 of people’s; at least 10 are needed',
  ]);
  expect(wantingBox(kept, digits, say)?.text).toBe(
    'If it goes on like this, about 10 more answers. Photos of these say most: 0, 1, 2.',
  );
  expect(wantingBox({ ...kept, outcome: 'promote', code: 'better' }, digits, say)).toBeNull();
});

test('a decision is drawn in every language, also one of an earlier release', async () => {
  const { store, pictures } = scene();
  const { run } = store.runs.create({ alphabet: 'digits', requestedBy: 'x', reason: 'asked', at: 1 });
  for (const decision of [kept, aDecision]) {
    const cards = await Promise.all(
      languages.map((language) =>
        pictures.proofCard({ ...run, job: aJob, decision, versionId: 'digits-2' }, digits, sayIn(language)),
      ),
    );
    const drawn = cards.map((card) => Buffer.from(card?.png() ?? []).toString('base64'));
    expect(new Set(drawn).size).toBe(languages.length);
  }
  expect(await pictures.proofCard({ ...run, decision: null, versionId: null }, digits, say)).toBeNull();
});
