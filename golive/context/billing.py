"""What billing knows of an account's revenue, where the CRM knows nothing: an export, joined by the account's id.

Stripe's export of subscriptions has a line for each, with an amount for each interval (`Amount`, `Quantity`,
`Interval`, `Currency`, `Status`; a customer's own keys as `key (metadata)`). Chargebee's has the monthly recurring
revenue (`mrr`, `currency_code`, `status`). Neither vendor promises its headings: they are found whatever their capitals
and signs are, and a heading that is missing is named. Source of the statuses: docs.stripe.com/api/subscriptions/object;
apidocs.chargebee.com, “Subscriptions”.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal

from config.kinds.integrations import Billing
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault

Standing = Literal["paid", "over", "coming", "unknown"]
"""paid: it brings revenue. over: it brings none any more. coming: it brings none yet, as a trial does. unknown: its
status is none that golive knows."""

_YEARLY = {"day": 365, "week": 52, "month": 12, "year": 1}
"""Interval → how often it comes in a year."""
_AMERICAN = re.compile(r"-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(,\d{3}){2,}")
_EUROPEAN = re.compile(r"-?\d{1,3}(\.\d{3})+,\d+|-?\d{1,3}(\.\d{3}){2,}")
"""Numbers with thousands separators that can mean one thing only; `1,200` may be 1200 or 1.2."""
_A_NUMBER = "a number with a dot and without separators for thousands, such as 1200.00"


@dataclass(frozen=True)
class Subscription:
    """One line of an export. account: what stands in the account's column. yearly: its revenue, 0 unless it is paid.
    status: in the export's words."""

    account: str
    standing: Standing
    yearly: float
    status: str
    line: int


@dataclass(frozen=True)
class Billed:
    """What an export says of one account. paid: subscriptions that bring revenue, yearly: how much of it. over: those
    that bring none any more; unknown: those of which nobody knows."""

    paid: int = 0
    yearly: float = 0.0
    over: int = 0
    unknown: int = 0

    def __add__(self, other: Billed) -> Billed:
        return Billed(
            self.paid + other.paid, self.yearly + other.yearly, self.over + other.over, self.unknown + other.unknown
        )

    @property
    def revenue(self) -> float | None:
        """Yearly revenue: 0 where all that it had is over; None where the export does not tell."""
        if self.paid:
            return round(self.yearly, 2)
        return 0.0 if self.over and not self.unknown else None


def billed_by(one: Subscription) -> Billed:
    """What one subscription says of its account."""
    standing = one.standing
    return Billed(int(standing == "paid"), one.yearly, int(standing == "over"), int(standing == "unknown"))


class _Wrong(ValueError):
    """A value that cannot be counted with. column: as `_Form` calls it. needed: what it has to be."""

    def __init__(self, column: str, needed: str) -> None:
        self.column, self.needed = column, needed


@dataclass(frozen=True)
class _Form:
    """What an export looks like. standings: status → what it comes to."""

    title: str
    columns: tuple[str, ...]
    currency: str
    standings: Mapping[str, Standing]
    yearly: Callable[[Mapping[str, str]], Decimal]


def _stripe(row: Mapping[str, str]) -> Decimal:
    times = _YEARLY.get(row["interval"].lower())
    if times is None:
        raise _Wrong("interval", f"one of {', '.join(_YEARLY)}")
    return _number(row, "amount") * (_number(row, "quantity") if row["quantity"] else 1) * times


def _chargebee(row: Mapping[str, str]) -> Decimal:
    return _number(row, "mrr") * 12


def _number(row: Mapping[str, str], column: str) -> Decimal:
    text = row[column]
    if _AMERICAN.fullmatch(text):
        text = text.replace(",", "")
    elif _EUROPEAN.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise _Wrong(column, _A_NUMBER) from None
    if not found.is_finite():
        raise _Wrong(column, _A_NUMBER)
    return found


_FORMS = {
    "stripe": _Form(
        "Stripe",
        ("amount", "quantity", "interval", "currency", "status"),
        "currency",
        {
            "active": "paid", "past_due": "paid", "canceled": "over", "unpaid": "over", "incomplete_expired": "over",
            "trialing": "coming", "incomplete": "coming", "paused": "coming",
        },
        _stripe,
    ),
    "chargebee": _Form(
        "Chargebee",
        ("mrr", "currency_code", "status"),
        "currency_code",
        {
            "active": "paid", "non_renewing": "paid", "cancelled": "over", "paused": "over", "transferred": "over",
            "in_trial": "coming", "future": "coming",
        },
        _chargebee,
    ),
}  # fmt: skip
"""Stripe pauses a trial that ends without a way to pay; Chargebee pauses what was paid for."""


def subscriptions(billing: Billing, root: Path) -> Iterator[Subscription]:
    """The export, line by line. Raises Fault for a file that is not there, lacks a heading, holds an amount that is
    none, or mixes currencies."""
    form, path = _FORMS[billing.from_], root / billing.file
    currencies: set[str] = set()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            places = _places(table.fieldnames or (), form, billing)
            for row in table:
                said = {name: (row.get(place) or "").strip() for name, place in places.items()}
                account, line = said.pop(""), table.line_num
                standing = form.standings.get(re.sub(r"[ -]", "_", said["status"].lower()), "unknown")
                if standing != "paid":
                    yield Subscription(account, standing, 0.0, said["status"], line)
                    continue
                currencies.add(said[form.currency].lower())
                if len(currencies) > 1:
                    both = " and ".join(sorted(each.upper() for each in currencies))
                    raise _unfit(billing, line, f"it holds {both}", "Export one currency, or convert it first.")
                try:
                    yield Subscription(account, standing, float(form.yearly(said)), said["status"], line)
                except _Wrong as wrong:
                    holds = f"the column “{places[wrong.column]}” holds “{said[wrong.column]}”"
                    do = "Correct it there, or export it anew. Without the line, its revenue would be missing."
                    raise _unfit(billing, line, f"{holds}, and it has to be {wrong.needed}", do) from wrong
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
