-- What the source has to know across pages.

-- Lists of the account by which ids become names: `list` as golive calls it, `data` the object as the vendor gave it.
CREATE TABLE IF NOT EXISTS zendesk_lists (
  list TEXT, id TEXT, data TEXT NOT NULL, PRIMARY KEY (list, id)
) WITHOUT ROWID;

-- Tickets that became part of another one: what they say themselves (empty where they do not), and what others say.
CREATE TABLE IF NOT EXISTS zendesk_merged (ticket TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS zendesk_taken_in (ticket TEXT PRIMARY KEY, target TEXT NOT NULL) WITHOUT ROWID;
