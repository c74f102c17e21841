"""What is declared for later, or kept back on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from checklists.facts import Facts
from checklists.item import Figure
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from checklists.probes.structure import agents_of
from config.declaration import Declared
from config.duration import Duration, minutes
from config.kinds.conditions import ClockCondition
from config.model import Key, Milestone, Model, defaults_to, none_unless_given, required
from config.phases import PHASES
from config.words import counted, some

_WAITING = ("open", "pending", "on_hold", "created", "assigned", "updated", "assignee_update")
Count = Annotated[int, Field(ge=0)]


class Dormant(Probe):
    """Objects of these kinds are declared and sleep or are switched off, for the day when they are needed."""

    name = "dormant"
    lasts = "1d"

    class Parameters(Model):
        """Which kinds."""

        kinds: Annotated[list[Key], Field(min_length=1)] = required(description="The kinds.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        declaration = facts.configuration.known().declaration
        found = [f"{kind}/{key}" for kind in given.kinds for key, item in declaration.of(kind).items() if _sleeps(item)]
        if not found:
            return Answer("fail", "Nothing is prepared for the second and third person.", {"prepared": 0}, [])
        return Answer("pass", f"Prepared and not at work: {some(found)}.", {"prepared": len(found)}, sorted(found))


class LiveAddressWaits(Probe):
    """Mail to the addresses that customers know is not known to arrive in the helpdesk."""

    name = "live_address_waits"
    looks_at = ("configuration", "standing")

    def answer(self, given: Any, facts: Facts) -> Answer:
        known = {
            str(item.value.address).lower(): key
            for key, item in active(facts, "channels").items()
            if getattr(item.value, "type", "") == "email" and getattr(item.value, "forwards_from", None)
        }
        verified = {
            str(each.facts.get("email", "")).lower() for each in facts.standing.known().of("channels")
            if each.facts.get("verified")
        }  # fmt: skip
        arriving = [key for address, key in known.items() if address in verified]
        numbers = {"addresses": len(known), "arriving": len(arriving)}
        if arriving:
            return Answer(
                "fail", f"Customers' mail arrives already through {some(arriving)}.", numbers, sorted(arriving)
            )
        return Answer("pass", "No address that customers know leads into the helpdesk yet.", numbers, sorted(known))


class TicketTypes(Probe):
    """A choice on the ticket says what it is about, with enough options."""

    name = "ticket_types"
    lasts = "1d"

    class Parameters(Model):
        """How many options."""

        at_least: Count = defaults_to(5, description="How many options one of the fields must have.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        options = {
            key: len(item.value.options or {})
            for key, item in active(facts, "ticket_fields").items()
            if getattr(item.value, "type", "") == "dropdown"
        }
        key = max(options, key=options.__getitem__, default="")
        many = options.get(key, 0)
        if many < given.at_least:
            said = f"{key} has {counted(many, 'option')}" if key else "No ticket field with choices is declared"
            return Answer("fail", f"{said}; {given.at_least} are needed.", {"options": many}, options)
        return Answer("pass", f"{key} has {counted(many, 'option')}.", {"options": many}, options)


class SupportTiers(Probe):
    """From a certain size on, tickets are sorted into so many tiers of support; below it, they are not."""

    name = "support_tiers"
    lasts = "1d"

    class Parameters(Model):
        """How many, and from when."""

        exactly: Count = defaults_to(3, description="How many tiers.")
        from_agents: Count = defaults_to(6, description="From how many agents on.")
        pays_from_tickets_a_month: Count = defaults_to(500, description="From when it is known to pay; for people.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        agents = len(agents_of(facts)[0])
        fields = {
            key: len(item.value.options or {})
            for key, item in active(facts, "ticket_fields").items()
            if "tier" in key and getattr(item.value, "options", None)
        }
        numbers = {"agents": agents, "tiers": max(fields.values(), default=0)}
        if any(many > given.exactly for many in fields.values()):
            return Answer("fail", f"More than {given.exactly} tiers confuse routing.", numbers, fields)
        if agents < given.from_agents:
            return Answer("pass", f"{counted(agents, 'agent')} need no tiers.", numbers, fields)
        if not fields:
            return Answer("warn", f"{counted(agents, 'agent')} and no field that says the tier.", numbers, fields)
        return Answer("pass", f"Tickets are sorted into {numbers['tiers']} tiers.", numbers, fields)


class EscalatesAfter(Probe):
    """An automation acts on tickets that nobody has answered for so many hours."""

    name = "escalates_after"
    lasts = "1d"

    class Parameters(Model):
        """After how many hours."""

        hours: int | Figure = required(description="A figure of the project.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        late = {key: hours for key, hours in _waits(facts) if not _closes(facts, key)}
        fitting = [key for key, hours in late.items() if hours <= int(given.hours)]
        numbers = {"automations": len(late)}
        if not fitting:
            return Answer("fail", f"No automation acts after {given.hours} h without an answer.", numbers, late)
        return Answer("pass", f"{some(fitting)} act{'s' if len(fitting) == 1 else ''} in time.", numbers, late)


class AutoClose(Probe):
    """An automation closes or solves tickets that wait for the customer, after so long, and not before a milestone."""

    name = "auto_close"
    lasts = "1d"

    class Parameters(Model):
        """After how long, and from when on."""

        idle: Duration = defaults_to("7d", description="How long a ticket has waited.")
        not_before: Milestone | None = none_unless_given(description="The milestone before which it must not work.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        closing = {key: hours for key, hours in _waits(facts) if _closes(facts, key)}
        automations = active(facts, "automations")
        slow = [key for key, hours in closing.items() if hours * 60 >= minutes(given.idle)]
        early = [
            key for key in slow
            if given.not_before and (PHASES.index(automations[key].value.not_before or "build")
                                     < PHASES.index(given.not_before))
        ]  # fmt: skip
        numbers = {"automations": len(closing)}
        if not slow:
            return Answer("fail", f"No automation closes what has waited for {given.idle}.", numbers, closing)
        if early:
            return Answer("fail", f"{some(early)} would work before {given.not_before}.", numbers, closing)
        return Answer("pass", f"{some(slow)} closes what has waited for {given.idle}.", numbers, closing)


def _sleeps(item: Declared) -> bool:
    value = item.value
    return getattr(value, "active", True) is False or value.phase not in (None, "build") or bool(value.not_before)


def _waits(facts: Facts) -> Iterator[tuple[str, int]]:
    """(Automation, after how many hours) of those that count the time since something happened."""
    for key, item in active(facts, "automations").items():
        for condition in item.value.when or ():
            if not isinstance(condition, ClockCondition) or condition.operator == "less_than":
                continue
            if condition.hours_since in _WAITING:
                yield key, minutes(condition.duration) // 60
                break


def _closes(facts: Facts, key: str) -> bool:
    """Whether an automation ends tickets."""
    actions = active(facts, "automations")[key].value.then or ()
    return any(
        getattr(each, "set", "") == "status" and getattr(each, "to", "") in ("closed", "solved") for each in actions
    )
