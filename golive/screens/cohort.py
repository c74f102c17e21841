"""Who is in the soft launch, as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.markup import escape

from config.cohort import Stage, Why
from config.results.cohort import CohortDocument, Counted, LeftOut, NotFound, SegmentCount, TicketCount
from config.rules.rollout import LEAST, MOST
from config.words import counted
from golive.launch.census import Census
from golive.launch.soft_launch import Launch
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from provisioners.customers import MarkState

WHY: Mapping[Why, str] = {
    "internal": "your own people",
    "always": "in any case",
    "drawn": "drawn",
    "segment": "of the segment",
    "never": "in no case",
    "outside": "outside",
}
"""Why somebody is in it, or is not."""
STAGE: Mapping[Stage, str] = {"internal": "your own people", "customers": "customers"}
FEW = 10
"""So many are named; of more, how many there are."""


def percent(part: float) -> str:
    """0.1523 → `15.2 %`."""
    return f"{part * 100:.1f} %"


def organizations(number: int) -> str:
    """`1 organization`, `1,204 organizations`."""
    return counted(number, "organization")


def show_counted(screen: Screen, launch: Launch, sizes: Counted, stage: Stage) -> None:
    """How many are in it, why, and how large a part of all customers that is."""
    share = f"; {percent(sizes.share)} of the customers" if stage == "customers" else ", your own people"
    screen.say(
        f"[head]In the soft launch[/]: {sizes.members:,} of {organizations(sizes.total)}{share} "
        f"[quiet](declared: {escape(launch.said)})[/]"
    )
    rows = [("internal", sizes.internal), ("always", sizes.always)]
    rows += [("drawn", sizes.drawn)] if launch.cohort.segment is None else [("segment", sizes.segment)]
    for why, number in (*rows, ("never", sizes.never)):
        later = ", from the next stage on" if stage == "internal" and why in ("always", "drawn", "segment") else ""
        screen.say(f"  {WHY[why]:<18}{number:>8,}{later}")  # type: ignore[index]
    screen.say(f"  {'marked already':<18}{sizes.marked:>8,}  [quiet]no mark is ever taken away[/]")
    if sizes.kept:
        screen.say(f"  {'of these':<18}{sizes.kept:>8,}  [quiet]chosen no more; they stay in it[/]")
    if sizes.against:
        screen.say(
            f"  [change]{'of these':<18}{sizes.against:>8,}  under `never` by now: whoever is to leave loses the "
            "tick by hand, on the organization's page[/]"
        )
    if sizes.foreign:
        screen.say(f"  {'left as they are':<18}{sizes.foreign:>8,}  [quiet]something else stands in the field[/]")
    if stage == "customers" and launch.cohort.segment is None and sizes.members and _is_off(sizes):
        screen.say(
            f"[change]{percent(sizes.share)} is not within {LEAST:.0%} and {MOST:.0%}[/]: a share is drawn and not "
            "counted out, and of few customers it can be far from what is declared. Name some under `always` or "
            "`never`."
        )
    screen.say()


def _is_off(sizes: Counted) -> bool:
    return not LEAST <= round(sizes.share, 3) <= MOST


def show_tickets(screen: Screen, tickets: TicketCount | None, not_read: str, tag: str) -> None:
    """What they write, beside all."""
    if not_read:
        screen.say(f"[head]Tickets[/]: [change]could not be read[/]: {escape(not_read)}\n")
    if tickets is None:
        return
    screen.say(
        f"[head]Tickets a week[/] [quiet](of the {tickets.weeks} weeks since {tickets.since[:10]}, from the "
        f"{escape(tickets.way)})[/]"
    )
    for name, number, index in (("all", tickets.all, 0), ("in the soft launch", tickets.members, 1)):
        weekly = ", ".join(f"{week[index]:,}" for week in tickets.weekly)
        part = f"  {percent(number / tickets.all)}" if index and tickets.all else ""
        screen.say(f"  {name:<18}{number / tickets.weeks:>8,.1f}{part}  [quiet](week by week: {weekly})[/]")
    if tickets.outside:
        screen.say(f"  {'from outside':<18}{tickets.outside / tickets.weeks:>8,.1f}  [quiet]tagged {escape(tag)}[/]")
    if tickets.without:
        screen.say(
            f"  {'of nobody':<18}{tickets.without / tickets.weeks:>8,.1f}  "
            "[quiet]whose writer belongs to no organization, and so to no cohort[/]"
        )
    screen.say()


def show_segments(screen: Screen, segments: list[SegmentCount], field: str) -> None:
    """The mix, beside that of all."""
    if not field or not segments:
        return
    everybody, inside = sum(each.all for each in segments), sum(each.members for each in segments)
    screen.say(f"[head]Mix[/] [quiet](by “{escape(field)}”)[/]{'in it':>16}{'of all':>17}")
    for each in segments:
        own = percent(each.members / inside) if inside else "–"
        every = percent(each.all / everybody) if everybody else "–"
        name = escape(each.name or "none of these")
        screen.say(f"  {name:<22}{each.members:>8,}  {own:>7}{each.all:>10,}  {every:>7}")
    screen.say()


def show_not_found(screen: Screen, not_found: list[NotFound]) -> None:
    """Entries of lists that mean nobody, and what to do about one's own."""
    if not not_found:
        return
    screen.say("[change]Not found among the helpdesk's organizations[/]")
    for each in not_found:
        screen.say(f"  {escape(each.list)}: {escape(each.entry)}")
    if any(each.list == "internal" for each in not_found):
        screen.say(
            "  Whoever of your own people belongs to no organization is outside: the fence tags their tickets. Make an "
            "organization with your domain, and golive cohort grow --stage internal marks it."
        )
    screen.say()


