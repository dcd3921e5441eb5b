-- What the ledger says by now, for reading. All of it can be deleted and made again.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE source (
  name TEXT PRIMARY KEY, length INTEGER NOT NULL, last TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE statement (
  source TEXT NOT NULL, sequence INTEGER NOT NULL, hash TEXT NOT NULL, idx INTEGER NOT NULL,
  PRIMARY KEY (source, sequence, hash)
) WITHOUT ROWID;

CREATE TABLE party (id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE authority (hash TEXT PRIMARY KEY, der BLOB NOT NULL, ord INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE revocation (
  authority TEXT PRIMARY KEY, der BLOB NOT NULL, made INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE site (
  id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, operator TEXT NOT NULL COLLATE NOCASE,
  destination TEXT NOT NULL,
  latitude REAL NOT NULL, longitude REAL NOT NULL, radius REAL NOT NULL, power REAL,
  simulated INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX site_name ON site (name, id);
CREATE INDEX site_destination ON site (destination, id);
CREATE INDEX site_operator ON site (operator, id);
CREATE TABLE landmark (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, operator TEXT NOT NULL,
  latitude REAL NOT NULL, longitude REAL NOT NULL, uncertainty REAL NOT NULL,
  simulated INTEGER NOT NULL, heard INTEGER
) WITHOUT ROWID;
CREATE TABLE host (
  id TEXT PRIMARY KEY, site TEXT, place TEXT NOT NULL, reason TEXT, judged INTEGER, heard INTEGER,
  key TEXT, binding TEXT, simulated INTEGER NOT NULL, deadline INTEGER, state TEXT NOT NULL,
  -- The place from best to worst, and when it was heard last; never null, so that lists have orders.
  rank INTEGER AS (CASE place WHEN 'PROVED' THEN 0 WHEN 'UNPROVEN' THEN 1 WHEN 'SILENT' THEN 2
    WHEN 'CONFLICT' THEN 3 ELSE 4 END),
  last INTEGER AS (coalesce(heard, 0))
) WITHOUT ROWID;
CREATE INDEX host_site ON host (site, id);
CREATE INDEX host_rank ON host (rank, id);
CREATE INDEX host_last ON host (last, id);
CREATE INDEX host_deadline ON host (deadline, id) WHERE deadline IS NOT NULL;
-- A chip's site and place are those of its host, here too so that a list of a million is filtered
-- by an index in the order of the list.
CREATE TABLE chip (
  id TEXT PRIMARY KEY, model TEXT NOT NULL, host TEXT, aliases TEXT NOT NULL,
  simulated INTEGER NOT NULL, site TEXT, place TEXT
) WITHOUT ROWID;
CREATE INDEX chip_host ON chip (host, id);
CREATE INDEX chip_model ON chip (model, id);
CREATE INDEX chip_site ON chip (site, id);
CREATE INDEX chip_place ON chip (place, id);
CREATE INDEX chip_site_place ON chip (site, place, id);
CREATE TABLE alias (
  alias TEXT NOT NULL COLLATE NOCASE, chip TEXT NOT NULL, PRIMARY KEY (alias, chip)
) WITHOUT ROWID;

CREATE TABLE event (
  id INTEGER PRIMARY KEY, idx INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
  mark TEXT NOT NULL, reason TEXT NOT NULL, host TEXT, chip TEXT, source TEXT NOT NULL,
  simulated INTEGER NOT NULL, late INTEGER NOT NULL
);
CREATE INDEX event_host ON event (host, id) WHERE host IS NOT NULL;
CREATE INDEX event_chip ON event (chip, id) WHERE chip IS NOT NULL;
CREATE TABLE delay (
  host TEXT NOT NULL, landmark TEXT NOT NULL, at INTEGER NOT NULL, idx INTEGER NOT NULL,
  ms REAL NOT NULL, PRIMARY KEY (host, landmark, at, idx)
) WITHOUT ROWID;
CREATE TABLE day (
  host TEXT NOT NULL, day INTEGER NOT NULL, letter TEXT NOT NULL, PRIMARY KEY (host, day)
) WITHOUT ROWID;

CREATE TABLE verdict (
  id INTEGER PRIMARY KEY, idx INTEGER NOT NULL, at INTEGER NOT NULL, host TEXT NOT NULL,
  site TEXT, kind TEXT NOT NULL, subject TEXT NOT NULL, question TEXT NOT NULL,
  value TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT NOT NULL, coalition TEXT NOT NULL,
  simulated INTEGER NOT NULL, state TEXT NOT NULL
);
CREATE INDEX verdict_host ON verdict (host, id);
CREATE INDEX verdict_site ON verdict (site, id);
CREATE TABLE finding (
  id INTEGER PRIMARY KEY, idx INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
  subject TEXT NOT NULL, reason TEXT NOT NULL, simulated INTEGER NOT NULL
);
CREATE INDEX finding_subject ON finding (subject, id);
CREATE INDEX finding_kind ON finding (kind, id);
CREATE TABLE mention (
  transcript TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (transcript, idx)
) WITHOUT ROWID;
CREATE TABLE tick (idx INTEGER PRIMARY KEY, at INTEGER NOT NULL);
CREATE TABLE disclosure (
  auditor TEXT NOT NULL, site TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,
  idx INTEGER NOT NULL, PRIMARY KEY (auditor, site, idx)
) WITHOUT ROWID;
