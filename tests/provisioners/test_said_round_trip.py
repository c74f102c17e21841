"""Whatever can be declared comes back: YAML → payload → the sandbox over HTTP → payload → YAML is the identity.

Per kind, with objects that hypothesis makes; what `golive adopt` would write is compared with what was declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from config.document import read_document
from config.kinds import ALL_KINDS
from provisioners.sighting import Data
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.translations.rights import RIGHTS
from tests.cli.rounds import model_of
from tests.cli.test_rounds_complete import paths
from tests.live_sandbox import running_sandbox
from tests.provisioners.round_trip import NAMES, TEXTS, World, check_round_trip, one, some, with_
from tests.provisioners.zendesk_workspace import PICTURE, SEED

YAML = Path(__file__).parent / "zendesk_workspace.yaml"
TODAY = date(2026, 12, 1)
_addresses = count()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    root = tmp_path_factory.mktemp("workspace")
    (root / "picture.png").write_bytes(PICTURE)
    with running_sandbox(SEED) as live:
        yield World.of(SYSTEM, [read_document(YAML, "config.yaml")], live.url, root)


WORDS = st.lists(st.sampled_from(["refund", "money", "late", "käse", "x1"]), min_size=1, max_size=3, unique=True)
TAGS = st.lists(st.sampled_from(["alpha", "beta-1", "gamma_2", "δ"]), min_size=1, max_size=3, unique=True)


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
    one(field="via", is_=st.sampled_from(["email", "api", "web_form", "messaging", "voice"])),
    one(field="language", is_not=st.sampled_from(["de", "en-US"])),
    one(field="request_type", is_=st.sampled_from(["refund", "other"])),
    one(field="request_type", changed=True),
    one(field="urgent_call", is_=st.booleans()),
    one(field="organization.segment", is_=st.sampled_from(["enterprise", "smb"])),
    one(field="organization.renewal_date", within_next=st.integers(1, 60).map(lambda days: f"{days}d")),
    one(field="reopens", more_than=st.integers(1, 9)),
    one(in_hours="berlin"),
    one(zendesk=one(field="current_via_id", operator="is", value=st.sampled_from(["4", "33"]))),
)
CALL_BACK = one(set="urgent_call", to=st.booleans())
"""The field is off, and the vendor takes no macro that sets it."""
DONE = (
    one(set="group", to=st.sampled_from(["tier_1", "tier_2", None])),
    one(set="priority", to=st.sampled_from(["urgent", "low"])),
    one(set="status", to=st.sampled_from(["open", "on_hold", "solved"])),
    one(set="request_type", to=st.sampled_from(["refund", "other", None])),
    one(set="affected_methods", to=st.lists(st.sampled_from(["sepa", "visa"]), min_size=1, unique=True)),
    CALL_BACK,
    one(add_tags=TAGS),
    one(remove_tags=TAGS),
)
DONE_BY_MACROS = tuple(each for each in DONE if each is not CALL_BACK)
MAILED = (
    one(email=st.sampled_from(["requester", "assignee", "groups/tier_1", "people/dana"]), subject=NAMES, body=TEXTS),
    one(
        email="groups/tier_2",
        subject="{{ticket.fields.request_type}}",
        body="{{organization.fields.csm}}: {{ ticket.fields.impact }} {{ticket.fields.request_type.tag}}",
    ),
    one(call="webhooks/pager", body=st.dictionaries(st.sampled_from("abc"), NAMES, min_size=1, max_size=2)),
    one(zendesk=one(field="follower", value=st.sampled_from(["people/dana", "current_user"]))),
)
HOURS = st.integers(1, 400).map(lambda hours: f"{hours}h")
WAITED = (
    one(hours_since=st.sampled_from(["created", "pending", "on_hold", "updated", "sla_breach"]), is_=HOURS),
    one(hours_since=st.sampled_from(["open", "solved", "requester_update"]), more_than=HOURS, clock="business"),
    one(hours_until=st.sampled_from(["next_sla_breach", "due"]), less_than=HOURS),
)
"""The first of them ends an automation by itself."""
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
TOLD = st.sampled_from([{}, {"zendesk": {"description": "What it is for."}}])
ONE_OF = st.sampled_from([{}, {"when_any": [{"field": "via", "is": "email"}, {"field": "group", "is": "tier_1"}]}])
FOR_AGENTS = st.sampled_from([{}, {"help": {"agents": "Look first."}}])


UNLIKE_AGENTS = {
    word: next(value for value in right.values if value != right.agent)
    for word, right in RIGHTS.items()
    if word != "tickets"
}
"""Right → a value that the built-in agents do not have, so that a role has to say it."""
SOME_RIGHTS = [
    {"tickets": "own", **{word: UNLIKE_AGENTS[word] for word in list(UNLIKE_AGENTS)[place::4]}} for place in range(4)
]


def _keys() -> st.SearchStrategy[str]:
    """Keys at the vendor, none twice."""
    return st.sampled_from(["size", "x_1"]).map(lambda word: f"{word}_{next(_addresses)}")


def _address() -> st.SearchStrategy[str]:
    local = st.sampled_from(["help", "a.b-c", "x_1", "o'neil"])
    return local.map(lambda name: f"{name}{next(_addresses)}@acme.example")


def _has_targets(policy: dict[str, Any]) -> bool:
    return any(cell != "none" for row in policy["targets"].values() for cell in row.values())


def _all_filled(policy: dict[str, Any]) -> dict[str, Any]:
    """A metric for which nothing is promised is not there."""
    rows = {name: row for name, row in policy["targets"].items() if set(row.values()) != {"none"}}
    return {**policy, "targets": rows}


IN_LANGUAGES = NAMES | st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] != pair[1]).map(
    lambda pair: {"en-US": pair[0], "de": pair[1]}
)
WORD = st.sampled_from(
    ["Open", "the **door**", "*now*", "`key`", "a_b 5 \\* 3", "[Help](https://a.example/?q=1&r=2)", "R&D"]
)
LINE = st.lists(WORD, min_size=1, max_size=3, unique=True).map(" ".join)
BLOCK = (
    LINE
    | LINE.map("## {}".format)
    | st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}" for line in lines))
    | st.lists(LINE, min_size=1, max_size=3).map(
        lambda lines: "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
    )
    | LINE.map("> {}".format)
    | st.just('```json\n{"a": [1, 2]}\n```')
    | st.just("| A | B |\n| --- | --- |\n| 1 | *2* |")
    | st.just("![The button](https://a.example/b.png)")
    | st.just("See [this]({{article:password}}).")
)
BODY = st.lists(BLOCK, min_size=1, max_size=4, unique=True).filter(
    lambda blocks: not any(one[:1] == other[:1] for one, other in pairwise(blocks))
).map("\n\n".join) | st.just('<p class="note">Look</p>\n<ul>\n  <li>\n    <p>One</p>\n    <p>Two</p>\n  </li>\n</ul>')
READ_BY = st.sampled_from(
    [
        {},
        {"customers": {"can": "see"}},
        {"zendesk": {"user_segment": "signed_in"}},
        {"zendesk": {"user_segment": "Partners", "permission_group": "Admins"}},
        {"customers": {"can": "see"}, "zendesk": {"promoted": True, "comments_disabled": True}},
        {"for": ["groups/tier_1", "groups/tier_2"]},
    ]
)
LISTED = (
    one(field="assignee", is_=st.sampled_from(["current_user", "dana"])),
    one(field="tags", has_none=TAGS),
    one(field="organization.segment", is_="enterprise"),
    one(field="organization.products", has_none=st.sampled_from([["cards"], ["loans", "cards"]])),
    WAITED[2],
)
COLUMNS_SHOWN = st.lists(
    st.sampled_from(["subject", "sla", "requester", "request_type", "created", "status", "number", "due"]),
    min_size=1,
    unique=True,
)
ASKED_FOR = [{"request_type": "refund"}, {"request_type": "other"}, {"priority": "urgent"}, {"type": "incident"}]
SIDES = st.sampled_from([["agents"], ["agents", "customers"]])

KINDS: dict[str, Any] = {
    "groups": with_(
        one(name=NAMES),
        st.sampled_from([{}, {"zendesk": {"is_public": False}}, {"zendesk": {"description": "What it is for."}}]),
    ),
    "trigger_categories": one(name=NAMES),
    "schedules": with_(
        one(
            name=NAMES,
            time_zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Tokyo"]),
            hours=st.fixed_dictionaries(dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), SPANS)),
        ),
        HOLIDAYS.map(lambda days: {"holidays": sorted(days, key=lambda each: each["date"])} if days else {}),
    ),
    "roles": with_(
        one(name=NAMES),
        one(
            like="agent",
            rights=st.fixed_dictionaries(
                {"tickets": st.sampled_from(["own", "own_groups", "own_organization"])},
                optional={
                    "comments": st.just("internal"),
                    "macros": st.sampled_from(["use", "own_groups", "all"]),
                    "delete_tickets": st.just(True),
                    "calls": st.just(True),
                    "manage_roles": st.just(True),
                },
            ),
        )
        | one(like="light_agent", rights=st.just({"tickets": "own", "reports": "edit"}))
        | one(like="admin", rights=st.just({"tickets": "own_groups", "delete_tickets": False}))
        | one(like="agent", rights=st.sampled_from(SOME_RIGHTS)),
        TOLD,
    ),
    "brands": with_(
        st.builds(lambda name: {"name": name, "subdomain": f"acme-{next(_addresses)}"}, NAMES),
        ACTIVE,
        st.sampled_from([{}, {"signature": "{{agent.name}}"}, {"zendesk": {"host_mapping": "help.acme.example"}}]),
    ),
    "skills": one(
        name=NAMES,
        values=st.dictionaries(
            st.sampled_from(["one", "two", "three"]),
            st.sampled_from([[], ["dana"], ["dana", "mei"]]),
            min_size=1,
        ).map(
            lambda held: {
                key: {"name": key.title(), "people": people} if people else key.title() for key, people in held.items()
            }
        ),
    ),
    "queues": with_(
        one(
            name=NAMES,
            when=some(
                one(field="organization.segment", is_=st.sampled_from(["enterprise", "smb"])),
                one(field="via", is_=st.sampled_from(["email", "api"])),
                one(field="group", is_=st.sampled_from(["tier_1", "tier_2"])),
                one(field="priority", is_=st.sampled_from(["urgent", "low"])),
            ),
            groups=st.sampled_from([["tier_1"], ["tier_2", "tier_1"]]),
        ),
        st.sampled_from([{}, {"priority": 12}]),
        st.sampled_from([{}, {"fallback_groups": ["support"]}]),
        ONE_OF,
        TOLD,
    ),
    "ticket_statuses": with_(
        one(name=NAMES),
        one(category=st.sampled_from(["open", "pending", "on_hold", "solved"])),
        ACTIVE,
        st.sampled_from([{}, {"customers": {"name": "We look into it"}}]),
        st.sampled_from([{}, {"help": {"agents": "Look first."}}, {"help": {"customers": "We are at it."}}]),
    ),
    "ticket_fields": with_(
        one(name=NAMES, type=st.sampled_from(["text", "textarea", "integer", "decimal", "date", "checkbox"]))
        | one(name=NAMES, type="card")
        | one(name=NAMES, type="lookup", to=st.sampled_from(["requester", "custom_objects/bike"]))
        | one(name=NAMES, type=st.sampled_from(["dropdown", "multiselect"]), options=OPTIONS),
        ACTIVE,
        st.sampled_from(
            [
                {},
                {"agents": {"required": "on_solve"}},
                {"customers": {"can": "edit", "required": True}},
                {"customers": {"can": "edit", "name": "Ask us"}},
            ]
        ),
        st.sampled_from([{}, {"help": {"agents": "Look first."}}, {"help": {"customers": "Say where."}}]),
    ),
    "customer_fields": with_(
        one(of=st.sampled_from(["organization", "requester"])),
        one(name=NAMES, type=st.sampled_from(["text", "integer", "date", "checkbox"]))
        | one(name=NAMES, type="dropdown", options=OPTIONS)
        | one(name=NAMES, type="lookup", to=st.sampled_from(["requester", "custom_objects/bike"])),
        ACTIVE,
        FOR_AGENTS,
        _keys().map(lambda key: {"zendesk": {"key": key}}),
    ),
    "webhooks": with_(
        one(
            name=NAMES,
            url=st.sampled_from(["https://a.example/x", "https://b.example/?q=1&r=2"]),
            method=st.sampled_from(["POST", "PUT"]),
            format=st.sampled_from(["json", "xml", "form"]),
        ),
        ACTIVE,
        TOLD,
    ),
    "dynamic_content": one(
        name=NAMES,
        text=TEXTS | st.fixed_dictionaries({"en-US": TEXTS, "de": TEXTS | st.just("{{ticket.fields.request_type}}")}),
        zendesk=one(placeholder=st.integers(1, 10**9).map("text_{}".format)),
    ),
    "triggers": with_(
        one(name=NAMES, category=st.sampled_from(["classify", "tell"]), when=some(*ASKED), then=some(*DONE, *MAILED)),
        ACTIVE,
        ONE_OF,
        TOLD,
    ),
    "automations": with_(
        st.tuples(some(*WAITED[1:]), WAITED[0], st.lists(one(field="tags", has_none=TAGS), max_size=1)).flatmap(
            lambda parts: one(name=NAMES, when=[*parts[0], parts[1], *parts[2]], then=some(*DONE, *MAILED))
        ),
        ACTIVE,
        ONE_OF,
    ),
    "views": with_(
        st.tuples(one(field="status", before=st.sampled_from(["solved", "closed"])), some(*LISTED, most=2)).flatmap(
            lambda parts: one(name=NAMES, when=[parts[0], *parts[1]], columns=COLUMNS_SHOWN)
        ),
        ACTIVE,
        st.sampled_from([{}, {"for": ["groups/tier_1"]}, {"for": ["groups/tier_2", "groups/tier_1"]}]),
        st.sampled_from([{}, {"sort": {"by": "sla"}}, {"sort": {"by": "request_type", "ascending": False}}]),
        st.sampled_from([{}, {"group_by": "group"}, {"group_by": {"by": "assignee", "ascending": False}}]),
        st.sampled_from([{}, {"zendesk": {"description": "What waits."}}]),
        ONE_OF,
    ),
    "custom_objects": with_(
        one(name=NAMES, plural=NAMES),
        FOR_AGENTS,
        _keys().map(lambda key: {"zendesk": {"key": key}}),
        st.lists(
            with_(
                one(name=NAMES, type=st.sampled_from(["text", "integer", "date", "checkbox"]))
                | one(name=NAMES, type="lookup", to=st.sampled_from(["organization", "ticket", "custom_objects/bike"]))
                | one(name=NAMES, type="multiselect", options=OPTIONS),
                ACTIVE,
                st.sampled_from([{}, {"help": {"agents": "Say where."}}]),
            ),
            max_size=3,
        ).map(
            lambda listed: {"fields": {f"field_{place}": each for place, each in enumerate(listed)}} if listed else {}
        ),
    ),
    "group_sla_policies": with_(
        one(
            name=NAMES,
            groups=st.lists(st.sampled_from(["tier_1", "tier_2"]), min_size=1, unique=True),
            targets=one(group_ownership=CELLS),
            hours=st.sampled_from(["calendar", "business"]),
        ).filter(_has_targets),
        TOLD,
    ),
    "deletion_schedules": with_(
        st.tuples(
            one(
                hours_since=st.sampled_from(["updated", "created"]),
                more_than=st.integers(1, 4000).map(lambda days: f"{days}d"),
            ),
            st.lists(
                one(field="tags", has_none=TAGS)
                | one(field="group", is_=st.sampled_from(["tier_1", "tier_2"]))
                | one(field="request_type", is_not="refund")
                | one(field="organization.segment", is_="smb"),
                max_size=1,
            ),
        ).flatmap(lambda parts: one(name=NAMES, of="tickets", active=False, when=[parts[0], *parts[1]])),
        st.sampled_from([{}, {"zendesk": {"description": "What may go."}}]),
        ONE_OF,
    ),
    "ticket_forms": with_(
        one(name=NAMES, fields=st.just(["subject", "request_type", "transaction_id", "impact", "priority", "type"])),
        ACTIVE,
        st.sampled_from([{}, {"customers": {"can": "edit"}}, {"customers": {"can": "edit", "name": "Ask us"}}]),
        st.lists(
            st.sampled_from(ASKED_FOR).flatmap(
                lambda when: one(
                    for_=SIDES,
                    when=st.just(when),
                    show=["transaction_id", "impact"],
                    required=st.sampled_from(
                        [{"impact": "always"}, {"impact": "on_solve", "transaction_id": "always"}]
                    ),
                )
            ),
            max_size=2,
            unique_by=lambda each: str(each["when"]),
        ).map(lambda listed: {"conditions": listed} if listed else {}),
    ),
    "macros": with_(
        one(name=NAMES, then=some(*DONE_BY_MACROS, *REPLIES)),
        ACTIVE,
        st.sampled_from([{}, {"for": ["groups/tier_1"]}, {"for": ["groups/tier_2", "groups/tier_1"]}]),
        st.sampled_from([{}, {"help": {"agents": "When it fits."}}]),
    ),
    "help_center_categories": with_(
        one(name=IN_LANGUAGES), st.sampled_from([{}, {"zendesk": {"description": "What is in it"}}])
    ),
    "help_center_sections": with_(
        one(name=IN_LANGUAGES, category="account"),
        st.sampled_from([{}, {"section": "passwords"}, {"zendesk": {"description": "What is in it"}}]),
    ),
    "articles": with_(
        one(name=NAMES, section=st.sampled_from(["signing_in", "prices"]))
        .flatmap(
            lambda said: one(**said, body=BODY) | one(**said, body=st.fixed_dictionaries({"en-US": BODY, "de": BODY}))
        )
        .filter(lambda said: not isinstance(said["body"], dict) or len(set(said["body"].values())) == 2),
        st.sampled_from([{}, {"labels": ["how-to", "käse"]}]),
        ACTIVE,
        READ_BY,
    ),
    "sla_policies": with_(
        one(
            name=NAMES,
            when=some(
                one(field="organization.segment", is_=st.sampled_from(["enterprise", "smb"])),
                one(field="via", is_=st.sampled_from(["email", "api"])),
                one(field="group", is_=st.sampled_from(["tier_1", "tier_2"])),
            ),
            targets=st.dictionaries(
                st.sampled_from(["first_reply", "next_reply", "total_resolution"]), CELLS, min_size=1
            ),
            hours=st.sampled_from(["calendar", "business"]),
        )
        .filter(_has_targets)
        .map(_all_filled),
        ONE_OF,
        TOLD,
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_declared_comes_back(kind: str, world: World) -> None:
    check_round_trip(kind, KINDS[kind], world.adopted)


PEOPLE = with_(
    one(name=NAMES, email=_address(), role=st.sampled_from(["admin", "agent"]), invite="now"),
    st.sampled_from(
        [
            {"groups": ["support"]},
            {"groups": ["support", "tier_1"], "default_group": "tier_1"},
            {"groups": ["support", "tier_2", "tier_1"], "default_group": "support"},
        ]
    ),
    st.sampled_from([{}, {"zendesk": {"alias": "Team Acme"}}]),
)
CHANNELS = one(type="email", name=NAMES, address=_address())
ALERTS = with_(
    one(
        name=NAMES,
        to="alerts",
        text=TEXTS | st.just("{{ticket.fields.request_type}} of {{organization.fields.csm}} <&> *now*"),
    ),
    st.sampled_from(("when", "when_any")).flatmap(lambda group: some(*ASKED[:-1]).map(lambda asked: {group: asked})),
    ACTIVE,
)


def test_a_person_comes_back(world: World) -> None:
    """Whether somebody is invited cannot be seen of who is there. The vendor puts everybody into `support` first."""
    check_round_trip("people", PEOPLE, world.adopted, "invite")


def test_an_address_comes_back(world: World) -> None:
    check_round_trip("channels", CHANNELS, world.adopted)


def test_an_alert_comes_back_as_a_plan_reads_it(world: World) -> None:
    """Live it is a trigger. What only the vendor has words for is put into them by adopting, which finds no alerts."""
    check_round_trip("alerts", ALERTS, world.read_back)


NOT_LIVE = {
    "was": "a rename, which leaves nothing behind",
    "on_remove": "what becomes of it later",
    "existing": "looked up and never written",
    "phase": "when it is written",
    "not_before": "when it is written",
    "why": "never leaves the repository",
    "by_hand": "a person does it",
    "x-allow": "for validation",
}
"""Attributes of every kind that nothing at the vendor shows."""
_ROUNDS = "it stands in the rounds only: tests/cli/test_rounds.py"
_MOVES = "it moves away from another object: tests/cli/test_rounds.py"
_NO_CUSTOMERS = "customers never see these"
_OTHERS = "the choices are another kind's: tests/provisioners/test_zendesk_round_trip.py"
_SECRET = "the vendor never shows it: tests/cli/test_rounds.py"
_WARNINGS = "an alert and automations of their own: tests/provisioners/test_zendesk_translations.py"
_SAMPLED = dict.fromkeys(("pattern", "samples"), "its samples stand in the files only: tests/cli/test_rounds.py")
LEFT_OUT: dict[str, dict[str, str]] = {
    "articles": {},
    "brands": {"default": _MOVES},
    "channels": {"default": _MOVES, "brand": _ROUNDS, "forwards_from": "the client's mail server does it"},
    "people": {"active": _ROUNDS, "invite.phase": "nobody sees when somebody was invited"},
    "ticket_statuses": {"default": _MOVES},
    "ticket_fields": {"options_from": _OTHERS, **_SAMPLED},
    "customer_fields": {"options_from": _OTHERS, "help.customers": _NO_CUSTOMERS, **_SAMPLED},
    "ticket_forms": {"default": _MOVES, "customers.required": "a form is no field", "brands": "not applied"},
    "trigger_categories": {"order": "an object of its own: tests/cli/test_resulting_orders.py"},
    "triggers": {"replaces": "another object: tests/provisioners/test_zendesk_round_trip.py"},
    "automations": {"replaces": "another object: tests/provisioners/test_zendesk_round_trip.py"},
    "custom_objects": {"help.customers": _NO_CUSTOMERS},
    "macros": {"help.customers": _NO_CUSTOMERS, "files": "of the workspace: tests/cli/test_macro_files.py"},
    "webhooks": {
        "auth": _SECRET,
        "signing": _SECRET,
        "zendesk.authentication": "credentials that golive does not know",
    },
    "sla_policies": {"warn": _WARNINGS, "breach": _WARNINGS},
}
"""Attributes that no object here has, with the reason."""
BESIDE = {
    "slack_channels": "of a channel the helpdesk has a webhook: test_said_round_trip_elsewhere.py",
    "escalations": "of an escalation it has several objects, which nobody takes over as one: test_escalations.py",
}
"""Kinds of which there is nothing here, with the reason."""


def _said(value: Any, path: str = "") -> Iterator[str]:
    """Every path in an object's data."""
    yield path
    for name, inner in value.items() if isinstance(value, dict) else ():
        yield from _said(inner, f"{path}.{name}" if path else name)


