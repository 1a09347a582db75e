// `simulate`: the learning curve that people like those of a labelled set would bring.
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { makeLog } from '../log.ts';
import { carryOver } from '../simulation/carried-alphabet.ts';
import { simulate } from '../simulation/simulate.ts';
import { alphabetNamed, percent, print, type Context } from './context.ts';

interface Options {
  readonly alphabet: string;
  readonly data: string;
  readonly schedule: string;
  readonly writer?: string;
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
    .option('--caseless', 'the set’s labels tell no case: either case is right')
    .option('--json', 'the rounds as JSON')
    .action(async ({ alphabet, data, schedule, writer, caseless, json }: Options) => {
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
}
