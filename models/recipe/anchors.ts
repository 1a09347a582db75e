// npx tsx models/recipe/anchors.ts [ALPHABET…]: writes models/ALPHABET/anchors.json, where a shipped model's labels lie in its embedding, so that a
// new installation remembers hands from the first tap. An installation makes those of later versions itself.
import { readFile, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { readBank } from '../../src/dataset/bank.ts';
import { makeSynthesiser } from '../../src/dataset/synthesiser.ts';
import { anchorsOf, writeAnchors } from '../../src/memory/anchors.ts';
import { openClassifier } from '../../src/model/classifier.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { makeRandom } from '../../src/random.ts';

const GLYPHS_A_LABEL = 40;

const wanted = new Set(process.argv.slice(2));
for (const alphabet of shippedAlphabets) {
  if (wanted.size > 0 && !wanted.has(alphabet.id)) continue;
  const folder = new URL(`../${alphabet.id}/`, import.meta.url);
  const model = await readFile(new URL('model.onnx', folder));
  const synthesiser = makeSynthesiser(readBank(await readFile(new URL('bank.bin', folder))), 'train');
  const classifier = await openClassifier(onnxEngine, model, alphabet);
  const outputs = classifier.metadata.outputs.map((output) => output?.id ?? null);
  const [embeddings, truths]: [number[], number[]] = [[], []];
  for (const [output, label] of outputs.entries()) {
    const glyphs = Array.from({ length: GLYPHS_A_LABEL }, (_, i) =>
      synthesiser.draw(label, makeRandom(1, label ?? 0xffff, i)),
    );
    for (const { embedding } of await classifier.classify(glyphs)) {
      embeddings.push(...embedding);
      truths.push(output);
    }
  }
  const anchors = anchorsOf(outputs, classifier.embedding, Float32Array.from(embeddings), truths);
  const artifact = createHash('sha256').update(model).digest('hex');
  await writeFile(new URL('anchors.json', folder), `${writeAnchors(anchors, { artifact })}\n`);
  await classifier.close();
  process.stdout.write(`${alphabet.id}: ${outputs.length} outputs\n`);
}
