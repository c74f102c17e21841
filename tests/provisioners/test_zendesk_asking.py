"""What a live account says against a run, before anything is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from provisioners.errors import SystemFault
from provisioners.zendesk.asking import CATALOGUE, asked
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.client import Reply, ZendeskClient
from tests.live_sandbox import running_sandbox
from tests.provisioners import asked_accounts, asked_features
from tests.provisioners.asked_accounts import TAGS
from tests.provisioners.asked_world import World, intent_of
from tests.provisioners.zendesk_workspace import PICTURE, SEED, connection, declaration

CASES = {**asked_accounts.CASES, **asked_features.CASES}


def test_every_rule_of_the_account_has_its_case() -> None:
    assert set(CASES) == {rule.id for rule in CATALOGUE}
    assert all(rule.of_account and rule.elsewhere and rule.what and rule.why and rule.fix for rule in CATALOGUE)


@pytest.mark.parametrize("rule", CASES)
def test_an_account_that_keeps_it_and_one_that_breaks_it(rule: str, tmp_path: Path) -> None:
    with running_sandbox() as sandbox:
        world = World(sandbox, tmp_path, rule)
        CASES[rule](world)
    assert world.kept and world.broken
    severity = next(each.severity for each in CATALOGUE if each.id == rule)
    assert {each.severity for each in world.said} == {severity}


def test_asking_writes_nothing_and_asks_only_about_what_the_run_touches(tmp_path: Path) -> None:
    declared = declaration(TAGS, tmp_path)
    with running_sandbox() as sandbox:
        account = AskedAccount(ZendeskClient(connection(sandbox.url)))
        assert list(asked(account, replace(intent_of(declared), changes=()))) == []
        assert sandbox.log() == []
        assert list(asked(account, intent_of(declared))) == []
        assert [entry["path"].rpartition("/v2/")[2] for entry in sandbox.log()] == ["triggers/definitions"]
        assert sandbox.writes() == []


class Answering:
    """An account that says just this."""

    def __init__(self, answers: dict[str, object]) -> None:
        self.answers = answers

    def get(self, path: str, **query: object) -> Reply:
        answer = self.answers[path]
        if isinstance(answer, SystemFault):
            raise answer
        assert isinstance(answer, dict)
        return Reply(answer, {})


def vocabulary_of(yaml: str, folder: Path, type_: str, path: str, definitions: dict[str, object]) -> list[str]:
    """What an account with these definitions says of rules of one type."""
    intent = intent_of(declaration(yaml, folder))
    intent = replace(intent, changes=[each for each in intent.changes if each.type == type_])
    account = AskedAccount(Answering({path: {"definitions": definitions}, "slas/policies": {}}))  # type: ignore[arg-type]
    return [each.message for each in asked(account, intent) if each.rule == "ZD105"]


def test_what_an_account_does_not_list(tmp_path: Path) -> None:
    def lines(*subjects: dict[str, object]) -> list[str]:
        definitions: dict[str, object] = {"conditions_all": list(subjects)}
        return vocabulary_of(TAGS, tmp_path, "zendesk:Trigger", "triggers/definitions", definitions)

    assert lines({"subject": "status", "operators": []}) == ["this account's triggers cannot ask `reopens`"]
    assert lines({"subject": "reopens", "operators": [{"value": "is"}]}) == [
        "this account's triggers cannot ask `reopens` for `greater_than`"
    ]
    assert lines({"subject": "reopens", "operators": [{"value": "greater_than"}]}) == []
    assert lines({"subject": "reopens"}) == [], "a list without operators says nothing of them"
    assert lines() == [], "nor does one without fields"


def test_an_action_that_the_account_does_not_list(tmp_path: Path) -> None:
    definitions: dict[str, object] = {"actions": [{"subject": "status"}]}
    [line] = vocabulary_of(TAGS, tmp_path, "zendesk:Trigger", "triggers/definitions", definitions)
    assert line == "this account's triggers cannot do `current_tags`"


POLICY = """
groups: {one: {name: One}}
sla_policies:
  big:
    name: Big customers
    when: [{field: group, is: one}, {field: type, is: incident}]
    hours: calendar
    targets: {first_reply: {urgent: 1h, high: 1h, normal: 1h, low: 1h}}
"""


def test_what_policies_can_ask_is_listed_in_a_form_of_its_own(tmp_path: Path) -> None:
    def lines(*known: dict[str, object]) -> list[str]:
        definitions: dict[str, object] = {"all": list(known), "any": []}
        return vocabulary_of(POLICY, tmp_path, "zendesk:SlaPolicy", "slas/policies/definitions", definitions)

    group = {"value": "group_id", "operators": [{"value": "is"}]}
    assert lines(group) == ["this account's SLA policies cannot ask `type`"]
    types = {"list": [{"value": "problem"}]}
    assert lines(group, {"value": "type", "operators": [{"value": "is"}], "values": types}) == [
        "this account's SLA policies cannot ask `type` for the value `incident`"
    ]


FIELDS = """
ticket_fields: {area: {existing: Area}}
trigger_categories: {c: {name: C}}
triggers: {t: {name: T, category: c, when: [{field: area, is: x}], then: [{add_tags: [y]}]}}
"""


def test_a_field_of_the_account_that_rules_cannot_ask(tmp_path: Path) -> None:
    """A list that names fields of the account's own names all of them; one that names none may call them otherwise."""
    intent = intent_of(declaration(FIELDS, tmp_path), {"helpdesk/ticket_fields/area": "77"})
    intent = replace(intent, changes=[each for each in intent.changes if each.type == "zendesk:Trigger"])
    for known, many in (("custom_fields_78", 1), ("custom_fields_77", 0), ("status", 0)):
        definitions = {"conditions_all": [{"subject": known, "operators": [{"value": "is"}]}]}
        account = AskedAccount(Answering({"triggers/definitions": {"definitions": definitions}}))  # type: ignore[arg-type]
        assert [each.rule for each in asked(account, intent)] == ["ZD105"] * many, known


def test_a_run_that_is_stopped_is_no_answer(tmp_path: Path) -> None:
    stopped = SystemFault("stopped", "x", "the run was cancelled")
    account = AskedAccount(Answering({"triggers/definitions": stopped}))  # type: ignore[arg-type]
    with pytest.raises(SystemFault, match="cancelled"):
        list(asked(account, intent_of(declaration(TAGS, tmp_path))))


def test_the_sandbox_takes_everything_that_is_tried_whole(tmp_path: Path) -> None:
    """The declaration that is tried whole: no false alarm."""
    text = (Path(__file__).parent / "zendesk_workspace.yaml").read_text(encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(PICTURE)
    intent = intent_of(declaration(text, tmp_path, checked=False))
    with running_sandbox(SEED) as sandbox:
        found = list(asked(AskedAccount(ZendeskClient(connection(sandbox.url))), intent))
    assert [each for each in found if each.severity == "error"] == []
    assert {each.rule for each in found} <= {"ZD107", "ZD130", "ZD133", "ZD134"}, found