def show_next(screen: Screen, launch: Launch, census: Census, mark: MarkState) -> None:
    """Whether there is something to set, and what is next."""
    option = launch.opened.option
    own = census.unmarked["internal"] > 0
    stage = f"{' --stage internal' if own or census.stage == 'internal' else ''}{option}"
    if mark != "made":
        missing = no_mark(launch, mark)
        screen.say(f"{escape(missing.what)}  {escape(missing.do)}")
    elif census.to_mark:
        unmarked = organizations(sum(census.to_mark.values()))
        first = "Your own people first:" if own and census.stage == "customers" else "Mark them:"
        screen.say(
            f"Not marked yet: {unmarked}. {first}  golive cohort grow{stage}   "
            f"Let them in:  golive cohort export{stage}"
        )
    elif not census.members:
        screen.say("[danger]Nobody is in it[/]: the helpdesk has no organization that the lists or the share mean.")
    else:
        screen.say("[good]Everybody who is in it is marked.[/]")
    if launch.phase == "build":
        screen.say("[quiet]The soft launch has not begun here: the fence sleeps.[/]")


def no_mark(launch: Launch, state: MarkState) -> Fault:
    """That there is nothing to set yet, and what to do."""
    option = launch.opened.option
    what, do = {
        "missing": ("The mark is not made yet.", f"Make it:  golive up{option}"),
        "gone": (f"The mark is gone from {launch.vendor}: somebody has deleted it.", f"See:  golive plan{option}"),
        "off": (f"The mark is switched off in {launch.vendor}.", f"Switch it on again:  golive up{option}"),
    }[state]
    return Fault("no_mark", what, why="Nothing was sent.", do=do, exits=Exit.FAILED)


def whom(to_mark: Mapping[Why, int]) -> str:
    """`131 drawn, 3 in any case`."""
    said = {**WHY, "internal": "of your own"}
    return ", ".join(f"{number:,} {said[why]}" for why, number in to_mark.items())


def show_left_out(screen: Screen, left: list[LeftOut]) -> None:
    if not left:
        return
    screen.note("[change]No rule of a mail server may name these domains of customers who are in it[/]")
    for each in left[:FEW]:
        screen.note(f"  {escape(each.domain)}: {escape(each.why)}")
    if len(left) > FEW:
        screen.note(f"  and {len(left) - FEW} more; all of them are in  --format json")


def steps_lines(document: CohortDocument) -> Iterator[str]:
    """The by-hand steps, channel by channel."""
    for each in document.entry or ():
        yield f"{each.name} ({each.channel}: {each.way})"
        for number, step in enumerate(each.steps, start=1):
            yield f"  {number}. {step}"
        yield ""
