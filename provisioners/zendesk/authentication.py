"""What payloads say of credentials that only Zendesk knows."""

KEPT = "kept"
"""In place of a secret: the credentials that are there stay as they are."""
