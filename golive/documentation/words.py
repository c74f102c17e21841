"""What the words of closed sets mean. A word that is missing here is an error when the page is made."""

from __future__ import annotations

from config.kinds.roles import Rights
from config.vocabulary import (
    CLOCK_STATES,
    CURRENT_USER,
    MEDIA,
    METRICS,
    PRIORITIES,
    PRIVACY,
    SATISFACTION,
    STATUSES,
    TICKET_TYPES,
)
from provisioners.hubspot.field_types import METADATA as HUBSPOT
from provisioners.salesforce.field_types import METADATA

Meanings = dict[str, str]

_FIELD_TYPES: Meanings = {
    "text": "one line of text",
    "textarea": "several lines of text",
    "integer": "a whole number",
    "decimal": "a number with a decimal point",
    "date": "a day",
    "checkbox": "yes or no",
    "dropdown": "one of `options`",
    "multiselect": "several of `options`",
    "pattern": "a text that must match `pattern`, such as an order number",
    "lookup": "another record, such as an organisation",
    "card": "a card number of which only the last digits stay readable",
}
_ON_SOLVE: Meanings = {"on_solve": "before the ticket can be solved"}
_WAYS: Meanings = {
    "hourly": "rules of the helpdesk, which run once an hour",
    "watch": "golive's own watch, to the minute",
    "none": "no warning",
}

_LISTS: Meanings = {
    "use": "use those that are there",
    "own": "make and change one's own, too",
    "own_groups": "make and change those of one's groups, too",
    "all": "make and change all",
}

LITERALS: tuple[Meanings, ...] = (
    {
        "read": "they read its records",
        "edit": "they read and change them",
        "create": "they read, change and make them",
        "delete": "they read, change, make and delete them",
    },
    {
        "private": "only whose they are sees them",
        "read": "everybody reads them",
        "edit": "everybody reads and changes them",
    },
    {
        "admin": "changes rules, fields and people",
        "agent": "answers customers",
        "light_agent": "reads and writes notes; needs no paid seat",
    },
    {"never": "no invitation; the person gets no seat", "now": "with the next `golive up`"},
    _FIELD_TYPES,
    {
        word: meaning if word in {*METADATA, *HUBSPOT} else "neither Salesforce nor HubSpot has such a type"
        for word, meaning in {**_FIELD_TYPES, "currency": "an amount of money"}.items()
    },
    {"segments": "the keys under `segments:`"},
    {
        "hidden": "they do not see it",
        "see": "they see it and cannot change it",
        "edit": "they see it and can fill it in or change it",
    },
    {"hidden": "only the team reads it", "see": "everybody reads it"},
    {"never": "it may stay empty", **_ON_SOLVE},
    {"always": "at any time", **_ON_SOLVE},
    {
        word: "while the ticket is " + {"on_hold": "on hold", "new": "new"}.get(word, word)
        for word in ("new", "open", "pending", "on_hold", "solved")
    },
    {"agents": "the form that agents see", "customers": "the form that customers see"},
    {"organization": "a customer's company", "requester": "the person who asks"},
    {"voice": "telephone", "social": "social media", "api": "other programs that make tickets"},
    {"calendar": "every hour counts, day and night", "business": "only the hours of the ticket's schedule count"},
    _WAYS,
    {
        "GET": "asks; nothing is sent but `query`",
        "POST": "sends something new",
        "PUT": "replaces",
        "PATCH": "changes a part",
        "DELETE": "removes",
    },
    {"json": "as JSON", "xml": "as XML, below one outermost name", "form": "as a web form sends it: names and values"},
    {
        "new": "nobody has it yet",
        "open": "we have to act",
        "pending": "we wait for the customer",
        "on_hold": "we wait for somebody else",
        "solved": "done; an answer of the customer reopens it",
    },
    {
        "all": "every ticket",
        "own_groups": "those of one's groups",
        "own_and_public_groups": "those of one's groups and of groups that are public",
        "own_organization": "those of one's own organisation",
        "own": "those that are assigned to one",
    },
    {
        "see": "see them",
        "edit_own_organization": "change those of one's own organisation",
        "edit": "change them",
        "add": "change them and add new ones",
    },
    {"none": "not at all", **_LISTS},
    _LISTS,
    {"play": "only take what comes next in one", **_LISTS},
    {"none": "not at all", "see": "see them", "edit": "see, make and change them"},
    {"none": "not at all", "see": "see it", "edit": "make and change reports", "manage": "look after all of it"},
    {"read": "read", "topics": "change the community's topics", "manage": "look after all of it"},
    {"none": "not at all", "see": "see who is in it", "manage": "look after members and their roles"},
    {
        "urgent": "what many call P1",
        "high": "what many call P2",
        "normal": "what many call P3",
        "low": "what many call P4",
    },
    {"alphabetical": "by name", "manual": "in the order of these files"},
    {
        "mail_server_rule": "the mail server forwards only the mail of customers who are in it",
        "website_flag": "the website shows the channel only to customers who are in it",
        "link_only": "only who has the link finds it",
    },
    {
        "priority": "how urgent it is, in the tracker's own words",
        "description": "what it is about",
        "customer_impact": "what it does to the customer",
    },
    {
        "native_package": "the helpdesk's own package for the CRM, in whose pages a person enters the rows",
        "golive": "`golive context sync` carries the values over",
    },
    {
        "stripe": "an export of subscriptions with amount, quantity, interval, currency and status",
        "chargebee": "an export of subscriptions with monthly recurring revenue, currency code and status",
    },
    {
        "switch_off": "it stays in the system and is switched off",
        "delete": "it is deleted",
        "release": "it stays as it is, and golive forgets it",
    },
    {
        "build": "the team sets things up; no customer is there yet",
        "soft_launch": "some customers use it",
        "rollout": "all customers use it",
    },
    {"day_30": "30 days after the rollout", "day_60": "60 days after it", "day_90": "90 days after it"},
    {"created": "the ticket is new", "updated": "somebody has changed it or written on it"},
    {"public": "the customer reads it, as a mail", "internal": "a note that only the team reads"},
    {"next_sla_breach": "the next promise that would be broken", "due": "the due date of a task"},
    {"file": "a file of the workspace", "link": "an address", "either": "one of the two"},
    {"screenshot": "a picture", "link": "an address", "note": "a sentence"},
)
"""For each closed set of words in the models what its words mean."""

