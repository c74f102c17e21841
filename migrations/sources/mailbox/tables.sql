-- What makes conversations out of mails. `thread` is the position of the first mail of it that was read; `into` the
-- earlier one that it turned out to be part of.

CREATE TABLE IF NOT EXISTS mailbox_mails (
  position INTEGER PRIMARY KEY, id TEXT UNIQUE, digest TEXT, thread INTEGER, at TEXT, author TEXT, own INTEGER,
  automatic INTEGER, bounced INTEGER, receivers TEXT, address TEXT, subject TEXT, topic TEXT, is_reply INTEGER,
  labels TEXT, language TEXT, chat INTEGER
);
CREATE TABLE IF NOT EXISTS mailbox_names (name TEXT PRIMARY KEY, thread INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mailbox_merges (thread INTEGER PRIMARY KEY, into_ INTEGER);
CREATE INDEX IF NOT EXISTS mailbox_by_thread ON mailbox_mails (thread);
CREATE INDEX IF NOT EXISTS mailbox_by_topic ON mailbox_mails (topic, at);
