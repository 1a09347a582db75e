// A photo becomes stored predictions: its turn in the line, its glyphs, what the champion says of them.
import { randomBytes } from 'node:crypto';
import type { Alphabet, KindId } from '../alphabet/alphabet.ts';
import { labelsOf, type Only } from '../alphabet/only.ts';
import { makeFairLine } from '../fairness/fair-line.ts';
import { makeLimiter } from '../fairness/limits.ts';
import { isDear } from '../glyph/cost.ts';
import type { Glyph, Reading, Unreadable } from '../glyph/glyph.ts';
import type { PhotoReaders } from '../glyph/pool.ts';
import { ordered } from '../glyph/order.ts';
import type { ChampionReader, GlyphAnswer } from '../model/champion.ts';
import type { StoredPrediction } from '../store/predictions.ts';
import type { OwnAnswer, OwnHand } from './own-hand.ts';
import type { Store } from '../store/store.ts';
import {
  PREDICTION_ID_LENGTH,
  type Prediction,
  type Recognise,
  type Recognised,
  type SheetRead,
  type RecogniseRequest,
} from './outcomes.ts';
import type { People, Speaker } from './people.ts';
import type { Chat } from './person.ts';
import { albumOf, type AlbumGlyph } from './album.ts';
import { isHardlyRead } from './hardly-read.ts';
import { inLine } from './in-line.ts';
import type { ReadAlone } from './second-reader.ts';
import { predictionOf } from './prediction.ts';
import { shareOf } from './share.ts';

/** Candidates kept with a prediction; the rest can be reached by "other…". */
const KEPT = 10;
/** Two are read, on two cores, while others are classified and stored. */
const PHOTOS_AT_ONCE = 4;
const PHOTOS_WAITING = 256;
/** Those that take long to open wait for one another, in a line of their own. */
const DEAR_WAITING = 32;
const PHOTOS_A_PERSON = { burst: 60, perSecond: 2 };
const PHOTOS_A_CHAT = { burst: 300, perSecond: 30 };

