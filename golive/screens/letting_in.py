"""The lists with which people let the customers of a soft launch in: domains, account ids, and the steps for them."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO, Any

from rich.markup import escape

from config.cohort import Organization, Why, is_member
from config.results.cohort import CohortDocument, LeftOut, Member
from config.words import counted
from golive.launch.census import Census, counting
from golive.launch.entry_steps import Lists, entry_steps, for_the_mail_server
from golive.launch.soft_launch import Launch
from golive.screens.cohort import WHY, organizations, steps_lines
from golive.terminal.screen import Screen

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a table would take for a formula if a cell began with it."""


@dataclass
class Admitted:
    """Who is let in. They stand in a file, one by one: there can be many."""

    kept: IO[str]
    domains: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    members: int = 0
    with_account_id: int = 0
    without_domain: int = 0

    def each(self) -> Iterator[dict[str, Any]]:
        """Every one of them, from the first on."""
        self.kept.seek(0)
        return map(json.loads, self.kept)

    def account_ids(self) -> Iterator[str]:
        """Those of all who have one that is not the helpdesk's own."""
        return (each["account_id"] for each in self.each() if each["is_known_elsewhere"])


def admitted(census: Census, organizations: Iterable[Organization], kept: IO[str], others: IO[str]) -> Admitted:
    """Who is let in at the census' stage, gone through once. kept, others: files for them, and for others' domains."""
    found = Admitted(kept)
    own: set[str] = set()
    for each, why in counting(census, organizations):
        if not is_member(why, census.stage) and each.marked is not True:
            others.writelines(f"{domain}\n" for domain in each.domains)
            continue
        kept.write(f"{json.dumps(_kept(each, why), ensure_ascii=False)}\n")
        own.update(each.domains)
        found.members += 1
        found.with_account_id += bool(each.account_ids)
    others.seek(0)
    found.domains, found.left_out = for_the_mail_server(own, (line.strip() for line in others))
    usable = set(found.domains)
    found.without_domain = sum(usable.isdisjoint(each["domains"]) for each in found.each())
    return found


def _kept(each: Organization, why: Why) -> dict[str, Any]:
    return {
        "organization": each.name,
        "id": each.id,
        "account_id": each.account_id,
        "domains": list(each.domains),
        "why": why,
        "marked": each.marked,
        "is_known_elsewhere": bool(each.account_ids),
    }


def document_of_entry(launch: Launch, document: CohortDocument, found: Admitted) -> CohortDocument:
    """The document with the lists and the steps."""
    lists = Lists(len(found.domains), found.with_account_id, launch.customers.outside_tag)
    return replace(
        document,
        members=[
            Member(**{name: part for name, part in each.items() if name != "is_known_elsewhere"})
            for each in found.each()
        ],
        domains=found.domains,
        account_ids=list(found.account_ids()),
        without_domain=found.without_domain,
        without_account_id=found.members - found.with_account_id,
        left_out=found.left_out,
        entry=entry_steps(launch.soft_launch, launch.opened.loaded.declaration, lists),
    )


def write_csv(found: Admitted) -> None:
    """One line for each domain, and one for each customer without any."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["domain", "account_id", "organization", "organization_id", "why", "marked"])
    barred = {each.domain for each in found.left_out}
    for each in found.each():
        for domain in [name for name in each["domains"] if name not in barred] or [""]:
            cells = [domain, each["account_id"] if each["is_known_elsewhere"] else "", each["organization"]]
            out.writerow([*map(_cell, cells), each["id"], WHY[each["why"]], "yes" if each["marked"] else "no"])


def _cell(text: str) -> str:
    """A cell that no table takes for a formula: a customer's name is anybody's to choose."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_text(screen: Screen, launch: Launch, document: CohortDocument, found: Admitted, *, aside: bool) -> None:
    """The lists and the steps. aside: the lists stand elsewhere, and the steps beside the result."""
    say = screen.note if aside else screen.say
    if not aside:
        say(f"[head]To be let in[/]: {organizations(found.members)} [quiet](declared: {escape(launch.said)})[/]\n")
        say(f"[head]{counted(len(found.domains), 'domain')}[/], for a rule of the mail server")
        for domain in found.domains:
            say(f"  {escape(domain)}")
        say()
        say(f"[head]{counted(found.with_account_id, 'account id')}[/], for a switch of the website")
        for identifier in found.account_ids():
            say(f"  {escape(identifier)}")
        say()
    if found.without_domain:
        many = organizations(found.without_domain)
        say(f"[change]{many} without a domain of their own[/]: no rule of a mail server knows them.")
    if document.without_account_id:
        say(f"[change]{organizations(document.without_account_id)} without an account id[/]: no website knows them.")
    if found.without_domain or document.without_account_id:
        say()
    for line in steps_lines(document):
        say(escape(line))
    if not document.entry:
        say("The files say under `entry` for no channel how its customers are led to it.")
