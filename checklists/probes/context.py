"""What agents know of a customer: how full the CRM's fields are, and whether the helpdesk shows the same."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from checklists.facts import Facts, NotKnown
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import awake
from config.model import Key, Model, defaults_to, none_unless_given, required
from config.results.context import ContextDocument, FieldFill
from config.share import Share, fraction
from config.words import counted, some


def _fields(document: ContextDocument, names: list[str]) -> dict[str, FieldFill | None]:
    """Each name of a field, as the helpdesk's customer field or the CRM's own is called by its key."""
    found: dict[str, FieldFill | None] = {}
    for name in names:
        same = [each for each in document.fields if name in (each.helpdesk.partition(".")[2], each.field)]
        found[name] = same[0] if same else None
    return found


class ContextComplete(Probe):
    """So many of the CRM's accounts hold a value in each of these fields."""

    name = "context_complete"
    looks_at = ("configuration", "context")

    class Parameters(Model):
        """Which fields, and how full."""

        of: list[Key] = required(description="Customer fields that the mapping fills, or fields of the CRM.")
        at_least: Share | None = none_unless_given(
            description="The share of accounts that hold a value; without it, it is enough that the share is known."
        )
        or_nothing_relies_on_it: bool = defaults_to(
            False, description="A field may be emptier while no rule that is awake asks for it."
        )

    def answer(self, given: Any, facts: Facts) -> Answer:
        document = facts.context.known()
        if not document.accounts:
            return Answer("fail", "The CRM shows golive no account.", {"accounts": 0}, 0)
        fields = _fields(document, given.of)
        absent = [name for name, fill in fields.items() if fill is None]
        if absent:
            return Answer("fail", f"The mapping fills no field {some(absent)} from the CRM.", {}, absent)
        known = {name: fill for name, fill in fields.items() if fill is not None}
        unknown = [fill for fill in known.values() if fill.share is None]
        if unknown:
            raise NotKnown(f"{unknown[0].name}: {unknown[0].not_counted}")
        shares = {name: round(100 * (fill.share or 0)) for name, fill in known.items()}
        numbers = {"accounts": document.accounts, **shares}
        said = ", ".join(f"{fill.name} {shares[name]} %" for name, fill in known.items())
        of = counted(document.accounts, "account")
        if given.at_least is None:
            return Answer("pass", f"Of {of} hold a value: {said}.", numbers, shares)
        thin = {name: fill for name, fill in known.items() if (fill.share or 0) < fraction(given.at_least)}
        relying = _relying(document, [fill.field for fill in thin.values()], facts)
        looked_at = [shares, relying]
        if not thin:
            return Answer("pass", f"At least {given.at_least} of {of} hold a value: {said}.", numbers, looked_at)
        too_few = some([f"{fill.name} ({shares[name]} %)" for name, fill in thin.items()])
        if given.or_nothing_relies_on_it and not relying:
            return Answer("pass", f"Too few accounts hold {too_few}, and no rule relies on it.", numbers, looked_at)
        asks = f"; asked for by {some(relying)}" if relying else ""
        return Answer("fail", f"Fewer than {given.at_least} of {of} hold {too_few}{asks}.", numbers, looked_at)


def _relying(document: ContextDocument, thin: list[str], facts: Facts) -> list[str]:
    """Rules that are awake and ask for one of these fields."""
    found = []
    for rule in document.rules:
        kind, _, key = rule.object.partition("/")
        if set(thin) & set(rule.fields) and key in awake(facts, kind):
            found.append(rule.object)
    return found


