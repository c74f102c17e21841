"""All rules of the health page, and what they find in an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args
from urllib.parse import quote

from config.results.look import InOrder, LookFinding, Place, Topic, Weight
from provisioners.zendesk.look.inventory import Body, Inventory, name_of
from provisioners.zendesk.look.lists import BY_KIND
from provisioners.zendesk.look.rule import Rule, Spot
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


def examine(inventory: Inventory, page: Page) -> tuple[list[LookFinding], list[InOrder]]:
    """What the rules find, the most serious first, and the checks that found nothing."""
    findings: list[LookFinding] = []
    in_order: list[InOrder] = []
    for rule in CATALOGUE:
        if not rule.applies(inventory):
            continue
        found = rule.found(inventory)
        if found is None:
            if rule.says_something(inventory):
                in_order.append(InOrder(rule.id, rule.in_order))
            continue
        findings.append(
            LookFinding(
                rule.id,
                found.weight or rule.weight,
                rule.topic,
                found.what or rule.what,
                rule.why,
                rule.do,
                [place_of(each, page) for each in found.spots],
            )
        )
    findings.sort(key=lambda each: (WEIGHTS.index(each.weight), TOPICS.index(each.topic)))
    return findings, in_order


def place_of(spot: Spot, page: Page) -> Place:
    """Where a finding is, as people read it."""
    kind, body = spot.kind, spot.body
    identifier = str(body.get("id") or "")
    return Place(kind, BY_KIND[kind].one, identifier, name_of(kind, body), address_of(kind, body, page), spot.note)


def address_of(kind: str, body: Body, page: Page) -> str:
    """The address of an object's page; empty where there is none."""
    return page(BY_KIND[kind].type, quote(str(body.get("id") or ""), safe="")) or ""
