"""The entry point: global options, the error boundary, and the list of verbs."""

from __future__ import annotations

import gc
import importlib
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from golive.terminal.exits import Exit

_VERBS = {
    "look": "A health page of any account. Needs no workspace, writes nothing.",
    "init": "Make a new workspace.",
    "validate": "Check the files, offline; shows everything at once.",
    "rule": "Say what a rule of `golive validate` looks for, why, and what to do.",
    "review": "Say what a change of the files means, offline.",
    "plan": "Show what would change. Writes nothing.",
    "up": "Make the systems what the files say.",
    "drift": "Show what was changed by hand since the last run.",
    "adopt": "Take over what is there already, into the files.",
    "pull": "Bring what was changed by hand into the files.",
    "release": "Stop looking after objects, and leave them as they are.",
    "destroy": "Take everything away that golive made.",
    "undo": "Bring back what was there before a run.",
    "history": "Show which run changed what, when and by whom.",
    "cohort": "Who is in the soft launch, and their mark in the helpdesk.",
    "people": "Who has what where: helpdesk, chat and CRM.",
    "context": "What the helpdesk knows from the CRM: how full it is, and carry it over.",
    "migrate": "Bring a client's history over from an old tool.",
    "off": "Switch one object off at once, without a plan.",
    "on": "Switch on again what `golive off` has switched off.",
    "try": "Send a customer's message through each channel, and look what becomes of it.",
    "alerts": "Send an alert through the whole way, and look what arrives.",
    "watch": "Look at the clocks of promises, and tell people before one is broken.",
    "gate": "What a phase needs before it may begin, and who has said what.",
    "advance": "Enter the next phase, through its gate.",
    "retreat": "Go back to an earlier phase; nothing is deleted.",
    "runsheet": "The day on which a phase begins, minute by minute.",
    "due": "What comes up: milestones, risks that end, holidays that run out, and more.",
    "log": "The log of who signed and decided what: verify it.",
    "doctor": "Check engine, settings, accounts and rights, without writing.",
    "schema": "Print the JSON Schemas that editors use.",
    "state": "What golive remembers of an environment, and the copies of it.",
    "unlock": "Release the lock of a run that has died elsewhere.",
    "sandbox": "The local stand-in for all systems.",
    "engine": "The Pulumi engine that golive uses.",
}
"""Each verb is a module of its own, loaded only when it is called."""


_MODULES = {"try": "trying"}
"""Verbs that are words of Python and cannot be a module's name."""


class Verbs(click.Group):
    """Loads a verb's module when it is needed, so that `--help` is instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _VERBS:
            return None
        module = importlib.import_module(f"golive.verbs.{_MODULES.get(name, name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(_VERBS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from difflib import get_close_matches

        name = args[0]
        if name not in _VERBS:
            near = get_close_matches(name, _VERBS, n=1)
            hint = f" Did you mean `golive {near[0]}`?" if near else " `golive --help` lists the verbs."
            raise click.UsageError(f"There is no verb `{name}`.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.command(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="First evening:  golive init acme --example && cd acme && golive plan",
)
@click.option("-C", "folder", type=click.Path(path_type=Path), default=None, help="Work in this folder.")
@click.option("--color", "colour", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.version_option(package_name="golive", prog_name="golive")
@click.pass_context
def group(ctx: click.Context, folder: Path | None, colour: str) -> None:
    """Set up customer support systems from reviewed YAML."""
    ctx.obj = {"folder": folder or Path(), "colour": colour}
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main() -> None:
    """Run the command line and leave with one of `Exit`'s codes."""
    gc.set_threshold(50_000, 20, 20)  # see provisioners/host
    for ending in (signal.SIGTERM, signal.SIGHUP):  # where nothing is under way, as Ctrl-C
        if signal.getsignal(ending) is not signal.SIG_IGN:
            signal.signal(ending, signal.default_int_handler)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of a command line. Expected faults are shown as sentences, others with where to report them."""
    from golive.terminal.arguments import wants_json
    from golive.terminal.fault import Fault
    from golive.terminal.report import show_bug, show_fault

    try:
        code: Any = group.main(args=arguments, standalone_mode=False)
        return int(code or Exit.DONE)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as broken:
        if wants_json(arguments):
            show_fault(Fault("usage", broken.format_message(), exits=Exit.USAGE), arguments)
        else:
            broken.show()
        return int(Exit.USAGE)
    except (click.Abort, KeyboardInterrupt):
        if sys.stderr.isatty():
            sys.stderr.write("\n")  # after the question, or after ^C
        show_fault(Fault("cancelled", "Cancelled. Nothing was changed.", exits=Exit.CANCELLED), arguments)
        return int(Exit.CANCELLED)
    except Fault as fault:
        show_fault(fault, arguments)
        return int(fault.exits)
    except Exception:  # the one boundary: what nobody expected
        show_bug(traceback.format_exc(), arguments)
        return int(Exit.BUG)
