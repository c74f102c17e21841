"""Samples of rules about the soft launch."""

from __future__ import annotations

from tests.config.cases.forms import rollout

CASES: list[tuple[str, str, str]] = [
    (
        "rollout.cohort",
        "channels: {a: {type: email, name: A, address: a@b.c}}\nrollout: {soft_launch: {entry: {a: link_only}}}",
        rollout(),
    ),
    ("rollout.cohort", "rollout: {why: Later}", rollout()),
    ("rollout.share", rollout("share: 9%"), rollout("share: 10%")),
    ("rollout.share", rollout("share: 21%"), rollout("share: 20%")),
    ("rollout.share", rollout("always: [a.example]"), rollout("segment: smb")),
    (
        "rollout.share",
        rollout("share: 50%"),
        rollout("share: 50%", allow="x-allow: {rollout.share: Half of our customers are one person each.}"),
    ),
    ("rollout.segment", rollout("segment: smb", options="options: {a: A}"), rollout("segment: smb")),
    ("reference.unknown", rollout("segment: smp"), rollout("segment: smb")),
    (
        "rollout.customer",
        rollout("share: 15%, always: [Bank of Somewhere]"),
        rollout("share: 15%, always: [bank.co.uk]"),
    ),
    ("rollout.customer", rollout("share: 15%, never: ['@bank.example']"), rollout("share: 15%, never: [bank.example]")),
    ("rollout.customer", rollout("share: 15%, never: [Bank.Example]"), rollout("share: 15%, never: [0017Q000012]")),
    (
        "rollout.twice",
        rollout("share: 15%, always: [a.example], never: [a.example]"),
        rollout("share: 15%, always: [a.example], never: [b.example]"),
    ),
    (
        "rollout.twice",
        rollout("share: 15%, always: [a.example, a.example]"),
        rollout("share: 15%, always: [a.example, A-17]"),
    ),
    ("rollout.twice", rollout("share: 15%, always: [halden.example]"), rollout("share: 15%, always: [h.example]")),
    ("reference.unknown", rollout(entry="suport: link_only"), rollout(entry="support: link_only")),
    ("rollout.way", rollout(entry="chat: mail_server_rule"), rollout(entry="chat: website_flag")),
    ("rollout.way", rollout(entry="support: website_flag"), rollout(entry="support: mail_server_rule")),
    ("rollout.way", rollout(entry="phone: website_flag"), rollout(entry="phone: link_only")),
]
