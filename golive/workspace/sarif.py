"""Findings in SARIF 2.1.0 (OASIS), which code scanning and editors read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from config.characters import visible
from config.findings import Finding
from golive.home import home
from golive.terminal.fault import Fault
from golive.terminal.inert import ZERO
from provisioners.system import systems

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HELP = {
    "actions": "What a rule or macro does has to exist, and be possible in that place.",
    "applied": "It is checked and not sent: this version does not set it up yet.",
    "channels": "Addresses are unique, and one of them is the default.",
    "checklist": "What gates ask for is there, with people and figures, and what is left out has a reason.",
    "conditions": "A rule asks for fields that exist, with operators and values that fit them, in that place.",
    "crm": "The CRM's account id needs one place that exists.",
    "environment": "An environment file says which systems there are, where, and whose they must be.",
    "existing": "What is in the system already is named, and is not written.",
    "mapping": "One CRM field fills one field of the helpdesk that can hold it.",
    "name": "Names by which a system finds its objects are there once.",
    "options": "A tag belongs to one option in the whole account.",
    "order": "Where an order matters, it is said once.",
    "people": "An e-mail address belongs to one person, and a default group is one of the person's groups.",
    "placeholders": "Placeholders name fields that exist, and say something at the moment at which they are used.",
    "priorities": "There are four priorities: urgent, high, normal and low.",
    "reference": "What names another object names one that is declared.",
    "rollout": "A soft launch says who is in it, and leads each of them in by a way that there is.",
    "schedules": "Holidays lie within what the system takes.",
    "schema": "Kinds, keys, attributes and values are those of the vocabulary: `golive schema --kinds` prints all; "
    "`--checklists` what stands in checklists/.",
    "secrets": "A secret is named (`env:NAME`) where one belongs, and stands nowhere.",
    "settings": "What other rules count on is switched on.",
    "sla_policies": "A promise can be reached, and a warning comes before it is broken.",
    "slack_channels": "What is posted fits into what Slack takes.",
    "systems": "What stands under a vendor's name is what that system takes.",
    "texts": "Texts are there in the languages that are promised, and hide nothing.",
    "ticket_fields": "Keys of fields are not words that mean something else already.",
    "ticket_forms": "A form's fields exist, and one form is the default.",
    "values": "What `${values.NAME}` names stands in every environment's file.",
    "was": "A former key is no longer in use, and becomes one object.",
    "workspace": "Pulumi.yaml says that this is a golive workspace, and which golive it needs.",
    "x-allow": "An exception names a rule that exists, with a reason.",
    "yaml": "Files are plain YAML: no tabs, no tags, no merge keys, each key once.",
}
"""The first word of a rule's id → what its rules are about."""
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
    """What a rule is about, by the first word of its id; a system's own rules stand under its name."""
    family = rule.partition(".")[0]
    system = systems().get(family)
    return HELP.get(family) or f"What {system.title if system else family} can carry, and in which form."


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
    page, option = ("checklists", "--checklists") if identifier.startswith("checklist.") else ("kinds", "--kinds")
    more = f"What can be written stands in docs/{page}.md of golive; `golive schema {option}` prints it."
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
