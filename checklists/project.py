"""What a project says of itself for its checklists: its people, what it is like, and the figures that it sets."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from checklists.item import Profile, Stage
from config.kinds.schedules import Day
from config.model import Key, Model, Scalar, defaults_to, leave, none_unless_given, required


class Delegation(Model):
    """Somebody signs for another for a while."""

    role: Key = required(description="The role that is lent.")
    to: Key = required(description="Who has it meanwhile, by the key under `people`.")
    from_: Day = required(alias="from", description="The first day (UTC).")
    until: Day = required(description="The last day (UTC).")


class Participant(Model):
    """Somebody who owns items or signs. Who is in `config/` under `people` with the same key has name and address
    from there."""

    name: str | None = leave(description="What people call them.")
    email: str | None = leave(description="Their address.")
    roles: list[Key] = required(description="What they are in this project, such as `[head_of_support]`.")
    git: list[str] = defaults_to([], description="The addresses under which git knows them, besides `email`.")
    github: str | None = none_unless_given(description="Their name on GitHub; then their approving reviews count.")
    gpg: str | None = none_unless_given(description="The fingerprint of their key, where they sign with GPG.")
    delegates: list[Delegation] = defaults_to([], description="Who signs for them while they are away.")


class ProfileAnswer(Model):
    """That a profile does not apply, and why."""

    applies: Literal[False] = required(description="false: the project is not like that.")
    why: str = required(description="Who says so, or what shows it.")


Profiles = dict[Profile, Literal[True] | ProfileAnswer]
Form = Literal["duration", "count", "share", "amount", "text", "words", "role", "time_zone", "day_sort", "address"]
"""What a figure is: `14d`; 40; `95%`; a number of money; words; a list of words; a role; Europe/Berlin; calendar or
business; https://client.example/help."""


class FigureNeeded(Model):
    """A figure that no method gives, so that each project has to set it. There is no silent default."""

    name: str = required(description="What it is, in plain words.")
    form: Form = required(description="What it looks like.")
    why: str = required(description="What it decides.")
    needed_by: Stage = required(description="The gate that asks for it first.")
    only_if: list[Profile] = defaults_to([], description="Only projects of each of these profiles need it.")
    value: Scalar | list[str] | None = leave(description="What the project says.")


class Waivers(Model):
    """How many risks may be accepted at once, and for how long."""

    at_most: Annotated[int, Field(ge=0)] = defaults_to(5, description="How many may be open at a time.")
    days: Annotated[int, Field(ge=1, le=30)] = defaults_to(30, description="How long one lasts at most; never over 30.")


class Signatures(Model):
    """Proof of who signed, beside the name that git knows."""

    required: bool = defaults_to(False, description="true: nothing that people note counts without a valid signature.")
    allowed_signers: str | None = none_unless_given(
        description="A file of the workspace in the form of ssh-keygen's allowed signers."
    )

    @model_validator(mode="after")
    def check_signers(self) -> Self:
        if self.allowed_signers and (self.allowed_signers.startswith("/") or ".." in self.allowed_signers.split("/")):
            raise PydanticCustomError(
                "signers_file",
                "`{file}` is not in the workspace",
                {
                    "file": self.allowed_signers,
                    "at": "allowed_signers",
                    "hint": "Name a file below the workspace's root, such as checklists/allowed_signers.",
                },
            )
        return self


def is_reason(value: Any) -> bool:
    """Whether something was dropped with a reason."""
    return isinstance(value, str) and bool(value.strip())
