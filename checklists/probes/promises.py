"""Whether the SLA policies promise what they must, by which clock, and who hears of it."""

from __future__ import annotations

from typing import Any

from checklists.facts import Facts
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from config.duration import Duration, minutes
from config.kinds.sla import Metric
from config.model import Model, defaults_to
from config.share import Share
from config.words import counted, some

_KIND = "sla_policies"


class SlaTargets(Probe):
    """Every SLA policy has targets for these metrics, and the first one is no slower than the times that are named."""

    name = "sla_targets"
    lasts = "1d"

    class Parameters(Model):
        """Which metrics, and how fast."""

        metrics: list[Metric] = defaults_to(
            ["first_reply", "total_resolution"], description="Metrics that every policy must promise."
        )
        within: dict[str, dict[Metric, Duration]] = defaults_to(
            {}, description="Priority → metric → the slowest that the strictest policy may promise."
        )

    def answer(self, given: Any, facts: Facts) -> Answer:
        policies = {key: item.value for key, item in active(facts, _KIND).items()}
        if not policies:
            return Answer("fail", "No SLA policy is declared.", {"policies": 0}, [])
        wrong = [
            f"{key} says no {metric.replace('_', ' ')}"
            for key, policy in policies.items()
            for metric in given.metrics
            if metric not in policy.targets or set(policy.targets[metric].cells().values()) == {"none"}
        ]
        for priority, metrics in given.within.items():
            for metric, slowest in metrics.items():
                fastest = _fastest(policies.values(), metric, priority)
                if fastest is None or fastest > minutes(slowest):
                    promised = f"{fastest} min" if fastest is not None else "nothing"
                    wrong.append(f"{priority} {metric.replace('_', ' ')} promises {promised}, and {slowest} is asked")
        looked_at = {key: policy.model_dump(mode="json", exclude_unset=True) for key, policy in policies.items()}
        numbers = {"policies": len(policies), "wrong": len(wrong)}
        if wrong:
            return Answer("fail", f"{'; '.join(wrong[:3])}.", numbers, looked_at)
        return Answer("pass", f"{counted(len(policies), 'policy', 'policies')} with all targets.", numbers, looked_at)


class SlaAlerts(Probe):
    """Every SLA policy warns when a share of the time is gone, and somebody hears of a breach."""

    name = "sla_alerts"
    lasts = "1d"

    class Parameters(Model):
        """When and of what."""

        warn_at: Share = defaults_to("75%", description="The share of the time after which it warns at the latest.")
        breach: bool = defaults_to(True, description="Whether a breach must be told, too.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        policies = {key: item.value for key, item in active(facts, _KIND).items()}
        latest = int(given.warn_at.removesuffix("%"))
        silent = [
            key
            for key, each in policies.items()
            if each.warn is None
            or not each.warn.to
            or int(each.warn.at.removesuffix("%")) > latest
            or _is_unwatched(each.warn.how)
        ]
        unheard = [
            key for key, each in policies.items() if given.breach and (each.breach is None or not each.breach.to)
        ]
        numbers = {"policies": len(policies), "without_warning": len(silent), "without_breach": len(unheard)}
        looked_at = [sorted(policies), silent, unheard]
        if not policies:
            return Answer("fail", "No SLA policy is declared.", numbers, looked_at)
        if silent or unheard:
            said = [f"{some(silent)} warn{'s' if len(silent) == 1 else ''} nobody at {given.warn_at}"] if silent else []
            said += [f"of a breach of {some(unheard)} nobody hears"] if unheard else []
            return Answer("fail", f"{'; '.join(said)}.", numbers, looked_at)
        return Answer(
            "pass", f"All {len(policies)} warn at {given.warn_at}, and breaches are told.", numbers, looked_at
        )


class SlaHours(Probe):
    """Every SLA policy says by which clock it counts."""

    name = "sla_hours"
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        policies = active(facts, _KIND)
        if not policies:
            return Answer("fail", "No SLA policy is declared.", {"policies": 0}, [])
        silent = [key for key, item in policies.items() if item.value.hours is None]
        numbers = {"policies": len(policies), "without": len(silent)}
        if silent:
            return Answer("fail", f"{some(silent)} say{'s' if len(silent) == 1 else ''} no `hours`.", numbers, silent)
        return Answer("pass", f"All {len(policies)} say by which clock they count.", numbers, sorted(policies))


def _fastest(policies: Any, metric: str, priority: str) -> int | None:
    """The shortest time that any policy promises, in minutes."""
    cells = [each.targets[metric].cells().get(priority, "none") for each in policies if metric in each.targets]
    return min((minutes(cell) for cell in cells if cell != "none"), default=None)


def _is_unwatched(how: Any) -> bool:
    """Whether nothing watches the clock of the first reply."""
    return how == "none" or (isinstance(how, dict) and set(how.values()) <= {"none"})
