// What somebody taught, one by one, for a platform that can show it as a gallery: each with the button that opens it, so that it
// can be corrected or taken back.
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { Speaker } from '../recognition/people.ts';
import type { Store } from '../store/store.ts';
import { encodeButton } from './buttons.ts';

/** So many are looked at at once. */
const A_PAGE = 60;

interface Taught {
  /** Null: "not a character". */
  readonly label: string | null;
  readonly direction: Alphabet['direction'];
  readonly png: Uint8Array;
  /** What opens it, as a press. */
  readonly payload: string;
}

interface GalleryPage {
  readonly samples: readonly Taught[];
  /** Where the next page begins; null after the last. */
  readonly next: number | null;
}

/** The newest first; `before` is a page's `next`. */
export type Gallery = (speaker: Speaker, before?: number) => GalleryPage;

export function makeGallery(deps: {
  readonly store: Pick<Store, 'hands'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly glyphPng: (glyph: Uint8Array) => Uint8Array;
}): Gallery {
  return ({ contributor }, before = Number.MAX_SAFE_INTEGER) => {
    const found = deps.store.hands.taught(contributor.id, before, A_PAGE + 1);
    const shown = found.slice(0, A_PAGE);
    return {
      samples: shown.flatMap(({ alphabet: id, labelId, predictionId, glyph }) => {
        const alphabet = deps.alphabet(id);
        if (alphabet === undefined) return [];
        return [
          {
            label: labelId === null ? null : (labelById(alphabet, labelId)?.text ?? '?'),
            direction: alphabet.direction,
            png: deps.glyphPng(glyph),
            payload: encodeButton({ do: 'glyph', prediction: predictionId }),
          },
        ];
      }),
      next: found.length > A_PAGE ? (shown.at(-1)?.id ?? null) : null,
    };
  };
}