CHANNEL_TYPES: Meanings = {
    "email": "A support address.",
    "web_form": "A form on the help centre or the website.",
    "messaging": "The chat widget.",
    "voice, social, api": "A channel that only a person can set up.",
}

METRIC_WORDS: Meanings = {
    "first_reply": "from the ticket's creation to the first answer of a person",
    "next_reply": "from a customer's message to the next answer",
    "periodic_update": "from one answer to the next, while the ticket is open",
    "pausable_update": "the same, and the clock stops while we wait for the customer",
    "requester_wait": "all the time in which the customer waits for us",
    "agent_work": "all the time in which we work on it; waiting for the customer or others does not count",
    "total_resolution": "from the ticket's creation until it is solved",
}
CLOCK_WORDS: Meanings = {
    "created": "the ticket was made",
    "open": "it was opened",
    "pending": "it began to wait for the customer",
    "on_hold": "it began to wait for others",
    "solved": "it was solved",
    "closed": "it was closed",
    "assigned": "it got its assignee",
    "updated": "anything was last changed",
    "requester_update": "the customer last wrote",
    "assignee_update": "the assignee last wrote",
    "due": "its due date passed",
    "sla_breach": "a promise was last broken",
}
FIELD_WORDS: Meanings = {
    "status": "where the ticket is in its life",
    "status_detail": "the client's own status below it",
    "priority": "how pressing it is",
    "type": "what sort of ticket it is",
    "group": "the team that has it",
    "assignee": "the agent who has it",
    "requester": "the person who asks",
    "organization": "the customer's company; ask for its fields with `organization.KEY`",
    "brand": "the brand that was written to",
    "form": "the form with which it was made",
    "subject": "its headline",
    "comment_text": "the message that has just been written",
    "tags": "its tags",
    "via": "the medium in which it came",
    "received_at": "the support address at which it arrived",
    "privacy": "who can read the message that has just been written",
    "satisfaction": "what the customer said of our help",
    "reopens": "how often it was reopened",
    "replies": "how many public answers it has",
    "group_changes": "how many teams have had it",
    "current_user": "who makes the change that the rule looks at",
    "language": "the customer's language",
}
KEY_WORDS: Meanings = {
    "me": "the agent who looks or acts",
    "current_user": "whoever makes the change",
    "requester": "the person who asks",
    "assignee": "the agent who has the ticket",
}
"""Words that can stand in place of a person's key."""

