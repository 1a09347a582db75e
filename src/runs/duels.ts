// A duel's rows: how it stands by what people say now, and its beginning and end, inside the transactions that move champions.
import { makeSameShape } from '../alphabet/alphabet.ts';
import type { DuelStanding, Stop } from '../records/duel.ts';
import type { DuelEvidence, StoredDuel } from '../store/duels.ts';
import type { Store } from '../store/store.ts';
import { standingOf, winShare, type Standing } from './duel.ts';
import { seenThrough } from './prepare.ts';

export type Groups = readonly (readonly number[])[];

/** How a duel stands by what people say now. */
export function standing(
  store: Pick<Store, 'duels'>,
  duel: Pick<StoredDuel, 'id' | 'seenThrough'>,
  twins: Groups,
  upToSample?: number,
): Standing & { readonly evidence: DuelEvidence } {
  const evidence = store.duels.evidence(duel, upToSample);
  const { asked, baseSet, unanswered } = evidence;
  const rules = { share: winShare(asked), baseSet, unanswered };
  return { ...standingOf(outcomesOf(evidence, twins), evidence.people, rules), evidence };
}

export function outcomesOf({ answers }: DuelEvidence, twins: Groups) {
  const right = makeSameShape(twins);
  return answers.map(({ label, champion, challenger, contributor, trusted }) => ({
    label,
    champion: right(champion, label),
    challenger: right(challenger, label),
    uses: 0,
    contributor,
    trusted,
  }));
}

/**
 * Begins a challenger's duel, in place of an older one that has proven less than this one's stored evidence does. Call it in the
 * transaction that ends the challenger's run.
 */
export function challenge(
  store: Store,
  given: Omit<Parameters<Store['duels']['open']>[0], 'kind'>,
  twins: Groups,
): void {
  const { alphabet, champion, challenger, at } = given;
  const artifactOf = (version: string) => store.versions.get(version)?.artifact;
  // A challenger that learnt nothing is the champion by another name.
  if (store.champions.current(alphabet) !== champion || artifactOf(champion) === artifactOf(challenger)) return;
  const older = store.duels.listOpen(alphabet).find(({ kind }) => kind === 'challenge');
  if (older !== undefined) {
    const [before, now] = [standing(store, older, twins), standingOf(storedOutcomes(store, given, twins))];
    if (before.way > now.way && older.champion === champion) return;
    stop(store, older, older.champion === champion ? 'replaced' : 'overtaken', before, at);
  }
  store.duels.open({ ...given, kind: 'challenge' });
}

/** The stored evidence alone. */
function storedOutcomes(store: Store, { stored = [] }: Pick<Parameters<typeof challenge>[1], 'stored'>, twins: Groups) {
  const right = makeSameShape(twins);
  return stored.flatMap(({ sample, champion, challenger }) => {
    const label = store.samples.get(sample)?.labelId;
    const teacher = store.samples.live([sample]).get(sample);
    if (label === undefined || teacher === undefined) return [];
    return [{ champion: right(champion, label), challenger: right(challenger, label), ...teacher }];
  });
}

/**
 * After a swap the former champion goes on reading; call it in the swap's transaction. What proved the swap is no evidence. `advises`: the swap
 * was made by hand, and stands until somebody takes it back.
 */
export function watch(
  store: Store,
  given: Pick<StoredDuel, 'alphabet' | 'champion' | 'challenger' | 'runId'> & {
    readonly at: number;
    readonly advises?: boolean;
  },
  twins: Groups,
): void {
  const { alphabet, champion, challenger, at } = given;
  for (const each of store.duels.listOpen(alphabet)) stop(store, each, 'overtaken', standing(store, each, twins), at);
  const seen = Math.max(seenThrough(store, champion), seenThrough(store, challenger), store.samples.lastId(alphabet));
  store.duels.open({ ...given, kind: 'watch', seenThrough: seen });
}

/** False when it was over already. */
export function stop(store: Store, duel: StoredDuel, because: Stop, now: Standing, at: number): boolean {
  return finish(store, duel, { state: 'stopped', because }, now, at);
}

export function finish(
  store: Store,
  { id, alphabet }: StoredDuel,
  how: { readonly state: 'won' | 'lost' | 'stopped'; readonly because?: Stop },
  { wins, losses, people, winners, way, wayBack }: Standing,
  at: number,
): boolean {
  const lastSampleId = store.samples.lastId(alphabet);
  return store.duels.end(id, { ...how, standing: { wins, losses, people, winners, way, wayBack }, lastSampleId, at });
}

/** A duel with how it stands, or stood at its end; and whether answers that proved it were taken back since. */
export interface DuelShown {
  readonly duel: StoredDuel;
  readonly now: DuelStanding;
  readonly takenBack: boolean;
}

/** What there is to show of an alphabet's duels: those under way, and the last that ended. */
export function shownDuels(store: Pick<Store, 'duels'>, alphabet: string, twins: Groups): readonly DuelShown[] {
  const all = store.duels.list(alphabet);
  const ended = all.find(({ state }) => state !== 'open');
  return [...all.filter(({ state }) => state === 'open'), ...(ended ? [ended] : [])].map((duel) =>
    shown(store, duel, twins),
  );
}

export function shown(store: Pick<Store, 'duels'>, duel: StoredDuel, twins: Groups): DuelShown {
  const now = standing(store, duel, twins, duel.lastSampleId ?? undefined);
  if (duel.standing === null) return { duel, now, takenBack: false };
  const { wins, losses } = duel.standing;
  return { duel, now: duel.standing, takenBack: now.wins + now.losses < wins + losses };
}
