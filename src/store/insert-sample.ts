// The one way a sample comes into being: its content is hashed, copies of it are looked for, its split is fixed, and what
// the sample needs later (fingerprint, counters) is written with it.
import { createHash } from 'node:crypto';
import { pack, unpack } from './packed.ts';
import type { Split } from './splitter.ts';
import type { Splitter } from './splitter.ts';
import type { Sql } from './sql.ts';

interface SampleToInsert {
  readonly alphabet: string;
  readonly labelId: number | null;
  readonly glyph: Uint8Array;
  readonly contributorId: number;
  readonly source: string;
  readonly predictionId: string | null;
  readonly at: number;
}

/** Call inside a transaction. Null when `unless-present` and the same glyph, label and contributor are there, live. */
export type SampleInserter = (
  sample: SampleToInsert,
  mode: 'always' | 'unless-present',
) => { readonly id: number; readonly split: Split } | null;

/** How many earlier glyphs of these looks are compared: keeps the save quick beside an import of a million. */
const COMPARED = 24;

interface Known {
  readonly id: number;
  readonly split: Split;
  readonly label_id: number | null;
  readonly duplicate_of: number | null;
  readonly withdrawn_at: number | null;
}

export function makeSampleInserter(sql: Sql, splitter: Splitter): SampleInserter {
  const contributor = sql.prepare<
    { id: number },
    { key_hash: string; platform: string; operator: number; test_only: number | null }
  >('SELECT key_hash, platform, operator, test_only FROM contributors WHERE id = :id');
  const teaching = sql.prepare<object, { n: number }>(
    // Whether there are many is all that is asked, and only at somebody's first sample.
    'SELECT count(*) AS n FROM (SELECT 1 FROM contributors WHERE test_only IS NOT NULL LIMIT 100)',
  );
  const fixTestOnly = sql.prepare<{ id: number; testOnly: number }>(
    'UPDATE contributors SET test_only = :testOnly WHERE id = :id AND test_only IS NULL',
  );
  // Within an alphabet: what somebody gave to another is news to the models of this one.
  const sameContent = sql.prepare<{ alphabet: string; contributorId: number; contentHash: Uint8Array }, Known>(`
    SELECT id, split, label_id, duplicate_of, withdrawn_at FROM samples
     WHERE contributor_id = :contributorId AND content_hash = :contentHash AND alphabet = :alphabet ORDER BY id`);
  const sameLook = sql.prepare<
    { alphabet: string; contributorId: number; looks: string; limit: number },
    { id: number; split: Split; glyph: Uint8Array }
  >(`
    SELECT s.id, s.split, s.glyph FROM fingerprints f CROSS JOIN samples s ON s.id = f.sample_id
     WHERE f.contributor_id = :contributorId AND f.look IN (SELECT value FROM json_each(:looks)) AND s.alphabet = :alphabet LIMIT :limit`);
  const labelCount = sql.prepare<{ alphabet: string; labelId: number }, { train: number; test: number }>(`
    SELECT drawn_train AS train, drawn_test AS test FROM label_counts
     WHERE alphabet = :alphabet AND label_id = :labelId`);
  const insert = sql.prepare<
    SampleToInsert & { split: Split; drawn: number; duplicateOf: number | null; contentHash: Uint8Array }
  >(`
    INSERT INTO samples (alphabet, label_id, split, drawn, contributor_id, source, prediction_id, duplicate_of,
                         content_hash, created_at, glyph)
    VALUES (:alphabet, :labelId, :split, :drawn, :contributorId, :source, :predictionId, :duplicateOf,
            :contentHash, :at, :glyph)`);
  const insertLook = sql.prepare<{ contributorId: number; look: number; sampleId: number }>(`
    INSERT INTO fingerprints (contributor_id, look, sample_id) VALUES (:contributorId, :look, :sampleId)`);

  const testOnlyOf = (id: number): { readonly keyHash: string; readonly testOnly: boolean } => {
    const row = contributor.get({ id });
    if (!row) throw new Error(`no contributor ${String(id)}`);
    if (row.test_only !== null) return { keyHash: row.key_hash, testOnly: row.test_only === 1 };
    const testOnly = splitter.testOnly({
      contributor: row.key_hash,
      contributors: teaching.get({})?.n ?? 0,
      exempt: row.operator === 1 || row.platform === 'import',
    });
    fixTestOnly.run({ id, testOnly: Number(testOnly) });
    return { keyHash: row.key_hash, testOnly };
  };

  const nearCopy = (
    { alphabet, contributorId, glyph }: Pick<SampleToInsert, 'alphabet' | 'contributorId' | 'glyph'>,
    looks: readonly number[],
  ) => {
    const known = sameLook.all({ alphabet, contributorId, looks: JSON.stringify(looks), limit: COMPARED });
    return known.find((each) => splitter.sameGlyph(glyph, unpack(each.glyph))) ?? null;
  };

  return (sample, mode) => {
    const { alphabet, labelId, glyph, contributorId } = sample;
    const contentHash = createHash('sha256').update(glyph).digest();
    const exact = sameContent.all({ alphabet, contributorId, contentHash });
    const isThere = (known: Known): boolean => known.withdrawn_at === null && known.label_id === labelId;
    if (mode === 'unless-present' && exact.some(isThere)) return null;

    const { keyHash, testOnly } = testOnlyOf(contributorId);
    const looks = splitter.looks(glyph);
    const first = exact[0];
    const copyOf = first ? { id: first.duplicate_of ?? first.id, split: first.split } : nearCopy(sample, looks);
    const drawn = copyOf === null && !testOnly;
    const split = copyOf
      ? copyOf.split
      : splitter.draw({
          glyph,
          contributor: keyHash,
          testOnly,
          contentHash: contentHash.toString('hex'),
          label: labelCount.get({ alphabet, labelId: labelId ?? -1 }) ?? { train: 0, test: 0 },
        });
    const { lastId } = insert.run({
      ...sample,
      glyph: pack(glyph),
      split,
      drawn: Number(drawn),
      duplicateOf: copyOf?.id ?? null,
      contentHash,
    });
    // Copies leave no fingerprint: the next copy is compared with the first photo, not with this one.
    if (!copyOf) insertLook.run({ contributorId, look: looks[0], sampleId: lastId });
    return { id: lastId, split };
  };
}
