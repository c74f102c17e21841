"""What an old helpdesk did by itself, said and published: listed, drafted, and decided by a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from migrations.mapping.decisions import MOST
from migrations.records.macro import Macro
from tests.cli.conftest import new_workspace
from tests.cli.old_desk import with_old_desk
from tests.cli.workspace import Workspace
from tests.live_sandbox import LiveSandbox

SHELVES = "help_center: {categories: {money: {name: Money}}, sections: {payouts: {name: Payouts, category: money}}}\n"


@pytest.fixture
def workspace(sandbox: LiveSandbox, tmp_path: Path) -> Workspace:
    made = new_workspace(tmp_path, sandbox)
    made.config("company: {name: Acme, default_locale: en-US, locales: [en-US, de]}\n", "config/company.yaml")
    made.config(SHELVES, "config/shelves.yaml")
    return made


def mapped(workspace: Workspace, *more: str) -> dict[str, Any]:
    ran = workspace.golive("migrate", "map", "old_desk", *more, "--json")
    assert ran.code == 0, ran.err
    return ran.checked("migrate-map")


def drafts(workspace: Workspace) -> Path:
    return workspace.root / "migrations" / "drafts" / "old_desk.yaml"


def test_everything_gets_a_row_and_a_draft_and_no_rule_is_written(workspace: Workspace) -> None:
    path = with_old_desk(workspace)
    found = mapped(workspace)
    assert {(each["sort"], each["key"]) for each in found["undecided"]} == {
        ("rules", "4-7"), ("macros", "11"), ("macros", "12"),
        ("articles", "71"), ("articles", "71/de"), ("articles", "72"),
    }  # fmt: skip
    assert found["drafts"] == {
        "file": "migrations/drafts/old_desk.yaml", "state": "written", "macros": 1, "articles": 3, "rules": 1,
    }  # fmt: skip
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# What the old desk leaves us.") and workspace.golive("validate").code == 0
    assert yaml.safe_load(text)["macros"] == {"11": {"name": "Billing::Refund sent"}, "12": {"name": "Close it"}}

    said = drafts(workspace).read_text(encoding="utf-8")
    draft = yaml.safe_load(said)
    assert draft.keys() == {"macros", "help_center"}, "no rule is ever generated"
    assert "# on a change of a ticket “Tell the boss” (4-7)\n# - when Priority is Urgent\n# - then Mail Ann" in said
    assert "  # - attaches terms.pdf\n" in said and "  # - status: 5 then: evil\n" in said
    assert "Unknown here, correct it: {{ticket.cf_iban}}" in said and "Long gone" not in said
    [macro] = draft["macros"].values()
    assert macro["active"] is False and macro["then"][0]["reply"] == "public"
    assert macro["then"][0]["text"] == (
        "Hello {{ticket.requester.first_name}},\n\nit is about {{ticket.title}} ({{ticket.cf_iban}}): $${x}"
    )
    articles = draft["help_center"]["articles"]
    refunds = articles["how_refunds"]
    assert refunds["name"] == {"en-US": "How: refunds", "de": "Erstattungen"} and refunds["customers"] == {"can": "see"}
    assert draft["help_center"]["sections"] == {"refunds_more": {"name": "Refunds & more", "category": "money"}}
    assert "steal" not in said and "onclick" not in said and "javascript" not in said
    assert "{{article:cards}}#top" in said and "Left out: 1 × <script>." in said and "loaded from cdn.example" in said
    assert articles["cards"]["body"] == "<div>no tag at first</div>" and articles["cards"]["active"] is False
    assert "customers" not in articles["inside"] and "section" not in articles["inside"]


def test_drafts_stand_the_check_once_they_are_moved(workspace: Workspace) -> None:
    with_old_desk(workspace)
    mapped(workspace)
    draft = yaml.safe_load(drafts(workspace).read_text(encoding="utf-8"))
    draft["help_center"]["articles"]["inside"]["section"] = "refunds_more"
    draft["macros"]["billing_refund_sent"]["then"][0]["text"] = "Hello {{ticket.requester.first_name}}"
    draft["help_center"]["sections"] |= yaml.safe_load(SHELVES)["help_center"]["sections"]
    draft["help_center"]["categories"] = yaml.safe_load(SHELVES)["help_center"]["categories"]
    workspace.config(yaml.safe_dump(draft, sort_keys=False, allow_unicode=True), "config/shelves.yaml")
    ran = workspace.golive("validate", "--json")
    assert [each for each in ran.document["findings"] if each["severity"] == "error"] == []


def test_what_is_there_is_proposed_and_what_is_decided_is_no_draft_any_more(workspace: Workspace) -> None:
    path = with_old_desk(workspace)
    workspace.config(
        "macros: {refund_sent: {name: 'Billing::Refund sent', then: [{reply: public, text: Yes}]}}\n"
        "help_center: {articles: {cards: {name: Cards, section: payouts, body: x}}}\n"
    )
    rows = yaml.safe_load(path.read_text(encoding="utf-8")) if mapped(workspace)["written"] else {}
    assert rows["macros"]["11"]["target"] == "macros/refund_sent" and rows["articles"]["72"]["to"] == "cards"
    assert set(yaml.safe_load(drafts(workspace).read_text(encoding="utf-8"))) == {"help_center"}
    text = path.read_text(encoding="utf-8").replace(
        "target: macros/refund_sent", "target: macros/refund_sent\n    verdict: rebuild"
    )
    for title in ("Erstattungen", '"How: refunds"'):
        text = text.replace(
            f"title: {title}\n", f"title: {title}\n    drop: true   # Ann\n    decision: Nobody reads it\n"
        )
    path.write_text(text, encoding="utf-8")
    left = {(each["sort"], each["key"]) for each in mapped(workspace)["undecided"]}
    assert ("macros", "11") not in left and ("articles", "72") not in left
    assert "# Ann" in path.read_text(encoding="utf-8")


def test_a_draft_that_somebody_has_changed_is_left_alone(workspace: Workspace) -> None:
    with_old_desk(workspace)
    assert mapped(workspace)["drafts"]["state"] == "written"
    again = mapped(workspace)
    assert (again["drafts"]["state"], again["written"]) == ("as_it_was", False)
    path = drafts(workspace)
    mine = path.read_text(encoding="utf-8").replace("Hello", "Dear")
    path.write_text(mine, encoding="utf-8")
    assert mapped(workspace)["drafts"]["state"] == "edited" and path.read_text(encoding="utf-8") == mine
    assert "was changed by somebody" in workspace.golive("migrate", "map", "old_desk").out


@pytest.mark.parametrize("said", ["rules: {}\n", "articles: {}\nmacros: {}  # x\n", "\n# end"])
def test_what_stands_in_the_file_already_is_kept(workspace: Workspace, said: str) -> None:
    path = with_old_desk(workspace)
    path.write_text(path.read_text(encoding="utf-8") + said, encoding="utf-8", newline="\r\n")
    mapped(workspace)
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [len(data[sort]) for sort in ("rules", "macros", "articles")] == [1, 2, 3]
    assert "# What the old desk leaves us." in path.read_text(encoding="utf-8") and b"\r\n" in path.read_bytes()
    assert workspace.golive("validate").code == 0


def test_looking_writes_nothing(workspace: Workspace) -> None:
    path = with_old_desk(workspace)
    found = mapped(workspace, "--check")
    assert len(found["undecided"]) == 6 and "drafts" not in found and not drafts(workspace).exists()
    assert "macros" not in path.read_text(encoding="utf-8")
    said = workspace.golive("migrate", "status").out
    assert "Not decided: 1 rule, 2 macros, 3 old pages" in said


def test_of_a_large_tool_no_more_rows_come_than_people_can_go_through(workspace: Workspace) -> None:
    path = with_old_desk(workspace, *(Macro(id=str(n), name=f"Number {n}", text="x") for n in range(MOST + 30)))
    found = mapped(workspace)
    assert len(found["undecided"]) == MOST + 30
    assert len(yaml.safe_load(path.read_text(encoding="utf-8"))["macros"]) == MOST
