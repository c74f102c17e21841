"""How a run that writes ends, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable

from rich.markup import escape

from golive.screen import Screen
from golive.words import title_of
from provisioners.resource import ResourceName
from stacks.facts import RunFacts


def stopping(screen: Screen) -> Callable[[], None]:
    """What is said once when somebody stops the run."""
    return lambda: screen.note("\nStopping: nothing new is sent; what is under way is finished and noted.")


def show_kept(screen: Screen, facts: RunFacts) -> None:
    """What was to be deleted and was left, because somebody else's things would have gone with it."""
    for resource, why in facts.kept:
        named = ResourceName.of(resource)
        screen.say(f"[change]left[/]  {title_of(named.kind)} [head]{named.key}[/]: {escape(why)}")
