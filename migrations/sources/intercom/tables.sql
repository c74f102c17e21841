-- What is known of Intercom beside the records. `intercom_seen`: what was read to its end, with the time of its last
-- change, so that nothing is read twice. `intercom_both`: conversations that are a customer's ticket as well.
-- `intercom_named`: people whom something names and no list had. `intercom_words`: the names of tags by their ids, and of
-- attributes that are times. `intercom_marks`: when reading a list began, by the vendor's clock.

CREATE TABLE IF NOT EXISTS intercom_seen (
  type TEXT, id TEXT, updated TEXT NOT NULL, PRIMARY KEY (type, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS intercom_both (ticket TEXT PRIMARY KEY, conversation TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS intercom_named (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS intercom_words (sort TEXT, id TEXT, word TEXT NOT NULL, PRIMARY KEY (sort, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS intercom_marks (name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
