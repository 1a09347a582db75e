// `backbone`: the networks that picture alphabets see with, added from a file of the owner's or from a package that is installed.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { Option, type Command } from 'commander';
import { LEVELS, MOST_BYTES, type Levels } from '../backbone/make.ts';
import { UsageError } from '../errors.ts';
import type { AddedBackbone } from '../runs/backbones.ts';
import { bytesOf, print, type Context } from './context.ts';

interface AddOptions {
  readonly fromPackage?: string;
  readonly name?: string;
  readonly licence?: string;
  readonly levels?: Levels;
  readonly views?: 'whole' | 'around' | 'turned' | 'several';
  readonly json?: boolean;
}

export function addBackbone(program: Command, context: Context): void {
  const backbone = program.command('backbone').description('networks that pictures are seen with');
  backbone
    .command('add')
    .description('adds one: a .tflite or .onnx file that you have, or the network of an installed npm package')
    .argument('[file]', 'the file')
    .option('--from-package <name>', 'a package, like @mediapipe/hands')
    .option('--name <name>', 'what to call it (default: the file’s name)')
    .option('--licence <licence>', 'under which it may be used, like Apache-2.0')
    .addOption(
      new Option(
        '--views <which>',
        'what it is shown: all of a picture, that and with ground around it, these and turned a little, or four cuts of it',
      )
        .choices(['whole', 'around', 'turned', 'several'])
        .default('several'),
    )
    .addOption(
      new Option('--levels <which>', 'of an .onnx file: what colours it was trained on')
        .choices(Object.keys(LEVELS))
        .default('imagenet'),
    )
    .option('--json', 'as JSON')
    .action((file: string | undefined, options: AddOptions) =>
      context.withApp(async (app) => {
        const { fromPackage } = options;
        if ((file === undefined) === (fromPackage === undefined))
          throw new UsageError('A backbone comes either from a file or --from-package.');
        if (fromPackage !== undefined) {
          const added = await app.backbones.addFromPackage(fromPackage);
          return print(options.json, plain(added), () => [`added ${lineOf(added)}`]);
        }
        const added = await app.backbones.add(await fileBytes(file ?? ''), {
          name:
            options.name ??
            basename(file ?? '')
              .replace(/\.\w+$/u, '')
              .slice(0, 80),
          licence: options.licence ?? 'unknown',
          source: basename(file ?? ''),
          levels: options.levels,
          views: options.views,
        });
        print(options.json, plain(added), () => [
          `added ${lineOf(added)}`,
          ...(options.licence === undefined
            ? ['Its licence is not known here: find out what you may do with it, and add it again with --licence.']
            : []),
        ]);
      }),
    );

  backbone
    .command('list')
    .description('those there are, with licence, size and what sees with them')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) =>
      context.withApp(async (app) => {
        const all = await app.backbones.list();
        print(options.json, all.map(plain), () =>
          all.length === 0 ? 'none yet: "backbone add" adds one' : all.map(lineOf),
        );
      }),
    );

  backbone
    .command('remove')
    .description('deletes one that no alphabet sees with')
    .argument('<name>', 'its name, or the beginning of its hash')
    .option('--json', 'as JSON')
    .action((name: string, options: { json?: boolean }) =>
      context.withApp(async (app) => {
        const gone = await app.backbones.remove(name);
        print(options.json, { hash: gone.hash, removed: true }, () => `${gone.card.name} is gone`);
      }),
    );
}

/** Looked at before it is read: somebody may point at a film. */
async function fileBytes(file: string): Promise<Uint8Array> {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MOST_BYTES)
    throw new UsageError(
      `${file} has ${Math.round(size / 1e6)} MB, and a backbone ${MOST_BYTES / 1e6} at most: smaller ones read as well.`,
    );
  return bytesOf(file);
}

function plain({ hash, card, here, usedBy }: AddedBackbone) {
  const { name, licence, source, side, length } = card;
  return { hash, name, licence, source, side, length, here, usedBy };
}

function lineOf({ hash, card, here, usedBy }: AddedBackbone): string {
  const used = usedBy.length === 0 ? 'unused' : `used by ${usedBy.join(', ')}`;
  return `${card.name}  ${hash.slice(0, 8)}  ${card.licence}  ${card.side}×${card.side} → ${card.length}  ${card.source}  ${here ? used : 'its file is gone'}`;
}
