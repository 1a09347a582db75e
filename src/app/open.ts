// Builds every part of the product once, by hand, and undoes it in reverse. The edges (bots/, the command line) get an App, of
// which each asks for the facets that it needs.
import { makeAlarm } from '../chat/alarm.ts';
import type { Config } from '../config.ts';
import { makePhotoReaders } from '../glyph/pool.ts';
import type { Health } from '../health.ts';
import type { Log } from '../log.ts';
import { makeDisk, type Disk } from '../recognition/disk.ts';
import { resumeForgetting } from '../recognition/forget.ts';
import { modelHealth } from '../recognition/model-health.ts';
import { makePruneOpenQuestions } from '../recognition/open-questions.ts';
import { makePeople } from '../recognition/people.ts';
import { makeSecondReader } from '../recognition/second-reader.ts';
import type { CrashPoint } from '../runs/crash.ts';
import { watchDrift } from '../runs/drift.ts';
import { offerShipped } from '../runs/release.ts';
import { tidy, type Tidied } from '../runs/tidy.ts';
import { makeBackground, type BackgroundTask } from './background.ts';
import { openModels, type Models } from './models.ts';
import { makeNightly } from './nightly.ts';
import { openStorage, type Storage } from './storage.ts';
import { makeTalk, type Talk } from './talk.ts';
import { openTraining, type Training } from './training.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** So many questions may be open, each 1 to 4 KB. */
const OPEN_QUESTIONS = { ofContributor: 1000, ofShare: 5000, inAll: 100_000 };

/** What who keeps it running looks at and asks for. */
interface Upkeep {
  /** Models that should answer and cannot. */
  modelHealth(): Health;
  /** Whether the database was whole when it was last looked at: at the start, and once a night. */
  databaseHealth(): Health;
  /** Whether there is room for new photos. */
  diskHealth(): Promise<Health>;
  /** Whether photos of a kind take as much room as they may. */
  kindIsFull: Disk['kindIsFull'];
  /** Deletes blobs that nothing names any more; for an operator, who knows that nobody else's are there. */
  tidy(options: { readonly pretend: boolean }): Promise<Tidied>;
  /** Begins what is done in the background, and makes the next photo quick: called once people are heard, since it would hold them up. */
  begin(): void;
  /** One look at everything unfinished; the background does it each second. */
  tick(): Promise<void>;
  /** Resolves when no photo waits to be read by the other side of a duel. */
  secondReadings(): Promise<void>;
  close(): Promise<void>;
}

export interface App extends Storage, Models, Training, Talk, Upkeep {}

export interface AppOptions {
  readonly log: Log;
  readonly now?: () => number;
  /** Whether this process does the work that is nobody's in particular, once it has begun: runs, triggers, announcements. */
  readonly background?: boolean;
  /** Tests only: dies at named points. */
  readonly crashPoint?: CrashPoint;
}

/** Opens the data folder, the engine and the queue. Throws OperationalError in a sentence when one of them cannot be. */
export async function openApp(config: Config, options: AppOptions): Promise<App> {
  const { log, now = Date.now, background = false, crashPoint = () => undefined } = options;
  const storage = await openStorage(config, { log, now, background });
  const { store, blobs, alphabets, key } = storage;
  const { contributors, operators } = store;
  const people = makePeople({ key, admins: config.admins, contributors, operators, now });
  const alarm = makeAlarm({ store, people, log, now });
  const disk = makeDisk({
    folder: storage.dataDir,
    pictures: { taken: store.pictureBytes, most: config.picturesMegabytes * 2 ** 20 },
    onNearlyFull: alarm.diskNearlyFull,
  });
  const models = await openModels(storage, alarm.modelBroken);
  const training = await openTraining(storage, models, crashPoint, alarm);
  const photos = makePhotoReaders({ log });
  const { duelling } = training;
  let opening = 0;
  const second = makeSecondReader({
    store,
    load: models.loadVersion,
    busy: () => opening > 0,
    onRead: duelling.noticed,
    onBroken: duelling.broken,
    log,
  });
  const talk = makeTalk({
    storage,
    models,
    training,
    people,
    photos: {
      ...photos,
      async read(bytes, signal, kind) {
        opening++;
        try {
          return await photos.read(bytes, signal, kind);
        } finally {
          opening--;
        }
      },
    },
    disk,
    // Whoever opens an app for one piece of work neither reads in silence nor decides duels.
    ...(background && { duels: { readAlone: second.readAlone, answered: duelling.noticed } }),
  });
  const nightly = makeNightly({ check: store.checkAside, log, now });
  const { runs, tools, automatic, queue } = training;
  const { champions } = models;

  async function tidyUp(how: { readonly pretend: boolean }): Promise<Tidied> {
    const banks = await Promise.all(alphabets.list().map(({ id }) => tools.bankOf(id)));
    const shipped = banks.filter((bank) => bank !== null);
    return tidy(tools, shipped, how);
  }

  const tasks: readonly BackgroundTask[] = [
    // First: on a damaged database what follows may fail.
    { name: 'check the database at night', every: 0, run: nightly.look },
    { name: 'start runs that are due', every: 0, run: automatic.look },
    { name: 'move runs on', every: 0, run: runs.sweep },
    { name: 'look at duels', every: 0, run: duelling.look },
    {
      name: 'take new champions',
      every: 0,
      async run() {
        for (const { id } of alphabets.list()) await champions.refresh(id);
      },
    },
    { name: 'show how runs go', every: 0, run: talk.runMessages.look },
    { name: 'say what is to be said', every: 0, run: talk.postman.deliver },
    { name: 'look at the disk', every: 0, run: disk.nearlyFull },
    {
      name: 'look whether people say "right" less often',
      every: HOUR_MS,
      run: () =>
        watchDrift(
          { store, drifted: alarm.drifted },
          alphabets.list().map(({ id }) => id),
        ),
    },
    { name: 'bound the open questions', every: MINUTE_MS, run: () => void store.trimUnanswered(OPEN_QUESTIONS) },
    { name: 'end old questions', every: HOUR_MS, run: makePruneOpenQuestions({ store, now }) },
    {
      name: 'forget what a forgetting left',
      every: HOUR_MS,
      run: () => resumeForgetting({ store, blobs, dropDerived: talk.dropDerived }),
    },
    {
      name: 'offer shipped models',
      every: HOUR_MS,
      run: () =>
        offerShipped(
          { ...tools, runs, log },
          alphabets.list().map(({ id }) => id),
        ),
    },
    {
      name: 'delete what nothing names',
      every: HOUR_MS,
      async run() {
        // A bucket may be others', too: there an operator says when ("tidy").
        if (config.s3 !== null) return;
        const tidied = await tidyUp({ pretend: false });
        if (tidied.blobs > 0) log.info(tidied, 'blobs that nothing names any more were deleted');
      },
    },
  ];
  const working = makeBackground(tasks, log, now);
  return {
    ...storage,
    ...models,
    ...training,
    ...talk,
    modelHealth: () => modelHealth(champions.broken()),
    databaseHealth: nightly.health,
    diskHealth: disk.health,
    kindIsFull: disk.kindIsFull,
    tidy: tidyUp,
    begin() {
      photos.warm();
      working.start();
    },
    tick: working.look,
    secondReadings: second.settled,
    async close() {
      await working.close();
      await second.close();
      await duelling.close();
      await talk.runMessages.close();
      await nightly.close();
      photos.close();
      await queue.close();
      await runs.close();
      await champions.close();
      store.close();
    },
  };
}
