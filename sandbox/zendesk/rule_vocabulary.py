"""Which fields and operators rules may use, by sort of rule: the vendor's conditions and actions references."""

from __future__ import annotations

from dataclasses import dataclass

CHOICE = frozenset({"is", "is_not"})
ORDER = frozenset({"less_than", "greater_than"})
WORDS = frozenset({"includes", "not_includes"})
CHANGE = frozenset({"changed", "not_changed", "value", "value_previous", "not_value", "not_value_previous"})
TEXTS = frozenset({"includes_words", "not_includes_words", "includes_string", "not_includes_string"})
PRESENCE = frozenset({"present", "not_present"})
DATES = frozenset(
    {"is", "is_not", "less_than", "less_than_equal", "greater_than", "greater_than_equal"}
    | {"within_previous_n_days", "within_next_n_days"}
)
HOURS = frozenset({"is", "less_than", "greater_than"}) | frozenset(
    {"is_business_hours", "less_than_business_hours", "greater_than_business_hours"}
)

STATUSES = frozenset({"new", "open", "pending", "hold", "solved", "closed"})
TYPES = frozenset({"", "question", "incident", "problem", "task"})
PRIORITIES = frozenset({"", "low", "normal", "high", "urgent"})

ROUTING = frozenset({"queue", "skill"})
"""What routes tickets: the vendor gives no table of its fields, so it has those of views but for hours."""
ALL = frozenset({"trigger", "automation", "view", "sla_policy"}) | ROUTING
TRIGGERS = frozenset({"trigger"})
TIMED = frozenset({"automation", "view"})
HOUR_FIELDS = (
    "NEW",
    "OPEN",
    "PENDING",
    "HOLD",
    "SOLVED",
    "CLOSED",
    "assigned_at",
    "updated_at",
    "requester_updated_at",
    "assignee_updated_at",
    "due_date",
    "until_due_date",
    "sla_next_breach_at",
    "until_sla_next_breach_at",
)
"""Fields that count whole hours."""


@dataclass(frozen=True)
class ConditionField:
    """A field of conditions: its operators, the rules that know it, its closed set of values if it has one."""

    operators: frozenset[str]
    rules: frozenset[str]
    values: frozenset[str] | None = None
    refers_to: str | None = None


@dataclass(frozen=True)
class ActionField:
    """A field of actions; `least` is the number of items where its value is a list."""

    rules: frozenset[str]
    values: frozenset[str] | None = None
    refers_to: str | None = None
    least: int | None = None


NO_SLA = frozenset({"trigger", "automation", "view"}) | ROUTING

CONDITIONS: dict[str, ConditionField] = {
    "status": ConditionField(CHOICE | ORDER | CHANGE, NO_SLA, STATUSES),
    "custom_status_id": ConditionField(CHOICE | WORDS | CHANGE, ALL),
    "type": ConditionField(CHOICE | CHANGE, ALL, TYPES),
    "ticket_type_id": ConditionField(CHOICE, frozenset({"sla_policy"}), frozenset({"1", "2", "3", "4"})),
    "priority": ConditionField(CHOICE | ORDER | CHANGE, NO_SLA, PRIORITIES),
    "group_id": ConditionField(CHOICE | WORDS | CHANGE, ALL | {"group_sla_policy"}, refers_to="groups"),
    "assignee_id": ConditionField(CHOICE | WORDS | CHANGE, ALL, refers_to="users"),
    "requester_id": ConditionField(CHOICE | WORDS | CHANGE, ALL, refers_to="users"),
    "organization_id": ConditionField(CHOICE | WORDS | CHANGE, ALL, refers_to="organizations"),
    "brand_id": ConditionField(CHOICE | WORDS | CHANGE, ALL, refers_to="brands"),
    "ticket_form_id": ConditionField(CHOICE | WORDS | CHANGE, ALL, refers_to="ticket_forms"),
    "current_tags": ConditionField(WORDS, ALL),
    "via_id": ConditionField(CHOICE | WORDS, ALL),
    "current_via_id": ConditionField(CHOICE | WORDS, ALL),
    "recipient": ConditionField(CHOICE, ALL),
    "subject_includes_word": ConditionField(CHOICE | WORDS, TRIGGERS),
    "description_includes_word": ConditionField(CHOICE | WORDS, TIMED),
    "comment_includes_word": ConditionField(CHOICE | WORDS, TRIGGERS),
    "comment_is_public": ConditionField(
        CHOICE, TRIGGERS, frozenset({"true", "false", "not_relevant", "requester_can_see_comment"})
    ),
    "ticket_is_public": ConditionField(CHOICE, TRIGGERS | {"automation"}, frozenset({"public", "private"})),
    "update_type": ConditionField(CHOICE, TRIGGERS, frozenset({"Create", "Change"})),
    "role": ConditionField(CHOICE, TRIGGERS),
    "requester_role": ConditionField(CHOICE, TRIGGERS),
    "current_user_id": ConditionField(CHOICE, TRIGGERS),
    "satisfaction_score": ConditionField(CHOICE | ORDER | CHANGE, NO_SLA),
    "satisfaction_reason_code": ConditionField(CHOICE | CHANGE, NO_SLA),
    "locale_id": ConditionField(CHOICE | WORDS, ALL),
    "reopens": ConditionField(frozenset({"is"}) | ORDER, TRIGGERS),
    "replies": ConditionField(frozenset({"is"}) | ORDER, TRIGGERS),
    "agent_stations": ConditionField(frozenset({"is"}) | ORDER, TRIGGERS),
    "group_stations": ConditionField(frozenset({"is"}) | ORDER, TRIGGERS),
    "in_business_hours": ConditionField(CHOICE, TRIGGERS, frozenset({"true", "false"})),
    "within_schedule": ConditionField(CHOICE, TRIGGERS, refers_to="schedules"),
    "schedule_id": ConditionField(CHOICE, ALL, refers_to="schedules"),
    "on_a_holiday": ConditionField(CHOICE, TRIGGERS),
    "exact_created_at": ConditionField(DATES, frozenset({"sla_policy", "view"})),
    "attachment": ConditionField(CHOICE, TRIGGERS),
    "cc": ConditionField(CHOICE | PRESENCE, TRIGGERS),
    "number_of_incidents": ConditionField(frozenset({"is"}) | ORDER, NO_SLA),
    **{field: ConditionField(HOURS, TIMED) for field in HOUR_FIELDS},
}
CUSTOM_FIELD_OPERATORS = CHOICE | ORDER | WORDS | TEXTS | CHANGE | PRESENCE | DATES
"""Of customers' fields; the vendor gives no table of them."""
_FILLED: dict[str, frozenset[str]] = {"trigger": PRESENCE}


