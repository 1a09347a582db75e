// Plays users from a labelled set against the whole loop, in a scratch folder and without tokens: some send pictures and
// confirm or correct what they get, the others' pictures only test. What comes out is the learning curve that an owner
// could expect from people like these.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openApp, type App } from '../app/open.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../errors.ts';
import type { Log } from '../log.ts';
import { settle, type CarriedAlphabet } from './carried-alphabet.ts';
import { championAccuracy, baseOf, glyphsOf } from './judging.ts';
import { retrain, teach } from './people.ts';
import { divide, picturesOf } from './pictures.ts';

interface SimulationRound {
  readonly confirmedPerLabel: number;
  /** Of the model that answers after this round, on the part that only tests; twins (o, O) as one. */
  readonly accuracy: number;
  /** Of the model this round trained, promoted or not; of the champion where none was trained. */
  readonly challengerAccuracy: number;
  /** Of the model that answers, on the base set: what was known before must stay known. Null without a bank. */
  readonly baseAccuracy: number | null;
  readonly promoted: boolean;
  /** From asking for the retrain to the swap; 0 where none was trained. */
  readonly seconds: number;
  /** The gate's sentence; null where none was trained. */
  readonly because: string | null;
}

interface SimulateOptions {
  readonly config: Config;
  readonly log: Log;
  readonly alphabet: string;
  /** Folder of a labelled set. */
  readonly data: string;
  /** Confirmed samples a label after each round, ascending. */
  readonly schedule: readonly number[];
  /** The set's labels tell no case: either case of a label is right. */
  readonly caseless?: boolean | undefined;
  /** Only this writer teaches, and only their other pictures test: how one new hand is learnt. */
  readonly writer?: string | undefined;
  /** The alphabet as `carryOver` took it, where it is the owner's own. */
  readonly own?: CarriedAlphabet | undefined;
  readonly onRound?: ((round: SimulationRound) => void) | undefined;
}

/** Throws UsageError when the set has nothing to teach or to test with. Deterministic but for the seconds. */
export async function simulate(options: SimulateOptions): Promise<{ readonly rounds: readonly SimulationRound[] }> {
  return { rounds: await inScratch(options, (app, pass) => playRounds(app, options, pass)) };
}

type ScratchOptions = Pick<SimulateOptions, 'config' | 'log' | 'alphabet' | 'own'> & {
  /** Retrains and duels go on as in the product: `tick` of the app does what its background would. */
  readonly live?: boolean;
};

/** Runs `play` with an app in a scratch folder, whose clock `pass` puts forward by so many ms. */
export async function inScratch<T>(
  options: ScratchOptions,
  play: (app: App, pass: (ms: number) => void) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'inkloop-simulate-'));
  // People do not send a picture a millisecond: an hourly limit must not be what is simulated.
  let ahead = 0;
  const config: Config = {
    ...options.config,
    dataDir,
    bots: [],
    redisUrl: null,
    s3: null,
    ...(options.live !== true && { retrainAfter: 0, retrainEveryHours: 0 }),
  };
  try {
    const now = (): number => Date.now() + ahead;
    const app = await openApp(config, { log: options.log, now, background: options.live === true });
    try {
      if (options.own !== undefined) await settle(app, options.alphabet, options.own);
      const pass = (ms: number): void => {
        ahead += ms;
      };
      return await play(app, pass);
    } finally {
      await app.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function playRounds(
  app: App,
  options: SimulateOptions,
  pass: (ms: number) => void,
): Promise<readonly SimulationRound[]> {
  const alphabet = app.alphabets.get(options.alphabet);
  if (alphabet === undefined) throw new UsageError(`There is no alphabet ${options.alphabet}.`);
  const most = Math.max(...options.schedule);
  const { teaching, testing } = await divide(await picturesOf(options, alphabet), options.writer, most);
  const tested = await glyphsOf(testing, alphabet);
  if (tested.length === 0) throw new UsageError(`${options.data} leaves no readable picture to test with.`);
  const base = await baseOf(app, alphabet);

  const rounds: SimulationRound[] = [];
  let taught = 0;
  for (const target of options.schedule) {
    for (; taught < target; taught++)
      for (const pictures of teaching.values()) {
        const picture = pictures[taught];
        if (picture === undefined) continue;
        pass(60_000);
        await teach(app, alphabet.id, picture);
      }
    const run = target === 0 ? null : await retrain(app, alphabet.id);
    const champion = app.store.champions.current(alphabet.id);
    const accuracy = await championAccuracy(app, alphabet, champion, tested);
    const round: SimulationRound = {
      confirmedPerLabel: target,
      accuracy,
      challengerAccuracy:
        run?.versionId === undefined || run.versionId === null || run.versionId === champion
          ? accuracy
          : await championAccuracy(app, alphabet, run.versionId, tested),
      baseAccuracy: base.length === 0 ? null : await championAccuracy(app, alphabet, champion, base),
      promoted: run?.state === 'promoted',
      seconds: run === null || run.finishedAt === null ? 0 : (run.finishedAt - run.createdAt) / 1000,
      because: run?.decision?.because ?? run?.error ?? null,
    };
    rounds.push(round);
    options.onRound?.(round);
  }
  return rounds;
}
