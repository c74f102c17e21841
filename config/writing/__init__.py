"""Writing YAML that people go on editing: new entries in the house's style, changes that touch nothing else."""
