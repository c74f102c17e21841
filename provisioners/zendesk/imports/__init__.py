"""Zendesk takes history in: tickets with comments and files, and the people and organizations before them."""
