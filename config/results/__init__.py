"""What commands print with `--json`: one typed document per verb, with its JSON Schema in `config/schemas/results/`."""
