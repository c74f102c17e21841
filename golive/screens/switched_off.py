"""What somebody has switched off by hand with golive, as every plan shows it."""

from __future__ import annotations

from rich.markup import escape

from config.kinds import ALL_KINDS
from config.results.plan import Change, HeldOff
from golive.runs.running import Session
from golive.screens.differences import INDENT
from golive.screens.notes import note_line
from golive.terminal.screen import Screen
from golive.wording.words import FATES, title_in

ON_AGAIN = "was held off, and somebody has switched it on"


def show_switched_off(screen: Screen, session: Session, held: list[HeldOff], drift: list[Change]) -> None:
    """What somebody has switched off by hand, until it is settled, and how that is done.

    drift: what was changed by hand, such as that somebody has switched it on again.
    """
    if not held:
        return
    option = session.opened.option
    on_again = _on_again(held, drift)
    screen.say("[head]Switched off by hand with golive[/]")
    for each in held:
        page = session.page(each.system, each.kind, each.key)
        name = f"[head]{escape(each.name or each.key)}[/]"
        name = f"[link={page}]{name}[/link]" if page else name
        tail = f"[quiet]{title_in(session.vendor(each.system), each.kind)} {escape(each.key)}[/]"
        place = f"  [place]{escape(each.file)}:{each.line}[/]" if each.file else ""
        fate = ON_AGAIN if each in on_again else FATES[each.fate]
        screen.say(f"  [change]{fate}[/]  {name}  {tail}{place}")
        screen.say(f"{INDENT}{note_line(each.since, each.by, each.why)}")
        if each in on_again:
            screen.say(f"{INDENT}The next `golive up{option}` switches it off again.")
    off = [each for each in held if each.fate == "stays_off"]
    if off:
        where = "it" if len(off) == 1 else "each"
        can_say = any(getattr(ALL_KINDS[each.kind].model, "has_switch", False) for each in off)
        in_files = f" or write `active: false` under {where} in the files;" if can_say else ""
        screen.say(
            f"  [quiet]To settle {where}: `golive on {off[0].kind}/{off[0].key}{option}`;{in_files}"
            f" or `golive up --switch-on {len(off)}{option}`.[/]"
        )
    screen.say()


def show_on_again(screen: Screen, session: Session, drift: list[Change]) -> None:
    """What of all that was changed by hand was held off with golive, and what the next run does about it."""
    option = session.opened.option
    held = [each.told("") for each in session.held]
    for each in _on_again(held, drift):
        what = f"{title_in(session.vendor(each.system), each.kind)} [head]{escape(each.key)}[/]"
        screen.say(f"[change]{what} {ON_AGAIN}[/]: held off {note_line(each.since, each.by, each.why)}")
        screen.say(
            f"  The next `golive up{option}` switches it off again. To leave it on:  "
            f"golive on {each.kind}/{each.key}{option}\n"
        )


def _on_again(held: list[HeldOff], drift: list[Change]) -> list[HeldOff]:
    """What golive holds off, and somebody has switched on by hand."""
    on = {
        (each.system, each.kind, each.key)
        for each in drift
        if any(one.path == "active" and one.old is False for one in each.diff)
    }
    return [each for each in held if each.fate == "stays_off" and (each.system, each.kind, each.key) in on]
