"""How the team signs in, and whether what it does is recorded: as the helpdesk says of the account."""

from __future__ import annotations

from typing import Any

from checklists.facts import Facts
from checklists.probes.accounts import account_says
from checklists.probes.base import Answer, Probe


class AuditLog(Probe):
    """The account's audit log can be read: who changed what, and when."""

    name = "audit_log"
    looks_at = ("standing",)
    asks = ("audit_log",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        said = account_says(facts, "audit_log")
        if not said["readable"]:
            return Answer("fail", f"There is no audit log that golive could read. {said['why']}.", {}, False)
        return Answer("pass", "The audit log can be read.", {}, True)


class SignInPage(Probe):
    """On the team's sign-in page people sign in with an account of the company's, and with no password of the
    helpdesk's own. The helpdesk's security settings say it; that the company's own sign-in works is not tried."""

    name = "sign_in_page"
    looks_at = ("standing",)
    asks = ("sign_in",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        said = account_says(facts, "sign_in")
        looked_at = [said["single_sign_on"], said["password"]]
        if not said["single_sign_on"]:
            return Answer("fail", "Single sign-on is off for the team.", {}, looked_at)
        if said["password"]:
            return Answer(
                "fail", "Single sign-on is on, and a password of the helpdesk's own opens the door, too.", {}, looked_at
            )
        return Answer("pass", "The team signs in with the company's own account only.", {}, looked_at)
