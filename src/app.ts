// Builds every part of the product once, by hand, and undoes it in reverse. The edges (bots/, the command line) get an App.
import { setTimeout as sleep } from 'node:timers/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Alphabet } from './alphabet/alphabet.ts';
import { shippedAlphabets } from './alphabet/list.ts';
import { makeAlphabetRegistry, type AlphabetRegistry } from './alphabet/registry.ts';
import type { Blobs } from './blobs/blobs.ts';
import { openBlobs, type BlobSettings } from './blobs/open.ts';
import { ConfigError, type Config } from './config.ts';
import { makeExportArchive } from './dataset/export.ts';
import { splitter } from './dataset/split.ts';
import { OperationalError } from './errors.ts';
import { openDataFolder } from './folder.ts';
import { makePhotoReaders } from './glyph/pool.ts';
import type { Log } from './log.ts';
import { decodeArtifact } from './model/artifact.ts';
import { makeChampions, type Champions, type LoadedModel } from './model/champion.ts';
import { openClassifier, type Classifier } from './model/classifier.ts';
import { loadModel } from './model/load.ts';
import { openEngine } from './model/open.ts';
import { makeAlarm } from './recognition/alarm.ts';
import { ERRANDS, makeAnnounce } from './recognition/announce.ts';
import type { Chat, ChatPlatform, CommandInfo, HandleEvent, Health, Person } from './recognition/chat.ts';
import { commandInfos, type Command } from './recognition/command.ts';
import { makeCompose } from './recognition/compose.ts';
import { makeConversation } from './recognition/conversation.ts';
import { makeDisk } from './recognition/disk.ts';
import { decisionText } from './recognition/decision.ts';
import { makeLive } from './recognition/live.ts';
import { makeModerate, type Moderate } from './recognition/moderate.ts';
import { makeWithdrawChoice, moderationCommands } from './recognition/moderation-commands.ts';
import { modelHealth } from './recognition/model-health.ts';
import { makeForget, resumeForgetting } from './recognition/forget.ts';
import { makeLanguageOf, makeSayTo, type SayTo } from './recognition/language.ts';
import { openKeyOf } from './recognition/key.ts';
import { makePruneOpenQuestions } from './recognition/open-questions.ts';
import { makeRollbackChoice, operatorCommands } from './recognition/operators.ts';
import { makePeople, type People } from './recognition/people.ts';
import { makeForgetChoice, personalCommands } from './recognition/personal.ts';
import { makePictures } from './recognition/pictures.ts';
import { makePostman } from './recognition/postman.ts';
import { makeRecognition } from './recognition/recognise.ts';
import type { Recognition } from './recognition/recognition.ts';
import { makeChoose, settingsCommands } from './recognition/settings.ts';
import { makeNightly } from './recognition/nightly.ts';
import { makeFindTaught } from './recognition/taught.ts';
import { glyphPng } from './report/glyph.ts';
import { drawText } from './report/lettering.ts';
import { openStore, type Store } from './store/store.ts';
import { makeAutomatic } from './training/automatic.ts';
import type { CrashPoint } from './training/crash.ts';
import { makeDesk, type Desk } from './training/desk.ts';
import type { PrepareTools } from './training/prepare.ts';
import { makeOwnAlphabets, type OwnAlphabets } from './training/own-alphabets.ts';
import { openQueue } from './training/queue/open.ts';
import type { QueueHealth } from './training/queue.ts';
import type { FinaliseTools } from './training/finalise.ts';
import { offerShipped } from './training/release.ts';
import { makeRuns, type Runs } from './training/runs.ts';
import { enterSeeds, makeBankOf } from './training/seeds.ts';
import { tidy, type Tidied } from './training/tidy.ts';
import { sayIn, type Language } from './words/words.ts';

/** How often unfinished work is looked at, ms: runs, announcements, new champions, the trigger. */
const TICK_MS = 1000;
const PRUNE_EVERY_MS = 3_600_000;
/** And so many of them, each 1 to 4 KB. */
const OPEN_QUESTIONS = { ofContributor: 1000, ofShare: 5000, inAll: 100_000 };
const TRIM_EVERY_MS = 60_000;
const TRAINING_DEADLINE_SECONDS = 3600;
const INSTANCE = 'instance';

