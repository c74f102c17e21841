"""Who works in the helpdesk: groups and people."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.model import Data, Model, Object, Phase, defaults_to, none_unless_given, required
from config.references import refers_to

Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class Group(Object):
    """A team that tickets are assigned to."""

    name: str = required(description="What people call it.")


class InviteAt(Model):
    """Invited when a phase begins."""

    phase: Phase = required(description="The phase.")


class Person(Data):
    """Somebody with a seat. Nobody is invited unless `invite` says so."""

    name: str = required(description="First and last name.")
    email: Email = required(description="Also how the person is found in the CRM and in Slack.")
    role: Annotated[str, refers_to("roles")] = required(description="What the person may do.")
    groups: list[Annotated[str, refers_to("groups")]] = defaults_to([], description="The teams the person works in.")
    default_group: Annotated[str, refers_to("groups")] | None = none_unless_given(
        description="The one of `groups` that tickets go to when only the person is named."
    )
    invite: Literal["never", "now"] | InviteAt = defaults_to("never", description="When the invitation is mailed.")
    active: bool = defaults_to(True, description="false: keeps the seat and everything else, and cannot sign in.")
    has_switch = True

    @property
    def invited_with(self) -> str | None:
        """The phase with which the invitation goes out; None where nobody invites."""
        if isinstance(self.invite, InviteAt):
            return self.invite.phase
        return "build" if self.invite == "now" else None
