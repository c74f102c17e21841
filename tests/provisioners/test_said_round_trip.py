"""Whatever can be declared comes back: YAML → payload → the sandbox over HTTP → payload → YAML is the identity.

Per kind, with objects that hypothesis makes; what `golive adopt` would write is compared with what was declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.declaration import Declaration
from config.document import Document, read_document
from config.loading import load_documents
from provisioners.sighting import Look
from provisioners.zendesk import SYSTEM
from stacks.adoption.wording import in_order, without_defaults
from tests.live_sandbox import running_sandbox
from tests.provisioners.zendesk_workspace import Applied, apply, compiled, connection, context, translation_of

YAML = Path(__file__).parent / "zendesk_workspace.yaml"
TODAY = date(2026, 12, 1)
_numbers = count()


@dataclass
class World:
    """The small client, applied. Objects are added to its declaration one at a time."""

    documents: list[Document]
    applied: Applied
    url: str

    def comes_back(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """What adopting would write for an object that was declared with this data."""
        key = f"new_{next(_numbers)}"
        loaded = load_documents([*self.documents, Document("new.yaml", {kind: {key: data}})], {})
        errors = [each for each in loaded.errors if each.path.startswith(f"{kind}.{key}")]
        assert errors == [], (data, errors)
        resources = [each for each in compiled(loaded.declaration, "rollout", self.url).resources if key in each.name]
        made = apply(resources, self.applied.collections, self.applied)
        try:
            return self._said(kind, key, loaded.declaration, made)
        finally:
            for each in reversed(resources):
                live = self.applied.lives.pop(each.name)
                collection = self.applied.collections[each.type]
                if not collection.only_set and not (each.part and kind == "schedules"):
                    collection.delete(live.id, self.applied.payloads[each.name])

    def _said(self, kind: str, key: str, declared: Declaration, made: Applied) -> dict[str, Any]:
        names = replace(made.names(declared, key), ids={name: live.id for name, live in made.lives.items()})
        translation = translation_of(kind)
        identifier = made.lives[f"helpdesk/{kind}/{key}"].id
        sighting = next(
            each for each in translation.sightings(Look(self.applied.collections)) if each.main.live.id == identifier
        )
        said = translation.said(sighting, names, context(declared, "rollout", self.url))
        return without_defaults(kind, in_order(said))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with running_sandbox() as live:
        documents = [read_document(YAML, "config.yaml")]
        declared = load_documents(documents, {}).declaration
        resources = compiled(declared, "rollout", live.url).resources
        yield World(documents, apply(resources, SYSTEM.collections(connection(live.url))), live.url)


NAMES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="{}$\u00a0"),
    min_size=1,
    max_size=25,
).map(lambda text: f"Ω {' '.join(text.split())}".strip())
"""The mark before each keeps names apart from those that are there."""
TEXTS = st.lists(NAMES, min_size=1, max_size=3).map("\n".join)
WORDS = st.lists(st.sampled_from(["refund", "money", "late", "käse", "x1"]), min_size=1, max_size=3, unique=True)
TAGS = st.lists(st.sampled_from(["alpha", "beta-1", "gamma_2", "δ"]), min_size=1, max_size=3, unique=True)


def some(*conditions: st.SearchStrategy[dict[str, Any]], most: int = 3) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Conditions or actions, of each sort at most one."""
    return st.lists(st.sampled_from(range(len(conditions))), min_size=1, max_size=most, unique=True).flatmap(
        lambda chosen: st.tuples(*(conditions[index] for index in chosen)).map(list)
    )


