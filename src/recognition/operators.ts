// What operators ask: figures, training and its versions. Whether somebody is one is checked before any of this runs.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Run } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { Desk } from '../training/desk.ts';
import type { Decision } from '../records/decision.ts';
import { accuracyOf, type VersionMetrics } from '../records/metrics.ts';
import type { Moved } from '../training/rollback.ts';
import { inSentence, type Say } from '../words/words.ts';
import { encodeButton } from './buttons.ts';
import type { ReplyAddress } from '../records/address.ts';
import type { Message, Picture, Reply } from './chat.ts';
import { alphabetArgument, reply, type Command, type Heard } from './command.ts';
import { findAlphabet } from './find-alphabet.ts';
import type { Live } from './live.ts';
import { signatureOf } from './moderate.ts';
import type { People } from './people.ts';
import type { Recognition } from './recognition.ts';

/** The pictures operators get; each is drawn from figures and words. */
export interface Pictures {
  stats(alphabet: Alphabet, say: Say): Promise<readonly Picture[]>;
  proofCard(run: Run, alphabet: Alphabet, say: Say): Promise<Picture | null>;
}

interface Deps {
  readonly store: Pick<Store, 'stats' | 'versions' | 'champions' | 'askers' | 'alphabets' | 'acts' | 'atomically'>;
  readonly now: () => number;
  readonly people: People;
  readonly recognition: Recognition;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly alphabets: () => readonly Alphabet[];
  readonly training: Desk;
  readonly live: Live;
  /** Every platform whose people can be made operators. */
  readonly botNames: readonly string[];
  /** Told after somebody (`platform:id`) became an operator or ceased to be one. */
  readonly operatorChanged: (who: string, isOperator: boolean) => void;
  readonly pictures: Pictures;
  /** The gate's decision in a sentence. */
  readonly decisionText: (decision: Decision | null, alphabet: Alphabet, say: Say) => string;
  /** All samples of an alphabet as one archive; null when there are none. */
  readonly exportSamples: (
    alphabet: Alphabet,
  ) => Promise<{ readonly name: string; readonly bytes: Uint8Array; readonly samples: number } | null>;
}

const MODELS_SHOWN = 12;

