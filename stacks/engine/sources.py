"""The ways to come by the engine's executable. Each gives the reason when it does not work."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path

from stacks.engine.locate import VERSION

Say = Callable[[str], None]

GO_VERSION = (1, 25, 11)
PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
VERSION_FLAG = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
INSTALLER = "https://get.pulumi.com/install.sh"

REACH_SECONDS = 10
DOWNLOAD_SECONDS = 600
BUILD_SECONDS = 60 * 60
HEARTBEAT_SECONDS = 30

_REACH = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5).read(1)"
_INSTALL = """\
import sys
from pulumi.automation import PulumiCommand
from semver import VersionInfo
PulumiCommand.install(root=sys.argv[1], version=VersionInfo.parse(sys.argv[2]))
"""


class SourceUnavailableError(Exception):
    """This way does not lead to an engine here; the text says why."""


def from_path(folder: Path, say: Say) -> None:
    """Copy a `pulumi` of exactly the version from PATH into the folder's `bin`."""
    found = shutil.which("pulumi")
    if found is None:
        raise SourceUnavailableError("no pulumi on PATH")
    version = version_of(Path(found))
    if version != VERSION:
        raise SourceUnavailableError(f"{found} is version {version or 'unknown'}")
    say(f"Copying {found} …")
    (folder / "bin").mkdir(parents=True)
    shutil.copy2(Path(found).resolve(), folder / "bin" / "pulumi")


def from_official_installer(folder: Path, say: Say) -> None:
    """Let the SDK download the official release."""
    python = [sys.executable, "-P", "-c"]
    try:
        _run([*python, _REACH, INSTALLER], REACH_SECONDS)
    except SourceUnavailableError:
        raise SourceUnavailableError(f"{INSTALLER} cannot be reached") from None
    say(f"Downloading pulumi {VERSION} from its makers (about 100 MB) …")
    _run([*python, _INSTALL, str(folder), VERSION], DOWNLOAD_SECONDS)


def from_go(folder: Path, say: Say) -> None:
    """Build it from the pinned Go module."""
    go = shutil.which("go")
    wanted = ".".join(map(str, GO_VERSION))
    if go is None:
        raise SourceUnavailableError("no Go on PATH")
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOWORK": "off", "CGO_ENABLED": "0"}
    said = _run([go, "env", "GOVERSION"], 30, environment).strip()
    if go_version(said) < GO_VERSION:
        raise SourceUnavailableError(f"{go} is {said or 'of unknown version'}, and {wanted} or newer is needed")
    module = folder / "module"
    module.mkdir(parents=True)
    for name in ("go.mod", "go.sum"):
        (module / name).write_bytes(files("stacks.engine").joinpath(name).read_bytes())
    say(f"Building pulumi {VERSION} with {said}: about 4 minutes on 2 cores, and only this once …")
    flags = f"-s -w -X {VERSION_FLAG}=v{VERSION}"
    command = [go, "build", "-mod=readonly", "-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", flags]
    output = folder / "bin" / "pulumi"
    _run([*command, "-o", str(output), PACKAGE], BUILD_SECONDS, environment, module, say)
    shutil.rmtree(module)


def version_of(executable: Path) -> str:
    """The version that an engine says it has, without the `v`; empty where it says none."""
    try:
        said = _run([str(executable), "version"], 60, {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"})
    except SourceUnavailableError:
        return ""
    return said.strip().removeprefix("v")


def go_version(said: str) -> tuple[int, ...]:
    """`go1.26.8` → (1, 26, 8); empty where it cannot be read."""
    found = re.match(r"go(\d+)\.(\d+)(?:\.(\d+))?", said)
    return tuple(int(piece or 0) for piece in found.groups()) if found else ()


def _run(
    command: list[str],
    seconds: float,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    say: Say | None = None,
) -> str:
    """Standard output of a command that is ended, with all its children, when its time is over."""
    started = time.monotonic()
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=folder,
            start_new_session=True,
            text=True,
        )
    except OSError as error:
        raise SourceUnavailableError(f"{command[0]} cannot be started: {error}") from error
    try:
        while True:
            gone = time.monotonic() - started
            try:
                output, errors = process.communicate(timeout=min(HEARTBEAT_SECONDS, max(0.0, seconds - gone)))
                break
            except subprocess.TimeoutExpired:
                gone = time.monotonic() - started
                if gone >= seconds:
                    raise SourceUnavailableError(f"{command[0]} took longer than {seconds:.0f} s") from None
                if say:
                    say(f"… still at it, {gone / 60:.1f} min so far")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    if process.returncode != 0:
        last = (errors.strip() or output.strip() or f"exit code {process.returncode}").splitlines()[-1]
        raise SourceUnavailableError(f"{Path(command[0]).name} failed: {last}")
    return output