export interface App {
  readonly config: Config;
  readonly log: Log;
  readonly store: Store;
  readonly blobs: Blobs;
  readonly alphabets: AlphabetRegistry;
  /** Making, growing and putting away the owner's own. */
  readonly own: OwnAlphabets;
  readonly champions: Champions;
  readonly people: People;
  readonly moderate: Moderate;
  readonly recognition: Recognition;
  readonly handle: HandleEvent;
  /** How a person is spoken to, for what a platform has to say by itself. */
  readonly sayTo: SayTo;
  /** The alphabet of the last photo of a person in a chat. */
  lastAlphabet(person: Person, chat: Chat): string | undefined;
  readonly commands: (language: Language) => readonly CommandInfo[];
  readonly runs: Runs;
  readonly training: Desk;
  /** What moving the champion by hand and freezing snapshots need. */
  readonly tools: PrepareTools & FinaliseTools;
  /** Signs visitors' cookies. */
  readonly key: Uint8Array;
  loadModel(alphabet: Alphabet, artifact: string): Promise<LoadedModel>;
  /** With all its figures, for evaluation; the caller closes it. */
  openClassifier(alphabet: Alphabet, artifact: string): Promise<Classifier>;
  queueHealth(): Promise<QueueHealth>;
  /** Models that should answer and cannot. */
  modelHealth(): Health;
  /** Whether the database was whole when it was last looked at: at the start, and once a night. */
  databaseHealth(): Health;
  /** Whether there is room for new photos. */
  diskHealth(): Promise<Health>;
  /** Deletes blobs that nothing names any more; for an operator, who knows that nobody else's are there. */
  tidy(options: { readonly pretend: boolean }): Promise<Tidied>;
  /** Hands announcements to these platforms from now on. */
  deliverTo(platforms: readonly ChatPlatform[]): void;
  /** One look at everything unfinished; the background loop calls it each second. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

export interface AppOptions {
  readonly log: Log;
  readonly now?: () => number;
  /** Whether this process does the work that is nobody's in particular: runs, triggers, announcements. */
  readonly background?: boolean;
  /** Tests only: dies at named points. */
  readonly crashPoint?: CrashPoint;
}

