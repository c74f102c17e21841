"""Whether the files declare something, and enough of it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from checklists.facts import Facts, NotKnown
from checklists.item import STAGES
from checklists.observation import Seen
from checklists.probes.base import Answer, Probe
from checklists.probes.later import bringer
from config.declaration import Declared as DeclaredObject
from config.kinds import ALL_KINDS
from config.model import Key, Milestone, Model, defaults_to, none_unless_given, required
from config.phases import PHASES, asleep_until
from config.words import counted, some

Count = Annotated[int, Field(ge=0)]


class Declared(Probe):
    """So many objects of a kind are declared and not switched off; those that are named are among them."""

    name = "declared"
    lasts = "1d"

    class Parameters(Model):
        """What must be declared."""

        kind: Key = required(description="The kind, such as `groups`.")
        at_least: Count = defaults_to(1, description="How many there must be.")
        at_most: Count | None = none_unless_given(description="How many there may be; more is a warning.")
        keys: list[Key] = defaults_to([], description="Keys that must be among them.")
        with_: list[str] = defaults_to([], alias="with", description="Attributes that each of them must say.")
        not_before: Milestone | None = none_unless_given(
            description="Only those count that sleep until this milestone or a later one; once it is reached, all do."
        )

    def answer(self, given: Any, facts: Facts) -> Answer:
        objects = _waiting(active(facts, given.kind), given.not_before, facts.phase)
        title, plural = ALL_KINDS[given.kind].title, ALL_KINDS[given.kind].plural
        until = f" with not_before {given.not_before}" if given.not_before else ""
        missing = [key for key in given.keys if key not in objects]
        silent = [key for key, item in objects.items() if not all(says(item, path) for path in given.with_)]
        numbers = {"declared": len(objects)}
        looked_at = [given.kind, sorted(objects), silent]
        if missing:
            return Answer(
                "fail", f"{some(missing)} {'is' if len(missing) == 1 else 'are'} not declared.", numbers, looked_at
            )
        if len(objects) < given.at_least:
            said = counted(len(objects), title, plural) if objects else f"no {title}"
            return Answer("fail", f"The files declare {said}{until}; {given.at_least} are needed.", numbers, looked_at)
        if silent:
            what = ", ".join(given.with_)
            return Answer(
                "fail", f"{some(silent)} {'says' if len(silent) == 1 else 'say'} no {what}.", numbers, looked_at
            )
        if given.at_most is not None and len(objects) > given.at_most:
            said = f"The files declare {counted(len(objects), title, plural)}; {given.at_most} are the most advised."
            return Answer("warn", said, numbers, looked_at)
        return Answer("pass", f"The files declare {counted(len(objects), title, plural)}.", numbers, looked_at)


class FilesValid(Probe):
    """The files have no errors; warnings are a warning."""

    name = "files_valid"
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        findings = facts.configuration.known().findings
        errors = [each for each in findings if each.severity == "error"]
        warnings = [each for each in findings if each.severity == "warning"]
        numbers = {"errors": len(errors), "warnings": len(warnings)}
        looked_at = sorted(f"{each.rule} {each.path}" for each in findings)
        if errors:
            return Answer("fail", f"The files have {counted(len(errors), 'mistake')}.", numbers, looked_at)
        if warnings:
            return Answer("warn", f"The files have {counted(len(warnings), 'warning')}.", numbers, looked_at)
        return Answer("pass", "The files have neither mistakes nor warnings.", numbers, looked_at)


class RulesHold(Probe):
    """No finding of these rules of `golive validate`."""

    name = "rules_hold"
    lasts = "1d"

    class Parameters(Model):
        """Which rules."""

        rules: Annotated[list[str], Field(min_length=1)] = required(description="Their ids, such as `GL-M03`.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        known = facts.configuration.known()
        unknown = [each for each in given.rules if each not in known.rules]
        broken = [each for each in known.findings if each.rule in given.rules]
        if broken:
            first = broken[0]
            said = f"{first.message} ({first.position})" + (f", and {len(broken) - 1} more" if broken[1:] else "")
            seen: Seen = "fail" if any(each.severity == "error" for each in broken) else "warn"
            return Answer(seen, f"{said}.", {"findings": len(broken)}, [each.path for each in broken])
        if unknown:
            brought = list(dict.fromkeys(filter(None, map(bringer, unknown))))
            later = f"; that comes with {some(brought)}" if brought else ""
            raise NotKnown(f"{some(unknown)} could not be asked, because golive validate does not look for it{later}.")
        return Answer("pass", "Nothing in the files breaks them.", {"findings": 0}, given.rules)


class Described(Probe):
    """Each object of a kind says an attribute, such as `why` or `help.agents`."""

    name = "described"
    lasts = "1d"

    class Parameters(Model):
        """What each must say."""

        kind: Key = required(description="The kind.")
        attribute: str = required(description="The attribute, such as `help.agents`.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        objects = active(facts, given.kind)
        if not objects:
            return Answer("fail", f"No {ALL_KINDS[given.kind].title} is declared.", {"declared": 0}, [])
        silent = [key for key, item in objects.items() if not says(item, given.attribute)]
        numbers = {"declared": len(objects), "without": len(silent)}
        if silent:
            return Answer(
                "fail",
                f"{some(silent)} {'has' if len(silent) == 1 else 'have'} no `{given.attribute}`.",
                numbers,
                silent,
            )
        return Answer("pass", f"All {len(objects)} say it.", numbers, sorted(objects))


def _waiting(objects: dict[str, DeclaredObject], milestone: Milestone | None, phase: str) -> dict[str, DeclaredObject]:
    """Those that sleep until a milestone or a later one; all of them where none is named or it is reached."""
    if milestone is None or STAGES.index(phase) > STAGES.index(milestone):
        return objects
    late = PHASES.index(milestone)
    return {
        key: item
        for key, item in objects.items()
        if item.value.not_before is not None and PHASES.index(item.value.not_before) >= late
    }


def active(facts: Facts, kind: str) -> dict[str, DeclaredObject]:
    """The objects of a kind that are declared and not switched off."""
    objects = facts.configuration.known().declaration.of(kind)
    return {key: item for key, item in objects.items() if getattr(item.value, "active", True) is not False}


def awake(facts: Facts, kind: str) -> dict[str, DeclaredObject]:
    """Those of them that are awake in the phase whose gate is asked for."""
    phase = "rollout" if facts.phase == "handoff" else facts.phase
    return {key: item for key, item in active(facts, kind).items() if asleep_until(item.value, phase) is None}


def says(item: DeclaredObject, path: str) -> bool:
    """Whether an object says an attribute, and not nothing."""
    value: Any = item.value
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else getattr(value, step, None)
    return value not in (None, "", [], {})
