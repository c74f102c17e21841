"""What people set up by hand, so that the customers of a soft launch, and nobody else, reach a channel.

Plain words for whoever looks after the mail server or the website; golive has no way into either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from config.declaration import Declaration, Declared
from config.kinds.rollout import SoftLaunch, Way
from config.results.cohort import EntrySteps, LeftOut
from config.words import counted

ANYBODYS = frozenset(
    {
        "aol.com", "fastmail.com", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com",
        "hotmail.co.uk", "hotmail.com", "hotmail.fr", "icloud.com", "libero.it", "live.com", "mac.com", "mail.com",
        "me.com", "msn.com", "orange.fr", "outlook.com", "outlook.de", "pm.me", "proton.me", "protonmail.com",
        "t-online.de", "web.de", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.fr", "yandex.com", "zoho.com",
    }
)  # fmt: skip
"""Where anybody can have an address: a rule for such a domain would let strangers in."""


@dataclass(frozen=True)
class Lists:
    """How long the lists are that people enter, and by which tag the fence knows who came past them."""

    domains: int
    account_ids: int
    tag: str


def entry_steps(launch: SoftLaunch, declaration: Declaration, lists: Lists) -> list[EntrySteps]:
    """The steps for each channel that `entry` names, in its order."""
    found = []
    for key, way in launch.entry.items():
        channel = declaration.get("channels", key)
        if channel is not None:
            found.append(EntrySteps(key, channel.name, way, list(STEPS[way](channel, lists))))
    return found


def _mail(channel: Declared, lists: Lists) -> Iterator[str]:
    to = getattr(channel.value, "address", None) or channel.value.existing or channel.name
    public = getattr(channel.value, "forwards_from", None)
    at = f"{public}" if public else "the address that customers write to today"
    yield (
        f"In the mail system that receives mail for {at} (in Google Workspace: Admin console, Gmail, Routing; in "
        "Microsoft 365: Exchange admin center, Mail flow, Rules), make one rule and call it “Soft launch”."
    )
    yield (
        f"It holds for mail whose sender's address ends in @ and one of the {counted(lists.domains, 'domain')} of this "
        f"list, and redirects it to {to}. Redirect, not forward: the sender must stay the customer, or every ticket is "
        "yours."
    )
    yield (
        f"Nothing else goes to {to}: no other rule, no forwarding of the whole mailbox. Mail of everybody who is not "
        "on the list stays where it is answered today."
    )
    yield (
        "Try it with two mails: from an address with a domain of the list a ticket is made, without the tag "
        f"{lists.tag}; from any other address none is made, and the mail lies in the old inbox."
    )
    yield (
        "The way back: switch the rule off. From then on all mail lies in the old inbox again; tickets that are in the "
        "helpdesk are answered there."
    )
    yield _AGAIN


def _website(channel: Declared, lists: Lists) -> Iterator[str]:
    yield (
        f"Give the list of {counted(lists.account_ids, 'account id')} to whoever looks after the website. "
        f"“{channel.name}” is shown to those who are signed in and whose account is on the list, and to nobody else."
    )
    yield "The list stands in a switch that can be changed in minutes, without a release of the website."
    yield (
        "Try it three times: signed in as somebody on the list you see it; signed in as somebody else, and not signed "
        "in at all, you see what was there before."
    )
    yield "The way back: empty the list. Conversations that have begun are answered in the helpdesk."
    yield _AGAIN


def _link(channel: Declared, lists: Lists) -> Iterator[str]:
    yield (
        f"Nothing is set up. Send the way to “{channel.name}” to people of these customers, one by one or by a mail to "
        "them alone; it stands on no page that others can find."
    )
    yield "Try it: open it in a private window, and search the website for it, which must find nothing."
    yield "The way back: tell these customers to use the old way again. Whoever still has the link gets in."


_AGAIN = "Each time `golive cohort grow` has let more in: export again, and put the new list in place of the old one."
STEPS: Mapping[Way, Callable[[Declared, Lists], Iterator[str]]] = {
    "mail_server_rule": _mail,
    "website_flag": _website,
    "link_only": _link,
}


def for_the_mail_server(members: Iterable[str], others: Iterable[str]) -> tuple[list[str], list[LeftOut]]:
    """(domains that a rule may name, domains of members that it must not).

    members: domains of organisations that are in. others: those of all others.
    """
    own = set(members)
    shared = {each for each in others if each in own}
    left = [
        LeftOut(each, "anybody can have an address there" if each in ANYBODYS else "a customer outside has it, too")
        for each in sorted(own)
        if each in ANYBODYS or each in shared
    ]
    out = {each.domain for each in left}
    return sorted(own - out), left
