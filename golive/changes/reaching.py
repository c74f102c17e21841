"""Whom rules reach that act by themselves on tickets that are there already: in words, and as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from config.results.reach import Reach

VALUES = "values"
"""What is lost where no rule deletes records, but a field goes that they hold values in."""
OBJECT = "crm_objects"
"""The kind of objects whose records go with them."""
_ENDS = {"closes": "closed", "solves": "solved"}


def mailing(reach: Iterable[Reach]) -> list[Reach]:
    """Those that mail somebody."""
    return [each for each in reach if "mails" in each.does]


def deleting(reach: Iterable[Reach]) -> list[Reach]:
    """Those that delete tickets or other records for good."""
    return [each for each in reach if "deletes" in each.does]


def records_of(reach: Iterable[Reach]) -> int:
    """How many records they delete, as far as they could be counted."""
    return sum(each.tickets or 0 for each in deleting(reach))


def mails_of(reach: Iterable[Reach]) -> int:
    """How many mails they send, one for each ticket; those that could not be counted are not in it."""
    return sum(each.tickets or 0 for each in mailing(reach))


def uncounted(reach: Iterable[Reach]) -> list[Reach]:
    """Those of which nobody knows how many tickets they fit."""
    return [each for each in reach if each.tickets is None]


def reach_lines(reach: Sequence[Reach]) -> list[str]:
    """What stands first among who gets mail or loses access: what is deleted, then customers, agents, and tickets."""
    customers = [each for each in mailing(reach) if "customers" in each.mails]
    agents = [each for each in mailing(reach) if "customers" not in each.mails]
    return [*map(_deleted, deleting(reach)), *map(_to_customers, customers), *map(_to_agents, agents), *_ended(reach)]


def mails_said(mails: int, reach: Iterable[Reach]) -> str:
    """A run's mails as a number: `6`, `about 6`, `at most 6`. mails: all that it causes."""
    counted = [each for each in mailing(reach) if each.tickets]
    return f"{_roughly(counted)}{mails:,}"


def _roughly(counted: Sequence[Reach]) -> str:
    if not counted:
        return ""
    return "at most " if any(each.at_most for each in counted) else "about "


def _deleted(rule: Reach) -> str:
    if rule.of == VALUES:
        many = f"how many stand in it could not be counted: {rule.why}" if rule.tickets is None else _held(rule)
        return f"Values: the field “{rule.name}” is deleted: {many}"
    if rule.kind == OBJECT:
        many = f"how many it has could not be counted: {rule.why}" if rule.tickets is None else _go(rule)
        return f"Records: the object “{rule.name}” is deleted: {many}"
    head, by = f"{rule.of[0].upper()}{rule.of[1:]}", f"deleted for good by “{rule.name}”, {rule.when}"
    if rule.tickets is None:
        return f"{head}: how many are {by}, could not be counted: {rule.why}"
    if not rule.tickets:
        return f"{head}: none is {by}: it fits none now, and deletes each that it fits later"
    many = f"{_roughly([rule])}{rule.tickets:,} {'is' if rule.tickets == 1 else 'are'}"
    return f"{head}: {many} {by}{_because(rule)}"


def _held(rule: Reach) -> str:
    return "1 record holds one" if rule.tickets == 1 else f"{rule.tickets or 0:,} records hold one"


def goes_with(rule: Reach) -> str:
    """`values go with the field “Note”`: what is lost where no rule deletes it; "" where one does."""
    if rule.of == VALUES:
        return f"values go with the field “{rule.name}”"
    return f"records go with the object “{rule.name}”" if rule.kind == OBJECT else ""


def _go(rule: Reach) -> str:
    return "1 record goes with it" if rule.tickets == 1 else f"{rule.tickets or 0:,} records go with it"


def fits(rule: Reach) -> str:
    """What a rule has to do with, in words: `“Old” fits 12 of the tickets now, and acts every night`."""
    if rule.of == VALUES:
        return f"The field “{rule.name}” goes, and {_held(rule)}"
    if rule.kind == OBJECT:
        return f"The object “{rule.name}” goes, and {_go(rule)}"
    return f"“{rule.name}” fits {rule.tickets or 0:,} of the {rule.of} now, and acts {rule.when}"


def _to_customers(rule: Reach) -> str:
    if rule.tickets is None:
        return f"Customers: how many get a mail {rule.when} from “{rule.name}” could not be counted: {rule.why}"
    if not rule.tickets:
        return f"Customers: nobody gets a mail {rule.when} from “{rule.name}”: it fits no ticket now"
    gets = "gets" if rule.tickets == 1 else "get"
    return f"Customers: {mails_said(rule.tickets, [rule])} {gets} a mail {rule.when} from “{rule.name}”{_because(rule)}"


def _to_agents(rule: Reach) -> str:
    if rule.tickets is None:
        return f"Agents: on how many tickets “{rule.name}” mails them {rule.when} could not be counted: {rule.why}"
    if not rule.tickets:
        return f"Agents: “{rule.name}” mails nobody {rule.when}: it fits no ticket now"
    tickets = f"{mails_said(rule.tickets, [rule])} ticket{'' if rule.tickets == 1 else 's'}"
    return f"Agents: mails on {tickets} {rule.when} from “{rule.name}”{_because(rule)}"


def _ended(reach: Iterable[Reach]) -> Iterator[str]:
    for rule in reach:
        for each in rule.does:
            if each not in _ENDS:
                continue
            by = f"{rule.when} by “{rule.name}”"
            if rule.tickets is None:
                yield f"Tickets: how many are {_ENDS[each]} {by} could not be counted: {rule.why}"
            elif not rule.tickets:
                yield f"Tickets: none is {_ENDS[each]} {by}: it fits no ticket now"
            else:
                are = "is" if rule.tickets == 1 else "are"
                many = f"{_roughly([rule])}{rule.tickets:,} {are} {_ENDS[each]}"
                yield f"Tickets: {many} {by}{_because(rule)}"


def _because(rule: Reach) -> str:
    return f" ({rule.why})" if rule.why else ""


def records_said(rules: Sequence[Reach]) -> str:
    """What rules delete, as a number: `about 1,200 tickets`."""
    counted, many = [each for each in rules if each.tickets], records_of(rules)
    of = {each.of for each in counted}
    word = of.pop() if len(of) == 1 else "records"
    return f"{_roughly(counted)}{many:,} {word.removesuffix('s') if many == 1 else word}"


def irreversible(mails: int, reach: Sequence[Reach]) -> Iterator[str]:
    """What cannot be undone of it: `about 6 mails that are sent`. mails: all that the run causes."""
    for rule in deleting(reach):
        if rule.tickets is None:
            yield f"the {rule.of} that “{rule.name}” deletes, {rule.when}: how many could not be counted"
        else:
            yield f"{records_said([rule])} that “{rule.name}” deletes, {rule.when}"
    if mails:
        yield f"{mails_said(mails, reach)} mail{' that is' if mails == 1 else 's that are'} sent"
    for rule in uncounted(mailing(reach)):
        yield f"the mails that “{rule.name}” sends {rule.when}: how many could not be counted"
