-- What is open may not fill the disk: besides each contributor, each neighbourhood (a keyed hash of it) keeps only so many
-- questions without an answer. With the answer the neighbourhood is forgotten.
ALTER TABLE predictions ADD COLUMN share TEXT;

CREATE INDEX predictions_open_by_contributor ON predictions (contributor_id) WHERE answered = 0;
CREATE INDEX predictions_open_by_share ON predictions (share, contributor_id) WHERE answered = 0;

CREATE TRIGGER predictions_answered AFTER UPDATE OF answered ON predictions WHEN NEW.answered = 1 AND NEW.share IS NOT NULL
BEGIN
  UPDATE predictions SET share = NULL WHERE rowid = NEW.rowid;
END;
