"""What must be said before something is written: numbers by hand, and the client's name in production."""

from __future__ import annotations

import click

from config.results.plan import Change, PlanDocument
from golive.exits import Exit
from golive.fault import Fault
from golive.notices import Notices
from golive.opening import Opened
from golive.screen import Screen
from golive.words import title_of


def check_collisions(document: PlanDocument) -> None:
    """Nothing is begun while a live object is in the way. Raises Fault."""
    if not document.collisions:
        return
    first = document.collisions[0]
    many = f" and {len(document.collisions) - 1} more" if len(document.collisions) > 1 else ""
    raise Fault(
        "collision",
        f"In {first.system}, something named “{first.name}” is there already{many}; nothing was changed.",
        where=first.where,
        why="golive never takes over an object by its name alone.",
        do=first.do,
        exits=Exit.FAILED,
    )


def check_data(lost: list[Change]) -> None:
    """What people have entered is never thrown away by the way. Raises Fault."""
    if not lost:
        return
    first = lost[0]
    many = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    raise Fault(
        "data",
        f"{title_of(first.kind)} {first.key}{many} would be removed and made anew, with every value that people have "
        "entered; nothing was changed.",
        where=first.where,
        why=f"What would change cannot be changed in {first.system}: {', '.join(each.path for each in first.diff)}.",
        do="Leave it as it is and declare a new one under a new key; or put back by hand what was changed by hand.",
        exits=Exit.FAILED,
    )


def check_numbers(notices: Notices, delete: int, mail: int, *, all_sandbox: bool) -> None:
    """Deletions and mails are named as numbers, so that nobody causes them unawares. Raises Fault."""
    if all_sandbox:
        return
    for needed, said, option, what in (
        (notices.deletions, delete, "--delete", ("deletes {} object", "deletes {} objects")),
        (notices.mails, mail, "--mail", ("causes {} mail to people", "causes {} mails to people")),
    ):
        if needed != said:
            raise Fault(
                "number",
                f"This run {what[needed != 1].format(needed)}, and {option} says {said}.",
                why="What cannot be taken back is said as a number.",
                do=f"If that is meant:  {option} {needed}" if needed else f"Leave out {option}.",
                exits=Exit.USAGE,
            )


def ask(opened: Opened, screen: Screen, question: str, *, yes: bool, client: str | None) -> None:
    """Let a person agree; in production by typing the client's name. Raises Fault where nobody agrees."""
    production = opened.environment.production
    if production and yes and client != opened.client:
        raise Fault(
            "client",
            "In production, --yes also needs the client's name.",
            why=f"It was {'not said' if client is None else f'“{client}”'}.",
            do=f'--client "{opened.client}"',
            exits=Exit.USAGE,
        )
    if yes:
        return
    if not screen.can_ask:
        raise Fault(
            "no_terminal",
            "Nobody can be asked here; nothing was changed.",
            why="There is no terminal at both ends.",
            do="Say --yes to agree beforehand.",
            exits=Exit.USAGE,
        )
    if production:
        typed = click.prompt(f"{question} Type the client's name to agree", err=True, default="", show_default=False)
        agreed = typed == opened.client
    else:
        agreed = click.confirm(question, err=True, default=False)
    if not agreed:
        raise Fault("cancelled", "Not agreed. Nothing was changed.", exits=Exit.CANCELLED)
