-- Operators may stop a contributor from teaching, and take back all that somebody taught; what operators do is written down.

-- By hash, since a block outlives the contributor: who is forgotten and comes again is blocked still.
CREATE TABLE blocks (
  key_hash TEXT    PRIMARY KEY,
  at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The act that withdrew a sample; null where a person took it back.
ALTER TABLE samples ADD COLUMN withdrawn_by INTEGER REFERENCES acts (id);
CREATE INDEX samples_by_act ON samples (alphabet, withdrawn_at) WHERE withdrawn_by IS NOT NULL;

CREATE TABLE acts (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  at      INTEGER NOT NULL,
  -- A platform and a keyed hash, or `command line`.
  who     TEXT    NOT NULL,
  what    TEXT    NOT NULL,
  -- A contributor's key, an operator, a version, a run, an alphabet.
  subject TEXT    NOT NULL
) STRICT;

CREATE TRIGGER acts_stay_as_they_are BEFORE UPDATE ON acts BEGIN
  SELECT raise(ABORT, 'what operators did is never changed');
END;
CREATE TRIGGER acts_stay BEFORE DELETE ON acts BEGIN
  SELECT raise(ABORT, 'what operators did is never deleted');
END;
