"""What the actions of a rule do to the ticket in front of it.

Source: developer.zendesk.com, “Actions reference”. Actions are carried out one after the other. What goes to systems
that the sandbox does not have (`LEFT_OUT`) is accepted and does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.store import Row
from sandbox.zendesk.actor import is_agent
from sandbox.zendesk.rule_notifications import call_target, call_webhook, notify_group, notify_user
from sandbox.zendesk.subject_facts import person, user
from sandbox.zendesk.ticket_comments import html_of_text, written_comment
from sandbox.zendesk.ticket_placeholders import text_for
from sandbox.zendesk.ticket_state import settle
from sandbox.zendesk.ticket_update import TicketUpdate
from sandbox.zendesk.via import RULE, rule_via

LEFT_OUT = frozenset(
    {"notification_messaging_csat", "notification_sms_user", "notification_sms_group", "notification_zis"}
    | {"deflection", "side_conversation_slack", "share_ticket", "add_skills", "set_skills"}
)
"""Actions that reach beyond the account."""

Effect = Callable[[TicketUpdate, Any], set[str]]
"""Changes the ticket, and names the attributes that it has changed."""


def carry_out(update: TicketUpdate, rule: Row) -> bool:
    """Do what a rule asks for; True where the ticket is another one after it."""
    changed = False
    is_public = next((one["value"] for one in rule["actions"] if one["field"] == "comment_mode_is_public"), None)
    for action in rule["actions"]:
        name, value = action["field"], action["value"]
        if name in _SENDING:
            if isinstance(value, list):
                _SENDING[name](update, rule, value)
        elif name in _COMMENTS:
            if name != "comment_mode_is_public":
                changed |= _comment(update, rule, value, is_public, is_html=name.endswith("html"))
        else:
            changed |= _change(update, rule, name, value)
    return changed


def unknown_to_effects(name: str) -> bool:
    """Whether an action is one that this file does not know."""
    return not (name in _SENDING or name in _COMMENTS or name in LEFT_OUT or name in _EFFECTS or _field_effect(name))


def _change(update: TicketUpdate, rule: Row, name: str, value: Any) -> bool:
    effect = _EFFECTS.get(name) or _field_effect(name)
    if effect is None:
        return False
    before = dict(update.row)
    given = effect(update, value)
    settle(update.call, update.row, before, given, update.actor, by_rule=True)
    return update.tell_changes(before, "Change", via=rule_via(rule))


_COMMENTS = frozenset({"comment_value", "comment_value_html", "comment_mode_is_public"})
_SENDING: dict[str, Callable[[TicketUpdate, Row, list[Any]], None]] = {
    "notification_user": notify_user,
    "notification_group": notify_group,
    "notification_webhook": call_webhook,
    "notification_target": call_target,
}


# Attributes


def _word(name: str) -> Effect:
    def effect(update: TicketUpdate, value: Any) -> set[str]:
        update.row[name] = _first(value) or None
        return {name}

    return effect


def _first(value: Any) -> str:
    """The macros' spelling of some actions is a list of one."""
    one = value[0] if isinstance(value, list) and value else value
    return "" if one is None or one == [] else str(one)


def _id(name: str, table: str) -> Effect:
    """An id, a word for a person, or nothing; what is not there is left as it is."""

    def effect(update: TicketUpdate, value: Any) -> set[str]:
        key = person(update, _first(value)) if table == "users" else _first(value)
        found = update.account.rows(table).get(key)
        if key and (found is None or found.get("deleted") or found.get("active") is False):
            return set()
        if key and name == "assignee_id" and not (found and is_agent(found)):
            return set()
        update.row[name] = int(key) if key else None
        return {name}

    return effect


def _status(update: TicketUpdate, value: Any) -> set[str]:
    status = _first(value)
    if status == "new" and update.row["status"] != "new":
        return set()
    update.row["status"] = status or update.row["status"]
    return {"status"}


def _tags(value: Any) -> list[str]:
    pieces = value if isinstance(value, list) else str(value or "").split()
    return [str(one) for one in pieces]


def _set_tags(update: TicketUpdate, value: Any) -> set[str]:
    update.row["tags"] = _tags(value)
    return {"tags"}


def _add_tags(update: TicketUpdate, value: Any) -> set[str]:
    update.row["tags"] = list(dict.fromkeys([*update.row["tags"], *_tags(value)]))
    return {"tags"}


def _remove_tags(update: TicketUpdate, value: Any) -> set[str]:
    gone = set(_tags(value))
    update.row["tags"] = [tag for tag in update.row["tags"] if tag not in gone]
    return {"tags"}


