"""Options of fields: which tag belongs to which option (grammar 31)."""

from __future__ import annotations

from config.declaration import Declaration, Declared
from config.kinds.fields import Option


def options_of(item: Declared, declared: Declaration) -> dict[str, Option]:
    """A field's options by key, those of `options_from` included."""
    if item.value.options_from:
        return {key: Option(name=other.name) for key, other in declared.of(item.value.options_from).items()}
    choices: dict[str, Option] = item.value.choices()
    return choices


def default_tag(field: str, option: str) -> str:
    """`<field>_<option>`, unique in the account."""
    return f"{field}_{option}"


def tag_of(name: str, option: str, declared: Declaration) -> str:
    """The tag of a field's option. `name` as conditions write it: `request_type`, `organization.segment`.

    An option that is not declared (of a field that is `existing`) counts as the tag itself.
    """
    _, dot, key = name.partition(".")
    key = key if dot else name
    item = declared.get("customer_fields" if dot else "ticket_fields", key)
    if item is None:
        return option
    found = options_of(item, declared).get(option)
    if found is None:
        return option
    return found.tag or default_tag(key, option)


def address_of(channel: Declared) -> str | None:
    """A channel's mail address, also of one that is known only by it (`existing: ADDRESS`); None where it has none."""
    existing = channel.value.existing
    address = getattr(channel.value, "address", None)
    if not address and isinstance(existing, str) and "@" in existing:
        return existing
    return str(address) if address else None


def words_of_values(declared: Declaration) -> dict[tuple[str, str], str]:
    """For `Names.values`: (field as conditions write it, tag) → option key, (`received_at`, address) → channel."""
    words: dict[tuple[str, str], str] = {}
    for kind in ("ticket_fields", "customer_fields"):
        for key, item in declared.of(kind).items():
            name = key if kind == "ticket_fields" else f"{item.value.of}.{key}"
            for option in options_of(item, declared):
                words[name, tag_of(name, option, declared)] = option
    for key, channel in declared.of("channels").items():
        address = address_of(channel)
        if address:
            words["received_at", address] = key
    return words
