"""Zendesk's organizations, as far as a CRM fills them.

They are listed by cursor, a hundred at once; made by `organizations/create_many` and changed by `update_many`, a
hundred with one call. No two have one name, and none has another's external id, capital letters aside: the vendor
refuses the second one. Source: developer.zendesk.com, “Organizations”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from config.declaration import Declared
from config.rules.mapping import NAME
from provisioners.accounts import Value
from provisioners.organizations import (
    CustomerTicket,
    HeldOrganization,
    Organizations,
    OrganizationWrite,
    Written,
)
from provisioners.translation import Context
from provisioners.zendesk.client import Reply, ZendeskClient
from provisioners.zendesk.jobs import AT_ONCE, carried_out, wait_for_others
from provisioners.zendesk.translations.options import customer_field_key, tags_of

FIELDS = "organization_fields"
EXTERNAL_ID = "external_id"
CHOICES = ("dropdown", "multiselect")
NUMBERS = ("integer", "decimal")


class ZendeskOrganizations(Organizations):
    def __init__(self, client: ZendeskClient, context: Context) -> None:
        self._client = client
        self._context = context
        whole = context.declared.single("integrations")
        key = whole.crm.account_key if whole is not None and whole.crm is not None else EXTERNAL_ID
        _, dot, own = key.partition(".")
        self._account_field = customer_field_key(own, context) if dot else ""
        self._tags: dict[str, dict[str, str]] = {}

    def _item(self, field: str) -> Declared | None:
        return self._context.declared.get("customer_fields", field.partition(".")[2])

    def _type(self, field: str) -> str:
        """The declared type of a field; empty for one that says none, whose values are taken as they are."""
        item = self._item(field)
        return str(item.value.type or "") if item is not None else ""

    def _vendor_key(self, field: str) -> str:
        return customer_field_key(field.partition(".")[2], self._context)

    def _tags_of(self, field: str) -> dict[str, str]:
        """Option → tag."""
        if field not in self._tags:
            item = self._item(field)
            self._tags[field] = tags_of(item, self._context) if item is not None else {}
        return self._tags[field]

    def all(self, fields: Sequence[str]) -> Iterator[HeldOrganization]:
        own = [field for field in fields if field != NAME]
        for page in self._client.each_page("organizations", "organizations"):
            for body in page:
                held = body.get(FIELDS) or {}
                name = str(body.get("name") or "")
                values = {field: self._value(field, held.get(self._vendor_key(field))) for field in own}
                if NAME in fields:
                    values[NAME] = name or None
                yield HeldOrganization(str(body["id"]), name, self._account(body), values)

    def _value(self, field: str, given: Any) -> Value:
        """The vendor's value in golive's words: a date comes as a moment, a number of text as a number."""
        if given in (None, "", []):
            return None
        type_ = self._type(field)
        if type_ in CHOICES:
            options = {tag: option for option, tag in self._tags_of(field).items()}
            if isinstance(given, list):
                return [options.get(str(each), str(each)) for each in given]
            return options.get(str(given), str(given))
        if type_ == "date":
            return str(given)[: len("2026-01-31")]
        if type_ in NUMBERS and isinstance(given, str):
            return float(given) if type_ == "decimal" else int(given)
        return given if isinstance(given, bool | int | float) else str(given)

    def latest_tickets(self, since: str) -> list[CustomerTicket]:
        query = {"sort_by": "created_at", "sort_order": "desc", "per_page": AT_ONCE}
        listed = self._client.get("tickets", **query).body.get("tickets") or []
        late = [each for each in listed if str(each["created_at"])[: len(since)] >= since and each["organization_id"]]
        ids = ",".join(dict.fromkeys(str(each["organization_id"]) for each in late))
        if not ids:
            return []
        bodies = self._client.get("organizations/show_many", ids=ids).body.get("organizations") or []
        organizations = {body["id"]: body for body in bodies}
        found = []
        for each in late:
            body = organizations.get(each["organization_id"], {})
            account = self._account(body)
            if account:
                ticket = str(each["id"]), str(each.get("subject") or "")
                found.append(CustomerTicket(*ticket, account, str(body.get("name") or "")))
        return found

    def _account(self, body: Mapping[str, Any]) -> str:
        """What stands where the account's id is kept; empty for nothing."""
        held = body.get(FIELDS) or {}
        account = held.get(self._account_field) if self._account_field else body.get(EXTERNAL_ID)
        return str(account or "").strip()

    def settled(self) -> None:
        wait_for_others(self._client, "organization")

    def misfit(self, field: str, value: Value) -> str:
        if value is None or field == NAME or self._type(field) not in CHOICES:
            return ""
        options = self._tags_of(field)
        unknown = [each for each in (value if isinstance(value, list) else [value]) if each not in options]
        return f"the helpdesk's field has no option for {', '.join(map(str, unknown))}" if unknown else ""

    def write(self, writes: Iterable[OrganizationWrite]) -> Iterator[Written]:
        for batch, result in carried_out(self._client, _batches(writes), self._send, lambda each: each.id):
            yield Written(result.done, {batch[place].account: why for place, why in result.refused.items()})

    def _send(self, batch: list[OrganizationWrite]) -> tuple[str, Reply]:
        bodies = {"organizations": [self._body(each) for each in batch]}
        if batch[0].id:
            return "PUT organizations/update_many", self._client.put("organizations/update_many", bodies)
        return "POST organizations/create_many", self._client.post("organizations/create_many", bodies)

    def _body(self, write: OrganizationWrite) -> dict[str, Any]:
        values = {
            self._vendor_key(field): self._sent(field, value) for field, value in write.values.items() if field != NAME
        }
        if write.keyed and self._account_field:
            values[self._account_field] = write.account
        body: dict[str, Any] = {"id": int(write.id)} if write.id else {}
        if write.name:
            body["name"] = write.name
        if write.keyed and not self._account_field:
            body[EXTERNAL_ID] = write.account
        return {**body, FIELDS: values} if values else body

    def _sent(self, field: str, value: Value) -> Any:
        tags = self._tags_of(field) if self._type(field) in CHOICES else {}
        if isinstance(value, list):
            return [tags.get(each, each) for each in value]
        return tags.get(str(value), value) if tags else value


def _batches(writes: Iterable[OrganizationWrite]) -> Iterator[list[OrganizationWrite]]:
    """As many as one call takes; those that are made apart from those that are changed."""
    waiting: Mapping[bool, list[OrganizationWrite]] = {True: [], False: []}
    for each in writes:
        batch = waiting[bool(each.id)]
        batch.append(each)
        if len(batch) == AT_ONCE:
            yield list(batch)
            batch.clear()
    yield from (batch for batch in waiting.values() if batch)
