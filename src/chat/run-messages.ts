// The messages that training runs report to: kept up to date as long as a run goes on, also after a restart, and as seldom as their
// platforms bear. The last word of each, the decision, is the outbox's (postman.ts).
import type { Alphabet } from '../alphabet/alphabet.ts';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ReplyAddress } from '../records/address.ts';
import type { Asker } from '../store/askers.ts';
import type { Run } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { runText } from '../words/run-text.ts';
import { languageFor, sayIn } from '../words/words.ts';
import type { ChatPlatform, Message } from './event.ts';
import { platformOf } from './whose.ts';

type Reporting = Pick<Asker, 'platform' | 'address' | 'language'>;

export interface RunMessages {
  /** From now on this message, which says `text`, shows how a run goes. */
  shows(run: number, asker: Reporting, message: ReplyAddress, text: string): void;
  /** One look at what is under way; does not wait for what it says. */
  look(): void;
  /** Resolves when this message is not being edited any more. */
  settled(platform: string, message: ReplyAddress): Promise<void>;
  close(): Promise<void>;
}

interface Shown {
  text: string;
  isLost: boolean;
  /** When it was edited last, by our clock. */
  at: number;
  editing: Promise<void> | null;
}

export function makeRunMessages(deps: {
  readonly store: Pick<Store, 'runs' | 'askers'>;
  readonly platforms: () => readonly Pick<ChatPlatform, 'name' | 'health' | 'revise' | 'pace' | 'holds'>[];
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly log: Log;
  /** Milliseconds by a clock that nobody sets. */
  readonly clock: () => number;
}): RunMessages {
  const { store, log, clock } = deps;
  const shown = new Map<string, Shown>();
  /** When each chat may be edited again: several messages of one chat share its pace. */
  const nextTurn = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  const keyOf = (platform: string, message: ReplyAddress): string => `${platform} ${JSON.stringify(message)}`;

  function edit(platform: string, address: ReplyAddress, message: Message): Promise<'edited' | 'lost' | 'failed'> {
    const found = platformOf(deps.platforms(), platform, address);
    if (found?.health().state !== 'up') return Promise.resolve('failed');
    const edited = found.revise(address, message).catch((error: unknown) => {
      log.debug({ because: messageOf(error), platform }, 'a message that shows how a run goes could not be edited');
      return 'failed' as const;
    });
    const done = edited.then(() => undefined).finally(() => underWay.delete(done));
    underWay.add(done);
    return edited;
  }

  function keepUp(run: Run, { platform, language }: Asker, message: ReplyAddress, key: string): void {
    const alphabet = deps.alphabet(run.alphabet);
    const found = platformOf(deps.platforms(), platform, message);
    if (alphabet === undefined || found === undefined) return;
    const state = shown.get(key) ?? { text: '', isLost: false, at: -Infinity, editing: null };
    shown.set(key, state);
    const text = runText(run, alphabet, sayIn(languageFor(language)));
    if (state.isLost || state.editing !== null || state.text === text) return;
    const { chat, ms } = found.pace(message);
    const line = `${found.name} ${chat}`;
    if (clock() < (nextTurn.get(line) ?? -Infinity)) return;
    nextTurn.set(line, clock() + ms);
    state.at = clock();
    state.editing = edit(platform, message, { text, live: true }).then((how) => {
      state.editing = null;
      state.isLost = how === 'lost';
      if (how === 'edited') state.text = text;
    });
  }

  return {
    shows(id, asker, message, text) {
      const run = store.runs.get(id);
      const alphabet = run && deps.alphabet(run.alphabet);
      if (run === undefined || alphabet === undefined) return;
      const say = sayIn(languageFor(asker.language));
      const { known, before } = store.askers.setMessage(id, asker, message);
      shown.set(keyOf(asker.platform, message), { text, isLost: false, at: -Infinity, editing: null });
      // It ended before its message stood: the decision is told beside it.
      if (!known) void edit(asker.platform, message, { text: runText(run, alphabet, say), live: false });
      // One bar a run and chat is enough.
      if (before !== null)
        void edit(asker.platform, before, { text: say('retrain-below', { run: String(id) }), live: false });
    },
    look() {
      const reporting = store.runs.list({ states: ['queued', 'running'] }).flatMap((run) =>
        store.askers.of(run.id).flatMap((asker) => {
          const { platform, message } = asker;
          return message === null ? [] : [{ run, asker, message, key: keyOf(platform, message) }];
        }),
      );
      // Those of one chat take turns.
      const waitingSince = ({ key }: { readonly key: string }): number => shown.get(key)?.at ?? -Infinity;
      for (const each of reporting.toSorted((a, b) => waitingSince(a) - waitingSince(b) || a.run.id - b.run.id))
        keepUp(each.run, each.asker, each.message, each.key);
      const kept = new Set(reporting.map(({ key }) => key));
      for (const [key, { editing }] of shown) if (!kept.has(key) && editing === null) shown.delete(key);
      for (const [line, at] of nextTurn) if (at <= clock()) nextTurn.delete(line);
    },
    settled: async (platform, message) => void (await shown.get(keyOf(platform, message))?.editing),
    close: async () => void (await Promise.allSettled(underWay)),
  };
}
