"""`golive review`: a change in words, from two revisions of a repository, without engine, network or credentials."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from config.results.plan import Change, Difference, PlanDocument, Summary
from tests.cli.workspace import golive
from tests.repository import ClientRepository, environment

SLA = """\
priorities: {urgent: {name: P1 down}, high: {name: P2}, normal: {name: P3}, low: {name: P4}}
sla_policies:
  gold:
    name: Gold
    when: [{field: tags, has: gold}]
    targets:
      first_reply: {urgent: 1h, high: 2h, normal: 4h, low: 8h}
    hours: calendar
  everyone:
    name: Everyone
    targets:
      first_reply: {urgent: 4h, high: 4h, normal: 8h, low: 8h}
    hours: calendar
"""
RULES = """\
groups:
  tier_1: {name: Tier 1}
  tier_2: {name: Tier 2}
trigger_categories:
  route: {name: Route}
triggers:
  first:
    name: First
    category: route
    when: [{field: tags, has: vip}]
    then: [{set: group, to: tier_1}]
  second:
    name: Second
    category: route
    when: [{field: tags, has: bug}]
    then: [{email: requester, subject: Hello, body: We have it.}]
"""


@pytest.fixture
def repository(tmp_path: Path) -> ClientRepository:
    return ClientRepository.new(tmp_path / "client")


def by_key(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {f"{each['kind']}/{each['key']}": each for each in document["changes"]}


def test_one_number_in_words_everywhere(repository: ClientRepository) -> None:
    repository.based_on(SLA)
    repository.write("config/own.yaml", SLA.replace("urgent: 1h", "urgent: 30m"))
    document: Any = repository.document()
    (change,) = document["changes"]
    assert change["says"] == ["  P1 down: first reply 1 h → 30 min"]
    assert (change["action"], change["audience"], change["file"], change["line"]) == (
        "update", "customers", "config/own.yaml", 3
    )  # fmt: skip
    (risk,) = document["risks"]
    assert (risk["risk"], risk["line"]) == ("changes_sla", 7)
    assert risk["text"] == "Gold: P1 down: first reply 1 h → 30 min (shorter)."
    assert document["summary"] == {"made": 0, "changed": 1, "renamed": 0, "leaving": 0}
    sentence = f"I agree to review {document['digest'][:12]}"
    for form in ("text", "markdown", "html"):
        ran = repository.review("--format", form)
        assert ran.code == 0
        assert "P1 down: first reply 1 h → 30 min" in ran.out
        assert sentence in ran.out


def test_the_page_ends_with_the_answer_and_keeps_what_is_technical_for_its_foot(repository: ClientRepository) -> None:
    repository.based_on("groups: {tier_1: {name: First line}}\n")
    repository.write("config/own.yaml", "groups: {first: {name: First line, was: tier_1}}\n")
    page = repository.review("--format", "html").out
    main, foot = page[page.index("<main>") : page.index("</main>")], page[page.index("<footer>") :]
    assert (
        main.index("How to agree stands at the end") < main.index("Group First line") < main.index("I agree to review")
    )
    assert "only in the files" in main and "Its key was" not in main
    assert "working tree" in foot and "digest" in foot
    assert "working tree" not in page[: page.index("<footer>")]


def test_nothing_is_asked_of_anybody(repository: ClientRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    """No token is set, no state is there, and the systems' addresses belong to nobody."""
    repository.based_on(SLA, "config/own.yaml")
    monkeypatch.setattr("socket.socket.connect", None)
    ran = repository.review()
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Nothing that is declared changes.")
    assert {each.name for each in repository.root.iterdir()} == {".git", "Pulumi.yaml", "config", "stacks"}


