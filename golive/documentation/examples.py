"""The examples of the documentation: one small client in the folder `client`, a file for each kind and chapter.

They are loaded as a workspace's files are. So they are valid, and what this version does not send of them is known.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from config.document import Document, is_within, parse_document, read_document
from config.findings import Finding
from config.loading import Loaded, load_documents

EXAMPLES = Path(__file__).parent / "client"
FIRST_FILE = Path(__file__).parent / "first_file.yaml"
VALUES = {
    "support_address": "support@fernhill.example",
    "help_center": "https://help.fernhill.example",
    "pager_url": "https://pager.example/alerts",
}


@cache
def example(name: str) -> str:
    """One example as it stands in its file."""
    return (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8").strip()


@cache
def client() -> Loaded:
    """All examples together."""
    return load_documents(_documents(), VALUES, EXAMPLES)


def with_candidates(data: dict[str, Any]) -> Loaded:
    """The examples and some more objects, as if these stood in a file of their own."""
    return load_documents([*_documents(), parse_document(json.dumps(data), "candidates.yaml")], VALUES, EXAMPLES)


def _documents() -> list[Document]:
    return [read_document(path, path.name) for path in sorted(EXAMPLES.glob("*.yaml"))]


def not_sent(place: str) -> list[Finding]:
    """What this version only checks of the objects at a place of the document, such as `integrations.crm.fields`."""
    notes = [each for each in client().findings if each.rule == "applied.not-yet"]
    return [each for each in notes if is_within(each.path, place)]
