// The few rows that most tests begin with.
import type { StoredPrediction } from '../../src/store/predictions.ts';
import type { NewVersion } from '../../src/store/versions.ts';
import { strokes } from './strokes.ts';

export function prediction(id: string, contributorId: number, more: Partial<StoredPrediction> = {}): StoredPrediction {
  return {
    id,
    alphabet: 'digits',
    contributorId,
    chatKey: 'chat',
    versionId: 'digits-1',
    glyph: strokes(Buffer.from(id).reduce((sum, byte) => sum * 31 + byte, 7)),
    box: { x: 1, y: 2, width: 3, height: 4 },
    candidates: [
      { labelId: 7, probability: 0.9 },
      { labelId: 1, probability: 0.1 },
    ],
    outcome: 'sure',
    photoId: `photo of ${id}`,
    place: 0,
    line: 0,
    picture: null,
    expected: null,
    alone: null,
    author: null,
    handedOver: true,
    createdAt: 1000,
    ...more,
  };
}

export function version(more: Partial<NewVersion> = {}): NewVersion {
  return {
    alphabet: 'digits',
    artifact: 'a'.repeat(64),
    origin: 'seed',
    parent: null,
    runId: null,
    snapshotId: null,
    architecture: 'small',
    seed: 1,
    engine: 'onnx',
    codeVersion: '0.1.0',
    metrics: { accuracy: 0.99 },
    createdAt: 0,
    ...more,
  };
}
