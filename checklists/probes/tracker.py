"""Whether bugs reach the engineers' tracker, and what becomes of them comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from checklists.facts import Facts, NotKnown
from checklists.moments import moment
from checklists.probes.accounts import account_says, listed
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import awake
from config.declaration import Declaration, Declared
from config.duration import Duration, minutes
from config.model import Model, defaults_to, required
from config.words import counted, some


class TrackerFlow(Probe):
    """Every escalation that is awake by then has been gone through. To the tracker: an issue is there which golive's
    user has made in its project, with its labels, and whose text names the ticket. To the ticket: on a ticket that
    became an issue, the field that says how it stands was changed over the helpdesk's API, as the tracker or a service
    of the client's own does; what agents choose on the page, and what rules set, does not count. Links that the
    tracker's app keeps are not looked at: a person makes them, and they say nothing of the way back."""

    name = "tracker_flow"
    looks_at = ("configuration", "standing")
    asks = ("issues_made", "issues_back")

    class Parameters(Model):
        """Which way, and how old it may be."""

        to: Literal["tracker", "ticket"] = required(description="Where something must have arrived.")
        within: Duration = defaults_to("30d", description="To the tracker: how old the newest issue may be.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        escalations = awake(facts, "escalations")
        if not escalations:
            return Answer("fail", "No escalation is declared that is awake by then.", {"escalations": 0}, [])
        if given.to == "tracker":
            return _to_tracker(list(escalations.values()), facts, timedelta(minutes=minutes(given.within)))
        return _to_ticket(list(escalations.values()), facts)


def _to_tracker(escalations: list[Declared], facts: Facts, span: timedelta) -> Answer:
    declaration = facts.configuration.known().declaration
    issues = account_says(facts, "issues_made")["issues"]
    newest = {item.key: _newest(item, issues, declaration) for item in escalations}
    never = [key for key, issue in newest.items() if issue is None]
    old = [key for key, issue in newest.items() if issue and moment(issue["at"]) + span < facts.now]
    numbers = {"escalations": len(escalations), "never": len(never), "old": len(old)}
    looked_at = {key: issue and issue["key"] for key, issue in newest.items()}
    if never:
        said = f"No issue in the tracker names a ticket that went through the escalation {some(never)}."
        return Answer("fail", said, numbers, looked_at)
    if old:
        return Answer(
            "fail", f"The last issue that came through the escalation {some(old)} is too old.", numbers, looked_at
        )
    shown = some([str(issue["key"]) for issue in newest.values() if issue])
    return Answer("pass", f"{shown} came through {counted(len(escalations), 'escalation')}.", numbers, looked_at)


def _newest(item: Declared, issues: Any, declaration: Declaration) -> Any:
    """The newest issue that an escalation has made, or None."""
    project = declaration.of("engineering_projects").get(item.value.project)
    key = str(project.value.existing).upper() if project is not None else ""
    labels = {declaration.of("engineering_labels")[each].name.lower() for each in item.value.labels}
    fits = [
        issue
        for issue in issues
        if str(issue["project"]).upper() == key and labels <= {str(each).lower() for each in issue["labels"]}
    ]
    return max(fits, key=lambda issue: moment(issue["at"]), default=None)


def _to_ticket(escalations: list[Declared], facts: Facts) -> Answer:
    silent = [item.key for item in escalations if item.value.comes_back is None]
    if silent:
        said = f"{some(silent)} {'does' if len(silent) == 1 else 'do'} not say how the status comes back."
        return Answer("fail", said, {"silent": len(silent)}, silent)
    tickets = account_says(facts, "issues_back")["tickets"]
    ids = {each.ours.partition("/")[2]: each.id for each in listed(facts, "ticket_fields") if each.ours}
    never, came = [], {}
    for item in escalations:
        field = item.value.comes_back.status
        if field not in ids:
            raise NotKnown(f"the ticket field {field} is not in the helpdesk")
        ours = [each for each in tickets if each["escalation"] in (item.key, item.value.was)]
        moved = [each["ticket"] for each in ours if ids[field] in each["changes"]]
        if moved:
            came[item.key] = moved[0]
        else:
            never.append(item.key)
    numbers = {"escalations": len(escalations), "never": len(never)}
    if never:
        said = f"On no ticket that became an issue through the escalation {some(never)} did the status change since."
        return Answer("fail", said, numbers, [never, came])
    shown = some([f"ticket {number}" for number in came.values()])
    return Answer("pass", f"The status came back to {shown}.", numbers, [never, came])
