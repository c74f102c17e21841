"""What the helpdesk knows from the CRM, as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape

from config.declaration import Declaration
from config.results.context import (
    AccountChange,
    BillingSeen,
    ContextDocument,
    DependentRule,
    FieldFill,
    Sampled,
    TicketTraces,
)
from config.rules.mapping import NAME
from config.words import counted
from golive.context.dependents import advised_stand_in
from golive.context.opening import CustomerContext
from golive.context.syncing import Carried, Expected
from golive.terminal.screen import Screen
from golive.wording.words import listed

FEW = 10
"""So many are named; of more, how many there are."""
MANY_SEGMENTS = 6
"""So many columns fit beside all accounts."""


def accounts(number: int) -> str:
    """`1 account`, `1,204 accounts`."""
    return counted(number, "account")


def _percent(share: float | None) -> str:
    return "?" if share is None else f"{share:.0%}"


def show_check(screen: Screen, context: CustomerContext, document: ContextDocument) -> None:
    """How full the fields are, by segment; what relies on those that are not; whether samples agree."""
    crm = escape(context.crm_title)
    if not document.accounts:
        screen.say(f"[change]{crm} shows golive no account.[/] Either there is none, or its user may not see them.")
        return
    screen.say(f"[head]{accounts(document.accounts)} in {crm}[/]; how many of them hold a value:\n")
    _show_table(screen, document)
    _show_verdict(screen, context, document)
    _show_rules(screen, document)
    if document.worst:
        screen.say("\nAccounts that lack the most:")
        names = {each.field: each.name for each in document.fields}
        for account in document.worst:
            missing = escape(listed([names[each] for each in account.missing]))
            screen.say(f"  {escape(account.name)}  [quiet]without[/] {missing}  [quiet]{escape(account.page)}[/]")
    if document.sample is not None:
        _show_sample(screen, context, document.sample)
    if document.traces is not None and document.traces.tickets:
        _show_traces(screen, context, document.traces)


def _show_table(screen: Screen, document: ContextDocument) -> None:
    shown = document.segments[:MANY_SEGMENTS]
    heads = ["all", *(each.name or "no segment" for each in shown)]
    widths = [max(len(head), 5) + 2 for head in heads]
    left = max(len(each.name) for each in document.fields) + 2
    screen.say(" " * (left + 2) + "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)))
    sizes = [document.accounts, *(each.total for each in shown)]
    numbers = "".join(f"{size:>{width},}" for size, width in zip(sizes, widths, strict=True))
    screen.say(f"  [quiet]{'accounts':<{left}}{numbers}[/]")
    for each in document.fields:
        cells = [each.share, *(segment.fields.get(each.field) for segment in shown)]
        line = "".join(f"{_percent(share):>{width}}" for share, width in zip(cells, widths, strict=True))
        screen.say(f"  {escape(each.name):<{left}}{line}  {_judged(each, document.line or 0)}")


def _judged(each: FieldFill, line: float) -> str:
    if each.not_counted:
        return f"[quiet]nobody knows: {escape(each.not_counted)}[/]"
    if not each.decides:
        return "[quiet]need not be full[/]"
    return "[good]enough[/]" if each.enough else f"[danger]under {_percent(line)}[/]"


def _show_verdict(screen: Screen, context: CustomerContext, document: ContextDocument) -> None:
    thin = [each for each in document.fields if each.enough is False]
    decides = any(each.decides for each in document.fields)
    screen.say()
    if not decides:
        screen.say("No field is asked to be full:  integrations: {crm: {completeness: {at_least: 70%, of: [arr, …]}}}")
        return
    filled = [each.name for each in document.fields if each.called_too_empty and each.enough]
    if filled:
        screen.say(
            f"[good]{escape(listed(filled))} {_is(filled)} full enough by now.[/] Take "
            f"{'it' if len(filled) == 1 else 'them'} out of `too_empty`, and the rules that ask for it wake with the "
            "next run."
        )
    if not thin:
        screen.say(f"[good]Every field that is asked for is full enough[/] (at least {_percent(document.line)}).")
        return
    screen.say(
        f"[danger]{escape(listed([each.name for each in thin]))} {_is(thin)} too empty to be relied on.[/] Until then "
        "keep it simple: names and contacts, and no rule that asks for these."
    )
    rows = {row.crm: row for row in context.rows}
    for each in thin:
        advised = advised_stand_in(rows.get(each.field))
        task = f"  [quiet]({escape(each.owner)} has it filled)[/]" if each.owner else ""
        if each.stand_in:
            screen.say(f"  instead of {escape(each.name)}: {escape(each.stand_in)}{task}")
        else:
            advice = f" (it could be: {advised})" if advised else ""
            screen.say(f"  instead of {escape(each.name)}: [change]nothing is named yet[/]{advice}")


def _is(things: Sequence[object]) -> str:
    return "is" if len(things) == 1 else "are"


def _show_rules(screen: Screen, document: ContextDocument) -> None:
    """Rules that rely on fields that are too empty, and those that sleep because of it."""
    thin = {each.field for each in document.fields if each.enough is False}
    called = {each.field for each in document.fields if each.called_too_empty}
    relying = [each for each in document.rules if thin & set(each.fields)]
    asleep = [each for each in document.rules if called & set(each.fields)]
    if asleep:
        screen.say("\nAsleep meanwhile, because the files call these fields too empty:")
        _show_list(screen, asleep)
        if any(each.object.startswith("sla_policies/") for each in asleep):
            screen.say("  [change]Service levels have no switch[/]: those that are there already stay in force.")
    relying = [each for each in relying if each not in asleep]
    if relying:
        screen.say("\nThese rely on them all the same. One entry lets them sleep, with the person who has it filled:")
        first = next(each for each in document.fields if each.field in thin and not each.called_too_empty)
        screen.say(
            f"  completeness: {{too_empty: {{{escape(first.field.partition('.')[0])}: {{stand_in: …, owner: …}}}}}}\n"
        )
        _show_list(screen, relying)


def _show_list(screen: Screen, rules: Sequence[DependentRule]) -> None:
    for each in rules:
        screen.say(f"  {escape(each.object)}  [quiet]{escape(each.name)}[/]")


def _show_sample(screen: Screen, context: CustomerContext, sample: Sampled) -> None:
    helpdesk, crm = escape(context.helpdesk_title), escape(context.crm_title)
    screen.say()
    if not sample.compared and not sample.gone:
        screen.say(
            f"[change]No organization in {helpdesk} holds the id of an account[/]: nothing was carried over yet."
        )
        return
    of = f"{counted(sample.values, 'value')} of {counted(sample.compared, 'organization')}"
    if sample.billed:
        of += f" ({sample.billed} of them with billing, where {crm} holds none)"
    many, declaration = len(sample.different), context.opened.loaded.declaration
    if not sample.different:
        screen.say(f"Compared with {crm}: {of}, [good]all the same[/].")
    else:
        screen.say(f"Compared with {crm}: {of}; [danger]{many} differ{'s' if many == 1 else ''}[/]:")
        for each in sample.different[:FEW]:
            screen.say(
                f"  {escape(each.name)}  {escape(_field_name(declaration, each.field))}: {escape(_shown(each.crm))} in "
                f"{'billing' if each.billed else crm}, {escape(_shown(each.helpdesk))} in {helpdesk}"
            )
    if sample.billing_not_read:
        screen.say(f"  [change]Not compared with billing[/]: {escape(sample.billing_not_read)}")
    if sample.gone:
        screen.say(f"  {counted(sample.gone, 'organization')} of the sample: the account is not in {crm} any more.")


def _show_traces(screen: Screen, context: CustomerContext, traces: TicketTraces) -> None:
    crm = escape(context.crm_title)
    of = f"{counted(traces.tickets, 'ticket')} of the last 30 days, of {counted(traces.customers, 'customer')}"
    if not traces.untraced:
        screen.say(f"Looked for in {crm}: {of}; [good]each is named at its customer's account[/].")
        return
    screen.say(f"Looked for in {crm}: {of}; [change]{len(traces.untraced)} left no trace at the account[/]:")
    for each in traces.untraced[:FEW]:
        screen.say(f"  #{escape(each.ticket)}  {escape(each.name)}  [quiet]{escape(each.subject)}[/]")


def _named(value: object, options: dict[str, str] | None) -> str:
    """A value as people see it: of a choice, the option's name."""
    if not options:
        return _shown(value)
    return ", ".join(options.get(str(each), str(each)) for each in (value if isinstance(value, list) else [value]))


