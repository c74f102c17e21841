"""`golive gate attach`: show that something was done."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click
from rich.markup import escape

from checklists.checklist import Listed
from checklists.moments import day_words, moment
from golive.gates.evidence import check_shows_something, kept
from golive.gates.noting import binds, circumstances
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.reading import show_what_is_missing
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import environment_option, screen_of
from golive.verbs.gate.acting import acting_options
from golive.workspace.heading import first_line


@click.command("attach", short_help="Attach files, links or a note to an item.")
@click.argument("item")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@environment_option
@acting_options
@click.option("--link", "links", multiple=True, metavar="URL", help="Where it can be seen.")
@click.option("--note", default="", metavar="TEXT", help="What was done, or what it shows.")
@click.pass_context
def attach(
    ctx: click.Context,
    item: str,
    files: tuple[Path, ...],
    environment: str | None,
    practises_as: str | None,
    yes: bool,
    links: tuple[str, ...],
    note: str,
) -> int:
    """Attach files or links to an item, or confirm what was done by hand (--note). The file's digest is noted with it:
    another content is other evidence. Files from elsewhere are copied to checklists/evidence/, beside what is there.

    \b
    Example:  golive gate attach dashboards_built -e production \\
                --link https://acme.zendesk.com/explore/12
    """
    del yes
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    first_line(screen, gates.opened)
    me = gates.me(practises_as)
    listed = gates.item(item)
    _check(gates, listed, files, links, note)
    for each in files:
        check_shows_something(each)
    root, name = gates.opened.workspace.root, gates.opened.environment_name
    paths = list(dict.fromkeys(kept(root, name, listed.key, each) for each in files))
    bound = binds(gates, listed, paths)
    data = {
        "item": listed.key,
        "files": bound["files"],
        "links": list(links),
        "note": note,
        "binds": bound,
        **circumstances(gates),
    }
    entry = gates.logbook.append("attached", me, data, gates.signature())
    screen.say(f"[good]Attached[/] to “{escape(listed.item.name)}” on {day_words(moment(entry.at))}.")
    for path in paths:
        screen.say(f"  {escape(path)}")
    show_what_is_missing(screen, gates, listed)
    screen.say(f"[quiet]It stands in {gates.logbook.shown}; commit it together with the files.[/]")
    return int(Exit.DONE)


def _check(gates: OpenedGates, listed: Listed, files: tuple[Path, ...], links: tuple[str, ...], note: str) -> None:
    """Raises Fault where an item takes nothing of that sort."""
    item, option = listed.item, gates.opened.option
    explain = f"See how it is established:  golive gate explain {listed.key}{option}"
    if item.drop or (item.evidence is None and item.by_hand is None and item.sign_off is None):
        why = "It is left out." if item.drop else "golive finds it out by itself."
        raise Fault(
            "no_evidence",
            f"Nothing can be attached to “{item.name or listed.key}”.",
            why=why,
            do=explain,
            exits=Exit.USAGE,
        )
    for link in links:
        if urlsplit(link).scheme not in ("http", "https") or not urlsplit(link).netloc:
            raise Fault("link", f"`{link}` is no link.", do="Write it in full:  https://…", exits=Exit.USAGE)
    form = item.evidence.form if item.evidence else "either"
    if (form == "file" and links) or (form == "link" and files):
        raise Fault(
            "form",
            f"“{item.name}” asks for a {form}.",
            why=item.evidence.what if item.evidence else "",
            do=explain,
            exits=Exit.USAGE,
        )
    if not files and not links and (item.by_hand is None or not note.strip() or item.by_hand.proof != "note"):
        asked = item.by_hand.proof if item.by_hand else form if form != "either" else "file or a link"
        raise Fault(
            "nothing", f"“{item.name}” asks for a {asked}, and nothing is attached.", do=explain, exits=Exit.USAGE
        )
