// An app whose champion confuses O and X, and people who send photos and say what they show: for duels.
import type { App } from '../../src/app/open.ts';
import { decodeArtifact, encodeArtifact } from '../../src/model/artifact.ts';
import { makeRandom } from '../../src/random.ts';
import type { Prediction } from '../../src/recognition/outcomes.ts';
import { glyphPng } from '../../src/report/glyph.ts';
import { challenge, watch } from '../../src/runs/duels.ts';
import type { StoredDuel } from '../../src/store/duels.ts';
import type { ModelVersion } from '../../src/store/versions.ts';
import { agreed } from './agreed.ts';
import { handwriting } from './tiny.ts';

export const [I, O, L, X] = [0, 1, 2, 3];
export const GOOD = 'tiny-1';

/** A version that reads O where the tiny model reads X, and the other way round. */
export async function enterConfused(app: App): Promise<ModelVersion> {
  const { store, blobs } = app;
  const good = store.versions.get(GOOD);
  if (good === undefined) throw new Error('the tiny model is not there');
  const { metadata, network } = decodeArtifact(await blobs.get(good.artifact));
  const outputs = metadata.outputs.with(O, metadata.outputs[X] ?? null).with(X, metadata.outputs[O] ?? null);
  const artifact = await blobs.put(encodeArtifact({ network, metadata: { ...metadata, outputs } }));
  return store.versions.add({ ...good, artifact, parent: GOOD });
}

/** The confused version answers, by whatever mistake; `how` the good one stands against it. */
export async function confusedChampion(app: App, how: 'challenge' | 'watch'): Promise<StoredDuel> {
  const { store } = app;
  const bad = await enterConfused(app);
  const at = Date.now();
  store.atomically(() => {
    store.champions.promote({ alphabet: 'tiny', expected: GOOD, version: bad.id, reason: 'a mistake', by: 'test', at });
    const sides = { alphabet: 'tiny', champion: bad.id, challenger: GOOD, runId: null, at };
    if (how === 'watch') watch(store, sides, []);
    else challenge(store, { ...sides, seenThrough: 0 }, []);
  });
  await app.champions.refresh('tiny');
  const [duel] = store.duels.listOpen('tiny');
  if (duel === undefined) throw new Error('no duel began');
  return duel;
}

/** Somebody sends a photo of this label. */
export async function send(
  app: App,
  who: string,
  drawn: number,
  seed: number,
  options: { readonly squares?: boolean } = {},
): Promise<Prediction> {
  const bytes = glyphPng(handwriting(options)(drawn, makeRandom(4711, seed)), 2);
  const recognised = await app.recognition.recognise({ ...from(app, who), bytes, address: {}, alphabet: 'tiny' });
  if (recognised.outcome !== 'predictions') throw new Error(`a photo was not read: ${JSON.stringify(recognised)}`);
  return recognised.predictions[0];
}

export async function say(app: App, who: string, prediction: Prediction, label: number): Promise<void> {
  const verdict = { kind: 'label', label: { id: label } } as const;
  const answered = await app.recognition.answer({ ...from(app, who), prediction: prediction.id, verdict });
  if (answered.outcome !== 'saved') throw new Error(`an answer was not saved: ${answered.outcome}`);
}

export const from = (app: App, who: string) => ({
  speaker: agreed(app, { platform: 'telegram', id: who }),
  chat: { id: who, kind: 'private', isChatAdmin: () => Promise.resolve(false) } as const,
});
