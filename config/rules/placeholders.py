"""Placeholders in texts name what is there (grammar 29)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.kinds.actions import EmailAction
from config.kinds.conditions import EventCondition, FieldCondition
from config.placeholders import PLACEHOLDER, TARGETS, placeholders_in, texts_of
from config.rules.rule import Rule
from config.rules.scope import Scope, did_you_mean
from config.text import file_texts_in

_ROOTS = ("ticket", "current_user", "satisfaction", "agent", "comment", "account", "dc", "now")
"""What the helpdesk's own placeholders begin with; `organization` and `requester` stand below `ticket` there."""
_ROOT = re.compile(r"\{\{-?\s*([A-Za-z_][A-Za-z0-9_]*)([^}]*)\}\}")
OWNERS = ("organization", "requester")
_BLANKED = re.compile(
    r"\{\{-?\s*(ticket\.(?:title|description|(?:latest_|latest_public_|public_)?comments?(?:_[a-z]+)?))\b[^}]*\}\}"
)
"""What customers have written: the helpdesk leaves it out of mails to customers that a ticket's creation causes."""
_TICKET = re.compile(r"\{\{-?\s*ticket\.([a-z_]+)")
_OF_TICKETS = (
    "account", "assignee", "brand", "cc_names", "ccs", "collaborators", "comments", "comments_formatted",
    "created_at", "created_at_with_time", "created_at_with_timestamp", "current_holiday_name", "custom_status",
    "description", "due_date", "due_date_with_time", "due_date_with_timestamp", "email_cc_names", "email_ccs",
    "encoded_id", "external_id", "fields", "follower_names", "follower_reply_type_message", "followers", "group",
    "id", "in_business_hours", "latest_comment", "latest_comment_formatted", "latest_comment_html",
    "latest_comment_rich", "latest_public_comment", "latest_public_comment_formatted", "latest_public_comment_html",
    "latest_public_comment_rich", "link", "link_with_title", "organization", "priority", "public_comments",
    "public_comments_formatted", "requester", "requester_field", "role", "satisfaction", "score", "status",
    "submitter", "tags", "ticket_field", "ticket_field_option_title", "ticket_form", "ticket_type", "title", "type",
    "updated_at", "updated_at_with_time", "updated_at_with_timestamp", "url", "url_with_protocol",
    "verbatim_description", "via",
)  # fmt: skip
"""What the vendor's placeholder reference has below `ticket.`, and what accounts are known to use. The vendor calls no
list whole, so that another name is a warning, and no error; one that resembles these is most likely misspelt."""
_RESEMBLES = 0.8
_NO_TEXTS = ("pattern", "samples", "formula")
"""Attributes that other languages than Liquid are written in."""


_UNDOCUMENTED = Rule(
    "placeholders.undocumented",
    "warning",
    "A placeholder asks for something that the helpdesk does not document for tickets.",
    "The helpdesk shows nothing in its place, and tells nobody.",
    "Take one that it has, such as {{ticket.title}}; for a field of your own write {{ticket.fields.KEY}}. Where you "
    "have seen that it works, say so under `x-allow`.",
    source="the vendor's placeholder reference",
)
CATALOGUE = (
    Rule(
        "placeholders.syntax",
        "error",
        "A placeholder is not closed, or its Liquid is broken.",
        "The helpdesk refuses the text, or customers read the code.",
        "Close every brace and every block.",
        excused=True,
    ),
    Rule(
        "placeholders.unknown",
        "error",
        "A placeholder names something that is not there.",
        "Customers would see a gap.",
        "Correct the key, or declare what it names. For macros this is GL-M02 of the method.",
        excused=True,
    ),
    Rule(
        "placeholders.owner",
        "error",
        "A placeholder asks the wrong one for a field.",
        "An organization has no field of a person.",
        "Write the owner that the message names.",
        excused=True,
    ),
    Rule(
        "placeholders.part",
        "error",
        "A placeholder asks for a part that the field does not have.",
        "Only options have a title and a tag.",
        "Leave the part out.",
        excused=True,
    ),
    Rule(
        "placeholders.blank",
        "warning",
        "A mail to customers on a new ticket repeats what the customer wrote.",
        "The helpdesk leaves it blank, so that spam is not sent on.",
        "Leave it out of this mail.",
    ),
    Rule(
        "placeholders.spelling",
        "warning",
        "A placeholder resembles one that the helpdesk has.",
        "A misspelt one shows nothing.",
        "Write it as the message says.",
    ),
    _UNDOCUMENTED,
)


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        if item.kind in ("integrations", "help_center"):  # what stands in them are objects of their own
            continue
        for path, text in (*scope.texts(item), *_in_files(item, scope)):
            if path[0] in _NO_TEXTS:
                continue
            yield from _liquid(item, path, text, scope)
            for target, key in placeholders_in(text):
                if not scope.knows(target, key):
                    yield item.finding(
                        "placeholders.unknown", "error", path,
                        f"a placeholder names `{key}`, which is not among the {target.replace('_', ' ')}",
                        scope.nearest(target, key),
                    )  # fmt: skip
            yield from _owners(item, path, text, scope)
            yield from _parts(item, path, text, scope)
    for item in scope.declaration.of("triggers").values():
        yield from _blanked(item)


