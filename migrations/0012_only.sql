-- Of an alphabet with letters and digits a chat may read the ones or the others alone. Null: both.
ALTER TABLE chats ADD COLUMN only_labels TEXT CHECK (only_labels IN ('letters', 'digits'));
