"""What placeholders in notifications and webhooks mean: the ticket, its people and comments, dynamic content.

Source: support.zendesk.com, “Zendesk placeholders reference” and “Understanding placeholder suppression rules in
ticket triggers”. What a customer wrote into a new ticket is not sent back to customers by a trigger while the ticket
is being made; which placeholders that hits is not wholly public: here those of comments and the description. The
setting `suppress_placeholders: false` switches it off.
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.actor import is_agent
from sandbox.zendesk.business_hours import calendar_of, schedule_of
from sandbox.zendesk.encoded_ids import encoded_id
from sandbox.zendesk.liquid import Shown, rendered
from sandbox.zendesk.subject_facts import in_hours, user
from sandbox.zendesk.ticket_comments import html_of_text
from sandbox.zendesk.ticket_update import TicketUpdate
from sandbox.zendesk.ticket_values import value_of
from sandbox.zendesk.via import way_of

CHANNELS = {"web": "Web form", "email": "Mail", "api": "Web service", "chat": "Chat", "sms": "Text"}
Of = TypeVar("Of")


class Parts(Mapping[str, Any], Generic[Of]):
    """What can be asked of something, found out when a template asks. other: what a name means that is not listed."""

    def __init__(
        self, of: Of, known: Mapping[str, Callable[[Of], Any]], other: Callable[[Of, str], Any] | None = None
    ) -> None:
        self._of, self._known, self._other = of, known, other

    def __getitem__(self, name: str) -> Any:
        known = self._known.get(name)
        if known is not None:
            return known(self._of)
        return self._other(self._of, name) if self._other else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


@dataclass(frozen=True)
class Reading:
    """A ticket as somebody reads of it. customer: an end user, who sees public comments only."""

    update: TicketUpdate
    customer: bool
    locale_id: int | None

    @property
    def account(self) -> Account:
        """The account whose ticket it is."""
        return self.update.account

    @property
    def row(self) -> Row:
        """The ticket as it is now."""
        return self.update.row

    @cached_property
    def everything(self) -> list[Row]:
        """The comments that may be sent, oldest first."""
        wanted = self.account.settings.get("suppress_placeholders", True)
        hides = wanted and self.customer and self.update.creates and not is_agent(self.update.actor)
        return [] if hides else list(self.row["_comments"])

    @cached_property
    def public(self) -> list[Row]:
        """The public ones."""
        return [one for one in self.everything if one["public"]]

    @property
    def seen(self) -> list[Row]:
        """Those that the reader sees."""
        return self.public if self.customer else self.everything

    @property
    def path(self) -> str:
        """Where the reader finds the ticket, without the protocol."""
        host = f"{self.account.subdomain}.zendesk.com"
        return f"{host}/hc/requests/{self.row['id']}" if self.customer else f"{host}/agent/tickets/{self.row['id']}"


def texts_for(update: TicketUpdate, templates: list[str], *, customer: bool, locale_id: int | None = None) -> list[str]:
    """Templates with their placeholders filled in. customer: an end user reads them, in the language `locale_id`."""
    reading = Reading(update, customer, locale_id)
    return [rendered(one, Parts(reading, _ROOTS)) if "{{" in one or "{%" in one else one for one in templates]


def text_for(update: TicketUpdate, template: str) -> str:
    """A template as agents and systems read it."""
    return texts_for(update, [template], customer=False)[0]


def _dynamic_content(reading: Reading, name: str) -> str | None:
    """The variant in the reader's language, else the default one. It may hold placeholders itself."""
    for item in reading.account.rows("items").values():
        if item["placeholder"] != "{{dc." + name + "}}":
            continue
        variants = [one for one in reading.account.rows("variants").values() if one["_parent"] == str(item["id"])]
        variants = [one for one in variants if one["active"]]
        own = next((one for one in variants if one["locale_id"] == reading.locale_id), None)
        found = own or next((one for one in variants if one["default"]), None)
        without = {key: value for key, value in _ROOTS.items() if key != "dc"}
        return rendered(str(found["content"]), Parts(reading, without)) if found else None
    return None


# People


def _user(account: Account, row: Row | None) -> Mapping[str, Any] | None:
    return None if row is None else Parts((account, row), _USER)


Owned = tuple[Account, Row]


def _plain(*names: str) -> dict[str, Callable[[Owned], Any]]:
    return {name: lambda of, name=name: of[1][name] for name in names}  # type: ignore[misc]


