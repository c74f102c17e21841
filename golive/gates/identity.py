"""Who somebody is in a project: git's name for them, and the project's own people."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from checklists.people import People, actor_of, person_at
from config.environment import Environment
from config.results.log_entry import Actor
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.connection import only_sandbox
from golive.workspace.repository import run_git

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


def can_practise(environment: Environment) -> bool:
    """Whether somebody may be played here, to practise: all systems are the local sandbox, and it is no production.
    What was only played counts nowhere else."""
    return not environment.production and only_sandbox(environment)


def acting_person(root: Path, people: People, practises_as: str | None, environment: Environment) -> Actor:
    """Who acts now: somebody of the project's people. Raises Fault for strangers.

    practises_as: the key of the person who is played, which only the sandbox allows.
    """
    found = acting_actor(root, people, practises_as, environment)
    if found is None:
        raise Fault(
            "no_identity",
            "git does not know who you are here.",
            do='Tell it:  git config --global user.name "…"   and  git config --global user.email …',
            exits=Exit.USAGE,
        )
    if found.key:
        return found
    practise = "   or, to practise in the sandbox:  --as KEY" if can_practise(environment) else ""
    raise Fault(
        "stranger",
        f"{found.email} is nobody of this project, so it cannot be said in whose name this is done.",
        where="checklists/",
        why=f"The project's people are: {', '.join(people) or 'nobody yet'}.",
        do=f"Add them in a file of checklists/:  people: {{KEY: {{roles: [ROLE], git: [{found.email}]}}}}{practise}",
        exits=Exit.USAGE,
    )


def acting_actor(root: Path, people: People, practises_as: str | None, environment: Environment) -> Actor | None:
    """Who acts now: somebody of the project's people, else who git says we are, without a key; None where git does not
    know either. Raises Fault where somebody is played who cannot be."""
    if practises_as is not None:
        return _played(people, practises_as, environment)
    me = git_identity(root)
    if me is None:
        return None
    key = person_at(people, me.email)
    return actor_of(key, people[key]) if key else Actor(me.name, me.email)


def _played(people: People, key: str, environment: Environment) -> Actor:
    if not can_practise(environment):
        raise Fault(
            "as_somebody",
            "--as is for practising in the sandbox, and this environment is a client's.",
            why="Its file says `production: true`."
            if environment.production
            else "Not everything that its file names is the local sandbox.",
            do="Leave --as out: who acts here is who git says you are:  git config user.email",
            exits=Exit.USAGE,
        )
    if key not in people:
        raise _nobody(people, key)
    return replace(actor_of(key, people[key]), practice=True)


def _nobody(people: People, key: str) -> Fault:
    return Fault(
        "stranger",
        f"Nobody of this project is called `{key}`.",
        where="checklists/",
        why=f"The project's people are: {', '.join(people) or 'nobody yet'}.",
        do="Say one of them, or add them in a file of checklists/.",
        exits=Exit.USAGE,
    )
