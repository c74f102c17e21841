"""`golive history`: which run changed what, when, by whom, from which commit."""

from __future__ import annotations

import click
from pulumi.automation import Deployment
from rich.markup import escape

from config.results.history import HistoryDocument, HistoryRun
from golive.runs.engine import engine_of
from golive.runs.past_runs import Known, known_runs, told, touching
from golive.screens.ending import leave
from golive.screens.history import show_differences_of, show_run, show_touched
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.terminal.screen import Screen
from golive.wording.words import Terms
from golive.workspace.heading import first_line
from golive.workspace.opening import Opened, open_environment
from provisioners.system import systems
from stacks.automation import EnvironmentStack
from stacks.interruption import Interruption
from stacks.soundness import BadState

SHOWN = 20


@click.command("history")
@click.argument("address", metavar="[KIND/KEY]", required=False)
@environment_option
@json_option
@click.option("--limit", type=click.IntRange(min=1), default=SHOWN, show_default=True, help="How many runs, at most.")
@click.pass_context
def command(ctx: click.Context, address: str | None, environment: str | None, json_wanted: bool, limit: int) -> int:
    """Show which run changed what, when, by whom and from which commit, the newest first. Calls no system.

    With KIND/KEY only the runs that touched that object, with the old and the new values. The last 50 runs stand in
    the state; long texts are known on the machine that ran.

    Example:  golive history triggers/route_billing -e production
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    first_line(screen, opened)
    with Interruption(on_overdue=leave) as interruption, engine_of(opened, screen, interruption) as engine:
        state = _state(screen, engine)
        at_work = bool([each for each in engine.holders() if not engine.is_dead(each)])
    runs = known_runs(opened, state)
    names = _names(opened, address) if address else []
    shown = [each for each in reversed(runs) if not names or touching(each.whole, names)][:limit]
    documents = [told(each, names) for each in shown]
    if json_wanted:
        screen.document(HistoryDocument(opened.environment_name, address or "", documents).to_json())
        return int(Exit.DONE)
    products = {name: _product(entry.type) for name, entry in opened.environment.systems.items()}
    newest = runs[-1].run.number if runs else 0
    for each in documents:
        show_run(screen, each, at_work=at_work and each.number == newest and not each.ended)
        if names:
            show_differences_of(screen, each, products, Terms.of(opened.loaded.declaration))
        else:
            show_touched(screen, each, products)
        screen.say()
    _say_end(screen, opened, address, runs, documents)
    return int(Exit.DONE)


def _product(type_: str) -> str:
    """The product, as people say it; where it is not installed, by its type."""
    return systems()[type_].title if type_ in systems() else type_


def _state(screen: Screen, engine: EnvironmentStack) -> Deployment | None:
    try:
        return engine.export_state()
    except BadState:
        screen.say("[danger]The state cannot be read[/]: this is what is known of the runs on this machine.\n")
        return None


def _names(opened: Opened, address: str) -> list[str]:
    """What an object was called in its runs: its key, and the one that it had before."""
    kind, _, key = address.partition("/")
    item = opened.loaded.declaration.get(kind, key)
    return [address, *([f"{kind}/{item.value.was}"] if item is not None and item.value.was else [])]


def _say_end(screen: Screen, opened: Opened, address: str | None, runs: list[Known], shown: list[HistoryRun]) -> None:
    """Where nothing was found, and what is known elsewhere only."""
    if not shown:
        said = f"No run that is known has touched `{escape(address)}`." if address else "There was no run yet."
        screen.say(said)
    if address and any(each.whole.more for each in runs):
        screen.say("[quiet]Of very large runs not every object is named here.[/]")
    elsewhere = sorted({each.host for each in shown if not each.here})
    if elsewhere:
        screen.say(
            f"[quiet]Long texts, and what `golive undo` needs, are only on the machine that ran: "
            f"{escape(', '.join(elsewhere))}.[/]"
        )
    if shown and not address:
        screen.say(f"[quiet]One object, with old and new values:  golive history KIND/KEY{opened.option}[/]")
