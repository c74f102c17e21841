"""What can be declared and Slack cannot do: found at validation, where an environment names its plan,
and by asking the workspace (`asking`)."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declaration, Declared
from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope
from provisioners.slack.members import addresses

USER_GROUPS = "slack_user_groups"
NOBODY = Rule(
    "SL001",
    "error",
    "A Slack user group has nobody in it.",
    "Slack keeps no user group without people: whoever is the last in it cannot be taken out.",
    "Name somebody under `people` or `groups`, or say `active: false`.",
    source="docs.slack.dev, “usergroups.users.update”",
)
HANDLE = Rule(
    "SL002",
    "error",
    "Two things in Slack are to be mentioned by the same handle.",
    "People, channels and user groups share one set of handles: Slack refuses the second.",
    "Give the user group another handle.",
    source="docs.slack.dev, “usergroups.create”",
)
FREE = Rule(
    "SL080",
    "error",
    "The workspace's plan does not carry user groups.",
    "Slack refuses them (`paid_teams_only`), and the run stops there.",
    "Take them out of the files and mention people by name, or take a paid plan.",
    source="docs.slack.dev, “usergroups.users.update”",
    of_plan=True,
)
ASKED = "asked of the account when planning"
NOT_PAID = Rule(
    "SL101",
    "error",
    "The workspace is on a free plan and has no user groups.",
    "They could not be made.",
    "Take them out of the files and mention people by name, or upgrade the workspace.",
    source="the workspace's own answer",
    elsewhere=ASKED,
    of_account=True,
)
TAKEN = Rule(
    "SL102",
    "error",
    "A handle belongs to a person, a channel or a user group of the workspace already.",
    "Slack refuses the user group.",
    "Choose another handle.",
    source="docs.slack.dev, “usergroups.create”",
    elsewhere=ASKED,
    of_account=True,
)
CATALOGUE = (NOBODY, HANDLE, FREE, NOT_PAID, TAKEN)


def check(scope: Scope) -> Iterator[Finding]:
    """User groups without people, and handles that are given twice."""
    declared = scope.declaration
    channels = {_name(item): item for item in declared.of("slack_channels").values()}
    handles: dict[str, Declared] = {}
    for item in _ours(declared):
        if item.value.active and not addresses(item.value, declared):
            yield NOBODY.found(item, (), "nobody is in this user group", of_key=True)
        handle = item.value.handle
        if not handle:
            continue
        other = handles.setdefault(handle, item)
        if other is not item:
            yield HANDLE.found(item, ("handle",), f"`{other.key}` has the handle @{handle}, too")
        elif handle in channels:
            yield HANDLE.found(item, ("handle",), f"@{handle} is the name of the channel `{channels[handle].key}`")


def check_plan(declaration: Declaration, plan: str) -> Iterator[Finding]:
    """What a plan does not carry. plan: as an environment's file says it."""
    for item in _ours(declaration) if plan == "free" else ():
        yield FREE.found(item, (), "the plan free does not carry a Slack user group", of_key=True)


def _ours(declaration: Declaration) -> Iterator[Declared]:
    return (item for item in declaration.of(USER_GROUPS).values() if not item.value.existing and not item.value.by_hand)


def _name(item: Declared) -> str:
    return item.value.existing if isinstance(item.value.existing, str) else item.value.name or item.key
