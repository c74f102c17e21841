"""The first line of every verb that touches a system: whose, which environment, where."""

from __future__ import annotations

from urllib.parse import urlsplit

from rich.markup import escape

from golive.terminal.screen import Screen
from golive.workspace.opening import DEFAULT_ENVIRONMENT, Opened, is_production


def heading(screen: Screen, opened: Opened) -> None:
    """`Halden Pay · sandbox · 127.0.0.1:8411`; PRODUCTION stands in capitals, with what it lacks."""
    first_line(screen, opened)
    unguarded = opened.environment.unguarded
    if unguarded:
        screen.say(
            f"[danger]Nothing says which account {escape(', '.join(unguarded))} must be[/]: write `expect:` into "
            f"stacks/Pulumi.{escape(opened.environment_name)}.yaml; `golive doctor` names the accounts.\n"
        )


def say_where_the_client_is(screen: Screen, opened: Opened, again: str = "") -> None:
    """That this is another place, where nobody has said which one is meant.

    again: the command that somebody has typed and may mean for the client's account. Without it, nothing is set up
    here yet.
    """
    clients = "" if opened.option or opened.environment.production else _production(opened)
    if not clients:
        return
    if again:
        here = f"This is {'the sandbox' if opened.environment_name == DEFAULT_ENVIRONMENT else opened.environment_name}"
        screen.say(f"[change]{escape(here)}.[/] For {escape(clients)}:  {escape(again)} -e {escape(clients)}\n")
    else:
        screen.say(f"Here you practise; nothing is set up yet. The client's own account:  -e {escape(clients)}\n")


def _production(opened: Opened) -> str:
    """The workspace's environment that is the client's own; empty where there is none."""
    workspace = opened.workspace
    return next((name for name in workspace.environments() if is_production(workspace, name)), "")


def first_line(screen: Screen, opened: Opened) -> None:
    """Whose, which environment, where."""
    hosts = list(dict.fromkeys(urlsplit(entry.url).netloc for entry in opened.environment.systems.values()))
    name = opened.environment_name
    kind = "[danger]PRODUCTION[/] · " if opened.environment.production else ""
    screen.say(f"[head]{escape(opened.client)}[/] · {kind}{escape(name)} · {escape(', '.join(hosts))}\n")
