"""Sending one alert through the whole way: a ticket that fits it, the rule, the webhook, the post."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from config.results.alerts_test import AlertResult, TestedAlert
from golive import clock
from golive.launch.trying import EVERY, STOPPED, cleared, customer_of, new_mark
from golive.wording.sleep import sleeps
from provisioners.errors import SystemFault
from provisioners.posts import Post, Posts
from provisioners.trial import TrialCall, TrialMail, TrialRule, Trials, TrialTicket

_TEXT = "This ticket tries an alert and is deleted again. Nobody has to do anything.\n"


@dataclass(frozen=True)
class LiveAlert:
    """An alert with what it has become. channel: its name; channel_id: the chat's id of it. asleep: until when it
    sleeps, as `asleep_until` says it; empty where it is awake. asks: which tickets it posts, in a sentence."""

    key: str
    name: str
    rule: TrialRule | None
    channel: str
    channel_id: str
    asleep: str = ""
    asks: str = ""


@dataclass(frozen=True)
class Tried:
    """The systems that a trial works in."""

    trials: Trials
    posts: Posts


@dataclass
class _Seen:
    """What has been seen of a trial so far. unread: why the chat's posts could not be looked through. stand_in: the
    copy of the rule, where one was made; may_be_there: one may have been, and the answer was lost. earlier: calls of
    the webhook in the trial's first second, before it. guessed: the call names no ticket, and may be another's.
    not_ours: so may the post, which was found by that call."""

    ticket: TrialTicket | None = None
    call: TrialCall | None = None
    post: Post | None = None
    unread: str = ""
    fired: bool = False
    stand_in: TrialRule | None = None
    may_be_there: bool = False
    earlier: int = 0
    guessed: bool = False
    not_ours: bool = False


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
    alert: LiveAlert, tried: Tried, cleaning: Tried, sender: str, patience: timedelta, stop: threading.Event
) -> TestedAlert:
    """Make a ticket that the alert tells of, look what arrives, and take everything away again.

    cleaning: the same systems, for taking the trial away once the run was stopped, too. sender: whose address the
    customer's is a part of. patience: how long it is waited for. stop: ends the waiting; what was not seen until then
    is `skipped`.
    """
    told = TestedAlert(alert.key, alert.name, "skipped", "", alert.channel)
    not_tried = why_not_tried(alert)
    if not_tried is not None or alert.rule is None:
        result, said = not_tried or ("fail", "")
        return replace(told, result=result, said=said)
    mark, trials = new_mark(), tried.trials
    told = replace(told, mark=mark)
    begun = clock.now()
    customer = customer_of(sender, mark)
    mail = TrialMail(mark, f"Test of an alert ({mark})", _TEXT, "Trial customer", customer)
    seen = _Seen()
    try:
        rule = alert.rule
        if rule.needs_stand_in:
            seen.may_be_there = True
            rule = seen.stand_in = trials.stand_in(rule, mark)
        seen.earlier = len(trials.calls(rule.webhook, begun, ("",)))
        trials.open_ticket(mail, rule)
        _watch(alert, rule, tried, mark, begun, patience, stop, seen)
        found = judged(alert, seen.fired, seen.call, seen.post, seen.unread, guessed=seen.not_ours)
        result, said = with_limits(alert, *found)
    except SystemFault as fault:
        result, said = "fail", str(fault)
    finally:
        undismissed = _dismissed(cleaning.trials, seen, mark)
    if stop.is_set() and seen.post is None:
        result, said = "skipped", STOPPED
    seconds = round((clock.now() - begun).total_seconds(), 1)
    seen.ticket, uncleared = cleared(cleaning.trials, seen.ticket, mark, customer, begun)
    left = "; ".join(filter(None, [undismissed, uncleared, _taken_back(alert, cleaning.posts, seen, mark, begun)]))
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
    tried: Tried,
    mark: str,
    begun: datetime,
    patience: timedelta,
    stop: threading.Event,
    seen: _Seen,
) -> None:
    """Look until the post is there, or the answer says that none will come, or the time is over."""
    while True:
        seen.ticket = tried.trials.find(mark) or seen.ticket
        seen.fired = seen.fired or (seen.ticket is not None and rule.tag in seen.ticket.tags)
        if seen.fired and seen.ticket is not None:
            words = (mark, f"tickets/{seen.ticket.id}")
            _look_for_call(tried.trials, rule, begun, words, seen)
            _look_for_post(alert, tried.posts, begun, words, seen)
        over = seen.call is not None and (refusal(seen.call) or seen.post is not None or bool(seen.unread))
        if over or clock.now() >= begun + patience or stop.wait(EVERY if seen.ticket else 1.0):
            return


def _look_for_call(trials: Trials, rule: TrialRule, begun: datetime, words: tuple[str, ...], seen: _Seen) -> None:
    """The call for the trial's ticket; where its text names neither subject nor link, the only new one since then."""
    calls = trials.calls(rule.webhook, begun, words)
    if calls:
        seen.call, seen.guessed = calls[-1], False
        return
    every = trials.calls(rule.webhook, begun, ("",))
    if len(every) == seen.earlier + 1:
        seen.call, seen.guessed = every[0], True  # the newest comes first


