"""`golive adopt`: take over what is there already, into the files and into the state."""

from __future__ import annotations

import click

from config.results.adopt import AdoptDocument
from golive.carrying.approval import ask, check_own_role
from golive.carrying.keeping import keep
from golive.live.taking import check_addresses, check_taking, taking
from golive.ownership.adoption import Wanted, adoption
from golive.ownership.saved_adoption import adopt_document, adopted, save_adoption
from golive.runs.engine import engine_faults
from golive.runs.running import open_session
from golive.screens.adopting import show_taking
from golive.screens.adoption import show_adoption, show_texts
from golive.screens.ending import leave
from golive.screens.plan import show_not_read
from golive.terminal.exits import Exit
from golive.terminal.options import agreement_options, environment_option, json_option, screen_of
from golive.terminal.screen import Screen
from golive.wording.words import CATEGORIES
from golive.workspace.heading import heading
from golive.workspace.opening import Opened, open_environment
from stacks.interruption import Interruption

_UNSEEN = "Nothing of it is taken over; run the command again once it answers."


@click.command("adopt")
@click.argument("addresses", metavar="[KIND[/KEY]]…", nargs=-1)
@environment_option
@click.option("--all", "everything", is_flag=True, help="Everything that is live and not in the files.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@json_option
@agreement_options
@click.pass_context
def command(
    ctx: click.Context,
    addresses: tuple[str, ...],
    environment: str | None,
    everything: bool,
    dry_run: bool,
    json_wanted: bool,
    yes: bool,
    client: str | None,
) -> int:
    """Put live objects into the files and let golive look after them. Changes nothing live.

    An object that nobody has declared is written into `config/`, beside others of its kind, with keys in place of ids;
    the next plan has nothing to do. A declared one is linked to the live one of its name, after the difference was
    shown; the next `golive up` makes it what the files say. `destroy` lets go of both.

    What the CRM has is looked for only when it is named (`crm_objects`, `crm_record_types`, `crm_fields`, `crm_access`,
    `crm_queues`): each object takes calls, and most are the CRM team's own. `--all` says how many there are.

    Leaves with 1 where a system did not answer; what the others have is taken over.

    \b
    Example:  golive adopt --all --dry-run
              golive adopt macros triggers/route_billing
    """
    screen = screen_of(ctx, json_wanted)
    if not addresses and not everything:
        raise click.UsageError("Say what to take over: KIND, KIND/KEY, or --all.", ctx)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    if not everything and not dry_run and not json_wanted and all(_is_declared(each, opened) for each in addresses):
        return _link(screen, opened, list(dict.fromkeys(addresses)), yes=yes, client=client)
    wanted = Wanted.of(addresses, everything=everything)
    with Interruption(on_overdue=leave) as interruption, engine_faults(interruption, opened.option):
        session = open_session(opened, screen, interruption, writes=True)
        found = adoption(session, wanted)
        interruption.check()
    document = adopt_document(found, opened, dry_run=dry_run)
    show_not_read(screen, session, found.not_read, _UNSEEN)
    nothing = not (found.texts or found.linked)
    if nothing or dry_run:
        show_adoption(screen, document)
        if dry_run:
            show_texts(screen, dict(found.before_texts), dict(found.texts))
        left = "In what could be read, nothing is left to take over."
        left = left if found.not_read else "[good]Nothing is left to take over.[/]"
        screen.say(left if nothing else "Nothing was written (--dry-run).")
        return _end(screen, document, json_wanted)
    show_adoption(screen, document)
    many = len(found.taken) + len(found.linked)
    ask(opened, screen, f"\nTake over {many} object{'s' if many != 1 else ''}?", yes=yes, client=client)
    save_adoption(session, found)
    screen.say(
        f"[good]golive looks after {many} more object{'s' if many != 1 else ''} from now on.[/] "
        f"Nothing was changed there. Look:  golive plan{opened.option}"
    )
    return _end(screen, document, json_wanted)


def _end(screen: Screen, document: AdoptDocument, json_wanted: bool) -> int:
    if json_wanted:
        screen.document(document.to_json())
    return int(Exit.FAILED if document.not_read else Exit.DONE)


def _is_declared(address: str, opened: Opened) -> bool:
    kind, _, key = address.partition("/")
    made = key in CATEGORIES and opened.loaded.declaration.of(kind)
    return bool(made) or opened.loaded.declaration.get(kind, key) is not None


def _link(screen: Screen, opened: Opened, wanted: list[str], *, yes: bool, client: str | None) -> int:
    """Link declared objects, each with its differences."""
    with Interruption(on_overdue=leave) as interruption, engine_faults(interruption, opened.option):
        session = open_session(opened, screen, interruption, writes=True)
        check_addresses(session, wanted)
        taken = taking(session, wanted)
        show_taking(screen, taken)
        check_taking(taken)
        check_own_role(taken.changes, taken.sides, session.reached.accounts)
        interruption.check()
    ask(opened, screen, "\nTake it over?" if len(wanted) == 1 else "\nTake them over?", yes=yes, client=client)
    keep(session, "adopt", adopted(session, taken.after.state))
    screen.say(
        f"[good]golive looks after {', '.join(taken.addresses)} from now on.[/] "
        f"See what is left to do:  golive plan{opened.option}"
    )
    return int(Exit.DONE)
