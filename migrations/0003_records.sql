-- What stood in meta under made-up keys, and in one column with other things, gets columns and tables of its own. From now on
-- meta holds what identifies the installation and nothing else.

CREATE TABLE operators (
  -- `platform:id`
  who TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO operators (who)
  SELECT each.value FROM meta, json_each('["' || replace(meta.value, ' ', '","') || '"]') AS each
   WHERE meta.key = 'operators' AND each.value <> '';

-- People who are being forgotten: their rows are gone, their glyphs are still being taken out of the blobs.
CREATE TABLE forgetting (
  key_hash TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO forgetting (key_hash)
  SELECT each.value FROM meta, json_each('["' || replace(meta.value, ' ', '","') || '"]') AS each
   WHERE meta.key = 'forgetting' AND each.value <> '';

-- What a platform has to know of itself after a restart.
CREATE TABLE platform_notes (
  platform TEXT NOT NULL,
  name     TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (platform, name)
) STRICT, WITHOUT ROWID;

INSERT INTO platform_notes (platform, name, value)
  SELECT 'telegram', 'operators-menus', value FROM meta WHERE key = 'telegram-operators-menus'
  UNION ALL SELECT 'discord', 'registered-commands', value FROM meta WHERE key = 'discord-commands';

-- How old open questions are, counted in days that went by while the app looked at the clock.
CREATE TABLE question_age (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  seen_at INTEGER NOT NULL,
  passed  INTEGER NOT NULL,
  -- The newest prediction at the end of each day counted, oldest first.
  marks   TEXT    NOT NULL CHECK (json_valid(marks))
) STRICT;

-- Who wants to hear how a run ends, and where.
CREATE TABLE run_askers (
  run_id         INTEGER NOT NULL REFERENCES runs (id),
  platform       TEXT    NOT NULL,
  address        TEXT    NOT NULL CHECK (json_valid(address)),
  chat_key       TEXT    NOT NULL,
  language       TEXT    NOT NULL,
  contributor_id INTEGER NOT NULL REFERENCES contributors (id),
  PRIMARY KEY (run_id, platform, address)
) STRICT, WITHOUT ROWID;

CREATE INDEX run_askers_by_contributor ON run_askers (contributor_id);

INSERT OR IGNORE INTO run_askers (run_id, platform, address, chat_key, language, contributor_id)
  SELECT r.id, a.value ->> '$.platform', a.value -> '$.address', coalesce(a.value ->> '$.chat', ''),
         a.value ->> '$.language', c.id
    FROM meta m
    JOIN runs r ON m.key = 'askers:' || r.id
    JOIN json_each(CASE WHEN m.value = '' THEN '[]' ELSE m.value END) a
    -- Who was forgotten since asks for nothing any more.
    JOIN contributors c ON c.id = a.value ->> '$.contributor';

-- A run trains a version, or judges one that is there.
ALTER TABLE runs ADD COLUMN judges TEXT REFERENCES versions (id);
UPDATE runs SET judges = substr(requested_by, 9), requested_by = 'release'
 WHERE requested_by LIKE 'release:%' AND substr(requested_by, 9) IN (SELECT id FROM versions);

-- Hash of the glyphs that an own alphabet's fonts gave.
ALTER TABLE alphabets ADD COLUMN bank TEXT;
UPDATE alphabets SET bank = (SELECT value FROM meta WHERE key = 'bank:' || alphabets.id);

-- Made on purpose: it stays, whatever becomes of runs that saw the same samples.
ALTER TABLE snapshots ADD COLUMN kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1));
UPDATE snapshots SET kept = 1 WHERE 'kept-snapshot:' || id IN (SELECT key FROM meta);

-- Whose private chat it is, by the platform's own id. Null: a group's, or nobody said.
ALTER TABLE chats ADD COLUMN person TEXT;
UPDATE chats SET person = announce_to ->> '$.user' WHERE announce_to ->> '$.user' IS NOT NULL;

-- Somebody rather than a chat: the platform knows where they are spoken to alone.
ALTER TABLE outbox ADD COLUMN person TEXT;
UPDATE outbox SET person = address ->> '$.person', address = NULL
 WHERE kind = 'model-broken' AND address ->> '$.person' IS NOT NULL;
UPDATE outbox SET address = NULL, payload = json_set(payload, '$.kind', kind)
 WHERE kind = 'find-taught' AND payload IS NOT NULL;

DELETE FROM meta
 WHERE key IN ('operators', 'forgetting', 'telegram-operators-menus', 'discord-commands')
    OR key LIKE 'askers:%' OR key LIKE 'bank:%' OR key LIKE 'kept-snapshot:%';
