"""Where the state is kept, and the engine's surroundings."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from provisioners.run_file import VARIABLE as RUN_VARIABLE
from stacks.engine.locate import engine_home

LOCAL = "local"
STATE_FOLDER = ".pulumi-state"
ENGINE_FOLDER = Path(".golive") / "engine"

_WITHOUT_ATTRIBUTES = "?metadata=skip"
"""The engine replaces the state's file in one step. But the file of attributes that it keeps beside it, it empties and
writes again (gocloud.dev/blob/fileblob, `setAttrs`): whoever reads or dies in between finds a state that cannot be
loaded ("failed to load checkpoint: EOF")."""


def backend_url(workspace: Path, state: str) -> str:
    """The engine's address for an environment's `state:`: `local`, or an address such as `s3://bucket/folder`."""
    if state == LOCAL:
        folder = workspace.resolve() / STATE_FOLDER
        folder.mkdir(exist_ok=True)
        state = f"file://{quote(str(folder))}"
    if state.startswith("file://") and "?" not in state:
        state += _WITHOUT_ATTRIBUTES
    return state


def state_file(workspace: Path, project: str, environment: str) -> Path:
    """The file in which the engine keeps a local state."""
    return workspace.resolve() / STATE_FOLDER / ".pulumi" / "stacks" / project / f"{environment}.json"


def golive_folder(workspace: Path, environment: str) -> Path:
    """What golive itself keeps beside the state of an environment."""
    return workspace.resolve() / STATE_FOLDER / "golive" / environment


KEPT_HISTORY = 50


def shorten_history(workspace: Path, project: str, environment: str) -> None:
    """Let the engine's own history of a local state end somewhere: of each run it keeps the whole state."""
    folder = workspace.resolve() / STATE_FOLDER / ".pulumi" / "history" / project / environment
    for ending in ("history.json", "checkpoint.json"):
        for old in sorted(folder.glob(f"*.{ending}"))[:-KEPT_HISTORY]:
            old.unlink(missing_ok=True)


def project_folder(workspace: Path, project: str) -> Path:
    """The folder in which the engine runs, with a project file of its own.

    The engine rewrites project and stack files; so it gets its own, and never sees the client's. Everything in
    the folder can be made again.
    """
    folder = workspace.resolve() / ENGINE_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "Pulumi.yaml"
    text = (
        "# Made by golive for the engine. The project's own file is two folders up.\n"
        f"name: {project}\nruntime: python\n"
    )
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.write_text(text, encoding="utf-8")
    return folder


def engine_environment(backend: str, run_folder: Path, python: str, passphrase: str | None) -> dict[str, str]:
    """The variables that the engine and the host get on top of golive's own.

    passphrase: that of the state's secrets, None where the caller's environment names one.
    """
    given = {
        "PULUMI_BACKEND_URL": backend,
        "PULUMI_HOME": str(engine_home()),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        # One for each object that is made, without end; golive keeps copies of its own.
        "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS": "true",
        "PULUMI_DIY_BACKEND_GZIP": "false",  # golive reads a local state from its file
        "GOLIVE_PYTHON": python,
        RUN_VARIABLE: str(run_folder.resolve()),
        "PYTHONPATH": "",
    }
    if passphrase is not None:
        given["PULUMI_CONFIG_PASSPHRASE"] = passphrase
    return given