_USER: dict[str, Callable[[Owned], Any]] = {
    **_plain("id", "name", "email", "phone", "external_id", "role", "locale", "signature", "details", "notes"),
    **_plain("time_zone"),
    "first_name": lambda of: str(of[1]["name"]).partition(" ")[0],
    "last_name": lambda of: str(of[1]["name"]).partition(" ")[2],
    "language": lambda of: of[1]["locale"],
    "tags": lambda of: " ".join(of[1]["tags"]),
    "organization": lambda of: _organization(of[0], of[1]["organization_id"]),
    "custom_fields": lambda of: Parts((*of, "user_fields"), {}, _customer_field),
}
_ORGANIZATION: dict[str, Callable[[Owned], Any]] = {
    **_plain("id", "name", "details", "notes", "external_id"),
    "tags": lambda of: " ".join(of[1]["tags"]),
    "custom_fields": lambda of: Parts((*of, "organization_fields"), {}, _customer_field),
}


def _organization(account: Account, key: Any) -> Mapping[str, Any] | None:
    row = account.rows("organizations").get(str(key))
    return None if row is None else Parts((account, row), _ORGANIZATION)


def _customer_field(of: tuple[Account, Row, str], key: str) -> Any:
    """A dropdown's value is its tag, and has the option's name as `title`."""
    account, owner, table = of
    found = (owner.get(table) or {}).get(key)
    definition = next((one for one in account.rows(table).values() if one["key"] == key), None)
    if definition is None or definition["type"] != "dropdown" or found in (None, ""):
        return found
    return Shown(str(found), {"title": _option_name(definition, found)})


def _option_name(field: Row, value: Any) -> str:
    options = field.get("custom_field_options") or []
    return next((str(one["name"]) for one in options if one["value"] == value), str(value))


# The ticket


def _day(text: str) -> str:
    year, month, day = text[:10].split("-")
    return f"{month_name[int(month)]} {int(day)}, {year}"


def _channel(row: Row) -> str:
    way = way_of(row["via"]["channel"])
    return CHANNELS.get(way.channel, way.channel.capitalize()) if way else ""


def _copied(reading: Reading) -> list[Row]:
    found = [user(reading.account, key) for key in reading.row["email_cc_ids"]]
    return [one for one in found if one]


def _holiday(reading: Reading) -> str | None:
    schedule = schedule_of(reading.account, reading.row)
    if schedule is None:
        return None
    return calendar_of(reading.account, schedule).holiday(reading.account.store.clock())


def _field(reading: Reading, name: str) -> Any:
    """`ticket_field_ID`, and `ticket_field_option_title_ID` for the chosen option's name."""
    key = name.rpartition("_")[2]
    field = reading.account.rows("ticket_fields").get(key)
    if field is None or not name.startswith("ticket_field_"):
        return None
    found = value_of(reading.row, key)
    if name.startswith("ticket_field_option_title_"):
        chosen = found if isinstance(found, list) else [found] if found else []
        return ", ".join(_option_name(field, one) for one in chosen)
    return " ".join(map(str, found)) if isinstance(found, list) else found


def _description(reading: Reading) -> str:
    shows = reading.everything and (not reading.customer or reading.row["_comments"][0]["public"])
    return str(reading.row["description"]) if shows else ""


def _person(name: str) -> Callable[[Reading], Any]:
    return lambda of: _user(of.account, user(of.account, of.row[name]))


def _row(table: str, name: str) -> Callable[[Reading], Any]:
    return lambda of: of.account.rows(table).get(str(of.row[name]))


def _html(comments: Callable[[Reading], list[Row]]) -> Callable[[Reading], str]:
    return lambda of: "".join(one["html_body"] for one in comments(of)[-1:])