def test_made_changed_renamed_leaves(repository: ClientRepository) -> None:
    repository.based_on(RULES + "macros:\n  old: {name: Old, then: [{add_tags: [x]}], on_remove: delete}\n")
    text = RULES.replace("  tier_1: {name: Tier 1}", "  first_line: {name: Tier 1, was: tier_1}")
    text = text.replace("to: tier_1", "to: first_line").replace("We have it.", "We have it!")
    text = text.replace("  tier_2: {name: Tier 2}", "  tier_3: {name: Tier 3}")
    repository.write("config/own.yaml", text)
    found = by_key(repository.document())
    assert {name: each["action"] for name, each in found.items()} == {
        "triggers/second": "update",
        "macros/old": "delete",
        "groups/tier_2": "delete",
        "groups/tier_3": "create",
        "groups/first_line": "rename",
    }, "a rule whose group has another key is the same rule"
    assert found["groups/first_line"]["was"] == "tier_1"
    assert found["groups/tier_2"]["leaves"] == "deleted where golive made it, left as it is where it was taken over"
    assert [each["text"] for each in repository.document()["risks"] if each["risk"] == "removes_access"] == [
        "Group “Tier 2” leaves the files. Where golive made it, it is deleted and its tickets have no group any more; "
        "where it was taken over, it stays."
    ]
    assert found["macros/old"]["leaves"] == "deleted"
    assert found["macros/old"]["says"] == ["- adds the tag x"]
    assert found["triggers/second"]["says"] == ["  mails the requester, body: We have it. → We have it!"]
    assert found["triggers/second"]["audience"] == "customers"


def test_an_object_under_another_key_without_was(repository: ClientRepository) -> None:
    repository.based_on(RULES)
    repository.write("config/own.yaml", RULES.replace("  second:\n", "  another:\n"))
    (remark,) = repository.document()["remarks"]  # type: ignore[misc]
    assert "write  was: second  under another" in str(remark)


TEAM = """\
people:
  ana: {name: Ana Real, email: ana@client.example, role: agent, groups: [day], active: true}
  bo: {name: Bo Hill, email: bo@client.example, role: agent, groups: [day]}
groups: {day: {name: Day shift}}
integrations:
  slack:
    channels: {bugs: {name: bugs, people: [ana]}}
    user_groups: {on_call: {name: On call, groups: [day]}}
  crm:
    fields: {arr: {object: Account, name: ARR, type: currency}}
    access: {care: {name: Account care, read: [arr], people: [ana]}}
"""


def test_who_is_switched_off_loses_what_the_files_give_elsewhere(repository: ClientRepository) -> None:
    """Also what stays, and that the project still has them decide."""
    repository.write(
        "checklists/project.yaml", "people: {boss: {name: A, email: Ana@client.example, roles: [admin]}}\n"
    )
    repository.based_on(TEAM)
    repository.write("config/own.yaml", TEAM.replace("active: true", "active: false"))
    document: Any = repository.document()
    assert [(each["risk"], each["text"]) for each in document["risks"]] == [
        ("removes_access", "Ana Real cannot sign in to Zendesk any more; tickets and groups stay."),
        ("removes_access", "Ana Real loses “Account care” in the CRM, the Slack user group On call."),
        ("keeps_access", "Ana Real stays in #bugs: golive takes nobody out there, a person does."),
    ]
    added = [(each["rule"], each["file"]) for each in document["findings_added"]]
    assert ("checklist.person-off", "checklists/project.yaml") in added


def test_the_order_of_rules_and_promises(repository: ClientRepository) -> None:
    repository.based_on(SLA + RULES)
    gold, everyone = SLA.split("  everyone:\n")
    head, gold = gold.split("  gold:\n")
    first, second = RULES.split("  second:\n")
    rest, first = first.split("  first:\n")
    turned = f"{head}  everyone:\n{everyone}  gold:\n{gold}{rest}  second:\n{second}  first:\n{first}"
    repository.write("config/own.yaml", turned)
    document: Any = repository.document()
    found = by_key(document)
    assert found["sla_policies/_order"]["says"] == ["  now Everyone, Gold"]
    assert found["trigger_categories/route"]["says"] == ["  “Second” now stands before “First”"]
    assert [each["risk"] for each in document["risks"]] == ["changes_sla"]


