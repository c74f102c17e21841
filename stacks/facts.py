"""What the host tells while the engine runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass
class RunFacts:
    """What the host told while the engine ran."""

    listed: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    """(instance, type) → live objects: id, key, label, active, default, and as `facts` what `Collection.standing` says;
    of an order, as `order` what stands in it; of those that are not ours also what `Collection.told` says."""
    found: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Resource → what was found for it: id and payload, None where it is absent."""
    calls: dict[str, int] = field(default_factory=dict)
    in_the_way: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    """Like `listed`: objects that bear a new one's name although the vendor does not list them."""
    not_read: dict[str, str] = field(default_factory=dict)
    """Instance → why it could not be read."""
    not_read_types: dict[tuple[str, str], str] = field(default_factory=dict)
    """(instance, what one of them is called) → why objects of this one type could not be read."""
    limits: dict[str, int] = field(default_factory=dict)
    """Instance → calls a minute that it takes, as far as it says so or the environment file does."""
    days: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Instance → calls of the day that were left when the run began, and of how many, where the vendor counts so."""
    kept: list[tuple[str, str]] = field(default_factory=list)
    """(resource, why) of what was to be deleted and was left; no parts of an object that went as a whole later."""
    warnings: list[tuple[str, str]] = field(default_factory=list)
    faults: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """Resource → code, what, why and do of its last fault; see `provisioners.errors.SystemFault`."""
    begun: dict[str, Literal["create", "update", "delete"]] = field(default_factory=dict)
    """Resource → how it was written, of everything that was sent or was about to be."""
    _settled: set[str] = field(default_factory=set)

    def is_settled(self, resource: str) -> bool:
        """Whether the host said of a write that failed what became of it."""
        return resource in self._settled

    @classmethod
    def of(cls, events: Iterable[Mapping[str, Any]]) -> RunFacts:
        facts = cls()
        for event in events:
            match event["event"]:
                case "listed":
                    place = (event["instance"], event["type"])
                    objects = [{**each, "scope": event["scope"]} for each in event["objects"]]
                    facts.listed.setdefault(place, []).extend(objects)
                case "found":
                    facts.found[event["resource"]] = {name: event.get(name) for name in ("id", "payload", "why")}
                case "call":
                    facts.calls[event["system"]] = facts.calls.get(event["system"], 0) + 1
                case "limit":
                    facts.limits[event["system"]] = event["per_minute"]
                case "day":
                    facts.days[event["system"]] = (event["left"], event["of"])
                case "in_the_way":
                    place = (event["instance"], event["type"])
                    facts.in_the_way.setdefault(place, []).extend(event["objects"])
                case "not_read" if event["whole"]:
                    facts.not_read.setdefault(event["instance"], event["why"])
                case "not_read":
                    facts.not_read_types.setdefault((event["instance"], event["word"]), event["why"])
                case "kept":
                    facts.kept.append((event["resource"], event["why"]))
                case "done" if event["action"] == "delete":
                    whole = f"{event['resource']}/"
                    facts.kept = [each for each in facts.kept if not each[0].startswith(whole)]
                case "begun":
                    facts.begun[event["resource"]] = event["action"]
                case "fault":
                    if event["took_effect"] is not None:
                        facts._settled.add(event["resource"])
                    facts.faults[event["resource"]] = {name: event[name] for name in ("code", "what", "why", "do")}
                case "warning":
                    facts.warnings.append((event["resource"], event["text"]))
        return facts