class StandInsNamed(Probe):
    """For each field that fewer accounts hold than the files ask for, they say what stands in for it."""

    name = "stand_ins_named"
    looks_at = ("context",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        decides = [each for each in facts.context.known().fields if each.decides]
        if not decides:
            raise NotKnown("the files do not say which fields of the CRM have to be full")
        thin = [each for each in decides if each.enough is False]
        silent = [each.name for each in thin if not each.stand_in]
        unknown = [each for each in decides if each.enough is None]
        looked_at = [[each.field, each.stand_in] for each in thin]
        numbers = {"too_empty": len(thin), "without": len(silent)}
        if silent:
            said = f"Too few accounts hold {some(silent)}, and nothing is named that stands in."
            return Answer("warn", said, numbers, looked_at)
        if unknown:
            raise NotKnown(f"{unknown[0].name}: {unknown[0].not_counted or 'nobody has counted it'}")
        if not thin:
            return Answer("pass", "No field is so empty that it needs a stand-in.", numbers, looked_at)
        said = ", ".join(f"{each.name}: {each.stand_in}" for each in thin)
        return Answer("pass", f"Each field that is too empty has a stand-in ({said}).", numbers, looked_at)


class ContextAgrees(Probe):
    """For so many organizations the helpdesk shows what the CRM holds, value by value."""

    name = "context_agrees"
    looks_at = ("context",)

    class Parameters(Model):
        """How many."""

        accounts: Annotated[int, Field(ge=1)] = defaults_to(3, description="Accounts that are compared at least.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        sample = facts.context.known().sample
        if sample is None:
            raise NotKnown("the files do not say what goes from a CRM to the helpdesk")
        numbers = {"accounts": sample.compared, "values": sample.values, "different": len(sample.different)}
        looked_at = [sample.compared, [[each.account, each.field] for each in sample.different]]
        if sample.different:
            first = sample.different[0]
            what = f"{counted(len(sample.different), 'value')} of {counted(sample.compared, 'account')} differ"
            return Answer("fail", f"{what}: {first.name}, {first.field}.", numbers, looked_at)
        if sample.compared < given.accounts:
            few = counted(sample.compared, "account")
            said = f"The helpdesk knows {few} of the CRM; {given.accounts} are to be compared."
            return Answer("fail", said, numbers, looked_at)
        said = f"{counted(sample.values, 'value')} of {counted(sample.compared, 'account')} are the same on both sides."
        return Answer("pass", said, numbers, looked_at)


class CrmTrace(Probe):
    """Tickets of the last 30 days leave a trace in the CRM: something at the customer's account names each of them. The
    latest hundred tickets are looked for; golive knows how Salesforce keeps activities and cases."""

    name = "crm_trace"
    looks_at = ("context",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        traces = facts.context.known().traces
        if traces is None:
            raise NotKnown("golive does not know where this CRM keeps what happens with an account")
        if not traces.tickets:
            raise NotKnown("no customer that both systems know has written in the last 30 days; write a test ticket")
        numbers = {"customers": traces.customers, "tickets": traces.tickets, "traced": traces.traced}
        looked_at = [traces.tickets, [each.ticket for each in traces.untraced]]
        if traces.untraced:
            first = traces.untraced[0]
            what = f"{len(traces.untraced)} of {counted(traces.tickets, 'ticket')} left no trace in the CRM"
            return Answer("fail", f"{what}: #{first.ticket} of {first.name}.", numbers, looked_at)
        said = f"Each of {counted(traces.tickets, 'ticket')} is named at its customer's account in the CRM."
        return Answer("pass", said, numbers, looked_at)


class CrmAccounts(Probe):
    """The CRM has so many accounts that golive may see."""

    name = "crm_accounts"
    looks_at = ("context",)

    class Parameters(Model):
        """How many."""

        at_least: Annotated[int, Field(ge=1)] = defaults_to(1, description="Accounts at least.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        number = facts.context.known().accounts
        said = f"The CRM shows golive {counted(number, 'account')}."
        return Answer("pass" if number >= given.at_least else "fail", said, {"accounts": number}, number)


class CrmAccess(Probe):
    """golive's own user in the CRM may do what it has to."""

    name = "crm_access"
    looks_at = ("standing",)
    asks = ("crm_rights",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        standing = facts.standing.known()
        if "crm_rights" not in standing.answers:
            raise NotKnown(standing.unanswered.get("crm_rights") or "no CRM says what golive's user may do")
        missing = [str(each) for each in standing.answers["crm_rights"]["missing"]]
        if missing:
            return Answer(
                "fail", f"golive's user in the CRM lacks {some(missing)}.", {"missing": len(missing)}, missing
            )
        return Answer("pass", "golive's user in the CRM may do everything that is needed.", {"missing": 0}, missing)
