// What a person's own samples add to the champion's answer: class prototypes in the champion's embedding, shrunken towards what the
// champion was taught (Snell et al., 2017, with a prior), and which kinds of labels this person writes. All in closed form, so the next
// answer knows it. Several opinions are mixed by how probable each made what the person then confirmed (Bayes' rule, a little forgetful);
// one of them is the champion alone, so that a memory that does not help falls silent by itself. What they say together changes the champion's
// answer only where it is much likelier, the more so the better the champion reads this person (./record.ts).
import { labelById, makeSameShape, type Alphabet } from '../alphabet/alphabet.ts';
import type { Seen } from '../model/champion.ts';
import { unit, type Anchors } from './anchors.ts';
import { kindOf } from './kinds.ts';
import { held, largest, makeRecord } from './record.ts';

export interface Said {
  /** Null: not a character. */
  readonly label: number | null;
  readonly probability: number;
}

export interface Hand {
  /** Answers that it was made of. */
  readonly answers: number;
  /** How much of what it says is the champion's alone, 0 … 1. */
  readonly doubt: number;
  /** The champion's answer as this person's samples change it: all labels once, best first; adds up to 1. */
  say(seen: Seen): readonly Said[];
  /** The same without the champion alone: what the samples by themselves would make of it. */
  remembered(seen: Seen): readonly Said[];
  /** Takes in what a person confirmed; null: not a character. Not `counts`: the champion was trained on it, so how well it reads it tells nothing. */
  learn(seen: Seen, label: number | null, counts?: boolean): void;
}

/** Logits that full similarity is worth. */
const SHARPNESS = 16;
/** How much of the champion's opinion is in the prototypes'. */
const OPINION = 0.2;
/** How many samples the champion's own mean counts as. */
const SHRINKAGE = 0.4;
/** Answers after which the kinds a person writes weigh as much as evenness. */
const KIND_PRIOR = 20;
const LEAST_KIND = 0.02;
/** Share of its weight that an opinion keeps from answer to answer. */
const KEPT = 0.98;
/** No single answer may decide for ever who is listened to. */
const LEAST_PROBABILITY = 0.001;
/** Samples of a label that the champion does not know before it is offered. */
const NEW_FROM = 2;
/** Opinions at first: the champion with the kinds, the prototypes with the kinds, both together, the champion alone. */
const FIRST_WEIGHTS = [0.15, 0.4, 0.15, 0.3] as const;
const ALONE = 3;
/** A label's sum is kept in so many whole steps of its largest number, either way: a byte each. */
const STEPS = 127;
/** After so many samples of a label the older ones count half. */
const MOST_OF_A_LABEL = 60;

/** What the champion says less surely than this it does not stand by. */
const UNSURE = 0.8;
/** So many more labels find room at once. */
const MORE_LABELS = 4;

