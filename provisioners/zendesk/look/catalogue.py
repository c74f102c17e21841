"""All rules of the health page, and what they find in an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, get_args
from urllib.parse import quote

from config.results.look import InOrder, LookFinding, NotAsked, Place, Topic, Twin, Weight
from provisioners.zendesk.look.inventory import Body, Inventory, name_of
from provisioners.zendesk.look.lists import BY_KIND
from provisioners.zendesk.look.rule import WHOLE, Rule, Spot
from provisioners.zendesk.look.rules import (
    broken,
    customers_tags,
    duplicated,
    fields,
    limits,
    mail,
    method,
    off,
    slas,
    unowned,
    unreached,
)

CATALOGUE: tuple[Rule, ...] = (
    *broken.RULES,
    *unreached.RULES,
    *customers_tags.RULES,
    *duplicated.RULES,
    *mail.RULES,
    *unowned.RULES,
    *limits.RULES,
    *slas.RULES,
    *fields.RULES,
    *method.RULES,
    *off.RULES,
)
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
TOPICS: tuple[Topic, ...] = get_args(Topic)

Page = Callable[[str, str], str | None]
"""The address of an object's page in the admin centre, by type and id."""


class Examined(NamedTuple):
    """What became of every check: each stands in exactly one of these. Findings stand with the most serious first."""

    findings: list[LookFinding]
    in_order: list[InOrder]
    nothing_to_check: list[str]
    not_asked: list[NotAsked]


def examine(inventory: Inventory, page: Page) -> Examined:
    """Ask all rules."""
    examined = Examined([], [], [], [])
    for rule in CATALOGUE:
        unread = rule.unread(inventory)
        found = None if unread else rule.found(inventory)
        if found is None:
            unread = rule.unread(inventory, found=False)
            if unread:
                examined.not_asked.append(NotAsked(rule.id, rule.what, ", ".join(map(many, unread))))
            elif rule.says_something(inventory):
                examined.in_order.append(InOrder(rule.id, rule.in_order))
            else:
                examined.nothing_to_check.append(rule.id)
            continue
        examined.findings.append(
            LookFinding(
                rule.id,
                found.weight or rule.weight,
                rule.topic,
                found.what or rule.what,
                found.why or rule.why,
                rule.do,
                [place_of(each, page) for each in found.spots],
            )
        )
    examined.findings.sort(key=lambda each: (WEIGHTS.index(each.weight), TOPICS.index(each.topic)))
    return examined


def many(need: str) -> str:
    """What people call something that a rule needs to be read."""
    return {"settings": "account settings", WHOLE: "what only admins see"}.get(need) or BY_KIND[need].many


def place_of(spot: Spot, page: Page) -> Place:
    """Where a finding is, as people read it."""
    kind, body = spot.kind, spot.body
    identifier = str(body.get("id") or "")
    return Place(
        kind,
        BY_KIND[kind].one,
        identifier,
        name_of(kind, body),
        address_of(kind, body, page),
        spot.note,
        spot.where,
        [twin_of(each, page) for each in spot.twins],
    )


def twin_of(spot: Spot, page: Page) -> Twin:
    kind, body = spot.kind, spot.body
    return Twin(str(body.get("id") or ""), name_of(kind, body), address_of(kind, body, page), spot.where)


def address_of(kind: str, body: Body, page: Page) -> str:
    """The address of an object's page; empty where there is none."""
    return page(BY_KIND[kind].type, quote(str(body.get("id") or ""), safe="")) or ""
