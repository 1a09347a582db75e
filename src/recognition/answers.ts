// An answer becomes a verdict and a sample, once, or is undone.
import { labelById, labelTyped, type Alphabet, type Label } from '../alphabet/alphabet.ts';
import { makeLimiter } from '../fairness/limits.ts';
import type { Store } from '../store/store.ts';
import { align, labelsOfText } from './align.ts';
import { makeFindAsked } from './asked.ts';
import { makeConsents, type Teaching } from './consent.ts';
import { savedUnseen } from './guess.ts';
import type { Answerable, Answered, Photo, Prediction, Recognition } from './outcomes.ts';
import type { People, Speaker } from './people.ts';
import type { Chat } from './person.ts';
import { predictionOf } from './prediction.ts';

/** Characters of a person's hash on a button. */
const WHOSE_LENGTH = 10;
/** What one may teach in an hour: a visitor without a name, and somebody a platform vouches for. */
const VERDICTS_AN_HOUR = { anonymous: 120, known: 1000 };

export function makeAnswers(deps: {
  readonly store: Pick<
    Store,
    'predictions' | 'verdicts' | 'chats' | 'contributors' | 'consents' | 'moderation' | 'atomically'
  >;
  readonly people: Pick<People, 'meet' | 'speaksFor' | 'keyHash'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
  /** Told after a sample was saved or withdrawn; must not throw. */
  readonly samplesChanged: (alphabet: string) => void;
  readonly now: () => number;
}): Pick<Recognition, 'answer' | 'answerAll' | 'agree' | 'undo' | 'undoAll' | 'open'> {
  const { store, people, now } = deps;
  const find = makeFindAsked(deps);
  const consents = makeConsents(deps);
  /** A person on a button, so that nobody else agrees for them. */
  const whose = (person: Pick<Speaker, 'platform' | 'id'>): string => people.keyHash(person).slice(0, WHOSE_LENGTH);
  const anHour = (count: number) => makeLimiter({ burst: count, perSecond: count / 3600 }, now);
  const perHour = { anonymous: anHour(VERDICTS_AN_HOUR.anonymous), known: anHour(VERDICTS_AN_HOUR.known) };

  /**
   * An answer, once all whom it concerns agreed, within what one may teach in an hour: in one transaction, so that nobody can be forgotten
   * in between.
   */
  function save({ prediction, teaching }: Question, label: Label | null, speaker: Speaker, at: number) {
    return store.atomically(() => saveNow({ prediction, teaching }, label, speaker, at));
  }

  function saveNow({ prediction, teaching }: Question, label: Label | null, speaker: Speaker, at: number) {
    const { sender, writer } = teaching;
    const writerId = typeof writer === 'number' ? writer : sender;
    // Whoever is blocked is not asked first.
    if (store.moderation.isBlocked([sender, writerId, speaker.contributor.id])) return { outcome: 'blocked' } as const;
    const consent = consents.to(teaching, speaker);
    if (consent === 'agree-first') return { outcome: consent, whose: whose(speaker) } as const;
    if (consent !== 'given') return { outcome: consent } as const;
    const limiter = speaker.platform === 'web' ? perHour.anonymous : perHour.known;
    const who = `${speaker.platform}:${speaker.id}`;
    const wait = speaker.isOperator ? 0 : limiter.take(who);
    if (wait > 0) return { outcome: 'too-many', retryAfterSeconds: wait } as const;
    const saved = store.verdicts.save({
      predictionId: prediction.id,
      kind: kindOf(label, prediction),
      labelId: label?.id ?? null,
      contributorId: speaker.contributor.id,
      writerId,
      at,
    });
    if (saved.outcome !== 'saved') limiter.giveBack(who);
    return saved;
  }

  /** The photo that a prediction is of; its chat's setting says who may answer any of it. */
  async function openFor(id: string, speaker: Speaker, chat: Chat) {
    const question = await find(id, speaker, chat);
    if (question.outcome !== 'question') return question;
    const { alphabet, prediction, teaching } = question;
    return { outcome: 'photo', teaching, ...photoOf(prediction.photo, alphabet) } as const;
  }

  function photoOf(photo: string, alphabet: Alphabet): Photo {
    const [first, ...rest] = store.predictions.ofPhoto(photo).map((stored): Answerable => {
      const verdict = store.verdicts.get(stored.id);
      const label = verdict?.labelId == null ? null : (labelById(alphabet, verdict.labelId)?.text ?? null);
      return { prediction: predictionOf(stored, alphabet), answer: verdict ? { kind: verdict.kind, label } : null };
    });
    if (first === undefined) throw new Error('a prediction without its photo');
    return { alphabet, glyphs: [first, ...rest] };
  }

  return {
    async answer({ prediction: id, verdict, speaker, chat }): Promise<Answered> {
      const question = await find(id, speaker, chat);
      if (question.outcome !== 'question') return question;
      const { alphabet, prediction } = question;
      const label = verdict.kind === 'reject' ? null : wantedLabel(alphabet, verdict.label);
      if (label === undefined) {
        const wanted = verdict.kind === 'label' && 'text' in verdict.label ? verdict.label.text : '?';
        return { outcome: 'unknown-label', label: wanted, alphabet: alphabet.id };
      }
      const already = (labelId: number | null): Answered => ({
        outcome: 'already',
        same: labelId === (label?.id ?? null),
        label: labelId === null ? null : (labelById(alphabet, labelId)?.text ?? null),
        prediction,
      });
      // An answer that stands costs nothing: a double tap must not be told off for hurrying.
      const standing = store.verdicts.get(id);
      if (standing !== undefined) return already(standing.labelId);

      const saved = save(question, label, speaker, now());
      switch (saved.outcome) {
        case 'too-many':
          return saved;
        case 'unknown-prediction':
        case 'blocked':
        case 'not-agreed':
        case 'only-read':
          return { outcome: saved.outcome };
        case 'agree-first':
          return { ...saved, prediction, labelId: label?.id ?? null };
        case 'already':
          return already(saved.verdict.labelId);
        case 'saved':
          deps.samplesChanged(alphabet.id);
          return { outcome: 'saved', kind: saved.verdict.kind, label: label?.text ?? null, prediction };
      }
    },

    async undo({ prediction: id, speaker, chat }) {
      const question = await find(id, speaker, chat);
      if (question.outcome !== 'question') return question;
      const { alphabet, prediction } = question;
      const undone = store.verdicts.undo(id, now());
      switch (undone.outcome) {
        case 'unknown-prediction':
          return undone;
        case 'no-verdict':
          return { outcome: 'nothing-to-undo', prediction };
        case 'undone':
          deps.samplesChanged(alphabet.id);
          return { outcome: 'undone', prediction };
      }
    },

    async answerAll({ prediction: id, text, speaker, chat }) {
      const photo = await openFor(id, speaker, chat);
      if (photo.outcome !== 'photo') return photo;
      const { alphabet, glyphs } = photo;
      const wanted =
        text === undefined ? glyphs.map(({ prediction }) => savedUnseen(prediction, alphabet)) : labelsFor(photo, text);
      if ('unknown' in wanted) return { outcome: 'unknown-label', label: wanted.unknown, alphabet: alphabet.id };
      const at = now();
      let retryAfterSeconds: number | undefined;
      const saved = store.atomically(() => {
        let count = 0;
        for (const [place, { prediction, answer }] of glyphs.entries()) {
          const label = labelById(alphabet, wanted[place] ?? -1);
          if (answer !== null || label === undefined) continue;
          const done = save({ prediction, teaching: photo.teaching }, label, speaker, at);
          switch (done.outcome) {
            case 'blocked':
            case 'not-agreed':
            case 'only-read':
            case 'agree-first':
              return done;
            case 'too-many':
              ({ retryAfterSeconds } = done);
              return count;
            case 'saved':
              count += 1;
              break;
            case 'already':
            case 'unknown-prediction':
          }
        }
        return count;
      });
      if (typeof saved !== 'number') return saved;
      if (saved > 0) deps.samplesChanged(alphabet.id);
      const after = photoOf(glyphs[0].prediction.photo, alphabet);
      return {
        outcome: 'answered',
        saved,
        ...after,
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      };
    },

    async undoAll({ prediction: id, speaker, chat, sameTap }) {
      const photo = await openFor(id, speaker, chat);
      if (photo.outcome !== 'photo') return photo;
      const at = now();
      const tap = store.verdicts.get(id)?.at;
      const undone = store.atomically(() => {
        const together = photo.glyphs.filter(
          ({ prediction }) => sameTap !== true || store.verdicts.get(prediction.id)?.at === tap,
        );
        return together.filter(({ prediction }) => store.verdicts.undo(prediction.id, at).outcome === 'undone').length;
      });
      if (undone > 0) deps.samplesChanged(photo.alphabet.id);
      return { outcome: 'undone', undone, ...photoOf(photo.glyphs[0].prediction.photo, photo.alphabet) };
    },

    async agree({ prediction: id, speaker, chat, whose: who }) {
      const group = people.meet({ platform: speaker.platform, id: chat.id });
      if (who !== undefined && who !== whose(speaker)) {
        // An admin who spoke in the group's own name taps under their own.
        const isGroups = who === whose(group) && (await people.speaksFor(speaker, chat, group.contributor.id));
        if (!isGroups) return { outcome: 'not-yours' };
      }
      const question = id === undefined ? undefined : await find(id, speaker, chat);
      const spoken = question?.outcome === 'question' ? question.teaching.speaksFor : [];
      consents.agree(new Set([speaker.contributor.id, ...spoken]));
      return { outcome: 'agreed' };
    },

    async open(id, speaker, chat) {
      const photo = await openFor(id, speaker, chat);
      if (photo.outcome !== 'photo') return photo;
      const { outcome, alphabet, glyphs } = photo;
      return { outcome, alphabet, glyphs };
    },
  };
}

interface Question {
  readonly prediction: Prediction;
  readonly teaching: Teaching;
}

function kindOf(label: Label | null, { candidates }: Prediction): 'confirm' | 'correct' | 'reject' {
  if (label === null) return 'reject';
  return label.id === candidates[0]?.labelId ? 'confirm' : 'correct';
}

/** A text's labels by glyph. */
function labelsFor(
  { alphabet, glyphs }: Photo,
  text: string,
): readonly (number | undefined)[] | { readonly unknown: string } {
  const found = labelsOfText(alphabet, text);
  if ('unknown' in found) return found;
  return align(
    glyphs.map(({ prediction }) => prediction.candidates),
    found.labels.map(({ id }) => id),
  );
}

function wantedLabel(
  alphabet: Alphabet,
  label: { readonly id: number } | { readonly text: string },
): Label | undefined {
  return 'id' in label ? labelById(alphabet, label.id) : labelTyped(alphabet, label.text);
}
