"""The samples in `samples/good` and `samples/bad`, read for the tests that use them.

A bad sample's first line is `# RULE LINE:COLUMN SEVERITY JUDGE`. JUDGE says who can see the mistake: `yaml` the
reader of files, `structural` the JSON Schema too, `across` only models and checks.
"""

from __future__ import annotations

from pathlib import Path

from checklists.loading import LoadedChecklist, merged, method
from checklists.rules import check_checklist
from config.document import Unreadable, parse_document, read_document
from config.findings import Finding
from golive.documentation.examples import client

FOLDER = Path(__file__).parent / "samples"
GOOD = sorted((FOLDER / "good").glob("*.yaml"))
BAD = sorted((FOLDER / "bad").glob("*.yaml"))


def judge_of(path: Path) -> str:
    """Who can see the mistake of a bad sample."""
    return path.read_text(encoding="utf-8").splitlines()[0].split()[-1]


def loaded(*texts: str) -> LoadedChecklist:
    """The method's checklist with what the texts of some files say over it. Raises Unreadable."""
    documents = [parse_document(text, f"checklists/{number}.yaml") for number, text in enumerate(texts)]
    whole = merged(method(), documents)
    whole.files = len(documents)
    return whole


def findings(*texts: str) -> list[Finding]:
    """All findings of some files' texts but notes, beside the small client of the documentation."""
    try:
        whole = loaded(*texts)
    except Unreadable as broken:
        return [broken.finding]
    found = [*whole.findings, *check_checklist(whole, client().declaration)]
    return [each for each in found if each.severity != "note"]


def notes(*texts: str) -> list[Finding]:
    """The notes about some files' texts."""
    found = check_checklist(loaded(*texts), client().declaration)
    return [each for each in found if each.severity == "note"]


def data_of(path: Path) -> object:
    """A sample's plain data."""
    return read_document(path, path.name).data
