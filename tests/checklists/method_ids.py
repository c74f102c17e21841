"""What the method has: items by step, conditions of gates, rules for migrations, and figures that must not slip."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Any

STEPS = {
    "P0.1": 5, "P0.2": 7,
    "P1.1": 14, "P1.2": 13, "P1.3": 12,
    "P2.1": 9, "P2.2": 9, "P2.3": 11,
    "P3.1": 8, "P3.2": 11, "P3.3": 10, "P3.4": 11,
    "P4.1": 10, "P4.2": 9, "P4.3": 6,
    "P5.1": 8, "P5.2": 11, "P5.3": 8,
    "P6.1": 10, "P6.2": 7, "P6.3": 8, "P6.4": 8,
    "P7.1": 11,
}  # fmt: skip
"""Step → how many items it has; they are counted by letters: P2.3.a, P2.3.b, …"""
ITEM_IDS = tuple(f"{step}.{letter}" for step, many in STEPS.items() for letter in ascii_lowercase[:many])

MIGRATION_IDS = tuple(f"M{number:02}" for number in range(1, 25))

CONDITIONS = {"SL-E": 18, "SL-S": 6, "FR-E": 7, "FR-S": 7, "HO-E": 2, "HO-S": 8}
CONDITION_IDS = (
    *(f"{part}{number:02}" for part, many in CONDITIONS.items() for number in range(1, many + 1)),
    "PO-D14", "PO-D30", "PO-D60", "PO-D90",
)  # fmt: skip
OWN_CONDITION_IDS = ("FR-E08",)

CONDITIONAL = {
    "SL-E16": {"regulated", "hipaa", "phone_payments"},
    "SL-E17": {"migration"},
    "FR-E07": {"migration"},
    "FR-E08": {"migration"},
    "FR-S07": {"migration"},
    "HO-S08": {"regulated"},
}
"""Conditions that concern some projects only → the profiles by which they are told."""

NEVER_WAIVED = {"P1.2.l-residency", "P1.3.j", "P5.2.j-pci", "P5.3.h", "P6.1.h"}
"""Where law, contracts or the card schemes forbid it: nobody can accept the risk."""

FIGURES: dict[str, dict[str, Any]] = {
    "P0.1.e": {"probe.declared.at_least": 1},
    "P1.1.a": {"probe.history_span.at_least": "90d"},
    "P1.1.c": {"evidence.at_least": 2},
    "P1.1.d": {"evidence.at_least": 1},
    "P1.1.n": {"probe.top_drivers.at_least": 20},
    "P1.3.a": {"probe.scorecard.weights_sum": 100},
    "P1.3.b": {"probe.scorecard.candidates.at_least": 5},
    "P1.3.c": {"evidence.at_least": 2},
    "P1.3.g": {"probe.scorecard.strong_from": 75, "probe.scorecard.acceptable_with_reason_from": 55},
    "P1.3.h": {"probe.scorecard.security_at_least": "25%"},
    "P1.3.i": {"evidence.at_least": 3},
    "P1.2.c": {
        "probe.sla_targets.within.urgent.first_reply": "1h",
        "probe.sla_targets.within.urgent.total_resolution": "4h",
    },
    "P2.2.a": {"probe.declared.at_least": 5},
    "P3.1.a": {"probe.ticket_types.at_least": 5},
    "P3.1.c": {"probe.declared.at_least": 4},
    "P3.1.g": {"probe.customer_form.at_most": 5},
    "P3.2.j": {"probe.support_tiers.exactly": 3, "probe.support_tiers.pays_from_tickets_a_month": 500},
    "P3.3.a": {
        "probe.sla_targets.within.urgent.first_reply": "1h",
        "probe.sla_targets.within.urgent.total_resolution": "4h",
    },
    "P3.3.b": {"probe.sla_alerts.warn_at": "75%"},
    "P3.3.c": {"probe.sla_alerts.breach": True},
    "P3.4.a": {"probe.auto_close.idle": "7d", "probe.auto_close.not_before": "day_60"},
    "P3.4.d": {"probe.declared.at_least": 10, "probe.declared.at_most": 15},
    "P3.4.g": {
        "probe.enabled_rules.at_least": 5,
        "probe.enabled_rules.at_most": 10,
        "probe.enabled_rules.never_over": 29,
    },
    "P3.4.k": {"evidence.at_least": 3},
    "P4.1.b": {"probe.mapped_fields.at_least": 5},
    "P4.1.g": {"probe.context_complete.at_least": "70%"},
    "P4.2.g": {"probe.declared.at_least": 3},
    "P5.1.a": {"probe.declared.at_least": 4},
    "P5.1.b": {"probe.sections_by_driver.top": 10},
    "P5.1.f": {"probe.declared.at_least": 20},
    "P5.2.a": {"probe.articles_by_driver.top": 10},
    "P5.2.b": {"probe.articles.at_least": 15, "probe.articles.at_most": 20},
    "P5.2.c": {"probe.articles.at_least": 5, "probe.articles.at_most": 10},
    "P5.2.d": {"probe.articles.at_least": 3, "probe.articles.at_most": 5},
    "P5.2.g": {"probe.articles.at_least": 10, "probe.articles.warn_below": 20},
    "P5.2.g-rollout": {"probe.articles.at_least": 20},
    "P5.2.i": {"probe.article_age.at_most": "180d"},
    "P5.2.k": {"metric.good.at_least": "50%", "metric.red.less_than": "30%"},
    "P5.3.g": {"probe.bot_ready.articles": 20, "probe.bot_ready.day": 60},
    "P6.1.g": {
        "probe.sessions_fit_size.sizes": [
            {"agents_at_most": 5, "at_least": 1, "at_most": 1},
            {"agents_at_most": 20, "at_least": 2, "at_most": 3},
        ]
    },
    "P6.2.b": {"probe.cohort_share.at_least": "10%", "probe.cohort_share.at_most": "20%"},
    "P6.2.b-all": {"probe.cohort_share.at_least": "100%"},
    "P6.2.g": {"metric.good.less_than": "5%", "metric.red.more_than": "15%"},
    "P6.2.g-reply": {"metric.good.less_than": "4h", "metric.red.more_than": "12h"},
    "P6.2.g-csat": {"metric.good.more_than": "78%", "metric.red.less_than": "70%"},
    "P6.2.g-load": {"metric.good.at_most": "75%", "metric.red.more_than": "85%"},
    "P6.3.d": {"metric.window": "48h"},
    "P6.3.d-watched": {"probe.watched.for": "48h"},
    "P6.3.g": {"metric.window": "14d", "metric.good.at_most": 0},
    "P6.3.g-length": {"probe.phase_lasted.at_least": "14d"},
    "P6.3.h": {"probe.redirects_answer.status": 301},
    "P6.4.b-live": {"probe.plan_empty": {}, "probe.unchanged_by_hand": {}},
    "P6.4.c": {"probe.runbook_current.parts": ["add_user", "change_sla", "make_macro"]},
    "P6.4.c-alone": {"probe.client_did_tasks.tasks": ["add_user", "change_sla", "make_macro"]},
    "P6.4.h": {"probe.owners_named.phases": ["day_30", "day_60", "day_90"]},
    "P7.1.a": {"metric.window": "14d"},
    "P7.1.a-p2": {"metric.good.less_than": "4h"},
    "P7.1.b": {"metric.window": "60d", "metric.good.at_least": "20%", "metric.red.less_than": "20%"},
    "P7.1.c": {"metric.window": "60d", "metric.good.at_least": "15%", "metric.red.less_than": "15%"},
    "P7.1.d": {"metric.window": "90d", "metric.good.more_than": "25%", "metric.red.less_than": "15%"},
    "P7.1.e": {"metric.good.less_than": "5%", "metric.red.more_than": "15%"},
    "P7.1.f": {"metric.good.at_most": "75%", "metric.red.more_than": "85%"},
    "P7.1.g": {"metric.good.more_than": "78%", "metric.red.less_than": "70%"},
    "P7.1.h": {"metric.good.less_than": "4h", "metric.red.more_than": "12h"},
    "P7.1.f-low": {"metric.good.at_least": "60%"},
    "P7.1.k": {"metric.good.at_least": 2},
    "M09": {"probe.phase_lasted.at_least": "90d"},
}
"""Figures of the method that decide at a gate, by item and by the place where they stand."""

GATE_FIGURES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "90 days of history in the audit": (("P1.1.a",), ()),
    "2–3 agents and 1–2 success managers interviewed": (
        ("P1.1.c", "P1.1.d"), ("agents who are interviewed", "success managers who are interviewed"),
    ),
    "2–3 candidates with demo and trial": (("P1.3.c",), ("candidates with demo and trial account",)),
    "5 candidates, roles, types, CRM fields": (("P1.3.b", "P2.2.a", "P3.1.a", "P4.1.b"), ()),
    "75 / 55–74 / under 55 points": (("P1.3.g",), ()),
    "25 % weight of security": (("P1.3.h",), ()),
    "1 h and 4 h for an outage": (("P1.2.c", "P3.3.a"), ()),
    "under 4 h for the second priority": (("P7.1.a-p2",), ()),
    "75 % of the time gone": (
        ("P3.3.b", "P3.3.c"), ("time gone, when tickets of mid-sized customers also go up by themselves",),
    ),
    "5–10 rules, 30 and more": (("P3.4.g",), ()),
    "30 days until more rules and the first look back": (("P6.4.h",), ("until the first look back",)),
    "60–90 days until bot and automatic closing": (
        ("P5.3.g", "P3.4.a"), ("until bot, automatic closing, rules for big accounts and notices may work",),
    ),
    "7 days idle": (("P3.4.a",), ()),
    "10–15 macros": (("P3.4.d",), ()),
    "20–30 articles": (("P5.2.g-rollout", "P5.2.g", "P5.1.f"), ("articles at the launch",)),
    "15–20, 5–10 and 3–5 articles": (("P5.2.b", "P5.2.c", "P5.2.d"), ()),
    "5 articles of the failing example": ((), ("articles of a launch that failed",)),
    "under 10, 10–20, 20–30 articles": (("P5.2.g",), ()),
    "top 10 and top 20": (("P5.2.a", "P5.1.b", "P1.1.n", "P5.2.k"), ()),
    "60–90 minutes of training": ((), ("one training session",)),
    "1 or 2–3 sessions": (("P6.1.g",), ()),
    "10–20 % of the customers": (("P6.2.b",), ()),
    "48 h": (("P6.3.d", "P6.3.d-watched"), ()),
    "2 weeks side by side, and for the early sign": (("P6.3.g", "P6.3.g-length", "P7.1.a"), ()),
    "60 days: 20 %, +15 %": (("P7.1.b", "P7.1.c"), ()),
    "90 days: 25 % and 15 %, archive": (("P7.1.d", "M09"), ()),
    "70 % of the CRM": (("P4.1.g",), ()),
    "3 tiers, and 3 agents for promises by segment": (
        ("P3.2.j",), ("agents from which promises by segment pay",),
    ),
    "500 tickets a month": (("P3.2.j",), ()),
    "twice the volume": (("P7.1.k",), ()),
    "3 calls a week": ((), ("calls by which an account draws attention",)),
    "day 0, 60, 60–180": ((), ("when one client came to which tool",)),
    "SL-E01: 1 person": (("P0.1.e",), ()),
    "SL-E05: 1 sample in each channel": ((), ("messages that are tried in each channel",)),
    "SL-E09: 4 kinds of rules": ((), ("kinds of rules that may work at the launch",)),
    "SL-E13: 3 channels": (("P4.2.g",), ()),
    "SL-S05: 0 that block": ((), ("issues that block",)),
    "SL-S06: 15 %, 12 h, 70 %, 85 %": (("P6.2.g", "P6.2.g-reply", "P6.2.g-csat", "P6.2.g-load"), ()),
    "FR-S05: 100 %": (("P6.2.b-all",), ()),
    "FR-E07: 301": (("P6.3.h",), ()),
    "HO-E02: 0 differences": (("P6.4.b-live",), ()),
    "HO-S02, HO-S03: 3 tasks": (("P6.4.c", "P6.4.c-alone"), ()),
    "bands of action": (
        ("P7.1.e", "P7.1.f", "P7.1.f-low", "P7.1.g", "P7.1.h"), ("first answer by mail: a severe warning",),
    ),
}  # fmt: skip
"""Every figure of the method's gates → (items in which it stands as a number, what the documentation says of the rest
of it: `about` of those that are left out)."""
