"""What can be declared: kinds, loader, references, rules, schemas. Knows none of the other rooms."""
