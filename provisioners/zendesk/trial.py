"""Trying a channel, or an alert, in Zendesk.

Tickets are found in the list of all, newest first: the search index lags behind by minutes
(developer.zendesk.com, “Search”, results). What webhooks have called, and what came back, stands in their log
(developer.zendesk.com, “Webhooks”, List Webhook Invocation Attempts).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from provisioners.errors import SystemFault
from provisioners.trial import TrialCall, TrialMail, TrialRule, Trials, TrialTicket
from provisioners.zendesk.alert_trial import Fit, at_once, fitting, standing_in
from provisioners.zendesk.client import ZendeskClient, unwrapped

NEWEST = 100
"""So many tickets are looked through for the mark."""


_MAILS = ("Notification", "NotificationWithCcs")
"""Events of an audit that are mails of a rule."""


class ZendeskTrials(Trials):
    """url: of the account, for the ticket's page."""

    def __init__(self, client: ZendeskClient, url: str) -> None:
        self.client = client
        self.url = url.rstrip("/")

    def request(self, mail: TrialMail) -> None:
        said: dict[str, Any] = {
            "subject": mail.subject,
            "comment": {"body": mail.text},
            "requester": {"name": mail.name, "email": mail.address},
        }
        if mail.to:
            said["recipient"] = mail.to
        self.client.post("requests", {"request": said})

    def find(self, mark: str) -> TrialTicket | None:
        reply = self.client.get("tickets", sort_by="created_at", sort_order="desc", per_page=NEWEST)
        found = next((each for each in reply.body.get("tickets") or () if mark in str(each.get("subject"))), None)
        return self._told(found) if found else None

    def rule(self, identifier: str, *, waits: bool) -> TrialRule | None:
        kind, one = ("automations", "automation") if waits else ("triggers", "trigger")
        body = self.client.find(f"{kind}/{identifier}", one)
        return _rule(body, waits=waits) if body else None

    def stand_in(self, rule: TrialRule, tag: str) -> TrialRule:
        """A trigger, also for an automation: conditions on elapsed hours are all that a trigger cannot ask."""
        kind, one = ("automations", "automation") if rule.waits else ("triggers", "trigger")
        body = unwrapped(self.client.get(f"{kind}/{rule.id}"), one, f"{self.client.guard.system} GET {kind}/{rule.id}")
        made = self.client.post("triggers", {"trigger": {
            "title": f"golive tries “{rule.title}” ({tag})",
            "description": "Made by golive for a trial that is running, and deleted when it is over.",
            "active": True,
            "category_id": body.get("category_id") or self._category(),
            "conditions": standing_in(body.get("conditions") or {}, tag),
            "actions": body.get("actions"),
        }})  # fmt: skip
        return _rule(unwrapped(made, "trigger", f"{self.client.guard.system} POST triggers", reads=False), waits=False)

    def dismiss(self, stand_in: TrialRule) -> None:
        self.client.remove(f"triggers/{stand_in.id}")

    def stray(self, tag: str) -> TrialRule | None:
        listed = self.client.pages("triggers", "triggers")
        found = next((each for each in listed if f"({tag})" in str(each.get("title"))), None)
        return _rule(found, waits=False) if found else None

    def _category(self) -> str | None:
        """The first category, for a copy of what has none."""
        listed = self.client.get("trigger_categories").body.get("trigger_categories") or [{}]
        first = listed[0].get("id")
        return str(first) if first else None

    def open_ticket(self, mail: TrialMail, rule: TrialRule) -> None:
        fit: Fit = rule.ticket
        words = " ".join(fit.words)
        made: dict[str, Any] = {
            "subject": f"{mail.subject} {words}".strip(),
            "comment": {"body": f"{mail.text}{words}".strip()},
            "requester": {"name": mail.name, "email": mail.address},
            **fit.made,
        }
        if fit.tags:
            made["tags"] = fit.tags
        ticket = self.client.post("tickets", {"ticket": made}).body["ticket"]
        if fit.then:
            self.client.put(f"tickets/{ticket['id']}", {"ticket": fit.then})

    def calls(self, webhook: str, since: datetime, words: Sequence[str]) -> list[TrialCall]:
        begun = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        listed = self.client.get(f"webhooks/{webhook}/invocations").body.get("invocations") or ()
        found = []
        for each in listed:
            if str(each.get("latest_completed_at") or "")[:19] < begun:
                continue
            path = f"webhooks/{webhook}/invocations/{each['id']}/attempts"
            for attempt in self.client.get(path).body.get("attempts") or ():
                sent = str((attempt.get("request") or {}).get("payload") or "")
                if any(word in sent for word in words):
                    answer = str((attempt.get("response") or {}).get("payload") or "")
                    found.append(TrialCall(int(attempt.get("status_code") or 0), answer, sent))
        return found

    def clean_up(self, ticket: TrialTicket, address: str, since: datetime) -> str:
        self.client.remove(f"tickets/{ticket.id}")
        left = []
        try:
            self.client.remove(f"deleted_tickets/{ticket.id}")
        except SystemFault as refused:
            left.append(f"the ticket {ticket.id} stays among the deleted ones for 30 days ({refused.why})")
        user = self.client.find(f"users/{ticket.requester_id}", "user")
        if user is None or user.get("role") != "end-user" or str(user.get("email") or "").lower() != address.lower():
            return "; ".join(left)
        if not _made_since(user, since):
            left.append(f"the customer {address}, whom the helpdesk knew before the trial")
            return "; ".join(left)
        try:
            self.client.remove(f"users/{ticket.requester_id}")
            self.client.remove(f"deleted_users/{ticket.requester_id}")
        except SystemFault as refused:
            left.append(f"the customer {address} is still known ({refused.why})")
        return "; ".join(left)

    def _told(self, row: dict[str, Any]) -> TrialTicket:
        group = self.client.find(f"groups/{row['group_id']}", "group") if row.get("group_id") else None
        return TrialTicket(
            id=str(row["id"]),
            channel=str((row.get("via") or {}).get("channel") or ""),
            status=str(row.get("status") or ""),
            requester_id=str(row.get("requester_id") or ""),
            group=str(group["name"]) if group else "",
            priority=str(row.get("priority") or ""),
            recipient=str(row.get("recipient") or ""),
            tags=tuple(row.get("tags") or ()),
            replies=self._replies(row),
            page=f"{self.url}/agent/tickets/{row['id']}",
        )

    def _replies(self, row: dict[str, Any]) -> dict[str, str]:
        """Mails that rules have sent to the requester: subject → the rule's title."""
        found: dict[str, str] = {}
        for audit in self.client.pages(f"tickets/{row['id']}/audits", "audits"):
            for event in audit.get("events") or ():
                if event.get("type") not in _MAILS or row.get("requester_id") not in (event.get("recipients") or ()):
                    continue
                rule = ((event.get("via") or {}).get("source") or {}).get("from") or {}
                found[str(event.get("subject") or "")] = str(rule.get("title") or "")
        return found


def _made_since(row: dict[str, Any], since: datetime) -> bool:
    """Whether the vendor says so; its times are in whole seconds."""
    created = str(row.get("created_at") or "")
    return bool(created) and datetime.fromisoformat(created) >= since.astimezone(UTC).replace(microsecond=0)


def _rule(body: dict[str, Any], *, waits: bool) -> TrialRule:
    """A rule as the vendor shows it."""
    actions = {str(each.get("field")): each.get("value") for each in body.get("actions") or ()}
    called = actions.get("notification_webhook")
    fit = fitting(at_once(body.get("conditions") or {}))
    return TrialRule(
        title=str(body.get("title") or ""),
        active=bool(body.get("active")),
        waits=waits,
        webhook=str(called[0]) if isinstance(called, list) and called else "",
        tag=str(actions.get("current_tags") or ""),
        unmet=tuple(fit.unmet),
        ticket=fit,
        id=str(body["id"]),
    )
