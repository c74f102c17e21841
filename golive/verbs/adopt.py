"""`golive adopt KIND/KEY …`: take over live objects that bear the names of declared ones."""

from __future__ import annotations

from dataclasses import replace

import click

from golive.approval import ask, check_own_role
from golive.engine import engine_faults
from golive.exits import Exit
from golive.heading import heading
from golive.journaling import new_run, now, with_run
from golive.opening import open_environment
from golive.options import environment_option, screen_of
from golive.running import open_session, unmoved_state
from golive.screens.adopting import show_taking
from golive.screens.ending import leave
from golive.taking import check_addresses, check_taking, taking
from stacks.interruption import Interruption
from stacks.journal import Touched


@click.command("adopt")
@click.argument("addresses", metavar="KIND/KEY…", nargs=-1, required=True)
@environment_option
@click.option("--yes", is_flag=True, help="Agree beforehand; needs no terminal.")
@click.option("--client", default=None, metavar="NAME", help="With --yes in production: the client's name.")
@click.pass_context
def command(
    ctx: click.Context, addresses: tuple[str, ...], environment: str | None, yes: bool, client: str | None
) -> int:
    """Link declared objects to the live ones of the same names, with all their parts. Shows the differences first;
    changes nothing live.

    From then on golive looks after them, and the next `golive up` makes them what the files say. `destroy` lets go of
    them. Where golive looked after an object that is gone, it looks after the new one of that name.

    Example:  golive adopt triggers/route_billing groups/billing
    """
    screen = screen_of(ctx)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    wanted = list(dict.fromkeys(addresses))
    with Interruption(on_overdue=leave) as interruption, engine_faults(interruption, opened.option):
        session = open_session(opened, screen, interruption, writes=True)
        check_addresses(session, wanted)
        taken = taking(session, wanted)
        show_taking(screen, taken)
        check_taking(taken)
        check_own_role(taken.changes, taken.sides, session.reached.accounts)
        interruption.check()
    ask(opened, screen, "\nTake it over?" if len(wanted) == 1 else "\nTake them over?", yes=yes, client=client)
    with Interruption(on_overdue=leave) as interruption:
        session.interruption = interruption
        with session.stack("plan") as (stack, _):
            unmoved_state(session, stack)
            session.keep_copy("adopt")
            objects = dict.fromkeys(each.resource.named.object for each in taken.links.found)
            touched = [Touched("/".join(each), "adopt") for each in objects]
            run = replace(new_run(opened, session.record.journal, "adopt", touched), ended=now(), result="done")
            stack.import_state(with_run(taken.after.state, opened, run))
    screen.say(
        f"[good]golive looks after {', '.join(taken.addresses)} from now on.[/] "
        f"See what is left to do:  golive plan{opened.option}"
    )
    return int(Exit.DONE)
