"""Whether what the files only name is at work there: golive never writes it, so that nothing else would notice."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.intent import Intent
from provisioners.resource import ResourceName
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account

SWITCHED_OFF = rule_of_account(
    "ZD137",
    "warning",
    "A rule that the files name as existing is switched off in Zendesk.",
    "The files count on what it does, and golive only looks it up.",
    "Switch it on in Zendesk; or say  active: false  where it shall be off, or take it out of the files.",
    source="the account's own lists of rules",
)
CATALOGUE = (SWITCHED_OFF,)
_LISTS = ("triggers", "automations")


def existing_rules(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """One call for each sort of rule of which the files name one."""
    for name, identifier in intent.ids.items():
        named = ResourceName.of(name)
        item = intent.declared.get(named.kind, named.key) if named.kind in _LISTS and not named.part else None
        if item is None or not item.value.existing or item.value.existing == "vendor_default" or not item.value.active:
            continue
        live = next((each for each in account.listed(named.kind) if str(each["id"]) == identifier), {})
        if live.get("active") is False:
            message = f"“{live.get('title')}” is switched off in Zendesk, and these files count on it"
            yield intent.found(SWITCHED_OFF, named, message)


QUESTIONS = (Question("whether rules that are named as existing are at work", existing_rules),)