export function operatorCommands(deps: Deps): readonly Command[] {
  const { store, people, training } = deps;
  const argument = alphabetArgument;
  /** The alphabet that was named, else this chat's. */
  const chosen = ({ event, say }: Heard, rest: string): Alphabet | string => {
    const wanted = rest === '' ? deps.recognition.alphabetOf(event.person, event.chat) : rest;
    const known = deps.alphabets().map((each) => each.id);
    return findAlphabet(deps, wanted) ?? say('alphabet-unknown', { alphabet: wanted, known: known.join(', ') });
  };
  /** A command about one alphabet. */
  const about =
    (run: (heard: Heard, alphabet: Alphabet) => Promise<readonly Reply[]> | readonly Reply[]) =>
    async (heard: Heard, rest: string): Promise<readonly Reply[]> => {
      const alphabet = chosen(heard, rest);
      return typeof alphabet === 'string' ? reply(alphabet) : run(heard, alphabet);
    };
  const who = ({ event }: Heard): string => signatureOf(people, event.person);
  /** Does it, and writes down who did; neither where nothing came of it. */
  const noted = (heard: Heard, what: 'admin-add' | 'admin-remove', subject: string, work: () => boolean): boolean =>
    store.atomically(() => {
      const done = work();
      if (done) store.acts.add({ at: deps.now(), who: who(heard), what, subject });
      return done;
    });

  return [
    {
      name: 'stats',
      operatorsOnly: true,
      argument,
      run: about(async ({ say }, alphabet) =>
        reply(statsText(store, alphabet, say), { pictures: await deps.pictures.stats(alphabet, say) }),
      ),
    },
    {
      name: 'retrain',
      operatorsOnly: true,
      argument,
      run: about((heard, alphabet) => {
        const { say, event } = heard;
        const started = training.start({ alphabet: alphabet.id, requestedBy: who(heard) });
        if (started.outcome === 'nothing-to-learn') {
          return reply(say('retrain-refused-no-samples', { alphabet: alphabet.title }));
        }
        const { run } = started;
        store.askers.add(run.id, {
          platform: event.person.platform,
          address: event.address,
          chatKey: event.chat.id,
          language: heard.language,
          contributorId: people.contributor(event.person).id,
        });
        const values = { run: String(run.id), alphabet: alphabet.title };
        return [
          {
            kind: 'message',
            message: { text: say(started.outcome === 'busy' ? 'retrain-busy' : 'retrain-started', values) },
            updates: progressMessages(run.id, event.address, alphabet, say),
          },
        ];
      }),
    },
    {
      name: 'models',
      operatorsOnly: true,
      argument,
      run: about(({ say }, alphabet) => {
        const versions = store.versions.list(alphabet.id).slice(0, MODELS_SHOWN);
        if (versions.length === 0) return reply(say('models-none'));
        const champion = store.champions.current(alphabet.id);
        const isOwn = store.alphabets.get(alphabet.id) !== undefined;
        const lines = versions.map((version) =>
          say('models-line', {
            champion: version.id === champion ? 'yes' : 'no',
            version: version.id,
            accuracy: accuracyText(version.metrics),
            origin: version.origin === 'seed' && isOwn ? 'fonts' : version.origin,
            run: String(version.runId ?? ''),
          }),
        );
        return reply(lines.join('\n'));
      }),
    },
    {
      name: 'rollback',
      operatorsOnly: true,
      argument,
      run: about(({ say }, alphabet) => {
        const target = training.rollbackTarget(alphabet.id);
        if (target === null) return reply(say('rollback-none', { alphabet: alphabet.title }));
        // The button names the version, so that a second tap cannot go back twice.
        const payload = encodeButton({ do: 'choose', what: 'rollback', value: target.to });
        return reply(say('rollback-question', target), {
          keyboard: [[{ text: say('rollback-yes'), role: 'danger', payload }]],
        });
      }),
    },
    {
      name: 'cancel',
      operatorsOnly: true,
      argument,
      run: about((heard, alphabet) => {
        const { say } = heard;
        const run = training.cancel(alphabet.id, who(heard));
        return reply(run === null ? say('cancel-none') : say('cancel-done', { run: String(run.id) }));
      }),
    },
    {
      name: 'export',
      operatorsOnly: true,
      argument,
      run: about(async ({ say }, alphabet) => {
        const archive = await deps.exportSamples(alphabet);
        if (archive === null) return reply(say('export-none', { alphabet: alphabet.title }));
        return reply(say('export-done', { samples: archive.samples, alphabet: alphabet.title }), { files: [archive] });
      }),
    },
    {
      name: 'admins',
      operatorsOnly: true,
      argument: { name: 'command-argument-text', description: 'command-argument-text-description' },
      run(heard, rest) {
        const { say } = heard;
        if (rest === '') {
          const list = people.operators().map((each) => each.who);
          return reply(list.length === 0 ? say('admins-none') : say('admins-list', { list: list.join(', ') }));
        }
        const match = /^(add|remove)\s+(([a-z]+):\d+)$/.exec(rest);
        const [, what, whom, platform = ''] = match ?? [];
        if (whom === undefined || !deps.botNames.includes(platform)) return reply(say('admins-usage'));
        if (what === 'add') {
          if (noted(heard, 'admin-add', whom, () => people.addOperator(whom))) deps.operatorChanged(whom, true);
          return reply(say('admins-added', { who: whom }));
        }
        if (!noted(heard, 'admin-remove', whom, () => people.removeOperator(whom)))
          return reply(say('admins-fixed', { who: whom }));
        deps.operatorChanged(whom, false);
        return reply(say('admins-removed', { who: whom }));
      },
    },
  ];

  /** The run's states as messages; the last has the proof card. */
  async function* progressMessages(
    run: number,
    address: ReplyAddress,
    alphabet: Alphabet,
    say: Say,
  ): AsyncGenerator<Message> {
    for await (const state of deps.live.follow(run, address, training.watch(run))) {
      const text = progressText(state, alphabet, say, deps.decisionText);
      const card = state.finishedAt === null ? null : await deps.pictures.proofCard(state, alphabet, say);
      yield { text, ...(card === null ? {} : { pictures: [card] }) };
    }
  }
}

