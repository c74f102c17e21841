"""Whether what rules tell a Slack channel arrives there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checklists.binding import bound_objects
from checklists.facts import Facts, NotKnown
from checklists.moments import moment
from checklists.probes.accounts import listed
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active, awake
from config.declaration import Declaration, Declared
from config.duration import Duration, minutes
from config.model import Model, defaults_to
from config.posting import channels_posted_to, channels_told
from config.results.log_entry import LogEntry
from config.results.standing import LiveObject
from config.words import counted, some


class SlackFlow(Probe):
    """A ticket of golive's that fits was posted where it belongs, for every alert that is awake by then, as `golive
    alerts test` has noted it; and what the files say of alert and channel is still the same. That some post stands in a
    channel would not do: nobody could tell which rule has written it."""

    name = "slack_flow"
    looks_at = ("configuration", "log")
    lasts = "1d"

    class Parameters(Model):
        """How old a trial may be."""

        lasts: Duration = defaults_to("14d", description="How long a trial holds.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        alerts = awake(facts, "alerts")
        declaration = facts.configuration.known().declaration
        last: dict[str, LogEntry] = {str(each.data["alert"]): each for each in facts.noted("alert_tried")}
        tried = {key: last[key] for key in alerts if key in last}
        span = timedelta(minutes=minutes(given.lasts))
        never = [key for key in alerts if key not in tried]
        old = [key for key, entry in tried.items() if moment(entry.at) + span < facts.now]
        changed = [key for key, entry in tried.items() if key not in old and _is_other(entry, alerts[key], declaration)]
        fresh = {key: entry for key, entry in tried.items() if key not in (*old, *changed)}
        failed = [key for key, entry in fresh.items() if entry.data["result"] == "fail"]
        partly = [key for key, entry in fresh.items() if entry.data["result"] == "warn"]
        numbers = {"alerts": len(alerts), "never": len(never), "old": len(old), "failed": len(failed)}
        looked_at = {key: entry.digest for key, entry in tried.items()}
        if not alerts:
            return Answer("fail", "No alert is declared that is awake by then.", numbers, looked_at)
        for seen, what, keys in (
            ("fail", "Tried, and did not arrive", failed),
            ("unknown", "Never tried", never),
            ("unknown", "Changed since the trial", changed),
            ("unknown", "The trial is out of date", old),
            ("warn", "Arrived, and not all was shown", partly),
        ):
            if keys:
                again = "" if seen == "warn" else " Try it:  golive alerts test"
                return Answer(seen, f"{what}: {some(keys)}.{again}", numbers, looked_at)  # type: ignore[arg-type]
        return Answer("pass", f"{counted(len(alerts), 'alert')} arrived where it belongs.", numbers, looked_at)


def _is_other(entry: LogEntry, alert: Declared, declaration: Declaration) -> bool:
    """Whether the files say something else of the alert or its channel than when it was tried."""
    concerns = [f"alerts/{alert.key}", f"slack_channels/{alert.value.to}"]
    return bool(entry.data.get("objects", {}) != bound_objects(concerns, declaration))


class SlackMember(Probe):
    """The app is in every channel that alerts, rules and warnings post into. A channel with an incoming webhook of its
    own needs no app in it."""

    name = "slack_member"
    looks_at = ("configuration", "standing")

    def answer(self, given: Any, facts: Facts) -> Answer:
        declaration = facts.configuration.known().declaration
        named = dict.fromkeys([*channels_posted_to(declaration), *channels_told(declaration)])
        declared = active(facts, "slack_channels")
        if not named:
            return Answer("fail", "No rule names a channel.", {"channels": 0}, [])
        own_way = {key for key in named if key in declared and declared[key].value.incoming_webhook is not None}
        live: dict[str, LiveObject] = {}
        if set(named) - own_way:
            known = (each for each in listed(facts, "slack_channels") if each.ours and "member" in each.facts)
            live = {each.ours.partition("/")[2]: each for each in known}
        outside: list[str] = []
        for key in (each for each in named if each not in own_way):
            if key in declared and declared[key].value.by_hand:
                raise NotKnown(f"{key} is set up by a person, and golive does not look for it in Slack.")
            found = live.get(key)
            if found is None:
                outside.append(f"{key} (not there)")
            elif not found.facts.get("member"):
                outside.append(f"#{found.name.removeprefix('#')}")
        numbers = {"channels": len(named), "without": len(outside)}
        looked_at = [sorted(named), sorted(own_way), outside]
        if outside:
            return Answer("fail", f"The app is not in {some(outside)}.", numbers, looked_at)
        return Answer("pass", f"The app can post in {counted(len(named), 'channel')} of rules.", numbers, looked_at)
