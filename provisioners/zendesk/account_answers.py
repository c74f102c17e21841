"""What the account says of itself, where no list of objects shows it: whether its audit log can be read, how the team
signs in, and whether it hands tickets to agents by itself. Each takes one call, and only reads.

Source: developer.zendesk.com, “Audit Logs”, “Security Settings” (for admins; tokens of OAuth need the scope
`security:read`), “Account Settings”. Which way of handing out is chosen (in turn, by load) stands in no API.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from provisioners.errors import SystemFault
from provisioners.zendesk import audit_log
from provisioners.zendesk.client import ZendeskClient, unwrapped
from provisioners.zendesk.replies import NOT_GIVEN, unreachable

_SSO = ("remote_login", "google_login", "office_365_login")
"""The ways in which somebody signs in with an account of the company's: its identity provider, Google, Microsoft."""


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


_ANSWERS: Mapping[str, Callable[[ZendeskClient], dict[str, Any]]] = {
    "audit_log": _audit_log,
    "sign_in": _sign_in,
    "routing": _routing,
}
