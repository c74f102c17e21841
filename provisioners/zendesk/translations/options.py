"""Options of fields: which tag belongs to which option (grammar 31).

A tag stays what it was when its option was made. Tickets hold tags, not options: once an option has another tag, every
ticket that has the old one loses the field's value, closed tickets too (the vendor's "Best practices for altering your
custom ticket fields").
"""

from __future__ import annotations

from config.declaration import Declaration, Declared
from config.kinds.fields import Option
from provisioners.lasting import FORMER, VALUES, lasting_values
from provisioners.translation import Context
from provisioners.zendesk.translations.contents import placeholder_of

DROPDOWN = "dropdown"
CONTENTS = "dc."
"""What stands first in `Names.values` where it is said which dynamic content has a placeholder."""
TYPE = "type of"
"""What stands first in `Names.values` where it is said what type a field has."""

FORMAT = "format of"
"""What stands first in `Names.values` where it is said in which form a webhook is called."""


def options_of(item: Declared, declared: Declaration) -> dict[str, Option]:
    """A field's options by key, those of `options_from` included."""
    if item.value.options_from:
        others = declared.of(item.value.options_from)
        return {key: Option(name=other.name, was=other.value.was) for key, other in others.items()}
    choices: dict[str, Option] = item.value.choices()
    return choices


def tags_of(item: Declared, context: Context) -> dict[str, str]:
    """Each option's tag by the option's key: `<field>_<option>`, of the keys under which they were made."""
    known = context.last_known(item.kind, item.key)
    before = known.notes.get(VALUES, {}) if known else {}
    field = item.value.was or item.key
    return lasting_values(options_of(item, context.declared), before, lambda option: f"{field}_{option}")


def notes_of(item: Declared, context: Context) -> dict[str, dict[str, str]]:
    """What the next run must know: each option's tag, also of options that were let go, and tags that changed."""
    known = context.last_known(item.kind, item.key)
    before: dict[str, str] = known.notes.get(VALUES, {}) if known else {}
    tags = tags_of(item, context)
    former: dict[str, str] = dict(known.notes.get(FORMER, {})) if known else {}
    for key, option in options_of(item, context.declared).items():
        old = before.get(key) or before.get(option.was or "")
        if old and old != tags[key]:
            former[tags[key]] = old
    used = {tag: old for tag, old in former.items() if tag in tags.values()}
    return {VALUES: {**before, **tags}, **({FORMER: used} if used else {})}


def tag_of(name: str, option: str, context: Context) -> str:
    """The tag of a field's option. `name` as conditions write it: `request_type`, `organization.segment`.

    An option that is not declared (of a field that is `existing`) counts as the tag itself.
    """
    _, dot, key = name.partition(".")
    item = context.declared.get("customer_fields" if dot else "ticket_fields", key if dot else name)
    return option if item is None else tags_of(item, context).get(option, option)


def is_dropdown(field: Declared | None) -> bool:
    """Whether one of several options is chosen in a field; False where that is not known."""
    return field is not None and field.value.type == DROPDOWN


def address_of(channel: Declared) -> str | None:
    """A channel's mail address, also of one that is known only by it (`existing: ADDRESS`); None where it has none."""
    existing = channel.value.existing
    address = getattr(channel.value, "address", None)
    if not address and isinstance(existing, str) and "@" in existing:
        return existing
    return str(address) if address else None


def customer_field_key(key: str, context: Context) -> str:
    """What the vendor calls a customer field: the key under which it was made, which it can never change."""
    item = context.declared.get("customer_fields", key)
    if item is None:
        return key
    if isinstance(item.value.existing, str):
        return item.value.existing
    said = item.value.vendor.get("zendesk", {}).get("key")
    if said:
        return str(said)
    known = context.last_known("customer_fields", key)
    return str(known.payload["key"]) if known and "key" in known.payload else item.value.was or key


def words_of_values(context: Context) -> dict[tuple[str, str], str]:
    """For `Names.values`: (field as conditions write it, tag) → option key; (`received_at`, small address) → channel;
    (`organization.` or `requester.`, the vendor's key of a customer field) → ours; (TYPE, field as conditions
    write it) → its type, where that is declared; (FORMAT, `webhooks/KEY`) → how it is called; (`engineering_labels`,
    a label's name) → its key."""
    words: dict[tuple[str, str], str] = {}
    for kind in ("ticket_fields", "customer_fields"):
        for key, item in context.declared.of(kind).items():
            owner = f"{item.value.of}." if kind == "customer_fields" else ""
            if owner:
                words[owner, customer_field_key(key, context)] = key
            if item.value.type:
                words[TYPE, f"{owner}{key}"] = item.value.type
            for option, tag in tags_of(item, context).items():
                words[f"{owner}{key}", tag] = option
    for key, webhook in context.declared.of("webhooks").items():
        words[FORMAT, f"webhooks/{key}"] = webhook.value.format
    for key in context.declared.of("dynamic_content"):
        words[CONTENTS, placeholder_of(key, context)] = key
    for key, label in context.declared.of("engineering_labels").items():
        words["engineering_labels", label.name] = key
    for key, channel in context.declared.of("channels").items():
        address = address_of(channel)
        if address:
            words["received_at", address.lower()] = key
    return words