/** Opens the data folder, the engine and the queue. Throws OperationalError in a sentence when one of them cannot be. */
export async function openApp(config: Config, options: AppOptions): Promise<App> {
  const { log, now = Date.now, crashPoint = () => undefined } = options;
  const dataDir = resolve(config.dataDir);
  const background = options.background === true;
  openDataFolder(dataDir);
  // Who only asks something of it for a moment does not wait until all of it was looked at.
  const store = openStore(join(dataDir, 'inkloop.db'), { splitter, checked: background });
  const key = openKeyOf(store, dataDir);
  const blobSettings: BlobSettings =
    config.s3 === null ? { kind: 'folder', folder: join(dataDir, 'blobs') } : { kind: 's3', s3: config.s3 };
  const blobs = await openBlobs(blobSettings);
  const engine = await openEngine(config.engine);
  const alphabets = makeAlphabetRegistry(shippedAlphabets, () => store.alphabets.list());
  const alphabet = (id: string): Alphabet | undefined => alphabets.get(id);
  if (background && alphabet(config.alphabet) === undefined) {
    const known = alphabets.list().map(({ id }) => id);
    store.close();
    throw new ConfigError([`ALPHABET must be one of ${known.join(', ')}`]);
  }
  const instance = store.meta.setOnce(INSTANCE, crypto.randomUUID().slice(0, 8));
  await enterSeeds({ store, blobs, log, now }, shippedAlphabets);

  const people = makePeople({
    key,
    admins: config.admins,
    contributors: store.contributors,
    operators: store.operators,
    now,
  });
  const languageOf = makeLanguageOf(people);
  const load = async (of: Alphabet, artifact: string): Promise<LoadedModel> =>
    loadModel(engine, await blobs.get(artifact), of);
  const alarm = makeAlarm({ store, people, languageOf, log, now });
  const disk = makeDisk({ folder: dataDir, onNearlyFull: alarm.diskNearlyFull });
  const champions = makeChampions({
    current: store.champions.current,
    before: (id) => store.champions.history(id).flatMap(({ from }) => (from === null ? [] : [from])),
    load: (id, version) => load(must(alphabet(id), id), must(store.versions.get(version), version).artifact),
    onBroken: (id, version, because) => {
      // Only who should answer is worth an alarm; one that was to stand in for it is told of in the log.
      if (store.champions.current(id) === version) alarm.modelBroken(id, version, because);
    },
    log,
    now,
  });

  const tools: PrepareTools & FinaliseTools = {
    store,
    blobs,
    alphabetOf: (id) => must(alphabet(id), id),
    bankOf: makeBankOf({ store, blobs }),
    engine: config.engine,
    threads: config.trainingThreads,
    deadlineSeconds: TRAINING_DEADLINE_SECONDS,
    instance,
    now,
    verify: async (artifact) => {
      const version = store.versions.list().find((each) => each.artifact === artifact);
      const id = version?.alphabet ?? decodeArtifact(await blobs.get(artifact)).metadata.alphabet;
      const model = await load(must(alphabet(id), id), artifact);
      await model.close();
    },
    announce: makeAnnounce(store, now),
    crashPoint,
  };
  const queue = await openQueue({
    redisUrl: config.redisUrl,
    trainer: { entry: fileURLToPath(new URL('../worker/child.ts', import.meta.url)), blobs: blobSettings },
    log,
  });
  const runs = makeRuns({ ...tools, queue, log });
  const training = makeDesk({ store, runs, tools });
  const automatic = makeAutomatic({
    store,
    runs,
    settings: { afterSamples: config.retrainAfter, everyHours: config.retrainEveryHours },
    log,
    now,
  });

  const photos = makePhotoReaders({ log });
  if (options.background === true) photos.warm();
  const recognition = makeRecognition({
    store,
    people,
    alphabet,
    alphabets: alphabets.list,
    defaultAlphabet: config.alphabet,
    readPhoto: photos.read,
    reader: champions.reader,
    samplesChanged: automatic.noticed,
    diskNearlyFull: disk.nearlyFull,
    now,
  });
  const moderate = makeModerate({
    store,
    people,
    alphabet,
    reader: champions.reader,
    samplesChanged: automatic.noticed,
    now,
  });
  const live = makeLive();
  const pictures = makePictures({ store, blobs, loadModel: load });
  const forget = makeForget({ store, blobs });
  const settings = { store, people, recognition, alphabet, alphabets: alphabets.list };
  const personal = { store, people, recognition, alphabet, forget };
  let platforms: readonly ChatPlatform[] = [];
  const operators = {
    ...settings,
    now,
    training,
    live,
    botNames: config.botNames,
    operatorChanged(who: string, isOperator: boolean): void {
      const [name, id = ''] = who.split(':');
      // A menu is a convenience: nobody waits for it, and a platform says itself what it cannot do.
      void platforms.find((each) => each.name === name)?.operatorChanged?.(id, isOperator);
    },
    pictures,
    decisionText,
    exportSamples: makeExportArchive({ samples: store.samples, png: glyphPng }),
  };
  const commands: readonly Command[] = [
    ...personalCommands(personal, () => commands),
    ...settingsCommands(settings),
    ...operatorCommands(operators),
    ...moderationCommands({ people, moderate }),
  ];
  const handle = makeConversation({
    recognition,
    store,
    people,
    alphabet,
    alphabets: alphabets.list,
    languageOf,
    commands,
    choose: makeChoose(settings, {
      forget: makeForgetChoice(personal),
      rollback: makeRollbackChoice(operators),
      withdraw: makeWithdrawChoice({ people, moderate }),
    }),
    glyphPng,
    log,
    now,
  });

  const findTaught = makeFindTaught({ store, reader: champions.reader, now });
  const postman = makePostman({
    outbox: store.outbox,
    platforms: () => platforms,
    compose: makeCompose({
      store,
      alphabet,
      pictures,
      glyphPng,
      live,
      answering: async (id) => (await champions.reader(id).catch(() => null))?.version ?? null,
    }),
    errands: {
      name: ERRANDS,
      run: findTaught,
    },
    log,
    now,
  });

  async function tidyUp(options: { readonly pretend: boolean }): Promise<Tidied> {
    const banks = await Promise.all(alphabets.list().map(({ id }) => tools.bankOf(id)));
    return tidy(
      tools,
      banks.filter((bank) => bank !== null),
      options,
    );
  }

  const pruneOpenQuestions = makePruneOpenQuestions({ store, now });
  const nightly = makeNightly({ check: store.checkAside, log, now });
  let prunedAt = 0;
  let trimmedAt = -Infinity;
  async function tick(): Promise<void> {
    // First: on a damaged database what follows may fail.
    nightly.look();
    automatic.look();
    await runs.sweep();
    for (const each of alphabets.list()) await champions.refresh(each.id);
    await postman.deliver();
    await disk.nearlyFull();
    // By a clock that nobody sets.
    if (performance.now() - trimmedAt >= TRIM_EVERY_MS) {
      trimmedAt = performance.now();
      store.trimUnanswered(OPEN_QUESTIONS);
    }
    if (Math.abs(now() - prunedAt) < PRUNE_EVERY_MS) return;
    prunedAt = now();
    pruneOpenQuestions();
    await resumeForgetting({ store, blobs });
    await offerShipped(
      { ...tools, runs, log },
      alphabets.list().map(({ id }) => id),
    );
    // A bucket may be others', too: there an operator says when ("tidy").
    if (config.s3 !== null) return;
    const tidied = await tidyUp({ pretend: false });
    if (tidied.blobs > 0) log.info(tidied, 'blobs that nothing names any more were deleted');
  }

  const closing = new AbortController();
  const ticking = background ? keepTicking(tick, closing.signal, log) : Promise.resolve();

  return {
    config,
    log,
    store,
    blobs,
    alphabets,
    own: makeOwnAlphabets({
      store,
      blobs,
      shipped: shippedAlphabets,
      draw: drawText,
      engine: config.engine,
      threads: config.trainingThreads,
      now,
    }),
    champions,
    people,
    moderate,
    recognition,
    handle,
    sayTo: makeSayTo(languageOf),
    lastAlphabet(person, chat) {
      const known = store.contributors.byKeyHash(people.keyHash(person));
      return known && store.predictions.lastOf(known.id, chat.id)?.alphabet;
    },
    commands: (language) => commandInfos(commands, sayIn(language)),
    runs,
    training,
    tools,
    key,
    loadModel: load,
    openClassifier: async (of, artifact) => openClassifier(engine, await blobs.get(artifact), of),
    queueHealth: () => queue.health(),
    modelHealth: () => modelHealth(champions.broken()),
    databaseHealth: nightly.health,
    diskHealth: disk.health,
    deliverTo(to) {
      platforms = to;
    },
    tidy: tidyUp,
    tick,
    async close() {
      closing.abort();
      await ticking;
      await nightly.close();
      photos.close();
      await queue.close();
      await runs.close();
      await champions.close();
      store.close();
    },
  };
}

/** Looks at everything unfinished again and again; what fails once is logged and looked at again a second later. */
async function keepTicking(tick: () => Promise<void>, signal: AbortSignal, log: Log): Promise<void> {
  let failing = false;
  while (!signal.aborted) {
    try {
      await tick();
      failing = false;
    } catch (error) {
      if (!failing) log.error({ err: error }, 'background work failed; it is tried again each second');
      failing = true;
    }
    await sleep(TICK_MS, undefined, { signal }).catch(() => undefined);
  }
}

function must<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new OperationalError(`${name} is not known here any more.`);
  return value;
}
