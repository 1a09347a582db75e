// The heart of the conversation: a photo becomes stored predictions, an answer becomes a verdict and a sample, or is undone.
import { randomBytes } from 'node:crypto';
import { casedOf, labelById, labelTyped, type Alphabet, type Label } from '../alphabet/alphabet.ts';
import { isDear } from '../glyph/cost.ts';
import { theOne, type Reading } from '../glyph/glyph.ts';
import type { Reader } from '../model/champion.ts';
import type { Store } from '../store/store.ts';
import type { Prediction as StoredPrediction } from '../store/predictions.ts';
import { PREDICTION_ID_LENGTH } from './buttons.ts';
import type { Chat, Person } from './chat.ts';
import { makeFairLine } from './fair-line.ts';
import { makeLimiter } from './limits.ts';
import type { People } from './people.ts';
import type { AnswerRequest, Answered, Prediction, Recognise, Recognised, Recognition, Undone } from './recognition.ts';
import type { Share } from './shares.ts';

/** Candidates kept with a prediction; the rest can be reached by "other…". */
const KEPT = 10;
/** Two are read, on two cores, while others are classified and stored. */
const PHOTOS_AT_ONCE = 4;
const PHOTOS_WAITING = 256;
/** Those that take long to open wait for one another, in a line of their own. */
const DEAR_WAITING = 32;
const PHOTOS_A_PERSON = { burst: 60, perSecond: 2 };
const PHOTOS_A_CHAT = { burst: 300, perSecond: 30 };
/** What one may teach in an hour: a visitor without a name, and somebody a platform vouches for. */
const VERDICTS_AN_HOUR = { anonymous: 120, known: 1000 };

