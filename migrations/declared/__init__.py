"""What a file in `migrations/` says: where the past is, what becomes of it, and who has decided so."""
