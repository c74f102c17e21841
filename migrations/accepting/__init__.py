"""The sample that people look at before they say that a migration is good: drawn, and shown old beside new."""
