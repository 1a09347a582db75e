// The verbs by the files that hold them. A file is loaded when one of its verbs is asked for, so that the list of them all, which
// stands here, costs nothing more than itself; a test keeps the two equal.
import type { Command } from 'commander';
import type { Context } from './context.ts';

interface VerbFile {
  /** As `--help` lists them: name with arguments, and what it does. */
  readonly verbs: readonly (readonly [usage: string, description: string])[];
  load(): Promise<(program: Command, context: Context) => void>;
}

export const verbFiles: readonly VerbFile[] = [
  {
    verbs: [
      ['start', 'the page, and the bots that have a token; also without any verb'],
      ['worker', 'takes training runs off Redis, on this machine or another'],
    ],
    load: async () => (await import('./start.ts')).addStart,
  },
  {
    verbs: [['read [options] <photo...>', 'what these photos show, a line a glyph in reading order']],
    load: async () => (await import('./read.ts')).addRead,
  },
  {
    verbs: [['evaluate [options]', 'accuracy, calibration and confusions of a model on a labelled set']],
    load: async () => (await import('./evaluate.ts')).addEvaluate,
  },
  {
    verbs: [['import [options]', 'a labelled set becomes confirmed samples']],
    load: async () => (await import('./import.ts')).addImport,
  },
  {
    verbs: [
      [
        'export [options]',
        'samples as pictures with a table and as IDX, models as ONNX with their figures, an own alphabet as a file',
      ],
    ],
    load: async () => (await import('./export.ts')).addExport,
  },
  {
    verbs: [
      ['retrain [options]', 'trains a challenger; it takes over only when the gate finds it better'],
      ['runs [options]', 'training runs, newest first'],
      ['cancel [options] <run>', 'stops a training run'],
    ],
    load: async () => (await import('./runs.ts')).addRuns,
  },
  {
    verbs: [
      ['models [options]', 'versions with their lineage, newest first'],
      ['promote [options] <version>', 'makes a version answer, whatever the gate said of it'],
      ['rollback [options]', 'makes the version before the champion answer again'],
      [
        'repeat [options] <version>',
        'trains a version again from its snapshot, seed and parent: are the weights the same?',
      ],
    ],
    load: async () => (await import('./models.ts')).addModels,
  },
  {
    verbs: [['sheet [options]', 'practice sheets to print and fill in, as a PDF']],
    load: async () => (await import('./sheet.ts')).addSheet,
  },
  {
    verbs: [['simulate [options]', 'plays users from a labelled set against the whole loop, in a scratch folder']],
    load: async () => (await import('./simulate.ts')).addSimulate,
  },
  {
    verbs: [['snapshot', 'frozen, hashed lists of samples']],
    load: async () => (await import('./snapshot.ts')).addSnapshot,
  },
  {
    verbs: [['alphabet', 'alphabets, shipped and one’s own']],
    load: async () => (await import('./alphabet.ts')).addAlphabet,
  },
  {
    verbs: [['backbone', 'networks that pictures are seen with']],
    load: async () => (await import('./backbone.ts')).addBackbone,
  },
  {
    verbs: [['stats [options]', 'samples, contributors, who answers, and how often people said it was right']],
    load: async () => (await import('./stats.ts')).addStats,
  },
  {
    verbs: [
      ['contributors', 'who teaches, and what to do about somebody'],
      ['log [options]', 'what operators did, newest first'],
    ],
    load: async () => (await import('./contributors.ts')).addContributors,
  },
  {
    verbs: [
      ['backup [options] <file>', 'a consistent copy of the database; keep secret.key and the blobs folder beside it'],
    ],
    load: async () => (await import('./backup.ts')).addBackup,
  },
  {
    verbs: [
      [
        'new-key [options]',
        'after secret.key was lost for good: makes another one, and everybody becomes a new person',
      ],
    ],
    load: async () => (await import('./new-key.ts')).addNewKey,
  },
  {
    verbs: [
      ['tidy [options]', 'deletes what killed and given-up training left behind; for blobs of this installation alone'],
    ],
    load: async () => (await import('./tidy.ts')).addTidy,
  },
  {
    verbs: [['doctor [options]', 'is everything in order, and if not, what to do']],
    load: async () => (await import('./doctor.ts')).addDoctor,
  },
];

/** The file of the verb that the arguments ask for, or ask to be helped with; undefined where they name none. */
export function verbFileOf(args: readonly string[]): VerbFile | undefined {
  const [first, second] = args.filter((each) => !each.startsWith('-'));
  const verb = first === 'help' ? second : first;
  return verbFiles.find(({ verbs }) => verbs.some(([usage]) => usage.split(' ')[0] === verb));
}

/** Verbs that are listed and not loaded. */
export function addNames(program: Command, { verbs }: VerbFile): void {
  for (const [usage, description] of verbs) {
    const [name = '', ...rest] = usage.split(' ');
    const command = program.command(name).description(description);
    for (const each of rest) {
      if (each === '[options]') command.option('--json');
      else command.argument(each);
    }
  }
}
