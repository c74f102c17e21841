"""Accounts beside organizations: which belong together, and what would be written.

Both are kept in a file while they are compared: an account list of any size takes the same memory. The file is golive's
own and goes with the run: what is done is known from the helpdesk alone, so a run that was cut off is simply run again.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from config.names import folded
from config.results.context import BillingSeen
from config.rules.mapping import NAME
from golive.context.billing import Billed, Subscription, billed_by
from golive.context.rows import Row, is_same
from provisioners.accounts import Accounts, CrmAccount, Value
from provisioners.organizations import HeldOrganization, Organizations

Verdict = Literal["same", "change", "create", "link", "twice", "foreign", "ambiguous"]
"""link: the organization has the account's name, and no account's id yet. twice: several accounts have this name, and
none is known to be this organization. foreign: the organization of that name holds another id. ambiguous: several
organizations hold this account's id."""
WRITES: tuple[Verdict, ...] = ("change", "create", "link")
LEFT: tuple[Verdict, ...] = ("twice", "foreign", "ambiguous")

FEW = 10
"""So many of what billing has and nobody gets are named."""
_TABLES = """
CREATE TABLE account (id TEXT PRIMARY KEY, name TEXT, folded TEXT, held TEXT) WITHOUT ROWID;
CREATE TABLE billing (account TEXT PRIMARY KEY, paid INTEGER, yearly REAL, over INTEGER, unknown INTEGER, line INTEGER)
WITHOUT ROWID;
CREATE TABLE organization (id TEXT PRIMARY KEY, name TEXT, folded TEXT, account TEXT, said TEXT, held TEXT)
WITHOUT ROWID;
"""
_BILLED = """
INSERT INTO billing VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account) DO UPDATE SET
paid = paid + excluded.paid, yearly = yearly + excluded.yearly, over = over + excluded.over,
unknown = unknown + excluded.unknown
"""
_OF_NOBODY = """
SELECT account, paid, yearly, line FROM billing
WHERE paid > 0 AND account NOT IN (SELECT id FROM account) ORDER BY line
"""
_INDEXES = """
CREATE INDEX account_names ON account (folded);
CREATE INDEX organization_names ON organization (folded);
CREATE INDEX organization_accounts ON organization (account);
"""


@dataclass(frozen=True)
class Difference:
    """One value that is to become another. field: the helpdesk's, as the mapping names it. billed: whether it comes
    from billing, because the CRM's field is empty."""

    field: str
    before: Value
    after: Value
    billed: bool = False


@dataclass(frozen=True)
class Pair:
    """An account, and what is known of its organization. why: what keeps it from being written, for `LEFT`.

    differences: what is to be written. kept: fields that hold something, where the CRM holds nothing; that stays.
    unfit: field → why the helpdesk's field cannot hold the CRM's value.
    """

    verdict: Verdict
    account: str
    name: str
    organization: str = ""
    differences: tuple[Difference, ...] = ()
    kept: tuple[str, ...] = ()
    unfit: dict[str, str] = field(default_factory=dict)
    why: str = ""


