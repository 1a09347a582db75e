// What the product keeps, opened in the order in which it depends on one another: the data folder and its lock, the database, the
// key, the blobs, the alphabets, the shipped models.
import { join, resolve } from 'node:path';
import type { Alphabet } from '../alphabet/alphabet.ts';
import { shippedAlphabets } from '../alphabet/list.ts';
import { makeAlphabetRegistry, type AlphabetRegistry } from '../alphabet/registry.ts';
import type { Blobs } from '../blobs/blobs.ts';
import { openBlobs, type BlobSettings } from '../blobs/open.ts';
import { ConfigError, type Config } from '../config.ts';
import { splitter } from '../dataset/split.ts';
import { OperationalError } from '../errors.ts';
import { openDataFolder } from '../folder.ts';
import type { Log } from '../log.ts';
import { openKeyOf } from '../recognition/key.ts';
import { enterSeeds } from '../runs/seeds.ts';
import { openStore, type Store } from '../store/store.ts';

const INSTANCE = 'instance';

export interface Storage {
  readonly config: Config;
  readonly log: Log;
  readonly store: Store;
  readonly blobs: Blobs;
  readonly alphabets: AlphabetRegistry;
  /** Signs visitors' cookies, and hashes people. */
  readonly key: Uint8Array;
}

export interface OpenedStorage extends Storage {
  readonly dataDir: string;
  readonly blobSettings: BlobSettings;
  /** Tells this installation's runs from others' that share a Redis. */
  readonly instance: string;
  /** Throws OperationalError where it is not known any more. */
  readonly alphabetOf: (id: string) => Alphabet;
  readonly now: () => number;
}

export async function openStorage(
  config: Config,
  { log, now, background }: { readonly log: Log; readonly now: () => number; readonly background: boolean },
): Promise<OpenedStorage> {
  const dataDir = resolve(config.dataDir);
  openDataFolder(dataDir);
  // Who only asks something of it for a moment does not wait until all of it was looked at.
  const store = openStore(join(dataDir, 'inkloop.db'), { splitter, checked: background });
  const key = openKeyOf(store, dataDir);
  const blobSettings: BlobSettings =
    config.s3 === null ? { kind: 'folder', folder: join(dataDir, 'blobs') } : { kind: 's3', s3: config.s3 };
  const blobs = await openBlobs(blobSettings);
  const alphabets = makeAlphabetRegistry(shippedAlphabets, () => store.alphabets.list());
  if (background && alphabets.get(config.alphabet) === undefined) {
    const known = alphabets.list().map(({ id }) => id);
    store.close();
    throw new ConfigError([`ALPHABET must be one of ${known.join(', ')}`]);
  }
  const instance = store.meta.setOnce(INSTANCE, crypto.randomUUID().slice(0, 8));
  await enterSeeds({ store, blobs, log, now }, shippedAlphabets);
  const alphabetOf = (id: string): Alphabet => known(alphabets.get(id), id);
  return { config, log, store, blobs, alphabets, key, dataDir, blobSettings, instance, alphabetOf, now };
}

export function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new OperationalError(`${name} is not known here any more.`);
  return value;
}
