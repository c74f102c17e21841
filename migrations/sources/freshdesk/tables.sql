-- What is known of Freshdesk beside the records. A ticket stands in `freshdesk_tickets` once it was read to its end, with
-- the time of its last change, so that none is read twice. `freshdesk_tried`: tickets that mergers name, once they were
-- looked for. `freshdesk_gone`: people who are named and in no list.

CREATE TABLE IF NOT EXISTS freshdesk_tickets (id TEXT PRIMARY KEY, updated TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS freshdesk_labels (
  sort TEXT, number TEXT, label TEXT NOT NULL, PRIMARY KEY (sort, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS freshdesk_merges (ticket TEXT PRIMARY KEY, into_ TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS freshdesk_gone (id TEXT PRIMARY KEY, is_team INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS freshdesk_tried (id TEXT PRIMARY KEY) WITHOUT ROWID;
