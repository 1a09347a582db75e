-- A challenger that its gate kept for want of proof goes on beside the champion on people's photos, and so does the former
-- champion after a swap. How it stands follows from these readings and from what people say, and stands nowhere else while it is open.
CREATE TABLE duels (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  alphabet       TEXT    NOT NULL,
  -- challenge: for the champion's place; watch: the former champion, for having its place back.
  kind           TEXT    NOT NULL CHECK (kind IN ('challenge', 'watch')),
  champion       TEXT    NOT NULL REFERENCES versions (id),
  challenger     TEXT    NOT NULL REFERENCES versions (id),
  -- The run that made the challenger, or after which the swap came.
  run_id         INTEGER REFERENCES runs (id),
  -- Either may have learnt from samples up to this one.
  seen_through   INTEGER NOT NULL,
  -- won: the challenger took the champion's place; lost: proven worse; stopped: for the reason in `because`.
  state          TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'won', 'lost', 'stopped')),
  because        TEXT,
  -- How it stood at the end, and the last sample that was evidence; what is taken back later changes neither.
  standing       TEXT CHECK (standing IS NULL OR json_valid(standing)),
  last_sample_id INTEGER,
  opened_at      INTEGER NOT NULL,
  ended_at       INTEGER
) STRICT;

CREATE UNIQUE INDEX duels_one_open ON duels (alphabet, kind) WHERE state = 'open';
CREATE INDEX duels_by_alphabet ON duels (alphabet);

-- What champion and challenger, each alone, read of a glyph: of a photo while it is open, or of a sample that was there before.
-- Null: not a character; -1: a label that it lacks.
CREATE TABLE second_readings (
  rowid         INTEGER PRIMARY KEY,
  duel_id       INTEGER NOT NULL REFERENCES duels (id),
  prediction_id TEXT    REFERENCES predictions (id) ON DELETE CASCADE,
  sample_id     INTEGER REFERENCES samples (id) ON DELETE CASCADE,
  champion      INTEGER,
  challenger    INTEGER,
  CHECK ((prediction_id IS NULL) <> (sample_id IS NULL))
) STRICT;

CREATE INDEX second_readings_by_duel ON second_readings (duel_id);
CREATE UNIQUE INDEX second_readings_by_prediction ON second_readings (prediction_id, duel_id) WHERE prediction_id IS NOT NULL;
CREATE UNIQUE INDEX second_readings_by_sample ON second_readings (sample_id, duel_id) WHERE sample_id IS NOT NULL;
