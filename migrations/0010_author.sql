-- Whose picture it is where somebody else asked for its reading: a keyed hash, so that its author may answer as well.
ALTER TABLE predictions ADD COLUMN author TEXT;

CREATE INDEX predictions_by_author ON predictions (author) WHERE author IS NOT NULL;
