"""What only the live workspace can answer about what a run would do: whether it has user groups, whose a handle is."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.errors import SystemFault
from provisioners.intent import Intent, PlannedChange
from provisioners.slack.client import ADVICE, PAID, SlackClient
from provisioners.slack.rules import NOT_PAID, TAKEN
from provisioners.slack.user_group import UserGroup


def asked(client: SlackClient, intent: Intent) -> Iterator[Finding]:
    """Calls nobody where no user group is made or gets another handle; then lists user groups, channels and people."""
    changes = list(intent.of(UserGroup.type))
    if not changes:
        return
    try:
        groups = UserGroup(client).list({})
    except SystemFault as refused:
        if refused.why not in PAID:
            return  # what else keeps it from being read is said with what was not read
        for each in changes:
            yield intent.found(NOT_PAID, each.name, f"Slack says {refused.why}", ADVICE[refused.why])
        return
    wanted = {handle: each for each in changes if (handle := _new_handle(each))}
    if not wanted:
        return
    holders = {str(live.body.get("handle")): (live.id, f"the user group “{live.label}”") for live in groups}
    types = "public_channel,private_channel"
    for body in client.pages("conversations.list", "channels", types=types):
        holders.setdefault(str(body["name"]), (str(body["id"]), f"the channel #{body['name']}"))
    for user in client.pages("users.list", "members"):
        holders.setdefault(str(user.get("name")), (str(user["id"]), str(user.get("real_name") or "a person")))
    for handle, change in wanted.items():
        identifier, who = holders.get(handle, ("", ""))
        if (
            who
            and identifier != change.id
            and who.lower() != f"the user group “{(change.will or {}).get('name')}”".lower()
        ):
            yield intent.found(TAKEN, change.name, f"@{handle} belongs to {who}", path=("handle",))


def _new_handle(change: PlannedChange) -> str:
    handle = str((change.will or {}).get("handle") or "")
    return "" if handle == (change.was or {}).get("handle") else handle
