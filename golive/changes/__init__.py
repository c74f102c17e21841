"""What a change means: who notices it, how risky it is, who gets mail."""
