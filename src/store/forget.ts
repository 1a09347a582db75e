// The right to be forgotten: everything of one contributor goes in one transaction, and what was made from it is marked.
import type { Forgotten } from './contributors.ts';
import type { Sql } from './sql.ts';

/** `scrub` is called after the deletion, to take the deleted bytes out of SQLite's log as well. */
export function makeForgetRows(sql: Sql, scrub: () => void): (id: number) => Forgotten {
  type Who = { readonly id: number };
  const snapshots = sql.prepare<Who, { id: string; blob: string | null }>(`
    SELECT s.id, s.blob FROM snapshot_contributors c JOIN snapshots s ON s.id = c.snapshot_id
     WHERE c.contributor_id = :id ORDER BY s.id`);
  const runs = sql.prepare<{ snapshot: string }, { id: number }>('SELECT id FROM runs WHERE snapshot_id = :snapshot');
  const versions = sql.prepare<{ snapshot: string }, { id: string }>(
    'UPDATE versions SET unrepeatable = 1 WHERE snapshot_id = :snapshot RETURNING id',
  );
  const markSnapshot = sql.prepare<{ snapshot: string }>('UPDATE snapshots SET unrepeatable = 1 WHERE id = :snapshot');

  // Verdicts on their photos go with the photos; their verdicts on others' photos stay, without a name.
  const verdictsOnTheirs = sql.prepare<Who>(
    'DELETE FROM verdicts WHERE sample_id IN (SELECT id FROM samples WHERE contributor_id = :id)',
  );
  // What they asked to be read and another wrote stays that one's, without who asked.
  const verdictsOnTheirAsking = sql.prepare<Who>(
    'DELETE FROM verdicts WHERE prediction_id IN (SELECT id FROM predictions WHERE contributor_id = :id)',
  );
  const unnameVerdicts = sql.prepare<Who>('UPDATE verdicts SET contributor_id = NULL WHERE contributor_id = :id');
  const samples = sql.prepare<Who>('DELETE FROM samples WHERE contributor_id = :id');
  const predictions = sql.prepare<Who>('DELETE FROM predictions WHERE contributor_id = :id');
  const rest = [
    // It stays somebody else's picture, without a name.
    "UPDATE predictions SET author = '' WHERE author = (SELECT key_hash FROM contributors WHERE id = :id)",
    // Made again, of what is left, when they are needed; what is damaged may be of anybody.
    `DELETE FROM anchors WHERE CASE WHEN json_valid(anchors) THEN coalesce(anchors ->> '$.ofPeople', 1) ELSE 1 END
        AND version_id IN (SELECT v.id FROM contributor_counts c JOIN versions v USING (alphabet) WHERE c.contributor_id = :id)`,
    'DELETE FROM fingerprints WHERE contributor_id = :id',
    'DELETE FROM reply_addresses WHERE contributor_id = :id',
    'DELETE FROM outbox WHERE contributor_id = :id',
    'DELETE FROM run_askers WHERE contributor_id = :id',
    'DELETE FROM snapshot_contributors WHERE contributor_id = :id',
    'DELETE FROM contributor_counts WHERE contributor_id = :id',
    'DELETE FROM contributors WHERE id = :id',
  ].map((text) => sql.prepare<Who>(text));

  return (id) => {
    const forgotten = sql.atomically((): Forgotten => {
      const touched = snapshots.all({ id });
      const usedBy = touched.flatMap((each) => runs.all({ snapshot: each.id }).map((run) => run.id));
      const trained = touched.flatMap((each) => versions.all({ snapshot: each.id }).map((version) => version.id));
      for (const each of touched) markSnapshot.run({ snapshot: each.id });
      verdictsOnTheirs.run({ id });
      verdictsOnTheirAsking.run({ id });
      unnameVerdicts.run({ id });
      const gone = { samples: samples.run({ id }).changes, predictions: predictions.run({ id }).changes };
      for (const statement of rest) statement.run({ id });
      return { ...gone, snapshots: touched, runs: usedBy, versions: trained };
    });
    scrub();
    return forgotten;
  };
}
