"""What people call each attribute and its values: no word of the YAML or of a vendor that is not a word of theirs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from golive.wording.sleep import PHASES


@dataclass(frozen=True)
class Phrase:
    """One attribute in words.

    said: what it is called. yes, no: what is said where it becomes true or false. values: words of a closed set →
    people's. kind: the kind of which its values are keys. is_known: it stands in the table.
    """

    said: str
    yes: str = ""
    no: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    is_known: bool = True


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z0-9]*)+")
"""The code of a language with its country, which is written as it is."""


def plain(word: str) -> str:
    """A word of the YAML or of a vendor as people read it: `first_reply`, `firstReply` → `first reply`."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word)
    return re.sub(r"[\s_]+", " ", spaced).strip().lower()


def phrase_of(kind: str, path: str) -> Phrase:
    """What an attribute is called: by its path, `*` in the table standing for one step.

    Steps that the table does not go into follow in plain words (`text.de` → `text, de`). What it does not know at all
    is a setting of the vendor's own.
    """
    steps = path.split(".")
    if steps[0] == "x-allow" and steps[1:]:
        return Phrase(f"exception from golive's check “{plain(steps[-1].replace('-', ' '))}”")
    for length in range(len(steps), 0, -1):
        found = _found(kind, steps[:length])
        if found is not None:
            rest = [step if _LANGUAGE.fullmatch(step) else plain(step) for step in steps[length:]]
            return replace(found, said=", ".join([found.said, *rest])) if rest else found
    return Phrase(f"the vendor's own setting “{', '.join(plain(step) for step in steps)}”", is_known=False)


def _found(kind: str, steps: list[str]) -> Phrase | None:
    """The entry of a path; what `*` stands for goes into its words."""
    own, path = PHRASES.get(kind, {}), ".".join(steps)
    exact = own.get(path) or COMMON.get(path)
    if exact is not None:
        return exact
    for pattern, phrase in own.items():
        wanted = pattern.split(".")
        if len(wanted) == len(steps) and all(one in ("*", step) for one, step in zip(wanted, steps, strict=True)):
            word = next((plain(step) for one, step in zip(wanted, steps, strict=True) if one == "*"), "")
            said, yes, no = (text.replace("*", word) for text in (phrase.said, phrase.yes, phrase.no))
            return replace(phrase, said=said, yes=yes, no=no)
    return None


_NAME = Phrase("name")
_ACTIVE = Phrase("active", yes="switched on", no="switched off")
_WAKES = {"build": "the beginning", **PHASES}
_LEAVING = {
    "switch_off": "it is switched off",
    "delete": "it is deleted",
    "delete_ours": "it is deleted where golive made it",
    "release": "it stays as it is",
}
_LIKE = {"admin": "administrator", "agent": "agent", "light_agent": "light agent"}
_TYPES = {
    "text": "one line of text",
    "textarea": "several lines of text",
    "integer": "a whole number",
    "decimal": "a number",
    "currency": "an amount of money",
    "date": "a date",
    "checkbox": "a tick box",
    "dropdown": "a choice of one",
    "multiselect": "a choice of several",
    "pattern": "a text of a certain form",
    "lookup": "a link to another record",
    "card": "a card number",
}
_CLOCKS = {"calendar": "around the clock", "business": "in business hours"}
_WAYS = {"hourly": "once an hour", "watch": "to the minute", "none": "not at all"}
_ENTRIES = {
    "mail_server_rule": "a rule of the mail server",
    "website_flag": "a switch of the website",
    "link_only": "a link alone",
}
_LISTS = {
    "use": "they use them",
    "own": "they make their own",
    "own_groups": "they make and change those of their groups",
    "all": "they make and change all",
}
_REPORTS = {"none": "they do not see them", "see": "they see them", "edit": "they make and change them"}
_PEOPLE = Phrase("people", kind="people")
_FROM_SEGMENTS = Phrase("choices come from", values={"segments": "the segments"})

