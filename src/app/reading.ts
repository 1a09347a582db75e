// What reading alone needs of the product: the storage and the models. Who only reads opens this, and nobody else's libraries.
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { openModels, type Models } from './models.ts';
import { openStorage, type Storage } from './storage.ts';

export interface ReadingApp extends Storage, Models {
  close(): Promise<void>;
}

export async function openReading(config: Config, { log }: { readonly log: Log }): Promise<ReadingApp> {
  const storage = await openStorage(config, { log, now: Date.now, background: false });
  const models = await openModels(storage, (alphabet, version, because) => {
    log.error({ alphabet, version, because }, 'the model that should answer cannot be loaded');
  });
  return {
    ...storage,
    ...models,
    async close() {
      await models.champions.close();
      storage.store.close();
    },
  };
}
