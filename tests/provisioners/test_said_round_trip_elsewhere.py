"""What is declared for Slack and the CRM comes back; see `test_said_round_trip`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
import yaml
from hypothesis import strategies as st

from config.document import parse_document
from provisioners.salesforce import SYSTEM as SALESFORCE
from provisioners.slack import SYSTEM as SLACK
from tests.live_sandbox import running_sandbox
from tests.provisioners.round_trip import NAMES, World, check_round_trip, one, with_

USERS = [{"name": name, "email": f"{name.lower()}@acme.example"} for name in ("Dana", "Jonas", "Mei")]
CLIENT = {
    "roles": {"agent": {"name": "Agent", "like": "agent"}},
    "people": {
        each["name"].lower(): {**each, "email": each["email"].title(), "role": "agent", "invite": "never"}
        for each in USERS
    },
    "integrations": {
        "crm": {
            "objects": {"term": {"name": "Term", "plural": "Terms"}},
            "fields": {
                "arr": {"object": "Account", "name": "Revenue", "type": "currency"},
                "note": {"object": "Account", "name": "Note", "type": "textarea"},
                "region": {"object": "Account", "name": "Region", "type": "text", "existing": True},
                "industry": {"object": "Account", "type": "text", "existing": "Industry"},
                "twice": {"object": "Account", "name": "Twice", "type": "currency", "formula": "AnnualRevenue * 2"},
            },
        }
    },
}
SEED = {
    "slack": {"users": USERS},
    "salesforce": {"users": USERS, "custom_fields": [{"name": "Region__c", "type": "Text"}]},
}
_channels = count()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_sandbox(SEED) as live:
        yield live.url


@pytest.fixture(scope="module")
def chat(url: str) -> World:
    return World.of(SLACK, [parse_document(yaml.safe_dump(CLIENT), "config.yaml")], url)


@pytest.fixture(scope="module")
def crm(url: str) -> World:
    return World.of(SALESFORCE, [parse_document(yaml.safe_dump(CLIENT, sort_keys=False), "config.yaml")], url)


LINE = NAMES | st.sampled_from(["P1 & P2 <now>", "https://status.example/?a=1&b=2 or x@acme.example", "&amp; is &"])
CHANNELS = with_(
    st.sampled_from(["alerts", "a_b-c", "0"]).map(lambda name: {"name": f"{name}-{next(_channels)}"}),
    st.fixed_dictionaries({}, optional={"topic": LINE, "purpose": LINE, "private": st.booleans()}),
)
PEOPLE = st.lists(st.sampled_from(["dana", "jonas", "mei"]), unique=True)


def test_a_channel_comes_back(chat: World) -> None:
    check_round_trip("slack_channels", CHANNELS, chat.adopted)


def test_a_channel_and_its_people_come_back_as_a_plan_reads_them(chat: World) -> None:
    """Adopting names nobody: who joined by themselves is no configuration."""
    check_round_trip("slack_channels", with_(CHANNELS, one(people=PEOPLE)), chat.read_back)


LABELS = {
    "north": "North",
    "far_away": "Far away",
    "r_d": "R & D (new)",
    "option_2": "Option: 2",
    "oneills": "O’Neill's",
}
"""Keys are made of the labels when a field is taken over."""
OBJECTS = one(object=st.sampled_from(["Account", "Contact", "term"]), name=NAMES)
PLAIN = one(type=st.sampled_from(["text", "textarea", "integer", "decimal", "currency", "date", "checkbox"]))
FORMULAS = one(type=st.sampled_from(["text"]), formula=st.sampled_from(['"x"', 'Name & "<ü>"'])) | one(
    type=st.sampled_from(["integer", "decimal", "currency"]), formula="1 + 2"
)


def choices(options: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return one(type=st.sampled_from(["dropdown", "multiselect"]), options=options)


def test_a_crm_field_comes_back(crm: World) -> None:
    keys = st.lists(st.sampled_from(list(LABELS)), min_size=1, unique=True)
    labelled = keys.map(lambda chosen: {key: LABELS[key] for key in chosen})
    check_round_trip("crm_fields", with_(OBJECTS, PLAIN | FORMULAS | choices(labelled)), crm.adopted)


def test_a_crm_field_comes_back_as_a_plan_reads_it(crm: World) -> None:
    options = st.dictionaries(st.sampled_from(["one", "two", "three_3"]), NAMES, min_size=1)
    check_round_trip("crm_fields", with_(OBJECTS, PLAIN | FORMULAS | choices(options)), crm.read_back)


def test_access_comes_back(crm: World) -> None:
    fields = st.lists(st.sampled_from(["read", "edit", ""]), min_size=4, max_size=4)
    named = ["arr", "note", "region", "industry"]
    lists = fields.map(
        lambda chosen: {
            word: [key for key, said in zip(named, chosen, strict=True) if said == word] for word in ("read", "edit")
        }
    )
    formula = st.sampled_from([{}, {"read": ["twice"]}])
    people = PEOPLE.map(lambda chosen: {"people": sorted(chosen)})
    objects = st.sampled_from(["read", "edit", "create", "delete"]).map(lambda word: {"objects": {"Account": word}})
    check_round_trip("crm_access", with_(one(name=NAMES), lists | formula, people, objects), crm.adopted)


def test_a_queue_comes_back(crm: World) -> None:
    objects = st.sampled_from([["Case"], ["Case", "term"], ["term"]]).map(lambda chosen: {"objects": chosen})
    people = PEOPLE.map(lambda chosen: {"people": sorted(chosen)})
    check_round_trip("crm_queues", with_(one(name=NAMES), objects, people), crm.adopted)


def test_an_object_comes_back(crm: World) -> None:
    numbers = st.sampled_from([{}, {"numbered": "T-{0000}"}, {"numbered": "{0}"}])
    words = st.fixed_dictionaries({}, optional={"record_name": NAMES, "sharing": st.sampled_from(["private", "read"])})
    check_round_trip("crm_objects", with_(one(name=NAMES, plural=NAMES), numbers, words), crm.adopted)


def test_a_record_type_comes_back(crm: World) -> None:
    words = st.fixed_dictionaries({}, optional={"active": st.just(False), "help": one(agents=NAMES)})
    named = count()
    owners = st.sampled_from(["Account", "term"]).map(lambda owner: {"object": owner, "name": f"Sort {next(named)}"})
    check_round_trip("crm_record_types", with_(owners, words), crm.adopted)
