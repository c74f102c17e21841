"""A soft launch that can be led into and looked over: who is in it, and which way leads there (grammar 39)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.kinds.rollout import Cohort, SoftLaunch, Way
from config.rules.rule import Rule
from config.rules.scope import Scope
from config.share import fraction
from config.words import joined

LEAST, MOST = 0.10, 0.20
"""The share of customers with which a soft launch shows enough and harms few."""
WAYS: dict[str, tuple[Way, ...]] = {
    "email": ("mail_server_rule", "link_only"),
    "web_form": ("website_flag", "link_only"),
    "messaging": ("website_flag", "link_only"),
}
"""Type of a channel → how its customers can be led to it; to any other type only a link leads."""
_LISTS = ("always", "never", "internal")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
_ACCOUNT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:-]*")


def is_domain(text: str) -> bool:
    """Whether an entry of a list is a domain, as the helpdesk keeps it: in small letters, without anything else."""
    return _DOMAIN.fullmatch(text) is not None


CATALOGUE = (
    Rule(
        "rollout.cohort",
        "warning",
        "A soft launch says nobody who is in it.",
        "Nothing is made of it.",
        "Say a share, a segment or a list under `cohort`.",
    ),
    Rule(
        "rollout.share",
        "warning",
        "A soft launch has fewer than 10% or more than 20% of customers, and no segment.",
        "Few show too little; with many, what goes wrong meets too many. This is GL-L01 of the method.",
        "Say 10% to 20%, or one segment.",
    ),
    Rule(
        "rollout.internal-first",
        "note",
        "Nobody of one's own is in the soft launch before customers are.",
        "What does not work should meet you first. This is GL-L02 of the method.",
        "Name your own domain under `internal`.",
    ),
    Rule(
        "rollout.segment",
        "error",
        "A soft launch names a segment, and no field says who is in it.",
        "Nobody could be found.",
        "Declare a customer field with  options_from: segments",
    ),
    Rule(
        "rollout.customer",
        "error",
        "A list of the soft launch holds neither a domain nor an account id.",
        "A company's name can be anybody's.",
        "Write the domain, or the id that the CRM has.",
    ),
    Rule(
        "rollout.twice",
        "error",
        "A customer stands twice in the lists of a soft launch.",
        "In two lists, it would be in and out at once.",
        "Name it once.",
    ),
    Rule(
        "rollout.way",
        "error",
        "A way into the soft launch does not lead to that channel.",
        "A mail server forwards mail, a website shows a form or a chat.",
        "Choose a way that fits the channel.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    item = scope.declaration.get("rollout", "rollout")
    if item is None or item.value.by_hand:
        return
    launch: SoftLaunch = item.value.soft_launch or SoftLaunch()
    if launch.cohort is None:
        yield item.finding(
            "rollout.cohort", "warning", ("soft_launch",) if item.value.soft_launch else (),
            "nobody is in the soft launch, so nothing is made of it",
            "Say who is in it:  soft_launch: {cohort: {share: 15%, internal: […]}}", of_key=True,
        )  # fmt: skip
    else:
        yield from _share(item, launch.cohort)
        yield from _segment(item, launch.cohort, scope)
        yield from _lists(item, launch.cohort)
    yield from _entry(item, launch, scope)


def _share(item: Declared, cohort: Cohort) -> Iterator[Finding]:
    path: Path_ = ("soft_launch", "cohort")
    if cohort.segment is None and (cohort.share is None or not LEAST <= fraction(cohort.share) <= MOST):
        said = "no share" if cohort.share is None else f"a share of {cohort.share}"
        few = cohort.share is None or fraction(cohort.share) < LEAST
        why = "so few customers show too little" if few else "with so many, what goes wrong meets too many"
        yield item.finding(
            "rollout.share", "warning", (*path, "share") if cohort.share else path,
            f"{said} and no segment: {why}",
            "Say 10% to 20%, or one segment; if it is meant, allow it with a reason:  x-allow: {rollout.share: …}",
            of_key=cohort.share is None,
        )  # fmt: skip
    if not cohort.internal:
        yield item.finding(
            "rollout.internal-first", "note", path, "nobody of your own is in it before the first customers",
            "Name your own domain under `internal`: what does not work should meet you before it meets a customer.",
            of_key=True,
        )  # fmt: skip


def _segment(item: Declared, cohort: Cohort, scope: Scope) -> Iterator[Finding]:
    """Whoever is in a segment is known by a field of the organisation."""
    if cohort.segment is None or not scope.knows("segments", cohort.segment) or "customer_fields" in scope.perhaps:
        return
    if segment_field(list(scope.declaration.of("customer_fields").values())) is None:
        yield item.finding(
            "rollout.segment", "error", ("soft_launch", "cohort", "segment"),
            "no field of the organization says which segment a customer is in",
            "Declare a customer field with  of: organization, type: dropdown, options_from: segments",
        )  # fmt: skip


def segment_field(fields: list[Declared]) -> Declared | None:
    """The first field of organisations whose choices are the segments."""
    return next(
        (each for each in fields if each.value.of == "organization" and each.value.options_from == "segments"), None
    )


def _lists(item: Declared, cohort: Cohort) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for name in _LISTS:
        for index, entry in enumerate(getattr(cohort, name)):
            path = ("soft_launch", "cohort", name, index)
            if not is_domain(entry) and not _ACCOUNT_ID.fullmatch(entry):
                yield item.finding(
                    "rollout.customer", "error", path, f"`{entry}` is neither a domain nor an account id", _meant(entry)
                )  # fmt: skip
                continue
            before = seen.setdefault(entry, name)
            if before == name and entry in getattr(cohort, name)[:index]:
                yield item.finding(
                    "rollout.twice", "error", path, f"`{entry}` stands twice under `{name}`", "Name it once."
                )  # fmt: skip
            elif before != name:
                against = "never" in (before, name)
                yield item.finding(
                    "rollout.twice", "error", path, f"`{entry}` stands under `{before}` and under `{name}`",
                    "Remove it from one of the two: it cannot be in the cohort and out of it." if against
                    else "Name it once: `internal` comes first, and stays in the cohort.",
                )  # fmt: skip


def _meant(entry: str) -> str:
    """What was perhaps meant by something that is neither domain nor account id."""
    host = entry.strip().lower().partition("://")[2] or entry.strip().lower()
    host = host.rpartition("@")[2].partition("/")[0].partition(":")[0].removeprefix("*.")
    if is_domain(host):
        return f"Write `{host}`."
    return "Write a domain (acme.example) or the account's id, as the CRM has it; a company's name can be anybody's."


def _entry(item: Declared, launch: SoftLaunch, scope: Scope) -> Iterator[Finding]:
    """Each channel is led to in a way that it can be. What is no channel is found as any other reference."""
    for key, way in launch.entry.items():
        channel = scope.declaration.get("channels", key)
        fitting = WAYS.get(channel.value.type, ("link_only",)) if channel and channel.value.type else ()
        if fitting and way not in fitting and channel:
            why = {
                "mail_server_rule": "a mail server forwards mail, and this is no mail",
                "website_flag": "a website shows a form or a chat, and this is neither",
            }[way]
            yield item.finding(
                "rollout.way", "error", ("soft_launch", "entry", key),
                f"`{way}` does not lead to a channel of type {channel.value.type}: {why}",
                f"Write {joined(fitting, 'or')}.",
            )  # fmt: skip
