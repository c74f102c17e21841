"""What the vendor does not delete, or not as long as others need it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from config.findings import Finding
from provisioners.intent import Intent, PlannedChange
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account

ROLE = rule_of_account(
    "ZD110",
    "warning",
    "A role that somebody has would be deleted.",
    "Zendesk deletes a role only when nobody has it: it stays, and golive lets go of it.",
    "Give the people another role first.",
    source="developer.zendesk.com, “Custom Agent Roles”",
)
GROUP = rule_of_account(
    "ZD111",
    "error",
    "The account's default group would be deleted.",
    "Zendesk refuses it, because new agents join it.",
    "Make another group the default in the Admin Center first, or keep it with  on_remove: release",
    source="developer.zendesk.com, “Groups”",
)
VENDORS = rule_of_account(
    "ZD113",
    "warning",
    "A rule of the vendor's would be deleted.",
    "Nobody can make it again as it was; switched off, it does nothing.",
    "Keep it in the files with  active: false , or say  on_remove: switch_off  before it leaves them.",
    source="the account's own list, which says which rules are the vendor's",
)
CATEGORY = rule_of_account(
    "ZD114",
    "warning",
    "A category would be deleted that holds triggers which are not in these files.",
    "Zendesk would delete those that are switched off with it: it stays, and golive lets go of it.",
    "Move the triggers to another category first.",
    source="a client that has lived with it for years",
)
CONTENT = rule_of_account(
    "ZD115",
    "warning",
    "Dynamic content would be deleted that something else in the account still names.",
    "Zendesk refuses it: it stays, and golive lets go of it.",
    "Take it out of the texts first.",
    source="developer.zendesk.com, “Dynamic Content”",
)
CATALOGUE = (ROLE, GROUP, VENDORS, CATEGORY, CONTENT)


def roles(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """People whom the run itself gives another role, or deletes, do not count."""
    for role in intent.ended("zendesk:CustomRole"):
        live = next((each for each in account.listed("custom_roles", cursor=False) if str(each["id"]) == role.id), {})
        held = int(live.get("team_member_count") or 0)
        for person in (each for each in intent.changes if each.type == "zendesk:User"):
            had = str((person.was or {}).get("custom_role_id") or "") == role.id
            will = person.was if person.does == "release" else person.will
            keeps = person.does != "delete" and str(_role(intent, will)) == role.id
            held -= had and not keeps
        if held > 0:
            people = "1 person has" if held == 1 else f"{held} people have"
            yield intent.found(ROLE, role.name, f"{people} the role {role.said}, which would be deleted")


def _role(intent: Intent, payload: object) -> object:
    return intent.resolved(payload).get("custom_role_id") if isinstance(payload, dict) else None


def groups(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    for group in intent.ended("zendesk:Group"):
        if (account.client.find(f"groups/{group.id}", "group") or {}).get("default"):
            yield intent.found(GROUP, group.name, f"{group.said} is the account's default group, and would be deleted")


_LISTS = {"zendesk:Trigger": "triggers", "zendesk:Automation": "automations"}


def vendors_rules(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    for type_, path in _LISTS.items():
        for rule in intent.ended(type_):
            live = next((each for each in account.listed(path) if str(each["id"]) == rule.id), {})
            if live.get("default"):
                yield intent.found(VENDORS, rule.name, f"{rule.said} is a rule of Zendesk's, and would be deleted")


def categories(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """Triggers that the run deletes or moves do not count."""
    for category in intent.ended("zendesk:TriggerCategory"):
        rules = (each for each in intent.changes if each.type in _LISTS)
        moved = {
            each.id
            for each in rules
            if each.does == "delete" or each.type != "zendesk:Trigger" or _place(intent, each) != category.id
        }
        inside = [
            str(each.get("title"))
            for each in account.listed("triggers")
            if str(each.get("category_id")) == category.id and str(each["id"]) not in moved
        ]
        if inside:
            some = f"“{inside[0]}”" + (f" and {len(inside) - 1} more" if inside[1:] else "")
            yield intent.found(CATEGORY, category.name, f"{category.said} would be deleted, and holds {some}")


def _place(intent: Intent, trigger: PlannedChange) -> str:
    """The category in which a trigger will be, or is."""
    will = intent.resolved(trigger.will or {}).get("category_id")
    return str(will or (trigger.was or {}).get("category_id"))


_NAMING = {
    "zendesk:Trigger": ("triggers", True),
    "zendesk:Automation": ("automations", True),
    "zendesk:Macro": ("macros", True),
    "zendesk:TicketField": ("ticket_fields", True),
    "zendesk:TicketForm": ("ticket_forms", False),
}
"""Type → the list whose objects may name dynamic content, and whether it goes by cursor."""


def contents(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """What the run itself changes or deletes does not count: the files say what it names from then on."""
    for content in intent.ended("zendesk:DynamicContent"):
        placeholder = re.escape(str((content.was or {}).get("placeholder")))
        names = re.compile(rf"\{{\{{\s*dc\.{placeholder}\s*\}}\}}")
        found: list[str] = []
        for type_, (path, cursor) in _NAMING.items():
            touched = {each.id for each in intent.changes if each.type == type_}
            for body in account.listed(path, cursor=cursor):
                if str(body["id"]) not in touched and names.search(json.dumps(body, ensure_ascii=False)):
                    found.append(str(body.get("title") or body.get("name") or body["id"]))
        if found:
            some = f"“{found[0]}”" + (f" and {len(found) - 1} more" if found[1:] else "")
            yield intent.found(CONTENT, content.name, f"{content.said} would be deleted, and {some} still name it")


QUESTIONS = (
    Question("who has the roles that would go", roles),
    Question("which group is the default one", groups),
    Question("which rules are its own", vendors_rules),
    Question("what is in the categories that would go", categories),
    Question("what names the dynamic content that would go", contents),
)
