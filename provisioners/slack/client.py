"""Calls to Slack: slack_sdk builds and reads them; this guards, waits, and gives plain JSON and our errors."""

from __future__ import annotations

import http.client
import logging
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from config.addresses import is_loopback
from provisioners.errors import FaultCode, SystemFault, remedy
from provisioners.limits import Scope, VendorLimits
from provisioners.session import MOST_WAITS, READ_RETRIES, RETRY_PAUSES, CallGuard
from provisioners.system import Connection

Body = dict[str, Any]

PAGE = 500
"""Items a page; the vendor allows up to 999."""
TIMEOUT = 60

READS = frozenset(
    {
        "auth.test",
        "team.info",
        "users.list",
        "users.info",
        "users.lookupByEmail",
        "conversations.list",
        "conversations.info",
        "conversations.members",
        "conversations.history",
        "usergroups.list",
        "usergroups.users.list",
    }
)
"""The methods that only read. All methods travel as POST, so the method's name decides."""

SIGN_IN = frozenset({"not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired"})
NOT_THERE = frozenset({"channel_not_found", "users_not_found", "user_not_found", "no_such_subteam"})
TAKEN = frozenset({"name_taken", "name_already_exists", "handle_already_exists"})
PAID = frozenset({"paid_teams_only", "plan_upgrade_required"})
"""How a free workspace refuses user groups (docs.slack.dev, “usergroups.users.update”; and as people report it)."""
BROKEN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})

ADVICE = {
    "cant_archive_general": "Slack keeps this channel for everybody: give it on_remove: release.",
    "is_archived": "Bots cannot unarchive: a person opens the channel in Slack and chooses Unarchive; then run again.",
    "not_in_channel": "A person of the channel has to invite the bot there.",
    "permission_denied": "A workspace owner allows it in Slack under Workspace settings, Permissions, User groups: a "
    "bot may change them only where everybody may.",
    "invalid_user": "Guests and bots cannot be in a user group.",
    "single_channel_guests_cannot_be_added": "A guest cannot be in a user group.",
    **dict.fromkeys(PAID, "Slack has them on paid plans only: take them out of the files, or upgrade the workspace."),
    "restricted_action": "A setting of the workspace forbids it to the bot: ask a workspace owner.",
    "user_is_restricted": "A guest cannot be in this channel.",
    "invalid_name_specials": "Use small letters, digits, - and _.",
    "invalid_name_maxlength": "A name has at most 80 characters.",
}
"""What a person can do, by the vendor's error."""


def only_reads(method: str, path: str) -> bool:
    """Whether a Web API method only reads."""
    return method in READS


class Sent(NamedTuple):
    """What came of one attempt: status 0 and the problem where there was no answer."""

    status: int
    headers: Mapping[str, str]
    answer: Any
    problem: Exception | None


class SlackLimits(VendorLimits):
    """Slack counts each method by itself and shows nothing before it refuses (docs.slack.dev, “Rate limits”)."""

    def scopes(self, method: str, path: str) -> list[Scope]:
        return [method]

    def refused(self, method: str, path: str, headers: Mapping[str, str]) -> Scope:
        return method


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """No redirect is followed: the token goes to the configured host only."""
        return


class _Transport(WebClient):
    """slack_sdk with a transport that follows no redirect. Proxies are the environment's, as urllib reads them, but
    none stands before this machine."""

    def _perform_urllib_http_request_internal(self, url: str, req: urllib.request.Request) -> Body:
        around = [urllib.request.ProxyHandler({})] if is_loopback(url) else []
        opener = urllib.request.build_opener(_StayHere, *around)
        with opener.open(req, timeout=self.timeout) as answer:
            text = answer.read().decode(answer.headers.get_content_charset() or "utf-8")
            return {"status": answer.status, "headers": answer.headers, "body": text}