def _look_for_post(alert: LiveAlert, posts: Posts, begun: datetime, words: tuple[str, ...], seen: _Seen) -> None:
    """The post that names the trial's ticket; else the one with the text of the call."""
    text = _text_in(seen.call)
    by_call = ((text, seen.guessed),) if text else ()
    try:
        for word, guessed in (*((word, False) for word in words), *by_call):
            found = posts.found(alert.channel_id, begun, word)
            if found is not None:
                seen.post, seen.not_ours = found, guessed
                return
    except SystemFault as refused:
        if refused.code not in ("credentials", "not_found", "refused"):
            raise
        seen.unread = refused.why


def judged(
    alert: LiveAlert, fired: bool, call: TrialCall | None, post: Post | None, unread: str, *, guessed: bool = False
) -> tuple[AlertResult, str]:
    """Whether an alert arrived, and what to say of it and what a person does. guessed: the post may be another
    ticket's."""
    if not fired:
        return "fail", (
            "The ticket came, and the rule did not act on it: another rule may have changed it before. "
            f"{_rule_advice(alert)}"
        )
    why = refusal(call) if call else ""
    if why:
        took = " The helpdesk takes that for success." if call and call.status == 200 else ""
        return "fail", f"The rule acted, and Slack refused the post: {why}.{took} {advice(why, alert.channel)}"
    if post is not None and guessed:
        return "warn", (
            f"A post came into #{alert.channel}: “{_short(post.text)}” It names neither the ticket's title nor its "
            "link, so that it may be a real ticket's: it is the only new call of the webhook. "
            "Write {{ticket.title}} or {{ticket.link}} into its `text`, and the next trial knows its own."
        )
    if post is not None:
        return "pass", f"It arrived in #{alert.channel}: “{_short(post.text)}”"
    if call is not None and unread:
        return "warn", (
            f"Slack took the post for #{alert.channel}. That it stands there could not be looked up ({unread}): "
            "the bot may lack the scope channels:history, or is not in the channel."
        )
    if call is not None:
        return "fail", (
            f"Slack answered {call.status}, and no post is to be seen in #{alert.channel}. Look whether the webhook "
            f"posts into another channel or workspace: {_WEBHOOK}"
        )
    return "fail", (
        "The rule acted, and the helpdesk's log has no call of the webhook. Look whether the webhook is active, and "
        f"what its activity says: {_WEBHOOK}"
    )


_WEBHOOK = "Admin Center > Apps and integrations > Webhooks, its page, Activity."


def _rule_advice(alert: LiveAlert) -> str:
    """What a person does where a rule did not act."""
    asks = f" It says: {alert.asks}." if alert.asks else ""
    title = f"“{alert.rule.title}” " if alert.rule else ""
    return (
        f"Compare what the rule {title}asks for with a ticket made by hand that fits; under Events of that ticket "
        f"stands which rules acted, and in which order.{asks}"
    )


def with_limits(alert: LiveAlert, result: AlertResult, said: str) -> tuple[AlertResult, str]:
    """The same, with what a copy of the rule has not shown."""
    rule = alert.rule
    if rule is None or not rule.needs_stand_in or result == "fail":
        return result, said
    asleep = f", which {sleeps(alert.asleep)}" if not rule.active and alert.asleep else ""
    missing = not_shown(alert)
    if not missing:
        return result, f"{said} Tried with a copy of its rule{asleep}."
    when = _WHEN_SEEN if rule.waits else "The first such ticket shows the rest."
    return "warn", f"{said} Tried with a copy of its rule{asleep}. Not shown, because {' and '.join(missing)}. {when}"


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
    other = "Look that word up under docs.slack.dev, method chat.postMessage, Errors; and see the call: " + _WEBHOOK
    return _ADVICE.get(why, other).format(channel=channel)


def _text_in(call: TrialCall | None) -> str:
    """The text that the helpdesk has sent."""
    try:
        said: Any = json.loads(call.sent) if call else None
    except ValueError:
        return ""
    return str(said.get("text") or "").strip() if isinstance(said, dict) else ""


def _dismissed(trials: Trials, seen: _Seen, mark: str) -> str:
    """What stayed there of the copy, in words."""
    if not seen.may_be_there:
        return ""
    try:
        copy = seen.stand_in or trials.stray(mark)
        if copy is not None:
            trials.dismiss(copy)
    except SystemFault as fault:
        named = f"“{seen.stand_in.title}”" if seen.stand_in else f"with “{mark}” in its title"
        return f"the trigger {named}, which acts on no other ticket, may still be there: {fault.why}"
    return ""


def _taken_back(alert: LiveAlert, posts: Posts, seen: _Seen, mark: str, begun: datetime) -> str:
    """What stayed there of the post, in words. One that may be a real ticket's is left alone; one that came only now
    is not."""
    if seen.not_ours:
        return f"the post in #{alert.channel}, which may be a real ticket's"
    try:
        if seen.post is None and seen.ticket is not None and not seen.unread:
            late = _Seen()  # without the call, so that only what names the ticket is found
            _look_for_post(alert, posts, begun, (mark, f"tickets/{seen.ticket.id}"), late)
            seen = late
        return posts.take_back(alert.channel_id, seen.post) if seen.post is not None else ""
    except SystemFault as fault:
        return f"the post is still there: {fault.why}"


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 200 else f"{one_line[:199]}…"
