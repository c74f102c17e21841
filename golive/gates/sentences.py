"""Entries of the log as sentences."""

from __future__ import annotations

from collections import Counter
from typing import Any

from checklists.book import signer_of
from checklists.checklist import Checklist
from checklists.glass import RUNS
from config.phases import phase_words
from config.results.log_entry import LogEntry


def entry_said(entry: LogEntry, checklist: Checklist) -> str:
    """What an entry says, in one sentence."""
    practised = " (practised)" if entry.data.get("practice") else ""
    return f"{_said(entry, checklist)}{practised}"


def _said(entry: LogEntry, checklist: Checklist) -> str:
    who, data = entry.by.name, entry.data
    item = _item(data, checklist)
    phase = phase_words(str(data.get("phase", "")))
    match entry.entry:
        case "signed" if data.get("on_behalf_of"):
            return f"{who} noted that {signer_of(entry).name} signed {item}{_shown(data)}"
        case "withdrawn" if data.get("on_behalf_of"):
            return f"{who} noted that {signer_of(entry).name} withdrew the signature of {item}{_shown(data)}"
        case "signed":
            return f"{who} signed {item}{_noted(data)}"
        case "withdrawn":
            return f"{who} withdrew the signature of {item}"
        case "attached":
            what = ", ".join([*data.get("files", {}), *data.get("links", ())]) or data.get("note", "")
            return f"{who} attached to {item}: {what}"
        case "waiver_asked":
            return f"{who} asked to accept the risk of {item} until {data['until']}: {data['reason']}"
        case "waiver_approved":
            return f"{who} accepted the risk of {item}"
        case "waiver_denied":
            return f"{who} did not accept the risk of {item}"
        case "waiver_revoked":
            return f"{who} ended the acceptance of the risk of {item}"
        case "decided":
            return f"{who} decided {data['decision'].replace('_', '-')} for the {phase}{_depends(data)}{_against(data)}"
        case "action_done":
            return f"{who} fulfilled a condition of a decision{_noted(data)}"
        case "advance_started":
            return f"{who} began the advance to {phase}"
        case "advanced":
            return f"{who} entered {phase}"
        case "retreat_started":
            return f"{who} began the way back to {phase}: {data.get('reason', '')}"
        case "retreated":
            return f"{who} went back to {phase}"
        case "glass_broken":
            return f"{who} broke the glass {_for_what(data, phase)}: {data['reason']}"
        case "glass_confirmed":
            late = ", later than 24 hours after it" if data.get("late") else ""
            return f"{who} confirmed the broken glass{late}{_noted(data)}"
        case "glass_reviewed":
            return f"{who} reviewed the broken glass{_noted(data)}"
        case "tried":
            return f"{who} tried the channel {data['channel']}: {data['result']}"
        case "alert_tried":
            return f"{who} tried the alert {data['alert']}: {data['result']}"
        case "address_tried":
            return f"{who} tried the old address {data['address']}: {data['result']}"
        case "migration_verified":
            return f"{who} compared the migration {data['migration']}: {data['result']}"
        case "redirects_checked":
            return f"{who} asked for the old pages of {data['migration']}: {data['result']}"
        case "sample_drawn":
            return f"{who} drew {len(data['tickets']):,} tickets of the migration {data['migration']} to look at"
        case "sample_judged":
            return f"{who} looked at tickets of the migration {data['migration']}: {_judged(data)}"
        case "watched":
            return f"{who} watched: {data.get('said', '')}"
        case "cohort_grown":
            return f"{who} grew the cohort to {data.get('organizations')} organisations"
    return f"{who}: {entry.entry.replace('_', ' ')}"


def _judged(data: Any) -> str:
    """`12 ok, 1 cosmetic`."""
    counted = Counter(each["verdict"] for each in data["verdicts"].values())
    return ", ".join(f"{number:,} {word}" for word, number in counted.most_common()) or "nothing"


def _item(data: Any, checklist: Checklist) -> str:
    listed = checklist.items.get(str(data.get("item", "")))
    return f"“{listed.item.name}”" if listed and listed.item.name else str(data.get("item", ""))


def _for_what(data: Any, phase: str) -> str:
    return f"to run golive {phase} in a freeze" if phase in RUNS else f"for the {phase}"


def _shown(data: Any) -> str:
    """By what somebody noted it for another."""
    where = data["on_behalf_of"].get("evidence") or (data.get("review") or {}).get("url")
    return f" ({where})" if where else ""


def _noted(data: Any) -> str:
    return f": {data['note']}" if data.get("note") else ""


def _depends(data: Any) -> str:
    said = [f"{each['what']} ({each['who']}, until {each['due']})" for each in data.get("conditions", ())]
    return f"; it depends on: {'; '.join(said)}" if said else ""


def _against(data: Any) -> str:
    said = [f"{each['who']}: {each['said']}" for each in data.get("dissent", ())]
    return f"; against it: {'; '.join(said)}" if said else ""
