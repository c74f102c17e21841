"""`golive pull`: what was changed by hand comes back into the files."""

from __future__ import annotations

from dataclasses import replace

import click

from config.results.plan import Difference
from config.results.pull import BothChanged, PullDocument, Pulled
from golive.carrying.approval import ask
from golive.carrying.keeping import keep
from golive.live.hands import Hand, Pull
from golive.ownership.adoption import Wanted
from golive.ownership.clocks import clock_differences
from golive.ownership.pulling import Decide, Prefer, Puller
from golive.runs.engine import engine_faults
from golive.runs.journaling import keep_whole, with_done
from golive.runs.running import Session, open_session
from golive.screens.ending import leave
from golive.screens.plan import show_not_read
from golive.screens.pulling import show_conflict, show_pull, told_of_kept
from golive.terminal.exits import Exit
from golive.terminal.options import agreement_options, environment_option, json_option, screen_of
from golive.terminal.screen import Screen
from golive.wording.words import ORDER
from golive.workspace.heading import heading
from golive.workspace.opening import Opened, open_environment
from stacks.adoption.edits import with_taken
from stacks.adoption.merging import Conflict
from stacks.interruption import Interruption

_UNSEEN = "What was changed there by hand is not known; run the command again once it answers."
_SIDES: dict[str, Prefer] = {"files": "files", "live": "live", "neither": ""}