def _seen(objects: st.SearchStrategy[Data]) -> set[str]:
    """The paths in many objects."""
    seen: set[str] = set()

    @given(objects)
    @settings(max_examples=150, deadline=None, phases=(Phase.generate,), derandomize=True, database=None)
    def look(data: Data) -> None:
        seen.update(_said(data))

    look()
    return seen


def test_every_kind_and_every_attribute_comes_back() -> None:
    """Here it is only looked at what hypothesis makes; that it comes back, the others show."""
    made = {**KINDS, "people": PEOPLE, "channels": CHANNELS, "alerts": ALERTS}
    taken = {translation.kind for translation in SYSTEM.translations()}
    several = {kind for kind in taken if not (ALL_KINDS[kind].single or ALL_KINDS[kind].used_only)}
    assert several == made.keys() | BESIDE.keys()
    missing: dict[str, list[str]] = {}
    for kind, objects in made.items():
        seen = _seen(objects)
        left_out = {**NOT_LIVE, **LEFT_OUT.get(kind, {})}
        every = list(paths(model_of(kind), kind))
        excepted = {each for each in every if any(each == path or each.startswith(f"{path}.") for path in left_out)}
        missing[kind] = [each for each in every if each not in excepted | seen]
        assert [each for each in LEFT_OUT.get(kind, {}) if each in seen] == [], f"{kind}: it comes back here"
    assert {kind: names for kind, names in missing.items() if names} == {}