VALUE_WORDS: dict[str, Meanings] = {
    "status": {
        "new": "nobody has it yet",
        "open": "we have to act",
        "pending": "we wait for the customer",
        "on_hold": "we wait for somebody else",
        "solved": "done; an answer of the customer reopens it",
        "closed": "done for good; nothing can be changed",
    },
    "priority": {
        "low": "what many call P4",
        "normal": "what many call P3",
        "high": "what many call P2",
        "urgent": "what many call P1",
    },
    "type": {
        "question": "a question",
        "incident": "one case of a problem",
        "problem": "the cause of several incidents",
        "task": "something to do, with a due date",
    },
    "via": {
        "email": "mail",
        "web_form": "a form",
        "messaging": "the chat widget",
        "chat": "the older live chat",
        "voice": "telephone",
        "social": "social media",
        "api": "another program",
        "sms": "text message",
        "whatsapp": "WhatsApp",
        "slack": "Slack",
        "rule": "a rule made it",
    },
    "privacy": {"public": "the customer, too", "private": "only the team"},
    "satisfaction": {
        "unoffered": "not asked yet",
        "offered": "asked, no answer",
        "good": "good",
        "good_with_comment": "good, with words",
        "bad": "bad",
        "bad_with_comment": "bad, with words",
    },
    "current_user": {"customer": "somebody outside the team", "agent": "somebody of the team"},
}
SHAPE_WORDS: Meanings = {
    "choice": "choice",
    "ordered": "choice with an order",
    "number": "number",
    "date": "date",
    "text": "text",
    "tags": "tags",
    "multiselect": "multiple choice",
    "checkbox": "checkbox",
    "lookup": "lookup",
}
"""What the sorts of fields are called."""

OPERATOR_WORDS: dict[str, tuple[str, str]] = {
    "is": ("{field: priority, is: urgent}", "has this value"),
    "is_not": ("{field: group, is_not: workshop}", "has another value, or none"),
    "empty": ("{field: group, empty: true}", "`true`: has no value; `false`: has one"),
    "is_one_of": ("{field: request_type, is_one_of: [repair, delivery]}", "has one of these values"),
    "is_none_of": ("{field: via, is_none_of: [api, rule]}", "has none of these values"),
    "at_least": ("{field: priority, at_least: high}", "is this or stands after it in the order"),
    "at_most": ("{field: status, at_most: on_hold}", "is this or stands before it in the order"),
    "before": ("{field: status, before: solved}", "stands before this in the order; of a date: is earlier"),
    "after": ("{field: priority, after: normal}", "stands after this in the order; of a date: is later"),
    "more_than": ("{field: reopens, more_than: 1}", "is a greater number"),
    "less_than": ("{field: replies, less_than: 2}", "is a smaller number"),
    "within_next": (
        "{field: organization.renewal_date, within_next: 30d}",
        "lies in the next days, counted from today",
    ),
    "within_last": ("{field: organization.renewal_date, within_last: 7d}", "lies in the last days"),
    "has": ("{field: tags, has: vip}", "this is among them"),
    "has_any": ("{field: tags, has_any: [vip, press]}", "at least one of these is among them"),
    "has_all": ("{field: parts, has_all: [battery, motor]}", "all of these are among them"),
    "has_none": ("{field: tags, has_none: [imported]}", "none of these is among them"),
    "has_word": ("{field: subject, has_word: [invoice, receipt]}", "holds at least one of these single words"),
    "has_no_word": ("{field: comment_text, has_no_word: [unsubscribe]}", "holds none of these single words"),
    "contains": ("{field: subject, contains: last warning}", "holds this phrase, word for word"),
    "contains_not": ("{field: subject, contains_not: Automatic reply}", "does not hold this phrase"),
    "changed": ("{field: assignee, changed: true}", "has just changed"),
    "changed_to": (
        "{field: priority, changed_to: urgent}",
        "has just become this; also when the ticket is made with it",
    ),
    "changed_from": ("{field: status, changed_from: solved}", "has just been this until now"),
    "not_changed": ("{field: priority, not_changed: true}", "has not just changed"),
    "not_changed_to": ("{field: status, not_changed_to: solved}", "has not just become this"),
    "not_changed_from": ("{field: status, not_changed_from: new}", "was not this until now"),
}
"""Operator → (example, what it asks)."""

