"""Systems that do not answer, for verbs that read the account themselves and make no plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from config.results.plan import NotRead
from golive.runs.running import Session
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from provisioners.run_file import SystemSettings
from provisioners.system import systems


def answering(session: Session) -> dict[str, SystemSettings]:
    """The systems that can be read, with their settings."""
    down = session.reached.down
    return {instance: each for instance, each in session.reached.settings.items() if instance not in down}


def of_kinds(session: Session, kinds: Iterable[str]) -> set[str]:
    """The systems in which there can be objects of these kinds."""
    wanted = set(kinds)
    return {
        instance
        for instance, settings in session.reached.settings.items()
        if any(each.kind in wanted for each in systems()[settings.type].translations())
    }


def not_answering(session: Session, meant: Iterable[str]) -> list[NotRead]:
    """Those of these systems that could not be read. Raises Fault where none of them could."""
    instances = set(meant)
    down = _down(session, instances)
    if down and len(down) == len(instances):
        raise unreachable(session, down)
    return [NotRead(instance, why) for instance, why in down.items()]


def check_answering(session: Session, meant: Iterable[str]) -> None:
    """Raises Fault where one of these systems could not be read."""
    down = _down(session, set(meant))
    if down:
        raise unreachable(session, down)


def _down(session: Session, meant: Collection[str]) -> dict[str, str]:
    """Those of these systems that do not answer → why."""
    return {each: why for each, why in session.reached.down.items() if each in meant}


def unreachable(session: Session, down: Mapping[str, str]) -> Fault:
    """That nothing was done, because these systems do not answer (instance → why)."""
    titles = " and ".join(session.vendor(each) for each in down)
    return Fault(
        "unreachable",
        f"{titles} {'does' if len(down) == 1 else 'do'} not answer; nothing was changed.",
        where=", ".join(session.reached.settings[each].url for each in down),
        why="; ".join(dict.fromkeys(down.values())),
        do=f"Run the command again in a moment. Which systems answer:  golive doctor{session.opened.option}",
        exits=Exit.FAILED,
    )