def _shown(value: object) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,.2f}".removesuffix(".00") if isinstance(value, float) else f"{value:,}"
    return ", ".join(value) if isinstance(value, list) else str(value)


def show_expected(
    screen: Screen, context: CustomerContext, found: Expected, sizes: Sequence[int], billing: BillingSeen | None
) -> None:
    """What would be written, before anything is sent. sizes: accounts, organizations, organizations without account."""
    helpdesk = escape(context.helpdesk_title)
    declaration = context.opened.loaded.declaration
    screen.say(
        f"[head]{accounts(sizes[0])} in {escape(context.crm_title)}, "
        f"{counted(sizes[1], 'organization')} in {helpdesk}[/]\n"
    )
    for verdict, words in (
        ("same", "as it is in the CRM already"),
        ("change", "changed"),
        ("link", "linked: same name, no account's id yet"),
        ("create", "made"),
    ):
        screen.say(f"  {words:<42}{found.counts[verdict]:>8,}")
    screen.say(f"  {'without an account; left alone':<42}{sizes[2]:>8,}")
    for field, number in found.fields.most_common():
        screen.say(
            f"    {escape(_field_name(declaration, field)):<40}{number:>8,}  [quiet]{_to_write(found, field)}[/]"
        )
    filled = [row.helpdesk for row in context.rows if context.billing and row.crm == context.billing.fills]
    for field, number in found.kept.most_common():
        why = f"empty in the CRM{', and billing does not know it' if field in filled else ''}"
        screen.say(f"    {escape(_field_name(declaration, field)):<40}{number:>8,}  [quiet]values stay: {why}[/]")
    for (field, why), number in found.unfit.most_common(FEW):
        screen.say(f"  [change]{escape(_field_name(declaration, field))}: {number:,} not written[/]: {escape(why)}")
    if billing is not None and context.billing is not None:
        _show_billing(screen, context.billing.file, billing, escape(context.crm_title))
    _show_left(screen, found)


