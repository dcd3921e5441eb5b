-- What hosts that asked for leases were answered, by the index of its entry; until is when a lease ends.
CREATE TABLE lease (
  idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, host TEXT NOT NULL, site TEXT,
  outcome TEXT NOT NULL, until INTEGER, simulated INTEGER NOT NULL, said TEXT NOT NULL
);
CREATE INDEX lease_host ON lease (host, idx);
CREATE INDEX lease_site ON lease (site, idx) WHERE site IS NOT NULL;
CREATE INDEX lease_outcome ON lease (outcome, idx);
-- What each landmark did in each hour: rounds that it stated, those of them that bounded something,
-- and of these challenges, answers, and the milliseconds by which the median was behind the shortest.
CREATE TABLE landmark_hour (
  landmark TEXT NOT NULL, hour INTEGER NOT NULL, rounds INTEGER NOT NULL, bounded INTEGER NOT NULL,
  sent INTEGER NOT NULL, answered INTEGER NOT NULL, spread REAL NOT NULL,
  PRIMARY KEY (landmark, hour)
) WITHOUT ROWID;
-- How many entries there were at the first tick of each hour.
CREATE TABLE growth (hour INTEGER PRIMARY KEY, at INTEGER NOT NULL, size INTEGER NOT NULL);
