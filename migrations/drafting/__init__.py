"""Macros and articles of an old tool as drafts in the grammar of config/, and its rules as a list for people."""
