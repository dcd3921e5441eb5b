-- What people wrote about sites, by the index of its entry; the hash is that of what was said.
CREATE TABLE note (
  idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL,
  corrects INTEGER, hash TEXT NOT NULL, said TEXT NOT NULL
);
CREATE INDEX note_site ON note (site, idx);
CREATE INDEX note_corrects ON note (corrects, idx) WHERE corrects IS NOT NULL;
CREATE INDEX note_hash ON note (hash, idx);
