"""What can go wrong with a call on demand, in words. Data only: the command line shows it too."""

from __future__ import annotations

KINDS = {
    "latency": "the answer comes late, by --value milliseconds",
    "throttle": "the vendor's limit is reached (429), for --value seconds (1)",
    "throttle_without_header": "the same, and the answer does not say for how long",
    "error_500": "the vendor answers with its own error",
    "error_503": "the vendor is not available",
    "cut_before": "the connection closes without an answer, before the call took effect",
    "cut_after": "the same, after it took effect",
    "truncated": "half of the answer, after the call took effect",
    "html": "a page instead of the vendor's JSON, without effect, with the status --value (200)",
    "drop_field": "the field named --value vanishes from what is written",
    "unauthorized": "the token has ended",
    "forbidden": "the token's rights are narrower than before",
    "lag": "lists do not show what was made in the last --value seconds (5)",
    "omit": "lists leave out a share of their items (--value 0.3), or the item with the id --value",
}
"""Kind → what it does, with what `--value` means for it."""

WITH_NUMBER = frozenset({"latency", "throttle", "html", "lag"})
"""Kinds whose value is a number."""
