"""Sending one alert through the whole way: a ticket that fits it, the rule, the webhook, the post."""

from __future__ import annotations

import json
import secrets
import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from config.results.alerts_test import AlertResult, TestedAlert
from golive import clock
from golive.launch.trying import EVERY
from provisioners.errors import SystemFault
from provisioners.posts import Post, Posts
from provisioners.trial import TrialCall, TrialMail, TrialRule, Trials, TrialTicket

_TEXT = "This ticket tries an alert and is deleted again. Nobody has to do anything.\n"


@dataclass(frozen=True)
class LiveAlert:
    """An alert with what it has become. channel: its name; channel_id: the chat's id of it. asleep: until when it
    sleeps, in words; empty where it is awake."""

    key: str
    name: str
    rule: TrialRule | None
    channel: str
    channel_id: str
    asleep: str = ""


@dataclass
class _Seen:
    """What has been seen of a trial so far. unread: why the chat's posts could not be looked through. stand_in: the
    copy of the rule, where one was made. earlier: calls of the webhook in the trial's first second, before it."""

    ticket: TrialTicket | None = None
    call: TrialCall | None = None
    post: Post | None = None
    unread: str = ""
    fired: bool = field(default=False)
    stand_in: TrialRule | None = None
    earlier: int = 0


def why_not_tried(alert: LiveAlert) -> tuple[AlertResult, str] | None:
    """Why no ticket is sent for it, or None."""
    if alert.rule is None:
        return "fail", "Its rule is not in the helpdesk: golive up makes it."
    if not alert.rule.active and not alert.asleep:
        return "skipped", "Not tried: it is switched off."
    return None


def not_shown(alert: LiveAlert) -> list[str]:
    """What a trial with a copy of the rule does not show, in words; nothing where only the sleep was passed over."""
    rule = alert.rule
    if rule is None:
        return []
    hours = ["it waits for hours, and the helpdesk looks once an hour"] if rule.waits else []
    return [*hours, *rule.unmet]


def try_alert(
    alert: LiveAlert, trials: Trials, posts: Posts, sender: str, patience: timedelta, stop: threading.Event
) -> TestedAlert:
    """Make a ticket that the alert tells of, look what arrives, and take everything away again.

    sender: the customer's address. patience: how long it is waited for. stop: ends the waiting.
    """
    told = TestedAlert(alert.key, alert.name, "skipped", "", alert.channel)
    not_tried = why_not_tried(alert)
    if not_tried is not None or alert.rule is None:
        result, said = not_tried or ("fail", "")
        return replace(told, result=result, said=said)
    mark = f"golive-{secrets.token_hex(4)}"
    told = replace(told, mark=mark)
    begun = clock.now()
    mail = TrialMail(mark, f"Test of an alert ({mark})", _TEXT, "Trial customer", sender)
    seen = _Seen()
    try:
        rule = alert.rule
        if rule.needs_stand_in:
            rule = seen.stand_in = trials.stand_in(rule, mark)
        seen.earlier = len(trials.calls(rule.webhook, begun, ("",)))
        trials.open_ticket(mail, rule)
        _watch(alert, rule, trials, posts, mark, begun, patience, stop, seen)
        result, said = with_limits(alert, *judged(alert, seen.fired, seen.call, seen.post, seen.unread))
    except SystemFault as fault:
        result, said = "fail", f"{fault.what}: {fault.why}."
    finally:
        undismissed = _dismissed(trials, seen)
    seconds = round((clock.now() - begun).total_seconds(), 1)
    left = "; ".join(filter(None, [undismissed, _taken_away(alert, trials, posts, seen, mark, sender)]))
    return replace(
        told,
        result=result,
        said=said,
        fired=seen.fired,
        status=seen.call.status if seen.call else None,
        answer=_short(seen.call.answer) if seen.call else "",
        text=seen.post.text if seen.post else "",
        seconds=seconds,
        left=left,
    )


def _watch(
    alert: LiveAlert,
    rule: TrialRule,
    trials: Trials,
    posts: Posts,
    mark: str,
    begun: datetime,
    patience: timedelta,
    stop: threading.Event,
    seen: _Seen,
) -> None:
    """Look until the post is there, or the answer says that none will come, or the time is over."""
    while True:
        seen.ticket = trials.find(mark) or seen.ticket
        seen.fired = seen.fired or (seen.ticket is not None and rule.tag in seen.ticket.tags)
        if seen.fired and seen.ticket is not None:
            words = (mark, f"tickets/{seen.ticket.id}")
            seen.call = _called(trials, rule, begun, words, seen.earlier) or seen.call
            seen.post = seen.post or _posted(alert, posts, begun, words, seen)
        over = seen.call is not None and (refusal(seen.call) or seen.post is not None or bool(seen.unread))
        if over or clock.now() >= begun + patience or stop.wait(EVERY if seen.ticket else 1.0):
            return


def _called(trials: Trials, rule: TrialRule, begun: datetime, words: tuple[str, ...], earlier: int) -> TrialCall | None:
    """The call for the trial's ticket; where its text names neither subject nor link, the only new one since then."""
    calls = trials.calls(rule.webhook, begun, words)
    if calls:
        return calls[-1]
    every = trials.calls(rule.webhook, begun, ("",))
    return every[0] if len(every) == earlier + 1 else None  # the newest comes first


