"""Marking whoever is new in a soft launch: said before, carried out, said after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rich.markup import escape

from config.results.cohort import CohortDocument, Refused
from config.results.error import Error
from golive.launch.census import Census
from golive.launch.soft_launch import Launch
from golive.screens.cohort import FEW, organizations, percent, whom
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.terminal.screen import Screen
from provisioners.customers import Marking
from provisioners.errors import SystemFault


@dataclass
class Grown:
    """What marking came to. broken: what ended it before its time."""

    marked: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    broken: SystemFault | None = None

    @property
    def exits(self) -> Exit:
        """How the verb ends."""
        if self.broken is None:
            return Exit.PARTLY if self.refused else Exit.DONE
        if self.broken.code == "stopped":
            return Exit.CANCELLED
        return Exit.PARTLY if self.marked else of_system(self.broken, "").exits


def check_own_people_first(launch: Launch, census: Census) -> None:
    """No customer is let in before one's own people have been. Raises Fault."""
    own = census.unmarked["internal"]
    if census.stage == "internal" or not own:
        return
    raise Fault(
        "internal_first",
        f"Your own people come first: {organizations(own)} of yours {'is' if own == 1 else 'are'} not marked yet.",
        where=str(launch.item.at("soft_launch", "cohort", "internal")),
        why="What does not work should meet you before it meets a customer.",
        do=f"golive cohort grow --stage internal{launch.opened.option}   Then try the channels, then let customers in.",
        exits=Exit.USAGE,
    )


def show_growth(screen: Screen, launch: Launch, census: Census) -> None:
    """Whom it would mark, before anything is sent."""
    sizes = census.counted
    if not census.to_mark:
        screen.say(
            f"[good]Nobody is new.[/] Marked: {sizes.marked:,} of {organizations(sizes.total)}; nothing was sent."
        )
        return
    after = sizes.members - sizes.foreign
    screen.say(
        f"[head]{organizations(sizes.to_mark)}[/] will bear the mark: {whom(census.to_mark)}. "
        f"{sizes.marked:,} {'bears' if sizes.marked == 1 else 'bear'} it already."
    )
    share = f"; {percent(sizes.share)} of the customers" if census.stage == "customers" else ""
    screen.say(
        f"  In the soft launch then: {after:,} of {organizations(sizes.total)}{share} "
        f"[quiet](declared: {escape(launch.said)})[/]"
    )
    if sizes.foreign:
        screen.say(
            f"  {organizations(sizes.foreign)} stay as they are: something else stands in the mark's field there."
        )
    screen.say(
        f"  From then on the fence lets their tickets pass. {escape(launch.vendor)} tells them nothing, and golive "
        "takes no mark away."
    )


def grow_by(markings: Iterator[Marking]) -> Grown:
    """Everything that was marked, until the end or a fault."""
    grown = Grown()
    try:
        for each in markings:
            grown.marked += each.marked
            grown.refused |= each.refused
    except SystemFault as fault:
        grown.broken = fault
    return grown


def show_grown(screen: Screen, launch: Launch, census: Census, grown: Grown) -> None:
    """What was done, what was not, and what is next."""
    if not census.to_mark:
        return
    option = launch.opened.option
    stage = " --stage internal" if census.stage == "internal" else ""
    calls = launch.calls[launch.instance]
    screen.say(f"\n[good]Marked: {grown.marked:,}.[/] [quiet]({calls:,} calls to {escape(launch.vendor)})[/]")
    for identifier, why in list(grown.refused.items())[:FEW]:
        screen.say(f"[danger]not marked[/]  organization {escape(identifier)}: {escape(why)}")
    if len(grown.refused) > FEW:
        screen.say(f"  and {len(grown.refused) - FEW} more")
    if grown.broken is not None:
        known = "" if grown.broken.took_effect is False else " Of the last calls nobody knows whether they arrived."
        screen.say(f"[danger]It ended before its time[/]: {escape(grown.broken.why)}.{known}")
    if grown.broken is not None or grown.refused:
        screen.say(f"Run it again, it does what is left:  golive cohort grow{stage}{option}")
    else:
        screen.say(f"Now bring the lists up to date:  golive cohort export{stage}{option}")


def document_of_growth(launch: Launch, document: CohortDocument, grown: Grown) -> CohortDocument:
    """The one JSON document."""
    error = None
    if grown.broken is not None:
        error = Error(**of_system(grown.broken, f"{launch.instance} at {launch.settings.url}").as_json())
    refused = [Refused(identifier, why) for identifier, why in grown.refused.items()]
    return replace(document, newly_marked=grown.marked, refused=refused, calls=dict(launch.calls), error=error)