class Pairing:
    """Accounts and organizations of one reading."""

    def __init__(self, file: Path, rows: Iterable[Row], accounts: Accounts, organizations: Organizations) -> None:
        self._rows = list(rows)
        self._accounts, self._organizations = accounts, organizations
        self._billed = ""
        self._subscriptions = 0
        self._unknown: Counter[str] = Counter()
        self._lines: list[int] = []
        self._base = sqlite3.connect(file)
        self._base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")

    def close(self) -> None:
        self._base.close()

    def take_billing(self, field: str, subscriptions: Iterable[Subscription]) -> None:
        """What stands in for a field of the CRM that is empty; of several subscriptions of one account, the sum."""
        self._billed = field
        self._base.executemany(_BILLED, map(self._billing_row, subscriptions))

    def _billing_row(self, one: Subscription) -> tuple[str | int | float, ...]:
        """What cannot be an account's id is kept as it is, so that it can be told."""
        self._subscriptions += 1
        if one.standing == "unknown":
            self._unknown[one.status] += 1
            self._lines.append(one.line)
        said = billed_by(one)
        account = self._accounts.id_of(one.account) or one.account
        return account, said.paid, said.yearly, said.over, said.unknown, one.line

    def billing_seen(self) -> BillingSeen:
        """What of the export was counted, and what belongs to nobody."""
        lost: dict[str, int] = {}
        yearly, lines = 0.0, list(self._lines)
        for account, paid, amount, line in self._base.execute(_OF_NOBODY):
            lost[account] = paid
            yearly += amount
            lines.append(line)
        without = lost.pop("", 0)
        return BillingSeen(
            self._subscriptions,
            without,
            sum(lost.values()),
            list(lost)[:FEW],
            round(yearly, 2),
            dict(self._unknown),
            sorted(lines)[:FEW],
        )

    def read(self) -> None:
        """Read both sides whole. Raises SystemFault."""
        fields = [row.helpdesk for row in self._rows]
        self._base.executemany(
            "INSERT OR REPLACE INTO account VALUES (?, ?, ?, ?)",
            map(_account_row, self._accounts.all([row.crm for row in self._rows])),
        )
        self._base.executemany(
            "INSERT OR REPLACE INTO organization VALUES (?, ?, ?, ?, ?, ?)",
            map(self._organization_row, self._organizations.all(fields)),
        )
        self._base.executescript(_INDEXES)

    def _organization_row(self, held: HeldOrganization) -> tuple[str, ...]:
        account = self._accounts.id_of(held.account)
        return held.id, held.name, folded(held.name), account, held.account, json.dumps(dict(held.values))

    @property
    def accounts(self) -> int:
        """How many accounts there are."""
        return self._number("SELECT COUNT(*) FROM account")

    @property
    def organizations(self) -> int:
        """How many organizations there are."""
        return self._number("SELECT COUNT(*) FROM organization")

    @property
    def without_account(self) -> int:
        """How many organizations belong to no account: they are left as they are."""
        return self._number(
            "SELECT COUNT(*) FROM organization AS held WHERE NOT EXISTS"
            " (SELECT 1 FROM account WHERE account.id = held.account OR account.folded = held.folded)"
        )

    def _number(self, query: str) -> int:
        return int(self._base.execute(query).fetchone()[0])

    def pairs(self) -> Iterator[Pair]:
        """What becomes of each account, by its name."""
        for identifier, name, folded_name, held in self._base.execute(
            "SELECT id, name, folded, held FROM account ORDER BY folded, id"
        ):
            values = json.loads(held)
            billed = bool(self._billed) and values.get(self._billed) is None
            if billed:
                values[self._billed] = self._revenue(identifier)
            yield self._pair(identifier, name, folded_name, values, billed)

    def _revenue(self, account: str) -> float | None:
        """What billing says of an account; None for nothing."""
        query = "SELECT paid, yearly, over, unknown FROM billing WHERE account = ?"
        found = self._base.execute(query, (account,)).fetchone()
        return Billed(*found).revenue if found else None

    def _pair(self, identifier: str, name: str, folded_name: str, values: dict[str, Value], billed: bool) -> Pair:
        """billed: whether the value of the field that billing fills is billing's."""
        found = self._base.execute(
            "SELECT id, name, held FROM organization WHERE account = ? ORDER BY id LIMIT 2", (identifier,)
        ).fetchall()
        if len(found) > 1:
            names = " and ".join(f"“{row[1]}”" for row in found)
            why = f"several organizations hold this account's id: {names}"
            return Pair("ambiguous", identifier, name, found[0][0], why=why)
        if found:
            return self._compared("change", identifier, name, found[0][0], values, json.loads(found[0][2]), billed)
        namesakes = self._base.execute("SELECT COUNT(*) FROM account WHERE folded = ?", (folded_name,)).fetchone()[0]
        if namesakes > 1:
            why = f"{namesakes} accounts are called so, and the helpdesk takes a name once"
            return Pair("twice", identifier, name, why=why)
        same_name = self._base.execute(
            "SELECT id, said, held FROM organization WHERE folded = ?", (folded_name,)
        ).fetchone()
        if same_name is None:
            return self._compared("create", identifier, name, "", values, {}, billed)
        organization, said, held = same_name
        if said:
            why = f"the organization of this name holds the id {said} already"
            return Pair("foreign", identifier, name, organization, why=why)
        return self._compared("link", identifier, name, organization, values, json.loads(held), billed)

    def _compared(
        self,
        verdict: Verdict,
        identifier: str,
        name: str,
        organization: str,
        values: dict[str, Value],
        held: dict[str, Value],
        billed: bool,
    ) -> Pair:
        """With what differs. What CRM and billing leave empty is never taken away: somebody may have entered a
        stand-in."""
        differences, kept, unfit = [], [], {}
        for row in self._rows:
            after, before = row.carried(values.get(row.crm)), held.get(row.helpdesk)
            if after is None:
                kept += [row.helpdesk] if before is not None else []
                continue
            why = self._organizations.misfit(row.helpdesk, after) or self._taken(row.helpdesk, after, organization)
            if why:
                unfit[row.helpdesk] = why
            elif not is_same(before, after):
                differences.append(Difference(row.helpdesk, before, after, billed and row.crm == self._billed))
        if verdict == "change" and not differences:
            verdict = "same"
        return Pair(verdict, identifier, name, organization, tuple(differences), tuple(kept), unfit)

    def _taken(self, helpdesk: str, after: Value, organization: str) -> str:
        """Why an organization cannot have a name; empty for any other field."""
        if helpdesk != NAME:
            return ""
        other = self._base.execute(
            "SELECT id FROM organization WHERE folded = ? AND id != ?", (folded(str(after)), organization)
        ).fetchone()
        return f"another organization is called “{after}”" if other else ""


def _account_row(account: CrmAccount) -> tuple[str, ...]:
    return account.id, account.name, folded(account.name), json.dumps(dict(account.values))
