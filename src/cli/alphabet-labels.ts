// `alphabet rename-label`, `merge-labels` and `split-label`: labels change, samples and history stay.
import type { Command } from 'commander';
import type { Alphabet } from '../alphabet/alphabet.ts';
import { UsageError } from '../errors.ts';
import { plainAlphabet } from './alphabet-plain.ts';
import { counted, print, type Context } from './context.ts';

interface Json {
  readonly json?: boolean;
}

export function addLabelVerbs(alphabet: Command, context: Context): void {
  alphabet
    .command('rename-label')
    .description('calls a label of your own alphabet otherwise; samples, history and the model that answers stay')
    .argument('<id>', 'which alphabet')
    .argument('<label>', 'as it is called')
    .argument('<name>', 'as it shall be called')
    .option('--json', 'what it is now, as JSON')
    .action((id: string, label: string, name: string, options: Json) =>
      context.withApp(async (app) => {
        const changed = app.own.renameLabel(id, label, name);
        print(options.json, plainAlphabet(changed), () => [`${label} is called ${name} now, everywhere`]);
      }),
    );

  alphabet
    .command('merge-labels')
    .description('makes one label part of another, with its samples')
    .argument('<id>', 'which alphabet')
    .argument('<label>', 'what shall be no label of its own any more')
    .argument('<into>', 'what it is part of from now on')
    .option('--json', 'what it is now, as JSON')
    .action((id: string, label: string, into: string, options: Json) =>
      context.withApp(async (app) => {
        const { alphabet: changed, moved } = app.own.mergeLabels(id, label, into);
        print(options.json, { ...plainAlphabet(changed), moved }, () => [
          `${label} is part of ${into} now: ${counted(moved, 'sample')} went along, and what the model takes for ${label} counts as ${into}`,
          retrainLine(changed),
        ]);
      }),
    );

  alphabet
    .command('split-label')
    .description('gives some samples of a label a label of their own')
    .argument('<id>', 'which alphabet')
    .argument('<label>', 'whose samples they are')
    .argument('<name>', 'the new label')
    .requiredOption('--samples <numbers>', 'as "export" names them, with commas between: 12,15,19')
    .option('--json', 'what it is now, as JSON')
    .action((id: string, label: string, name: string, options: Json & { samples: string }) =>
      context.withApp(async (app) => {
        const { alphabet: changed, moved } = app.own.splitLabel(id, label, name, numbersIn(options.samples));
        print(options.json, { ...plainAlphabet(changed), moved }, () => [
          `${name} is a label now, with ${counted(moved, 'sample')} that ${moved === 1 ? 'was' : 'were'} ${label}`,
          retrainLine(changed),
        ]);
      }),
    );
}

const retrainLine = ({ id }: Alphabet): string => `The next retrain learns it: "retrain --alphabet ${id}".`;

function numbersIn(text: string): readonly number[] {
  const numbers = text.split(/[\s,]+/u).filter(Boolean);
  const odd = numbers.find((each) => !/^\d{1,15}$/u.test(each));
  if (odd !== undefined || numbers.length === 0)
    throw new UsageError(
      `--samples are numbers with commas between, like 12,15,19${odd === undefined ? '' : `; ${odd} is none`}.`,
    );
  return [...new Set(numbers.map(Number))];
}
