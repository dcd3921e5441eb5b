-- What was decided, by the index of its entry.
CREATE TABLE decision (
  idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, item TEXT NOT NULL,
  destination TEXT NOT NULL, outcome TEXT NOT NULL, said TEXT NOT NULL
);
CREATE INDEX decision_item ON decision (item, idx);
CREATE INDEX decision_destination ON decision (destination, idx);
CREATE INDEX decision_outcome ON decision (outcome, idx);
