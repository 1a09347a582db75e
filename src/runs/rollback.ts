// Moving the champion's pointer by hand: back to the version before, or to a named one, and never to one that does not
// load and answer first. After a promotion the former champion reads on in silence, to tell operators if it is better.
import { messageOf } from '../errors.ts';
import type { Promotion } from '../store/champions.ts';
import { watch } from './duels.ts';
import type { FinaliseTools } from './finalise.ts';
import type { PrepareTools } from './prepare.ts';

export type Moved =
  | { readonly outcome: 'moved'; readonly from: string | null; readonly to: string }
  /** There is no version before this one. */
  | { readonly outcome: 'nothing-before'; readonly champion: string | null }
  | { readonly outcome: 'unknown-version'; readonly version: string }
  /** It answers already. */
  | { readonly outcome: 'already'; readonly champion: string }
  /** It does not load or answer; the champion is as it was. */
  | { readonly outcome: 'unusable'; readonly version: string; readonly because: string }
  /** Somebody else moved the pointer meanwhile; look again. */
  | { readonly outcome: 'overtaken' };

type Tools = Pick<FinaliseTools, 'store' | 'verify' | 'announce' | 'now'> & Pick<PrepareTools, 'alphabetOf'>;

/** Makes the version before the champion answer again. `by` is who asked, for the history. */
export async function rollback(tools: Tools, alphabet: string, by: string): Promise<Moved> {
  const champion = tools.store.champions.current(alphabet) ?? null;
  const before = versionBefore(tools.store.champions.history(alphabet), champion);
  if (champion === null || before === null) return { outcome: 'nothing-before', champion };
  return move(tools, { alphabet, from: champion, to: before, by, kind: 'rolled-back' });
}

/** Makes a named version answer, whatever the gate said of it. */
export async function promoteVersion(tools: Tools, version: string, by: string): Promise<Moved> {
  const found = tools.store.versions.get(version);
  if (found === undefined) return { outcome: 'unknown-version', version };
  const champion = tools.store.champions.current(found.alphabet) ?? null;
  if (champion === version) return { outcome: 'already', champion };
  return move(tools, { alphabet: found.alphabet, from: champion, to: version, by, kind: 'promoted' });
}

async function move(
  tools: Tools,
  change: {
    readonly alphabet: string;
    readonly from: string | null;
    readonly to: string;
    readonly by: string;
    readonly kind: 'rolled-back' | 'promoted';
  },
): Promise<Moved> {
  const { store } = tools;
  const { alphabet, from, to, by, kind } = change;
  const version = store.versions.get(to);
  if (version === undefined) return { outcome: 'unknown-version', version: to };
  try {
    await tools.verify(version.artifact);
  } catch (thrown) {
    return { outcome: 'unusable', version: to, because: messageOf(thrown) };
  }
  return store.atomically(() => {
    const reason = kind === 'rolled-back' ? ROLLBACK : 'by hand';
    const at = tools.now();
    if (!store.champions.promote({ alphabet, expected: from, version: to, reason, by, at }))
      return { outcome: 'overtaken' };
    // Who goes back has seen enough of the version that they leave.
    if (kind === 'promoted' && from !== null && store.versions.get(from)?.artifact !== version.artifact) {
      const sides = { alphabet, champion: to, challenger: from, runId: null, advises: true, at };
      watch(store, sides, tools.alphabetOf(alphabet).confusable);
    }
    store.acts.add({ at, who: by, what: kind === 'promoted' ? 'promote' : 'rollback', subject: to });
    tools.announce({ kind, alphabet, from, to });
    return { outcome: 'moved', from, to };
  });
}

/** As the history has it. */
export const ROLLBACK = 'rollback';

/**
 * The version that answered before the champion, as if every rollback had taken its promotion back: a second rollback
 * goes further back, not to and fro. `history` is newest first.
 */
export function versionBefore(history: readonly Promotion[], champion: string | null): string | null {
  const stack: string[] = [];
  for (const each of history.toReversed()) {
    if (each.reason === ROLLBACK) while (stack.length > 0 && stack.at(-1) !== each.to) stack.pop();
    if (stack.at(-1) !== each.to) stack.push(each.to);
  }
  return stack.at(-1) === champion ? (stack.at(-2) ?? null) : null;
}
