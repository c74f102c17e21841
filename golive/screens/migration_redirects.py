"""Where old pages lead, on the screen."""

from __future__ import annotations

from rich.markup import escape

from config.results.migration_redirects import CheckedPages, MigrationRedirectsDocument
from config.words import counted
from golive.terminal.screen import Screen

MOST = 20
_DOES = {"set": "leads to", "change": "leads to", "remove": "leads nowhere any more"}


def show_refused(screen: Screen, document: MigrationRedirectsDocument) -> None:
    """Pages that lead nowhere, each with what to do."""
    if not document.refused:
        return
    screen.say(f"\n[danger]Lead nowhere: {counted(len(document.refused), 'old page')}[/]")
    for each in document.refused[:MOST]:
        screen.say(f"  {escape(each.title or each.page)}  [place]{escape(each.url)}[/]")
        screen.say(f"    {escape(each.why)}. {escape(each.do)}")
    if len(document.refused) > MOST:
        screen.say(f"  and {len(document.refused) - MOST:,} more:  --json names them all")


def show_rules(screen: Screen, document: MigrationRedirectsDocument, option: str) -> None:
    """What is set in the help centre, and what is to be done elsewhere."""
    _show_number(screen, document)
    if document.rules:
        screen.say("\n[head]Redirect rules of the help centre[/]")
        for each in document.rules[:MOST]:
            was = f" [quiet](instead of {escape(each.was)})[/]" if each.action == "change" else ""
            screen.say(f"  {escape(each.start)}  {_DOES[each.action]} {escape(each.to)}{was}")
        if len(document.rules) > MOST:
            screen.say(f"  and {len(document.rules) - MOST:,} more")
    if document.there:
        screen.say(f"\n{counted(document.there, 'rule')} there and right already.")
    if document.hosts:
        screen.say("\n[head]On other hosts[/], where no rule of the help centre acts")
        for host, number in document.hosts.items():
            screen.say(f"  {escape(host)}: {counted(number, 'page')}")
        command = f"golive migrate redirects {escape(document.source)}{option}"
        screen.say(f"  A file for whoever runs them:  {command} --format nginx --out redirects.conf  (or csv, netlify)")


def show_checked(screen: Screen, document: MigrationRedirectsDocument, checked: CheckedPages) -> None:
    """What does not lead where it is to."""
    _show_number(screen, document)
    for each in checked.wrong[:MOST]:
        screen.say(f"  [danger]{escape(each.old)}[/]: {escape(each.said)}")
        screen.say(f"    It is to lead to {escape(each.new)}")
    if len(checked.wrong) > MOST:
        screen.say(f"  and {len(checked.wrong) - MOST:,} more:  --json names them all")
    right = checked.asked - len(checked.wrong)
    if checked.wrong:
        screen.say(f"\n{right:,} of {counted(checked.asked, 'old page')} lead where they are to.")
    elif checked.asked:
        screen.say(
            f"\n[good]Each of {counted(checked.asked, 'old page')} leads to the new one, for good, in one step.[/]"
        )


def _show_number(screen: Screen, document: MigrationRedirectsDocument) -> None:
    beside = []
    if document.stays:
        beside.append(f"{document.stays:,} are where they were")
    if document.dropped:
        beside.append(f"{document.dropped:,} lead nowhere on purpose")
    said = f" [quiet]({', '.join(beside)})[/]" if beside else ""
    screen.say(f"[head]{escape(document.name)}[/]: {counted(document.pages, 'old page')}{said}")
