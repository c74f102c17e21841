"""A migration with its workspace: opened, read, sent, looked at."""