/** "Yes, go back". */
export function makeRollbackChoice(deps: Pick<Deps, 'people' | 'training' | 'store'>) {
  return async ({ event, say }: Heard, to: string): Promise<readonly Reply[]> => {
    if (!deps.people.isOperator(event.person)) return [{ kind: 'notice', text: say('operators-only') }];
    const version = deps.store.versions.get(to);
    if (version === undefined) return [{ kind: 'notice', text: say('unknown-button') }];
    const by = signatureOf(deps.people, event.person);
    const done = await deps.training.rollback({ alphabet: version.alphabet, to, by });
    return [{ kind: 'edit', message: { text: rollbackText(done, version.alphabet, say) } }];
  };
}

function rollbackText(moved: Moved, alphabet: string, say: Say): string {
  switch (moved.outcome) {
    case 'moved':
      return say('rollback-done', { from: moved.from ?? '–', to: moved.to });
    case 'nothing-before':
    case 'unknown-version':
      return say('rollback-none', { alphabet });
    case 'unusable':
      return say('rollback-refused', { to: moved.version, because: moved.because });
    case 'already':
    case 'overtaken':
      return say('rollback-overtaken');
  }
}

/** A run as one line: where it stands, or how it ended and why. */
export function progressText(run: Run, alphabet: Alphabet, say: Say, decisionText: Deps['decisionText']): string {
  const id = String(run.id);
  switch (run.state) {
    case 'queued':
      return say('retrain-stage-queued', { run: id });
    case 'running': {
      const { progress } = run;
      if (progress === null) return say('retrain-stage-preparing', { run: id });
      if (progress.stage !== 'training' || progress.epochs === 0) {
        const stage = progress.stage === 'training' ? 'preparing' : progress.stage;
        return say(`retrain-stage-${stage}`, { run: id });
      }
      return say('retrain-stage-training', {
        run: id,
        epoch: progress.epoch,
        epochs: progress.epochs,
        percent: Math.round((100 * progress.epoch) / progress.epochs),
        loss: progress.loss === null ? '–' : progress.loss.toFixed(3),
        seconds: progress.secondsLeft === null ? -1 : Math.ceil(progress.secondsLeft),
      });
    }
    case 'promoted':
      return `${say('retrain-promoted', { run: id, version: run.versionId ?? '' })} ${decisionText(run.decision, alphabet, say)}`;
    case 'kept': {
      const kept = run.job?.champion === null ? 'retrain-kept-none' : 'retrain-kept';
      return `${say(kept, { run: id })} ${decisionText(run.decision, alphabet, say)}`;
    }
    case 'failed':
      return say('retrain-failed', { run: id, because: run.error ?? '–' });
    case 'cancelled':
      return say('retrain-cancelled', { run: id });
  }
}

function accuracyText(metrics: VersionMetrics): string {
  const accuracy = accuracyOf(metrics);
  return accuracy === null ? '–' : `${(100 * accuracy).toFixed(2)} %`;
}

function statsText(store: Deps['store'], alphabet: Alphabet, say: Say): string {
  const stats = store.stats.ofAlphabet(alphabet.id);
  const champion = store.champions.current(alphabet.id);
  const lines = [
    say('stats-line', {
      alphabet: alphabet.title,
      samples: stats.samples,
      train: stats.train,
      test: stats.test,
      contributors: stats.contributors,
    }),
    champion === undefined ? say('stats-no-champion') : say('stats-champion', { version: champion }),
  ];
  const live = stats.live.find((each) => each.versionId === champion);
  const answered = live === undefined ? 0 : live.confirmed + live.corrected + live.rejected;
  if (live !== undefined && answered > 0) {
    lines.push(say('stats-confirm', { percent: Math.round((100 * live.confirmed) / answered), answered }));
  }
  const labels = stats.labels.map(({ labelId, train, test }) => {
    const text = alphabet.labels.find(({ id }) => id === labelId)?.text ?? String(labelId);
    return `${inSentence(text)} ${train + test}`;
  });
  if (labels.length > 0) lines.push(say('stats-labels', { labels: labels.join(', ') }));
  if (stats.rejected > 0) lines.push(say('stats-rejected', { rejected: stats.rejected }));
  return lines.join('\n');
}
