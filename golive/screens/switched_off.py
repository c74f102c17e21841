"""What somebody has switched off by hand with golive, as every plan shows it."""

from __future__ import annotations

from rich.markup import escape

from config.kinds import ALL_KINDS
from config.results.plan import HeldOff
from golive.running import Session
from golive.screen import Screen
from golive.screens.differences import INDENT
from golive.screens.notes import note_line
from golive.words import FATES, title_in


def show_switched_off(screen: Screen, session: Session, held: list[HeldOff]) -> None:
    """What somebody has switched off by hand, until it is settled, and how that is done."""
    if not held:
        return
    option = session.opened.option
    screen.say("[head]Switched off by hand with golive[/]")
    for each in held:
        page = session.page(each.system, each.kind, each.key)
        name = f"[head]{escape(each.name or each.key)}[/]"
        name = f"[link={page}]{name}[/link]" if page else name
        tail = f"[quiet]{title_in(session.vendor(each.system), each.kind)} {escape(each.key)}[/]"
        place = f"  [place]{escape(each.file)}:{each.line}[/]" if each.file else ""
        screen.say(f"  [change]{FATES[each.fate]}[/]  {name}  {tail}{place}")
        screen.say(f"{INDENT}{note_line(each.since, each.by, each.why)}")
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
