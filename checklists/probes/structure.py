"""Whether roles, groups, fields and forms fit the team and its customers."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from checklists.facts import Facts
from checklists.item import Stage
from checklists.observation import Seen
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from checklists.words import role_words
from config.kinds.conditions import FieldCondition
from config.kinds.engineering import IssueField
from config.kinds.fields import CHOICE_TYPES
from config.model import Model, defaults_to, required
from config.words import counted, some

SMALL, MIDDLE = 5, 20
"""Teams of up to 5 agents need simple roles, of 6 to 20 groups by skill, of more than 20 supervisors too."""
Count = Annotated[int, Field(ge=0)]
_SEATS = ("admin", "agent")


class StructureFitsSize(Probe):
    """Roles and groups fit the number of agents."""

    name = "structure_fits_size"
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        agents, admins = agents_of(facts)
        groups = sorted(active(facts, "groups"))
        numbers = {"agents": len(agents), "groups": len(groups), "admins": len(admins)}
        looked_at = [sorted(agents), groups]
        team = counted(len(agents), "agent")
        if not agents:
            return Answer("fail", "Nobody who answers customers is declared.", numbers, looked_at)
        if len(agents) == 1 and _routing(facts):
            return Answer("fail", "One person needs no rules that hand tickets around.", numbers, looked_at)
        if len(agents) > SMALL and len(groups) < 2:
            return Answer(
                "warn", f"{team} work in {counted(len(groups), 'group')}; 6 and more need several.", numbers, looked_at
            )
        if len(agents) > MIDDLE and not admins:
            return Answer("warn", f"{team} and no admin of their own.", numbers, looked_at)
        return Answer("pass", f"{team} in {counted(len(groups), 'group')}.", numbers, looked_at)


class CustomerForm(Probe):
    """Customers have to fill in few fields."""

    name = "customer_form"
    lasts = "1d"

    class Parameters(Model):
        """How many."""

        at_most: Count = defaults_to(5, description="How many fields customers may have to fill in.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        asked = [
            key
            for key, item in active(facts, "ticket_fields").items()
            if (side := getattr(item.value, "customers", None)) is not None
            and getattr(side, "required", False)
            and getattr(side, "can", "") == "edit"
        ]
        said = f"Customers must fill in {counted(len(asked), 'field')} beside subject and message"
        seen: Seen = "warn" if len(asked) > given.at_most else "pass"
        more = f"; {given.at_most} are the most advised ({some(asked)})" if seen == "warn" else ""
        return Answer(seen, f"{said}{more}.", {"required": len(asked)}, sorted(asked))


class CountedFieldsAreChoices(Probe):
    """A ticket field that a rule asks for has choices, so that it can be counted."""

    name = "counted_fields_are_choices"
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        fields = active(facts, "ticket_fields")
        asked: dict[str, str] = {}
        for kind in ("triggers", "automations", "sla_policies", "views", "alerts"):
            for key, item in active(facts, kind).items():
                for condition in (*(item.value.when or ()), *(item.value.when_any or ())):
                    if isinstance(condition, FieldCondition):
                        asked.setdefault(condition.field, f"{kind}/{key}")
        free = [
            name
            for name in asked
            if name in fields and getattr(fields[name].value, "type", "") not in (*CHOICE_TYPES, "checkbox", "lookup")
        ]
        numbers = {"asked": len([name for name in asked if name in fields]), "free": len(free)}
        if free:
            first = free[0]
            return Answer("fail", f"{asked[first]} asks for {first}, which holds free text.", numbers, free)
        return Answer("pass", "Rules ask for fields with choices only.", numbers, sorted(asked))


class MappedFields(Probe):
    """So many fields of the CRM are mapped to the helpdesk."""

    name = "mapped_fields"
    lasts = "1d"

    class Parameters(Model):
        """How many."""

        at_least: Count = defaults_to(5, description="Fewer show a name and a contact, and no customer.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        mapping = facts.configuration.known().declaration.single("crm_mapping")
        rows = [str(row.helpdesk) for row in mapping.rows] if mapping else []
        seen: Seen = "pass" if len(rows) >= given.at_least else "fail"
        said = f"{counted(len(rows), 'field')} of the CRM {'is' if len(rows) == 1 else 'are'} mapped"
        return Answer(
            seen, f"{said}{'' if seen == 'pass' else f'; {given.at_least} are needed'}.", {"mapped": len(rows)}, rows
        )


class TrackerMapping(Probe):
    """Every escalation fills these fields of the issue."""

    name = "tracker_mapping"
    lasts = "1d"

    class Parameters(Model):
        """Which fields."""

        fields: list[IssueField] = required(description="The issue's fields that must be filled.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        escalations = active(facts, "escalations")
        lacking = {
            key: missing
            for key, item in escalations.items()
            if (missing := [name for name in given.fields if item.value.row(name) is None])
        }
        numbers = {"escalations": len(escalations), "lacking": len(lacking)}
        looked_at = [sorted(escalations), lacking]
        if not escalations:
            return Answer("fail", "The files declare no escalation to engineering.", numbers, looked_at)
        if lacking:
            key, missing = next(iter(lacking.items()))
            fields = ", ".join(name.replace("_", " ") for name in missing)
            return Answer("fail", f"The escalation {key} does not fill {fields}.", numbers, looked_at)
        said = f"{counted(len(escalations), 'escalation')} {'fills' if len(escalations) == 1 else 'fill'}"
        return Answer("pass", f"{said} all {len(given.fields)} fields of the issue.", numbers, looked_at)


class OwnersNamed(Probe):
    """Every item of later phases has somebody of the client's who sees to it."""

    name = "owners_named"
    lasts = "1d"

    class Parameters(Model):
        """Which phases."""

        phases: list[Stage] = required(description="The phases whose items must have an owner.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        checklist = facts.checklist
        roles = {
            each.item.owner: name
            for phase in given.phases
            for _, _, name, each in checklist.asked_by(phase)
            if not each.item.drop and checklist.answer(each.item.only_if)[0] is not False
        }
        alone = [
            role for role in roles if not [who for who in checklist.with_role(role) if not _leaves(checklist, who)]
        ]
        numbers = {"roles": len(roles), "without": len(alone)}
        if alone:
            said = some([role_words(role) for role in alone])
            return Answer("fail", f"Nobody who stays has the role {said}.", numbers, alone)
        return Answer("pass", f"All {counted(len(roles), 'role')} have somebody who stays.", numbers, sorted(roles))


def _leaves(checklist: Any, who: str) -> bool:
    return set(checklist.people[who].roles) == {"consultant"}


def agents_of(facts: Facts) -> tuple[dict[str, Any], list[str]]:
    """(People with a seat who answer customers, those of them who administer)."""
    roles = active(facts, "roles")
    people = active(facts, "people")
    like = {
        key: getattr(roles[item.value.role].value, "like", "")
        for key, item in people.items()
        if item.value.role in roles
    }
    agents = {key: people[key] for key, word in like.items() if word in _SEATS}
    return agents, [key for key, word in like.items() if word == "admin"]


def _routing(facts: Facts) -> bool:
    """Whether a trigger hands tickets to a group or a person."""
    return any(
        getattr(action, "set", None) in ("group", "assignee")
        for item in active(facts, "triggers").values()
        for action in item.value.then or ()
    )