class SlackClient:
    """The calls of one run to one workspace. Every method raises SystemFault only. Safe from several threads."""

    def __init__(self, connection: Connection) -> None:
        self.guard = CallGuard.of(connection, only_reads, SlackLimits())
        silent = logging.getLogger(f"{__name__}.sdk")
        silent.setLevel(logging.CRITICAL)  # it would log failures that this client says better
        self._web = _Transport(
            token=connection.token(),
            base_url=f"{self.guard.base_url}/api/",
            timeout=TIMEOUT,
            retry_handlers=[],
            logger=silent,
        )
        self._ids: dict[str, str | None] = {}
        self._addresses: dict[str, str] = {}
        self._own_user = ""
        self._lock = threading.Lock()

    def call(self, method: str, **arguments: Any) -> Body:
        """One method with its arguments (None is left out); the answer without judging its warnings."""
        return self._answered(method, {name: _sent(value) for name, value in arguments.items() if value is not None})[0]

    def pages(self, method: str, items: str, **arguments: Any) -> list[Any]:
        """All items of a list, cursor after cursor."""
        found: list[Any] = []
        cursor = ""
        while True:
            answer = self.call(method, limit=PAGE, cursor=cursor or None, **arguments)
            found += answer.get(items) or []
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found

    def person(self, email: str) -> str | None:
        """The id of the person with that address, None where Slack knows nobody; asked once per run."""
        with self._lock:
            if email.lower() not in self._ids:
                self._ids[email.lower()] = self._look_up(email)
            return self._ids[email.lower()]

    def people(self, emails: Iterable[str], what: str) -> list[str]:
        """The ids of people by their addresses. what: for whom they are looked up. Raises SystemFault that names
        everybody whom Slack does not know."""
        found = {email: self.person(email) for email in emails}
        unknown = [email for email, person in found.items() if person is None]
        if unknown:
            raise SystemFault(
                "refused",
                what,
                f"Slack knows nobody with the address {', '.join(unknown)}",
                "Invite the person to the Slack workspace with exactly this address, or correct the address.",
            )
        return [person for person in found.values() if person is not None]

    def address(self, user: str) -> str:
        """The e-mail address of the user with that id, `#ID` where there is none; asked once per run."""
        with self._lock:
            if user not in self._addresses:
                profile = self.call("users.info", user=user)["user"].get("profile") or {}
                self._addresses[user] = str(profile.get("email") or f"#{user}")
            return self._addresses[user]

    def own_user(self) -> str:
        """The id of the user that the token belongs to; asked once per run."""
        with self._lock:
            self._own_user = self._own_user or str(self.call("auth.test").get("user_id") or "")
            return self._own_user

    def signed_in(self) -> tuple[Body, frozenset[str]]:
        """Whose token it is, and the scopes that it has (empty where the vendor does not say)."""
        answer, headers = self._answered("auth.test", {})
        scopes = headers.get("X-Oauth-Scopes", "")
        return answer, frozenset(scope.strip() for scope in scopes.split(",") if scope.strip())

    def _look_up(self, email: str) -> str | None:
        try:
            return str(self.call("users.lookupByEmail", email=email)["user"]["id"])
        except SystemFault as missing:
            if missing.code == "not_found":
                return None
            raise

    def _answered(self, method: str, arguments: Body) -> tuple[Body, Mapping[str, str]]:
        path = f"/api/{method}"
        what = f"{self.guard.system} {method}"
        reads = method in READS
        throttled = failed = 0
        while True:
            status, headers, answer, problem = self._sent(method, path, arguments)
            if status == 429 and throttled < MOST_WAITS:
                throttled += 1
                self.guard.throttled(method, path, headers)
                continue
            again = reads and (problem is not None or status >= 500)
            if (again or _never_arrived(problem)) and failed < READ_RETRIES:
                self.guard.pause(RETRY_PAUSES[failed])
                failed += 1
                continue
            if problem is not None:
                arrived = not reads and not _never_arrived(problem)
                raise self._unreachable(what, _broken_words(problem), arrived=arrived)
            return self._understood(what, status, answer, reads), headers

    def _sent(self, method: str, path: str, arguments: Body) -> Sent:
        with self.guard.turn(method, path) as attempt:
            try:
                response = self._web.api_call(method, params=arguments)
            except SlackApiError as refused:
                response = refused.response
            except (OSError, http.client.HTTPException, SlackClientError, ValueError) as broken:
                return Sent(0, {}, None, broken)
            attempt.status = response.status_code
            attempt.headers = {str(name).title(): str(value) for name, value in response.headers.items()}
            return Sent(attempt.status, attempt.headers, response.data, None)

    def _understood(self, what: str, status: int, answer: Any, reads: bool) -> Body:
        if not isinstance(answer, Mapping):
            raise self._unreachable(what, "the answer is not the vendor's JSON", arrived=not reads)
        if status == 200 and answer.get("ok"):
            return dict(answer)
        error = str(answer.get("error") or f"the answer was {status} without a reason")
        if status == 429:
            raise SystemFault(
                "throttled",
                what,
                "Slack's limit, after all waiting",
                "Run the same command again later.",
                status=status,
            )
        if status != 200 or error in BROKEN or " " in error:
            raise self._unreachable(what, error.splitlines()[0][:200], arrived=not reads, status=status)
        code, remedy = _meaning(error)
        needed = answer.get("needed")
        if error == "missing_scope" and needed:
            error = f"missing_scope: the bot lacks {needed}"
            remedy = f"Add the scope {needed} to the Slack app, install it again, and set the new token."
        raise SystemFault(code, what, error, remedy, status=status)

    def _unreachable(self, what: str, why: str, *, arrived: bool, status: int | None = None) -> SystemFault:
        lost = "; it is not known whether the change arrived" if arrived else ""
        return SystemFault(
            "unreachable",
            f"{what} at {urlsplit(self.guard.base_url).netloc}",
            why + lost,
            remedy(status),
            status=status,
            took_effect=None if arrived else False,
        )


def _sent(value: Any) -> Any:
    """Truth values as the vendor's pages write them; slack_sdk alone would send 0 and 1."""
    return str(value).lower() if isinstance(value, bool) else value


def lacks(fault: SystemFault) -> bool:
    """Whether a refusal says that the workspace's plan or the token does not have this at all."""
    return fault.why.startswith("missing_scope") or fault.why in PAID


def _never_arrived(problem: Exception | None) -> bool:
    """Whether there was no connection at all, so that nothing can have taken effect."""
    return isinstance(problem, urllib.error.URLError) and isinstance(
        problem.reason, (ConnectionRefusedError, socket.gaierror)
    )


def _broken_words(problem: Exception) -> str:
    if _never_arrived(problem):
        return "nobody answers there"
    return f"the connection or the answer broke off ({type(problem).__name__})"


def _meaning(error: str) -> tuple[FaultCode, str]:
    if error in SIGN_IN:
        return "credentials", "The bot token is wrong, expired or was revoked: make a new one and set it."
    if error == "missing_scope":
        return "credentials", "The bot lacks a scope: add it to the Slack app and install the app again."
    if error in NOT_THERE:
        return "not_found", ""
    if error in TAKEN:
        return "collision", "Choose another handle." if error.startswith("handle") else "Choose another name."
    return "refused", ADVICE.get(error, "")