COMMON: Mapping[str, Phrase] = {
    "was": Phrase("former key in these files"),
    "on_remove": Phrase("when it leaves these files", values=_LEAVING),
    "existing": Phrase(
        "there already as",
        yes="it is there already: it is looked up and never written",
        no="golive makes it",
        values={"vendor_default": "a rule that came with the helpdesk"},
    ),
    "phase": Phrase("awake from", values=_WAKES),
    "phase.from": Phrase("awake from", values=_WAKES),
    "phase.until": Phrase("awake until", values=_WAKES),
    "not_before": Phrase("may wake at", values=_WAKES),
    "waits_for_crm": Phrase(
        "sleeps until the CRM is full enough",
        yes="sleeps until the CRM holds enough of what it asks for",
        no="no longer sleeps because of what the CRM lacks",
    ),
    "why": Phrase("why"),
    "by_hand": Phrase("by hand", yes="it is done by hand", no="golive does it"),
    "x-allow": Phrase("exception from golive's checks"),
    "name": _NAME,
    "active": _ACTIVE,
    "type": Phrase("type", values=_TYPES),
    "people": _PEOPLE,
    "help.customers": Phrase("help for customers"),
    "help.agents": Phrase("help for agents"),
    "zendesk": Phrase("in Zendesk"),
    "salesforce": Phrase("in Salesforce"),
}
"""What every object may carry, and what means the same wherever it stands."""

_TARGETS = {"organization": "organisations", "requester": "people", "ticket": "tickets"}
_FIELD: Mapping[str, Phrase] = {
    "options": Phrase("choices"),
    "options_from": _FROM_SEGMENTS,
    "pattern": Phrase("form that values must have"),
    "samples.good": Phrase("values that must fit"),
    "samples.bad": Phrase("values that must not fit"),
    "to": Phrase("points to", values=_TARGETS),
    "of": Phrase("belongs to", values={"organization": "organisations", "requester": "people"}),
}
_CUSTOMERS: Mapping[str, Phrase] = {
    "customers.can": Phrase(
        "customers", values={"hidden": "do not see it", "see": "see it", "edit": "see it and fill it in"}
    ),
    "customers.name": Phrase("name that customers see"),
    "customers.required": Phrase("required", yes="customers must fill it in", no="customers may leave it empty"),
}
_COLUMNS = {
    "sla": "time until the next promise is missed",
    "number": "number of the ticket",
    "created": "time it was made",
    "assigned": "time it was assigned",
    "solved": "time it was solved",
    "updated": "time it was changed",
    "due": "time it is due",
    "requester_update": "time the requester last wrote",
    "assignee_update": "time the assignee last changed it",
    "updated_by": "who changed it last",
    "latest_comment": "latest comment",
    "organization": "organisation",
    "satisfaction": "rating",
}
"""Columns of views whose word is not what people say."""
_COLUMN = Phrase("column", kind="ticket_fields", values=_COLUMNS)
_RULE: Mapping[str, Phrase] = {
    "category": Phrase("category", kind="trigger_categories"),
    "replaces": Phrase("takes the place of the vendor's rule"),
    "to": Phrase("posts to", kind="slack_channels"),
    "text": Phrase("text"),
    "for": Phrase("who sees it"),
}