def _posted(alert: LiveAlert, posts: Posts, begun: datetime, words: tuple[str, ...], seen: _Seen) -> Post | None:
    texts = [*words, *([text] if (text := _text_in(seen.call)) else [])]
    try:
        for word in texts:
            found = posts.found(alert.channel_id, begun, word)
            if found is not None:
                return found
    except SystemFault as refused:
        if refused.code not in ("credentials", "not_found", "refused"):
            raise
        seen.unread = refused.why
    return None


def judged(
    alert: LiveAlert, fired: bool, call: TrialCall | None, post: Post | None, unread: str
) -> tuple[AlertResult, str]:
    """Whether an alert arrived, and what to say of it."""
    if not fired:
        return "fail", "The ticket came, and the rule did not act on it: another rule may have changed it before."
    why = refusal(call) if call else ""
    if why:
        took = " The helpdesk takes that for success." if call and call.status == 200 else ""
        return "fail", f"The rule acted, and Slack refused the post: {why}.{took} {advice(why, alert.channel)}".strip()
    if post is not None:
        return "pass", f"It arrived in #{alert.channel}: “{_short(post.text)}”"
    if call is not None and unread:
        return "warn", (
            f"Slack took the post for #{alert.channel}. That it stands there could not be looked up ({unread}): "
            "the bot may lack the scope channels:history, or is not in the channel."
        )
    if call is not None:
        return "fail", f"Slack answered {call.status}, and no post is to be seen in #{alert.channel}."
    return "fail", "The rule acted, and the helpdesk's log has no call of the webhook."


def with_limits(alert: LiveAlert, result: AlertResult, said: str) -> tuple[AlertResult, str]:
    """The same, with what a copy of the rule has not shown."""
    rule = alert.rule
    if rule is None or not rule.needs_stand_in or result == "fail":
        return result, said
    sleeps = "" if rule.active else f", which sleeps until {alert.asleep}"
    missing = not_shown(alert)
    if not missing:
        return result, f"{said} Tried with a copy of its rule{sleeps}."
    when = _WHEN_SEEN if rule.waits else "The first such ticket shows the rest."
    return "warn", f"{said} Tried with a copy of its rule{sleeps}. Not shown, because {' and '.join(missing)}. {when}"


_WHEN_SEEN = "The rule itself shows within an hour of the first ticket that fits: it gets the rule's tag, and the post."


def refusal(call: TrialCall) -> str:
    """Why the chat did not take a post, in its own word; empty where it did. Slack refuses with status 200, too."""
    try:
        said = json.loads(call.answer)
    except ValueError:
        said = None
    if isinstance(said, dict) and said.get("ok") is False:
        return str(said.get("error") or "it does not say why")
    return "" if 200 <= call.status < 300 else call.answer.strip()[:100] or f"status {call.status}"


_ADVICE = {
    "not_in_channel": "A person invites the bot into #{channel}, or the channel gets an `incoming_webhook`.",
    "channel_not_found": "The channel is gone, or private and without the bot: a person invites it.",
    "is_archived": "A person opens #{channel} in Slack and chooses Unarchive.",
    "channel_is_archived": "A person opens #{channel} in Slack and chooses Unarchive.",
    "no_service": "The incoming webhook was taken away in Slack: make a new one and set its variable.",
    "invalid_auth": "The token that the helpdesk has is worth nothing: set the new one, then golive up.",
    "token_revoked": "The token that the helpdesk has is worth nothing: set the new one, then golive up.",
    "account_inactive": "The token that the helpdesk has is worth nothing: set the new one, then golive up.",
    "missing_scope": "Add the scope chat:write to the Slack app and install it again.",
}


def advice(why: str, channel: str) -> str:
    """What a person does about a refusal."""
    return _ADVICE.get(why, "").format(channel=channel)


def _text_in(call: TrialCall | None) -> str:
    """The text that the helpdesk has sent."""
    try:
        said: Any = json.loads(call.sent) if call else None
    except ValueError:
        return ""
    return str(said.get("text") or "").strip() if isinstance(said, dict) else ""


def _dismissed(trials: Trials, seen: _Seen) -> str:
    """What stayed there of the copy, in words."""
    if seen.stand_in is None:
        return ""
    try:
        trials.dismiss(seen.stand_in)
    except SystemFault as fault:
        return f"the trigger “{seen.stand_in.title}”, which acts on no other ticket, is still there: {fault.why}"
    return ""


def _taken_away(alert: LiveAlert, trials: Trials, posts: Posts, seen: _Seen, mark: str, sender: str) -> str:
    """What stayed there, in words."""
    left = []
    try:
        ticket = seen.ticket or trials.find(mark)
        left.append(trials.clean_up(ticket, sender) if ticket else "")
    except SystemFault as fault:
        left.append(f"the ticket “{mark}” is still there: {fault.why}")
    if seen.post is not None:
        try:
            left.append(posts.take_back(alert.channel_id, seen.post))
        except SystemFault as fault:
            left.append(f"the post is still there: {fault.why}")
    return "; ".join(filter(None, left))


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 200 else f"{one_line[:199]}…"
