-- What landmarks' round trips spread in an hour, in whole nanoseconds where it was milliseconds: sums
-- of whole numbers are the same in whatever order they were added up.
ALTER TABLE landmark_hour ADD COLUMN nanoseconds INTEGER NOT NULL DEFAULT 0;
UPDATE landmark_hour SET nanoseconds = CAST(round(spread * 1000000) AS INTEGER);
ALTER TABLE landmark_hour DROP COLUMN spread;
ALTER TABLE landmark_hour RENAME COLUMN nanoseconds TO spread;
