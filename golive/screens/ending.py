"""How a run that writes ends, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.markup import escape

from config.results.plan import Change
from golive.screen import Screen
from golive.screens.plan import generated
from golive.words import Terms, title_in, title_of
from provisioners.resource import ResourceName
from stacks.facts import RunFacts
from stacks.results import Reason


def stopping(screen: Screen) -> Callable[[], None]:
    """What is said once when somebody stops the run."""
    return lambda: screen.note("\nStopping: nothing new is sent; what is under way is finished and noted.")


def show_kept(screen: Screen, facts: RunFacts) -> None:
    """What was to be deleted and was left, because somebody else's things would have gone with it."""
    for resource, why in facts.kept:
        named = ResourceName.of(resource)
        screen.say(f"[change]left[/]  {title_of(named.kind)} [head]{named.key}[/]: {escape(why)}")


def show_undone(
    screen: Screen, change: Change, reason: Reason | None, vendor: str, called: Mapping[tuple[str, str], str]
) -> None:
    """A change that failed or was not tried: what, where, who said no and why, and what to do.

    called: (kind, key) → what people call the object.
    """
    word = "failed" if change.result == "failed" else "not tried"
    place = f"  [place]{escape(change.where)}[/]" if change.where else ""
    what = f"{title_in(vendor, change.kind)} [head]{change.key}[/]"
    screen.say(f"[danger]{word}[/]  {escape(generated(change)) if change.key.startswith('_') else what}{place}")
    if reason is None:
        return
    said = str(reason)
    if reason.needs:
        said = said.replace(reason.needs, Terms(called=called).address(reason.needs))
    screen.say(f"    {vendor + ': ' if reason.call else ''}{escape(said)}")
    if reason.do:
        screen.say(f"    {escape(reason.do)}")
