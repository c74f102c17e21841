"""The samples in `samples/good` and `samples/bad`, read for the tests that use them.

A bad sample's first line is `# RULE LINE:COLUMN SEVERITY JUDGE`. JUDGE says who can see the mistake: `yaml` the
reader of files, `structural` the JSON Schema too, `across` only the models and rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.document import Document, parse_document
from config.findings import Finding
from config.loading import Loaded, load_documents

FOLDER = Path(__file__).parent / "samples"
VALUES = {
    "support_address": "support@halden.example",
    "support_name": "Halden",
    "pager_url": "https://pager.example/hook",
}
GOOD = sorted((FOLDER / "good").glob("*.yaml"))
BAD = sorted((FOLDER / "bad").glob("*.yaml"))


@dataclass(frozen=True)
class Expected:
    rule: str
    line: int
    column: int
    severity: str
    judge: str


def expected(path: Path) -> Expected:
    words = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split()
    rule, place, severity, judge = words
    line, column = place.split(":")
    return Expected(rule, int(line), int(column), severity, judge)


def declared(text: str, name: str = "config/test.yaml") -> Loaded:
    """What a text declares, with the values above."""
    return load_documents([parse_document(text, name)], VALUES)


def documents(**texts: str) -> list[Document]:
    """Several files, by name without ending."""
    return [parse_document(text, f"config/{name}.yaml") for name, text in texts.items()]


def findings(text: str) -> list[Finding]:
    """All findings of a text but notes."""
    return [each for each in declared(text).findings if each.severity != "note"]


def rules(text: str) -> list[str]:
    """The rule ids of all findings of a text but notes."""
    return [each.rule for each in findings(text)]
