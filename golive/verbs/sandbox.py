"""`golive sandbox …`: the local stand-in for all systems."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import json_option, screen_of
from golive.workspace.embedded import (
    DEFAULT_PORT,
    port_of,
    sandbox_status,
    seed_has_changed,
    start_sandbox,
    stop_sandbox,
)
from golive.workspace.opening import open_workspace
from sandbox.fault_kinds import KINDS
from sandbox.process import open_locally


@click.group("sandbox")
def command() -> None:
    """Helpdesk, CRM and Slack on this machine, for trying things out. Nothing leaves it.

    Example:  golive sandbox start
    """


@command.command("start")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    help="The port; that of the environment file unless said otherwise.",
)
@click.option("--from", "seed", type=click.Path(path_type=Path, exists=True, dir_okay=False), default=None,
              help="Start with the accounts in this file.")  # fmt: skip
@click.pass_context
def start_it(ctx: click.Context, port: int | None, seed: Path | None) -> int:
    """Start it, empty or with what stacks/sandbox-account.yaml says."""
    workspace = open_workspace(ctx.obj["folder"])
    screen = screen_of(ctx)
    status = start_sandbox(workspace, port or _port_of_workspace(ctx) or DEFAULT_PORT, seed)
    screen.say(f"[good]The sandbox runs[/] at {status.url} (process {status.pid}). `golive sandbox stop` ends it.")
    if status.seed_changed:
        screen.say(seed_has_changed(status.seed_changed))
    return int(Exit.DONE)


def _port_of_workspace(ctx: click.Context) -> int | None:
    workspace = open_workspace(ctx.obj["folder"])
    for name in workspace.environments():
        environment, _ = workspace.environment(name)
        port = port_of(environment) if environment else None
        if port:
            return port
    return None


@command.command("stop")
@click.pass_context
def stop_it(ctx: click.Context) -> int:
    """End it; what it holds is kept for the next start."""
    ended = stop_sandbox(open_workspace(ctx.obj["folder"]))
    screen_of(ctx).say("The sandbox has ended; what it holds is kept." if ended else "The sandbox did not run.")
    return int(Exit.DONE)


@command.command("status")
@json_option
@click.pass_context
def show_status(ctx: click.Context, json_wanted: bool) -> int:
    """Say whether it runs, and what it holds."""
    screen = screen_of(ctx, json_wanted)
    status = sandbox_status(open_workspace(ctx.obj["folder"]))
    if json_wanted:
        screen.document(
            {
                "schema": "golive/sandbox/1",
                "running": status.running,
                "url": status.url,
                "counts": status.counts,
                "seed_changed": status.seed_changed,
            }
        )
    elif not status.running:
        screen.say("The sandbox does not run. Start it:  golive sandbox start")
    else:
        screen.say(f"The sandbox runs at {status.url} (process {status.pid}).")
        for system, counts in status.counts.items():
            held = ", ".join(f"{_words(name)} {count}" for name, count in counts.items() if count)
            screen.say(f"  {system}: {held or 'empty'}")
        if status.seed_changed:
            screen.say(seed_has_changed(status.seed_changed))
    return int(Exit.DONE)


def _words(table: str) -> str:
    """A table's name as people say it: `PermissionSet` and `ticket_fields` → `permission sets`, `ticket fields`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", table).replace("_", " ").lower()
    return words if words.endswith("s") else f"{words}s"


@command.command("reset")
@click.pass_context
def reset(ctx: click.Context) -> int:
    """Empty it: back to the accounts of its file, as that is now."""
    _ask(ctx, "POST", "/sandbox/reset", refused="The sandbox cannot begin with what its file says; it is as it was.")
    screen_of(ctx).say("The sandbox is as new. `golive plan` will now find that everything is gone.")
    return int(Exit.DONE)


def _fault_help() -> str:
    """The help of `fault`, with every kind."""
    widest = max(map(len, KINDS))
    kinds = "\n".join(f"{kind:<{widest}}  {what}" for kind, what in KINDS.items())
    return (
        "Make calls fail on purpose; without KIND, say what fails now.\n\n\b\nKinds:\n"
        f"{kinds}\n\nExample:  golive sandbox fault error_500 --system slack"
    )


