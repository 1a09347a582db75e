// What a person asks about themselves: help, what I taught, take it back, what you keep, forget me.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Store } from '../store/store.ts';
import { encodeButton } from './buttons.ts';
import type { Reply } from './chat.ts';
import { reply, type Command, type Heard } from './command.ts';
import type { People } from './people.ts';
import type { Recognition } from './recognition.ts';

interface Deps {
  readonly store: Pick<Store, 'chats' | 'contributors' | 'verdicts'>;
  readonly people: People;
  readonly recognition: Recognition;
  readonly alphabet: (id: string) => Alphabet | undefined;
  /** Everything of a contributor's, in the database and in blobs. */
  readonly forget: (contributorId: number) => Promise<{ readonly samples: number; readonly predictions: number }>;
}

export function personalCommands(deps: Deps, all: () => readonly Command[]): readonly Command[] {
  const { store, people, recognition } = deps;
  const titleNow = ({ event }: Heard): string => {
    const id = recognition.alphabetOf(event.person, event.chat);
    return deps.alphabet(id)?.title ?? id;
  };
  return [
    { name: 'start', operatorsOnly: false, run: (heard) => reply(heard.say('start', { alphabet: titleNow(heard) })) },
    {
      name: 'help',
      operatorsOnly: false,
      run(heard) {
        const { say, event } = heard;
        const mine = all().filter(({ operatorsOnly }) => !operatorsOnly || people.isOperator(event.person));
        const lines = mine.map(({ name }) => say('help-command', { name, description: say(`command-${name}`) }));
        return reply([say('help', { alphabet: titleNow(heard) }), '', ...lines].join('\n'));
      },
    },
    {
      name: 'me',
      operatorsOnly: false,
      run({ event, say }) {
        const taught = store.contributors
          .stats(people.contributor(event.person).id)
          .filter((each) => each.samples + each.confirmed + each.corrected + each.rejected > 0);
        if (taught.length === 0) return reply(say('me-nothing'));
        const lines = taught.map((each) => {
          const answered = each.confirmed + each.corrected + each.rejected;
          return say('me-alphabet', {
            alphabet: deps.alphabet(each.alphabet)?.title ?? each.alphabet,
            samples: each.samples,
            answered,
            percent: answered === 0 ? 0 : Math.round((100 * each.confirmed) / answered),
          });
        });
        return reply(lines.join('\n'));
      },
    },
    {
      name: 'undo',
      operatorsOnly: false,
      async run({ event, say }) {
        const last = store.verdicts.lastBy(people.contributor(event.person).id, event.chat.id);
        if (last === undefined) return reply(say('nothing-to-undo'));
        const { person, chat } = event;
        const undone = await recognition.undo({ prediction: last.predictionId, person, chat });
        return reply(say(undone.outcome === 'undone' ? 'undone' : 'nothing-to-undo'));
      },
    },
    { name: 'privacy', operatorsOnly: false, run: ({ say }) => reply(say('privacy')) },
    {
      name: 'forget',
      operatorsOnly: false,
      run({ event, say }) {
        const id = people.contributor(event.person).id;
        const samples = store.contributors.stats(id).reduce((sum, each) => sum + each.samples, 0);
        // The button names who asked, so that nobody in a group can press it for somebody else.
        const mine = people.keyHash(event.person).slice(0, 16);
        return reply(say('forget-question', { samples }), {
          keyboard: [
            [
              {
                text: say('forget-yes'),
                role: 'danger',
                payload: encodeButton({ do: 'choose', what: 'forget', value: mine }),
              },
            ],
            [{ text: say('forget-no'), payload: encodeButton({ do: 'choose', what: 'forget', value: `no-${mine}` }) }],
          ],
        });
      },
    },
  ];
}

/** The answer to "shall I delete everything?". */
export function makeForgetChoice({ store, people, forget }: Pick<Deps, 'store' | 'people' | 'forget'>) {
  return async ({ event: { person, chat }, say }: Heard, value: string): Promise<readonly Reply[]> => {
    const [, no, whose] = /^(no-)?(.*)$/.exec(value) ?? [];
    // An admin who asked in the group's own name presses under their own.
    const group = { platform: person.platform, id: chat.id };
    const asked = [person, group].find((each) => people.keyHash(each).slice(0, 16) === whose);
    if (asked === undefined) return [{ kind: 'notice', text: say('not-yours') }];
    const { id } = people.contributor(asked);
    if (asked === group && !(await people.speaksFor(person, chat, id))) {
      return [{ kind: 'notice', text: say('not-yours') }];
    }
    if (no !== undefined) return [{ kind: 'edit', message: { text: say('forget-kept') } }];
    const gone = await forget(id);
    if (asked === person) store.chats.forgetPerson(person.platform, person.id);
    if (chat.kind === 'private') store.chats.forget(person.platform, chat.id);
    return [
      { kind: 'edit', message: { text: say('forgotten', { samples: gone.samples, predictions: gone.predictions }) } },
    ];
  };
}
