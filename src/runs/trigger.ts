// Whether it is time to retrain. Pure: counts, times and settings in, an answer with its reason out.

export interface TriggerSettings {
  /** New samples after which a retrain starts, while there are few; 0: never by samples. */
  readonly afterSamples: number;
  /** Hours between scheduled retrains; 0: none. */
  readonly everyHours: number;
}

export interface TriggerFacts {
  /** Live samples of the alphabet, and how many of them came after the last run's snapshot (all, when there was none). */
  readonly samples: number;
  readonly newSamples: number;
  /** Whether a run is queued or running. */
  readonly active: boolean;
  /** How the last finished runs ended, newest first. */
  readonly past: readonly {
    readonly state: 'promoted' | 'kept' | 'failed' | 'cancelled';
    readonly finishedAt: number;
  }[];
  readonly now: number;
}

type TriggerAnswer =
  | { readonly outcome: 'retrain'; readonly reason: 'samples' | 'schedule' }
  | { readonly outcome: 'wait'; readonly because: 'active' | 'nothing-new' | 'cooling-down' | 'too-few-new' };

/** With much data a few new samples change little: a tenth of what there is, at least. */
const SHARE_OF_DATA = 0.1;
const COOLDOWN_MS = 10 * 60_000;
const LONGEST_COOLDOWN_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** New samples needed for a retrain when there are so many already. */
function samplesNeeded(settings: TriggerSettings, samples: number, newSamples: number): number {
  return Math.max(settings.afterSamples, Math.ceil(SHARE_OF_DATA * (samples - newSamples)));
}

/** How long after its end runs like these keep the next from starting by itself: doubled by every refusal in a row. */
export function cooldownOf(past: TriggerFacts['past']): number {
  const inRow = past.findIndex((each) => each.state === 'promoted');
  const refusals = inRow === -1 ? past.length : inRow;
  return refusals === 0 ? 0 : Math.min(LONGEST_COOLDOWN_MS, COOLDOWN_MS * 2 ** (refusals - 1));
}

/** Decides whether a retrain should start by itself now. What a person asks for does not pass here. */
export function decideTrigger(facts: TriggerFacts, settings: TriggerSettings): TriggerAnswer {
  if (facts.active) return { outcome: 'wait', because: 'active' };
  if (facts.newSamples === 0) return { outcome: 'wait', because: 'nothing-new' };
  const last = facts.past[0];
  const passed = last === undefined ? Infinity : facts.now - last.finishedAt;
  // An end that is yet to come was noted before the clock was set back: nobody shall wait for it.
  const sinceLast = passed < 0 ? Infinity : passed;
  if (sinceLast < cooldownOf(facts.past)) return { outcome: 'wait', because: 'cooling-down' };
  const needed = samplesNeeded(settings, facts.samples, facts.newSamples);
  if (settings.afterSamples > 0 && facts.newSamples >= needed) return { outcome: 'retrain', reason: 'samples' };
  if (settings.everyHours > 0 && sinceLast >= settings.everyHours * HOUR_MS)
    return { outcome: 'retrain', reason: 'schedule' };
  return { outcome: 'wait', because: 'too-few-new' };
}
