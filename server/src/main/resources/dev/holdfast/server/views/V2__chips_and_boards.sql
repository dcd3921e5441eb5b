-- What chips signed and hosts told of them, and the boards that follow.
ALTER TABLE tick ADD COLUMN challenge TEXT;
CREATE INDEX tick_challenge ON tick (challenge) WHERE challenge IS NOT NULL;

CREATE TABLE device_root (hash TEXT PRIMARY KEY, pem BLOB NOT NULL, ord INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE device_revocation (
  hash TEXT PRIMARY KEY, der BLOB NOT NULL, ord INTEGER NOT NULL
) WITHOUT ROWID;

-- Whether nobody declared a chip, so that it is listed by what evidence or a host says alone.
ALTER TABLE chip ADD COLUMN own INTEGER NOT NULL DEFAULT 0;

-- A chip by what it is keyed by, the listed chip that it is taken for, and by whose word it is.
CREATE TABLE known_chip (
  id TEXT PRIMARY KEY, chip TEXT NOT NULL, link TEXT NOT NULL, state TEXT NOT NULL,
  -- When and for which key of which host it last signed freshly; null where it never did.
  signed INTEGER, host TEXT, key TEXT
) WITHOUT ROWID;
CREATE INDEX known_chip_chip ON known_chip (chip, id);
CREATE TABLE known_alias (
  kind TEXT NOT NULL, value TEXT NOT NULL, chip TEXT NOT NULL, PRIMARY KEY (kind, value, chip)
) WITHOUT ROWID;

CREATE TABLE board (
  id TEXT PRIMARY KEY, basis TEXT NOT NULL, grade TEXT NOT NULL, since INTEGER NOT NULL,
  heard INTEGER NOT NULL, members INTEGER NOT NULL, away INTEGER NOT NULL, host TEXT NOT NULL,
  site TEXT, simulated INTEGER NOT NULL, state TEXT NOT NULL,
  -- From best to worst, so that lists have orders.
  rank INTEGER AS (CASE grade WHEN 'intact' THEN 0 WHEN 'partial' THEN 1 ELSE 2 END)
) WITHOUT ROWID;
CREATE INDEX board_rank ON board (rank, id);
CREATE INDEX board_since ON board (since, id);
CREATE INDEX board_site ON board (site, id);
CREATE TABLE board_mark (
  mark TEXT NOT NULL, basis TEXT NOT NULL, board TEXT NOT NULL, PRIMARY KEY (mark, basis, board)
) WITHOUT ROWID;
CREATE TABLE board_member (
  chip TEXT NOT NULL, basis TEXT NOT NULL, board TEXT NOT NULL, PRIMARY KEY (chip, basis, board)
) WITHOUT ROWID;

-- The newest inventory of a host by each source.
CREATE TABLE inventory (
  host TEXT NOT NULL, source TEXT NOT NULL, at INTEGER NOT NULL, idx INTEGER NOT NULL,
  said TEXT NOT NULL, PRIMARY KEY (host, source)
) WITHOUT ROWID;
