-- What we said and may say anew is known by the platform's own words for it: the message that shows how a run goes, and the one
-- that asks about a photo.
ALTER TABLE run_askers ADD COLUMN message TEXT CHECK (message IS NULL OR json_valid(message));
ALTER TABLE reply_addresses ADD COLUMN message TEXT CHECK (message IS NULL OR json_valid(message));
