// An answer becomes a verdict and a sample, once, or is undone; and whether somebody may give it.
import { labelById, labelTyped, type Alphabet, type Label } from '../alphabet/alphabet.ts';
import { makeLimiter } from '../fairness/limits.ts';
import type { StoredPrediction } from '../store/predictions.ts';
import type { Store } from '../store/store.ts';
import { align, labelsOfText } from './align.ts';
import { savedUnseen } from './guess.ts';
import type { Answerable, Answered, Photo, Prediction, Recognition } from './outcomes.ts';
import type { People, Speaker } from './people.ts';
import type { Chat } from './person.ts';
import { predictionOf } from './prediction.ts';

/** What one may teach in an hour: a visitor without a name, and somebody a platform vouches for. */
const VERDICTS_AN_HOUR = { anonymous: 120, known: 1000 };

export function makeAnswers(deps: {
  readonly store: Pick<Store, 'predictions' | 'verdicts' | 'chats' | 'atomically'>;
  readonly people: Pick<People, 'speaksFor' | 'keyHash'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
  /** Told after a sample was saved or withdrawn; must not throw. */
  readonly samplesChanged: (alphabet: string) => void;
  readonly now: () => number;
}): Pick<Recognition, 'answer' | 'answerAll' | 'undo' | 'undoAll' | 'open'> {
  const { store, people, now } = deps;
  const anHour = (count: number) => makeLimiter({ burst: count, perSecond: count / 3600 }, now);
  const perHour = { anonymous: anHour(VERDICTS_AN_HOUR.anonymous), known: anHour(VERDICTS_AN_HOUR.known) };

  /** The prediction and its alphabet, for who may answer it. */
  async function asked(id: string, speaker: Speaker, chat: Chat) {
    const found = store.predictions.get(id);
    const alphabet = found && deps.alphabet(found.alphabet);
    if (found === undefined || alphabet === undefined) return { outcome: 'unknown-prediction' } as const;
    if (!(await mayAnswer(found, speaker, chat))) return { outcome: 'not-yours' } as const;
    return { outcome: 'question', alphabet, prediction: predictionOf(found, alphabet) } as const;
  }

  async function mayAnswer(prediction: StoredPrediction, speaker: Speaker, chat: Chat): Promise<boolean> {
    if (speaker.contributor.id === prediction.contributorId) return true;
    // An admin who hid behind the group when sending it shows their own face when tapping.
    if (await people.speaksFor(speaker, chat, prediction.contributorId)) return true;
    if (await isAuthor(prediction, speaker, chat)) return true;
    // Others may only where the setting of the prediction's own chat lets them, and only from within that chat.
    if (prediction.chatKey !== chat.id || chat.kind !== 'group') return false;
    const { whoMayAnswer } = store.chats.get(speaker.platform, chat.id);
    switch (whoMayAnswer) {
      case 'asker':
        return false;
      case 'anyone':
        return true;
      case 'admins':
        return chat.isChatAdmin();
    }
  }

  /** Whose picture it is may always say what it shows, whoever asked. */
  async function isAuthor({ author }: StoredPrediction, speaker: Speaker, chat: Chat): Promise<boolean> {
    if (author == null) return false;
    if (author === people.keyHash(speaker)) return true;
    const group = chat.kind === 'group' && author === people.keyHash({ platform: speaker.platform, id: chat.id });
    return group && chat.isChatAdmin();
  }

  /** An answer, within what one may teach in an hour. */
  function save(prediction: Prediction, label: Label | null, speaker: Speaker, at: number) {
    const limiter = speaker.platform === 'web' ? perHour.anonymous : perHour.known;
    const who = `${speaker.platform}:${speaker.id}`;
    const wait = speaker.isOperator ? 0 : limiter.take(who);
    if (wait > 0) return { outcome: 'too-many', retryAfterSeconds: wait } as const;
    const saved = store.verdicts.save({
      predictionId: prediction.id,
      kind: kindOf(label, prediction),
      labelId: label?.id ?? null,
      contributorId: speaker.contributor.id,
      at,
    });
    if (saved.outcome !== 'saved') limiter.giveBack(who);
    return saved;
  }

  /** The photo that a prediction is of; its chat's setting says who may answer any of it. */
  async function open(id: string, speaker: Speaker, chat: Chat) {
    const question = await asked(id, speaker, chat);
    if (question.outcome !== 'question') return question;
    return { outcome: 'photo', ...photoOf(question.prediction.photo, question.alphabet) } as const;
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
      const question = await asked(id, speaker, chat);
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

      const saved = save(prediction, label, speaker, now());
      switch (saved.outcome) {
        case 'too-many':
          return saved;
        case 'unknown-prediction':
        case 'blocked':
          return { outcome: saved.outcome };
        case 'already':
          return already(saved.verdict.labelId);
        case 'saved':
          deps.samplesChanged(alphabet.id);
          return { outcome: 'saved', kind: saved.verdict.kind, label: label?.text ?? null, prediction };
      }
    },

    async undo({ prediction: id, speaker, chat }) {
      const question = await asked(id, speaker, chat);
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
      const photo = await open(id, speaker, chat);
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
          const done = save(prediction, label, speaker, at);
          if (done.outcome === 'blocked') return null;
          if (done.outcome === 'too-many') {
            ({ retryAfterSeconds } = done);
            break;
          }
          if (done.outcome === 'saved') count += 1;
        }
        return count;
      });
      if (saved === null) return { outcome: 'blocked' };
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
      const photo = await open(id, speaker, chat);
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

    open,
  };
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
