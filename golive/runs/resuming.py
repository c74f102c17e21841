"""What an earlier run left open: looked up, told, and noted in the state before anything else is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pulumi.automation import Deployment
from rich.markup import escape

from golive.runs.engine import engine_faults
from golive.runs.journaling import new_run, now, with_run
from golive.runs.left_open import lines_of
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.terminal.screen import Screen
from golive.wording.words import title_in
from golive.workspace.connection import Reached
from golive.workspace.opening import Opened
from provisioners.collection import Live
from provisioners.errors import SystemFault
from provisioners.system import systems
from stacks.automation import EnvironmentStack
from stacks.backups import Backups
from stacks.interruption import Interruption
from stacks.journal import Touched
from stacks.resolving import Resolved, Resolver, SeveralFound
from stacks.state import record
from stacks.unfinished import Unfinished


def resume(
    opened: Opened,
    screen: Screen,
    engine: EnvironmentStack,
    state: Deployment,
    reached: Reached,
    interruption: Interruption,
) -> Deployment:
    """The state once it knows what became of everything that was under way. Raises Fault."""
    resolver = Resolver(state, reached.settings, reached.down, interruption.stopped)
    try:
        resolved = resolver.resolved(
            lambda seconds: screen.note(
                f"[quiet]An earlier run ended a moment ago; lists may lag. Looking again in {seconds:.0f} s …[/]"
            )
        )
    except SeveralFound as several:
        raise _several(several, opened, reached) from several
    except SystemFault as fault:
        if fault.code == "stopped":
            raise Fault("cancelled", "Cancelled. Nothing was changed.", exits=Exit.CANCELLED) from fault
        raise of_system(fault, opened.environment_name) from fault
    with engine_faults(interruption, opened.option):
        if engine.has_moved(state):
            raise moved()
        Backups(opened.workspace.root, opened.environment_name).keep(state, "resuming")
        found = list(_touched(resolved))
        run = replace(new_run(opened, record(state).journal, "resume", found), ended=now(), result="done")
        after = resolved.state(state)
        engine.import_state(with_run(after, opened, run) if found else after)
        settled = engine.export_state()
    _show(screen, resolved, reached)
    return settled


def _touched(resolved: Resolved) -> Iterator[Touched]:
    """What turned out to have been done by the run that ended in the middle."""

    def touched(each: Unfinished, action: str) -> Touched:
        return Touched("/".join(each.named.object), action)

    yield from (touched(each.unfinished, each.unfinished.write) for each in resolved.found)
    yield from (touched(each, "delete") for each in resolved.gone)


def moved() -> Fault:
    """Another run was there in the meantime."""
    return Fault(
        "moved",
        "Another run changed this environment in the meantime; nothing was changed by this one.",
        why="What was shown is no longer what would happen.",
        do="Run the command again.",
        exits=Exit.FAILED,
    )


def _several(several: SeveralFound, opened: Opened, reached: Reached) -> Fault:
    """Nobody can know which of them is ours."""
    settings = reached.settings[several.unfinished.address.instance]
    system = systems()[settings.type]
    named, type_ = several.unfinished.named, several.unfinished.address.type
    pages = [system.page(settings.url, type_, live.id) for live in several.lives]
    shown = [f"{_told(live)}{f' ({page})' if page else ''}" for live, page in zip(several.lives, pages, strict=True)]
    return Fault(
        "ambiguous",
        f"An earlier run died while it was making {title_in(system.title, named.kind)} {named.key}, and there are"
        f" {len(shown)} of that name; nothing was changed.",
        where=" and ".join(shown),
        why="golive made one of them and cannot know which.",
        do=f"Rename in {system.title} those that are not golive's: its own was made when that run died, and nobody uses"
        " it yet. Delete nothing. Then run the command again: golive takes the one that keeps the name.",
        exits=Exit.FAILED,
    )


def _told(live: Live) -> str:
    """An object by its id, and when it was made where the vendor says so."""
    made = str(live.body.get("created_at") or live.body.get("created") or "")
    return f"id {live.id}{f', made {made}' if made else ''}"


def _show(screen: Screen, resolved: Resolved, reached: Reached) -> None:
    found = [each.unfinished for each in resolved.found]
    changed = [each for each in [*found, *resolved.undone] if each.write == "update"]
    told = {
        "was made, and is ours": [each for each in found if each.write == "create"],
        "is taken as it is now, and the plan says what is left to change": changed,
        "was deleted": resolved.gone,
        "was not done": [each for each in resolved.undone if each.write != "update"],
    }
    for one, why in resolved.unknown:
        told.setdefault(f"is looked for later ({why})", []).append(one)
    screen.note("[change]An earlier run ended in the middle.[/] What was under way then:")
    for word, items in told.items():
        for line in lines_of(word, [each.named for each in items], reached.settings):
            screen.note(f"  {escape(line)}")
    screen.note()
