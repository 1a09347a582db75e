-- A watch after a promotion by hand: when the former champion is proven better, operators are told, and the champion stays.
ALTER TABLE duels ADD COLUMN advises INTEGER NOT NULL DEFAULT 0 CHECK (advises IN (0, 1));
