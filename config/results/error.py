"""Why a command failed, in the same five parts wherever it is said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Error:
    """`code` is for programs. what: which object, file or call. where: `file:line` or a system, empty where there
    is no place. why: the reason, in the vendor's words where it gave any. do: what a person can do about it."""

    code: str
    what: str
    where: str
    why: str
    do: str
