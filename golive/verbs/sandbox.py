"""`golive sandbox …`: the local stand-in for all systems."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import click

from golive.embedded import DEFAULT_PORT, port_of, sandbox_status, start_sandbox, stop_sandbox
from golive.exits import Exit
from golive.fault import Fault
from golive.opening import open_workspace
from golive.options import json_option, screen_of
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
            {"schema": "golive/sandbox/1", "running": status.running, "url": status.url, "counts": status.counts}
        )
    elif not status.running:
        screen.say("The sandbox does not run. Start it:  golive sandbox start")
    else:
        screen.say(f"The sandbox runs at {status.url} (process {status.pid}).")
        for system, counts in status.counts.items():
            held = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
            screen.say(f"  {system}: {held or 'empty'}")
    return int(Exit.DONE)


@command.command("reset")
@click.pass_context
def reset(ctx: click.Context) -> int:
    """Empty it: back to the accounts it began with."""
    _ask(ctx, "POST", "/sandbox/reset")
    screen_of(ctx).say("The sandbox is as new. `golive plan` will now find that everything is gone.")
    return int(Exit.DONE)


@command.command("fault")
@click.argument("kind", required=False)
@click.option("--system", default=None, help="zendesk, salesforce or slack; all unless said otherwise.")
@click.option("--method", default=None, help="GET, POST, …")
@click.option("--path", default=None, help="A regular expression that the path must match.")
@click.option(
    "--rate", type=click.FloatRange(0, 1), default=1.0, show_default=True, help="Share of calls that it hits."
)
@click.option("--seed", type=int, default=0, show_default=True, help="For the same faults again.")
@click.option("--value", default=None, help="Seconds of a latency, or the name of the dropped field.")
@click.option("--times", type=int, default=None, help="How often at the most.")
@click.option("--clear", is_flag=True, help="Remove all faults.")
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
) -> int:
    """Make calls fail on purpose: latency, throttle, error_500, error_503, cut_before, cut_after, …

    Example:  golive sandbox fault error_500 --system slack
    """
    screen = screen_of(ctx)
    if clear:
        _ask(ctx, "DELETE", "/sandbox/faults")
        screen.say("No faults any more.")
    elif kind is None:
        for each in _ask(ctx, "GET", "/sandbox/faults").get("faults", []):
            screen.say(json.dumps(each))
    else:
        rule = {"kind": kind, "system": system, "method": method, "path": path, "rate": rate, "seed": seed,
                "value": value, "times": times}  # fmt: skip
        _ask(ctx, "POST", "/sandbox/faults", {name: each for name, each in rule.items() if each is not None})
        screen.say(f"From now on: {kind}. `golive sandbox fault --clear` ends it.")
    return int(Exit.DONE)


def _ask(ctx: click.Context, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """The running sandbox's answer. Raises Fault."""
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
    except urllib.error.HTTPError as refused:
        why = refused.read().decode(errors="replace")
        raise Fault("sandbox", "The sandbox refused that.", why=why, exits=Exit.USAGE) from refused
    found: dict[str, Any] = json.loads(text) if text.strip().startswith("{") else {}
    return found
