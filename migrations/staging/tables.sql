-- What was read from one source. Times are text in UTC; `data` is the whole record, as migrations/records writes it.

CREATE TABLE IF NOT EXISTS notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS parts (
  name TEXT PRIMARY KEY,
  checkpoint TEXT NOT NULL DEFAULT '',
  is_read INTEGER NOT NULL DEFAULT 0,
  taken INTEGER NOT NULL DEFAULT 0,
  raw_length INTEGER NOT NULL DEFAULT 0,
  began TEXT NOT NULL,
  ended TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS organizations (id TEXT PRIMARY KEY, name TEXT, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS groups (id TEXT PRIMARY KEY, name TEXT, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (id TEXT PRIMARY KEY, email TEXT, side TEXT, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tickets (
  id TEXT PRIMARY KEY, at TEXT, status TEXT, channel TEXT, team TEXT, language TEXT, requester TEXT, data TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS comments (
  id TEXT PRIMARY KEY, ticket TEXT, at TEXT, public INTEGER, author TEXT, data TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS attachments (
  id TEXT PRIMARY KEY, ticket TEXT, comment TEXT, digest TEXT, size INTEGER, data TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, url TEXT, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS macros (id TEXT PRIMARY KEY, name TEXT, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rules (id TEXT PRIMARY KEY, name TEXT, data TEXT NOT NULL);

CREATE INDEX IF NOT EXISTS comments_of_tickets ON comments (ticket, at, id);
CREATE INDEX IF NOT EXISTS attachments_of_tickets ON attachments (ticket);
CREATE INDEX IF NOT EXISTS tickets_of_requesters ON tickets (requester, at);
CREATE INDEX IF NOT EXISTS people_by_email ON people (email);

CREATE TABLE IF NOT EXISTS left_out (
  type TEXT, id TEXT, fate TEXT, reason TEXT, detail TEXT, month TEXT, status TEXT, channel TEXT, PRIMARY KEY (type, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS remarks (
  type TEXT, id TEXT, what TEXT, detail TEXT, PRIMARY KEY (type, id, what)
) WITHOUT ROWID;