NOTES: Meanings = {
    "company": "Nothing is made of it in the systems; texts and plans use it.",
    "segments": "Nothing is made of it in the systems. A field with `options_from: segments` has them as its options.",
    "priorities": "Nothing is made of it in the systems. The four keys are fixed; what your client calls them "
    "is their `name`, and plans show that.",
    "schedules": "A promise in business hours is counted on the schedule of the ticket: the first one, "
    "or the one that a trigger has set with `{set: schedule, to: KEY}`.",
    "people": "A person who is not invited yet can be named elsewhere all the same.",
    "channels": "What may be said depends on `type`.",
    "ticket_fields": "A `type` can never be changed. The options of a field have keys, too; rules name these. An "
    "option that leaves the files stays in the system, and can still be chosen, so that no ticket loses its value; a "
    "plan says how many tickets hold it. Only by hand is it removed there.",
    "customer_fields": "Conditions and actions name it `organization.KEY` or `requester.KEY`. The type card is for "
    "ticket fields only.",
    "settings": "Only what is said is written; all else stays as somebody has set it. When it leaves the files, "
    "nothing is put back.",
    "rollout": "[The soft launch](#the-soft-launch) says what golive makes of it, and what people set up by hand. When "
    "it leaves the files, the fence is switched off, and the mark stays with all that is ticked.",
    "triggers": "Triggers run from top to bottom, category by category, and a later one sees what an earlier one did.",
    "automations": "It needs a condition that stops being true once it has acted, such as a tag that it adds.",
    "sla_policies": "[Metrics](#metrics) says what is counted. A policy knows an organisation's field only by the tag "
    "of its option, so the field must be a dropdown, and tickets must take over their organisation's tags "
    "(`settings: {organization_tags: true}`, which the helpdesk calls “Tags on users and organizations”).",
    "webhooks": "Rules call it with the action `call`.",
    "brands": "Its help centre is enabled by a person, in the Admin Center: no interface of the vendor's does it.",
    "skills": "Enterprise plans only. Rules that ask tickets for skills are made in the vendor's pages.",
    "queues": "Professional plans and above, where tickets are routed to agents (omnichannel routing).",
    "tags": "Rules name a tag as it is. As soon as one is declared, a rule that uses another one gets a warning.",
    "on_call": "No system of the helpdesk's has it: checks and the runbook use it.",
    "order": "The chapter [Order](#order-of-rules-and-lists) says when it is needed.",
    "alerts": "The helpdesk gets a trigger for it, in a category of its own that comes last; one that waits for hours "
    "becomes an automation.",
    "dynamic_content": "Texts name it `{{dc:KEY}}`. A text in several languages that stands somewhere else becomes "
    "dynamic content of its own, without being declared here.",
    "views": "A view knows an organisation's field only by the tag of its option, as SLA policies do.",
    "ticket_forms": "The message is in each form and is not named. A field leaves the form together with the "
    "conditions that name it; golive makes the two calls that this takes.",
    "integrations": "Its parts may stand in different files. Each part below has a section of its own.",
    "help_center": "Its parts may stand in different files. Each part below has a section of its own.",
    "crm_objects": "Make it visible with `access`: nobody sees the records of a new object otherwise.",
    "crm_record_types": "Who may choose one for new records is said in the CRM's pages.",
    "crm_fields": "Make it visible with `access`: Salesforce hides a new field from everybody. HubSpot shows it.",
    "crm_field_groups": "HubSpot's; Salesforce has none, and golive says so. Without `group` a new field stands in the "
    "group of its object that HubSpot has for all.",
    "crm_pipelines": "HubSpot's; Salesforce has none, and golive says so. Stages stand in the order of the files. As "
    "long as tickets stand in a stage it cannot go; a plan says how many.",
    "crm_access": "Who reads contacts must read accounts, too: the CRM ties the one right to the other.",
    "crm_queues": "As long as records wait in a queue it cannot go; a plan says how many.",
    "crm_mapping": "With `native_package` a person enters the rows: say `by_hand: true`. More: docs/context.md.",
    "engineering_projects": "Which tracker it is says the environment file, under `tracker:`. In Linear these are "
    "teams.",
    "engineering_components": "Jira's; Linear has none, and golive says so.",
    "engineering_labels": "In Jira a label is there as soon as an issue carries it, so that nothing is made.",
    "escalations": "The helpdesk gets a macro for those groups, a trigger with its webhook, and a view of what was "
    "handed "
    "over; Linear also a template, and a webhook where `calls` is said. A ticket becomes one issue, however often the "
    "tag is added. The steps of a person stand in [engineering.md](engineering.md).",
}
"""What a newcomer should know of a kind beside its attributes."""

KINDS: Meanings = {
    "channels": "A way in which customers reach the team.",
    "custom_objects": "A sort of record of the client's own, such as a bike or a contract.",
    "deletion_schedules": "When old tickets are deleted.",
}
"""What kinds are whose models do not say it."""