export function makeRecognition(deps: {
  readonly store: Pick<Store, 'predictions' | 'verdicts' | 'chats'>;
  readonly people: People;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly alphabets: () => readonly Alphabet[];
  /** The alphabet of chats that chose none. */
  readonly defaultAlphabet: string;
  readonly readPhoto: (bytes: Uint8Array, signal?: AbortSignal) => Promise<Reading>;
  /** The champion of an alphabet; null when it has none yet. */
  readonly reader: (alphabet: string) => Promise<Reader | null>;
  /** Told after a sample was saved or withdrawn; must not throw. */
  readonly samplesChanged: (alphabet: string) => void;
  readonly diskNearlyFull: () => Promise<boolean>;
  readonly now: () => number;
}): Recognition {
  const { store, people, now } = deps;
  const line = makeFairLine({ atOnce: PHOTOS_AT_ONCE, waiting: PHOTOS_WAITING });
  const dearLine = makeFairLine({ atOnce: 1, waiting: DEAR_WAITING });
  const perPerson = makeLimiter(PHOTOS_A_PERSON, now);
  const perChat = makeLimiter(PHOTOS_A_CHAT, now);
  const perHour = {
    anonymous: makeLimiter({ burst: VERDICTS_AN_HOUR.anonymous, perSecond: VERDICTS_AN_HOUR.anonymous / 3600 }, now),
    known: makeLimiter({ burst: VERDICTS_AN_HOUR.known, perSecond: VERDICTS_AN_HOUR.known / 3600 }, now),
  };

  /** A neighbourhood keeps so many open questions; stored as a hash that nobody can read back. */
  const originOf = ({ platform, neighbourhood }: Person): string | null =>
    neighbourhood === undefined ? null : people.keyHash({ platform, id: `from ${neighbourhood}` }).slice(0, 16);

  const alphabetOfChat = (person: Person, chat: Chat): string => {
    const chosen = store.chats.get(person.platform, chat.id).alphabet;
    return chosen !== null && deps.alphabet(chosen) !== undefined ? chosen : deps.defaultAlphabet;
  };

  const recognise: Recognise = async (request) => {
    const { person, chat } = request;
    const alphabetId = request.alphabet ?? alphabetOfChat(person, chat);
    const alphabet = deps.alphabet(alphabetId);
    if (alphabet === undefined) {
      return { outcome: 'unknown-alphabet', alphabet: alphabetId, known: deps.alphabets().map(({ id }) => id) };
    }
    const key = request.key === undefined ? undefined : `${person.platform}:${request.key}`;
    const again = key === undefined ? undefined : knownBy(key, person);
    if (again !== undefined) return again;
    if (await deps.diskNearlyFull()) return { outcome: 'disk-nearly-full' };
    const limited = !people.isOperator(person);
    const who = `${person.platform}:${person.id}`;
    const where = `${person.platform}:${chat.id}`;
    if (limited) {
      const wait = perPerson.take(who) || perChat.take(where);
      if (wait > 0) return { outcome: 'busy', retryAfterSeconds: wait };
    }
    const { signal, withinMs } = request;
    const turn = await (isDear(request.bytes) ? dearLine : line).run(
      { share: shareOf(person), signal, withinMs },
      async (): Promise<Recognised> => {
        const reading = await deps.readPhoto(request.bytes, signal);
        if (reading.outcome !== 'glyphs') return { outcome: 'unreadable', because: reading.outcome };
        // One question a photo: what is about several cannot be answered by one tap.
        const asked = theOne(reading);
        if (asked === undefined) return { outcome: 'unreadable', because: 'several-characters' };
        const glyphs = [asked];
        const reader = await deps.reader(alphabet.id);
        const answers = await reader?.classify(glyphs.map((glyph) => glyph.pixels));
        const photoId = newId();
        const share = originOf(person);
        const contributorId = people.contributor(person).id;
        const stored = glyphs.map(({ pixels, box }, place): StoredPrediction => {
          const answer = answers?.[place];
          return {
            id: newId(),
            alphabet: alphabet.id,
            contributorId,
            chatKey: chat.id,
            versionId: reader?.version ?? '',
            glyph: pixels,
            box,
            candidates: answer?.candidates.slice(0, KEPT) ?? [],
            outcome: answer?.outcome ?? 'no-model',
            photoId,
            place,
            createdAt: now(),
            share,
          };
        });
        store.predictions.save(stored, request.address, key);
        const [first, ...rest] = stored.map((each) => toldOf(each, alphabet));
        if (first === undefined) throw new Error('a reading without glyphs');
        return { outcome: 'predictions', predictions: [first, ...rest] };
      },
    );
    if (turn.outcome === 'done') return turn.value;
    if (limited) {
      perPerson.giveBack(who);
      perChat.giveBack(where);
    }
    return turn.outcome === 'busy' ? turn : { outcome: 'busy', retryAfterSeconds: 1 };
  };

  /** What was made of the same message before. */
  function knownBy(key: string, person: Person): Recognised | undefined {
    const mine = people.contributor(person).id;
    const [first, ...rest] = store.predictions.byMessage(key).flatMap((stored) => {
      const of = deps.alphabet(stored.alphabet);
      return of === undefined || stored.contributorId !== mine ? [] : [toldOf(stored, of)];
    });
    return first && { outcome: 'predictions', predictions: [first, ...rest] };
  }

  const answer = async (request: AnswerRequest): Promise<Answered> => {
    const { person, chat } = request;
    const found = store.predictions.get(request.prediction);
    const alphabet = found && deps.alphabet(found.alphabet);
    if (found === undefined || alphabet === undefined) return { outcome: 'unknown-prediction' };
    if (!(await mayAnswer(found, person, chat))) return { outcome: 'not-yours' };
    const prediction = toldOf(found, alphabet);
    const label = request.verdict.kind === 'reject' ? null : wantedLabel(alphabet, request.verdict.label);
    if (label === undefined) {
      const wanted =
        request.verdict.kind === 'label' && 'text' in request.verdict.label ? request.verdict.label.text : '?';
      return { outcome: 'unknown-label', label: wanted, alphabet: alphabet.id };
    }
    const already = (labelId: number | null): Answered => ({
      outcome: 'already',
      same: labelId === (label?.id ?? null),
      label: labelId === null ? null : (labelById(alphabet, labelId)?.text ?? null),
      prediction,
    });
    // An answer that stands costs nothing: a double tap must not be told off for hurrying.
    const standing = store.verdicts.get(found.id);
    if (standing !== undefined) return already(standing.labelId);

    const limiter = person.platform === 'web' ? perHour.anonymous : perHour.known;
    const who = `${person.platform}:${person.id}`;
    const wait = people.isOperator(person) ? 0 : limiter.take(who);
    if (wait > 0) return { outcome: 'too-many', retryAfterSeconds: wait };

    const kind = label === null ? 'reject' : label.id === found.candidates[0]?.labelId ? 'confirm' : 'correct';
    const saved = store.verdicts.save({
      predictionId: found.id,
      kind,
      labelId: label?.id ?? null,
      contributorId: people.contributor(person).id,
      at: now(),
    });
    if (saved.outcome !== 'saved') limiter.giveBack(who);
    switch (saved.outcome) {
      case 'unknown-prediction':
      case 'blocked':
        return { outcome: saved.outcome };
      case 'already':
        return already(saved.verdict.labelId);
      case 'saved':
        deps.samplesChanged(alphabet.id);
        return { outcome: 'saved', kind, label: label?.text ?? null, prediction };
    }
  };

  const undo: Recognition['undo'] = async ({ prediction: id, person, chat }): Promise<Undone> => {
    const found = store.predictions.get(id);
    const alphabet = found && deps.alphabet(found.alphabet);
    if (found === undefined || alphabet === undefined) return { outcome: 'unknown-prediction' };
    if (!(await mayAnswer(found, person, chat))) return { outcome: 'not-yours' };
    const undone = store.verdicts.undo(id, now());
    switch (undone.outcome) {
      case 'unknown-prediction':
        return { outcome: 'unknown-prediction' };
      case 'no-verdict':
        return { outcome: 'nothing-to-undo', prediction: toldOf(found, alphabet) };
      case 'undone':
        deps.samplesChanged(alphabet.id);
        return { outcome: 'undone', prediction: toldOf(found, alphabet) };
    }
  };

  async function mayAnswer(prediction: StoredPrediction, person: Person, chat: Chat): Promise<boolean> {
    if (people.contributor(person).id === prediction.contributorId) return true;
    // An admin who hid behind the group when sending it shows their own face when tapping.
    if (await people.speaksFor(person, chat, prediction.contributorId)) return true;
    // Others may only where the setting of the prediction's own chat lets them, and only from within that chat.
    if (prediction.chatKey !== chat.id || chat.kind !== 'group') return false;
    const { whoMayAnswer } = store.chats.get(person.platform, chat.id);
    switch (whoMayAnswer) {
      case 'asker':
        return false;
      case 'anyone':
        return true;
      case 'admins':
        return chat.isChatAdmin();
    }
  }

  return {
    recognise,
    answer,
    undo,
    async mayAnswer(id, person, chat) {
      const found = store.predictions.get(id);
      return found !== undefined && mayAnswer(found, person, chat);
    },
    alphabetOf: (person, chat) => alphabetOfChat(person, chat),
    prediction(id) {
      const found = store.predictions.get(id);
      const alphabet = found && deps.alphabet(found.alphabet);
      return found === undefined || alphabet === undefined ? undefined : toldOf(found, alphabet);
    },
  };
}

