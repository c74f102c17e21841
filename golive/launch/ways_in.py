"""What people do on the day on which customers are led to a channel, by the way that leads there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from config.declaration import Declaration
from config.kinds.rollout import Rollout, Way


@dataclass(frozen=True)
class WayIn:
    """role: who does it. what, check, back: in plain words."""

    role: str
    what: str
    check: str
    back: str


def ways_in(phase: str, declaration: Declaration) -> Iterator[WayIn]:
    """One for each channel that the rollout names: in the soft launch for those who are in it, later for everybody."""
    rollout = declaration.single("rollout")
    launch = rollout.soft_launch if isinstance(rollout, Rollout) else None
    for key, way in launch.entry.items() if launch else ():
        channel = declaration.get("channels", key)
        if channel is not None and phase in ("soft_launch", "rollout"):
            public = getattr(channel.value, "forwards_from", None) or channel.name
            yield (_for_some if phase == "soft_launch" else _for_all)(way, channel.name, str(public))


def _for_some(way: Way, name: str, public: str) -> WayIn:
    match way:
        case "mail_server_rule":
            return WayIn(
                "it_security",
                f"Switch on the mail server's rule “Soft launch” for {public}",
                "A mail from a domain of the list becomes a ticket; one from elsewhere lies in the old inbox",
                "Switch the rule off: all mail lies in the old inbox again",
            )
        case "website_flag":
            return WayIn(
                "web_team",
                f"Give the website's switch for “{name}” the list of accounts",
                "Signed in as somebody on the list you see it; as somebody else, or not signed in, you do not",
                "Empty the list; conversations that have begun are answered in the helpdesk",
            )
    return WayIn(
        "support_lead",
        f"Send the way to “{name}” to people of these customers, and to nobody else",
        "It opens in a private window, and a search of the website does not find it",
        "Tell them to use the old way again; whoever has the link still gets in",
    )


def _for_all(way: Way, name: str, public: str) -> WayIn:
    match way:
        case "mail_server_rule":
            return WayIn(
                "it_security",
                f"Let the mail server redirect all mail for {public} to the helpdesk",
                "A mail from a private address becomes a ticket, with the customer as its sender",
                "Narrow the rule to the list of the soft launch again, or switch it off",
            )
        case "website_flag":
            return WayIn(
                "web_team",
                f"Show “{name}” to everybody on the website",
                "It is there in a private window, and a message from it becomes a ticket",
                "Put the list of the soft launch back; conversations that have begun are answered in the helpdesk",
            )
    return WayIn(
        "marketing",
        f"Publish the way to “{name}” where customers look for it",
        "Somebody who was told nothing finds it in a minute",
        "Take it off the page; whoever has the link still gets in",
    )