@click.command("pull")
@click.argument("addresses", metavar="[KIND[/KEY]]…", nargs=-1)
@environment_option
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.option(
    "--prefer",
    type=click.Choice(["files", "live"]),
    default=None,
    help="Which side wins where both changed; otherwise such a value is left as it is.",
)
@json_option
@agreement_options
@click.pass_context
def command(
    ctx: click.Context,
    addresses: tuple[str, ...],
    environment: str | None,
    dry_run: bool,
    prefer: Prefer | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
) -> int:
    """Write what was changed by hand into the files, value by value. Changes nothing live.

    Comments, order and quotes of the files stay. Where a value changed in the files as well, both are shown, and
    --prefer says which one stays. Leaves with 1 where a system did not answer; the others' part is written.

    Example:  golive pull        golive pull triggers/vip --prefer live
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    wanted = Wanted.of(addresses, everything=not addresses)

    with Interruption(on_overdue=leave) as interruption, engine_faults(interruption, opened.option):
        session = open_session(opened, screen, interruption, writes=True)
        puller = Puller(session)
        found = puller.changed(wanted.includes)
        interruption.check()
    puller.settle(found, _decision(screen, session, found, prefer, dry_run=dry_run))
    document = _document(found, opened, dry_run=dry_run)
    show_not_read(screen, session, found.not_read, _UNSEEN)
    show_pull(screen, session, document)
    _finish(screen, session, puller, found, dry_run=dry_run, yes=yes, client=client)
    if json_wanted:
        screen.document(document.to_json())
    if found.open:
        return int(Exit.PARTLY)
    return int(Exit.FAILED if found.not_read else Exit.DONE)


def _finish(
    screen: Screen,
    session: Session,
    puller: Puller,
    found: Pull,
    *,
    dry_run: bool,
    yes: bool,
    client: str | None,
) -> None:
    opened = session.opened
    if not (found.hands or found.deleted or found.undeclared):
        nothing = "[good]Nothing was changed by hand.[/]"
        screen.say("In what could be read, nothing was changed by hand." if found.not_read else nothing)
        return
    screen.say(f"{_counted(found)}\n")
    if not found.texts and not any(each.is_whole for each in found.hands):
        screen.say("Nothing was written.")
        return
    if dry_run:
        screen.say("Nothing was written (--dry-run).")
        return
    ask(opened, screen, "Write it into the files?", yes=yes, client=client)
    said_already = [hand for hand in found.hands if hand.is_whole and not hand.merge.taken]
    names = [name for hand in [*found.written, *said_already] for name in hand.live]
    differences = {hand.name: _journaled(hand) for hand in found.written}
    state = with_done(
        puller.state(found),
        opened,
        "pull",
        names,
        action="pull",
        differences=differences,
        noted_only={hand.name for hand in said_already},
    )
    keep(session, "pull", state, found.texts, puller.account.texts)
    keep_whole(state, opened, differences, session.copy)
    files = ", ".join(found.texts)
    screen.say(
        f"[good]Written[/]: {files}. Look at it with  git diff" if files else "[good]The files say it already.[/]"
    )


def _counted(found: Pull) -> str:
    """`170 objects were changed by hand: 168 for the files, 2 left as they are; 6 more were deleted by hand.`"""
    fates = {
        "for the files": [each for each in found.written if each.is_whole],
        "for the files in part": [each for each in found.written if not each.is_whole],
        "said by the files already": [each for each in found.hands if each.is_whole and not each.merge.taken],
        "left as they are": [
            each for each in found.hands if not each.is_whole and (each.problem or not each.merge.taken)
        ],
    }
    counted = ", ".join(f"{len(hands)} {fate}" for fate, hands in fates.items() if hands)
    said = [f"{_were(len(found.hands), 'changed by hand')}: {counted}"] if found.hands else []
    for names, what in ((found.deleted, "deleted by hand"), (found.undeclared, "changed by hand and not sent now")):
        said += [_were(len(names), what, more=bool(said))] if names else []
    return f"{'; '.join(said)}."


def _were(many: int, what: str, *, more: bool = False) -> str:
    return f"{many} {'more' if more else 'object' if many == 1 else 'objects'} {'was' if many == 1 else 'were'} {what}"


def _decision(screen: Screen, session: Session, found: Pull, prefer: Prefer | None, *, dry_run: bool) -> Decide:
    """Who says which side stays: an option, or the person at the terminal."""

    def ask_for(hand: Hand, conflict: Conflict) -> Prefer:
        show_conflict(screen, session, hand, conflict)
        answer = click.prompt(
            "Which one stays?", type=click.Choice(["files", "live", "neither"]), default="neither", err=True
        )
        return _SIDES[answer]

    if prefer or dry_run or not screen.can_ask:
        return lambda hand, conflict: prefer or ""
    return ask_for


def _document(found: Pull, opened: Opened, *, dry_run: bool) -> PullDocument:
    return PullDocument(
        opened.environment_name,
        dry_run,
        [
            Pulled(
                hand.name[0],
                hand.item.kind,
                hand.item.key,
                hand.item.name,
                hand.item.position.file,
                hand.item.position.line,
                _differences(hand),
                [BothChanged(".".join(each.path), each.base, each.file, each.live) for each in hand.merge.conflicts],
                "; ".join(filter(None, [told_of_kept(hand), *hand.remarks, hand.problem])),
                bool(hand.problem),
            )
            for hand in found.hands
        ],
        [f"{kind}/{key}" for _, kind, key in found.deleted],
        [f"{kind}/{key}" for _, kind, key in found.undeclared],
        list(found.texts),
        found.not_read,
    )


def _differences(hand: Hand) -> list[Difference]:
    """What of an object comes into the files."""
    found = [Difference(".".join(each.path), each.old, each.new) for each in hand.merge.taken]
    if hand.item.kind != "sla_policies" or not any(each.path[0] == "hours" for each in hand.merge.taken):
        return found
    clocks = clock_differences(hand.said, with_taken(hand.said, hand.merge.taken))
    return [*(each for each in found if each.path.partition(".")[0] != "hours"), *clocks]


def _journaled(hand: Hand) -> list[Difference]:
    """The same, as the journal names it: where the files keep the orders of kinds together, each is its kind's own."""
    found = _differences(hand)
    return [replace(each, path="order") for each in found] if hand.name[2] == ORDER else found
