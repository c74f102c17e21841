"""The account itself, list by list: what ids mean, and macros and rules in words.

Source: developer.zendesk.com, the pages of the lists. 403 and 404 are how the vendor answers for what the plan, or the
token's user, does not have.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from migrations.records.group import Group
from migrations.records.record import RecordType
from migrations.sources.source import Reading
from migrations.sources.zendesk.access import OldZendesk
from migrations.sources.zendesk.account import LISTS, kept
from migrations.sources.zendesk.gathered import Gathered
from migrations.sources.zendesk.json_values import Body, one_line, text, without_odd_characters
from migrations.sources.zendesk.rules import SORTS, is_personal, macro_of, rule_in_words
from migrations.staging.page import LeftOut, Page
from provisioners.errors import SystemFault
from provisioners.zendesk.look.inventory import Inventory
from provisioners.zendesk.look.lists import BY_KIND
from provisioners.zendesk.replies import NOT_GIVEN

NEEDED = ("ticket_fields", "groups")
"""Lists that every account has: whoever may not read them may not read tickets either."""
MACROS = "macros"
KEEP = "INSERT OR REPLACE INTO zendesk_lists VALUES (?, ?, ?)"
_EVERY = (*LISTS, MACROS, *SORTS)


def list_pages(account: OldZendesk, reading: Reading, checkpoint: str) -> Iterator[Page]:
    """A page for each list. checkpoint: how many were read. Raises SystemFault."""
    for number, name in enumerate(_EVERY[int(checkpoint or 0) :], start=int(checkpoint or 0) + 1):
        gathered = Gathered()
        refused = ""
        try:
            bodies = _bodies(account, name)
        except SystemFault as fault:
            if name in NEEDED or fault.status not in NOT_GIVEN:
                raise
            bodies, refused = [], fault.why
        if name in LISTS:
            for each in bodies:
                keep_of_list(name, each, gathered)
        else:
            _keep_rules(name, bodies, reading, gathered)
        if refused and name not in LISTS:
            type_: RecordType = "macros" if name == MACROS else "rules"
            why = "the plan does not have them, or the token may not read them"
            gathered.left_out.append(LeftOut(type_, name, "skipped", why, refused))
        yield gathered.page(str(number))


def _bodies(account: OldZendesk, name: str) -> list[Body]:
    """Macros and views with those of single agents, which are told apart by themselves."""
    listing = BY_KIND[name]
    query = listing.query if name == "people" else {}
    listed = account.client.pages(listing.path, listing.plural or listing.path, cursor=listing.cursor, **query)
    return [each for each in listed if isinstance(each, dict)]


def keep_of_list(name: str, body: Body, gathered: Gathered) -> None:
    """One object by which ids become names."""
    identifier = text(body.get("id"))
    gathered.keep_raw(name, identifier, body)
    plain, _ = without_odd_characters(body)
    gathered.do(KEEP, name, identifier, json.dumps(plain))
    if name == "groups":
        gathered.records.append(Group(identifier, one_line(plain.get("name"))))
        gathered.read += 1


def _keep_rules(name: str, bodies: list[Body], reading: Reading, gathered: Gathered) -> None:
    inventory = Inventory({kind: [*kept(reading.staging.database, kind)] for kind in LISTS})
    for body in bodies:
        gathered.read += 1
        if name == MACROS:
            plain = gathered.keep_body("macros", text(body.get("id")), body)
            if is_personal(plain):
                gathered.left_out.append(_personal("macros", plain, text(plain.get("id"))))
            else:
                gathered.records.append(macro_of(plain, inventory))
        else:
            plain = gathered.keep_body("rules", f"{name}-{text(body.get('id'))}", body)
            rule = rule_in_words(name, plain, inventory)
            if is_personal(plain):
                gathered.left_out.append(_personal("rules", plain, rule.id))
            else:
                gathered.records.append(rule)


def _personal(type_: RecordType, body: Body, identifier: str) -> LeftOut:
    return LeftOut(type_, identifier, "skipped", "one agent's own", one_line(body.get("title"))[:200])