@command.command("fault", help=_fault_help())
@click.argument("kind", required=False)
@click.option("--system", default=None, help="One of them, such as slack; all unless said otherwise.")
@click.option("--method", default=None, help="GET, POST, …")
@click.option("--path", default=None, help="A regular expression that the path must match.")
@click.option(
    "--rate", type=click.FloatRange(0, 1), default=1.0, show_default=True, help="Share of calls that it hits."
)
@click.option("--seed", type=int, default=0, show_default=True, help="For the same faults again.")
@click.option("--value", default=None, help="What the kind needs; see above.")
@click.option("--times", type=int, default=None, help="How often at the most.")
@click.option("--clear", is_flag=True, help="Remove all faults.")
@json_option
@click.pass_context
def set_fault(
    ctx: click.Context,
    kind: str | None,
    system: str | None,
    method: str | None,
    path: str | None,
    rate: float,
    seed: int,
    value: str | None,
    times: int | None,
    clear: bool,
    json_wanted: bool,
) -> int:
    screen = screen_of(ctx, json_wanted)
    if kind is not None and kind not in KINDS:
        near = get_close_matches(kind, KINDS, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else f"There are {', '.join(KINDS)}."
        raise click.UsageError(f"There is no kind `{kind}`. {hint}", ctx)
    if clear:
        now = _ask(ctx, "DELETE", "/sandbox/faults")
        screen.say("No faults any more.")
    elif kind is None:
        now = _ask(ctx, "GET", "/sandbox/faults")
        for each in now["faults"]:
            screen.say(escape(_in_words(each)))
        if not now["faults"]:
            screen.say("Nothing fails on purpose.")
    else:
        rule = {"kind": kind, "system": system, "method": method, "path": path, "rate": rate, "seed": seed,
                "value": _number(value) if kind == "omit" else value, "times": times}  # fmt: skip
        now = _ask(ctx, "POST", "/sandbox/faults", {name: each for name, each in rule.items() if each is not None})
        screen.say(f"From now on: {kind}. `golive sandbox fault --clear` ends it.")
    if json_wanted:
        screen.document({"schema": "golive/sandbox/1", "faults": now["faults"]})
    return int(Exit.DONE)


def _number(value: str | None) -> str | float | None:
    """A share is a number with a point; anything else is an id."""
    return float(value) if value and re.fullmatch(r"[01]?\.\d+", value) else value


def _in_words(rule: Mapping[str, Any]) -> str:
    """One running fault: `error_500 in slack, POST, 30 % of the calls, at most 9 times: … (struck 2 times)`."""
    where = [
        f"in {rule['system'] or 'every system'}",
        *([rule["method"]] if rule["method"] else []),
        *([f"paths like {rule['path']}"] if rule["path"] else []),
        *([f"{rule['rate']:.0%} of the calls"] if rule["rate"] < 1 else []),
        *([f"at most {rule['times']} times"] if rule["times"] is not None else []),
        *([f"--value {rule['value']}"] if rule["value"] is not None else []),
    ]
    times = "once" if rule["fired"] == 1 else f"{rule['fired']} times"
    return f"{rule['kind']} {', '.join(where)}: {KINDS[rule['kind']]} (struck {times})"


def _ask(
    ctx: click.Context,
    method: str,
    path: str,
    body: dict[str, Any] | None = None,
    refused: str = "The sandbox refused that.",
) -> dict[str, Any]:
    """The running sandbox's answer. Raises Fault. refused: what has not been done where it says no."""
    status = sandbox_status(open_workspace(ctx.obj["folder"]))
    if not status.running:
        raise Fault("sandbox", "The sandbox does not run.", do="Start it:  golive sandbox start", exits=Exit.FAILED)
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{status.url}{path}", data=data, method=method, headers={"Content-Type": "application/json"}
    )
    try:
        with open_locally(request, 10) as answer:
            text = answer.read().decode()
    except urllib.error.HTTPError as error:
        why = error.read().decode(errors="replace")
        with suppress(ValueError, KeyError, TypeError):
            why = json.loads(why)["error"]
        raise Fault("sandbox", refused, why=why, exits=Exit.USAGE) from error
    found: dict[str, Any] = json.loads(text) if text.strip().startswith("{") else {}
    return found
