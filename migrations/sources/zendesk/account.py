"""What the account's ids and tags mean: names of groups, fields and choices, ticket statuses, forms and brands."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from migrations.records.record import Value
from migrations.sources.zendesk.json_values import Body, bodies_in, body_in, one_line, text

LISTS = (
    "ticket_fields", "ticket_forms", "ticket_statuses", "brands", "groups", "requester_fields", "organization_fields",
    "people", "schedules", "webhooks",
)  # fmt: skip
"""As golive's health page calls them; what rules are said with is among them."""
BRAND, FORM, RATING, RATING_TEXT = "Brand", "Form", "Satisfaction rating", "Satisfaction comment"
DUE, PROBLEM = "Due date", "Problem ticket"
GIVEN = (BRAND, FORM, RATING, RATING_TEXT, DUE, PROBLEM)
"""Names under which a ticket's own facts stand among the values; a field of such a name gets its id behind it."""


@dataclass(frozen=True)
class OldField:
    """options: tag → what people call it. tag: that of a ticket on which the field is ticked."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    tag: str = ""

    def tags(self, said: Any) -> set[str]:
        """The tags that a ticket has only because the field holds this."""
        chosen = said if isinstance(said, list) else [said]
        shadows = {text(each) for each in chosen if text(each) in self.options}
        return {*shadows, self.tag} if said is True and self.tag else shadows

    def value(self, said: Any) -> Value:
        """What the field holds, choices by their names; None for nothing."""
        if isinstance(said, list):
            several = [self._choice(each) for each in said]
            return [each for each in several if each] or None
        if isinstance(said, bool) or said is None:
            return said
        if isinstance(said, int | float):
            return said if math.isfinite(said) else str(said)
        return self._choice(said) or None

    def _choice(self, said: Any) -> str:
        tag = text(said)
        return self.options.get(tag, tag)


@dataclass(frozen=True)
class OldAccount:
    """By id; fields of people and organizations by key. statuses: label of those that are not the usual one of their
    category."""

    groups: Mapping[str, str]
    brands: Mapping[str, str]
    forms: Mapping[str, str]
    statuses: Mapping[str, str]
    ticket_fields: Mapping[str, OldField]
    person_fields: Mapping[str, OldField]
    organization_fields: Mapping[str, OldField]

    @classmethod
    def of(cls, database: sqlite3.Connection) -> OldAccount:
        """As the lists say that were kept."""
        lists = {name: [*kept(database, name)] for name in LISTS}
        return cls(
            _named(lists["groups"]),
            _named(lists["brands"]),
            _named(lists["ticket_forms"]),
            {
                text(each.get("id")): one_line(each.get("agent_label"))
                for each in lists["ticket_statuses"]
                if not each.get("default")
            },
            _fields(lists["ticket_fields"], "id", "custom_field_options", GIVEN),
            _fields(lists["requester_fields"], "key", "custom_field_options"),
            _fields(lists["organization_fields"], "key", "custom_field_options"),
        )

    def ticket_values(self, body: Body) -> dict[str, Value]:
        """Of the account's own fields, and what else a ticket says that has no attribute of its own."""
        found: dict[str, Value] = {}
        for each in bodies_in(body.get("custom_fields") or body.get("fields")):
            key = text(each.get("id"))
            of_account = self.ticket_fields.get(key) or OldField(f"Field {key}")
            value = of_account.value(each.get("value"))
            if value is not None and key:
                found[of_account.name] = value
        rating = body_in(body.get("satisfaction_rating"))
        if rating.get("score") in ("good", "bad"):
            found[RATING] = text(rating["score"])
            if one_line(rating.get("comment")):
                found[RATING_TEXT] = text(rating["comment"])
        for name, said in (
            (BRAND, self.brands.get(text(body.get("brand_id")), "") if len(self.brands) > 1 else ""),
            (FORM, self.forms.get(text(body.get("ticket_form_id")), "") if len(self.forms) > 1 else ""),
            (DUE, text(body.get("due_at"))),
            (PROBLEM, text(body.get("problem_id"))),
        ):
            if said:
                found[name] = said
        return found

    def tags_of_fields(self, body: Body) -> set[str]:
        """The tags that a ticket has only because its fields hold something: Zendesk keeps each choice as one, too."""
        held = bodies_in(body.get("custom_fields") or body.get("fields"))
        known = ((self.ticket_fields.get(text(each.get("id"))), each.get("value")) for each in held)
        return {tag for of_account, value in known if of_account is not None for tag in of_account.tags(value)}

    def person_values(self, body: Body) -> dict[str, Value]:
        return _values(self.person_fields, body.get("user_fields"))

    def organization_values(self, body: Body) -> dict[str, Value]:
        return _values(self.organization_fields, body.get("organization_fields"))

    def status(self, body: Body) -> str:
        """The ticket status as agents see it; the category where it is the usual one of it, and `closed` always."""
        category = text(body.get("status"))
        return category if category == "closed" else self.statuses.get(text(body.get("custom_status_id")), category)


def kept(database: sqlite3.Connection, name: str) -> Iterator[Body]:
    """The objects of a list that were kept, in the order of their ids."""
    for (data,) in database.execute("SELECT data FROM zendesk_lists WHERE list = ? ORDER BY id", (name,)):
        yield json.loads(data)


def _named(bodies: list[Body]) -> dict[str, str]:
    return {text(each.get("id")): one_line(each.get("name") or each.get("title")) for each in bodies}


def _fields(bodies: list[Body], by: str, options: str, taken: tuple[str, ...] = ()) -> dict[str, OldField]:
    """Fields of one name are told apart by their id."""
    names = Counter(taken)
    names.update(one_line(each.get("title")) for each in bodies if each.get("removable") is not False)
    found = {}
    for each in bodies:
        key, name = text(each.get(by)), one_line(each.get("title"))
        choices = {text(one.get("value")): one_line(one.get("name")) for one in bodies_in(each.get(options))}
        unique = name if name and names[name] < 2 else f"{name or 'Field'} ({text(each.get('id'))})"
        found[key] = OldField(unique, choices, text(each.get("tag")))
    return found


def _values(fields: Mapping[str, OldField], said: Any) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key, held in body_in(said).items():
        of_account = fields.get(key) or OldField(key)
        value = of_account.value(held)
        if value is not None:
            found[of_account.name] = value
    return found
