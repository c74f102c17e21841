"""What a migration would send, on the screen."""

from __future__ import annotations

from rich.markup import escape

from config.results.migration_plan import MigrationPlanDocument
from config.words import counted
from golive.screens.migration_map import decisions_said
from golive.terminal.screen import Screen
from golive.wording.record_words import TITLES, records_said

NAMED = ("organizations", "people")
MAILS = {"customers": "mails customers", "agents": "mails agents", "others": "writes to others"}


def show_plan(screen: Screen, document: MigrationPlanDocument, option: str, *, is_run: bool = False) -> None:
    """Who gets mail first, then what is sent, what stays, what is lost, and what is against it. option: ` -e NAME`.
    is_run: whether it is sent now, so that nobody has to be told how."""
    screen.say("[head]Who gets mail[/]")
    if document.rules:
        for rule in document.rules:
            mails = ", ".join(MAILS[each] for each in rule.mails)
            said = f"the {rule.sort} “{escape(rule.title)}” would act on it" + (f": {mails}" if mails else "")
            screen.say(f"  [danger]{said}[/]")
            screen.say(f"    {escape('; '.join(rule.does))}")
            screen.say(f"    Why: {escape(rule.why)}")
            screen.say(f"    What keeps it from it: {escape(rule.do)}")
            if rule.sort == "trigger" and "customers" in rule.mails:
                screen.say(
                    "    Where it carries your team's answers, it has to stay as it is: without it, nobody gets them"
                )
                screen.say("    in these tickets. Say so in the file:")
                screen.say(f'      live_triggers: {{"{escape(rule.title)}": {{decision: why, and who said so}}}}')
    else:
        screen.say(
            "  Nobody: tickets come in past all rules, people are not mailed, and no live rule acts on them later."
        )
    for rule in document.allowed:
        screen.say(
            f"  Once somebody changes an open ticket, the trigger “{escape(rule.title)}” may act, as was decided:"
        )
        screen.say(f"    {escape('; '.join(rule.does))}")
    screen.say(
        f"\n[head]What is sent[/] to {escape(document.account)}, each ticket with the tag {escape(document.mark)}"
    )
    screen.say(f"  {records_said(document.records)}")
    if document.first:
        screen.say(f"  that began from {document.first[:10]} to {document.last[:10]}")
    if document.statuses:
        screen.say(f"  as {', '.join(f'{number:,} {status}' for status, number in document.statuses.items())}")
    if document.without_agent:
        screen.say(f"  {_without_agent(document)}")
    _show_people(screen, document)
    if document.staying or document.behind:
        _show_behind(screen, document)
    see = f"golive migrate map {escape(document.source)} --check"
    if document.lossy:
        said = f"by {counted(len(document.lossy), 'decision')} of the file"
        screen.say(f"\n[head]What is lost[/]: {said}. Each with its number, and who said so:  {see}")
    if document.undecided:
        screen.say(f"\nNot decided yet, which keeps nothing from being sent: {decisions_said(document.undecided)}")
        screen.say(f"  See them:  {see}")
    least, most = document.minutes
    span = _time(least) if _time(least) == _time(most) else f"{_time(least)} to {_time(most)}"
    if document.to_send:
        screen.say(f"\nAbout {counted(document.calls, 'call')}; by the account's limits that takes about {span}.")
    key = escape(document.source)
    if document.blocked:
        screen.say("\n[danger]It cannot be sent yet[/]")
        for why in document.blocked:
            screen.say(f"  {escape(why)}")
    elif not is_run and not document.to_send:
        screen.say(f"\nEverything is there. Compare it:  golive migrate verify {key}{option}")
    elif not is_run:
        screen.say(f"\nA trial of twenty tickets:  golive migrate run {key} --limit 20{option}")
        screen.say(f"All of it:  golive migrate run {key}{option}")


def _without_agent(document: MigrationPlanDocument) -> str:
    number = document.without_agent
    one = "1 of them is done, and its agent has no seat" if number == 1 else (
        f"{number:,} of them are done, and their agents have no seat"
    )  # fmt: skip
    return f"{one} (or there was none): the helpdesk gives {'it' if number == 1 else 'them'} to the admin who imports"


def _show_people(screen: Screen, document: MigrationPlanDocument) -> None:
    """What of all that is made now: not those who have a seat, and not what is there already."""
    if document.seats:
        one = "1 of the people has" if document.seats == 1 else f"{document.seats:,} of the people have"
        screen.say(f"  {one} a seat there: nothing is sent of them, and what they wrote stays theirs")
    if any(document.there.values()):
        screen.say(f"  there already: {records_said(document.there)}")
    if document.to_send:
        screen.say(f"  so this makes: {records_said(document.to_send)}")
        made = document.records.get("people", 0) - document.seats
        if document.to_send.get("people", 0) > made - max(0, document.there.get("people", 0) - document.seats):
            screen.say("    one of them is “Unknown (brought over)”, for what has no author in the old tool")
    else:
        screen.say("  so nothing is left to be sent")


def _show_behind(screen: Screen, document: MigrationPlanDocument) -> None:
    screen.say("\n[head]What was read and stays behind[/]")
    for why, number in document.staying.items():
        screen.say(f"  {number:>8,}  {TITLES['tickets'][number != 1]}: {escape(why)}")
    for type_, number in document.behind.items():
        why = "named by no ticket that is sent" if type_ in NAMED else "of tickets that are not sent"
        screen.say(f"  {number:>8,}  {TITLES[type_][number != 1]}: {why}")


def _time(minutes: float) -> str:
    """`2 minutes`, `1.5 hours`."""
    if minutes < 1.5:
        return "a minute"
    return f"{minutes:.0f} minutes" if minutes < 90 else f"{minutes / 60:.1f} hours"
