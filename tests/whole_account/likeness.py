"""What an account holds, from raw HTTP, so that two accounts can be compared: ids are the names of what they are ids
of, and what only the vendor says (times, addresses of the API, who wrote it) is left out."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Call = Callable[[str], Row]

_ID = re.compile(r"\d{14,}|[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The vendor's three sorts of ids."""
_WRITTEN_BY = re.compile(r"(created|updated|edited)_at|(created|updated)_by(_user_id|_id)?|author_id")
_LINK_ENDS = re.compile(r"(/articles/\[articles: [^\n\"]*?\]+)-[\w%-]+")
"""The headline in an article's address, which leads nowhere else."""
IN_EVERY_FORM = tuple(
    f" / {kind}]" for kind in ("subject", "description", "status", "custom_status", "group", "assignee")
)
"""How the names of fields end that the vendor has in every form: where they stand among the others, no file says."""
_BETWEEN_TAGS = re.compile(r">\s+<")
_DIRECTIONS = {"group_order": "group_by", "sort_order": "sort_by"}
"""Which way a view sorts says nothing where it sorts by nothing."""
LEFT_OUT = frozenset(
    {"url", "html_url", "content_url", "usage_24h", "id", "position", "order", "team_member_count", "size"}
)
SETS = {"variants": ("locale_id",), "policy_metrics": ("metric", "priority"), "translations": ("locale",)}
"""Lists whose order says nothing, and by what their parts are told apart."""
"""Places are compared by the order in which a list shows its objects, where it has one."""


@dataclass(frozen=True)
class Listed:
    """A list of the vendor's. ordered: the place in it says something. named: what tells its objects apart."""

    name: str
    path: str
    many: str = ""
    named: tuple[str, ...] = ("name",)
    ordered: bool = False
    within: str = ""
    """The attribute that names what each is in: the order counts in there."""


LISTS = (
    Listed("organizations", "organizations"),
    Listed("groups", "groups"),
    Listed("custom_roles", "custom_roles"),
    Listed("users", "users?role[]=admin&role[]=agent", named=("email",)),
    Listed("group_memberships", "group_memberships", named=("user_id", "group_id")),
    Listed("schedules", "business_hours/schedules"),
    Listed("brands", "brands"),
    Listed("recipient_addresses", "recipient_addresses", named=("email",)),
    Listed("items", "dynamic_content/items"),
    Listed("custom_objects", "custom_objects", named=("key",)),
    Listed("custom_statuses", "custom_statuses", named=("agent_label",)),
    Listed("ticket_fields", "ticket_fields", named=("title", "type")),
    Listed("organization_fields", "organization_fields", named=("key",)),
    Listed("user_fields", "user_fields", named=("key",)),
    Listed("ticket_forms", "ticket_forms", ordered=True),
    Listed("webhooks", "webhooks"),
    Listed("trigger_categories", "trigger_categories", ordered=True),
    Listed("triggers", "triggers", named=("title", "category_id"), ordered=True, within="category_id"),
    Listed("automations", "automations", named=("title",), ordered=True),
    Listed("attributes", "routing/attributes"),
    Listed("queues", "queues", ordered=True),
    Listed("sla_policies", "slas/policies", named=("title",), ordered=True),
    Listed("group_sla_policies", "group_slas/policies", named=("title",), ordered=True),
    Listed("macros", "macros?access=shared", named=("title",), ordered=True),
    Listed("views", "views?access=shared", named=("title",), ordered=True),
    Listed("deletion_schedules", "deletion_schedules", named=("title",)),
    Listed("user_segments", "help_center/user_segments"),
    Listed("permission_groups", "guide/permission_groups"),
    Listed("categories", "help_center/categories?include=translations", ordered=True),
    Listed("sections", "help_center/sections?include=translations", named=("name", "category_id"), ordered=True,
           within="category_id"),
    Listed("articles", "help_center/articles?include=translations", named=("title", "section_id"), ordered=True,
           within="section_id"),
)  # fmt: skip
"""Everything, so that what names another thing comes behind it."""


@dataclass
class Account:
    """What is in an account. objects: list → name → what it says. orders: list, and what it is within → names."""

    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    orders: dict[str, list[str]] = field(default_factory=dict)


def read_account(url: str) -> Account:
    """Everything that is in the sandbox's account at this address."""
    reader = _Reader(lambda path: _call(url, path))
    for listed in LISTS:
        reader.read(listed)
    reader.inner()
    return reader.account


