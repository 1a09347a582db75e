-- The whole store. Times are epoch milliseconds; JSON columns hold what the room that owns them wrote.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE contributors (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  key_hash   TEXT    NOT NULL UNIQUE,
  platform   TEXT    NOT NULL,
  operator   INTEGER NOT NULL DEFAULT 0 CHECK (operator IN (0, 1)),
  language   TEXT,
  silenced   INTEGER NOT NULL DEFAULT 0 CHECK (silenced IN (0, 1)),
  -- Null until the first sample, then fixed.
  test_only  INTEGER CHECK (test_only IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE chats (
  platform       TEXT NOT NULL,
  chat_key       TEXT NOT NULL,
  alphabet       TEXT,
  language       TEXT,
  who_may_answer TEXT NOT NULL DEFAULT 'asker' CHECK (who_may_answer IN ('asker', 'anyone', 'admins')),
  -- Null: no announcements wanted.
  announce_to    TEXT CHECK (announce_to IS NULL OR json_valid(announce_to)),
  PRIMARY KEY (platform, chat_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE alphabets (
  id         TEXT    PRIMARY KEY,
  spec       TEXT    NOT NULL CHECK (json_valid(spec)),
  archived   INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Predictions, where to reply to them, and what people said ------------------------------------------------------------

CREATE TABLE predictions (
  rowid          INTEGER PRIMARY KEY,
  id             TEXT    NOT NULL UNIQUE,
  alphabet       TEXT    NOT NULL,
  contributor_id INTEGER NOT NULL REFERENCES contributors (id),
  chat_key       TEXT    NOT NULL,
  version_id     TEXT    NOT NULL,
  -- Packed (src/store/packed.ts).
  glyph          BLOB    NOT NULL,
  box            TEXT    NOT NULL CHECK (json_valid(box)),
  candidates     TEXT    NOT NULL CHECK (json_valid(candidates)),
  -- How sure the model was: whether the reply asserted, asked, or doubted.
  outcome        TEXT    NOT NULL CHECK (outcome IN ('sure', 'unsure', 'not-a-character', 'no-model')),
  photo_id       TEXT    NOT NULL,
  place          INTEGER NOT NULL,
  answered       INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1)),
  created_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX predictions_by_photo ON predictions (photo_id);
CREATE INDEX predictions_by_contributor ON predictions (contributor_id);
CREATE INDEX predictions_unanswered ON predictions (created_at) WHERE answered = 0;

CREATE TABLE reply_addresses (
  photo_id       TEXT    PRIMARY KEY,
  contributor_id INTEGER NOT NULL REFERENCES contributors (id),
  address        TEXT    NOT NULL CHECK (json_valid(address)),
  message_key    TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX reply_addresses_by_message ON reply_addresses (message_key) WHERE message_key IS NOT NULL;
CREATE INDEX reply_addresses_by_contributor ON reply_addresses (contributor_id);

CREATE TABLE verdicts (
  rowid          INTEGER PRIMARY KEY,
  prediction_id  TEXT    NOT NULL UNIQUE REFERENCES predictions (id),
  alphabet       TEXT    NOT NULL,
  version_id     TEXT    NOT NULL,
  chat_key       TEXT    NOT NULL,
  kind           TEXT    NOT NULL CHECK (kind IN ('confirm', 'correct', 'reject')),
  label_id       INTEGER,
  -- Who answered; null once they were forgotten.
  contributor_id INTEGER REFERENCES contributors (id),
  sample_id      INTEGER NOT NULL REFERENCES samples (id) DEFERRABLE INITIALLY DEFERRED,
  at             INTEGER NOT NULL,
  CHECK ((kind = 'reject') = (label_id IS NULL))
) STRICT;

CREATE INDEX verdicts_by_contributor ON verdicts (contributor_id, at);
CREATE INDEX verdicts_by_sample ON verdicts (sample_id);

-- Samples --------------------------------------------------------------------------------------------------------------

CREATE TABLE samples (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  alphabet       TEXT    NOT NULL,
  -- Null: not a character.
  label_id       INTEGER,
  split          TEXT    NOT NULL CHECK (split IN ('train', 'test')),
  -- 1: the split was drawn by hash; 0: it follows from a copy or from a test-only contributor.
  drawn          INTEGER NOT NULL CHECK (drawn IN (0, 1)),
  contributor_id INTEGER NOT NULL REFERENCES contributors (id),
  source         TEXT    NOT NULL,
  prediction_id  TEXT,
  duplicate_of   INTEGER,
  -- SHA-256 of the glyph's pixels.
  content_hash   BLOB    NOT NULL,
  created_at     INTEGER NOT NULL,
  withdrawn_at   INTEGER,
  -- Packed (src/store/packed.ts).
  glyph          BLOB    NOT NULL
) STRICT;

-- In order of id, as every index is within equal keys.
CREATE INDEX samples_live ON samples (alphabet) WHERE withdrawn_at IS NULL;
CREATE INDEX samples_by_contributor ON samples (contributor_id, content_hash);

-- Finds copies of a photo that the same person sent before. Only the first of them stands here, so copies of copies
-- never chain; withdrawn samples stay in it, since a model may have seen them.
CREATE TABLE fingerprints (
  contributor_id INTEGER NOT NULL,
  look           INTEGER NOT NULL,
  sample_id      INTEGER NOT NULL,
  PRIMARY KEY (contributor_id, look, sample_id)
) STRICT, WITHOUT ROWID;

-- Counters, so that figures cost nothing to read -----------------------------------------------------------------------

-- Live samples; label -1: not a character.
CREATE TABLE label_counts (
  alphabet    TEXT    NOT NULL,
  label_id    INTEGER NOT NULL,
  train       INTEGER NOT NULL DEFAULT 0,
  test        INTEGER NOT NULL DEFAULT 0,
  drawn_train INTEGER NOT NULL DEFAULT 0,
  drawn_test  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (alphabet, label_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_counts (
  alphabet TEXT    NOT NULL,
  -- Days since the epoch, UTC.
  day      INTEGER NOT NULL,
  samples  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (alphabet, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE contributor_counts (
  alphabet       TEXT    NOT NULL,
  contributor_id INTEGER NOT NULL REFERENCES contributors (id),
  samples        INTEGER NOT NULL DEFAULT 0,
  confirmed      INTEGER NOT NULL DEFAULT 0,
  corrected      INTEGER NOT NULL DEFAULT 0,
  rejected       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (alphabet, contributor_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX contributor_counts_by_contributor ON contributor_counts (contributor_id);

CREATE TABLE live_counts (
  alphabet   TEXT    NOT NULL,
  version_id TEXT    NOT NULL,
  confirmed  INTEGER NOT NULL DEFAULT 0,
  corrected  INTEGER NOT NULL DEFAULT 0,
  rejected   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (alphabet, version_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER samples_count_in AFTER INSERT ON samples WHEN NEW.withdrawn_at IS NULL BEGIN
  INSERT INTO label_counts (alphabet, label_id, train, test, drawn_train, drawn_test)
    VALUES (NEW.alphabet, coalesce(NEW.label_id, -1), NEW.split = 'train', NEW.split = 'test',
            NEW.drawn AND NEW.split = 'train', NEW.drawn AND NEW.split = 'test')
    ON CONFLICT (alphabet, label_id) DO UPDATE SET
      train = train + excluded.train, test = test + excluded.test,
      drawn_train = drawn_train + excluded.drawn_train, drawn_test = drawn_test + excluded.drawn_test;
  INSERT INTO day_counts (alphabet, day, samples) VALUES (NEW.alphabet, NEW.created_at / 86400000, 1)
    ON CONFLICT (alphabet, day) DO UPDATE SET samples = samples + 1;
  INSERT INTO contributor_counts (alphabet, contributor_id, samples) VALUES (NEW.alphabet, NEW.contributor_id, 1)
    ON CONFLICT (alphabet, contributor_id) DO UPDATE SET samples = samples + 1;
END;

CREATE TRIGGER samples_count_withdrawn AFTER UPDATE OF withdrawn_at ON samples
WHEN OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL BEGIN
  UPDATE label_counts SET
      train = train - (OLD.split = 'train'), test = test - (OLD.split = 'test'),
      drawn_train = drawn_train - (OLD.drawn AND OLD.split = 'train'),
      drawn_test = drawn_test - (OLD.drawn AND OLD.split = 'test')
    WHERE alphabet = OLD.alphabet AND label_id = coalesce(OLD.label_id, -1);
  UPDATE day_counts SET samples = samples - 1 WHERE alphabet = OLD.alphabet AND day = OLD.created_at / 86400000;
  UPDATE contributor_counts SET samples = samples - 1
    WHERE alphabet = OLD.alphabet AND contributor_id = OLD.contributor_id;
END;

CREATE TRIGGER samples_count_deleted AFTER DELETE ON samples WHEN OLD.withdrawn_at IS NULL BEGIN
  UPDATE label_counts SET
      train = train - (OLD.split = 'train'), test = test - (OLD.split = 'test'),
      drawn_train = drawn_train - (OLD.drawn AND OLD.split = 'train'),
      drawn_test = drawn_test - (OLD.drawn AND OLD.split = 'test')
    WHERE alphabet = OLD.alphabet AND label_id = coalesce(OLD.label_id, -1);
  UPDATE day_counts SET samples = samples - 1 WHERE alphabet = OLD.alphabet AND day = OLD.created_at / 86400000;
  UPDATE contributor_counts SET samples = samples - 1
    WHERE alphabet = OLD.alphabet AND contributor_id = OLD.contributor_id;
END;

CREATE TRIGGER verdicts_count_in AFTER INSERT ON verdicts BEGIN
  INSERT INTO live_counts (alphabet, version_id, confirmed, corrected, rejected)
    VALUES (NEW.alphabet, NEW.version_id, NEW.kind = 'confirm', NEW.kind = 'correct', NEW.kind = 'reject')
    ON CONFLICT (alphabet, version_id) DO UPDATE SET
      confirmed = confirmed + excluded.confirmed, corrected = corrected + excluded.corrected,
      rejected = rejected + excluded.rejected;
  INSERT INTO contributor_counts (alphabet, contributor_id, confirmed, corrected, rejected)
    SELECT NEW.alphabet, NEW.contributor_id, NEW.kind = 'confirm', NEW.kind = 'correct', NEW.kind = 'reject'
     WHERE NEW.contributor_id IS NOT NULL
    ON CONFLICT (alphabet, contributor_id) DO UPDATE SET
      confirmed = confirmed + excluded.confirmed, corrected = corrected + excluded.corrected,
      rejected = rejected + excluded.rejected;
  UPDATE predictions SET answered = 1 WHERE id = NEW.prediction_id;
END;

-- A verdict taken back never counted. (Forgetting who answered is no taking back: the row stays, without a name.)
CREATE TRIGGER verdicts_count_out AFTER DELETE ON verdicts BEGIN
  UPDATE live_counts SET
      confirmed = confirmed - (OLD.kind = 'confirm'), corrected = corrected - (OLD.kind = 'correct'),
      rejected = rejected - (OLD.kind = 'reject')
    WHERE alphabet = OLD.alphabet AND version_id = OLD.version_id;
  UPDATE contributor_counts SET
      confirmed = confirmed - (OLD.kind = 'confirm'), corrected = corrected - (OLD.kind = 'correct'),
      rejected = rejected - (OLD.kind = 'reject')
    WHERE alphabet = OLD.alphabet AND contributor_id = OLD.contributor_id;
  UPDATE predictions SET answered = 0 WHERE id = OLD.prediction_id;
END;

-- Models and runs ------------------------------------------------------------------------------------------------------

CREATE TABLE snapshots (
  id             TEXT    PRIMARY KEY,
  alphabet       TEXT    NOT NULL,
  -- Null once the frozen bytes were deleted because somebody was forgotten.
  blob           TEXT,
  last_sample_id INTEGER NOT NULL,
  train          INTEGER NOT NULL,
  test           INTEGER NOT NULL,
  unrepeatable   INTEGER NOT NULL DEFAULT 0 CHECK (unrepeatable IN (0, 1)),
  created_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose samples a snapshot holds: what forgetting asks. Which samples is in the frozen bytes themselves.
CREATE TABLE snapshot_contributors (
  contributor_id INTEGER NOT NULL,
  snapshot_id    TEXT    NOT NULL REFERENCES snapshots (id),
  PRIMARY KEY (contributor_id, snapshot_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE versions (
  id           TEXT    PRIMARY KEY,
  alphabet     TEXT    NOT NULL,
  number       INTEGER NOT NULL,
  artifact     TEXT    NOT NULL,
  origin       TEXT    NOT NULL CHECK (origin IN ('seed', 'run')),
  parent       TEXT    REFERENCES versions (id),
  run_id       INTEGER REFERENCES runs (id),
  snapshot_id  TEXT    REFERENCES snapshots (id),
  architecture TEXT    NOT NULL,
  seed         INTEGER NOT NULL,
  engine       TEXT    NOT NULL,
  code_version TEXT    NOT NULL,
  metrics      TEXT    NOT NULL CHECK (json_valid(metrics)),
  unrepeatable INTEGER NOT NULL DEFAULT 0 CHECK (unrepeatable IN (0, 1)),
  created_at   INTEGER NOT NULL,
  UNIQUE (alphabet, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE champions (
  alphabet   TEXT PRIMARY KEY,
  version_id TEXT NOT NULL REFERENCES versions (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE promotions (
  id           INTEGER PRIMARY KEY,
  alphabet     TEXT    NOT NULL,
  from_version TEXT    REFERENCES versions (id),
  to_version   TEXT    NOT NULL REFERENCES versions (id),
  reason       TEXT    NOT NULL,
  by           TEXT    NOT NULL,
  at           INTEGER NOT NULL
) STRICT;

CREATE INDEX promotions_by_alphabet ON promotions (alphabet);

CREATE TABLE runs (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  alphabet         TEXT    NOT NULL,
  state            TEXT    NOT NULL CHECK (state IN ('queued', 'running', 'promoted', 'kept', 'failed', 'cancelled')),
  requested_by     TEXT    NOT NULL,
  reason           TEXT    NOT NULL,
  snapshot_id      TEXT    REFERENCES snapshots (id),
  job              TEXT CHECK (job IS NULL OR json_valid(job)),
  progress         TEXT CHECK (progress IS NULL OR json_valid(progress)),
  result           TEXT CHECK (result IS NULL OR json_valid(result)),
  decision         TEXT CHECK (decision IS NULL OR json_valid(decision)),
  checkpoint       TEXT,
  version_id       TEXT    REFERENCES versions (id),
  error            TEXT,
  cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
  attempts         INTEGER NOT NULL DEFAULT 0,
  holder           TEXT,
  lease_until      INTEGER,
  created_at       INTEGER NOT NULL,
  started_at       INTEGER,
  finished_at      INTEGER
) STRICT;

CREATE UNIQUE INDEX runs_one_active ON runs (alphabet) WHERE state IN ('queued', 'running');
CREATE INDEX runs_by_snapshot ON runs (snapshot_id) WHERE snapshot_id IS NOT NULL;

CREATE TABLE outbox (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  kind           TEXT    NOT NULL,
  platform       TEXT    NOT NULL,
  dedupe_key     TEXT    NOT NULL UNIQUE,
  contributor_id INTEGER REFERENCES contributors (id),
  -- Emptied when sent or given up.
  address        TEXT CHECK (address IS NULL OR json_valid(address)),
  payload        TEXT CHECK (payload IS NULL OR json_valid(payload)),
  -- Nobody takes it before: a lease while somebody is sending it, a pause after a failure.
  not_before     INTEGER NOT NULL,
  attempts       INTEGER NOT NULL DEFAULT 0,
  error          TEXT,
  created_at     INTEGER NOT NULL,
  -- Sent or given up.
  done_at        INTEGER
) STRICT;

CREATE INDEX outbox_due ON outbox (platform, not_before) WHERE done_at IS NULL;
CREATE INDEX outbox_by_contributor ON outbox (contributor_id, kind, created_at) WHERE contributor_id IS NOT NULL;
