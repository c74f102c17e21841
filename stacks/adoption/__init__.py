"""Live objects that nobody has declared become YAML: which there are, what is said of them, and where it is written."""