def test_texts_in_files_are_compared(repository: ClientRepository) -> None:
    macro = "macros:\n  a: {name: A, then: [{reply: public, text: {file: texts/long answer.md}}]}\n"
    repository.write("texts/long answer.md", "One\nTwo\n")
    repository.write("texts/else.md", "not named")
    repository.based_on(macro)
    repository.write("texts/long answer.md", "One\nThree\n")
    after = repository.commit()
    for more in ((), ("--head", after)):
        (change,) = repository.document("main", *more)["changes"]  # type: ignore[misc]
        assert change["says"] == ["  answers the customer, text:", "      One", "-   Two", "+   Three"]


def test_pictures_of_articles_are_read_as_they_were(repository: ClientRepository) -> None:
    article = "export: {name: %s, section: care, body: {file: articles/export.md}}"
    centre = (
        "help_center:\n  categories: {help: {name: Help}}\n"
        "  sections: {care: {name: Care, category: help}}\n  articles:\n    " + article
    )
    repository.write("articles/export.md", "Look: ![the button](pictures/button.svg)\n")
    repository.write("articles/pictures/button.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    repository.write("articles/pictures/else.svg", "not named")
    repository.based_on(centre % "Export")
    repository.write("config/own.yaml", centre % "Export all")
    document = repository.document("main", "--head", repository.commit())
    found = [*document["findings_added"], *document["findings_removed"]]  # type: ignore[misc]
    assert [each["message"] for each in found if "picture" in each["message"]] == []
    (change,) = document["changes"]  # type: ignore[misc]
    assert change["key"] == "export"


def test_the_base_is_where_the_change_left_main(repository: ClientRepository) -> None:
    repository.based_on(RULES)
    repository.write("config/more.yaml", "groups: {mine: {name: Mine}}\n")
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.write("config/theirs.yaml", "groups: {theirs: {name: Theirs}}\n")
    repository.commit()
    repository.git("checkout", "-q", "change")
    assert list(by_key(repository.document())) == ["groups/mine"]
    assert set(by_key(repository.document("main"))) == {"groups/mine", "groups/theirs"}
    assert list(by_key(repository.document("main", "--head", "main"))) == []


def test_a_workspace_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    repository = ClientRepository.new(tmp_path / "all", "clients/a c:me")
    (repository.folder / "config").mkdir()
    (repository.folder / "config" / "stray.yaml").write_text("gruops: {}\n", encoding="utf-8")
    repository.based_on(RULES)
    repository.write("config/own.yaml", RULES.replace("name: First", "name: Firstly"))
    after = repository.commit()
    ran = repository.review("--head", after, "--annotations")
    assert ran.code == 0
    assert "renamed First → Firstly" in ran.out
    repository.write("config/own.yaml", RULES.replace("email: requester", "email: requester_and_ccs"))
    assert "::warning file=clients/a c%3Ame/config/own.yaml,line=16," in repository.review("--annotations").err


def test_values_come_from_each_side(repository: ClientRepository) -> None:
    channel = 'channels:\n  mail: {type: email, name: Mail, address: "${values.mail}"}\n'
    mail = "{{mail: {}}}".format
    repository.write("stacks/Pulumi.sandbox.yaml", environment(values=mail("test@acme.example")))
    production = environment(True, values=mail("help@acme.example"))
    repository.write("stacks/Pulumi.production.yaml", production)
    repository.based_on(channel)
    repository.write("stacks/Pulumi.production.yaml", production.replace("help@", "support@"))
    document: Any = repository.document()
    assert document["environment"] == "production", "what customers will see, unless somebody asks for something else"
    assert by_key(document)["channels/mail"]["says"] == ["  address help@acme.example → support@acme.example"]
    elsewhere = by_key(repository.document("-e", "sandbox"))
    assert list(elsewhere) == ["environments/production"]
    assert repository.review("-e", "nowhere").code == 6


def test_an_environment_that_gets_weaker(repository: ClientRepository) -> None:
    before = environment(True, more="    freeze: 2030-01-31 audit\n")
    repository.based_on(before, "stacks/Pulumi.production.yaml")
    after = before.replace("production: true", "production: false").replace("acme.zendesk.com", "evil.example")
    after = after.replace("expect: {helpdesk: acme}", "expect: {}").replace("    freeze: 2030-01-31 audit\n", "")
    repository.write("stacks/Pulumi.production.yaml", after)
    document: Any = repository.document("-e", "production")
    assert by_key(document)["environments/production"]["says"] == [
        "  production: yes → no",
        "  systems, helpdesk, url: https://acme.zendesk.com → https://evil.example",
        "  expect, helpdesk: acme → nothing",
        "  freeze: 2030-01-31 audit → nothing",
    ]
    said = {each["line"]: each["text"] for each in document["risks"]}
    assert {each["risk"] for each in document["risks"]} == {"weakens_guard"}
    assert said[3] == "Production: it is not production any more: golive asks nobody for the client's name."
    assert said[5].endswith("the token of helpdesk goes to another host: acme.zendesk.com → evil.example.")
    assert "Production: which account must be there: acme → nothing." in said.values()
    assert "Production: the freeze (2030-01-31 audit) ends." in said.values()


def test_a_rule_of_the_vendors_says_only_what_is_listed(repository: ClientRepository) -> None:
    repository.based_on("groups: {a: {name: A}}\n")
    theirs = "triggers:\n  theirs: {existing: vendor_default, name: Notify requester, active: false}\n"
    repository.write("config/theirs.yaml", theirs)
    document: Any = repository.document()
    assert {each["path"] for each in by_key(document)["triggers/theirs"]["diff"]} == {"existing", "name", "active"}
    assert document["risks"] == []


# ------------------------------------------------------------ what cannot be compared


def test_what_leaves_is_said_to_go_only_where_golive_made_it(repository: ClientRepository) -> None:
    channels = (
        "integrations:\n  slack:\n    channels:\n      ops: {name: ops}\n      old: {name: old, on_remove: delete}\n"
    )
    repository.based_on(f"trigger_categories: {{route: {{name: Route}}}}\n{channels}")
    repository.write("config/own.yaml", "groups: {a: {name: A}}\n")
    document: Any = repository.document()
    found = by_key(document)
    taken_over = "left as it is where it was taken over"
    assert found["slack_channels/ops"]["leaves"] == (
        f"archived where golive made it, as Slack cannot delete; {taken_over}"
    )
    assert found["slack_channels/old"]["leaves"] == "archived; Slack cannot delete"
    assert found["trigger_categories/route"]["leaves"] == (
        f"where golive made it, deleted unless triggers are still in it; {taken_over}"
    )
    assert [each["text"] for each in document["risks"]] == [
        "#ops leaves the files. Where golive made it, it is archived and nobody can write there any more; where it was "
        "taken over, it stays.",
        "#old leaves the files: it is archived and nobody can write there any more.",
    ]


def test_a_revision_that_is_not_there(repository: ClientRepository) -> None:
    repository.based_on(RULES)
    for named in ("nowhere", "--help-me", "HEAD~7"):
        ran = golive("-C", str(repository.root), "review", "--json", "--", named)
        assert (ran.code, ran.checked("review")["error"]["code"]) == (1, "no_revision")
    assert "Name one that `git log` shows" in ran.err


def test_a_shallow_clone_says_to_fetch(repository: ClientRepository, tmp_path: Path) -> None:
    repository.based_on(RULES)
    repository.write("config/own.yaml", RULES.replace("Tier 1", "Tier one"))
    repository.commit()
    where = tmp_path / "shallow"
    repository.git("checkout", "-q", "main")
    every = ("--depth", "1", "--no-single-branch", "-b", "change")
    repository.git("clone", "-q", *every, f"file://{repository.folder}", str(where))
    for arguments in ((), ("HEAD^",)):
        ran = golive("-C", str(where), "review", *arguments)
        assert ran.code == 1
        assert "This clone is shallow" in ran.err
        assert "git fetch --unshallow" in ran.err


def test_no_repository_and_no_main_branch(repository: ClientRepository, tmp_path: Path) -> None:
    assert golive("-C", str(tmp_path), "init", "alone").code == 0
    ran = golive("-C", str(tmp_path / "alone"), "review")
    assert (ran.code, "in no git repository" in ran.err) == (1, True)
    repository.git("branch", "-m", "trunk")
    ran = repository.review()
    assert (ran.code, "golive review BASE" in ran.err) == (1, True)
    assert repository.review("HEAD").code == 0


def test_a_base_without_a_workspace(repository: ClientRepository) -> None:
    repository.git("checkout", "-q", "--orphan", "empty")
    repository.git("rm", "-rfq", ".")
    repository.git("commit", "-q", "--allow-empty", "-m", "nothing")
    repository.git("checkout", "-q", "main")
    document: Any = repository.document("empty")
    assert [each["action"] for each in document["changes"]] == ["create"] * 4
    assert "there was no workspace here, so that everything is new" in document["remarks"][0]


def test_a_base_that_was_not_valid(repository: ClientRepository) -> None:
    repository.based_on(RULES.replace("name: Tier 1", "nmae: Tier 1"))
    repository.write("config/own.yaml", RULES.replace("name: Tier 2", "name: Tier two"))
    document: Any = repository.document()
    found = by_key(document)
    assert set(found) == {"groups/tier_1", "groups/tier_2"}
    assert "cannot be compared" in found["groups/tier_1"]["says"][0]
    assert "the files were not valid (config/own.yaml:2:12: `nmae` is not an attribute" in document["remarks"][0]
    assert {each["rule"] for each in document["findings_removed"]} == {"schema.unknown-attribute"}
    assert document["base"]["valid"] is False


def test_a_head_that_is_not_valid_says_only_that(repository: ClientRepository) -> None:
    repository.based_on(RULES)
    repository.write("config/own.yaml", RULES.replace("to: tier_1", "to: nobody"))
    ran = repository.review("--json")
    document = ran.checked("review")
    assert (ran.code, document["error"]["code"], document["changes"], document["digest"]) == (2, "invalid", [], "")
    assert [each["rule"] for each in document["findings_added"]] == ["reference.unknown"]
    for form in ("text", "markdown", "html"):
        ran = repository.review("--format", form)
        assert ran.code == 2
        assert "The files have a mistake" in ran.out
        assert "there is no group `nobody`" in ran.out.replace("\\", "")
        assert "I agree" not in ran.out


def test_findings_are_the_same_wherever_they_stand(repository: ClientRepository) -> None:
    twice = "groups:\n  a: {name: Same}\n  b: {name: Same}\n"
    people = "people:\n  a: {name: A, email: a@acme.example, role: agent, invite: never}\n"
    noted = "scenarios:\n  s: {name: S}\n"
    repository.based_on(noted + people)
    repository.write("config/own.yaml", "# a line more\n\n" + noted + people)
    document: Any = repository.document()
    assert document["findings_added"] == document["findings_removed"] == document["changes"] == []
    repository.write("config/own.yaml", people)
    document = repository.document()
    assert [each["rule"] for each in document["findings_removed"]] == ["applied.not-yet"]
    repository.write("config/own.yaml", noted + people + twice)
    ran = repository.review("--json")
    assert [each["rule"] for each in ran.document["findings_added"]] == ["name.twice"]


# ------------------------------------------------------------ the digest


def test_the_digest_depends_on_what_changes_alone(repository: ClientRepository) -> None:
    repository.based_on(RULES)
    changed = RULES.replace("name: First", "name: Firstly")
    repository.write("config/own.yaml", changed)
    first: Any = repository.document()
    repository.write("config/own.yaml", "# a comment\n" + changed.replace("{name: Tier 1}", '{"name": "Tier 1"}'))
    repository.write("config/else.yaml", "# nothing\n")
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.write("README.md", "later")
    repository.commit()
    repository.git("checkout", "-q", "change")
    repository.git("rebase", "-q", "main")
    second: Any = repository.document()
    assert first["digest"] == second["digest"]
    assert first["base"]["commit"] != second["base"]["commit"]
    assert first["base"]["digest"] == second["base"]["digest"]
    repository.write("config/own.yaml", changed.replace("Firstly", "First of all"))
    third: Any = repository.document()
    assert third["digest"] not in ("", first["digest"])
    assert third["head"]["digest"] != first["head"]["digest"]


# ------------------------------------------------------------ the live plan


def plan_file(folder: Path, text: str | None) -> str:
    file = folder / "plan.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    return str(file)


PLAN = PlanDocument(
    "golive/plan/1",
    "production",
    Summary(update=1, same=5),
    [Change("helpdesk", "groups", "tier_1", "update", [Difference("name", "Tier 1", "Tier one")], name="Tier one")],
    notices=["Agents: 1 gets @team"],
    mails=1,
).to_json()
ERROR = {"code": "credentials", "what": "Zendesk refuses the token.", "where": "", "why": "It has ended.", "do": "New."}


def test_the_live_plan_stands_beside_it(repository: ClientRepository, tmp_path: Path) -> None:
    repository.based_on(RULES)
    repository.write("config/own.yaml", RULES.replace("Tier 1", "Tier one"))
    head: Any = repository.document()["head"]
    plan = {**PLAN, "environment": "sandbox", "declared": head["declared"]}
    file = plan_file(tmp_path, json.dumps(plan))
    assert repository.document("--plan", file)["plan"]["summary"]["update"] == 1  # type: ignore[index]
    for form in ("text", "markdown", "html"):
        out = repository.review("--plan", file, "--format", form).out
        assert "Agents: 1 gets @team" in out
        assert "renamed Tier 1 → Tier one" in out
        assert "The live plan" in out


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "No such file"),
        ("", "is empty"),
        ("{", "is no plan"),
        ("[]", "is no plan"),
        ('{"schema": "golive/drift/1", "environment": "x", "drift": [], "not_read": [], "unfinished": []}', "no plan"),
        (json.dumps({**PLAN, "schema": "golive/up/1"}), "is no plan"),
        (json.dumps({**PLAN, "error": ERROR}), "It has ended."),
    ],
)
def test_a_plan_that_is_missing_is_a_failure(
    repository: ClientRepository, tmp_path: Path, text: str | None, why: str
) -> None:
    repository.based_on(RULES)
    file = plan_file(tmp_path, text)
    for form in ("text", "markdown", "html", "json"):
        ran = repository.review("--plan", file, "--format", form)
        assert ran.code == 1
        assert why in ran.err
        said = ran.checked("review")["error"]["what"] if form == "json" else ran.out + ran.err
        assert "The live plan" in said
    assert "❌" in repository.review("--plan", file, "--format", "markdown").out


