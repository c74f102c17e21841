"""`golive gate reviews`: approving reviews count as signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click
from rich.markup import escape

from checklists.book import Book, is_review, signer_of
from checklists.checklist import Listed
from checklists.people import actor_of, is_same_person
from config.results.log_entry import Actor
from golive.gates.identity import acting_actor
from golive.gates.noting import binds, circumstances, seen_files
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.reviews import Review, last_reviews, signed_by, taken_back_by
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, screen_of
from golive.workspace.authorship import authorship
from golive.workspace.heading import first_line


@click.command("reviews", short_help="Count approving reviews as signatures.")
@environment_option
@click.option("--pull", type=click.IntRange(min=1), default=None, help="Its number; else that of the newest commit.")
@click.pass_context
def reviews(ctx: click.Context, environment: str | None, pull: int | None) -> int:
    """Let approving reviews of a pull request count as signatures: of people whom the project knows by their name on
    GitHub, for items that say `by_review`, as long as what was reviewed is what stands here now.

    Each approval signs once, and not what the person has withdrawn since. A review that was dismissed, or that asks for
    changes now, takes back what it has signed.

    A pipeline runs it after a merge. It needs GITHUB_TOKEN, which only reads. Where the project asks for signatures,
    whoever runs it signs what is noted, as one of its people.

    Example:  golive gate reviews -e production
    """
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    first_line(screen, gates.opened)
    book, noted, who = gates.book, 0, _recorder(gates)
    sign = gates.signature() if who.key else None
    for review in last_reviews(gates, pull):
        name = escape(gates.people[review.who].name or review.who)
        for listed, roles in signed_by(gates, book, review):
            bound = binds(gates, listed, seen_files(book, listed))
            if _has_signed(gates, book, listed, review, bound):
                continue
            by, behalf = _in_whose_name(gates, who, review, roles)
            data = {
                "item": listed.key,
                "statement": listed.item.sign_off.statement if listed.item.sign_off else "",
                "note": "",
                "binds": bound,
                "source": "review",
                "review": review.to_json(),
                **behalf,
                **circumstances(gates),
            }
            gates.logbook.append("signed", by, data, sign)
            noted += 1
            screen.say(f"[good]Signed[/] by {name}'s review: {escape(listed.item.name)}")
        for item in taken_back_by(gates, book, review):
            by, behalf = _in_whose_name(gates, who, review)
            data = {"item": item, "source": "review", "review": review.to_json(), **behalf}
            gates.logbook.append("withdrawn", by, data, sign)
            noted += 1
            screen.say(f"[change]Withdrawn[/]; {name}'s review approves it no more: {escape(_name(gates, item))}")
    if not noted:
        screen.say("No approving review signs anything that is not signed already.")
    else:
        screen.say(f"\n[quiet]It stands in {gates.logbook.shown}; commit it.[/]")
    return int(Exit.DONE)


def _recorder(gates: OpenedGates) -> Actor:
    """Who notes reviews: one of the project's people where entries are signed; else a pipeline may do it. Raises
    Fault."""
    if gates.checklist.signatures.required:
        return gates.me(None)
    root = gates.opened.workspace.root
    return acting_actor(root, gates.people, None, gates.opened.environment) or Actor(authorship(root).by)


def _in_whose_name(
    gates: OpenedGates, who: Actor, review: Review, roles: Sequence[str] = ()
) -> tuple[Actor, dict[str, Any]]:
    """(Who writes the entry, that it is noted for the reviewer, where these are two.)"""
    reviewer = replace(actor_of(review.who, gates.people[review.who]), roles=tuple(roles))
    if is_same_person(gates.people, who, reviewer):
        return reviewer, {}
    return who, {"on_behalf_of": reviewer.to_json()}


def _has_signed(gates: OpenedGates, book: Book, listed: Listed, review: Review, bound: dict[str, Any]) -> bool:
    """Whether the person has signed the same otherwise."""
    reviewer = actor_of(review.who, gates.people[review.who])
    return any(
        is_same_person(gates.people, signer_of(each), reviewer) and each.data["binds"] == bound
        for each in book.signed.get(listed.key, ())
        if not is_review(each)
    )


def _name(gates: OpenedGates, item: str) -> str:
    listed = gates.checklist.items.get(item)
    return (listed.item.name or item) if listed else item
