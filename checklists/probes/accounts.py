"""Who and what is live in the accounts: agents, addresses, webhooks, and rules that came with the helpdesk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from checklists.facts import Facts, NotKnown
from checklists.observation import Seen
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from checklists.probes.rules import replaced_rules
from config.model import Key, Model, defaults_to
from config.results.standing import AccountQuestion, LiveObject, Standing
from config.words import counted, some

Count = Annotated[int, Field(ge=0)]
_ASKED: Mapping[AccountQuestion, str] = {
    "audit_log": "whether its audit log can be read",
    "sign_in": "how the team signs in",
    "routing": "whether it hands out tickets by itself",
    "crm_page": "what stands on its records' pages",
    "helpdesk_apps": "which apps are installed",
    "crm_apps": "which apps are installed",
    "issues_made": "which issues escalations have made",
    "issues_back": "what came back to tickets",
}
_WHOM: Mapping[AccountQuestion, str] = {"crm_page": "CRM", "crm_apps": "CRM", "issues_made": "tracker"}


class AddressesVerified(Probe):
    """Mail to every declared address is known to arrive in the helpdesk."""

    name = "addresses_verified"
    looks_at = ("configuration", "standing")

    def answer(self, given: Any, facts: Facts) -> Answer:
        declared = {
            str(item.value.address).lower(): key
            for key, item in active(facts, "channels").items()
            if getattr(item.value, "type", "") == "email" and not item.value.by_hand
        }
        live = {str(each.facts.get("email", "")).lower(): each for each in listed(facts, "channels")}
        absent = [key for address, key in declared.items() if address not in live]
        open_ = [
            key for address, key in declared.items() if address in live and not live[address].facts.get("verified")
        ]
        numbers = {"addresses": len(declared), "absent": len(absent), "not_verified": len(open_)}
        looked_at = {address: bool(live[address].facts.get("verified")) for address in declared if address in live}
        if not declared:
            return Answer("fail", "No support address is declared.", numbers, looked_at)
        if absent:
            return Answer("fail", f"Not in the helpdesk: {some(absent)}.", numbers, looked_at)
        if open_:
            return Answer("fail", f"The vendor has not seen mail arrive through {some(open_)} yet.", numbers, looked_at)
        return Answer("pass", f"Mail to {counted(len(declared), 'address', 'addresses')} arrives.", numbers, looked_at)


class WebhooksAlive(Probe):
    """Every declared webhook is there and on. Whether its calls succeed is not listed by the vendor."""

    name = "webhooks_alive"
    looks_at = ("configuration", "standing")

    def answer(self, given: Any, facts: Facts) -> Answer:
        declared = active(facts, "webhooks")
        if not declared:
            return Answer("pass", "No webhook is declared.", {"webhooks": 0}, [])
        live = {each.ours.partition("/")[2]: each for each in listed(facts, "webhooks") if each.ours}
        absent = [key for key in declared if key not in live]
        off = [key for key in declared if key in live and live[key].active is False]
        numbers = {"webhooks": len(declared), "absent": len(absent), "off": len(off)}
        if absent or off:
            return Answer("fail", f"Not at work: {some([*absent, *off])}.", numbers, [absent, off])
        return Answer("pass", f"{counted(len(declared), 'webhook')} at work.", numbers, sorted(declared))


class AgentsActive(Probe):
    """Everybody who is declared is in the helpdesk, not suspended, and has the declared role and groups."""

    name = "agents_active"
    looks_at = ("configuration", "standing", "plan")

    def answer(self, given: Any, facts: Facts) -> Answer:
        declared = {
            key: str(item.value.email).lower() for key, item in active(facts, "people").items() if item.value.email
        }
        live = {str(each.facts.get("email", "")).lower(): each for each in listed(facts, "people")}
        asleep = {each.key for each in facts.plan.known().asleep if each.kind == "people"}
        never = {key for key, item in active(facts, "people").items() if item.value.invite == "never"}
        wanted = {key: mail for key, mail in declared.items() if key not in asleep | never}
        absent = [key for key, mail in wanted.items() if mail not in live]
        out = [key for key, mail in wanted.items() if mail in live and live[mail].facts.get("suspended")]
        changing = [
            each.key
            for each in (*facts.plan.known().changes, *facts.plan.known().drift)
            if each.kind == "people" and each.key in wanted and each.key not in (*absent, *out)
        ]
        numbers = {"people": len(wanted), "absent": len(absent), "suspended": len(out), "differ": len(changing)}
        looked_at = [sorted(wanted), absent, out, changing]
        if not wanted:
            return Answer("fail", "Nobody is to be in the helpdesk by now.", numbers, looked_at)
        for what, who in (
            ("not in the helpdesk", absent),
            ("suspended", out),
            ("with another role or group", changing),
        ):
            if who:
                return Answer("fail", f"{some(who)}: {what}.", numbers, looked_at)
        return Answer(
            "pass", f"{counted(len(wanted), 'person', 'people')} with the declared role and groups.", numbers, looked_at
        )


class NoStrangers(Probe):
    """No agent or admin is in the helpdesk who is not declared."""

    name = "no_strangers"
    looks_at = ("configuration", "standing")

    def answer(self, given: Any, facts: Facts) -> Answer:
        declared = {str(item.value.email).lower() for item in active(facts, "people").values() if item.value.email}
        own = set(facts.standing.known().signed_in.values())
        strangers = [
            each.name
            for each in listed(facts, "people")
            if str(each.facts.get("email", "")).lower() not in declared
            and not each.facts.get("suspended")
            and each.id not in own
        ]
        numbers = {"strangers": len(strangers)}
        if strangers:
            return Answer(
                "fail", f"In the helpdesk and not in the files: {some(strangers)}.", numbers, sorted(strangers)
            )
        return Answer("pass", "Everybody who is in the helpdesk is declared.", numbers, [])


class AdminsActive(Probe):
    """Enough admins who are declared are in the helpdesk."""

    name = "admins_active"
    looks_at = ("configuration", "standing")

    class Parameters(Model):
        """How many."""

        at_least: Count = defaults_to(1, description="How many there must be.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        declared = {str(item.value.email).lower() for item in active(facts, "people").values() if item.value.email}
        admins = [
            each.name
            for each in listed(facts, "people")
            if each.facts.get("role") == "admin"
            and not each.facts.get("suspended")
            and str(each.facts.get("email", "")).lower() in declared
        ]
        seen: Seen = "pass" if len(admins) >= given.at_least else "fail"
        said = f"{counted(len(admins), 'declared admin')} in the helpdesk"
        more = "" if seen == "pass" else f"; {given.at_least} needed"
        return Answer(seen, f"{said}{more}.", {"admins": len(admins)}, sorted(admins))


class DefaultRulesSettled(Probe):
    """Each rule that came with the helpdesk was taken over or switched off, or is replaced in this phase."""

    name = "default_rules_settled"
    looks_at = ("configuration", "standing")

    def answer(self, given: Any, facts: Facts) -> Answer:
        rules = [each for kind in ("triggers", "automations") for each in listed(facts, kind) if each.default]
        replaced = replaced_rules(facts)
        left = [each.name for each in rules if each.active is not False and not each.ours and each.name not in replaced]
        numbers = {"came_with_it": len(rules), "left": len(left)}
        if left:
            work = "works" if len(left) == 1 else "work"
            said = f"{counted(len(left), 'rule')} that came with the helpdesk still {work}"
            return Answer("fail", f"{said}: {some(left)}.", numbers, sorted(left))
        return Answer(
            "pass", "Every rule that came with the helpdesk was taken over, replaced or switched off.", numbers, []
        )


class SignedIn(Probe):
    """golive can sign in to these systems."""

    name = "signed_in"
    looks_at = ("standing",)

    class Parameters(Model):
        """Which systems."""

        systems: list[Key] = defaults_to([], description="As the environment file calls them; all where none is named.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        standing = facts.standing.known()
        wanted = given.systems or sorted({*standing.signed_in, *standing.not_read})
        missing = [each for each in wanted if each not in standing.signed_in]
        down = [each for each in missing if each in standing.not_read]
        numbers = {"systems": len(wanted), "missing": len(missing)}
        if down:
            raise NotKnown(f"{down[0]} does not answer: {standing.not_read[down[0]]}.")
        if missing:
            return Answer("fail", f"This environment has no {some(missing)}.", numbers, missing)
        return Answer("pass", f"golive can sign in to {some(wanted)}.", numbers, sorted(wanted))


def account_says(facts: Facts, question: AccountQuestion) -> Mapping[str, Any]:
    """What the account says to a question. Raises NotKnown where it said nothing."""
    standing: Standing = facts.standing.known()
    if question not in standing.answers:
        why = standing.unanswered.get(question, "no call was made for it").rstrip(".")
        whom = _WHOM.get(question, "helpdesk")
        raise NotKnown(f"The {whom} could not be asked {_ASKED[question]}, because {why}.")
    return standing.answers[question]


def listed(facts: Facts, kind: str) -> list[LiveObject]:
    """The live objects of a kind. Raises NotKnown where the kind was not listed."""
    standing: Standing = facts.standing.known()
    if kind not in standing.listed:
        why = next(iter(standing.not_read.values()), "")
        raise NotKnown(f"The {kind.replace('_', ' ')} of the account could not be read{f': {why}' if why else ''}.")
    return standing.of(kind)
