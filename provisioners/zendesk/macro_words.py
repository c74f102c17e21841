"""What translations and collections of macros must call alike."""

from __future__ import annotations

FILES = "attachments"
"""The attribute of a macro's payload that lists its files, each as {file, digest, size}."""
MOST = 5
"""Files of one macro (developer.zendesk.com, “Macros”: up to five attachments)."""
LARGEST = 50 * 1024 * 1024
"""Bytes of a file that any account takes (support.zendesk.com, “Attachment size limits”). An account can have a lower
limit, which a plan asks it for."""
