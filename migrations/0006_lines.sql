-- A photo may show several characters: each prediction knows the line of text that it stands in, and of a practice sheet the
-- label that its cell was for.
ALTER TABLE predictions ADD COLUMN line INTEGER NOT NULL DEFAULT 0;
ALTER TABLE predictions ADD COLUMN expected INTEGER;
