"""The command line: one module per verb; it wires the rooms."""