LEFT_OUT: dict[tuple[str, str], str] = {
    ("Object", "was"): "it is new",
    ("Object", "on_remove"): "depends on the kind",
    ("Object", "existing"): "golive makes it",
    ("Object", "phase"): "awake at once",
    ("Object", "not_before"): "no milestone",
    ("Company", "locales"): "only the default one",
    ("Revenue", "from_"): "no lower end",
    ("Revenue", "below"): "no upper end",
    ("Role", "rights"): "the built-in role's",
    ("Option", "was"): "it is new",
    ("TriggerCategory", "order"): "as they stand in the file",
    ("Macro", "for_"): "everyone",
    ("View", "for_"): "everyone",
    ("Article", "for_"): "the whole team, or everybody where customers see it",
    ("Webhook", "auth"): "no sign-in",
    ("From", "until"): "never",
    ("CrmAccess", "name"): "the key",
    ("CrmQueue", "name"): "the key",
    ("Item", "source"): "none",
    ("Item", "drop"): "it counts",
    ("Item", "probe"): "another way",
    ("Item", "metric"): "another way",
    ("Item", "evidence"): "another way",
    ("Item", "sign_off"): "another way",
    ("Item", "by_hand"): "another way",
    ("Item", "lasts"): "for good",
    ("Item", "only_if"): "every project",
    ("Condition", "source"): "none",
    ("Condition", "drop"): "it counts",
    ("Condition", "only_if"): "every project",
    ("Gate", "decision"): "nobody decides, and it stays closed",
    ("Participant", "name"): "as in `config/`",
    ("Participant", "email"): "as in `config/`",
    ("FigureNeeded", "value"): "not set",
    ("FigureNeeded", "only_if"): "every project",
    ("TicketField", "customers"): "hidden from them",
    ("TicketField", "agents"): "never required",
    **{("Rights", name): "as in the built-in role" for name in Rights.model_fields},
    ("TicketForm", "customers"): "hidden from them",
    ("TicketForm", "brands"): "all of them",
    ("OnCall", "outside"): "around the clock",
    ("SkillValue", "was"): "it is new",
    ("TicketStatus", "customers"): "they see the agents' name",
    ("StatusForCustomers", "name"): "the agents' name",
    ("Article", "customers"): "hidden from them",
    **{
        ("Order", word): "as they stand in the file"
        for word in (
            "views", "automations", "triggers", "trigger_categories", "sla_policies", "queues", "macros",
            "ticket_fields", "ticket_forms", "help_center_categories", "help_center_sections", "articles",
        )
    },
}  # fmt: skip
"""(model, attribute) → what leaving it out means, where a value would not say it."""

FORMS: dict[tuple[str, str], str] = {
    ("Object", "existing"): "`true`, `vendor_default`, or a name",
    ("Object", "allow"): "map: id of a rule → your reason",
    ("Item", "allow"): "map: id of a rule → your reason",
    ("Gate", "entrance"): "map: your key → [condition](#a-condition)",
    ("Gate", "success"): "map: your key → [condition](#a-condition)",
    ("Gate", "outcome"): "map: your key → [condition](#a-condition)",
    ("Participant", "delegates"): "list of [delegations](#delegation)",
    ("Participant", "roles"): "list of [roles](#roles)",
    ("FigureNeeded", "value"): "as its form says",
    ("SoftLaunch", "entry"): "map: key of a channel → `mail_server_rule`, `website_flag`, `link_only`",
}
"""(model, attribute) → what may stand there, where the type says too little."""

SETS: tuple[tuple[tuple[str, ...], Meanings], ...] = (
    (METRICS, METRIC_WORDS),
    (CLOCK_STATES, CLOCK_WORDS),
    (STATUSES, VALUE_WORDS["status"]),
    (PRIORITIES, VALUE_WORDS["priority"]),
    (TICKET_TYPES, VALUE_WORDS["type"]),
    (MEDIA, VALUE_WORDS["via"]),
    (PRIVACY, VALUE_WORDS["privacy"]),
    (SATISFACTION, VALUE_WORDS["satisfaction"]),
    (CURRENT_USER, VALUE_WORDS["current_user"]),
)
"""Closed sets of the vocabulary with what their words mean; a test compares them."""


def of_literal(values: tuple[str, ...]) -> Meanings:
    """What the words of a closed set mean. Raises KeyError for a set that is not explained."""
    for meanings in LITERALS:
        if set(meanings) == set(values):
            return {word: meanings[word] for word in values}
    raise KeyError(f"no meanings for {', '.join(values)} in golive/documentation/words.py")
