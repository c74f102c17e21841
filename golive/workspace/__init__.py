"""A workspace and what it reaches: opened, checked, made; its repository, its log, its systems."""
