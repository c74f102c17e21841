"""How work is dealt out in a team."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from checklists.facts import Facts
from checklists.probes.accounts import account_says
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from checklists.probes.structure import agents_of
from config.model import Model, defaults_to, required
from config.words import counted

Method = Literal["round_robin", "load_balanced", "by_skill"]
WORDS: dict[Method, str] = {
    "round_robin": "in turn",
    "load_balanced": "by load",
    "by_skill": "by skill",
}


class AssignmentMethod(Probe):
    """It is said how work is dealt out, and routing is on in the helpdesk; by skill, where people have skills, too.
    Whether it goes in turn or by load stands in no API: that is what the project says."""

    name = "assignment_method"
    looks_at = ("configuration", "standing")
    asks = ("routing",)

    class Parameters(Model):
        """The methods, and the one that is chosen."""

        one_of: Annotated[list[Method], Field(min_length=1)] = defaults_to(
            list(get_args(Method)), description="The methods that can be chosen."
        )
        method: str = required(description="The one that is: a figure of the project.")
        by_skill_from_agents: Annotated[int, Field(ge=1)] = defaults_to(
            6, description="From how many agents on another one than by skill is a warning."
        )

    def answer(self, given: Any, facts: Facts) -> Answer:
        agents = len(agents_of(facts)[0])
        method = str(given.method).strip()
        routing = account_says(facts, "routing")
        skilled = [
            key
            for key, item in active(facts, "skills").items()
            if any(value.people for value in item.value.of_each().values())
        ]
        numbers = {"agents": agents, "skills": len(skilled)}
        looked_at = [method, routing["on"], routing["by_skill"], sorted(skilled)]
        if method not in given.one_of:
            known = ", ".join(given.one_of)
            return Answer("fail", f"The project says {method}; it is one of {known}.", numbers, looked_at)
        said = f"The project says that work is dealt out {WORDS[method]}"  # type: ignore[index]
        if method == "by_skill" and not skilled:
            return Answer("fail", f"{said}, and nobody has a skill in the files.", numbers, looked_at)
        if not (routing["on"] or (method == "by_skill" and routing["by_skill"])):
            return Answer("fail", f"{said}, and the helpdesk's own routing is off.", numbers, looked_at)
        if method != "by_skill" and agents >= given.by_skill_from_agents:
            team = counted(agents, "agent")
            return Answer("warn", f"{said}; for {team} it is better done by skill.", numbers, looked_at)
        return Answer("pass", f"{said}, and routing is on in the helpdesk.", numbers, looked_at)