def _in_files(item: Declared, scope: Scope) -> Iterator[tuple[Path_, str]]:
    """Texts that stand in files, with the path of the file's name."""
    for path, text in file_texts_in(item.value):
        if text.file in scope.declaration.contents:
            yield (*path, "file"), scope.declaration.contents[text.file]


def _owners(item: Declared, path: Path_, text: str, scope: Scope) -> Iterator[Finding]:
    """A customer's field is asked for by whose it is."""
    for found in PLACEHOLDER.finditer(text):
        field = scope.declaration.get("customer_fields", found["field"] or "")
        if found["owner"] in OWNERS and field and field.value.of and field.value.of != found["owner"]:
            yield item.finding(
                "placeholders.owner", "error", path,
                f"`{found[0]}` stays empty: `{field.key}` is a field of the {field.value.of}",
                f"Write {{{{{field.value.of}.fields.{field.key}}}}}.",
            )  # fmt: skip


def _parts(item: Declared, path: Path_, text: str, scope: Scope) -> Iterator[Finding]:
    """Behind a field's key only `.tag` can stand, where options have tags, and filters; anything else stays empty."""
    for found in PLACEHOLDER.finditer(text):
        if not found["owner"]:
            continue
        part, rest = found["part"], found["rest"].strip().removesuffix("-").strip()
        field = scope.declaration.get(TARGETS[found["owner"]], found["field"])
        has_tags = field is None or field.value.type in ("dropdown", None)
        if part in (None, ".tag" if has_tags else None) and (not rest or rest.startswith("|")):
            continue
        behind = f"{part or ''}{found['rest'].rstrip()}".strip()
        yield item.finding(
            "placeholders.part", "error", path,
            f"`{found[0]}` stays empty: `{behind}` cannot stand behind the field's key",
            "Write {{ticket.fields.KEY}}; or {{ticket.fields.KEY.tag}} for the tag of a dropdown's option.",
        )  # fmt: skip


def _blanked(item: Declared) -> Iterator[Finding]:
    at_creation = any(isinstance(each, EventCondition) and each.event == "created" for each in item.value.when)
    by_customers = at_creation and not any(map(_by_the_team, item.value.when))
    for index, action in enumerate(item.value.then or []):
        if not by_customers or not isinstance(action, EmailAction) or not action.email.startswith("requester"):
            continue
        for path, text in texts_of(action):
            for found in _BLANKED.finditer(text):
                yield item.finding(
                    "placeholders.blank", "warning", ("then", index, *path),
                    f"`{found[1]}` stays empty in a mail to customers about their new ticket",
                    "The helpdesk leaves out what customers wrote, so that nobody can send spam through you: "
                    "name the ticket by {{ticket.id}}.",
                )  # fmt: skip


def _by_the_team(condition: object) -> bool:
    """Whether a condition leaves out what customers do: to others the helpdesk shows everything."""
    if not isinstance(condition, FieldCondition) or condition.field != "current_user":
        return False
    return condition.is_not == "customer" or condition.is_ not in (None, "customer", "requester")


def _liquid(item: Declared, path: Path_, text: str, scope: Scope) -> Iterator[Finding]:
    if "{%" not in text:  # what Liquid tags assign can have any name
        for found in _ROOT.finditer(text):
            if found[1] in _ROOTS or PLACEHOLDER.fullmatch(found[0]):
                continue
            hint = did_you_mean(found[1], [*_ROOTS, *TARGETS])
            if found[1] in ("organization", "requester") and found[2].startswith("."):
                hint = (
                    f"Write {{{{ticket.{found[1]}{found[2].rstrip()}}}}}, or {found[1]}.fields.KEY for your own fields."
                )
            yield item.finding(
                "placeholders.unknown", "error", path, f"a placeholder begins with `{found[1]}`, which names nothing",
                hint,
            )  # fmt: skip
    for found in _TICKET.finditer(text):
        name = found[1].rstrip("_")
        if name in _OF_TICKETS:
            continue
        message = f"`ticket.{name}` is none of the helpdesk's placeholders and would stay empty"
        near = get_close_matches(name, _OF_TICKETS, n=1, cutoff=_RESEMBLES)
        if near:
            hint = f"Did you mean `ticket.{near[0]}`?"
            yield item.finding("placeholders.spelling", "warning", path, message, hint)
        elif scope.knows("ticket_fields", name):
            hint = f"Write {{{{ticket.fields.{name}}}}}: it is a field of your own."
            yield item.finding("placeholders.undocumented", "warning", path, message, hint)
        else:
            yield item.finding("placeholders.undocumented", "warning", path, message, _UNDOCUMENTED.fix)
    for opening, closing, what in (("{{", "}}", "placeholder"), ("{%", "%}", "Liquid tag")):
        if text.count(opening) != text.count(closing):
            yield item.finding(
                "placeholders.syntax", "error", path,
                f"a {what} is not closed: {text.count(opening)} × `{opening}` and {text.count(closing)} × `{closing}`",
                f"Each `{opening}` needs its `{closing}`.",
            )  # fmt: skip
