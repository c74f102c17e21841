"""Who notices what of each kind: one table for all kinds of the vocabulary and their attributes. A kind or attribute
without an entry makes a test fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from golive.changes import verdicts
from golive.changes.verdicts import AGENTS_SEE, AUDIENCES, DESK, SEE, Case, Kind, Rule, Verdict
from stacks.difference import differences

_PROMISE = Verdict("customers", "it is what they are promised")
_SENDER = Verdict("customers", "they write to it and are answered from it")
_READ = Verdict("customers", "they read it")
_TEAM = Verdict("agents", "it is where they work")
_WORK = Verdict("agents", "they work with it")
_ROUTED = Verdict("agents", "it decides which tickets they are given")
_HOURS = Verdict("agents", "it is when they work")
_LABEL = Verdict("nobody", "only who looks after the helpdesk sees the name")
_BOOKS = Verdict("nobody", "only other systems have to do with it")
_FILES = Verdict("nobody", "it is for these files only")
_SORTED = Verdict("nobody", "it only sorts rules")
_LATER = Verdict("nobody", "it says what happens later")
_RULE_ORDER = verdicts.order(
    Verdict("agents", "rules run one after the other, and later ones see what earlier ones did"), "nothing is moved"
)
_ENGINEERS = Verdict("nobody", "only the engineers see it, in their tracker")
_HANDED_OVER = Verdict("agents", "it is how they hand tickets to engineering")
_CLOCK = Verdict("agents", "it is how long their group may keep a ticket")
_DELETES = Verdict("customers", "what they wrote or what is known of them is deleted")
_SHOWN_ORDER = verdicts.order(Verdict("customers", "they see it in this order"), "nothing is moved")
_FIRST_WINS = verdicts.order(
    Verdict("customers", "the first policy that fits a ticket is the promise"), "nothing is moved"
)


def judged(rule: Rule, case: Case) -> Verdict:
    """What an entry of the table says of a case."""
    return rule if isinstance(rule, Verdict) else rule(case)


def entry_of(table: Kind, path: str) -> Rule:
    """The entry of an attribute: the longest that its path begins with."""
    steps = path.removesuffix(" (order)").split(".")
    for length in range(len(steps), 0, -1):
        name = ".".join(steps[:length])
        for attributes in (table.attributes, COMMON):
            if name in attributes:
                return attributes[name]
    return table.other


def _settings(case: Case) -> Verdict:
    """Settings that stand in the files for the first time, or no more: each as if it was changed."""
    found = [
        judged(entry_of(KINDS[case.kind], each.path), replace(case, action="update", difference=each))
        for each in differences(dict(case.old), dict(case.new))
    ]
    return min(found, key=lambda verdict: AUDIENCES.index(verdict.audience), default=DESK)


def _whole(case: Case) -> Verdict:
    """An attribute that decides about the object as a whole."""
    return judged(KINDS[case.kind].whole, case)


COMMON: Mapping[str, Rule] = {
    "was": _FILES,
    "why": _FILES,
    "x-allow": _FILES,
    "by_hand": _FILES,
    "on_remove": _LATER,
    "existing": _whole,
    "phase": _whole,
    "not_before": _whole,
    "waits_for_crm": _whole,
}
"""What every object may carry."""


def _all(rule: Rule, *names: str) -> dict[str, Rule]:
    return dict.fromkeys(names, rule)


def _rules(*more: str) -> Kind:
    """Rules that act by themselves."""
    attributes: dict[str, Rule] = {
        "name": _LABEL,
        "then": verdicts.does,
        "replaces": Verdict("customers", "a rule of the vendor's, which may write to them, is switched on or off"),
        **_all(verdicts.acts, "active", "when", "when_any"),
        **_all(Verdict("agents", "rules run category by category"), *more),
    }
    return Kind(verdicts.acts, attributes)


_TICKET_FIELD: dict[str, Rule] = {
    "name": verdicts.field_name,
    "customers": SEE,
    "customers.name": verdicts.only_if_shown,
    "agents": Verdict("agents", "they must fill it in"),
    "help": AGENTS_SEE,
    "help.customers": verdicts.only_if_shown,
    **_all(verdicts.seen_by_customers, "type", "options", "options_from", "to", "active"),
    **_all(verdicts.filled_in, "pattern"),
    "samples": _FILES,
}

KINDS: Mapping[str, Kind] = {
    "company": Kind(
        _FILES, {**_all(_FILES, "name", "domain", "time_zone"), **_all(_READ, "default_locale", "locales")}
    ),
    "segments": Kind(AGENTS_SEE, {"name": AGENTS_SEE, "arr": _FILES}),
    "priorities": Kind(_FILES, {"name": _FILES}),
    "roles": Kind(verdicts.role, {"name": verdicts.role, **_all(DESK, "like", "rights")}),
    "people": Kind(
        _TEAM,
        {
            "name": Verdict("customers", "they see who answers them"),
            "zendesk.alias": Verdict("customers", "they see who answers them"),
            **_all(_TEAM, "email", "role", "groups", "default_group", "active"),
            "invite": _LATER,
        },
    ),
    "groups": Kind(_TEAM, {"name": _TEAM}),
    "schedules": Kind(_HOURS, {"name": _LABEL, **_all(_HOURS, "time_zone", "hours", "holidays")}),
    "on_call": Kind(_HOURS, _all(_HOURS, "name", "people", "rota", "hand_over", "outside", "priorities")),
    "brands": Kind(SEE, _all(SEE, "name", "subdomain", "default", "signature", "active"), SEE),
    "channels": Kind(
        _SENDER,
        _all(_SENDER, "type", "name", "address", "forwards_from", "brand", "default", "form", "hours", "when_closed"),
    ),
    "tags": Kind(_FILES, _all(_FILES, "name", "tag")),
    "ticket_fields": Kind(verdicts.seen_by_customers, _TICKET_FIELD),
    "ticket_forms": Kind(
        verdicts.seen_by_customers,
        {
            "name": verdicts.field_name,
            "customers": SEE,
            "customers.name": verdicts.only_if_shown,
            **_all(verdicts.seen_by_customers, "default", "fields", "conditions", "active", "brands"),
        },
    ),
    "ticket_statuses": Kind(
        verdicts.status,
        {
            "name": verdicts.status_name,
            **_all(SEE, "customers", "category", "default"),
            **_all(AGENTS_SEE, "active", "help"),
            "help.customers": SEE,
        },
        SEE,
    ),
    "customer_fields": Kind(
        AGENTS_SEE,
        {
            **_all(AGENTS_SEE, "name", "type", "of", "options", "options_from", "pattern", "to", "active", "help"),
            "samples": _FILES,
        },
    ),
    "trigger_categories": Kind(
        _SORTED,
        {
            **_all(_SORTED, "name", "others"),
            "first": Verdict("agents", "rules run one after the other, and later ones see what earlier ones did"),
            "order": _RULE_ORDER,
        },
    ),
    "triggers": _rules("category"),
    "automations": _rules(),
    "sla_policies": Kind(
        _PROMISE,
        {
            "name": AGENTS_SEE,
            **_all(_PROMISE, "when", "when_any", "targets", "hours"),
            **_all(Verdict("agents", "they are told in time"), "warn", "warnings", "breach"),
            "order": _FIRST_WINS,
            "others": _SORTED,
        },
    ),
    "group_sla_policies": Kind(
        _CLOCK,
        {
            **_all(_CLOCK, "name", "groups", "targets", "hours"),
            "order": verdicts.order(_CLOCK, "nothing is moved"),
            "others": _SORTED,
        },
    ),
    "macros": Kind(
        verdicts.macro_does,
        {
            **_all(_WORK, "name", "for", "help", "active"),
            "then": verdicts.macro_does,
            **_all(verdicts.macro_adds, "files", "file_contents"),
        },
    ),
    "views": Kind(
        _WORK,
        _all(_WORK, "name", "when", "when_any", "columns", "sort", "group_by", "for", "active"),
    ),
    "surveys": Kind(_READ, {"name": _LABEL, "question": _READ}),
    "webhooks": Kind(
        _BOOKS,
        {
            **_all(_BOOKS, "name", "url", "method", "format", "auth", "signing"),
            "active": Verdict("agents", "what it tells is not told, or told again"),
        },
        _BOOKS,
    ),
    "dynamic_content": Kind(_READ, {"name": _LABEL, "text": _READ}),
    "skills": Kind(_ROUTED, _all(_ROUTED, "name", "values")),
    "queues": Kind(
        _ROUTED,
        {
            **_all(_ROUTED, "name", "when", "when_any", "priority", "groups", "fallback_groups"),
            "order": verdicts.order(_ROUTED, "nothing is moved"),
            "others": _SORTED,
        },
    ),
    "help_center": Kind(_READ, _all(_READ, "categories", "sections", "articles")),
    "settings": Kind(
        _settings,
        {
            "organization_tags": Verdict("customers", "promises by segment depend on it"),
            "macro_order": _WORK,
            "languages": Verdict("customers", "they are answered in these languages"),
            "zendesk": verdicts.vendors_setting,
        },
    ),
    "rollout": Kind(
        verdicts.acts,
        {
            **_rules("category").attributes,
            "soft_launch": Verdict("customers", "it says who is served where"),
            "mark": AGENTS_SEE,
        },
    ),
    "order": Kind(
        _LATER,
        {
            **_all(_RULE_ORDER, "automations", "triggers", "trigger_categories"),
            **_all(verdicts.order(AGENTS_SEE, "nothing is moved"), "views", "macros", "ticket_fields", "ticket_forms"),
            "sla_policies": _FIRST_WINS,
            "group_sla_policies": verdicts.order(_CLOCK, "nothing is moved"),
            "queues": verdicts.order(_ROUTED, "nothing is moved"),
            **_all(_SHOWN_ORDER, "help_center_categories", "help_center_sections", "articles"),
        },
    ),
    "scenarios": Kind(_FILES, _all(_FILES, "name", "ticket", "events", "expect")),
    "custom_objects": Kind(_WORK, _all(_WORK, "name", "plural", "help", "fields")),
    "deletion_schedules": Kind(
        _DELETES, {"name": _LABEL, **_all(_DELETES, "of", "when", "when_any", "active")}, _LABEL
    ),
    "integrations": Kind(_WORK, _all(_WORK, "slack", "crm", "engineering")),
    "slack_channels": Kind(
        verdicts.channel_in_slack,
        {
            **_all(_TEAM, "name", "topic", "purpose", "private", "people", "groups"),
            "webhook": _BOOKS,
            "incoming_webhook": _BOOKS,
        },
        verdicts.channel_in_slack,
    ),
    "slack_user_groups": Kind(_TEAM, _all(_TEAM, "name", "handle", "purpose", "people", "groups", "active")),
    "alerts": Kind(
        Verdict("agents", "they are told of it in Slack"),
        {
            "name": _LABEL,
            **_all(Verdict("agents", "they are told of it in Slack"), "to", "when", "when_any", "text", "active"),
            "then": verdicts.does,
        },
    ),
    "crm_objects": Kind(_WORK, _all(_WORK, "name", "plural", "record_name", "numbered", "sharing")),
    "crm_record_types": Kind(_WORK, _all(_WORK, "object", "name", "help", "process", "active")),
    "crm_fields": Kind(
        _WORK, _all(_WORK, "object", "name", "type", "to", "formula", "options", "options_from", "group")
    ),
    "crm_field_groups": Kind(_WORK, _all(_WORK, "object", "name")),
    "crm_access": Kind(DESK, {"name": _LABEL, **_all(DESK, "read", "edit", "objects", "people")}),
    "crm_queues": Kind(_WORK, _all(_WORK, "name", "objects", "people")),
    "crm_pipelines": Kind(_WORK, _all(_WORK, "name", "stages", "stage_order")),
    "crm_mapping": Kind(AGENTS_SEE, _all(AGENTS_SEE, "written_by", "rows", "billing")),
    "engineering_projects": Kind(_BOOKS, _all(_BOOKS, "name")),
    "engineering_components": Kind(_ENGINEERS, _all(_ENGINEERS, "name", "project", "lead")),
    "engineering_labels": Kind(_ENGINEERS, _all(_ENGINEERS, "name", "project", "color")),
    "escalations": Kind(
        _HANDED_OVER,
        {
            **_all(_HANDED_OVER, "name", "from", "active", "view", "macro", "tag", "when", "when_any", "then"),
            **_all(_HANDED_OVER, "project", "issue_type", "components", "labels", "fields", "body", "comes_back"),
            **_all(_BOOKS, "webhook", "template"),
        },
    ),
    "help_center_categories": Kind(_READ, {**_all(_READ, "name", "zendesk.description"), "order": _SHOWN_ORDER}),
    "help_center_sections": Kind(
        _READ,
        {
            **_all(_READ, "name", "category", "section", "zendesk.description"),
            **_all(_SHOWN_ORDER, "order", "sections"),
        },
    ),
    "articles": Kind(
        verdicts.readers,
        {
            **_all(verdicts.readers, "name", "section", "body", "labels", "active", "zendesk.promoted"),
            **_all(verdicts.readers, "zendesk.comments_disabled", "pictures"),
            **_all(Verdict("customers", "it says who reads it"), "customers", "for", "zendesk.user_segment"),
            "readers": Verdict("agents", "only they read it"),
            "zendesk.permission_group": Verdict("agents", "it says who of them may change it"),
        },
    ),
}
"""What is noticed, by kind."""
