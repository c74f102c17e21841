"""Apps that are installed: a list only. Installing one takes a person who agrees to what it may do.

Source: developer.zendesk.com, “App Installations”.
"""

from __future__ import annotations

from sandbox.zendesk.resource import Resource

INSTALLATIONS = Resource(
    path="apps/installations",
    one="installation",
    many="installations",
    attributes={"app_id": "id", "product": "text", "enabled": "flag", "paid": "flag", "settings": "object"},
    defaults={"app_id": None, "product": "support", "enabled": True, "paid": False, "settings": {}},
    verbs=frozenset({"list", "show"}),
    has_url=False,
    paged=False,
)
