"""A plan with a person before it: shown, agreed to, saved, carried out, taken back."""
