"""Where tokens that change with each use are kept between runs: with the user, never in a workspace."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from platformdirs import user_state_path

from provisioners.private_file import replace_private

FOLDER = "GOLIVE_USER_FOLDER"
"""The variable that names another folder, such as one that a pipeline keeps between its runs."""


def user_folder() -> Path:
    """Where golive keeps what belongs to a user and to no workspace."""
    folder = os.environ.get(FOLDER)
    return Path(folder) if folder else user_state_path("golive")


@dataclass(frozen=True)
class Kept:
    """access: the token at hand. ends: when it ends, seconds since the epoch. refresh: gets the next one, once.
    began_with: digest of the refresh token in the environment, so that a new one there is noticed."""

    access: str = ""
    ends: float = 0.0
    refresh: str = ""
    began_with: str = ""


class TokenStore:
    """The tokens of one account and client. Runs that want to renew them at the same time wait for each other."""

    def __init__(self, url: str, client: str) -> None:
        name = hashlib.sha256(f"{url} {client}".encode()).hexdigest()[:24]
        self._file = user_folder() / "tokens" / f"{name}.json"

    @contextmanager
    def held(self) -> Iterator[Kept]:
        """What is kept, while nobody else may change it."""
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self._read()

    def keep(self, kept: Kept) -> None:
        """Write it, readable to this user alone; only inside `held`."""
        replace_private(self._file, json.dumps(asdict(kept)).encode())

    def _read(self) -> Kept:
        try:
            return Kept(**json.loads(self._file.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return Kept()


def digest_of(secret: str) -> str:
    """Whether a secret is the same as before can be told by it, and nothing else."""
    return hashlib.sha256(secret.encode()).hexdigest()[:16]
