// The anchors that a shipped model comes with (models/ALPHABET/anchors.json), for the version that is that very file.
import { readAnchors, type Anchors } from '../memory/anchors.ts';
import { shippedFile } from '../runs/seeds.ts';
import type { ModelVersion } from '../store/versions.ts';

/** Null for a version that was trained here, and where the file is missing or of another model. */
export function shippedAnchors(version: ModelVersion | undefined): Anchors | null {
  if (version === undefined || version.origin !== 'seed') return null;
  const file = shippedFile(version.alphabet, 'anchors.json');
  return file === null ? null : readAnchors(Buffer.from(file).toString('utf8'), version.artifact);
}