def _call(url: str, path: str) -> Row:
    address = path if path.startswith("http") else f"{url}/zendesk/api/v2/{path}"
    request = urllib.request.Request(address, headers={"Authorization": "Bearer sandbox"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        found: Row = json.loads(answer.read())
    return found


class _Reader:
    def __init__(self, call: Call) -> None:
        self.call = call
        self.account = Account()
        self.names: dict[str, str] = {}
        self.rows: dict[str, list[Row]] = {}

    def pages(self, path: str, many: str) -> list[Row]:
        """All objects of a list, in the vendor's order."""
        start = f"{path}{'&' if '?' in path else '?'}per_page=100"
        found, page = [], 1
        while True:
            answer = self.call(f"{start}&page={page}")
            found += answer[many]
            if not answer.get("next_page"):
                return found
            page += 1

    def read(self, listed: Listed) -> None:
        rows = self.pages(listed.path, listed.many or listed.name)
        rows = [each for each in rows if not each.get("deleted")]
        self.rows[listed.name] = rows
        if listed.ordered:
            rows.sort(key=lambda each: (each.get("position") or each.get("order") or 0, _age(each)))
        taken: dict[str, int] = {}
        # Two of one name are told apart by what is said of them, or by which comes first.
        for each in rows if listed.ordered else sorted(rows, key=_said_and_age):
            name = " / ".join(str(self.said(each.get(part))) for part in listed.named)
            taken[name] = taken.get(name, 0) + 1
            number = f" ({taken[name]})" if taken[name] > 1 else ""
            self.names[str(each.get("id", each.get("key")))] = f"[{listed.name}: {name}{number}]"
        self.account.objects[listed.name] = {self.name(each): each for each in rows}
        if listed.ordered:
            for each in rows:
                within = f"{listed.name} in {self.said(each[listed.within])}" if listed.within else listed.name
                if listed.name == "sections" and each.get("parent_section_id"):
                    within = f"sections in {self.said(each['parent_section_id'])}"
                self.account.orders.setdefault(within, []).append(self.name(each))

    def name(self, row: Row) -> str:
        return self.names[str(row.get("id", row.get("key")))]

    def inner(self) -> None:
        """What stands below others; then everything with names in place of ids."""
        objects = self.account.objects
        for schedule in self.rows["schedules"]:
            holidays = self.pages(f"business_hours/schedules/{schedule['id']}/holidays", "holidays")
            schedule["holidays"] = {each["name"]: each for each in holidays}
        for sort in self.rows["attributes"]:
            values = self.pages(f"routing/attributes/{sort['id']}/values", "attribute_values")
            sort["values"] = {each["name"]: {**each, "attribute_id": None} for each in values}  # they have no order
            self.names |= {str(each["id"]): f"[skill: {each['name']}]" for each in values}
        for user in self.rows["users"]:
            held = self.call(f"routing/agents/{user['id']}/instance_values")["attribute_values"]
            user["skills"] = sorted(str(self.said(each["id"])) for each in held)
        for one in self.rows["custom_objects"]:
            fields = self.pages(f"custom_objects/{one['key']}/fields", "custom_object_fields")
            one["fields"] = {each["key"]: each for each in fields}
            self.account.orders[f"fields of {one['key']}"] = [each["key"] for each in fields]
        for article in self.rows["articles"]:
            files = self.pages(f"help_center/articles/{article['id']}/attachments", "article_attachments")
            self.names |= {str(each["id"]): f"[file: {each['display_file_name']}]" for each in files}
            article["files"] = files
        for brand in self.rows["brands"]:
            brand["ticket_form_ids"] = sorted(self.said(brand.get("ticket_form_ids") or []))
        settings = self.call("account/settings")["settings"]
        objects["settings"] = {section: values for section, values in settings.items() if section != "brands"}
        self.account.objects = {name: self.said(rows) for name, rows in objects.items()}

    def said(self, value: Any) -> Any:
        """A value with names in place of ids, without what only the vendor says."""
        if isinstance(value, Mapping):
            return {
                name: _like_sets(name, self.said(_in_order(name, part)))
                for name, part in value.items()
                if name not in LEFT_OUT
                and not _WRITTEN_BY.fullmatch(name)
                and (name not in _DIRECTIONS or value.get(_DIRECTIONS[name]))
            }
        if isinstance(value, list):
            return [self.said(each) for each in value]
        if isinstance(value, bool) or value is None or isinstance(value, float):
            return value
        text = _ID.sub(lambda found: self.names.get(found[0], found[0]), str(value))
        if text == str(value) and not isinstance(value, str):
            return value
        return _BETWEEN_TAGS.sub("><", _LINK_ENDS.sub(r"\1", text))


def _in_order(name: str, value: Any) -> Any:
    parts = SETS.get(name)
    if parts is None or not isinstance(value, list):
        return value
    return sorted(value, key=lambda each: [str(each.get(part)) for part in parts])


def _like_sets(name: str, value: Any) -> Any:
    if name == "custom_statuses" and isinstance(value, list):
        return sorted(value)
    if name == "ticket_field_ids":
        return [each for each in value if not each.endswith(IN_EVERY_FORM)]
    return value


def _means_the_same(one: Any, other: Any) -> bool:
    """Nothing is nothing, however it is written, and so is a number or a yes."""
    if one in (None, "") and other in (None, ""):
        return True
    return not isinstance(one, (Mapping, list)) and str(one).lower() == str(other).lower() and None not in (one, other)


def _said_and_age(row: Row) -> tuple[str, tuple[int, str]]:
    return str(row.get("agent_description") or ""), _age(row)


def _age(row: Row) -> tuple[int, str]:
    identifier = str(row.get("id", row.get("key")))
    return len(identifier), identifier


def differences(one: Account, other: Account) -> list[str]:
    """What two accounts do not have alike, a line for each."""
    found = [*_unlike("", one.objects, other.objects), *_unlike("order", one.orders, other.orders)]
    return list(found)


def _unlike(place: str, one: Any, other: Any) -> Iterable[str]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in dict.fromkeys([*one, *other]):
            where = f"{place} > {name}" if place else str(name)
            if name not in one:
                yield f"{where}: only in the second: {_short(other[name])}"
            elif name not in other:
                yield f"{where}: only in the first: {_short(one[name])}"
            else:
                yield from _unlike(where, one[name], other[name])
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (first, second) in enumerate(zip(one, other, strict=True)):
            yield from _unlike(f"{place} > {index}", first, second)
    elif one != other and not _means_the_same(one, other):
        yield f"{place}: {_short(one)} / {_short(other)}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 200 else f"{text[:200]}…"
