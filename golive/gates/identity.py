"""Who somebody is in a project: git's name for them, and the project's own people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checklists.project import Participant
from config.results.log_entry import Actor
from golive.exits import Exit
from golive.fault import Fault
from golive.repository import run_git

_IDENTITY = re.compile(r"(.*) <(.*)> \d+ [+-]\d{4}")


@dataclass(frozen=True)
class GitIdentity:
    """As git would name the author of a commit now."""

    name: str
    email: str


def git_identity(root: Path) -> GitIdentity | None:
    """Who git says that we are; None where nobody has told it."""
    asked = run_git(root, "var", "GIT_AUTHOR_IDENT")
    found = _IDENTITY.match(asked.stdout.decode(errors="replace")) if asked.returncode == 0 else None
    return GitIdentity(found[1], found[2]) if found else None


def acting_person(root: Path, people: Mapping[str, Participant], practises_as: str | None, *, sandbox: bool) -> Actor:
    """Who acts now: somebody of the project's people. Raises Fault for strangers.

    practises_as: the key of the person who is played, which only the sandbox allows.
    """
    if practises_as is not None:
        if not sandbox:
            raise Fault(
                "as_somebody",
                "--as is for practising in the sandbox, and this is a client's account.",
                do="Who signs here is who git says you are:  git config user.email",
                exits=Exit.USAGE,
            )
        if practises_as not in people:
            raise _nobody(people, practises_as)
        return actor_of(practises_as, people[practises_as])
    me = git_identity(root)
    if me is None:
        raise Fault(
            "no_identity",
            "git does not know who you are here.",
            do='Tell it:  git config user.name "…"   and  git config user.email …',
            exits=Exit.USAGE,
        )
    for key, person in people.items():
        if me.email.lower() in (each.lower() for each in (person.email or "", *person.git)):
            return actor_of(key, person)
    raise Fault(
        "stranger",
        f"{me.email} is nobody of this project, so it cannot be said in whose name this is done.",
        where="checklists/",
        why=f"The project's people are: {', '.join(people) or 'nobody yet'}.",
        do="Add them in a file of checklists/:  people: {KEY: {roles: [ROLE], git: ["
        + me.email
        + "]}}"
        + ("   or, to practise in the sandbox:  --as KEY" if sandbox else ""),
        exits=Exit.USAGE,
    )


def actor_of(key: str, person: Participant) -> Actor:
    """Somebody of the project's people, as the log has them."""
    return Actor(person.name or key, person.email or "", tuple(person.roles), key)


def _nobody(people: Mapping[str, Participant], key: str) -> Fault:
    return Fault(
        "stranger",
        f"Nobody of this project is called `{key}`.",
        where="checklists/",
        why=f"The project's people are: {', '.join(people) or 'nobody yet'}.",
        do="Say one of them, or add them in a file of checklists/.",
        exits=Exit.USAGE,
    )


def authors_by_line(root: Path, file: str) -> list[str] | None:
    """The address of who wrote each line of a file last. None where git does not know: no repository, or a file that it
    does not keep. Lines that are not committed are of who acts now."""
    done = run_git(root, "blame", "--line-porcelain", "--", file)
    if done.returncode:
        return None
    me = git_identity(root)
    found = []
    for line in done.stdout.decode(errors="replace").splitlines():
        if line.startswith("author-mail "):
            mail = line.removeprefix("author-mail ").strip("<>").lower()
            found.append((me.email.lower() if me else "") if mail == "not.committed.yet" else mail)
    return found
