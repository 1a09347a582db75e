// What a model version said of a glyph, kept until somebody answers; where to reply stands apart and is forgotten with it.

export interface StoredCandidate {
  readonly labelId: number;
  readonly probability: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Prediction {
  /** Made by the caller: about ten characters that are safe in a URL and a button. */
  readonly id: string;
  readonly alphabet: string;
  /** Who sent the photo. */
  readonly contributorId: number;
  readonly chatKey: string;
  readonly versionId: string;
  /** GLYPH_SIZE², 0 paper … 255 ink. */
  readonly glyph: Uint8Array;
  readonly box: Box;
  readonly candidates: readonly StoredCandidate[];
  /** The model doubts that it is a character at all. */
  readonly notACharacter: boolean;
  /** Glyphs of one photo share it; `place` is their order in the photo, from 0. */
  readonly photoId: string;
  readonly place: number;
  readonly createdAt: number;
}

export interface Predictions {
  /** Saves the glyphs of one photo, all or none. `address` (JSON) is where the platform would reply; kept apart. */
  save(predictions: readonly Prediction[], address?: unknown): void;
  get(id: string): Prediction | undefined;
  ofPhoto(photoId: string): readonly Prediction[];
  /** Says where the answer to a photo stands now; `messageKey` finds it again (`byMessage`) when somebody replies to it. */
  setAddress(photoId: string, address: unknown, messageKey?: string): void;
  address(predictionId: string): unknown;
  byMessage(messageKey: string): readonly Prediction[];
  /** The newest prediction of this contributor (in this chat, if one is named). */
  lastOf(contributorId: number, chatKey?: string): Prediction | undefined;
  /** Deletes predictions older than `before` that nobody answered; returns how many. */
  pruneUnanswered(before: number): number;
}
