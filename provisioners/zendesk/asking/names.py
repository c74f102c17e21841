"""Names that are taken, and names that nothing bears."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.intent import Intent
from provisioners.resource import ResourceName
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account

TAKEN = rule_of_account(
    "ZD101",
    "error",
    "Something of the same name is there already, and golive did not make it.",
    "Nothing is taken over by its name alone.",
    "Take it over with  golive adopt KIND/KEY , or give one of the two another name.",
)
MISSING = rule_of_account(
    "ZD102",
    "warning",
    "Something that is declared as existing is not in the account.",
    "What names it waits, and is not sent.",
    "Correct the name, make it there, or leave out `existing` so that golive makes it.",
    excused=False,
)
SUBDOMAIN = rule_of_account(
    "ZD118",
    "error",
    "A brand's subdomain belongs to somebody else.",
    "A subdomain is one in all of Zendesk, so that the brand could not be made.",
    "Choose another subdomain.",
    source="the vendor's page “Reseller API”, which tells whether a subdomain is free",
    excused=True,
)
CATALOGUE = (TAKEN, MISSING, SUBDOMAIN)


def taken(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """Live objects with the name of one that would be made."""
    for each in intent.in_the_way:
        name = ResourceName(each.system, each.kind, each.key)
        yield intent.found(TAKEN, name, f"“{each.name}” is there already, and golive did not make it", each.do)


def missing(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """What is declared as existing and could be looked for, but is not there."""
    for each in intent.missing:
        yield intent.found(MISSING, ResourceName(each.system, each.source.kind, each.source.key), each.reason)


def subdomains(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """A brand of the account's own that has the subdomain is in the way by its name, or is being given another one."""
    for each in intent.of("zendesk:Brand"):
        subdomain = str((each.will or {}).get("subdomain") or "")
        if not subdomain or (each.was or {}).get("subdomain") == subdomain:
            continue
        if any(brand.get("subdomain") == subdomain for brand in account.listed("brands")):
            continue
        answer = account.client.get("accounts/available", subdomain=subdomain).body
        if answer.get("success") is False:
            yield intent.found(SUBDOMAIN, each.name, f"the subdomain {subdomain} is not free", path=("subdomain",))


QUESTIONS = (
    Question("which names are taken", taken),
    Question("what is there", missing),
    Question("whether a brand's subdomain is free", subdomains),
)
