// The challenger that reads beside the champion in a stream: trained when the product would start a run, kept for want of proof, in a duel.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import { runsEnded } from './people.ts';
import type { Candidates } from './stream-points.ts';

export interface LiveChallenger {
  /** Does what the background does after an answer, and waits for a run that this started. */
  look(): Promise<void>;
  /** What the challenger of the open duel reads; null where there is none. */
  classify(glyphs: readonly Uint8Array[]): Promise<readonly Candidates[] | null>;
  close(): Promise<void>;
}

export function makeLiveChallenger(app: App, alphabet: Alphabet): LiveChallenger {
  type Model = Awaited<ReturnType<App['loadModel']>>;
  let loaded: { readonly version: string; readonly model: Model } | null = null;

  async function modelOf(version: string | undefined): Promise<Model | null> {
    if (loaded?.version === version) return loaded?.model ?? null;
    await loaded?.model.close();
    loaded = null;
    const artifact = version === undefined ? undefined : app.store.versions.get(version)?.artifact;
    if (version === undefined || artifact === undefined) return null;
    loaded = { version, model: await app.loadModel(alphabet, artifact) };
    return loaded.model;
  }

  return {
    async look() {
      await app.tick();
      await runsEnded(app, alphabet.id);
    },
    async classify(glyphs) {
      const duel = app.store.duels.listOpen(alphabet.id).find(({ kind }) => kind === 'challenge');
      const model = await modelOf(duel?.challenger);
      return model === null ? null : model.classify(glyphs);
    },
    close: async () => loaded?.model.close(),
  };
}
