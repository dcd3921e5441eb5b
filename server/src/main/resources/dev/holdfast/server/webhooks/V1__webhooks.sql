-- Who is told of what, and what was sent. None of this follows from the ledger, so it is no view;
-- secrets are in files of their own.
CREATE TABLE webhook (
  id TEXT PRIMARY KEY, url TEXT NOT NULL, events TEXT NOT NULL, language TEXT NOT NULL,
  pages TEXT NOT NULL, actor TEXT NOT NULL, since INTEGER NOT NULL,
  -- The first entry of the ledger that it is told of.
  first INTEGER NOT NULL,
  -- Which secret signs, and since when.
  generation INTEGER NOT NULL, rotated INTEGER NOT NULL,
  -- Why nothing is sent to it; null where something is.
  disabled TEXT
) WITHOUT ROWID;
CREATE TABLE message (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, webhook TEXT NOT NULL,
  type TEXT NOT NULL, idx INTEGER, made INTEGER NOT NULL, body TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL, next INTEGER, until INTEGER NOT NULL
);
CREATE INDEX message_webhook ON message (webhook, number);
CREATE INDEX message_next ON message (next) WHERE next IS NOT NULL;
CREATE TABLE attempt (
  message TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, status INTEGER,
  problem TEXT, millis INTEGER NOT NULL, PRIMARY KEY (message, number)
) WITHOUT ROWID;
-- The entry of the ledger behind the last one whose notices were taken over.
CREATE TABLE taken (one INTEGER PRIMARY KEY CHECK (one = 0), next INTEGER NOT NULL);