_TICKET: dict[str, Callable[[Reading], Any]] = {
    "id": lambda of: of.row["id"],
    "encoded_id": lambda of: encoded_id(of.row["id"]),
    "title": lambda of: of.row["subject"],
    "account": lambda of: str(of.account.settings.get("name", "Sandbox")),
    "external_id": lambda of: of.row["external_id"],
    "link": lambda of: f"https://{of.path}",
    "url": lambda of: of.path,
    "url_with_protocol": lambda of: f"https://{of.path}",
    "status": lambda of: str(of.row["status"] or "").replace("hold", "on-hold").capitalize(),
    "priority": lambda of: str(of.row["priority"] or "").capitalize(),
    "ticket_type": lambda of: str(of.row["type"] or "").capitalize(),
    "via": lambda of: _channel(of.row),
    "tags": lambda of: " ".join(of.row["tags"]),
    "due_date": lambda of: of.row["due_at"],
    "due_date_with_timestamp": lambda of: of.row["due_at"],
    "created_at": lambda of: _day(of.row["created_at"]),
    "created_at_with_timestamp": lambda of: of.row["created_at"],
    "updated_at": lambda of: _day(of.row["updated_at"]),
    "updated_at_with_timestamp": lambda of: of.row["updated_at"],
    "brand": _row("brands", "brand_id"),
    "group": _row("groups", "group_id"),
    "ticket_form": lambda of: (_row("ticket_forms", "ticket_form_id")(of) or {}).get("display_name"),
    "requester": _person("requester_id"),
    "requester_field": lambda of: (user(of.account, of.row["requester_id"]) or {}).get("name"),
    "submitter": _person("submitter_id"),
    "assignee": _person("assignee_id"),
    "organization": lambda of: _organization(of.account, of.row["organization_id"]),
    "cc_names": lambda of: ", ".join(str(one["name"]) for one in _copied(of)),
    "email_cc_names": lambda of: ", ".join(str(one["name"]) for one in _copied(of)),
    "ccs": lambda of: [_user(of.account, one) for one in _copied(of)],
    "in_business_hours": lambda of: str(in_hours(of.update, None)).lower(),
    "current_holiday_name": _holiday,
    "description": _description,
    "verbatim_description": _description,
    "comments": lambda of: [_comment(of, one) for one in of.seen],
    "public_comments": lambda of: [_comment(of, one) for one in of.public],
    "latest_comment": lambda of: _latest(of, of.seen),
    "latest_public_comment": lambda of: _latest(of, of.public),
    "latest_comment_html": _html(lambda of: of.seen),
    "latest_public_comment_html": _html(lambda of: of.public),
    "latest_comment_rich": _html(lambda of: of.seen),
    "latest_public_comment_rich": _html(lambda of: of.public),
    "latest_comment_formatted": lambda of: _formatted(of, of.seen[-1:]),
    "latest_public_comment_formatted": lambda of: _formatted(of, of.public[-1:]),
    "comments_formatted": lambda of: _formatted(of, of.seen),
    "public_comments_formatted": lambda of: _formatted(of, of.public),
}
_ROOTS: dict[str, Callable[[Reading], Any]] = {
    "ticket": lambda of: Parts(of, _TICKET, _field),
    "current_user": lambda of: _user(of.account, of.update.actor),
    "agent": lambda of: _user(of.account, of.update.actor) if is_agent(of.update.actor) else None,
    "satisfaction": lambda of: {"current_rating": (of.row.get("satisfaction_rating") or {}).get("score")},
    "dc": lambda of: Parts(of, {}, _dynamic_content),
}


# Comments


def _comment(reading: Reading, comment: Row) -> Mapping[str, Any]:
    return Parts((reading.account, comment), _COMMENT)


_COMMENT: dict[str, Callable[[Owned], Any]] = {
    "id": lambda of: of[1]["id"],
    "value": lambda of: of[1]["body"],
    "value_rich": lambda of: html_of_text(of[1]["body"]),
    "created_at": lambda of: _day(of[1]["created_at"]),
    "created_at_with_time": lambda of: of[1]["created_at"],
    "is_public": lambda of: of[1]["public"],
    "author": lambda of: _user(of[0], user(of[0], of[1]["author_id"])),
    "attachments": lambda of: [
        {"filename": one.get("file_name"), "url": one.get("content_url")} for one in of[1]["attachments"]
    ],
}


def _latest(reading: Reading, comments: list[Row]) -> Shown | None:
    """A comment whose own name shows its text, with its parts behind a point."""
    return Shown(comments[-1]["body"], _comment(reading, comments[-1])) if comments else None


def _formatted(reading: Reading, comments: list[Row]) -> str:
    """The newest first: who wrote it and when, and the text."""
    return "\n\n".join(
        f"{(user(reading.account, one['author_id']) or {}).get('name')}, {_day(one['created_at'])}:\n\n{one['body']}"
        for one in reversed(comments)
    )
