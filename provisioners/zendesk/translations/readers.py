"""Who reads an article, in the vendor's words: nobody said, one of its two segments, or one that golive makes.

Source: developer.zendesk.com, “User Segments”: everybody is null, `signed_in_users` and `staff` are built in, and a
segment of groups is for the team only.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from config.declaration import Declared
from provisioners.resource import Mode, OnRemove, Payload, Ref, Resource, ResourceName, Source
from provisioners.translation import Context, Names
from provisioners.zendesk.help_center_words import USUAL
from provisioners.zendesk.translations.base import CannotSend

SEGMENT, PERMISSION = "zendesk:UserSegment", "zendesk:PermissionGroup"
SIGNED_IN = "signed_in"
READERS, _BUILT_IN, _NAMED, _PERMISSION = "_readers__", "_built_in__", "_segment__", "_permission__"
"""With these begin the keys of what articles share: a segment of groups, one of the vendor's, one by its name, a
permission group."""
_DEFAULT = "0"
_AND = "__"


def readers(item: Declared, context: Context) -> tuple[Ref | None, list[Resource]]:
    """The segment of an article, None for everybody, and what has to be there for it. Raises CannotSend."""
    value = item.value
    named = value.vendor.get("zendesk", {}).get("user_segment")
    if named and value.for_:
        raise CannotSend("`for` and `user_segment` both say who reads it", "Keep one of them.", ("zendesk",))
    if named == SIGNED_IN:
        return _shared(item, context, _BUILT_IN, "signed_in_users", _built_in("signed_in_users"), "found")
    if named:
        return _shared(item, context, _NAMED, _as_part(named), {"name": named}, "found")
    if value.customers.can == "see":
        return None, []
    if not value.for_:
        return _shared(item, context, _BUILT_IN, "staff", _built_in("staff"), "found")
    people = [each for each in value.for_ if each.startswith("people/")]
    if people:
        raise CannotSend(
            f"Zendesk shows articles to groups, and `{people[0]}` is one person",
            "Name a group that the person is in.",
            ("for", value.for_.index(people[0])),
        )
    keys = sorted(each.partition("/")[2] for each in value.for_)
    payload = {
        "name": f"{' and '.join(_group_name(key, context) for key in keys)} (golive)",
        "user_type": "staff",
        "group_ids": [context.ref("groups", key) for key in keys],
    }
    former = sorted(
        (group.value.was if (group := context.declared.get("groups", key)) else None) or key for key in keys
    )
    return _shared(item, context, READERS, _AND.join(keys), payload, "managed", "delete_ours", former=_AND.join(former))


def permission(item: Declared, context: Context) -> tuple[Ref, list[Resource]]:
    """The permission group of an article, and what has to be there for it: the vendor's, unless another is named."""
    named = item.value.vendor.get("zendesk", {}).get("permission_group")
    payload: Payload = {"name": named} if named else {"built_in": True}
    part = _as_part(named) if named else _DEFAULT
    return _shared(item, context, _PERMISSION, part, payload, "found", type_=PERMISSION)


def _shared(
    item: Declared,
    context: Context,
    key: str,
    part: str,
    payload: Payload,
    mode: Mode,
    on_remove: OnRemove = "release",
    type_: str = SEGMENT,
    former: str = "",
) -> tuple[Ref, list[Resource]]:
    """A reference to what several articles share; it comes with the first of them. former: its part before the groups
    in it were renamed."""
    name = context.name(item.kind, f"{key}{part}")
    if any(resource.name == name for resource in context.compiled.resources):
        return Ref(name), []
    source = Source(item.kind, f"{key}{part}", item.position.file, item.position.line)
    aliases = (context.name(item.kind, f"{key}{former}"),) if former not in ("", part) else ()
    becomes = {"": "a user segment, which says who reads an article"} if mode == "managed" else {}
    made = Resource(name, type_, payload, source, mode=mode, on_remove=on_remove, aliases=aliases, becomes=becomes)
    return Ref(name), [made]


def _built_in(user_type: str) -> Payload:
    return {"built_in": True, "user_type": user_type}


def _group_name(key: str, context: Context) -> str:
    group = context.declared.get("groups", key)
    return group.name if group is not None else key


def _as_part(name: str) -> str:
    """A name in the letters that names of resources have."""
    return base64.b32encode(name.encode()).decode().rstrip("=").lower()


def _of_part(part: str) -> str:
    return base64.b32decode(f"{part.upper()}{'=' * (-len(part) % 8)}").decode()


def _shared_as(type_: str, identifier: Any, names: Names) -> tuple[str, str] | None:
    """How the key of what articles share begins, and the rest; None where it is not golive's."""
    text = str(identifier)
    name = text.removeprefix("ref:") if text.startswith("ref:") else names.by_id.get((type_, text))
    key = ResourceName.of(name).key if name else ""
    begins = next((each for each in (READERS, _BUILT_IN, _NAMED, _PERMISSION) if key.startswith(each)), None)
    return (begins, key.removeprefix(begins)) if begins else None


def readers_back(identifier: Any, segment: Mapping[str, Any] | None, names: Names) -> dict[str, Any]:
    """What the YAML says of who reads an article. segment: the live one, where golive did not name it."""
    if identifier is None:
        return {"customers": {"can": "see"}}
    known = _shared_as(SEGMENT, identifier, names)
    if known is not None:
        begins, part = known
        if begins == READERS:
            return {"for": [f"groups/{key}" for key in part.split(_AND)]}
        if begins == _NAMED:
            return {"zendesk": {"user_segment": _of_part(part)}}
        return {} if part == "staff" else {"zendesk": {"user_segment": SIGNED_IN}}
    if segment is None:
        return {"zendesk": {"user_segment": f"#{identifier}"}}
    if segment.get("built_in"):
        return {} if segment.get("user_type") == "staff" else {"zendesk": {"user_segment": SIGNED_IN}}
    return {"zendesk": {"user_segment": segment.get("name")}}


def permission_back(identifier: Any, group: Mapping[str, Any] | None, names: Names) -> dict[str, Any]:
    """What the YAML says of who of the team may change an article."""
    known = _shared_as(PERMISSION, identifier, names)
    if known is not None:
        return {} if known[1] == _DEFAULT else {"zendesk": {"permission_group": _of_part(known[1])}}
    if group is None:
        return {"zendesk": {"permission_group": f"#{identifier}"}} if identifier else {}
    return {} if group.get(USUAL) else {"zendesk": {"permission_group": group.get("name")}}


def shared_back(payload: Payload, names: Names) -> dict[str, Any]:
    """What a plan says of a segment that golive makes."""
    groups = [names.key("zendesk:Group", each) for each in payload.get("group_ids") or []]
    return {"name": payload.get("name"), "readers": [f"groups/{each}" for each in groups]}
