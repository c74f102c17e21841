"""`golive gate reviews`: approving reviews count as signatures."""

from __future__ import annotations

import click
from rich.markup import escape

from config.results.log_entry import Actor
from golive.exits import Exit
from golive.gates.noting import binds, circumstances, seen_files
from golive.gates.opened import open_gates
from golive.gates.reviews import approvals, signed_by
from golive.heading import first_line
from golive.options import environment_option, screen_of


@click.command("reviews")
@environment_option
@click.option("--pull", type=click.IntRange(min=1), default=None, help="Its number; else that of the newest commit.")
@click.pass_context
def reviews(ctx: click.Context, environment: str | None, pull: int | None) -> int:
    """Let approving reviews of a pull request count as signatures: of people whom the project knows by their name on
    GitHub, for items that say `by_review`, as long as what was reviewed is what stands here now.

    A pipeline runs it after a merge. It needs GITHUB_TOKEN, which only reads.

    Example:  golive gate reviews -e production
    """
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    first_line(screen, gates.opened)
    book, noted = gates.book, 0
    for approval in approvals(gates, pull):
        person = gates.people[approval.who]
        for listed, roles in signed_by(gates, approval):
            bound = binds(gates, listed, seen_files(book, listed))
            if any(
                each.by.key == approval.who and each.data["binds"] == bound for each in book.signed.get(listed.key, ())
            ):
                continue
            by = Actor(person.name or approval.who, person.email or "", tuple(roles), approval.who)
            data = {
                "item": listed.key,
                "statement": listed.item.sign_off.statement if listed.item.sign_off else "",
                "note": "",
                "binds": bound,
                "source": "review",
                "review": {"url": approval.url, "commit": approval.commit, "at": approval.at},
                **circumstances(gates),
            }
            gates.logbook.append("signed", by, data)
            noted += 1
            screen.say(f"[good]Signed[/] by {escape(by.name)}'s review: {escape(listed.item.name)}")
    if not noted:
        screen.say("No approving review signs anything that is not signed already.")
    else:
        screen.say(f"\n[quiet]It stands in {gates.logbook.shown}; commit it.[/]")
    return int(Exit.DONE)
