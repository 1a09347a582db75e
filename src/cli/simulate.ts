// `simulate`: the learning curve that people like those of a labelled set would bring.
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { makeLog } from '../log.ts';
import { carryOver } from '../simulation/carried-alphabet.ts';
import { simulate } from '../simulation/simulate.ts';
import { simulateStream } from '../simulation/stream.ts';
import { meanOf } from '../simulation/stream-points.ts';
import { alphabetNamed, percent, print, type Context } from './context.ts';
import { streamTable } from './stream-table.ts';

interface Options {
  readonly alphabet: string;
  readonly data: string;
  readonly schedule: string;
  readonly writer?: string;
  readonly stream?: boolean;
  readonly asOne?: boolean;
  readonly seeds: string;
  readonly caseless?: boolean;
  readonly json?: boolean;
}

export function addSimulate(program: Command, context: Context): void {
  program
    .command('simulate')
    .description('plays users from a labelled set against the whole loop, in a scratch folder')
    .requiredOption('--alphabet <id>', 'the alphabet of the labels')
    .requiredOption('--data <dir>', 'IDX with labels.txt, a labels.tsv, or one folder a label')
    .option('--schedule <counts>', 'confirmed samples a label after each round', '0,1,2,5,10,20')
    .option('--writer <name>', 'only this writer teaches and is tested')
    .option('--stream', 'each writer’s pictures in random order, each corrected: model, own hand, challenger')
    .option('--as-one', 'a stream takes all pictures for one person’s')
    .option('--seeds <number>', 'orders of chance that a stream is averaged over', '1')
    .option('--caseless', 'the set’s labels tell no case: either case is right')
    .option('--json', 'the rounds as JSON')
    .action(async ({ alphabet, data, schedule, writer, caseless, json, stream, asOne, seeds }: Options) => {
      if (stream === true) return streamed({ alphabet, data, writer, asOne, caseless, json, seeds });
      const counts = schedule.split(',').map(Number);
      if (
        counts.length === 0 ||
        counts.some((each, i) => !Number.isInteger(each) || each < 0 || each <= (counts[i - 1] ?? -1))
      )
        throw new UsageError(`--schedule takes whole numbers that grow, like 0,1,2,5,10,20; not ${schedule}.`);
      const own = await context.withApp((app) => carryOver(app, alphabetNamed(app, alphabet).id));
      const { rounds } = await simulate({
        own,
        config: context.config(),
        log: makeLog('error'),
        alphabet,
        data,
        schedule: counts,
        writer,
        caseless,
        onRound: (round) =>
          process.stderr.write(
            `${round.confirmedPerLabel} a label: ${percent(round.accuracy)}, challenger ${percent(round.challengerAccuracy)}, base ${round.baseAccuracy === null ? '–' : percent(round.baseAccuracy)}, ${round.seconds.toFixed(1)} s${round.because === null ? '' : ` (${round.because})`}\n`,
          ),
      });
      print(json, { rounds }, () => []);
    });

  async function streamed({ alphabet, data, writer, asOne, caseless, json, seeds }: StreamOptions): Promise<void> {
    const orders = Number(seeds);
    if (!Number.isInteger(orders) || orders < 1)
      throw new UsageError(`--seeds takes a number from 1 on; not ${seeds}.`);
    // Whoever sends one picture after the other is answered: where people taught the first model as well, by what answers now.
    const own = await context.withApp((app) => carryOver(app, alphabetNamed(app, alphabet).id, { answering: true }));
    const config = context.config();
    const writers = await simulateStream({
      own,
      config,
      log: makeLog('error'),
      alphabet,
      data,
      writer,
      asOne,
      caseless,
      seeds: orders,
      onWriter: ({ writer, points }) => {
        const last = points.at(-1);
        process.stderr.write(
          `${writer ?? 'all as one'}: ${percent(last?.champion ?? 0)} alone, ${percent(last?.served ?? 0)} with their own hand after ${last?.answers ?? 0} answers\n`,
        );
      },
    });
    const stream = meanOf(writers.map(({ points }) => points));
    print(json, { stream, writers }, () => streamTable(writers, stream));
  }
}

type StreamOptions = Pick<Options, 'alphabet' | 'data' | 'seeds'> & {
  readonly writer: string | undefined;
  readonly asOne: boolean | undefined;
  readonly caseless: boolean | undefined;
  readonly json: boolean | undefined;
};
