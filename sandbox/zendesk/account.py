"""One Zendesk account: its tables, its plan, its ids."""

from __future__ import annotations

from typing import Any

from sandbox.store import Row, Store, Table

SYSTEM = "zendesk"
FIRST_ID = 22_000_000_000_001
"""Ids are large, as the vendor's are: what treats them as 32-bit or as floats fails here too."""
PLANS = ("team", "growth", "professional", "enterprise", "enterprise_plus")
PRODUCTS = ("suite_", "support_")
"""What may stand before a plan's level, as the vendor sells it; both are the same here."""
TRIAL = "trial"
DEFAULT_PLAN = "professional"
MOST_MAILS = 10_000
"""Mails that are kept."""


def plan_named(text: str) -> str | None:
    """The plan that is meant: `enterprise`, `suite_enterprise` and `support_enterprise` are one; None for none."""
    level = next((text.removeprefix(each) for each in PRODUCTS if text.startswith(each)), text)
    return level if level in (*PLANS, TRIAL) else None


class Account:
    """The account's side of the store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def rows(self, name: str) -> Table:
        """A table by the vendor's plural name."""
        return self.store.table(SYSTEM, name)

    @property
    def settings(self) -> Row:
        """Plan, limits and the sandbox's own switches."""
        return self.store.settings(SYSTEM)

    @property
    def plan(self) -> str:
        """One of `PLANS`, or `trial`: what the setting `plan` says, else `usual_plan`."""
        said = self.settings.get("plan") or self.settings.get("usual_plan")
        return plan_named(str(said)) or DEFAULT_PLAN

    def plan_is_at_least(self, plan: str) -> bool:
        """Whether the account's plan includes what `plan` brings. A trial has what Professional has."""
        own = DEFAULT_PLAN if self.plan == TRIAL else self.plan
        return PLANS.index(own) >= PLANS.index(plan)

    @property
    def subdomain(self) -> str:
        """The account's name in addresses."""
        return str(self.settings.get("subdomain", "sandbox"))

    def new_id(self) -> int:
        """A number that no object of the account has had."""
        return self.store.next_id(SYSTEM, FIRST_ID)

    def now(self) -> str:
        """The time in the vendor's writing."""
        return self.store.now()

    def note_mail(self, to: str, kind: str, **more: Any) -> Row:
        """Keep a mail that the vendor would send now; the oldest go where there are too many."""
        mails = self.rows("mails")
        number = str(self.store.next_id("zendesk mails"))
        mails[number] = {"id": number, "to": to, "kind": kind, **more, "created_at": self.now()}
        if len(mails) > MOST_MAILS:
            del mails[next(iter(mails))]
        return mails[number]
