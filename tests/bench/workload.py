"""Clients of any size, the same for the same seed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

SHARES = {
    "triggers": 0.30,
    "macros": 0.25,
    "ticket_fields": 0.15,
    "groups": 0.10,
    "customer_fields": 0.06,
    "sla_policies": 0.05,
    "crm_fields": 0.04,
    "slack_channels": 0.03,
    "webhooks": 0.02,
}
"""How the objects are spread; a handful of categories and a company come on top."""
TARGETS = {"urgent": "1h", "high": "2h", "normal": "4h", "low": "8h"}


def write_client(folder: Path, size: int, seed: int = 7) -> int:
    """Write a client of about so many objects into `config/`, one file per kind; how many there are."""
    chance = random.Random(seed)
    counts = {kind: max(1, round(size * share)) for kind, share in SHARES.items()}
    objects: dict[str, dict[str, Any]] = {
        "groups": {f"g{n}": {"name": f"Group {n}"} for n in range(counts["groups"])},
        "ticket_fields": {f"f{n}": _field(n) for n in range(counts["ticket_fields"])},
        "customer_fields": {
            f"c{n}": {"of": "organization", "name": f"Customer field {n}", "type": "text"}
            for n in range(counts["customer_fields"])
        },
        "trigger_categories": {f"category_{n}": {"name": f"Category {n}"} for n in range(5)},
        "triggers": {f"t{n}": _trigger(n, counts, chance) for n in range(counts["triggers"])},
        "macros": {f"m{n}": _macro(n, counts, chance) for n in range(counts["macros"])},
        "sla_policies": {f"s{n}": _policy(n, counts, chance) for n in range(counts["sla_policies"])},
        "webhooks": {
            f"w{n}": {"name": f"Webhook {n}", "url": f"https://hooks.acme.test/{n}", "method": "POST", "format": "json"}
            for n in range(counts["webhooks"])
        },
    }
    integrations = {
        "crm": {
            "fields": {
                f"crm_{n}": {"object": "Account", "name": f"Field {n}", "type": "text"}
                for n in range(counts["crm_fields"])
            }
        },
        "slack": {
            "channels": {
                f"channel_{n}": {"name": f"channel-{n}", "topic": f"About {n}"} for n in range(counts["slack_channels"])
            }
        },
    }
    config = folder / "config"
    config.mkdir(exist_ok=True)
    _write(config / "company.yaml", {"company": {"name": "Acme", "default_locale": "en-US"}})
    for kind, items in objects.items():
        _write(config / f"{kind}.yaml", {kind: items})
    _write(config / "integrations.yaml", {"integrations": integrations})
    return sum(len(items) for items in objects.values()) + counts["crm_fields"] + counts["slack_channels"] + 1


def _write(file: Path, data: dict[str, Any]) -> None:
    file.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _field(number: int) -> dict[str, Any]:
    if number % 3:
        return {"name": f"Field {number}", "type": "text", "help": {"agents": f"What is said about {number}"}}
    options = {f"o{number}_{n}": f"Option {n} of {number}" for n in range(5)}
    return {"name": f"Field {number}", "type": "dropdown", "options": options}


def _trigger(number: int, counts: dict[str, int], chance: random.Random) -> dict[str, Any]:
    group = f"g{chance.randrange(counts['groups'])}"
    return {
        "name": f"Trigger {number}",
        "category": f"category_{number % 5}",
        "when": [{"event": "created"}, {"field": "priority", "is": chance.choice(["urgent", "high", "normal"])}],
        "then": [{"set": "group", "to": group}, {"add_tags": [f"tag_{number}"]}],
    }


def _macro(number: int, counts: dict[str, int], chance: random.Random) -> dict[str, Any]:
    reply = {"reply": "public", "text": f"Hello {{{{ticket.requester.name}}}}, this is answer number {number}."}
    group = f"g{chance.randrange(counts['groups'])}"
    return {"name": f"Macro {number}", "then": [reply, {"set": "group", "to": group}]}


def _policy(number: int, counts: dict[str, int], chance: random.Random) -> dict[str, Any]:
    group = f"g{chance.randrange(counts['groups'])}"
    return {
        "name": f"Policy {number}",
        "when": [{"field": "group", "is": group}],
        "targets": {"first_reply": TARGETS},
        "hours": "calendar",
    }
