"""The first line of every verb that touches a system: whose, which environment, where."""

from __future__ import annotations

from urllib.parse import urlsplit

from rich.markup import escape

from golive.opening import Opened
from golive.screen import Screen


def heading(screen: Screen, opened: Opened) -> None:
    """`Halden Pay · sandbox · 127.0.0.1:8411`; PRODUCTION stands in capitals."""
    hosts = list(dict.fromkeys(urlsplit(entry.url).netloc for entry in opened.environment.systems.values()))
    name = opened.environment_name
    kind = "[danger]PRODUCTION[/] · " if opened.environment.production else ""
    screen.say(f"[head]{escape(opened.client)}[/] · {kind}{escape(name)} · {escape(', '.join(hosts))}\n")