/** Of labels of this alphabet: a label's kind follows from its text, and twins are one shape. */
export function makeHand(anchors: Anchors, alphabet: Alphabet): Hand {
  const { length } = anchors;
  const isSame = makeSameShape(alphabet.confusable);
  const record = makeRecord();
  const textOf = (label: number): string => labelById(alphabet, label)?.text ?? '';
  const labels: (number | null)[] = [...anchors.outputs];
  const kinds = labels.map((label) => (label === null ? null : kindOf(textOf(label))));
  const written = new Map<string, number>();
  /** The sums of the labels' own unit vectors, in steps, in one piece: many small ones take three times the memory. */
  let sums = new Int8Array();
  /** Where a label's sum begins, by its place; how large its steps are; and of how many samples it is. */
  const begins: number[] = [];
  const steps: number[] = [];
  const counts: number[] = [];
  let [answers, characters] = [0, 0];
  let weights: readonly number[] = FIRST_WEIGHTS;

  /** Cosine of a unit vector and a label's prototype; undefined for a label of which too little is known. */
  function similarity(x: Float32Array, place: number): number | undefined {
    const begin = begins[place];
    if (place >= anchors.outputs.length && (counts[place] ?? 0) < NEW_FROM) return undefined;
    const step = steps[place] ?? 0;
    let [product, square] = [0, 0];
    for (let i = 0; i < length; i++) {
      const own = begin === undefined ? 0 : (sums[begin + i] ?? 0) * step;
      const raw = SHRINKAGE * (anchors.means[place * length + i] ?? 0) + own;
      product += (x[i] ?? 0) * raw;
      square += raw ** 2;
    }
    return square > 0 ? product / Math.sqrt(square) : 0;
  }

  /** Adds a unit vector to a label's own sum, and makes room for it. */
  function add(place: number, x: Float32Array): void {
    const begin = (begins[place] ??= begins.reduce((most, each) => Math.max(most, each + length), 0));
    if (begin === sums.length) {
      const before = sums;
      sums = new Int8Array(begin + MORE_LABELS * length);
      sums.set(before);
    }
    const sum = sums.subarray(begin, begin + length);
    const step = steps[place] ?? 0;
    const added = x.map((each, i) => each + (sum[i] ?? 0) * step);
    const most = added.reduce((largest, each) => Math.max(largest, Math.abs(each)), 0);
    steps[place] = most / STEPS;
    sum.set(added.map((each) => Math.round((STEPS * each) / (most || 1))));
  }

  /** How much likelier than evenly this person writes labels of a kind. */
  function lean(place: number): number {
    const kind = kinds[place];
    if (kind === null || kind === undefined) return 1;
    const even = kinds.reduce((count, each) => count + Number(each === kind), 0) / kinds.length;
    const share = ((written.get(kind) ?? 0) + KIND_PRIOR * even) / (characters + KIND_PRIOR);
    return Math.max(LEAST_KIND, share / even);
  }

  /** Every opinion on a glyph, each [labels], adding up to 1. */
  function opinions({ probabilities, embedding }: Seen): readonly Float64Array[] {
    const x = unit(embedding, anchors.centre);
    const count = labels.length;
    const [alone, scores] = [new Float64Array(count), new Float64Array(count)];
    for (let place = 0; place < count; place++) {
      alone[place] = probabilities[place] ?? 0;
      const near = similarity(x, place);
      scores[place] =
        near === undefined ? -Infinity : OPINION * Math.log((alone[place] ?? 0) + 1e-6) + SHARPNESS * near;
    }
    const near = normalised(exponentials(scores));
    const leans = labels.map((_, place) => lean(place));
    const by = (value: (place: number) => number): Float64Array =>
      normalised(Float64Array.from(leans, (each, place) => each * value(place)));
    return [
      by((place) => alone[place] ?? 0),
      by((place) => near[place] ?? 0),
      by((place) => Math.sqrt((near[place] ?? 0) * Math.max(alone[place] ?? 0, 1e-12))),
      alone,
    ];
  }

  function mixed(all: readonly Float64Array[], by: readonly number[]): Float64Array {
    const mix = new Float64Array(labels.length);
    all.forEach((opinion, which) => {
      for (let place = 0; place < mix.length; place++)
        mix[place] = (mix[place] ?? 0) + (by[which] ?? 0) * (opinion[place] ?? 0);
    });
    return mix;
  }

  function inOrder(probabilities: ArrayLike<number>): readonly Said[] {
    return labels
      .map((label, place) => ({ label, probability: probabilities[place] ?? 0 }))
      .sort((a, b) => b.probability - a.probability || (a.label ?? -1) - (b.label ?? -1));
  }

  return {
    get answers() {
      return answers;
    },
    get doubt() {
      return answers === 0 ? 1 : (weights[ALONE] ?? 0);
    },
    say(seen) {
      if (answers === 0) return inOrder(seen.probabilities);
      const all = opinions(seen);
      const isSameShape = (a: number, b: number): boolean => isSame(labels[a] ?? null, labels[b] ?? null);
      const first = largest(seen.probabilities);
      const mix = mixed(all, weights);
      // A champion that is not sure itself needs no protection.
      return inOrder((seen.probabilities[first] ?? 0) < UNSURE ? mix : held(mix, first, record.odds(), isSameShape));
    },
    remembered(seen) {
      if (answers === 0) return inOrder(seen.probabilities);
      const others = weights.map((weight, which) => (which === ALONE ? 0 : weight));
      return inOrder(mixed(opinions(seen), [...normalised(Float64Array.from(others))]));
    },
    learn(seen, label, isEvidence = true) {
      let place = labels.indexOf(label);
      if (isEvidence) record.note(isSame(labels[largest(seen.probabilities)] ?? null, label));
      // What a label looks like in this hand nobody can know before its first sample: only from then on the opinions are compared.
      if (isEvidence && begins[place] !== undefined) weights = weighedAnew(weights, opinions(seen), place);
      if (place < 0) {
        place = labels.push(label) - 1;
        kinds.push(label === null ? null : kindOf(textOf(label)));
      }
      let count = counts[place] ?? 0;
      if (count >= MOST_OF_A_LABEL) {
        count /= 2;
        steps[place] = (steps[place] ?? 0) / 2;
      }
      add(place, unit(seen.embedding, anchors.centre));
      counts[place] = count + 1;
      answers += 1;
      const kind = kinds[place];
      if (kind === null || kind === undefined) return;
      written.set(kind, (written.get(kind) ?? 0) + 1);
      characters += 1;
    },
  };
}

/** Bayes' rule, after which every weight goes a little back towards where it began. */
function weighedAnew(weights: readonly number[], opinions: readonly Float64Array[], place: number): readonly number[] {
  const logs = weights.map(
    (weight, which) =>
      KEPT * Math.log(weight) +
      (1 - KEPT) * Math.log(FIRST_WEIGHTS[which] ?? 1) +
      Math.log(Math.max(opinions[which]?.[place] ?? 0, LEAST_PROBABILITY)),
  );
  return [...normalised(exponentials(logs))];
}

function exponentials(logits: ArrayLike<number>): Float64Array {
  const most = Math.max(...Array.from(logits));
  return Float64Array.from(logits, (each) => Math.exp(each - most));
}

function normalised(values: Float64Array): Float64Array {
  const sum = values.reduce((total, each) => total + each, 0);
  return sum > 0 ? values.map((each) => each / sum) : values;
}
