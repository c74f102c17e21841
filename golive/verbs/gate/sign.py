"""`golive gate sign`: put one's name to something."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from checklists.binding import changed_since
from checklists.book import Book, bound_by, signer_of
from checklists.checklist import Listed
from checklists.moments import day_words, moment
from checklists.people import actor_of, is_same_person, roles_of
from checklists.words import role_words
from config.results.log_entry import Actor
from golive.gates.collecting import file_digest
from golive.gates.evidence import check_shows_something, kept
from golive.gates.noting import binds, circumstances, seen_files
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.reading import show_what_is_missing
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import environment_option, screen_of
from golive.terminal.screen import Screen
from golive.verbs.gate.acting import acting_options, settled
from golive.workspace.heading import first_line


@click.command("sign")
@click.argument("items", metavar="ITEM…", nargs=-1, required=True)
@environment_option
@acting_options
@click.option("--note", default="", metavar="TEXT", help="What should be said with it.")
@click.option("--withdraw", is_flag=True, help="Take back one's own signature.")
@click.option("--on-behalf-of", "behalf", default=None, metavar="KEY", help="For somebody who said so elsewhere …")
@click.option(
    "--evidence", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="… and the file that shows it."
)
@click.pass_context
def sign(
    ctx: click.Context,
    items: tuple[str, ...],
    environment: str | None,
    practises_as: str | None,
    yes: bool,
    note: str,
    withdraw: bool,
    behalf: str | None,
    evidence: Path | None,
) -> int:
    """Sign items, in the role in which the project asks for it. Who signs is who git says you are.

    A signature is of what the item asks for, of the objects that it is about, and of the files attached to it. When one
    of them changes, it is out of date and has to be given again.

    Example:  golive gate sign requirements_signed -e production
    """
    if (behalf is None) != (evidence is None):
        raise click.UsageError("--on-behalf-of and --evidence stand together: what was said elsewhere is shown.", ctx)
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    first_line(screen, gates.opened)
    me, book = gates.me(practises_as), gates.book
    if evidence:
        check_shows_something(evidence)
    for word in items:
        listed = gates.item(word)
        if withdraw:
            gates.logbook.append("withdrawn", me, {"item": listed.key}, gates.signature())
            screen.say(f"[change]Withdrawn[/]: {escape(listed.item.name)}")
            continue
        signer = _signer(gates, me, behalf)
        roles = _roles(gates, listed, signer)
        _show(screen, gates, listed, book, signer)
        settled(screen, f"Sign as {', '.join(each.replace('_', ' ') for each in roles)}?", yes=yes)
        root, name = gates.opened.workspace.root, gates.opened.environment_name
        files = seen_files(book, listed)
        data: dict[str, Any] = {
            "item": listed.key,
            "statement": listed.item.sign_off.statement if listed.item.sign_off else "",
            "note": note,
            "source": "command",
            **circumstances(gates),
        }
        if behalf and evidence:
            path = kept(root, name, listed.key, evidence)
            files = sorted({*files, path})
            data["on_behalf_of"] = {
                **signer.to_json(),
                "roles": roles,
                "evidence": path,
                "digest": file_digest(root / path),
            }
            by = me
        else:
            by = replace(me, roles=tuple(roles))
        data["binds"] = binds(gates, listed, files)
        entry = gates.logbook.append("signed", by, data, gates.signature())
        screen.say(f"[good]Signed[/] by {escape(signer.name)} on {day_words(moment(entry.at))}.")
        show_what_is_missing(screen, gates, listed)
        screen.say()
    screen.say(f"[quiet]It stands in {gates.logbook.shown}; commit it.[/]")
    return int(Exit.DONE)


def _signer(gates: OpenedGates, me: Actor, behalf: str | None) -> Actor:
    if behalf is None:
        return me
    person = gates.people.get(behalf)
    if person is None:
        known = ", ".join(gates.people)
        raise Fault(
            "stranger",
            f"Nobody of this project is called `{behalf}`.",
            why=f"There are: {known}.",
            do="Say one of them.",
            exits=Exit.USAGE,
        )
    return actor_of(behalf, person)


def _roles(gates: OpenedGates, listed: Listed, signer: Actor) -> list[str]:
    """The roles in which somebody signs an item. Raises Fault where none is asked."""
    if listed.item.drop or listed.item.sign_off is None:
        raise Fault(
            "no_sign_off",
            f"“{listed.item.name or listed.key}” is not signed.",
            why="It is left out." if listed.item.drop else f"It is established otherwise: {listed.item.sort}.",
            do=f"See how:  golive gate explain {listed.key}{gates.opened.option}",
            exits=Exit.USAGE,
        )
    wanted = listed.item.sign_off.roles
    roles = sorted(roles_of(gates.people, signer.key, gates.now) & set(wanted))
    if roles:
        return roles
    names = ", ".join(map(role_words, wanted))
    able = [
        each.name or key for key, each in gates.people.items() if roles_of(gates.people, key, gates.now) & set(wanted)
    ]
    lent = "it can also be lent:  delegates: [{role, to, from, until}]  in checklists/."
    raise Fault(
        "role",
        f"{signer.name} is not asked to sign “{listed.item.name}”.",
        why=f"It is signed by: {names}. {signer.name} is {', '.join(each.replace('_', ' ') for each in signer.roles)}.",
        do=f"Let {' or '.join(able)} sign it; {lent}"
        if able
        else "Nobody has that role yet: give it to somebody, under `people` in a file of checklists/.",
        exits=Exit.USAGE,
    )


def _show(screen: Screen, gates: OpenedGates, listed: Listed, book: Book, signer: Actor) -> None:
    """What the name is put to, and what has changed since the last time."""
    item = listed.item
    assert item.sign_off is not None  # noqa: S101 - the caller has looked
    screen.say(f"[head]{escape(item.name)}[/]")
    screen.say(f"  “{escape(item.sign_off.statement)}”")
    if item.concerns:
        screen.say(f"  It is about {escape(', '.join(item.concerns))}, as the files say it now.")
    for path in seen_files(book, listed):
        screen.say(f"  With the file {escape(path)}")
    before = next(
        (each for each in book.signed.get(listed.key, ()) if is_same_person(gates.people, signer_of(each), signer)),
        None,
    )
    if before is not None:
        root = gates.opened.workspace.root
        bound = bound_by(before)
        now = {path: file_digest(root / path) for path in bound["files"] if (root / path).is_file()}
        changed = changed_since(bound, listed, gates.opened.loaded.declaration, now)
        said = f"since then {changed.said}" if changed else "nothing has changed since"
        screen.say(f"  [change]Signed before, on {day_words(moment(before.at))}; {escape(said)}.[/]")
        commit = before.data.get("commit", "")
        if changed and commit:
            screen.say(f"  [quiet]What it was, and what it is now:  golive review {commit[:9]}{gates.opened.option}[/]")
