"""The health page: on the screen in short, in a browser in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from urllib.parse import urlsplit

from rich.markup import escape

from config.characters import visible
from config.results.look import KindFound, LookDocument, LookFinding, Place, Topic, Twin, Weight
from golive.pages import page
from golive.terminal.screen import Screen
from golive.workspace.looking import Target
from provisioners.system import systems

TITLES: dict[Weight, str] = {"serious": "Serious", "warning": "Worth a look", "note": "To tidy up"}
STYLES: dict[Weight, str] = {"serious": "danger", "warning": "change", "note": "quiet"}
MARKS: dict[Weight, str] = {"serious": "bad", "warning": "warn", "note": ""}
TOPICS: dict[Topic, str] = {
    "broken": "points to what is gone or off",
    "unreached": "never reached",
    "duplicated": "there twice",
    "mail": "mail",
    "unowned": "nobody's",
    "limits": "near a limit",
    "method": "against a rule of thumb",
    "off": "switched off",
}
ABOUT = (
    "“Rule of thumb” means golive's own figures, from setting up many support teams; the helpdesk's vendor sets none of"
    " them."
)
MOST_PLACES = 3
"""So many objects of a finding stand on the screen."""
MOST_TWINS = 2
"""So many of what an object is like."""
PAGE_PLACES = 12
"""So many stand open on the page; the others are folded."""
FIRST = 6
"""So many findings stand at the top of the page."""
LONGEST = 70
"""Characters of a name on the screen."""


def heading(screen: Screen, target: Target, document: LookDocument) -> None:
    """Whose account, which environment, where, when and by whom."""
    kind = "[danger]PRODUCTION[/] · " if target.production else ""
    environment = f"{kind}{escape(target.environment)} · " if target.environment else ""
    screen.say(f"[head]{escape(name_of(document))}[/] · {environment}{escape(urlsplit(document.url).netloc)}")
    screen.say(f"[quiet]{escape(how_read(document))}[/]\n")


def name_of(document: LookDocument) -> str:
    """The account's name as people know it."""
    return document.name or document.account or urlsplit(document.url).netloc


def vendor(document: LookDocument) -> str:
    """As people say it: `Zendesk`."""
    return systems()[document.system].title


def how_read(document: LookDocument) -> str:
    """When, by whom, in how many calls, and what was not done."""
    return (
        f"Read on {moment(document)} by {document.read_by}, in {document.calls} calls. "
        "Nothing was written; no ticket and no customer was read."
    )


def moment(document: LookDocument) -> str:
    """`28 November 2026, 22:14 UTC`."""
    at = datetime.fromisoformat(document.read_at)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def totals(document: LookDocument) -> str:
    """`4 serious · 11 worth a look · 14 to tidy up · 38 in order · 25 with nothing to look at · 1 not asked`, which is
    every check once."""
    counts = [f"{len(document.of_weight(weight))} {title.lower()}" for weight, title in TITLES.items()]
    counts.append(f"{len(document.in_order)} in order")
    if document.nothing_to_check:
        counts.append(f"{len(document.nothing_to_check)} with nothing to look at")
    if document.not_asked:
        counts.append(f"{len(document.not_asked)} not asked")
    return f"{document.checks} checks: {' · '.join(counts)}"


def unread(document: LookDocument) -> str:
    """`custom roles, schedules`: what could not be read and would have been needed."""
    return ", ".join(dict.fromkeys(each for check in document.not_asked for each in check.unread.split(", ")))


def show(screen: Screen, document: LookDocument, *, everything: bool) -> None:
    """The page in short: what is there, what could not be read, and the findings, the most serious first."""
    screen.say(escape(totals(document)))
    if document.not_asked:
        screen.say(f"[change]Not asked, because these could not be read: {escape(unread(document))}[/]")
    screen.say()
    _show_kinds(screen, document.kinds)
    if document.limits:
        used = (f"{each.what.lower()} {each.used:,} of {each.limit:,}" for each in document.limits)
        screen.say(f"  [quiet]Of what {vendor(document)} allows: {escape(' · '.join(used))}[/]")
    screen.say()
    if document.not_read:
        screen.say("[change]Could not be read[/]")
        for each in document.not_read:
            screen.say(f"  {escape(each.what)}: {escape(visible(each.why))}")
        screen.say("  [quiet]The user lacks the right, or the account's plan does not have it.[/]")
        if everything:
            for check in document.not_asked:
                screen.say(f"  not asked, for want of {escape(check.unread)}: {escape(check.what)}{_code(check.rule)}")
        screen.say()
    for weight, title in TITLES.items():
        findings = document.of_weight(weight)
        if findings:
            screen.say(f"[{STYLES[weight] if weight != 'note' else 'head'}]{title}[/] ({len(findings)})")
            for finding in findings:
                _show_finding(screen, finding, everything)
            if weight == "note" and not everything:
                screen.say()
    if not document.findings:
        screen.say("[good]Nothing was found.[/]")
    elif not everything:
        screen.say("[quiet]Everything, with addresses:  --all.  A page for people:  --html FILE[/]")
    screen.say(f"[quiet]{ABOUT} All checks: docs/checks.md of golive.[/]")


