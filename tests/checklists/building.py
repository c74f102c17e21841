"""A project of a few lines with a method of its own: its checklist, what it declares, and its log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from checklists.book import read_book
from checklists.checklist import Checklist
from checklists.circumstances import Circumstances
from checklists.judging import judge_all
from checklists.loading import merged, with_people
from checklists.moments import moment
from checklists.verdict import Verdict
from config.chain import Chain
from config.declaration import Declaration
from config.document import parse_document
from config.environment import Environment
from config.loading import load_documents
from config.results.log_entry import Actor, EntrySort
from tests.checklists import logs

ANA = Actor("Ana Wolf", "ana@acme.example", ("head_of_support",), "ana")
BEN = Actor("Ben Okoro", "ben@acme.example", ("consultant",), "ben")
CAI = Actor("Cai Ito", "cai@acme.example", ("finance",), "cai")
PEOPLE = """\
people:
  ana: {name: Ana Wolf, email: ana@acme.example, roles: [head_of_support]}
  ben: {name: Ben Okoro, email: ben@acme.example, roles: [consultant]}
  cai: {name: Cai Ito, email: cai@acme.example, roles: [finance]}
"""
Said = tuple[EntrySort, str, Actor, dict[str, Any]]
"""Sort, time (ISO 8601, UTC), who, data."""


def checklist_of(text: str, method: str = "", people: str = PEOPLE) -> Checklist:
    """The checklist of a project's file, over a method of a few lines. It has no mistakes."""
    reference = (parse_document(method, "golive:method.yaml"),) if method else ()
    loaded = merged(reference, [parse_document(people + text, "checklists/project.yaml")])
    assert loaded.findings == [], loaded.findings
    return loaded.checklist


def declaration_of(text: str) -> Declaration:
    """What a file of `config/` declares."""
    company = "company: {name: Acme, default_locale: en-US}\n"
    loaded = load_documents([parse_document(company + text, "config/own.yaml")], {})
    assert loaded.errors == [], loaded.errors
    return loaded.declaration


def chain_of(*said: Said) -> Chain:
    """A log with these entries, one behind the other, as golive writes it."""
    lines: list[str] = []
    for sort, at, by, data in said:
        lines = logs.added(lines, sort, at, data, by)
    return logs.chain_of(lines)


def circumstances_of(
    checklist: Checklist, chain: Chain, now: str, declaration: Declaration | None = None
) -> Circumstances:
    """What is known at a time; nobody has looked at any system."""
    declared = declaration or Declaration()
    book = read_book(chain)
    at: datetime = book.now(moment(now))
    return Circumstances(at, checklist, declared, book, with_people(checklist, declared))


def verdicts_of(known: Circumstances) -> dict[str, Verdict]:
    """The state of every item."""
    return {each.item: each for each in judge_all(known)}


def environment_of(**more: Any) -> Environment:
    """An environment with a helpdesk."""
    helpdesk = {"type": "zendesk", "url": "https://acme.zendesk.com", "token": "env:ZENDESK_TOKEN"}
    return Environment(**{"state": "local", "systems": {"helpdesk": helpdesk}, **more})