export function makeRecognise(deps: {
  readonly store: Pick<Store, 'predictions'>;
  readonly people: Pick<People, 'keyHash'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly alphabets: () => readonly Alphabet[];
  /** The alphabet that a chat reads in. */
  readonly alphabetOf: (platform: string, chat: Chat) => string;
  /** Whether letters alone or digits alone are read there. */
  readonly onlyOf: (platform: string, chat: Chat) => Only | null;
  readonly readPhoto: (bytes: Uint8Array, signal?: AbortSignal, kind?: KindId) => Promise<Reading>;
  readonly glance: PhotoReaders['glance'];
  /** The champion of an alphabet; null when it has none yet. */
  readonly reader: (alphabet: string) => Promise<ChampionReader | null>;
  readonly ownHand: Pick<OwnHand, 'recall'>;
  readonly diskNearlyFull: () => Promise<boolean>;
  /** Whether photos of a kind take as much room as they may. */
  readonly kindIsFull: (kind: KindId) => boolean;
  /** Told what the champion alone said of a photo that is stored; must not throw. */
  readonly readAlone?: (photo: ReadAlone) => void;
  readonly now: () => number;
}): Recognise {
  const { store, people, now } = deps;
  const line = makeFairLine({ atOnce: PHOTOS_AT_ONCE, waiting: PHOTOS_WAITING });
  const dearLine = makeFairLine({ atOnce: 1, waiting: DEAR_WAITING });
  const perPerson = makeLimiter(PHOTOS_A_PERSON, now);
  const perChat = makeLimiter(PHOTOS_A_CHAT, now);

  /** What was seen, where somebody is to see it; what cannot be shown is left out. */
  async function glanceAt(
    { bytes, shown, signal }: RecogniseRequest,
    glyph: Pick<Glyph, 'pixels' | 'box'> | null,
  ): Promise<{ readonly glance?: Uint8Array }> {
    if (shown !== true) return {};
    const glance = await deps.glance(bytes, glyph, signal);
    return glance === null ? {} : { glance };
  }

  /** A neighbourhood keeps so many open questions; stored as a hash that nobody can read back. */
  const originOf = ({ platform, neighbourhood }: Speaker): string | null =>
    neighbourhood === undefined ? null : people.keyHash({ platform, id: `from ${neighbourhood}` }).slice(0, 16);

  const authorOf = ({ author, speaker: { platform, id } }: RecogniseRequest): string | null =>
    author === undefined || author === id ? null : author === '' ? '' : people.keyHash({ platform, id: author });

  return async (request) => {
    const { speaker, chat, signal, withinMs } = request;
    const only = request.only ?? deps.onlyOf(speaker.platform, chat);
    const alphabetId = request.alphabet ?? deps.alphabetOf(speaker.platform, chat);
    const chosen = deps.alphabet(alphabetId);
    if (chosen === undefined) return unknown(alphabetId);
    const key = request.key === undefined ? undefined : `${speaker.platform}:${request.key}`;
    const again = key === undefined ? undefined : knownBy(key, speaker);
    if (again !== undefined) return again;
    if (await deps.diskNearlyFull()) return { outcome: 'disk-nearly-full' };
    if (deps.kindIsFull(chosen.kind)) return { outcome: 'pictures-full' };
    const who = `${speaker.platform}:${speaker.id}`;
    const where = `${speaker.platform}:${chat.id}`;
    const pictures = [request.bytes, ...(request.further ?? [])] as const;
    const giveBack = (count: number): void => {
      for (let taken = 0; taken < count; taken++) {
        perPerson.giveBack(who);
        perChat.giveBack(where);
      }
    };
    for (const taken of speaker.isOperator ? [] : pictures.keys()) {
      const wait = perPerson.take(who) || perChat.take(where);
      if (wait === 0) continue;
      giveBack(taken);
      return { outcome: 'busy', retryAfterSeconds: wait };
    }
    const turn = await (pictures.some(isDear) ? dearLine : line).run(
      { share: shareOf(speaker), signal, withinMs },
      async (): Promise<Recognised> => {
        const readOne = async (bytes: Uint8Array): Promise<Reading> =>
          ordered(await deps.readPhoto(bytes, signal, chosen.kind), chosen.direction);
        const ofFirst = await readOne(request.bytes);
        const ofFurther: Reading[] = [];
        for (const bytes of request.further ?? []) ofFurther.push(await readOne(bytes));
        const album = ofFurther.length === 0 ? undefined : albumOf([ofFirst, ...ofFurther]);
        if (album?.outcome === 'one-by-one') return { outcome: 'one-by-one' };
        const reading = album ?? ofFirst;
        if (reading.outcome !== 'glyphs' && reading.outcome !== 'sheet') {
          const glance = looksAt.has(reading.outcome) ? await glanceAt(request, null) : {};
          return { outcome: 'unreadable', because: reading.outcome, ...glance };
        }
        if (request.onlySheet === true && reading.outcome !== 'sheet') {
          return { outcome: 'unreadable', because: 'pdf-no-sheets' };
        }
        const glyphs: readonly (Glyph & { readonly expected?: number; readonly shown?: AlbumGlyph['shown'] })[] =
          reading.outcome === 'sheet' ? glyphsOf(reading) : reading.glyphs;
        // A sheet says itself which alphabet was written.
        const alphabet = reading.outcome === 'sheet' ? deps.alphabet(reading.alphabet) : chosen;
        if (alphabet === undefined) return unknown(reading.outcome === 'sheet' ? reading.alphabet : alphabetId);
        const reader = await deps.reader(alphabet.id);
        const said = await reader?.classify(glyphs.map((glyph) => glyph.pixels));
        const sheet = reading.outcome === 'sheet';
        const author = authorOf(request);
        const answers =
          reader && said
            ? await answersOf(reader, alphabet, speaker, { glyphs, said, sheet, author, only })
            : undefined;
        // Who wrote down what it says, or sent several as one, did not send a scene.
        const maybeScene = !sheet && album === undefined && request.told !== true;
        if (maybeScene && answers !== undefined && isHardlyRead(alphabet, answers))
          return { outcome: 'unreadable', because: 'hardly-read', ...(await glanceAt(request, null)) };
        const photoId = newId();
        const share = originOf(speaker);
        const stored = glyphs.map(({ pixels, expected, ...own }, place): StoredPrediction => {
          const { box, line: inLine } = own.shown ?? own;
          const picture = own.shown?.picture ?? null;
          const answer = answers?.[place];
          return {
            id: newId(),
            alphabet: alphabet.id,
            contributorId: speaker.contributor.id,
            chatKey: chat.id,
            versionId: reader?.version ?? '',
            glyph: pixels,
            box,
            candidates: answer?.candidates.slice(0, KEPT) ?? [],
            outcome: answer?.outcome ?? 'no-model',
            alone: answer?.alone ?? null,
            photoId,
            place,
            line: inLine,
            picture,
            expected: expected ?? null,
            createdAt: now(),
            share,
            author,
            handedOver: request.handedOver !== false,
          };
        });
        if (stored.length > 0) store.predictions.save(stored, request.address, key);
        if (reader && said) {
          const glyphs = stored.map(({ id, glyph }, place) => ({ prediction: id, glyph, answer: said[place] }));
          deps.readAlone?.({ alphabet: alphabet.id, version: reader.version, glyphs });
        }
        const [first, ...rest] = stored.map((each) => predictionOf(each, alphabet));
        if (first === undefined) return { outcome: 'unreadable', because: 'sheet-empty' };
        const predictions = [first, ...rest] as const;
        if (reading.outcome === 'sheet') return { outcome: 'predictions', predictions, sheet: sheetOf(reading) };
        if (album?.outcome === 'glyphs') {
          return { outcome: 'predictions', predictions, ...(album.unread > 0 && { unread: album.unread }) };
        }
        const { main, more, hint } = ofFirst.outcome === 'glyphs' ? ofFirst : {};
        const asked = stored.length === 1 ? stored[0] : stored[main ?? -1];
        const inDoubt = asked?.outcome === 'unsure' || asked?.outcome === 'not-a-character';
        const ofInk = ofFirst.outcome === 'glyphs' && chosen.kind === 'ink';
        const glance =
          asked !== undefined && inDoubt && ofInk
            ? await glanceAt(request, { pixels: asked.glyph, box: asked.box })
            : {};
        return {
          outcome: 'predictions',
          ...glance,
          predictions,
          ...(main === undefined ? {} : { main }),
          ...(more && { more }),
          ...(hint && { hint }),
        };
      },
    );
    if (turn.outcome === 'done') return turn.value;
    if (!speaker.isOperator) giveBack(pictures.length);
    return turn.outcome === 'busy' ? turn : { outcome: 'busy', retryAfterSeconds: 1 };
  };

  /**
   * With the sender's own samples, and twins by their size in the line, and letters or digits alone where
   * a chat reads no others. Whoever asks about somebody else's picture did not write
   * it; a sheet is only compared with what it asked for.
   */
  async function answersOf(
    reader: ChampionReader,
    alphabet: Alphabet,
    { contributor }: Speaker,
    {
      glyphs,
      said,
      sheet,
      author,
      only,
    }: {
      readonly glyphs: readonly Glyph[];
      readonly said: readonly GlyphAnswer[];
      readonly sheet: boolean;
      readonly author: string | null;
      readonly only: Only | null;
    },
  ): Promise<readonly OwnAnswer[]> {
    const alone = said.map((each) => ({ ...each, alone: null }));
    if (sheet) return alone;
    const labels = labelsOf(alphabet, only);
    const weighed = <A extends Pick<GlyphAnswer, 'candidates' | 'outcome'>>(answers: readonly A[]): readonly A[] =>
      inLine(glyphs, answers, alphabet, { labels, askBelow: reader.facts.askBelow });
    if (author !== null) return weighed(alone);
    const own = await deps.ownHand.recall(reader, alphabet, contributor.id, said);
    // What the champion alone would have answered is weighed as well, so that the hand is told apart from the line.
    const without = weighed(said);
    return weighed(own).map((each, place) => {
      const { candidates, outcome } = without[place] ?? {};
      if (each.alone === null || candidates === undefined || outcome === undefined) return each;
      return { ...each, alone: { candidates: candidates.slice(0, KEPT), outcome } };
    });
  }

  function unknown(alphabet: string): Recognised {
    return { outcome: 'unknown-alphabet', alphabet, known: deps.alphabets().map(({ id }) => id) };
  }

  /** What was made of the same message before. */
  function knownBy(key: string, { contributor }: Speaker): Recognised | undefined {
    const [first, ...rest] = store.predictions.byMessage(key).flatMap((stored): readonly Prediction[] => {
      const of = deps.alphabet(stored.alphabet);
      return of === undefined || stored.contributorId !== contributor.id ? [] : [predictionOf(stored, of)];
    });
    return first && { outcome: 'predictions', predictions: [first, ...rest] };
  }
}

/** Outcomes of photos that were opened and looked at. */
const looksAt: ReadonlySet<Unreadable> = new Set([
  'blank',
  'too-faint',
  'all-ink',
  'too-blurred',
  'print',
  'scene',
  'screen',
  'several-characters',
]);

type Sheet = Extract<Reading, { outcome: 'sheet' }>;

/** So many cells stand in a line of the reply. */
const CELLS_A_LINE = 10;

/** The filled cells, each with the label it was for. */
function glyphsOf({ cells }: Sheet): readonly (Glyph & { readonly expected?: number })[] {
  return cells
    .flatMap((cell) => (cell.state === 'filled' ? [cell] : []))
    .map(({ pixels, box, labelId }, at) => ({ pixels, box, line: Math.floor(at / CELLS_A_LINE), expected: labelId }));
}

function sheetOf({ page, pages, cells }: Sheet): SheetRead {
  const count = (state: Sheet['cells'][number]['state']): number => cells.filter((cell) => cell.state === state).length;
  return { page, pages, empty: count('empty'), crossed: count('crossed'), hidden: count('hidden') };
}

function newId(): string {
  return randomBytes((PREDICTION_ID_LENGTH * 3) / 4).toString('base64url');
}