PHRASES: Mapping[str, Mapping[str, Phrase]] = {
    "company": {
        "domain": Phrase("internet domain"),
        "default_locale": Phrase("language of texts that name none"),
        "locales": Phrase("languages"),
        "time_zone": Phrase("time zone"),
    },
    "segments": {
        "arr.from": Phrase("yearly revenue from"),
        "arr.below": Phrase("yearly revenue below"),
    },
    "roles": {
        "like": Phrase("like the built-in role", values=_LIKE),
        "rights.tickets": Phrase(
            "tickets that they see",
            values={
                "all": "all",
                "own_groups": "those of their groups",
                "own_and_public_groups": "those of their groups and of public ones",
                "own_organization": "those of their organisation",
                "own": "their own",
            },
        ),
        "rights.comments": Phrase(
            "what they write on tickets", values={"public": "answers and notes", "internal": "notes only"}
        ),
        "rights.customers": Phrase(
            "customers' profiles",
            values={
                "see": "they see them",
                "edit_own_organization": "they change those of their organisation",
                "edit": "they change them",
                "add": "they add and change them",
            },
        ),
        "rights.customer_lists": Phrase("lists of customers", values={"none": "none", **_LISTS}),
        "rights.macros": Phrase("macros", values=_LISTS),
        "rights.views": Phrase("views", values={"play": "they take what comes next in them", **_LISTS}),
        "rights.reports": Phrase("reports", values=_REPORTS),
        "rights.analytics": Phrase("analytics", values={**_REPORTS, "manage": "they look after all"}),
        "rights.help_center": Phrase(
            "help centre", values={"read": "they read", "topics": "they edit topics", "manage": "they look after it"}
        ),
        "rights.team": Phrase(
            "the team", values={"none": "they do not see it", "see": "they see it", "manage": "they look after it"}
        ),
        "zendesk.description": Phrase("description in the admin centre"),
        "rights.*": Phrase("right: *", yes="has the right: *", no="does not have the right: *"),
    },
    "people": {
        "email": Phrase("mail address"),
        "role": Phrase("role", kind="roles", values={**_LIKE, "end-user": "customer"}),
        "groups": Phrase("groups", kind="groups"),
        "default_group": Phrase("first group", kind="groups"),
        "active": Phrase("signing in", yes="may sign in", no="cannot sign in (suspended)"),
        "invite": Phrase("invited", values={"never": "never", "now": "at once"}),
        "invite.phase": Phrase("invited at", values=_WAKES),
        "zendesk.alias": Phrase("name that customers see"),
    },
    "schedules": {
        "time_zone": Phrase("time zone"),
        "hours.mon": Phrase("Monday"),
        "hours.tue": Phrase("Tuesday"),
        "hours.wed": Phrase("Wednesday"),
        "hours.thu": Phrase("Thursday"),
        "hours.fri": Phrase("Friday"),
        "hours.sat": Phrase("Saturday"),
        "hours.sun": Phrase("Sunday"),
    },
    "on_call": {
        "rota": Phrase("where the rota stands"),
        "hand_over": Phrase("the turn changes at"),
        "outside": Phrase("on call outside the hours", kind="schedules"),
        "priorities": Phrase("called for", values={word: word for word in ("urgent", "high", "normal", "low")}),
    },
    "tags": {"name": Phrase("what it means"), "tag": Phrase("the tag itself")},
    "brands": {
        "subdomain": Phrase("first part of its address"),
        "default": Phrase(
            "default brand",
            yes="tickets that name no brand are of this one",
            no="tickets that name no brand are of another one",
        ),
        "signature": Phrase("what stands under agents' mails"),
        "zendesk.host_mapping": Phrase("address of its help centre"),
    },
    "skills": {
        "values": Phrase("skills"),
        "values.*": Phrase("skill *"),
        "values.*.name": Phrase("name of the skill *"),
        "values.*.people": Phrase("who has the skill *", kind="people"),
        "values.*.was": Phrase("former key of the skill *"),
    },
    "queues": {
        "priority": Phrase("place among queues that an agent could take from"),
        "groups": Phrase("groups that get its tickets", kind="groups"),
        "fallback_groups": Phrase("groups that get them where nobody else is free", kind="groups"),
        "zendesk.description": Phrase("description in the admin centre"),
        "others": Phrase("all others"),
    },
    "channels": {
        "brand": Phrase("brand", kind="brands"),
        "type": Phrase(
            "type",
            values={
                "email": "support address",
                "web_form": "web form",
                "messaging": "messaging",
                "voice": "telephone",
                "social": "social media",
                "api": "interface",
            },
        ),
        "name": Phrase("name that customers see"),
        "address": Phrase("address"),
        "forwards_from": Phrase("mail is forwarded from"),
        "default": Phrase(
            "first address",
            yes="tickets without an address are answered from it",
            no="tickets without an address are not answered from it",
        ),
        "form": Phrase("form", kind="ticket_forms"),
        "hours": Phrase("hours", kind="schedules"),
        "when_closed": Phrase("text outside these hours"),
    },
    "ticket_fields": {
        **_FIELD,
        **_CUSTOMERS,
        "agents.required": Phrase(
            "agents",
            values={"never": "may leave it empty", "on_solve": "must fill it in before they solve a ticket"},
        ),
    },
    "ticket_statuses": {
        "category": Phrase(
            "below the status",
            values={"new": "new", "open": "open", "pending": "pending", "on_hold": "on hold", "solved": "solved"},
        ),
        "customers.name": Phrase("name that customers see"),
        "default": Phrase(
            "default of its category",
            yes="tickets that come into its category have it",
            no="tickets that come into its category have another one",
        ),
    },
    "customer_fields": _FIELD,
    "custom_objects": {
        "plural": Phrase("name of several"),
        "fields": Phrase("fields"),
        "fields.*": Phrase("field *"),
        "fields.*.type": Phrase("field *: type", values=_TYPES),
        "fields.*.active": Phrase("field *: active", yes="field *: switched on", no="field *: switched off"),
        "fields.*.options_from": replace(_FROM_SEGMENTS, said="field *: choices come from"),
        "fields.*.to": Phrase("field *: points to", values=_TARGETS),
    },
    "ticket_forms": {
        **_CUSTOMERS,
        "default": Phrase(
            "default",
            yes="tickets without another form have it",
            no="tickets without another form have another one",
        ),
        "fields": Phrase("fields", kind="ticket_fields"),
        "conditions": Phrase("what depends on the value of a field"),
        "brands": Phrase("brands that have it", kind="brands"),
    },
    "views": {
        **_RULE,
        "columns": replace(_COLUMN, said="columns"),
        "sort": replace(_COLUMN, said="sorted by"),
        "sort.by": replace(_COLUMN, said="sorted by"),
        "sort.ascending": Phrase("sorted", yes="the smallest or oldest first", no="the largest or newest first"),
        "group_by": replace(_COLUMN, said="grouped by"),
        "group_by.by": replace(_COLUMN, said="grouped by"),
        "group_by.ascending": Phrase(
            "groups", yes="the smallest or oldest group first", no="the largest or newest group first"
        ),
    },
    "deletion_schedules": {
        "of": Phrase(
            "deletes",
            kind="custom_objects",
            values={
                "tickets": "tickets",
                "customers": "customers",
                "attachments": "attachments",
                "bot_conversations": "conversations with the bot",
            },
        ),
    },
    "settings": {
        "organization_tags": Phrase(
            "tags of organisations",
            yes="tickets take over their organisation's tags",
            no="tickets do not take over their organisation's tags",
        ),
        "macro_order": Phrase("macros stand", values={"alphabetical": "by name", "manual": "in an order of their own"}),
        "languages": Phrase("languages"),
    },
    "dynamic_content": {
        "text": Phrase("text"),
        "zendesk.placeholder": Phrase("name in placeholders"),
    },
    "surveys": {"question": Phrase("question")},
    "triggers": _RULE,
    "automations": _RULE,
    "alerts": _RULE,
    "macros": {
        **_RULE,
        "files": Phrase("files that it adds to the comment"),
        "file_contents.*": Phrase("content of the file *"),
    },
    "trigger_categories": {
        "others": Phrase("all others"),
        "first": Phrase(
            "before all others stands", kind="trigger_categories", values={"rollout/rollout": "Rollout (golive)"}
        ),
    },
    "rollout": {
        "soft_launch": Phrase("soft launch"),
        "soft_launch.cohort.share": Phrase("share of all customers"),
        "soft_launch.cohort.segment": Phrase("segment that is in it", kind="segments"),
        "soft_launch.cohort.always": Phrase("in it in any case"),
        "soft_launch.cohort.never": Phrase("not in it in any case"),
        "soft_launch.cohort.internal": Phrase("your own people, who come first"),
        "soft_launch.entry.*": Phrase("what leads to *", values=_ENTRIES),
        "category": Phrase("category"),
        "mark": Phrase("mark of customers who are in it"),
        "mark.name": Phrase("name of the mark"),
        "mark.tag": Phrase("tag of the mark"),
        "mark.active": Phrase("mark", yes="the mark is switched on", no="the mark is switched off"),
    },
    "sla_policies": {
        "waits_for_crm": Phrase(
            "sleeps until the CRM is full enough",
            yes="sleeps until the CRM holds enough of what it asks for: it is not made meanwhile, and stays in force "
            "where it is there already",
            no="no longer sleeps because of what the CRM lacks",
        ),
        "others": Phrase("all others"),
        "hours": Phrase("counted", values=_CLOCKS),
        "warnings": Phrase("hourly warnings"),
        "warn.at": Phrase("warns once so much of the time is gone"),
        "warn.to": Phrase("who is warned"),
        "warn.how": Phrase("looked at", values=_WAYS),
        "warn.how.*": Phrase("looked at, *", values=_WAYS),
        "breach.to": Phrase("who hears of a missed promise"),
    },
    "group_sla_policies": {
        "groups": Phrase("groups", kind="groups"),
        "others": Phrase("all others"),
        "targets": Phrase("times"),
        "targets.group_ownership.*": Phrase("time with the group, *"),
        "hours": Phrase("counted", values=_CLOCKS),
        "hours.*": Phrase("counted, *", values=_CLOCKS),
    },
    "webhooks": {
        "url": Phrase("address"),
        "method": Phrase("called by"),
        "format": Phrase("form of what is sent", values={"json": "JSON", "xml": "XML", "form": "form fields"}),
        "auth": Phrase("how it signs in"),
        "auth.bearer": Phrase("signs in with the token"),
        "auth.basic.username": Phrase("signs in as"),
        "auth.basic.password": Phrase("signs in with the password"),
        "auth.api_key.header": Phrase("signs in with the header"),
        "auth.api_key.value": Phrase("secret in the header"),
        "auth.unknown": Phrase("signs in in a way that golive does not know"),
        "signing": Phrase("signing secret that the receiver has"),
    },
    "slack_user_groups": {
        "handle": Phrase("mentioned as"),
        "purpose": Phrase("what it is for"),
        "groups": Phrase("everybody in the groups", kind="groups"),
    },
    "slack_channels": {
        "incoming_webhook": Phrase("rules post through the incoming webhook"),
        "groups": Phrase("everybody in the groups", kind="groups"),
        "topic": Phrase("topic"),
        "purpose": Phrase("what it is for"),
        "private": Phrase("private", yes="only those who are invited see it", no="everybody in Slack sees it"),
        "archived": Phrase("archived", yes="archived", no="in use again"),
        "webhook.name": Phrase("name in the helpdesk"),
        "webhook.status": Phrase("is", values={"active": "switched on", "inactive": "switched off"}),
        "webhook.http_method": Phrase("called by"),
        "webhook.endpoint": Phrase("posts through"),
        "webhook.channel": Phrase("posts to", kind="slack_channels"),
        "webhook.auth": Phrase("signs in with the token"),
    },
    "crm_objects": {
        "plural": Phrase("several are called"),
        "record_name": Phrase("before the name of a record stands"),
        "numbered": Phrase("records are numbered as"),
        "sharing": Phrase(
            "records of others",
            values={
                "private": "seen by their owner only",
                "read": "read by everybody",
                "edit": "read and changed by everybody",
            },
        ),
    },
    "crm_record_types": {
        "object": Phrase("sort of", kind="crm_objects"),
        "process": Phrase("process"),
    },
    "crm_fields": {
        **_FIELD,
        "object": Phrase("belongs to", kind="crm_objects"),
        "to": Phrase("points to", kind="crm_objects"),
        "formula": Phrase("formula"),
        "group": Phrase("shown in the group", kind="crm_field_groups"),
    },
    "crm_field_groups": {"object": Phrase("belongs to")},
    "crm_pipelines": {
        "stages": Phrase("steps"),
        "stage_order": Phrase("order of the steps"),
        "stages.*.name": Phrase("name of the step *"),
        "stages.*.closed": Phrase("step *", yes="ends a ticket", no="leaves a ticket open"),
    },
    "crm_access": {
        "read": Phrase("fields that they see", kind="crm_fields"),
        "edit": Phrase("fields that they change", kind="crm_fields"),
        "objects": Phrase("what they do with records"),
        "objects.*": Phrase(
            "rights over * records",
            values={
                "read": "to read",
                "edit": "to read and change",
                "create": "to read, change and make",
                "delete": "to read, change, make and delete",
            },
        ),
    },
    "crm_queues": {
        "objects": Phrase("what waits in it", kind="crm_objects"),
        "people": Phrase("who takes from it", kind="people"),
    },
    "crm_mapping": {
        "written_by": Phrase(
            "carried over by", values={"native_package": "the vendor's own package", "golive": "golive"}
        ),
        "rows": Phrase("fields"),
        "billing": Phrase("revenue from billing"),
        "billing.from": Phrase("revenue from", values={"stripe": "Stripe", "chargebee": "Chargebee"}),
        "billing.file": Phrase("export of subscriptions"),
        "billing.account": Phrase("column with the account's id"),
        "billing.fills": Phrase("field for which revenue stands in", kind="crm_fields"),
    },
    "engineering_projects": {"existing": Phrase("key in the tracker")},
    "engineering_components": {
        "project": Phrase("project", kind="engineering_projects"),
        "lead": Phrase("who looks after it", kind="people"),
    },
    "engineering_labels": {
        "project": Phrase("project", kind="engineering_projects"),
        "color": Phrase("colour"),
    },
    "escalations": {
        **_RULE,
        "from": Phrase("groups that can do it", kind="groups"),
        "project": Phrase("project of the issue", kind="engineering_projects"),
        "issue_type": Phrase("type of the issue"),
        "components": Phrase("components of the issue", kind="engineering_components"),
        "labels": Phrase("labels of the issue", kind="engineering_labels"),
        "tag": Phrase("tag that asks for the issue"),
        "fields": Phrase("what fills the issue"),
        "body": Phrase("what is sent to the tracker"),
        "comes_back": Phrase("how its status comes back"),
        "comes_back.status": Phrase("field that shows how the issue stands", kind="ticket_fields"),
        "comes_back.at_first": Phrase("how it stands once the issue is made"),
        "comes_back.calls": Phrase("address that the tracker calls when an issue changes"),
        "comes_back.active": Phrase("call when an issue changes", yes="switched on", no="switched off"),
        "macro.name": Phrase("name of the macro"),
        "macro.active": Phrase("macro", yes="the macro is switched on", no="the macro is switched off"),
        "macro.then": Phrase("what the macro does"),
        "view.name": Phrase("name of the view"),
        "view.active": Phrase("view", yes="the view is switched on", no="the view is switched off"),
        "view.columns": replace(_COLUMN, said="columns of the view"),
        "view.sort.by": replace(_COLUMN, said="view sorted by"),
        "view.sort.ascending": Phrase("order in the view", yes="smallest first", no="largest first"),
        "view.for": Phrase("who sees the view", kind="groups"),
        "webhook": Phrase("webhook"),
        "macro": Phrase("macro"),
        "view": Phrase("view"),
        "template": Phrase("template"),
        "webhook.name": Phrase("webhook that makes the issue"),
        "webhook.status": Phrase("webhook", values={"active": "switched on", "inactive": "switched off"}),
        "webhook.endpoint": Phrase("address at which issues are made"),
        "webhook.user": Phrase("signs in there as"),
        "webhook.auth": Phrase("signs in there with the token"),
        "template.name": Phrase("template of such issues"),
        "template.project": Phrase("project of the template", kind="engineering_projects"),
        "template.labels": Phrase("labels in the template", kind="engineering_labels"),
        "template.text": Phrase("text of the template"),
    },
    "help_center": {
        "categories": Phrase("categories"),
        "sections": Phrase("sections"),
        "articles": Phrase("articles"),
    },
    "help_center_categories": {
        "order": Phrase("order of its sections", kind="help_center_sections"),
        "zendesk.description": Phrase("what readers see below its name"),
    },
    "help_center_sections": {
        "category": Phrase("category", kind="help_center_categories"),
        "section": Phrase("section above it", kind="help_center_sections"),
        "order": Phrase("order of its articles", kind="articles"),
        "sections": Phrase("order of its sections", kind="help_center_sections"),
        "zendesk.description": Phrase("what readers see below its name"),
    },
    "articles": {
        "name": Phrase("headline"),
        "section": Phrase("section", kind="help_center_sections"),
        "body": Phrase("text"),
        "pictures.*": Phrase("picture *"),
        "labels": Phrase("words by which it is found"),
        "customers.can": Phrase("customers", values={"hidden": "do not see it", "see": "read it"}),
        "for": Phrase("who of the team reads it", kind="groups"),
        "active": Phrase("published", yes="published", no="a draft, which nobody reads"),
        "readers": Phrase("who reads it", kind="groups"),
        "zendesk.user_segment": Phrase("who reads it", values={"signed_in": "everybody who has signed in"}),
        "zendesk.permission_group": Phrase("who of the team may change it"),
        "zendesk.promoted": Phrase(
            "promoted", yes="it stands out at the top of its section", no="it stands among the others"
        ),
        "zendesk.comments_disabled": Phrase(
            "comments", yes="readers cannot write below it", no="readers can write below it"
        ),
    },
    "order": {
        "*": Phrase("order of the *"),
    },
    "integrations": {
        "slack": Phrase("Slack"),
        "crm": Phrase("CRM"),
        "crm.account_key": Phrase("where the CRM's account id is kept", values={"external_id": "the external id"}),
        "crm.completeness.at_least": Phrase("share of accounts that must have a value"),
        "crm.completeness.of": Phrase("fields that must be full", kind="crm_fields"),
        "crm.completeness.too_empty.*.stand_in": Phrase("what people go by while * is too empty"),
        "crm.completeness.too_empty.*.owner": Phrase("who has * filled", kind="people"),
        "crm.completeness.too_empty.*.by": Phrase("day by which * is filled"),
        "engineering": Phrase("engineering"),
    },
}
"""Kind → attribute → what people call it; what stands in `COMMON` is not repeated."""
