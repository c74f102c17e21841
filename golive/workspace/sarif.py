"""Findings in SARIF 2.1.0 (OASIS), which code scanning and editors read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from config.characters import visible
from config.findings import Finding
from config.rules.catalogue import catalogue
from golive.home import home
from golive.terminal.fault import Fault
from golive.terminal.inert import ZERO

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HELP = {
    "checklist": "What gates ask for is there, with people and figures, and what is left out has a reason.",
}
"""The first word of the id of rules that the catalogue does not have → what they are about."""
_LEVELS = {"error": "error", "warning": "warning", "note": "note"}


def sarif(findings: Iterable[Finding], above: str = "") -> dict[str, Any]:
    """The document of findings that are sorted already. above: the workspace's place in its repository."""
    found = list(findings)
    rules = list(dict.fromkeys(each.rule for each in found))
    results = [_result(each, rules.index(each.rule), above) for each in found]
    return _document(results, [_rule(each) for each in rules], {"executionSuccessful": True})


def failed_sarif(fault: Fault) -> dict[str, Any]:
    """The document where nothing could be checked."""
    said = " ".join(part for part in (fault.what, fault.why, fault.do) if part)
    notification = {"level": "error", "message": {"text": _plain(said)}, "descriptor": {"id": fault.code}}
    return _document([], [], {"executionSuccessful": False, "toolExecutionNotifications": [notification]})


def about(rule: str) -> str:
    """What a rule says and why; of one that the catalogue does not have, what its first word stands for."""
    known = catalogue().get(rule)
    return f"{known.what} {known.why}" if known else HELP.get(rule.partition(".")[0], "")


def _document(results: list[Any], rules: list[Any], invocation: dict[str, Any]) -> dict[str, Any]:
    address = home()
    driver = {
        "name": "golive",
        "semanticVersion": version("golive"),
        **({"informationUri": address} if address else {}),
        "rules": rules,
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(identifier: str) -> dict[str, Any]:
    said = about(identifier)
    known = catalogue().get(identifier)
    page, option = ("checklists", "--checklists") if identifier.startswith("checklist.") else ("kinds", "--kinds")
    more = f"What can be written stands in docs/{page}.md of golive; `golive schema {option}` prints it."
    if known:
        more = f"{known.fix} The rule stands in docs/rules.md of golive. {more}"
    return {
        "id": identifier,
        "shortDescription": {"text": said},
        "help": {"text": f"{said} {more}", "markdown": f"{said}\n\n{more}"},
    }


def _result(finding: Finding, index: int, above: str) -> dict[str, Any]:
    place = finding.position
    text = f"{finding.message}. {finding.hint}" if finding.hint else finding.message
    known = hashlib.sha256("\n".join((finding.rule, place.file, finding.path, finding.lasting_message)).encode())
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(text)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(f"{above}{place.file}")},
                    "region": {"startLine": place.line, "startColumn": place.column},
                },
                **({"logicalLocations": [{"fullyQualifiedName": visible(finding.path)}]} if finding.path else {}),
            }
        ],
        "partialFingerprints": {"golive/1": known.hexdigest()[:32]},
    }


def _plain(text: str) -> str:
    """A message that links to nothing: `[…](…)` is a link in SARIF (section 3.11.6)."""
    return visible(text).replace("](", f"]{ZERO}(")
