-- What a person's own samples add to the champion's answer, at once.

-- What the champion alone said, where somebody's own samples had a say in the answer: {candidates, outcome} as JSON.
ALTER TABLE predictions ADD COLUMN alone TEXT;

-- Whether somebody is read with the help of their own samples.
ALTER TABLE contributors ADD COLUMN own_hand INTEGER NOT NULL DEFAULT 1 CHECK (own_hand IN (0, 1));

-- A person's samples of an alphabet, newest first, however many others have.
CREATE INDEX samples_by_hand ON samples (contributor_id, alphabet, id) WHERE withdrawn_at IS NULL;

-- Where a version's labels lie in its embedding (src/memory/anchors.ts), as JSON: made from the alphabet's bank when first needed, and made
-- again where it is missing.
CREATE TABLE anchors (
  version_id TEXT PRIMARY KEY REFERENCES versions (id),
  anchors    TEXT NOT NULL
) STRICT;
