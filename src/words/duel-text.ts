// A duel in words: how far its proof is, or how it ended and why.
import type { DuelStanding, Stop } from '../records/duel.ts';
import type { Say } from './words.ts';

/** What the sentences need of a duel. */
interface DuelInWords {
  readonly kind: 'challenge' | 'watch';
  readonly advises: boolean;
  readonly champion: string;
  readonly challenger: string;
  readonly state: 'open' | 'won' | 'lost' | 'stopped';
  readonly because: Stop | null;
  readonly standing: DuelStanding | null;
}

const NOTHING: DuelStanding = { wins: 0, losses: 0, people: 0, winners: 0, way: 0, wayBack: 0 };

/** A duel under way. */
function duelText({ kind, advises, champion, challenger }: DuelInWords, now: DuelStanding, say: Say): string {
  return say(advises ? 'duel-advise' : kind === 'watch' ? 'duel-watch' : 'duel-challenge', {
    champion,
    challenger,
    stands: standsText(now, say),
  });
}

/** A duel that is over. */
export function endedText(duel: DuelInWords, say: Say): string {
  const { kind, advises, champion, challenger, state, because } = duel;
  const values = { champion, challenger, stands: scoreText(duel.standing ?? NOTHING, say) };
  switch (state) {
    case 'open':
      return duelText(duel, duel.standing ?? NOTHING, say);
    case 'won':
      return say(advises ? 'duel-advised' : kind === 'watch' ? 'duel-back' : 'duel-won', values);
    case 'lost':
      return say(kind === 'watch' ? 'duel-confirmed' : 'duel-lost', values);
    case 'stopped':
      return say('duel-stopped', { ...values, because: because ?? 'overtaken' });
  }
}

const scoreText = ({ wins, losses, people }: DuelStanding, say: Say): string =>
  say('duel-score', { wins, losses, people });

/** The odometer: wins, losses, and how far the proof is. */
function standsText(now: DuelStanding, say: Say): string {
  // Never rounded up to a proof that is not there.
  return say('duel-way', { score: scoreText(now, say), way: (Math.floor(now.way * 10) / 10).toFixed(1) });
}

/** Whatever there is to say of one: how it stands or ended, and that its evidence is less by now. */
export function shownText(
  { duel, now, takenBack }: { readonly duel: DuelInWords; readonly now: DuelStanding; readonly takenBack: boolean },
  say: Say,
): string {
  const said = duel.state === 'open' ? duelText(duel, now, say) : endedText(duel, say);
  return takenBack ? `${said} ${say('duel-taken-back')}` : said;
}

/** For the proof card, in a line. */
export function oddsText({ now }: { readonly now: DuelStanding }, say: Say): string {
  return say('card-duel', { stands: standsText(now, say) });
}

/** What a run's end says, and that its challenger goes on to prove itself where it does. */
export function withDuel(text: string, duel: Pick<DuelInWords, 'state'> | undefined, say: Say): string {
  return duel?.state === 'open' ? `${text} ${say('duel-goes-on')}` : text;
}
