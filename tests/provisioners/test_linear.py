"""Linear: its client and its types against the stand-in, and the translations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from provisioners.intent import Intent
from provisioners.linear import SYSTEM
from provisioners.linear.client import LinearClient
from provisioners.linear.collections import Label, Template, Webhook
from provisioners.linear.translations import EscalationTranslation, LabelTranslation
from provisioners.translation import Names
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection, context, declaration, parts_of
from tests.provisioners.faults import fault_of

SEED = {
    "linear": {
        "workspace": {"name": "Acme", "url_key": "acme"},
        "teams": [{"key": "PAY", "name": "Payments"}, {"key": "WEB"}],
        "labels": [{"name": f"label {number:03}", "team": "WEB"} for number in range(150)],
    }
}
WORDS = {"urgent": "Urgent", "high": "High", "normal": "Medium", "low": "Low"}


@pytest.fixture(scope="module")
def running() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        yield sandbox


@pytest.fixture
def live(running: LiveSandbox) -> LiveSandbox:
    running.heal()
    running.clear_log()
    return running


@pytest.fixture
def client(live: LiveSandbox) -> LinearClient:
    return LinearClient(connection("linear", live.url))


@pytest.mark.parametrize(
    ("type_", "wanted", "change"),
    [
        (Label, {"name": "from-support", "team": "PAY", "color": "#0088cc"}, {"name": "support"}),
        (Label, {"name": "everywhere", "team": ""}, {"name": "all over"}),
        (
            Webhook,
            {"label": "x", "team": "PAY", "url": "https://r.example", "enabled": True, "resourceTypes": ["Issue"]},
            {"url": "https://s.example", "enabled": False},
        ),
        (Template, {"name": "Bug", "team": "PAY", "labels": [], "text": ["One", "Two"]}, {"text": ["Three"]}),
    ],
)
def test_each_comes_changes_and_goes(client: LinearClient, type_: Any, wanted: Any, change: Any) -> None:
    collection = type_(client)
    made = collection.create(wanted).live
    assert collection.canonical(made, wanted) == wanted
    assert collection.live_key(made) == collection.natural_key(wanted)
    changed = {**wanted, **change}
    assert collection.canonical(collection.update(made.id, changed, wanted).live, changed) == changed
    seen = collection.get(made.id, changed)
    assert seen is not None and collection.canonical(seen, changed) == changed
    assert made.id in {each.id for each in collection.list(changed)}
    collection.delete(made.id, changed)
    assert collection.get(made.id, changed) is None
    assert fault_of(collection.delete, made.id, changed).code == "not_found"


def test_every_page_of_a_list_is_read(live: LiveSandbox, client: LinearClient) -> None:
    names = [each.label for each in Label(client).list({}) if each.label.startswith("label ")]
    assert names == [f"label {number:03}" for number in range(150)]
    assert len(live.log()) == 2


def test_an_error_in_an_answer_of_success_is_an_error(client: LinearClient) -> None:
    twice = fault_of(Label(client).create, {"name": "Label 001", "team": "WEB"})
    assert (twice.code, twice.status, "already exists" in twice.why) == ("collision", 200, True)
    assert fault_of(Label(client).create, {"name": "x", "team": "NONE"}).why == "there is no team with this key"
    wrong = fault_of(client.query, "wrong", " { nothing }")
    assert (wrong.code, wrong.status) == ("refused", 400)


def test_its_limit_is_a_400_that_is_waited_for(live: LiveSandbox, client: LinearClient) -> None:
    live.fault(kind="throttle", system="linear", times=1)
    assert client.query("viewer", " { viewer { id } }")["viewer"]["id"]
    assert live.fired() == 1
    assert [entry["status"] for entry in live.log()] == [400, 200]


def test_a_document_that_costs_too_much_is_refused(client: LinearClient) -> None:
    inner = " ".join(
        f"a{number}: issueLabels(first: 250) {{ nodes {{ id team {{ id name key }} }} }}" for number in range(20)
    )
    assert "too complex" in fault_of(client.query, "big", f" {{ {inner} }}").why


def test_a_run_that_only_reads_writes_nothing(live: LiveSandbox) -> None:
    only = LinearClient(connection("linear", live.url, read_only=True))
    assert only.query("viewer", " { viewer { id } }")
    assert fault_of(Label(only).delete, "x", {}).code == "not_allowed"
    assert live.writes() == []


def test_who_we_are_there(live: LiveSandbox) -> None:
    account = SYSTEM.account(connection("linear", live.url, read_only=True))
    assert (account.id, account.name, account.missing_rights) == ("acme", "Acme", ())
    assert {SYSTEM.account_id(said) for said in ("acme", "https://linear.app/acme/", "linear.app/acme/team/PAY")} == {
        "acme"
    }


def declared(words: dict[str, str] = WORDS) -> Any:
    return declaration(
        engineering_projects={"pay": {"name": "Payments", "existing": "PAY"}},
        engineering_components={"c": {"name": "Checkout", "project": "pay"}},
        engineering_labels={
            "l": {"name": "from-support", "project": "pay", "color": "#0088CC"},
            "all": {"name": "all"},
        },
        escalations={
            "bug": {
                "name": "To Engineering",
                "from": ["g"],
                "project": "pay",
                "components": ["c"],
                "labels": ["l"],
                "tag": "bug",
                "fields": [{"issue": "priority", "ticket": "priority", "as": words}],
                "comes_back": {"status": "s", "at_first": "x", "calls": "https://relay.example"},
            }
        },
    )


def test_labels_and_escalations_come_back_as_they_were_declared() -> None:
    declaration_ = declared()
    here = context(declaration_, "tracker", "linear")
    names = Names(values=SYSTEM.words(here))
    for key, said in (("l", {"name": "from-support", "project": "pay", "color": "#0088cc"}), ("all", {"name": "all"})):
        sent = LabelTranslation().resources(declaration_.get("engineering_labels", key), here)
        assert LabelTranslation().declared(parts_of(sent), names) == said
    sent = EscalationTranslation().resources(declaration_.get("escalations", "bug"), here)
    back = EscalationTranslation().declared(parts_of(sent), names)
    assert (back["template"]["project"], back["template"]["labels"]) == ("pay", ["l"])
    assert back["comes_back"] == {"calls": "https://relay.example", "active": True}
    assert [each.reason for each in here.compiled.not_sent_parts] == [
        "Linear has no components, so that its issues get none"
    ]


def test_a_template_has_no_switch() -> None:
    declaration_ = declared()
    item = declaration_.of("escalations")["bug"]
    off = replace(item, value=item.value.model_copy(update={"on_remove": "switch_off"}))
    sent = EscalationTranslation().resources(off, context(declaration_, "tracker", "linear"))
    assert {each.part: each.on_remove for each in sent} == {"": "release", "webhook": "switch_off"}


def test_only_linears_own_priorities_are_taken(live: LiveSandbox) -> None:
    intent = Intent(declared({**WORDS, "urgent": "Highest"}))
    [finding] = SYSTEM.asked(connection("linear", live.url, read_only=True), intent)
    assert finding.rule == "LI102" and "it has Urgent, High, Medium, Low, No priority" in finding.message
    assert live.log() == []
