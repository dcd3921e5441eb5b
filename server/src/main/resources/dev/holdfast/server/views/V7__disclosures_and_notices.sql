-- By whom and when something was disclosed, and by whom, when and with which entry that ended.
ALTER TABLE disclosure ADD COLUMN actor TEXT NOT NULL DEFAULT '';
ALTER TABLE disclosure ADD COLUMN said INTEGER NOT NULL DEFAULT 0;
ALTER TABLE disclosure ADD COLUMN ended INTEGER;
ALTER TABLE disclosure ADD COLUMN ended_by TEXT;
ALTER TABLE disclosure ADD COLUMN ended_idx INTEGER;
CREATE INDEX disclosure_idx ON disclosure (idx);

-- What happened that somebody may want to be told of, in the order of the ledger. The same ledger
-- gives the same rows, so whoever was told of one is known by its place.
CREATE TABLE notice (
  idx INTEGER NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL,
  story INTEGER, severity TEXT NOT NULL, reason TEXT NOT NULL, simulated INTEGER NOT NULL,
  more TEXT NOT NULL, PRIMARY KEY (idx, place)
) WITHOUT ROWID;
