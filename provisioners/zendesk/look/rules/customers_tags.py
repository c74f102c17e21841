"""Rules that ask for tags of customers and organizations, where the account passes none on to tickets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from provisioners.zendesk.look.conditions import TAGS
from provisioners.zendesk.look.discreet import discreet
from provisioners.zendesk.look.inventory import WITH_ACTIONS, WITH_CONDITIONS, Body, BusinessRule, Inventory, name_of
from provisioners.zendesk.look.rule import WHOLE, Found, Rule, spot
from provisioners.zendesk.tagging import ENABLE, SETTING, customers_tags_off

OWNERS = {"organization_fields": "organization", "requester_fields": "customer"}


class Asking(NamedTuple):
    """A rule, and the tag and the field because of which it depends on what customers pass on."""

    rule: BusinessRule
    tag: str
    field: str


def _tags_of(fields: Iterable[Body]) -> Iterator[tuple[str, Body]]:
    """Options are tags, and a ticked checkbox may be one."""
    for body in fields:
        listed = body.get("custom_field_options")
        options = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        for value in (body.get("tag"), *(each.get("value") for each in options)):
            if value:
                yield str(value), body


@lru_cache(maxsize=1)
def _asking(inventory: Inventory) -> list[Asking]:
    """Active rules that can match only by a tag which nothing but a field of customers or organizations gives."""
    given = {tag for tag, _ in _tags_of(inventory.of("ticket_fields"))}
    for rule in inventory.active(*WITH_ACTIONS):
        for action in rule.does("current_tags", "set_tags"):
            given |= set(" ".join(action.values).split())
    passed_on = {
        tag: f"the {owner} field “{name_of(kind, body)}”"
        for kind, owner in OWNERS.items()
        for tag, body in _tags_of(inventory.of(kind))
        if tag not in given
    }
    found = []
    for rule in inventory.active(*WITH_CONDITIONS):
        tag = _needed(rule, passed_on)
        if tag:
            found.append(Asking(rule, tag, passed_on[tag]))
    return found


def _needed(rule: BusinessRule, passed_on: Iterable[str]) -> str | None:
    """A tag of these without which the rule never matches."""

    def only(values: tuple[str, ...]) -> bool:
        return bool(values) and all(each in passed_on for each in values)

    wanted = [each for each in rule.asked if (each.field, each.operator) == (TAGS, "includes") and only(each.values)]
    if not wanted and all((each.field, each.operator) == (TAGS, "includes") for each in rule.one_of):
        wanted = [each for each in rule.one_of if all(only(one.values) for one in rule.one_of)]
    return wanted[0].values[0] if wanted else None


def never_passed_on(inventory: Inventory) -> Found | None:
    """Rules that wait for a tag which no ticket gets."""
    if not customers_tags_off(inventory.settings or {}):
        return None
    asking = _asking(inventory)
    spots = tuple(spot(each.rule, f"asks for the tag {discreet(each.tag)} of {each.field}") for each in asking)
    only_views = all(each.rule.kind == "views" for each in asking)
    return Found(spots, weight="warning" if only_views else None) if spots else None


RULES = (
    Rule(
        "look.customers-tags-off",
        "unreached",
        "serious",
        ("settings", "organization_fields", "requester_fields", "ticket_fields", *WITH_ACTIONS, WHOLE),
        never_passed_on,
        f"Rules wait for a customer's tags, and “{SETTING}” are off",
        "Tickets take over no tag of their customer or organization, so these rules match none that was not tagged by"
        " hand.",
        f"{ENABLE}.",
        f"Rules that wait for a customer's tags can match: “{SETTING}” are on.",
        WITH_CONDITIONS,
        lambda inventory: bool(_asking(inventory)),
    ),
)
