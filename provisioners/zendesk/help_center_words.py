"""What translations and collections of the help centre must call alike."""

from __future__ import annotations

SITE = "site"
"""The output of an article: the help centre's own address, before the language."""
CONTENT_URL = "content_url"
"""The output of an attachment: where it is shown from."""
LARGEST = 20 * 1024 * 1024
"""Bytes of an attachment that the vendor takes (developer.zendesk.com, “Article Attachments”)."""
USUAL = "the usual one"
"""What says in a live permission group that an article has it where nothing is said."""
