"""What the environment's own log shows: channels that were tried, how long a phase has lasted, who is in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checklists.facts import Facts
from checklists.item import Figure, Stage
from checklists.moments import moment, since_words
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from config.duration import Duration, minutes
from config.model import Model, defaults_to, none_unless_given, required
from config.phases import phase_words
from config.progress import progress_of
from config.results.log_entry import LogEntry
from config.share import Share, fraction
from config.words import counted, some


class ChannelsTried(Probe):
    """A marked message went through every declared channel, as a customer's would, and arrived as it should."""

    name = "channels_tried"
    looks_at = ("configuration", "log")
    lasts = "1d"

    class Parameters(Model):
        """How old a try may be."""

        lasts: Duration = defaults_to("14d", description="How long a try holds.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        channels = sorted(active(facts, "channels"))
        last: dict[str, LogEntry] = {str(each.data["channel"]): each for each in facts.noted("tried")}
        span = timedelta(minutes=minutes(given.lasts))
        never = [key for key in channels if key not in last]
        old = [key for key in channels if key in last and moment(last[key].at) + span < facts.now]
        fresh = {key: str(last[key].data["result"]) for key in channels if key in last and key not in old}
        failed = [key for key, result in fresh.items() if result == "fail"]
        partly = [key for key, result in fresh.items() if result == "warn"]
        numbers = {"channels": len(channels), "never": len(never), "old": len(old), "failed": len(failed)}
        looked_at = {key: last[key].digest for key in channels if key in last}
        if not channels:
            return Answer("fail", "No channel is declared.", numbers, looked_at)
        if failed:
            return Answer("fail", f"Tried, and not as it should be: {some(failed)}.", numbers, looked_at)
        if never:
            return Answer("unknown", f"Never tried: {some(never)}.", numbers, looked_at)
        if old:
            return Answer("unknown", f"The last try of {some(old)} is out of date.", numbers, looked_at)
        if partly:
            return Answer("warn", f"Not all was shown of {some(partly)}: see its evidence.", numbers, looked_at)
        later = sorted({str(word) for key in fresh for word in last[key].data.get("later", ())})
        if later:
            asleep = (
                f"Tried, but for {some(later)}: rules see to that which still sleep. Try again once they are awake."
            )
            return Answer("warn", asleep, numbers, looked_at)
        return Answer("pass", f"{counted(len(channels), 'channel')} tried from end to end.", numbers, looked_at)


class PhaseLasted(Probe):
    """The environment has been in a phase for so long."""

    name = "phase_lasted"
    looks_at = ("log",)
    lasts = "1h"

    class Parameters(Model):
        """Which phase, and how long."""

        phase: Stage = required(description="The phase.")
        at_least: Duration | Figure = required(description="How long at least.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        progress = progress_of(facts.log)
        began = progress.since.get(given.phase, "")
        name = phase_words(given.phase)
        if not began:
            return Answer("fail", f"The {name} has not begun.", {}, began)
        enough = moment(began) + timedelta(minutes=minutes(given.at_least)) <= facts.now
        said = f"The {name} began {since_words(moment(began), facts.now)}"
        if not enough:
            return Answer("fail", f"{said}; it has to last {given.at_least}.", {}, began)
        return Answer("pass", f"{said}.", {}, began)


class InternalStageLasted(Probe):
    """The client's own people had the new helpdesk to themselves for so long, before the first customers came."""

    name = "internal_stage_lasted"
    looks_at = ("log",)

    class Parameters(Model):
        """How long."""

        at_least: Duration | Figure = required(description="How long at least.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        grown = [each for each in facts.log.ordered if each.entry == "cohort_grown"]
        internal = next((each for each in facts.noted("cohort_grown") if each.data.get("stage") == "internal"), None)
        if internal is None:
            return Answer("fail", "The client's own people have not been on it yet.", {}, "")
        customers = next((each for each in grown if each.data.get("stage") != "internal"), None)
        until = moment(customers.at) if customers else facts.now
        lasted = until - moment(internal.at)
        said = f"They had it to themselves for {lasted.days} days and {lasted.seconds // 3600} h"
        if lasted < timedelta(minutes=minutes(given.at_least)):
            return Answer(
                "fail", f"{said}; {given.at_least} are asked.", {"hours": int(lasted.total_seconds() // 3600)}, said
            )
        return Answer("pass", f"{said}.", {"hours": int(lasted.total_seconds() // 3600)}, said)


class CohortShare(Probe):
    """So many of the customers' organisations are in the soft launch."""

    name = "cohort_share"
    looks_at = ("configuration", "log")
    lasts = "1d"

    class Parameters(Model):
        """Which share is meant."""

        at_least: Share = defaults_to("10%", description="Fewer prove nothing.")
        at_most: Share = defaults_to("20%", description="More is no soft launch.")
        stage: str | None = none_unless_given(description="`internal`: only your own people count.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        grown = [each for each in facts.log.ordered if each.entry == "cohort_grown"]
        if given.stage == "internal":
            internal = [each for each in facts.noted("cohort_grown") if each.data.get("stage") == "internal"]
            if internal:
                return Answer("pass", "The client's own people came first.", {}, internal[0].digest)
            return Answer("fail", "The client's own people have not been on it yet.", {}, "")
        if not grown:
            return Answer("fail", "No customer was led to the new helpdesk yet.", {}, "")
        if grown[-1].digest in facts.unproven:
            return Answer("unknown", f"{grown[-1].by.name} noted it, and nothing proves that.", {}, grown[-1].digest)
        data = grown[-1].data
        members, whole = int(data["organizations"]), int(data["of"])
        share = members / whole if whole else 0.0
        numbers = {"organizations": members, "of": whole}
        said = f"{members} of {whole} organisations ({share:.0%}) are in the soft launch"
        if data.get("segment"):
            return Answer("pass", f"{said}: the segment {data['segment']}.", numbers, grown[-1].digest)
        if not fraction(given.at_least) <= share <= fraction(given.at_most):
            return Answer("fail", f"{said}; {given.at_least} to {given.at_most} are asked.", numbers, grown[-1].digest)
        return Answer("pass", f"{said}.", numbers, grown[-1].digest)
