"""What an environment file's change does to the guards that stand before a client's systems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from config.results.plan import Difference
from golive.changes.changed import Changed
from golive.wording.words import value_of


def guard_risks(change: Changed) -> Iterator[tuple[str, str]]:
    """(what gets weaker, the attribute) of an environment; of a new one, which account of a client's it opens."""
    name = change.name
    if change.leaves:
        yield f"The environment {name} leaves: golive cannot reach any more what it has made there.", ""
        return
    if not change.old:
        if not change.new.get("production"):
            return
        hosts = [_host(each.get("url")) for each in (change.new.get("systems") or {}).values()]
        yield (
            f"The environment {name} is new, and it is production. Its systems: "
            f"{', '.join(dict.fromkeys(hosts)) or 'none'}.",
            "systems",
        )
        return
    for each in change.diff:
        said = _said(each)
        if said:
            yield f"{name}: {said}", each.path


def _said(each: Difference) -> str:
    steps = each.path.split(".")
    if each.path == "production" and each.old:
        return "it is not production any more: golive asks nobody for the client's name."
    if each.path == "freeze" and each.old:
        return f"the freeze ({freeze_words(each.old)}) " + (
            f"becomes {freeze_words(each.new)}." if each.new else "ends."
        )
    if steps[0] == "freeze" and each.old is not None and steps[1:] != ["why"]:
        return f"the freeze {'begins' if steps[1] == 'from' else 'ends'} on another day: {each.old} → {each.new}."
    if each.path == "state":
        return f"the state is looked for elsewhere: {value_of(each.old)} → {value_of(each.new)}."
    if steps[0] == "expect" and each.old:
        return f"which account must be there: {value_of(each.old)} → {value_of(each.new)}."
    if steps[0] != "systems" or len(steps) < 2:
        return ""
    system, attribute = steps[1], ".".join(steps[2:])
    if attribute == "url" and _host(each.old) != _host(each.new):
        return f"the token of {system} goes to another host: {_host(each.old)} → {_host(each.new)}."
    if attribute in ("token", "user", "type") or attribute.startswith("sign_in"):
        return f"golive signs in to {system} in another way ({attribute})."
    if not attribute:
        return f"the system {system} " + ("comes to it." if each.new else "leaves it.")
    return ""


def freeze_words(said: Any) -> str:
    """A freeze as an environment file has it, in words."""
    if isinstance(said, Mapping):
        return f"{said.get('from')} to {said.get('until')}, {said.get('why')}"
    return str(said)


def _host(url: object) -> str:
    try:
        return urlsplit(str(url or "")).netloc.rpartition("@")[2] or "nowhere"
    except ValueError:
        return "an address that cannot be read"
