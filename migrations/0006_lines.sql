-- A photo may show several characters: each prediction knows the line of text that it stands in.
ALTER TABLE predictions ADD COLUMN line INTEGER NOT NULL DEFAULT 0;