def _everywhere(operators: frozenset[str]) -> dict[str, frozenset[str]]:
    return {rule: operators | CHANGE if rule == "trigger" else operators for rule in ALL}


TICKET_FIELD_OPERATORS: dict[str, dict[str, frozenset[str]]] = {
    "tagger": _everywhere(CHOICE | PRESENCE),
    "multiselect": _everywhere(WORDS | PRESENCE),
    "checkbox": _everywhere(CHOICE),
    "date": _everywhere(DATES | PRESENCE),
    "lookup": {"trigger": CHOICE | PRESENCE | CHANGE, "view": CHOICE | PRESENCE},
    **dict.fromkeys(("text", "textarea", "integer", "decimal", "regexp", "partialcreditcard"), _FILLED),
}
"""Type of a custom ticket field → sort of rule → operators: the vendor's "Using custom ticket fields in business rules
and views". That table is silent about changes, which triggers offer for fields with values of their own."""
NEEDS_A_TAG = ("automation", "view")
"""Where a checkbox is known only if it sets a tag; the same table."""
CUSTOM_FIELD_RULES: dict[str, frozenset[str]] = {
    "custom_fields_": ALL,
    "ticket_fields_": frozenset({"sla_policy"}),
    "requester.custom_fields.": TRIGGERS | {"automation"},
    "user.custom_fields.": TRIGGERS | {"automation"},
    "organization.custom_fields.": TRIGGERS | {"automation"},
}
"""Prefixes of conditions on custom fields: by id, and by key for customers."""

RULES = frozenset({"trigger", "automation"})
WITH_MACROS = RULES | {"macro"}
MACROS = frozenset({"macro"})

ACTIONS: dict[str, ActionField] = {
    "status": ActionField(WITH_MACROS, STATUSES - {"new"}),
    "custom_status_id": ActionField(WITH_MACROS),
    "type": ActionField(WITH_MACROS, TYPES),
    "priority": ActionField(WITH_MACROS, PRIORITIES),
    "group_id": ActionField(WITH_MACROS, refers_to="groups"),
    "assignee_id": ActionField(WITH_MACROS, refers_to="users"),
    "brand_id": ActionField(WITH_MACROS, refers_to="brands"),
    "ticket_form_id": ActionField(WITH_MACROS, refers_to="ticket_forms"),
    "set_schedule": ActionField(TRIGGERS, refers_to="schedules"),
    "set_tags": ActionField(WITH_MACROS),
    "current_tags": ActionField(WITH_MACROS),
    "remove_tags": ActionField(WITH_MACROS),
    "cc": ActionField(WITH_MACROS),
    "follower": ActionField(WITH_MACROS),
    "locale_id": ActionField(RULES),
    "satisfaction_score": ActionField(RULES),
    "notification_user": ActionField(RULES, least=3),
    "notification_group": ActionField(RULES, least=3),
    "notification_target": ActionField(RULES, least=2),
    "notification_webhook": ActionField(RULES, least=2),
    "notification_messaging_csat": ActionField(RULES),
    "notification_sms_user": ActionField(RULES, least=2),
    "notification_sms_group": ActionField(RULES, least=2),
    "notification_zis": ActionField(RULES),
    "deflection": ActionField(TRIGGERS),
    "side_conversation_slack": ActionField(WITH_MACROS),
    "side_conversation": ActionField(MACROS),
    "side_conversation_ticket": ActionField(MACROS),
    "share_ticket": ActionField(RULES),
    "add_skills": ActionField(TRIGGERS),
    "set_skills": ActionField(TRIGGERS),
    "comment_value": ActionField(WITH_MACROS),
    "comment_value_html": ActionField(WITH_MACROS),
    "comment_mode_is_public": ActionField(WITH_MACROS),
    "subject": ActionField(WITH_MACROS),
}
CUSTOM_FIELD_ACTIONS: dict[str, frozenset[str]] = {
    "custom_fields_": WITH_MACROS,
    "requester.custom_fields.": RULES,
    "organization.custom_fields.": RULES,
}
WORDS_FOR_IDS = frozenset(
    {"", "current_user", "requester_id", "assignee_id", "current_groups", "all_agents", "group_id"}
    | {"requester_and_ccs", "current_user_group"}
)
"""What may stand instead of an id."""
WITHOUT_OPERATOR = frozenset(
    {"attachment", "cc", "comment_is_public", "description_includes_word", "in_business_hours", "recipient"}
    | {"ticket_is_public", "update_type"}
)
"""Conditions whose operator may be left out; it is `is` then."""
VALUELESS = frozenset({"changed", "not_changed", "present", "not_present"})
"""Operators whose value is null or empty."""
