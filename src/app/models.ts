// The networks that answer: the engine, the champions, and any version by its artifact.
import type { Alphabet } from '../alphabet/alphabet.ts';
import { decodeArtifact } from '../model/artifact.ts';
import { embeddingsFolder, makeSightOf } from '../backbone/sight.ts';
import { makeChampions, type Champions, type LoadedModel } from '../model/champion.ts';
import { openClassifier, type Classifier } from '../model/classifier.ts';
import { loadModel } from '../model/load.ts';
import { openEngine } from '../model/open.ts';
import { known, type OpenedStorage } from './storage.ts';

export interface Models {
  readonly champions: Champions;
  loadModel(alphabet: Alphabet, artifact: string): Promise<LoadedModel>;
  /** With all its figures, for evaluation; the caller closes it. */
  openClassifier(alphabet: Alphabet, artifact: string): Promise<Classifier>;
}

export interface OpenedModels extends Models {
  /** Loads an artifact and lets it answer; throws when it cannot. */
  verify(artifact: string): Promise<void>;
  /** The same of a version, to read with; the caller closes it. */
  loadVersion(alphabet: string, version: string): Promise<LoadedModel>;
}

export async function openModels(
  { config, store, blobs, blobSettings, log, now, alphabetOf }: OpenedStorage,
  /** Told of a champion that cannot be loaded. */
  onBroken: (alphabet: string, version: string, because: string) => void,
): Promise<OpenedModels> {
  const engine = await openEngine(config.engine);
  const sightOf = makeSightOf({ blobs, folder: embeddingsFolder(blobSettings), threads: 1 });
  const load = async (alphabet: Alphabet, artifact: string): Promise<LoadedModel> =>
    loadModel(engine, await blobs.get(artifact), alphabet, sightOf);
  /** The one that was verified last: most often it answers next, and need not be loaded again. */
  let verified: { readonly artifact: string; readonly model: LoadedModel } | null = null;
  const champions = makeChampions({
    current: store.champions.current,
    before: (id) => store.champions.history(id).flatMap(({ from }) => (from === null ? [] : [from])),
    async load(id, version) {
      const { artifact } = known(store.versions.get(version), version);
      if (verified?.artifact !== artifact) return load(alphabetOf(id), artifact);
      const { model } = verified;
      verified = null;
      return model;
    },
    onBroken(id, version, because) {
      // Only who should answer is worth an alarm; one that was to stand in for it is told of in the log.
      if (store.champions.current(id) === version) onBroken(id, version, because);
    },
    log,
    now,
  });
  const letGo = async (): Promise<void> => {
    const before = verified;
    verified = null;
    await before?.model.close();
  };
  return {
    loadModel: load,
    openClassifier: async (alphabet, artifact) =>
      openClassifier(engine, await blobs.get(artifact), alphabet, { sightOf }),
    champions: {
      ...champions,
      async close() {
        await champions.close();
        await letGo();
      },
    },
    loadVersion: (id, version) => load(alphabetOf(id), known(store.versions.get(version), version).artifact),
    async verify(artifact) {
      const version = store.versions.list().find((each) => each.artifact === artifact);
      const id = version?.alphabet ?? decodeArtifact(await blobs.get(artifact)).metadata.alphabet;
      const model = await load(alphabetOf(id), artifact);
      await letGo();
      verified = { artifact, model };
    },
  };
}