THIN = """\
people: {ada: {name: Ada, email: ada@acme.example, existing: true}}
customer_fields: {arr: {of: organization, name: ARR, type: decimal}}
trigger_categories: {route: {name: Route}}
triggers:
  rich: {name: Rich, category: route, when: [{field: organization.arr, more_than: 5}], then: [{add_tags: [rich]}]}
integrations:
  engineering: {projects: {core: {name: Core, existing: CORE}}}
  crm:
    fields: {arr: {object: Account, type: decimal, existing: ARR__c}}
    mapping: {written_by: golive, rows: [{crm: arr, helpdesk: organization.arr}]}
    completeness: {at_least: 70%, of: [arr]}
"""


def test_what_sleeps_because_the_crm_is_too_thin_is_a_change(repository: ClientRepository) -> None:
    repository.based_on(THIN)
    entry = "of: [arr], too_empty: {arr: {stand_in: the plan, owner: ada}}"
    repository.write("config/own.yaml", THIN.replace("of: [arr]", entry).replace("name: Core", "name: Core app"))
    changes = by_key(repository.document())
    assert changes["triggers/rich"]["says"] == ["  sleeps until the CRM holds enough of what it asks for"]
    said = changes["integrations/integrations"]["says"]
    assert said == ["+ what people go by while arr is too empty: the plan", "+ who has arr filled: Ada"]
    assert set(changes) == {"triggers/rich", "integrations/integrations", "engineering_projects/core"}
