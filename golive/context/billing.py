"""What billing knows of an account's revenue, where the CRM knows nothing: an export, joined by the account's id.

Stripe's export of subscriptions has a line for each, with an amount for each interval (`Amount`, `Quantity`,
`Interval`, `Currency`, `Status`; a customer's own keys as `key (metadata)`). Chargebee's has the monthly recurring
revenue (`mrr`, `currency_code`, `status`). Neither vendor promises its headings: they are found whatever their capitals
and signs are, and a heading that is missing is named.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from config.kinds.integrations import Billing
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault

_YEARLY = {"day": 365, "week": 52, "month": 12, "year": 1}
"""Interval → how often it comes in a year."""


@dataclass(frozen=True)
class _Form:
    """What an export looks like. paid: statuses of subscriptions that bring revenue; a trial does not."""

    title: str
    columns: tuple[str, ...]
    currency: str
    paid: tuple[str, ...]
    yearly: Callable[[Mapping[str, str]], Decimal]


def _stripe(row: Mapping[str, str]) -> Decimal:
    return Decimal(row["amount"]) * Decimal(row["quantity"] or "1") * _YEARLY[row["interval"].strip().lower()]


def _chargebee(row: Mapping[str, str]) -> Decimal:
    return Decimal(row["mrr"]) * 12


_FORMS = {
    "stripe": _Form(
        "Stripe", ("amount", "quantity", "interval", "currency", "status"), "currency", ("active", "past_due"), _stripe
    ),
    "chargebee": _Form(
        "Chargebee", ("mrr", "currency_code", "status"), "currency_code", ("active", "non_renewing"), _chargebee
    ),
}


def revenues(billing: Billing, root: Path) -> Iterator[tuple[str, float]]:
    """(What stands in the account's column, yearly revenue of one subscription), line by line. Raises Fault for a file
    that is not there, lacks a heading, holds what is no number, or mixes currencies."""
    form, path = _FORMS[billing.from_], root / billing.file
    currencies: set[str] = set()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            places = _places(table.fieldnames or (), form, billing)
            for row in table:
                said = {name: (row.get(place) or "").strip() for name, place in places.items()}
                account = said.pop("")
                if not account or said["status"].lower() not in form.paid:
                    continue
                currencies.add(said[form.currency].lower())
                if len(currencies) > 1:
                    both = " and ".join(sorted(each.upper() for each in currencies))
                    raise _unfit(
                        billing, table.line_num, f"it holds {both}", "Export one currency, or convert it first."
                    )
                try:
                    yearly = form.yearly(said)
                    if not yearly.is_finite():
                        raise InvalidOperation
                    yield account, float(yearly)
                except (InvalidOperation, KeyError) as wrong:
                    what = f"{', '.join(f'{name} “{value}”' for name, value in said.items())} gives no yearly amount"
                    raise _unfit(billing, table.line_num, what, "Correct the line, or take it out.") from wrong
    except FileNotFoundError as missing:
        do = f"Export the subscriptions from {form.title} to this file."
        raise _unfit(billing, 0, "there is no such file", do) from missing
    except (OSError, UnicodeDecodeError) as broken:
        raise _unfit(billing, 0, f"it cannot be read: {broken}", "Export it anew, as CSV in UTF-8.") from broken


def _places(headings: object, form: _Form, billing: Billing) -> dict[str, str]:
    """What a value is called here → the heading of its column; the account's is ``""``."""
    there = [str(each) for each in headings] if isinstance(headings, list | tuple) else []
    by_name = {_plain(each): each for each in reversed(there)}
    places = {name: by_name.get(_plain(name), "") for name in form.columns}
    places[""] = billing.account if billing.account in there else ""
    missing = [name or billing.account for name, place in places.items() if not place]
    if missing:
        why = f"it has no column {', '.join(f'“{each}”' for each in missing)}; it has {', '.join(there) or 'none'}"
        raise _unfit(billing, 1, why, f"Export these columns, too, from {form.title}.")
    return places


def _plain(heading: str) -> str:
    """`Subscriptions.MRR` → `mrr`; `Currency code` → `currencycode`."""
    return re.sub(r"[^a-z0-9]", "", heading.rpartition(".")[2].lower())


def _unfit(billing: Billing, line: int, why: str, do: str) -> Fault:
    where = f"{billing.file}:{line}" if line else billing.file
    return Fault("billing", "The export from billing cannot be used.", where=where, why=why, do=do, exits=Exit.USAGE)
