"""What a person does before the files of one account are brought into another: what golive never writes is made there
by hand, and what the files do not hold is said in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.whole_account.help_center import build_readers
from tests.whole_account.making import Maker

TOKEN = "HALDEN_TOKEN"
"""The environment variable that holds the secret of the webhooks."""
LEFT_BEHIND = {
    "webhooks": ("Listens",),
    "deletion_schedules": ("Unheard of",),
    "articles": ("How to 4", "How to 14"),
}
"""What is only named in the files: the other account has none of it."""
SUSPENDED = (5, 14, 30)
"""Agents who can sign in no more are not invited."""
PICTURED = tuple(range(5, 31, 5))
"""Articles with pictures, whose files stay in the account there was."""
RENAMED = ("Priority", "Priority (own)")
"""A field of ours that is called as one of the vendor's own, which no file can say of a new one."""

_AUTH: dict[str, dict[str, Any]] = {
    "bearer_token": {"bearer": f"env:{TOKEN}"},
    "basic_auth": {"basic": {"username": "halden", "password": f"env:{TOKEN}"}},
    "api_key": {"api_key": {"header": "X-Key", "value": f"env:{TOKEN}"}},
}


def made_by_hand(url: str) -> Maker:
    """What is switched on for side conversations, an organisation, and the readers of the help centre with the groups
    in them."""
    maker = Maker(url)
    maker.call("PUT", "account/settings", {"settings": {"side_conversations": {"slack_channel": True}}})
    maker.make("organizations", "organization", name="Firm")
    for name in ("Team 1", "Billing"):
        maker.make("groups", "group", name=name)
    build_readers(maker)
    return maker


def said_in_files(config: Path, organizations: tuple[Any, Any]) -> None:
    """The words that another account needs. organizations: the id there was, and the one there is."""
    _change(config / "people.yaml", _invite)
    _change(config / "webhooks.yaml", _sign)
    _change(config / "webhooks.yaml", lambda data: _drop(data["webhooks"], "webhooks"))
    _change(config / "deletion_schedules.yaml", lambda data: _drop(data["deletion_schedules"], "deletion_schedules"))
    _change(config / "help_center.yaml", lambda data: _drop(data["help_center"]["articles"], "articles"))
    _change(config / "fields.yaml", _rename)
    triggers = config / "triggers.yaml"
    text = triggers.read_text(encoding="utf-8")
    triggers.write_text(text.replace(str(organizations[0]), str(organizations[1])), encoding="utf-8")


def _change(file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    yaml = YAML()  # 1.2, where `no` is a word like any other
    data = yaml.load(file.read_text(encoding="utf-8"))
    change(data)
    with file.open("w", encoding="utf-8") as out:
        yaml.dump(data, out)


def _invite(data: dict[str, Any]) -> None:
    for each in data["people"].values():
        each["invite"] = "now"


def _sign(data: dict[str, Any]) -> None:
    for each in data["webhooks"].values():
        extras = each.get("zendesk", {})
        kept = extras.pop("authentication", None)
        if kept:
            each["auth"] = _AUTH[kept]
        if not extras:
            each.pop("zendesk", None)


def _drop(objects: dict[str, dict[str, Any]], kind: str) -> None:
    for key, each in list(objects.items()):
        if each.get("existing") and _name(each) in LEFT_BEHIND[kind]:
            del objects[key]


def _name(said: dict[str, Any]) -> str:
    """What is live under that name, whatever languages it is said in."""
    return str(said["name"] if said["existing"] is True else said["existing"])


def _rename(data: dict[str, Any]) -> None:
    (field,) = [each for each in data["ticket_fields"].values() if each["name"] == RENAMED[0]]
    field["name"] = RENAMED[1]
