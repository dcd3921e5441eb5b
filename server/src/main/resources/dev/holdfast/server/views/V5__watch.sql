-- What the watch remembers (by kind and key, as it writes it), what it found, and the cases of it.
ALTER TABLE site ADD COLUMN installed INTEGER;
ALTER TABLE finding ADD COLUMN severity TEXT NOT NULL DEFAULT 'low';
ALTER TABLE finding ADD COLUMN causes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE finding ADD COLUMN about TEXT NOT NULL DEFAULT '[]';
ALTER TABLE finding ADD COLUMN watched INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN story INTEGER;
CREATE INDEX finding_story ON finding (story, id) WHERE story IS NOT NULL;
CREATE INDEX finding_severity ON finding (severity, id);
CREATE TABLE watch (
  kind TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE story (
  number INTEGER PRIMARY KEY, since INTEGER NOT NULL, last INTEGER NOT NULL, severity TEXT NOT NULL,
  findings INTEGER NOT NULL, state TEXT NOT NULL, assignee TEXT, proposer TEXT, outcome TEXT,
  simulated INTEGER NOT NULL
);
CREATE INDEX story_state ON story (state, number);
CREATE TABLE story_about (
  name TEXT NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (name, story)
) WITHOUT ROWID;
CREATE INDEX story_about_story ON story_about (story, name);
CREATE TABLE story_merged (number INTEGER PRIMARY KEY, kept INTEGER NOT NULL);
CREATE TABLE act (
  idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, story INTEGER NOT NULL, actor TEXT NOT NULL,
  kind TEXT NOT NULL, said TEXT NOT NULL
);
CREATE INDEX act_story ON act (story, idx);
-- What people declared of chips, by the index of its entry.
CREATE TABLE custody (
  idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL,
  site TEXT, actor TEXT NOT NULL, said TEXT NOT NULL
);
CREATE INDEX custody_kind ON custody (kind, idx);
CREATE INDEX custody_site ON custody (site, idx) WHERE site IS NOT NULL;
