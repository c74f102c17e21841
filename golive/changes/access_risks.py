"""Who may do more or less than before: people, roles, groups, channels, the CRM's records and fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from config.kinds.integrations import CrmObjectAccess
from config.kinds.roles import SCALES
from config.results.review import RiskKind
from golive.changes.changed import Changed
from golive.changes.given import Given
from golive.changes.notices import keeps
from golive.changes.risk import Context, Note, called, gone, lacking, spaced
from golive.wording.phrases import phrase_of
from golive.wording.words import listed, value_of

_LEVELS = ("", "light_agent", "agent", "admin")


def access_risks(change: Changed, context: Context) -> Iterator[Note]:
    """Whom a change gives something, and whom it takes something away."""
    match change.kind:
        case "people":
            yield from _person(change, context)
        case "roles":
            yield from _role(change)
        case "groups" if change.action == "delete":
            then = "it is deleted and its tickets have no group any more"
            yield Note("removes_access", gone(change, called(change), then))
        case "crm_access":
            yield from _crm_access(change, context)
        case "crm_objects":
            yield from _sharing(change)
        case "crm_queues":
            yield from _holders(change, context, f"the queue “{change.name}”")
        case "slack_channels":
            if change.action == "delete":
                then = "it is archived and nobody can write there any more"
                yield Note("removes_access", gone(change, f"#{change.name.removeprefix('#')}", then))
            elif change.old.get("private") and change.new and not change.new.get("private"):
                yield Note("gives_right", f"#{change.name} becomes public: everybody can read it.", "private")


def _person(change: Changed, context: Context) -> Iterator[Note]:
    name = change.name
    if change.action == "delete":
        yield Note("removes_access", f"{name} loses the seat in the helpdesk.")
    elif change.action == "release":
        kept = keeps(name, groups=bool(change.old.get("groups")), in_chat=context.in_chat)
        yield Note("keeps_access", f"{kept}.")
    if change.leaves:
        return
    for group in lacking(change.old.get("groups"), change.new.get("groups")) if change.old else ():
        called = context.terms.name("groups", group)
        yield Note("removes_access", f"{name} leaves the group {called}; open tickets lose their assignee.", "groups")
    if change.old and {True, False} == {side.get("active") is not False for side in (change.old, change.new)}:
        yield from _signing_in(change, context)
    before = context.likes_before.get(str(change.old.get("role")), "")
    after = context.likes_after.get(str(change.new.get("role")), "")
    if _LEVELS.index(after) > _LEVELS.index(before) and (change.old or after == "admin"):
        yield Note("gives_right", f"{name} becomes {_level(after)}{_was(before)}.", "role")
    elif _LEVELS.index(after) < _LEVELS.index(before):
        yield Note("removes_access", f"{name} becomes {_level(after)}{_was(before)}.", "role")
    invited, was = change.new.get("invite"), change.old.get("invite")
    if invited not in (None, "never", was):
        phase = invited.get("phase") if isinstance(invited, Mapping) else None
        when = f", when {spaced(phase)} begins" if phase else ""
        yield Note("invites", f"{name} gets an invitation by mail and takes a seat{when}.", "invite")


def _signing_in(change: Changed, context: Context) -> Iterator[Note]:
    """Somebody who is switched off, or on again, and what comes with it elsewhere."""
    name, moved = change.name, [each for each in context.given if each.moves]
    whats = listed(_what(each, context) for each in moved)
    if change.new.get("active") is not False:
        also = f", and is given {whats} again" if moved else ""
        yield Note("gives_right", f"{name} can sign in to {context.helpdesk} again{also}.", "active")
        return
    said = f"{name} cannot sign in to {context.helpdesk} any more; tickets and groups stay."
    yield Note("removes_access", said, "active")
    if moved:
        yield Note("removes_access", f"{name} loses {whats}.", "active")
    stays = [each for each in context.given if not each.moves]
    if stays:
        whats = listed(_what(each, context) for each in stays)
        said = f"{name} stays in {whats}: golive takes nobody out there, a person does."
        yield Note("keeps_access", said, "active")


def _what(given: Given, context: Context) -> str:
    called = context.terms.name(given.kind, given.key)
    if given.kind == "slack_channels":
        return f"#{called.removeprefix('#')}"
    if given.kind == "slack_user_groups":
        return f"the Slack user group {called}"
    return f"{'the queue ' if given.kind == 'crm_queues' else ''}“{called}” in the CRM"


def _role(change: Changed) -> Iterator[Note]:
    if not change.old or change.leaves:
        return
    before, after = (str(side.get("like", "")) for side in (change.old, change.new))
    if before != after:
        higher = _LEVELS.index(after) > _LEVELS.index(before)
        risk: RiskKind = "gives_right" if higher else "removes_access"
        yield Note(risk, f"Everybody with the {called(change)} becomes {_level(after)}{_was(before)}.", "like")
    for each in change.diff:
        if each.path.startswith("rights"):
            name = each.path.partition(".")[2]
            right = spaced(name) or "rights"
            said = f"{called(change)}: {right} {spaced(value_of(each.old))} → {spaced(value_of(each.new))}."
            yield Note("gives_right" if _is_more(name, each.old, each.new) else "removes_access", said, each.path)


def _is_more(right: str, before: Any, after: Any) -> bool:
    """Whether a role may do more than before."""
    scale = SCALES.get(right, ())
    if before in scale and after in scale:
        return scale.index(after) > scale.index(before)
    return bool(after)


def _level(like: str) -> str:
    return {"admin": "an admin", "agent": "an agent", "light_agent": "a light agent"}.get(like, "nobody")


def _was(before: str) -> str:
    return f" (was {_level(before)})" if before else ""


def _sharing(change: Changed) -> Iterator[Note]:
    """Who sees and changes records of others, of an object that stays."""
    before, after = (str(side.get("sharing", _SHARED[-1])) for side in (change.old, change.new))
    if change.leaves or not change.old or before == after or not {before, after} <= set(_SHARED):
        return
    wider = _SHARED.index(after) > _SHARED.index(before)
    said = f"{called(change)}: records of others are {phrase_of('crm_objects', 'sharing').values[after]} then."
    yield Note("gives_right" if wider else "removes_access", said, "sharing")


_SHARED = ("private", "read", "edit")
_RIGHTS = get_args(CrmObjectAccess)


def _crm_access(change: Changed, context: Context) -> Iterator[Note]:
    old, new = change.old, {} if change.leaves else change.new
    yield from _holders(change, context, f"“{change.name}”")
    if change.action in ("release", "none") or not old or not new:
        return
    for path, word in (("edit", "change"), ("read", "read")):
        fields = [context.terms.name("crm_fields", key) for key in lacking(new.get(path), old.get(path))]
        if fields:
            yield Note("gives_right", f"Those with “{change.name}” can {word} {listed(fields)} in the CRM.", path)
    for name, word in (new.get("objects") or {}).items():
        was = (old.get("objects") or {}).get(name)
        if word in _RIGHTS and word not in _RIGHTS[: _RIGHTS.index(was) + 1 if was in _RIGHTS else 0]:
            called = context.terms.name("crm_objects", name)
            said = f"Those with “{change.name}” can {word} {called} records in the CRM{f' (was {was})' if was else ''}."
            yield Note("gives_right", said, f"objects.{name}")


def _holders(change: Changed, context: Context, what: str) -> Iterator[Note]:
    """Who is given something in the CRM, and who loses it."""
    if change.action in ("release", "none"):
        return
    before, after = change.old.get("people"), {} if change.leaves else change.new.get("people")
    for key in lacking(after, before):
        yield Note("gives_right", f"{context.terms.name('people', key)} is given {what} in the CRM.", "people")
    for key in lacking(before, after):
        said = f"{context.terms.name('people', key)} loses {what} in the CRM"
        yield Note("removes_access", gone(change, called(change), said) if change.leaves else f"{said}.", "people")
