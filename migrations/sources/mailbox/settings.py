"""What a file says of a shared inbox."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from config.model import Model, defaults_to, required


class MailboxSettings(Model):
    """Mail of one or more shared addresses, on this machine."""

    paths: Annotated[list[str], Field(min_length=1)] = required(
        description="mbox files, Maildir folders or Gmail's Takeout archive; they count from the workspace's root."
    )
    leave_out_labels: list[str] = defaults_to(
        ["Spam", "Trash", "Drafts"], description="Mails with one of these labels of Gmail's are left out."
    )
    same_subject_days: Annotated[int, Field(ge=0, le=90)] = defaults_to(
        7,
        description="An answer that names no mail belongs to one of the same subject and people of so many days.",
    )