def _to_write(found: Expected, field: str) -> str:
    return f"values to write{f', {found.billed[field]:,} of them from billing' if found.billed[field] else ''}"


def _show_billing(screen: Screen, file: str, billing: BillingSeen, crm: str) -> None:
    """What of the export was not counted, though it brings revenue, or may."""
    lost = billing.without_account + billing.unknown_account
    if not (lost or billing.unknown_statuses):
        return
    screen.say()
    if lost:
        belong = "belongs" if lost == 1 else "belong"
        screen.say(
            f"[change]{_subscriptions(lost)} of {_shown(billing.not_counted)} a year {belong} to no account in {crm}"
            "[/]; nothing of that was counted:"
        )
        if billing.without_account:
            screen.say(f"  {billing.without_account} without an account's id")
        if billing.unknown_account:
            more = ", …" if billing.unknown_account > len(billing.accounts) else ""
            named = escape(", ".join(billing.accounts))
            screen.say(f"  {billing.unknown_account} with an id that no account has: {named}{more}")
    for status, number in billing.unknown_statuses.items():
        has = "has" if number == 1 else "have"
        called = f"the status “{escape(status)}”, which golive does not know" if status else "no status"
        screen.say(f"[change]{_subscriptions(number)} {has} {called}[/]: nothing of it was counted.")
    where = f"{escape(file)}, line{'s' if billing.lines[1:] else ''} {', '.join(map(str, billing.lines))}"
    screen.say(f"  Correct them in billing and export anew, or correct the file.  [quiet]{where}[/]")


def _subscriptions(number: int) -> str:
    return counted(number, "subscription")


def _show_left(screen: Screen, found: Expected) -> None:
    if not found.left:
        return
    screen.say(f"\n[change]{accounts(found.left)} left for a person to decide[/]:")
    left = [each for each in found.first if each.why]
    for each in left[:FEW]:
        screen.say(f"  {escape(each.name)}  [quiet]{escape(each.account)}[/]  {escape(each.why)}")
    if found.left > min(FEW, len(left)):
        screen.say(f"  and {found.left - min(FEW, len(left))} more:  --out FILE writes all")


def show_differences(screen: Screen, context: CustomerContext, changes: Iterable[AccountChange], number: int) -> None:
    """The first differences, value by value."""
    declaration = context.opened.loaded.declaration
    written = [each for each in changes if not each.why]
    if not written:
        return
    options = {row.helpdesk: row.target for row in context.rows}
    screen.say("\nFor example:")
    for each in written[:FEW]:
        word = {"create": "made", "link": "linked"}.get(each.verdict, "changed")
        values = []
        for field, (before, after) in each.differences.items():
            was = f"{_named(before, options.get(field))} → " if before is not None or word == "changed" else ""
            end = " (billing)" if field in each.billed else ""
            values.append(f"{_field_name(declaration, field)}: {was}{_named(after, options.get(field))}{end}")
        screen.say(f"  {escape(each.name)}  [quiet]{word}[/]  {escape('; '.join(values))}")
    if number > FEW:
        screen.say(f"  and {number - min(FEW, len(written)):,} more:  --out FILE writes all")


def _field_name(declaration: Declaration, field: str) -> str:
    if field == NAME:
        return "name"
    item = declaration.get("customer_fields", field.partition(".")[2])
    return item.name if item is not None else field


def show_carried(screen: Screen, context: CustomerContext, done: Carried, read: int) -> None:
    """What was done, what was not, and what is next. read: calls to the helpdesk before anything was written."""
    option, helpdesk = context.opened.option, escape(context.helpdesk_title)
    calls = context.reading.calls[context.helpdesk_instance] - read
    screen.say(
        f"\n[good]Written: {done.written:,}.[/] [quiet]({counted(calls, 'call')} to {helpdesk} to write and to ask "
        f"whether it is done, after {read:,} to read)[/]"
    )
    for account, why in list(done.refused.items())[:FEW]:
        screen.say(f"[danger]not written[/]  account {escape(account)}: {escape(why)}")
    if done.refusals > FEW:
        screen.say(f"  and {done.refusals - FEW:,} more")
    if done.broken is not None:
        known = "" if done.broken.took_effect is False else " Of the last calls nobody knows whether they arrived."
        screen.say(f"[danger]It ended before its time[/]: {escape(done.broken.why)}.{known}")
    if done.broken is not None or done.refusals:
        screen.say(f"Run it again, it does what is left:  golive context sync{option}")