def _show_kinds(screen: Screen, kinds: list[KindFound]) -> None:
    there = [each for each in kinds if each.total]
    width = max((len(each.many) for each in there), default=0)
    screen.say(f"[head]{'What is there':<{width + 2}}{'on':>8}{'off':>7}[/]")
    for each in there:
        off = f"{each.off:>7,}" if each.off else " " * 7
        detail = f"   [quiet]{escape(visible(each.detail))}[/]" if each.detail else ""
        screen.say(f"  {escape(each.many):<{width}}{each.total - each.off:>8,}{off}{detail}".rstrip())
    nothing = [each.many for each in kinds if not each.total]
    if nothing:
        screen.say(f"  [quiet]none: {escape(', '.join(nothing))}[/]")


def _show_finding(screen: Screen, finding: LookFinding, everything: bool) -> None:
    """Notes take one line, unless everything is wanted."""
    style = STYLES[finding.weight] if finding.weight != "note" else "head"
    code = _code(finding.rule) if everything else ""
    screen.say(f"  [{style}]{escape(visible(finding.what))}[/]{counted(finding)}{code}")
    if finding.weight == "note" and not everything:
        return
    for line in _places(finding.places, everything):
        screen.say(f"      {line}")
    if finding.weight == "serious" or everything:
        screen.say(f"      [quiet]why[/]  {escape(finding.why)}")
    screen.say(f"      [quiet]do[/]   {escape(finding.do)}")
    screen.say()


def _code(rule: str) -> str:
    """The check's name, by which docs/checks.md explains it."""
    return f"  [quiet]{rule}[/]"


def counted(finding: LookFinding) -> str:
    """How many objects it is about, where `what` does not say so itself."""
    sets = any(each.twins for each in finding.places)
    return f" ({len(finding.places):,})" if len(finding.places) > 1 and not sets else ""


def _places(places: list[Place], everything: bool) -> Iterator[str]:
    for each in places if everything else places[:MOST_PLACES]:
        note = f": {escape(short(each.note, 2 * LONGEST))}" if each.note else ""
        twins = each.twins if everything else each.twins[:MOST_TWINS]
        among = ", ".join(_linked(twin, everything) for twin in twins)
        more = f" and {len(each.twins) - len(twins)} more" if len(twins) < len(each.twins) else ""
        yield f"{each.one} {_linked(each, everything)}{note}{' ' if among else ''}{among}{more}"
    if not everything and len(places) > MOST_PLACES:
        yield f"[quiet]and {len(places) - MOST_PLACES} more[/]"


def _linked(each: Place | Twin, everything: bool) -> str:
    name = escape(f"“{short(each.name)}”")
    linked = f"[link={each.page}]{name}[/link]" if each.page else name
    where = f" ({escape(short(each.where))})" if each.where else ""
    return linked + where + (f"  [place]{escape(each.page)}[/]" if everything and each.page else "")


def short(text: str, longest: int = LONGEST) -> str:
    """A text that fits on a line, with everything visible that nobody would see."""
    said = visible(text)
    return said if len(said) <= longest else f"{said[: longest - 1]}…"


def look_page(document: LookDocument) -> str:
    """The page for a browser: one file without script, everything in it escaped."""
    return page(
        "look.html.j2",
        look=document,
        name=visible(name_of(document)),
        host=urlsplit(document.url).netloc,
        moment=moment(document),
        vendor=vendor(document),
        about=ABOUT,
        unread=unread(document),
        counted=counted,
        titles=TITLES,
        marks=MARKS,
        topics=TOPICS,
        most=PAGE_PLACES,
        first=FIRST,
        visible=visible,
        short=short,
        version=version("golive"),
    )
