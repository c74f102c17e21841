"""Installing the engine: once per user and version, completely or not at all."""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from stacks.engine.locate import HOST, HOST_SCRIPT, STAMP, VERSION, EngineStatus, engine_folder, status
from stacks.engine.sources import (
    GO_VERSION,
    Say,
    SourceUnavailableError,
    from_go,
    from_official_installer,
    from_path,
    version_of,
)

SOURCES = {
    "PATH": from_path,
    "official installer": from_official_installer,
    "Go build": from_go,
}


class EngineMissing(Exception):
    """There is no engine and none could be had. `reasons`: source → why not."""

    def __init__(self, reasons: dict[str, str]) -> None:
        tried = "".join(f"\n  - {source}: {why}" for source, why in reasons.items())
        wanted = ".".join(map(str, GO_VERSION))
        super().__init__(
            f"The engine, pulumi {VERSION}, is not installed, and golive could not install it:{tried}\n"
            f"Put a pulumi {VERSION} on PATH, or Go {wanted} or newer, and run `golive engine install` again."
        )
        self.reasons = reasons


def quietly(text: str) -> None:
    """Nobody listens."""


def install(say: Say = quietly, sources: Sequence[str] = tuple(SOURCES)) -> EngineStatus:
    """The engine, installed if it is not there yet. Safe when several run at once: one installs, the others wait.

    say: told what is happening, in whole sentences. Raises EngineMissing.
    """
    present = status()
    if present.installed and host_is_current(present):
        return present
    folder = engine_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent / f".{VERSION}.lock", say):
        present = status()
        if not present.installed:
            _install_into(folder, say, sources)
        elif not host_is_current(present):
            _write_host(folder / "bin")
        return status()


def host_is_current(present: EngineStatus) -> bool:
    """Whether the script that starts our host is that of this version of golive."""
    return present.path.with_name(HOST).read_text(encoding="utf-8") == HOST_SCRIPT


def _install_into(folder: Path, say: Say, sources: Sequence[str]) -> None:
    for left_over in folder.parent.glob(f".{VERSION}-*"):
        shutil.rmtree(left_over, ignore_errors=True)
    reasons: dict[str, str] = {}
    for source in sources:
        place = Path(tempfile.mkdtemp(prefix=f".{VERSION}-", dir=folder.parent))
        try:
            SOURCES[source](place, say)
            _complete(place, source)
            if folder.exists():
                shutil.rmtree(folder)
            place.rename(folder)
        except SourceUnavailableError as unavailable:
            reasons[source] = str(unavailable)
            continue
        finally:
            shutil.rmtree(place, ignore_errors=True)
        say(f"Engine ready: pulumi {VERSION} in {folder}.")
        return
    raise EngineMissing(reasons)


def _complete(place: Path, source: str) -> None:
    """Leave exactly `pulumi` and our host in `bin`, prove the version, and say where it came from."""
    binaries = place / "bin"
    executable = binaries / "pulumi"
    if not executable.is_file():
        raise SourceUnavailableError("it gave no executable")
    for other in binaries.iterdir():
        if other != executable:
            other.unlink()
    executable.chmod(0o755)
    version = version_of(executable)
    if version != VERSION:
        raise SourceUnavailableError(f"it gave version {version or 'unknown'}")
    _write_host(binaries)
    place.chmod(0o755)
    (place / STAMP).write_text(json.dumps({"version": VERSION, "source": source}) + "\n", encoding="utf-8")


def _write_host(binaries: Path) -> None:
    new = binaries / f".{HOST}"
    new.write_text(HOST_SCRIPT, encoding="utf-8")
    new.chmod(0o755)
    new.replace(binaries / HOST)


@contextmanager
def _alone(lock: Path, say: Say) -> Iterator[None]:
    """Hold the lock. The system frees it when its holder ends, however it ends."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another golive is installing the engine; waiting for it …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