def one(**values: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A map whose values are strategies or constants."""
    return st.fixed_dictionaries(
        {
            name.rstrip("_"): value if isinstance(value, st.SearchStrategy) else st.just(value)
            for name, value in values.items()
        }
    )


ASKED = (
    one(event=st.sampled_from(["created", "updated"])),
    one(field="priority", is_=st.sampled_from(["urgent", "high", "normal", "low"])),
    one(field="status", before=st.sampled_from(["solved", "pending"])),
    one(field="type", is_not=st.sampled_from(["incident", "task"])),
    one(field="group", changed_to=st.sampled_from(["tier_1", "tier_2"])),
    one(field="assignee", empty=st.booleans()),
    one(field="assignee", is_=st.sampled_from(["current_user", "dana"])),
    one(field="tags", has_none=TAGS),
    one(field="subject", has_word=WORDS),
    one(field="comment_text", contains=NAMES),
    one(field="via", is_=st.sampled_from(["email", "api", "web_form"])),
    one(field="request_type", is_=st.sampled_from(["refund", "other"])),
    one(field="request_type", changed=True),
    one(field="urgent_call", is_=st.booleans()),
    one(field="organization.segment", is_=st.sampled_from(["enterprise", "smb"])),
    one(field="organization.renewal_date", within_next=st.integers(1, 60).map(lambda days: f"{days}d")),
    one(field="reopens", more_than=st.integers(1, 9)),
    one(in_hours="berlin"),
    one(zendesk=one(field="current_via_id", operator="is", value=st.sampled_from(["4", "33"]))),
)
DONE = (
    one(set="group", to=st.sampled_from(["tier_1", "tier_2", None])),
    one(set="priority", to=st.sampled_from(["urgent", "low"])),
    one(set="status", to=st.sampled_from(["open", "on_hold", "solved"])),
    one(set="request_type", to=st.sampled_from(["refund", "other", None])),
    one(set="affected_methods", to=st.lists(st.sampled_from(["sepa", "visa"]), min_size=1, unique=True)),
    one(set="urgent_call", to=st.booleans()),
    one(add_tags=TAGS),
    one(remove_tags=TAGS),
)
MAILED = (
    one(email=st.sampled_from(["requester", "assignee", "groups/tier_1", "people/dana"]), subject=NAMES, body=TEXTS),
    one(
        email="groups/tier_2",
        subject="{{ticket.fields.request_type}}",
        body="{{organization.fields.csm}}: {{ ticket.fields.impact }}",
    ),
    one(call="webhooks/pager", body=st.dictionaries(st.sampled_from("abc"), NAMES, min_size=1, max_size=2)),
    one(zendesk=one(field="follower", value=st.sampled_from(["people/dana", "current_user"]))),
)
REPLIES = (one(reply=st.sampled_from(["public", "internal"]), text=TEXTS),)
DURATIONS = st.integers(1, 3000).map(lambda minutes: f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m")
CELLS = st.fixed_dictionaries({each: DURATIONS | st.just("none") for each in ("urgent", "high", "normal", "low")})
SPANS = st.sampled_from([[], ["09:00-17:30"], ["00:00-24:00"], ["08:00-12:00", "13:15-18:45"]])
HOLIDAYS = st.lists(
    st.tuples(NAMES, st.integers(0, 300)).map(
        lambda pair: {"name": pair[0], "date": (TODAY + timedelta(pair[1])).isoformat()}
    ),
    max_size=2,
    unique_by=(lambda each: each["date"], lambda each: each["name"]),
)
OPTIONS = st.dictionaries(st.sampled_from(["one", "two", "three_3"]), NAMES, min_size=1, max_size=3)
ACTIVE = st.sampled_from([{}, {"active": False}])


def with_(base: st.SearchStrategy[dict[str, Any]], *more: st.SearchStrategy[dict[str, Any]]) -> Any:
    return st.tuples(base, *more).map(lambda parts: {name: value for part in parts for name, value in part.items()})


def _has_targets(policy: dict[str, Any]) -> bool:
    return any(cell != "none" for row in policy["targets"].values() for cell in row.values())


def _all_filled(policy: dict[str, Any]) -> dict[str, Any]:
    """A metric for which nothing is promised is not there."""
    rows = {name: row for name, row in policy["targets"].items() if set(row.values()) != {"none"}}
    return {**policy, "targets": rows}


KINDS: dict[str, Any] = {
    "groups": with_(one(name=NAMES), st.sampled_from([{}, {"zendesk": {"is_public": False}}])),
    "trigger_categories": one(name=NAMES),
    "schedules": with_(
        one(
            name=NAMES,
            time_zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Tokyo"]),
            hours=st.fixed_dictionaries(dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), SPANS)),
        ),
        HOLIDAYS.map(lambda days: {"holidays": sorted(days, key=lambda each: each["date"])} if days else {}),
    ),
    "ticket_fields": with_(
        one(name=NAMES, type=st.sampled_from(["text", "textarea", "integer", "decimal", "date", "checkbox"]))
        | one(name=NAMES, type=st.sampled_from(["dropdown", "multiselect"]), options=OPTIONS),
        ACTIVE,
        st.sampled_from([{}, {"agents": {"required": "on_solve"}}, {"customers": {"can": "edit", "required": True}}]),
        st.sampled_from([{}, {"help": {"agents": "Look first."}}, {"help": {"customers": "Say where."}}]),
    ),
    "customer_fields": with_(
        one(of=st.sampled_from(["organization", "requester"])),
        one(name=NAMES, type=st.sampled_from(["text", "integer", "date", "checkbox"]))
        | one(name=NAMES, type="dropdown", options=OPTIONS),
        ACTIVE,
    ),
    "webhooks": with_(
        one(
            name=NAMES,
            url=st.sampled_from(["https://a.example/x", "https://b.example/?q=1&r=2"]),
            method=st.sampled_from(["POST", "PUT"]),
        ),
        ACTIVE,
    ),
    "triggers": with_(
        one(name=NAMES, category=st.sampled_from(["classify", "tell"]), when=some(*ASKED), then=some(*DONE, *MAILED)),
        ACTIVE,
    ),
    "macros": with_(
        one(name=NAMES, then=some(*DONE, *REPLIES)),
        ACTIVE,
        st.sampled_from([{}, {"for": ["groups/tier_1"]}, {"for": ["groups/tier_2", "groups/tier_1"]}]),
        st.sampled_from([{}, {"help": {"agents": "When it fits."}}]),
    ),
    "sla_policies": one(
        name=NAMES,
        when=some(
            one(field="organization.segment", is_=st.sampled_from(["enterprise", "smb"])),
            one(field="via", is_=st.sampled_from(["email", "api"])),
            one(field="group", is_=st.sampled_from(["tier_1", "tier_2"])),
        ),
        targets=st.dictionaries(st.sampled_from(["first_reply", "next_reply", "total_resolution"]), CELLS, min_size=1),
        hours=st.sampled_from(["calendar", "business"]),
    )
    .filter(_has_targets)
    .map(_all_filled),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_declared_comes_back(kind: str, world: World) -> None:
    check: Callable[[], None]

    @given(KINDS[kind])
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    def check(data: dict[str, Any]) -> None:
        assert world.comes_back(kind, data) == without_defaults(kind, data)

    check()
