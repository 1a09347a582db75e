import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { shippedAnchors } from '../../src/app/shipped-anchors.ts';
import { hashOf } from '../../src/blobs/blobs.ts';
import { decodeArtifact } from '../../src/model/artifact.ts';
import { version } from '../support/scratch-rows.ts';

test.each(shippedAlphabets.map(({ id }) => id))('the anchors of %s are of the model beside them', async (id) => {
  const bytes = await readFile(new URL(`../../models/${id}/model.onnx`, import.meta.url));
  const { metadata } = decodeArtifact(bytes);
  const row = { ...version({ alphabet: id, artifact: hashOf(bytes) }), id: `${id}-1`, number: 1, unrepeatable: false };
  const anchors = shippedAnchors(row);
  expect(anchors?.outputs).toEqual(metadata.outputs.map((output) => output?.id ?? null));
  // Each label has a direction of its own.
  const { length = 1, means = new Float32Array() } = anchors ?? {};
  for (let output = 0; output < (anchors?.outputs.length ?? 0); output++) {
    const mean = means.subarray(output * length, (output + 1) * length);
    expect(Math.hypot(...mean)).toBeGreaterThan(0.3);
  }
});