def _schedule(update: TicketUpdate, value: Any) -> set[str]:
    key = _first(value)
    update.row["_schedule_id"] = int(key) if key in update.account.rows("schedules") else None
    return set()


def _copied(name: str, *, agents: bool) -> Effect:
    """Adds somebody to who is copied in: anybody as a CC, agents as followers."""

    def effect(update: TicketUpdate, value: Any) -> set[str]:
        who = user(update.account, person(update, _first(value)))
        if who is None or (agents and not is_agent(who)) or who["id"] in update.row[name]:
            return set()
        update.row[name] = [*update.row[name], who["id"]]
        return {name}

    return effect


def _locale(update: TicketUpdate, value: Any) -> set[str]:
    requester, key = user(update.account, update.row["requester_id"]), _first(value)
    if requester is not None and key.isdigit():
        requester["locale_id"] = int(key)
    return set()


def _offer_rating(update: TicketUpdate, value: Any) -> set[str]:
    update.row["satisfaction_rating"] = {"score": _first(value) or "offered"}
    return set()


def _subject(update: TicketUpdate, value: Any) -> set[str]:
    update.row["subject"] = text_for(update, _first(value))
    return {"subject"}


_EFFECTS: dict[str, Effect] = {
    "status": _status,
    "custom_status_id": _id("custom_status_id", "custom_statuses"),
    "type": _word("type"),
    "priority": _word("priority"),
    "group_id": _id("group_id", "groups"),
    "assignee_id": _id("assignee_id", "users"),
    "brand_id": _id("brand_id", "brands"),
    "ticket_form_id": _id("ticket_form_id", "ticket_forms"),
    "set_schedule": _schedule,
    "set_tags": _set_tags,
    "current_tags": _add_tags,
    "remove_tags": _remove_tags,
    "cc": _copied("email_cc_ids", agents=False),
    "follower": _copied("follower_ids", agents=True),
    "locale_id": _locale,
    "satisfaction_score": _offer_rating,
    "subject": _subject,
}


# Fields


def _field_effect(name: str) -> Effect | None:
    if name.startswith("custom_fields_"):
        return _ticket_field(int(name.removeprefix("custom_fields_")))
    owner, dot, key = name.partition(".custom_fields.")
    return _customer_field(owner, key) if dot else None


def _ticket_field(key: int) -> Effect:
    def effect(update: TicketUpdate, value: Any) -> set[str]:
        sent = value if isinstance(value, list | bool) else text_for(update, _first(value))
        others = [one for one in update.row["custom_fields"] if one["id"] != key]
        update.row["custom_fields"] = [*others, {"id": key, "value": _as_kept(update, key, sent)}]
        return {"custom_fields"}

    return effect


def _as_kept(update: TicketUpdate, key: int, value: Any) -> Any:
    field = update.account.rows("ticket_fields").get(str(key)) or {"type": "text"}
    if field["type"] == "checkbox":
        return value in (True, "true", "1")
    if field["type"] == "multiselect":
        return value if isinstance(value, list) else str(value).split()
    if field["type"] in ("integer", "decimal"):
        try:
            return int(value) if field["type"] == "integer" else float(value)
        except (TypeError, ValueError):
            return value or None
    return value if value not in ("", []) else None


def _customer_field(owner: str, key: str) -> Effect:
    table, fields, of = (
        ("organizations", "organization_fields", "organization_id")
        if owner == "organization"
        else ("users", "user_fields", "requester_id")
    )

    def effect(update: TicketUpdate, value: Any) -> set[str]:
        holder = update.account.rows(table).get(str(update.row[of]))
        if holder is not None and any(one["key"] == key for one in update.account.rows(fields).values()):
            holder[fields] = {**(holder.get(fields) or {}), key: value if value != "" else None}
        return set()

    return effect


# Comments


def _comment(update: TicketUpdate, rule: Row, value: Any, is_public: Any, *, is_html: bool) -> bool:
    """A comment of a rule. `["channel:all", text]` says for which channel it is meant."""
    text = text_for(update, str(value[-1] if isinstance(value, list) and value else value or ""))
    if not text:
        return False
    sent: Row = {"html_body": text} if is_html else {"body": text, "html_body": html_of_text(text)}
    sent["public"] = str(is_public).lower() != "false"
    at = update.account.now()
    comment = written_comment(update.call, sent, update.actor, {**rule_via(rule), "_number": RULE.number}, at)
    update.row["_comments"] = [*update.row["_comments"], comment]
    update.row["is_public"] = update.row["is_public"] or comment["public"]
    update.events.append({"id": comment["id"], "type": "Comment", "via": rule_via(rule)})
    return True
