-- A label of an owner's own alphabet may be joined to another, or parted: its samples keep all but the label, and the counters follow.
CREATE TRIGGER samples_count_relabelled AFTER UPDATE OF label_id ON samples
WHEN OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NULL AND OLD.label_id IS NOT NEW.label_id BEGIN
  UPDATE label_counts SET
      train = train - (OLD.split = 'train'), test = test - (OLD.split = 'test'),
      drawn_train = drawn_train - (OLD.drawn AND OLD.split = 'train'),
      drawn_test = drawn_test - (OLD.drawn AND OLD.split = 'test')
    WHERE alphabet = OLD.alphabet AND label_id = coalesce(OLD.label_id, -1);
  INSERT INTO label_counts (alphabet, label_id, train, test, drawn_train, drawn_test)
    VALUES (NEW.alphabet, coalesce(NEW.label_id, -1), NEW.split = 'train', NEW.split = 'test',
            NEW.drawn AND NEW.split = 'train', NEW.drawn AND NEW.split = 'test')
    ON CONFLICT (alphabet, label_id) DO UPDATE SET
      train = train + excluded.train, test = test + excluded.test,
      drawn_train = drawn_train + excluded.drawn_train, drawn_test = drawn_test + excluded.drawn_test;
END;

-- How much photos of picture alphabets take, so that it can be bounded; one row.
CREATE TABLE picture_bytes (
  bytes INTEGER NOT NULL
) STRICT;

INSERT INTO picture_bytes (bytes)
  SELECT coalesce(sum(length(glyph)), 0)
    FROM (SELECT alphabet, glyph FROM samples UNION ALL SELECT alphabet, glyph FROM predictions) AS kept
   WHERE EXISTS (SELECT 1 FROM alphabets WHERE id = kept.alphabet AND json_extract(spec, '$.kind') = 'picture');

CREATE TRIGGER samples_picture_in AFTER INSERT ON samples
WHEN EXISTS (SELECT 1 FROM alphabets WHERE id = NEW.alphabet AND json_extract(spec, '$.kind') = 'picture') BEGIN
  UPDATE picture_bytes SET bytes = bytes + length(NEW.glyph);
END;

CREATE TRIGGER samples_picture_out AFTER DELETE ON samples
WHEN EXISTS (SELECT 1 FROM alphabets WHERE id = OLD.alphabet AND json_extract(spec, '$.kind') = 'picture') BEGIN
  UPDATE picture_bytes SET bytes = bytes - length(OLD.glyph);
END;

CREATE TRIGGER predictions_picture_in AFTER INSERT ON predictions
WHEN EXISTS (SELECT 1 FROM alphabets WHERE id = NEW.alphabet AND json_extract(spec, '$.kind') = 'picture') BEGIN
  UPDATE picture_bytes SET bytes = bytes + length(NEW.glyph);
END;

CREATE TRIGGER predictions_picture_out AFTER DELETE ON predictions
WHEN EXISTS (SELECT 1 FROM alphabets WHERE id = OLD.alphabet AND json_extract(spec, '$.kind') = 'picture') BEGIN
  UPDATE picture_bytes SET bytes = bytes - length(OLD.glyph);
END;
