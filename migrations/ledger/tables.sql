-- What was sent to one helpdesk from one source. Each step is written down before the next one is taken.

CREATE TABLE IF NOT EXISTS notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS runs (
  id INTEGER PRIMARY KEY, verb TEXT NOT NULL, began TEXT NOT NULL, ended TEXT NOT NULL DEFAULT '',
  version TEXT NOT NULL, mapping TEXT NOT NULL, calls INTEGER NOT NULL DEFAULT 0
);

-- state: intended (the call may have been made), begun (the vendor has named a job), settled
CREATE TABLE IF NOT EXISTS batches (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL, type TEXT NOT NULL, action TEXT NOT NULL, state TEXT NOT NULL,
  job TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL, intended TEXT NOT NULL, settled TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS batches_open ON batches (state) WHERE state <> 'settled';

-- state: intended, made, matched, failed, skipped, removed
CREATE TABLE IF NOT EXISTS entries (
  type TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL DEFAULT '', state TEXT NOT NULL,
  batch INTEGER, place INTEGER, reason TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL DEFAULT '', at TEXT NOT NULL,
  trial INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (type, source)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_of_batches ON entries (batch, place);
CREATE INDEX IF NOT EXISTS entries_by_state ON entries (type, state);
CREATE INDEX IF NOT EXISTS entries_by_target ON entries (type, target);

-- ids that a record had before; until: when it was deleted there, empty while it is there; purged: when for good;
-- untouched: work on it from then on is somebody's; kept: why it stays for a person, empty where it goes
CREATE TABLE IF NOT EXISTS former (
  type TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, until TEXT NOT NULL, purged TEXT NOT NULL DEFAULT '',
  untouched TEXT NOT NULL DEFAULT '', kept TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (type, source, target)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS former_there ON former (type, source) WHERE until = '';
CREATE INDEX IF NOT EXISTS former_unpurged ON former (type, source) WHERE purged = '';
