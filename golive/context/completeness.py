"""How full the CRM's fields are, by segment, and whether what arrived in the helpdesk is what the CRM holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice

from config.results.context import (
    ContextDocument,
    FieldFill,
    IncompleteAccount,
    Sampled,
    SegmentFill,
    ValueCompared,
)
from golive.context.billing import Billed, billed_by, subscriptions
from golive.context.dependents import dependents_on
from golive.context.opening import CustomerContext, field_names
from golive.context.rows import is_same
from golive.context.traces import ticket_traces
from golive.terminal.fault import Fault
from provisioners.accounts import Accounts, Filled
from provisioners.organizations import HeldOrganization, Organizations

WORST = 10
"""Accounts that are named."""
READ_FOR_SAMPLE = 500
"""So many organizations are looked through for those that have an account."""


def checked(context: CustomerContext, sample: int) -> ContextDocument:
    """Count, and compare so many organizations with their accounts. Only reads. Raises SystemFault."""
    accounts, names = context.accounts, field_names(context, context.counted)
    not_counted = accounts.uncountable(context.counted)
    countable = [field for field in context.counted if field not in not_counted]
    filled = accounts.filled(countable, context.segment_field())
    total = sum(each.total for each in filled)
    line, decisive = context.at_least, context.decisive
    fields = []
    for name in context.counted:
        number = None if name in not_counted else sum(each.fields[name] for each in filled)
        share = number / total if number is not None and total else None
        decides = name in decisive
        enough = share >= line if decides and share is not None else None
        helpdesk = next((row.helpdesk for row in context.rows if row.crm == name), "")
        stand_in, owner = context.stand_in(name)
        fields.append(
            FieldFill(
                name, names[name], helpdesk, number, share, decides, enough, not_counted.get(name, ""), stand_in, owner,
                name.partition(".")[0] in context.crm.too_empty,
            )
        )  # fmt: skip
    known = [each.enough for each in fields if each.decides]
    organizations = context.organizations()
    held = list(islice(_with_account(context, accounts, organizations), sample)) if sample else []
    worst = accounts.incomplete([name for name in decisive if name in countable], WORST)
    return ContextDocument(
        environment=context.opened.environment_name,
        action="check",
        crm=context.crm_instance,
        helpdesk=context.helpdesk_instance,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        accounts=total,
        line=line,
        complete=None if None in known or not known else all(known),
        fields=fields,
        segments=_segments(context, filled),
        worst=[IncompleteAccount(each.id, each.name, list(each.missing), each.page) for each in worst],
        rules=dependents_on(context.opened.loaded.declaration),
        sample=_sampled(context, accounts, held) if sample and context.rows else None,
        traces=ticket_traces(accounts, organizations) if sample else None,
        calls=dict(context.reading.calls),
    )


def _segments(context: CustomerContext, filled: list[Filled]) -> list[SegmentFill]:
    """In the order of the files; the CRM's own values after them, and those without any last."""
    if not context.segment_field():
        return []
    names = {key: item.name for key, item in context.opened.loaded.declaration.of("segments").items()}
    order = {key: number for number, key in enumerate(names)}
    ranked = sorted(filled, key=lambda each: (not each.segment, order.get(each.segment, len(order)), each.segment))
    return [
        SegmentFill(
            each.segment,
            names.get(each.segment, each.segment),
            each.total,
            {name: number / each.total for name, number in each.fields.items()},
        )
        for each in ranked
        if each.total
    ]


def _sampled(context: CustomerContext, accounts: Accounts, held: Sequence[HeldOrganization]) -> Sampled:
    """Organizations that hold an account's id, beside their accounts: one call to each side, or a few."""
    ids = {each.id: accounts.id_of(each.account) for each in held}
    fields = [row.crm for row in context.rows]
    found = {each.id: each for each in accounts.some(list(ids.values()), fields)}
    revenues, not_read = _revenues(context, accounts, set(found))
    different, values, gone, billed = [], 0, 0, 0
    for each in held:
        account = found.get(ids[each.id])
        if account is None:
            gone += 1
            continue
        for row in context.rows:
            value, there = account.values.get(row.crm), each.values.get(row.helpdesk)
            stands_in = revenues.get((account.id, row.crm)) if value is None else None
            wanted = row.carried(value if stands_in is None else stands_in)
            if wanted is None:
                continue
            values += 1
            billed += stands_in is not None
            if not is_same(wanted, there):
                entry = ValueCompared(account.id, account.name, row.helpdesk, wanted, there, stands_in is not None)
                different.append(entry)
    return Sampled(len(held) - gone, values, gone, different, billed, not_read)


def _revenues(
    context: CustomerContext, accounts: Accounts, ids: Collection[str]
) -> tuple[dict[tuple[str, str], float], str]:
    """(Account's id, field that billing fills) → yearly revenue by the export; or why it could not be read."""
    billing = context.billing
    if billing is None or not ids:
        return {}, ""
    said: dict[str, Billed] = {}
    try:
        for one in subscriptions(billing, context.opened.workspace.root):
            account = accounts.id_of(one.account)
            if account in ids:
                said[account] = said.get(account, Billed()) + billed_by(one)
    except Fault as unfit:
        return {}, f"{unfit.where}: {unfit.why}"
    revenues = {(account, billing.fills): each.revenue for account, each in said.items()}
    return {of: revenue for of, revenue in revenues.items() if revenue is not None}, ""


def _with_account(
    context: CustomerContext, accounts: Accounts, organizations: Organizations
) -> Iterator[HeldOrganization]:
    fields = [row.helpdesk for row in context.rows]
    for each in islice(organizations.all(fields), READ_FOR_SAMPLE):
        if accounts.id_of(each.account):
            yield each