/** A stored prediction in words: what is asserted, and what is asked. */
function toldOf(stored: StoredPrediction, alphabet: Alphabet): Prediction {
  const candidates = stored.candidates.flatMap(({ labelId, probability }) => {
    const label = labelById(alphabet, labelId);
    return label === undefined ? [] : [{ labelId, label: label.text, probability }];
  });
  const cased = casedOf(alphabet, stored.candidates);
  return {
    id: stored.id,
    alphabet: stored.alphabet,
    modelVersion: stored.versionId,
    box: stored.box,
    glyph: stored.glyph,
    candidates,
    ...(cased && { cased }),
    outcome: candidates.length === 0 ? 'no-model' : stored.outcome,
  };
}

function wantedLabel(
  alphabet: Alphabet,
  label: { readonly id: number } | { readonly text: string },
): Label | undefined {
  return 'id' in label ? labelById(alphabet, label.id) : labelTyped(alphabet, label.text);
}

/** Whose turn it is goes by platform, then by neighbourhood where one is known, then by person. */
function shareOf({ platform, neighbourhood, id }: Person): Share {
  return neighbourhood === undefined ? [platform, id] : [platform, neighbourhood, id];
}

function newId(): string {
  return randomBytes((PREDICTION_ID_LENGTH * 3) / 4).toString('base64url');
}
