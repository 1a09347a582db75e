// Nothing of a person's is kept for learning before they agreed to what that means. The one place that decides it, whatever way an
// answer comes: a tap, a caption, a typed label, a whole line, a practice sheet, a correction.
import type { Store } from '../store/store.ts';
import type { Speaker } from './people.ts';

/** The number of the text that people agree to (`consent-ask` in src/words). Whoever changes what it means adds one: then all are asked again. */
export const CONSENT_TEXT = 2;

/** Whose writing is answered, and who answers for it. */
export interface Teaching {
  /** Who sent it, or asked for its reading. */
  readonly sender: number;
  /** Who wrote it: a contributor; `stranger`: somebody whom we never met; `nobody`: that cannot be known. */
  readonly writer: number | 'stranger' | 'nobody';
  /** False: somebody pointed at another's message. */
  readonly handedOver: boolean;
  /** Contributors whom the one who answers speaks for: themselves, and the group of which they are an admin. */
  readonly speaksFor: ReadonlySet<number>;
}

type Consent =
  | 'given'
  /** Whoever answers has to agree first. */
  | 'agree-first'
  /** Only who wrote it could agree, or hand it over. */
  | 'not-agreed'
  /** Nobody could. */
  | 'only-read';

interface Standing {
  readonly agreed: boolean;
  /** Operators, and what they pass on or import, need no agreement. */
  readonly isOperator: boolean;
}

const isFree = ({ agreed, isOperator }: Standing): boolean => agreed || isOperator;

/** Both have a say: whose writing it is, and whose answer. */
export function consentOf({
  writer,
  answerer,
  handedOver,
}: {
  readonly writer: (Standing & { readonly isAnswerer: boolean }) | 'nobody';
  readonly answerer: Standing;
  readonly handedOver: boolean;
}): Consent {
  if (writer === 'nobody') return 'only-read';
  if (writer.isAnswerer) return answerer.isOperator || (writer.agreed && answerer.agreed) ? 'given' : 'agree-first';
  if (!handedOver || !isFree(writer)) return 'not-agreed';
  return isFree(answerer) ? 'given' : 'agree-first';
}

export interface Consents {
  to(teaching: Teaching, speaker: Speaker): Consent;
  /** These contributors have agreed to the text that is shown now. */
  agree(contributors: Iterable<number>): void;
}

export function makeConsents(deps: { readonly store: Pick<Store, 'consents'>; readonly now: () => number }): Consents {
  const { consents } = deps.store;
  const hasAgreed = (id: number): boolean => (consents.of(id)?.text ?? 0) >= CONSENT_TEXT;
  const standingOf = (id: number): Standing => ({ agreed: hasAgreed(id), isOperator: consents.needsNone(id) });
  const nothing: Standing = { agreed: false, isOperator: false };
  return {
    to({ writer, handedOver, speaksFor }, { isOperator, contributor }) {
      const answerer = { agreed: hasAgreed(contributor.id), isOperator };
      if (writer === 'nobody') return consentOf({ writer, answerer, handedOver });
      const standing = writer === 'stranger' ? nothing : standingOf(writer);
      const isAnswerer = writer !== 'stranger' && speaksFor.has(writer);
      return consentOf({ writer: { ...standing, isAnswerer }, answerer, handedOver });
    },
    agree(contributors) {
      for (const id of contributors) consents.agree(id, { text: CONSENT_TEXT, at: deps.now() });
    },
  };
}
