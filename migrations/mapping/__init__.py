"""From the old tool's words to the new one's: found, proposed, and decided by people."""
