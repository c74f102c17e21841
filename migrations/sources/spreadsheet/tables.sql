-- Which rows were tickets, and rows of event logs until all are known. `place` is the file and line. The events get their
-- index when all are there: it is quicker then.

CREATE TABLE IF NOT EXISTS spreadsheet_tickets (id TEXT PRIMARY KEY, digest TEXT, place TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spreadsheet_same (id TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spreadsheet_events (ticket TEXT, at TEXT, part TEXT, line INTEGER, data TEXT);
CREATE TABLE IF NOT EXISTS spreadsheet_empty (file TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
