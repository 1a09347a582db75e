-- Who teaches has agreed to it: to which text (its number), and when. Null: was never asked, or has not agreed.
ALTER TABLE contributors ADD COLUMN agreed_to INTEGER;
ALTER TABLE contributors ADD COLUMN agreed_at INTEGER CHECK ((agreed_at IS NULL) = (agreed_to IS NULL));

-- 0: who wrote the picture did not hand it over (somebody pointed at their message): it teaches by its author's own answer alone.
ALTER TABLE predictions ADD COLUMN handed_over INTEGER NOT NULL DEFAULT 1 CHECK (handed_over IN (0, 1));
