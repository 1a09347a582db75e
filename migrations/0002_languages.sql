-- The language a person's client last spoke: some events carry none, and what is said unasked has no client at hand.
ALTER TABLE contributors ADD COLUMN client_language TEXT;
