"""Whether the project has said what only it can say."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from checklists.facts import Facts
from checklists.item import Profile
from checklists.probes.base import Answer, Probe
from checklists.probes.structure import agents_of
from config.model import Key, Model, none_unless_given, required
from config.words import counted, some


class FiguresSet(Probe):
    """The figures that stand as parameters are set; as long as one is not, the item is unknown."""

    name = "figures_set"
    lasts = "1d"

    class Parameters(Model):
        """Any names, each with a figure."""

        model_config = ConfigDict(extra="allow")

    def answer(self, given: Any, facts: Facts) -> Answer:
        said = dict(given.model_extra or {})
        shown = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in said.items())
        return Answer("pass", f"The project says: {shown}.", {"figures": len(said)}, said)


class ProfilesAnswered(Probe):
    """Somebody has said of these profiles whether they apply."""

    name = "profiles_answered"
    lasts = "1d"

    class Parameters(Model):
        """Which profiles."""

        profiles: list[Profile] = required(description="The profiles.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        silent = [each for each in given.profiles if each not in facts.checklist.profiles]
        said = {each: facts.checklist.answer([each])[0] for each in given.profiles if each not in silent}
        if silent:
            return Answer("unknown", f"Nobody has said whether {some(silent)} applies.", {"open": len(silent)}, said)
        yes = [each for each, applies in said.items() if applies]
        return Answer("pass", f"Said of all {len(said)}: {some(yes) or 'none'} applies.", {"open": 0}, said)


class TeamSize(Model):
    """How many sessions a team of a size needs."""

    agents_at_most: Annotated[int, Field(ge=1)] | None = none_unless_given(description="Up to so many agents.")
    at_least: Annotated[int, Field(ge=0)] = required(description="So many sessions at least.")
    at_most: Annotated[int, Field(ge=0)] | None = none_unless_given(description="More is a warning.")


class SessionsFitSize(Probe):
    """As many training sessions are planned as the size of the team asks for."""

    name = "sessions_fit_size"
    lasts = "1d"

    class Parameters(Model):
        """How many, for which size."""

        sessions: int | str = required(description="How many are planned: a figure of the project.")
        attached_to: Key | None = none_unless_given(description="The item to which their attendance is attached.")
        sizes: Annotated[list[TeamSize], Field(min_length=1)] = required(description="Sizes, the smallest first.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        agents = len(agents_of(facts)[0])
        numbers = {"agents": agents, "sessions": given.sessions}
        said = f"{counted(given.sessions, 'session')} for {counted(agents, 'agent')}"
        size = next(
            (each for each in given.sizes if each.agents_at_most is None or agents <= each.agents_at_most), None
        )
        if size is None:
            return Answer("pass", f"{said}; for so many the project decides alone.", numbers, numbers)
        if given.sessions < size.at_least:
            return Answer("fail", f"{said}; {size.at_least} are needed.", numbers, numbers)
        if size.at_most is not None and given.sessions > size.at_most:
            return Answer("warn", f"{said}; {size.at_most} are usual.", numbers, numbers)
        return Answer("pass", f"{said}.", numbers, numbers)
