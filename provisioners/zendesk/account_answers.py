"""What the account says of itself, where no list of objects shows it: whether its audit log can be read, how the team
signs in, whether it hands tickets to agents by itself, which apps are installed, and what came back of escalations.
Each takes few calls, and only reads.

Source: developer.zendesk.com, “Audit Logs”, “Security Settings” (for admins; tokens of OAuth need the scope
`security:read`), “Account Settings”, “App Installations”, “Tags” (Search Tags), “Search”, “Ticket Audits”. Which way of
handing out is chosen (in turn, by load) stands in no API.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from provisioners.errors import SystemFault
from provisioners.zendesk import audit_log
from provisioners.zendesk.client import ZendeskClient, unwrapped
from provisioners.zendesk.replies import NOT_GIVEN, unreachable
from provisioners.zendesk.translations.escalations import TAG

_SSO = ("remote_login", "google_login", "office_365_login")
"""The ways in which somebody signs in with an account of the company's: its identity provider, Google, Microsoft."""

_NEWEST = 10
"""So many tickets of each escalation are looked through."""


def account_answer(client: ZendeskClient, asked: str) -> Mapping[str, Any] | None:
    """The answer to one question; None for one that is not known here. Raises SystemFault."""
    answer = _ANSWERS.get(asked)
    return answer(client) if answer else None


def _audit_log(client: ZendeskClient) -> dict[str, Any]:
    """readable: whether there is one for us; why not. newest: when something was noted last, empty where nothing is."""
    try:
        entries = client.get(audit_log.PATH, **{"page[size]": 1}).body.get(audit_log.PLURAL)
    except SystemFault as fault:
        if fault.status not in NOT_GIVEN:
            raise
        return {"readable": False, "why": audit_log.ONLY_ENTERPRISE}
    if not isinstance(entries, list):
        raise unreachable(f"{client.guard.system} GET {audit_log.PATH}", "the answer holds no entries", reads=True)
    return {"readable": True, "newest": str(entries[0].get("created_at") or "") if entries else ""}


def _sign_in(client: ZendeskClient) -> dict[str, Any]:
    """single_sign_on: whether the team can sign in with an account of the company's; password: or with one of the
    helpdesk's own."""
    what = f"{client.guard.system} GET security_settings"
    settings = unwrapped(client.get("security_settings"), "security_settings", what)
    team = (settings.get("authentication") or {}).get("agent")
    if not isinstance(team, dict) or not isinstance(team.get("zendesk_login"), bool):
        raise unreachable(what, "the answer does not say how the team signs in", reads=True)
    return {
        "single_sign_on": any(team.get(way) is True for way in _SSO),
        "password": team["zendesk_login"] and team.get("enforce_sso") is not True,
    }


def _routing(client: ZendeskClient) -> dict[str, Any]:
    """on: whether omnichannel routing is; by_skill: whether tickets are routed by skill without it."""
    what = f"{client.guard.system} GET account/settings"
    settings = unwrapped(client.get("account/settings"), "settings", what)
    routing = settings.get("routing")
    if not isinstance(routing, dict) or not isinstance(routing.get("enabled"), bool):
        raise unreachable(what, "the answer says nothing of routing", reads=True)
    by_skill = (settings.get("tickets") or {}).get("using_skill_based_routing") is True
    return {"on": routing["enabled"], "by_skill": by_skill}


def _apps(client: ZendeskClient) -> dict[str, Any]:
    """apps: the names of those that are installed and switched on."""
    what = f"{client.guard.system} GET apps/installations"
    listed = client.get("apps/installations").body.get("installations")
    if not isinstance(listed, list):
        raise unreachable(what, "the answer holds no installations", reads=True)
    on = [each for each in listed if each.get("enabled") is not False]
    return {"apps": [str((each.get("settings") or {}).get("name") or each.get("app_id")) for each in on]}


def _issues_back(client: ZendeskClient) -> dict[str, Any]:
    """tickets: those of which escalations have made an issue, each with the escalation's key and what was changed on it
    over the API, as a tracker or a service of the client's own does: field → the last value."""
    tags = [str(tag) for tag in client.get("autocomplete/tags", name=TAG).body.get("tags") or ()]
    found = []
    for tag in (each for each in tags if each.startswith(TAG)):
        query = {"query": f"type:ticket tags:{tag}", "sort_by": "updated_at", "sort_order": "desc"}
        for ticket in (client.get("search", **query).body.get("results") or [])[:_NEWEST]:
            changes = _changed_by_api(client.pages(f"tickets/{ticket['id']}/audits", "audits"))
            found.append({"ticket": str(ticket["id"]), "escalation": tag.removeprefix(TAG), "changes": changes})
    return {"tickets": found}


def _changed_by_api(audits: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What a rule did in the same update is not the caller's."""
    return {
        str(event.get("field_name")): str(event.get("value"))
        for audit in audits
        if (audit.get("via") or {}).get("channel") == "api"
        for event in audit.get("events") or ()
        if event.get("type") == "Change" and not event.get("via")
    }


_ANSWERS: Mapping[str, Callable[[ZendeskClient], dict[str, Any]]] = {
    "audit_log": _audit_log,
    "sign_in": _sign_in,
    "routing": _routing,
    "helpdesk_apps": _apps,
    "issues_back": _issues_back,
}
