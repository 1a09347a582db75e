-- Frozen networks that pictures are seen with: files among the blobs by their hash, with what is known of each.
CREATE TABLE backbones (
  hash     TEXT    NOT NULL PRIMARY KEY,
  card     TEXT    NOT NULL CHECK (json_valid(card)),
  added_at INTEGER NOT NULL
) STRICT;
