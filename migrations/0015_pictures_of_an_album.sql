-- Which picture of an album a character was cut out of, in the order in which they were sent; null elsewhere.
ALTER TABLE predictions ADD COLUMN picture INTEGER;
