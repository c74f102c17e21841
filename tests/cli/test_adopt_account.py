"""A running account with years of work in it is taken over: files, state, and a plan that has nothing to do."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from config.writing.files import read_text
from provisioners.zendesk.translations.fields import MADE_SAMPLES
from tests.cli.conftest import account, new_workspace
from tests.cli.workspace import Ran, Workspace
from tests.live_sandbox import running_sandbox
from tests.running_account import ODD_NAMES, build

CALLS = 37
"""What listing takes: pages of 100, each list once, the holidays of each schedule, and asking who we are."""


@dataclass
class TakenOver:
    """A workspace that has taken over everything. files: what was written. first: what the verb said."""

    workspace: Workspace
    counts: dict[str, int]
    files: dict[str, str]
    first: Ran
    calls: list[str]
    writes: int


@pytest.fixture(scope="module")
def taken(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TakenOver]:
    seed = account()
    seed["zendesk"]["plan"] = "enterprise"
    with running_sandbox(seed) as sandbox:
        workspace = new_workspace(tmp_path_factory.mktemp("running"), sandbox)
        settings = workspace.settings()
        settings["systems"]["helpdesk"]["plan"] = "suite_enterprise"
        workspace.set(settings)
        (workspace.root / "config" / "company.yaml").write_text("company: {name: Acme, default_locale: en-US}\n")
        counts = build(workspace.zendesk, enterprise=True)
        sandbox.clear_log()
        first = workspace.golive("adopt", "--all", "--yes", "--json")
        assert first.code == 0, first.err
        calls = [str(each["path"]) for each in sandbox.log() if each["system"] == "zendesk"]
        yield TakenOver(workspace, counts, texts(workspace), first, calls, len(sandbox.writes()))


def texts(workspace: Workspace) -> dict[str, str]:
    return {path.name: read_text(path) for path in sorted((workspace.root / "config").iterdir())}


def lose_state(workspace: Workspace) -> None:
    for folder in (".pulumi", "golive"):
        shutil.rmtree(workspace.root / ".pulumi-state" / folder, ignore_errors=True)
    shutil.rmtree(workspace.root / ".golive", ignore_errors=True)


def test_there_are_more_than_three_hundred_objects_and_nothing_was_written_live(taken: TakenOver) -> None:
    assert sum(taken.counts.values()) > 300
    assert taken.writes == 0


def test_history_counts_what_was_taken_over(taken: TakenOver) -> None:
    told = taken.workspace.golive("history").out
    names, more = re.findall(r"^    taken over  (.*) and (\d+) more$", told, re.MULTILINE)[-1]
    assert len(names.split(", ")) + int(more) == len(taken.first.document["taken"])
    assert "more object" not in told


def test_it_takes_as_few_calls_as_listing_needs(taken: TakenOver) -> None:
    files = [path for path in taken.calls if "/macros/" in path and path.endswith("/attachments")]
    assert 0 < len(files) == len(set(files)) <= taken.counts["macros"]
    assert len(taken.calls) - len(files) <= CALLS


def test_the_next_plan_has_nothing_to_do(taken: TakenOver) -> None:
    taken.workspace.is_settled()
    assert taken.workspace.golive("validate", "-e", "sandbox").code == 0


def test_nothing_is_left_out_silently(taken: TakenOver) -> None:
    document = taken.first.checked("adopt")
    said = {(each["kind"], each["id"]) for part in ("taken", "named", "left") for each in document[part]}
    zendesk = taken.workspace.zendesk
    for kind, many, path in (
        ("groups", "groups", "groups"),
        ("triggers", "triggers", "triggers"),
        ("macros", "macros", "macros?access=shared"),
        ("trigger_categories", "trigger_categories", "trigger_categories"),
        ("sla_policies", "sla_policies", "slas/policies"),
        ("schedules", "schedules", "business_hours/schedules"),
        ("webhooks", "webhooks", "webhooks"),
        ("customer_fields", "organization_fields", "organization_fields"),
        ("customer_fields", "user_fields", "user_fields"),
    ):
        page = f"{path}{'&' if '?' in path else '?'}page[size]=100"
        for each in zendesk("GET", page)[many]:
            assert (kind, str(each["id"])) in said, each
    fields = [each for each in zendesk("GET", "ticket_fields")["ticket_fields"] if each["removable"]]
    assert {("ticket_fields", str(each["id"])) for each in fields} <= said


def test_what_cannot_be_looked_after_is_named_with_the_reason(taken: TakenOver) -> None:
    named = {each["name"]: each["why"] for each in taken.first.document["named"]}
    assert named == {"Listens": "it listens to events and is not called by rules"}
    partly = {each["name"]: each["why"] for each in taken.first.document["taken"] if each["why"]}
    assert partly.pop("Order number") == MADE_SAMPLES
    assert partly == {"Refunded?": "the tag `refunded`, which it sets where it is ticked, stays as it is"}


def test_two_of_one_name_both_come_over(taken: TakenOver) -> None:
    triggers = yaml.safe_load(taken.files["triggers.yaml"])["triggers"]
    assert [key for key in triggers if key.startswith("rule_25")] == ["rule_25", "rule_25_2"]
    assert triggers["rule_25_2"]["x-allow"] == {"name.twice": "It was so when golive took it over."}
    people = yaml.safe_load(taken.files["people.yaml"])["people"]
    assert {"agent_number6", "agent_number6_2"} <= set(people)


def test_whatever_people_call_things_is_written_so_that_it_is_read_again(taken: TakenOver) -> None:
    triggers = yaml.safe_load(taken.files["triggers.yaml"])["triggers"]
    names = {str(each["name"]).replace("$${", "${") for each in triggers.values()}
    assert set(ODD_NAMES) <= names


def test_references_are_keys_and_order_is_kept(taken: TakenOver) -> None:
    triggers = yaml.safe_load(taken.files["triggers.yaml"])
    assert list(triggers["trigger_categories"])[-3:] == ["route", "tell", "empty"]
    live = taken.workspace.zendesk("GET", "triggers?page[size]=100&sort_by=position")["triggers"]
    in_file = [str(each["name"]) for each in triggers["triggers"].values() if each["category"] == "route"]
    category = next(
        each["id"]
        for each in taken.workspace.zendesk("GET", "trigger_categories")["trigger_categories"]
        if each["name"] == "Route"
    )
    in_life = [each["title"] for each in live if each["category_id"] == category]
    assert [name.replace("$${", "${") for name in in_file][: len(in_life)] == in_life
    sets = [action for each in triggers["triggers"].values() for action in each["then"] if action.get("set") == "group"]
    assert {"set": "group", "to": "team_2"} in sets
    assert "{{ticket.fields.area.tag}}" in taken.files["triggers.yaml"]
    assert "ticket.ticket_field_" not in "".join(taken.files.values())


def test_a_second_time_changes_nothing(taken: TakenOver) -> None:
    again = taken.workspace.golive("adopt", "--all", "--yes")
    assert (again.code, "Nothing is left to take over." in again.out) == (0, True)
    assert texts(taken.workspace) == taken.files


def test_without_its_state_the_files_stay_as_they_are(taken: TakenOver) -> None:
    lose_state(taken.workspace)
    again = taken.workspace.golive("adopt", "--all", "--yes")
    assert again.code == 0, again.err
    assert texts(taken.workspace) == taken.files
    taken.workspace.is_settled()


def test_without_state_and_files_the_same_files_are_written(taken: TakenOver) -> None:
    lose_state(taken.workspace)
    for path in (taken.workspace.root / "config").iterdir():
        if path.name != "company.yaml":
            path.unlink()
    again = taken.workspace.golive("adopt", "--all", "--yes")
    assert again.code == 0, again.err
    assert texts(taken.workspace) == taken.files
    taken.workspace.is_settled()
