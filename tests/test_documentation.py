"""What is made from the code says what the code does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from pydantic import BaseModel

from checklists import left_out as method_left_out
from checklists.gate import Condition, Gate
from checklists.item import Item
from checklists.loading import merged, method
from checklists.probes import PROBES
from checklists.project import Delegation, FigureNeeded, Participant, Signatures, Waivers
from checklists.rules import check_checklist
from config.applied import not_sent
from config.document import parse_document, read_document
from config.environment import read_environment
from config.findings import Finding
from config.kinds import ALL_KINDS
from config.kinds.actions import Action
from config.kinds.conditions import Condition as ConditionOfRules
from config.loading import Loaded, load_documents
from config.model import From, Object
from config.rules.catalogue import catalogue
from config.rules.rule import Rule
from config.schema import members
from config.text import FileText
from config.vocabulary import OPERATORS, TICKET
from golive.cli import group
from golive.documentation import CHECKLISTS_PAGE, pages, words
from golive.documentation.checklists import FIRST_FILE as FIRST_CHECKLIST
from golive.documentation.checklists import GAPS
from golive.documentation.examples import EXAMPLES, FIRST_FILE, VALUES, client, with_candidates
from golive.documentation.forms import anchor, attributes, form_of, heading, hints, left_out, parts
from golive.documentation.probing import ask_actions, ask_conditions
from golive.documentation.rules import CHAPTERS, Chapter
from golive.documentation.tables import ACTIONS, OTHER_CONDITIONS
from provisioners.hubspot import quirks as hubspot
from provisioners.hubspot.field_types import METADATA as HUBSPOT_TYPES
from provisioners.jira.system import RIGHTS as JIRA_RIGHTS
from provisioners.salesforce import quirks as salesforce
from provisioners.salesforce.field_types import METADATA
from provisioners.salesforce.user_rights import RIGHTS
from provisioners.slack.quirks import QUIRKS as SLACK_QUIRKS
from provisioners.system import systems
from provisioners.zendesk.plans import NEEDS
from provisioners.zendesk.quirks import BY_HAND, QUIRKS
from sandbox.slack.api import METHODS as SLACK_METHODS
from tests.checklists.method_ids import CONDITION_IDS, ITEM_IDS, MIGRATION_IDS
from tests.provisioners.declared import declaration

ROOT = Path(__file__).parent.parent
PAGE = pages()["kinds.md"]
SETUP = (ROOT / "docs" / "setup.md").read_text(encoding="utf-8")


def _models(model: type[BaseModel], seen: list[type[BaseModel]]) -> list[type[BaseModel]]:
    """A model and all that stand below it, but for conditions and actions."""
    if model not in seen:
        seen.append(model)
        annotations = hints(model)
        for _, name, _ in attributes(model):
            for part in parts(annotations[name]):
                _models(part, seen)
    return seen


MODELS: list[type[BaseModel]] = [From, FileText, Object]
CHECKLIST_MODELS: list[type[BaseModel]] = []
for _model in (Item, Condition, Gate, FigureNeeded, Participant, Delegation, Waivers, Signatures):
    _models(_model, CHECKLIST_MODELS)
for _kind in ALL_KINDS.values():
    for _member in members(_kind.model):
        _models(_member, MODELS)


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_committed_page_is_the_made_one(name: str) -> None:
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == pages()[name], "run `make generated`"


@pytest.mark.parametrize("kind", sorted(ALL_KINDS))
def test_every_kind_is_described_where_it_stands_and_says_whether_it_is_set_up(kind: str) -> None:
    section = PAGE.split(f"\n### {heading(kind)}\n", 1)[1].split("\n### ", 1)[0]
    assert ("**Not set up** by this version" in section) == (not ALL_KINDS[kind].applied)
    assert "```yaml" in section or "The example stands at" in section


# ------------------------------------------------------------ examples


def test_the_examples_are_valid() -> None:
    assert _wrong(client()) == []
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} >= {
        kind for kind in ALL_KINDS if not kind.startswith("help_center_") and kind != "articles"
    }


def _wrong(loaded: Loaded) -> list[Finding]:
    """What is wrong with examples. They show each kind once and are no whole client, as the method would have it."""
    return [each for each in loaded.findings if each.severity != "note" and not each.rule.startswith("GL-")]


def test_the_first_file_is_valid_by_itself_and_sent_whole() -> None:
    loaded = load_documents([read_document(FIRST_FILE, "config/support.yaml")], {})
    assert loaded.findings == []
    assert not_sent(loaded.declaration) == {}


def _given(value: Any) -> Iterator[tuple[str, str]]:
    """(model, attribute) of everything that a value says, whatever base class declares the attribute."""
    if isinstance(value, BaseModel):
        for owner in type(value).__mro__:
            yield from ((owner.__name__, name) for name in value.model_fields_set)
        for name in value.model_fields_set:
            yield from _given(getattr(value, name))
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _given(part)


INSTEAD = {"share: 15%": "segment: fleet"}
"""What stands in an example beside what it can be instead, because there is one such object."""


def test_every_attribute_of_every_kind_occurs_in_an_example() -> None:
    said = {found for item in client().declaration for found in _given(item.value)}
    for word, other in INSTEAD.items():
        (path,) = (each for each in EXAMPLES.glob("*.yaml") if other in each.read_text() and word in each.read_text())
        whole = [read_document(each, each.name) for each in EXAMPLES.glob("*.yaml") if each != path]
        loaded = load_documents(
            [*whole, parse_document(path.read_text().replace(word, other), path.name)], VALUES, EXAMPLES
        )
        assert [each for each in _wrong(loaded) if each.severity == "error"] == []
        said |= {found for item in loaded.declaration for found in _given(item.value)}
    missing = [
        f"{model.__name__}.{name}"
        for model in MODELS
        for _, name, _ in attributes(model)
        if (model.__name__, name) not in said
    ]
    assert missing == []


def test_every_form_of_condition_and_action_occurs_in_an_example() -> None:
    said = {model for item in client().declaration for model, _ in _given(item.value)}
    forms = {model.__name__ for annotation in (ConditionOfRules, Action) for model in members(annotation)}
    assert forms - said == {"EventCondition", "SurveyAction"} - said


def _with_a_trigger(condition: str) -> list[str]:
    data = {
        "triggers": {
            "tried": {
                "name": "Tried",
                "category": "escalate",
                "when": [yaml.safe_load(condition)],
                "then": [{"add_tags": ["vip"]}],
            }
        }
    }
    return [each.message for each in _wrong(with_candidates(data))]


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_operator_has_a_valid_example(operator: str) -> None:
    example, meaning = words.OPERATOR_WORDS[operator]
    assert f" {operator}: " in example
    assert meaning
    assert _with_a_trigger(example) == []


def test_the_tables_of_conditions_and_actions_name_every_form() -> None:
    texts = [text for text, _ in (*OTHER_CONDITIONS, *ACTIONS)]
    for annotation in (ConditionOfRules, Action):
        for model in members(annotation):
            needed = model.needed({}) or ["in_hours"]
            assert "field" in needed or any(set(needed) <= set(yaml.safe_load(text)) for text in texts), model


# ------------------------------------------------------------ words


@pytest.mark.parametrize("model", (*MODELS, *CHECKLIST_MODELS), ids=lambda model: model.__name__)
def test_every_attribute_says_in_plain_words_what_it_is(model: type[BaseModel]) -> None:
    classes = {each.__name__ for each in (*MODELS, *CHECKLIST_MODELS)}
    for word, name, info in attributes(model):
        said = [form_of(model, name), info.description or "", left_out(model, name, info)]
        assert all(said), f"{word} of {model.__name__} lacks words"
        names = re.findall(r"\b[A-Z][a-z]+[A-Z][A-Za-z]*\b", " ".join(said))
        assert not set(names) & classes, f"{word} names a class: {names}"


def test_every_word_of_the_vocabulary_has_a_meaning() -> None:
    for known, meanings in words.SETS:
        assert set(known) == set(meanings)
    assert set(words.OPERATOR_WORDS) == set(OPERATORS)
    assert set(words.FIELD_WORDS) == set(TICKET)
    people = {word for field in TICKET.values() for word in field.words}
    assert set(words.KEY_WORDS) == people
    for (model, name), _ in (*words.LEFT_OUT.items(), *words.FORMS.items()):
        known = (*MODELS, *CHECKLIST_MODELS)
        owners = [each for each in known if model in {owner.__name__ for owner in each.__mro__}]
        assert owners, f"there is no {model}"
        assert all(name in each.model_fields for each in owners), f"{model} has no {name}"
    assert set(words.KINDS) | set(words.NOTES) <= set(ALL_KINDS)


def test_what_the_page_calls_checked_only_is_noted_by_validation() -> None:
    """The claims that stand in the words by hand."""
    webhook = {"name": "XML", "url": "https://xml.example", "format": "xml"}
    data = {
        "webhooks": {"xml": webhook},
        "macros": {"call": {"name": "Call", "then": [{"add_tags": ["vip"]}]}},
        "triggers": {
            "call": {
                "name": "Call",
                "category": "escalate",
                "when": [{"event": "created"}],
                "then": [{"call": "webhooks/xml", "body": {}}],
            }
        },
    }
    noted = {each.path for each in with_candidates(data).findings if each.rule == "applied.not-yet"}
    assert "triggers.call.then[0].call" not in noted
    assert {
        "scenarios.late_delivery",
    } <= noted


def test_asking_tells_what_can_stand_where() -> None:
    changed = {"field": "priority", "changed_to": "urgent"}
    assert ask_conditions([("triggers", changed), ("views", changed)]) == ["yes", "no"]
    assert ask_conditions([("triggers", {"field": "via", "is": "voice"})]) == ["yes"]
    reply = {"reply": "public", "text": "Hello"}
    assert ask_actions([("triggers", reply), ("macros", reply)]) == ["no", "yes"]


# ------------------------------------------------------------ checklists

CHECKLISTS = pages()["checklists.md"]
METHOD = merged(method(), []).checklist


def _cells(text: str) -> set[str]:
    """What stands in the first cell of any row."""
    return {line.split("|")[1].strip().strip("`").removesuffix("°") for line in text.splitlines() if line[:2] == "| "}


@pytest.mark.parametrize("name", [*ITEM_IDS, *MIGRATION_IDS, *CONDITION_IDS])
def test_the_page_of_checklists_names_everything_that_the_method_asks(name: str) -> None:
    assert name in _cells(CHECKLISTS)


def test_the_page_of_checklists_names_every_item_figure_probe_and_disagreement() -> None:
    rows = _cells(CHECKLISTS)
    assert {str(each.item.id) for each in METHOD.items.values()} <= rows
    items = CHECKLISTS.split("\n## All items\n")[1].split("\n## ")[0]
    assert sorted(re.findall(r"^\| [^|]+ \| `(\w+)` \|", items, re.MULTILINE)) == sorted(METHOD.items)
    assert {*METHOD.figures, *method_left_out.ITEMS, *method_left_out.SIDES} <= rows
    assert [name for name in PROBES if f"`{name}`" not in CHECKLISTS.split("\n## All probes\n")[1]] == []
    explained = CHECKLISTS.split("\n### No number of its own\n")[1]
    assert [each.about for each in method_left_out.FIGURES if f"| {each.about} |" not in explained] == []


def test_the_first_checklist_is_valid_beside_the_examples() -> None:
    document = read_document(FIRST_CHECKLIST, "checklists/project.yaml")
    loaded = merged(method(), [document])
    loaded.files = 1
    found = [*loaded.findings, *check_checklist(loaded, client().declaration)]
    assert [each for each in found if each.severity != "note"] == []
    assert f"```yaml\n{FIRST_CHECKLIST.read_text(encoding='utf-8').strip()}\n```" in CHECKLISTS
    assert set(document.data) == {"people", "profiles", "figures", "items", "gates"}


def test_ids_that_the_page_says_by_hand_are_there() -> None:
    text = CHECKLISTS_PAGE.read_text(encoding="utf-8") + " ".join(where for _, where in GAPS)
    ids = {str(each.item.id) for each in METHOD.items.values()}
    assert set(re.findall(r"\bP[0-9]\.[0-9]\.[a-z](?:-[a-z]+)?", text)) - ids == set()


def test_commands_that_the_page_says_by_hand_are_there() -> None:
    text = CHECKLISTS_PAGE.read_text(encoding="utf-8")
    verbs = set(re.findall(r"(?:`|^    )(golive (?:gate |log )?[a-z]+)", text, re.MULTILINE))
    there = set(re.findall(r"^## (golive .+)$", pages()["commands.md"], re.MULTILINE))
    assert len(verbs) > 12
    assert verbs - there == set()


def test_examples_of_commands_name_items_that_the_method_has() -> None:
    named = re.findall(r"golive gate (?:attach|sign|waive|explain|history) ([a-z_]+)", pages()["commands.md"])
    assert len(named) >= 5
    assert [key for key in named if key not in METHOD.items] == []


# ------------------------------------------------------------ rules


def test_the_page_of_rules_names_every_rule_once_with_an_anchor_of_its_own() -> None:
    page = pages()["rules.md"]
    assert re.findall(r'^\| <a id="([^"]+)"></a>`([^`]+)`', page, re.MULTILINE) == [
        (rule.id, rule.id) for chapter in CHAPTERS for rule in _in_page(chapter)
    ]
    assert {rule.id for chapter in CHAPTERS for rule in _in_page(chapter)} == set(catalogue())
    for rule in catalogue().values():
        (row,) = [line for line in page.splitlines() if f'<a id="{rule.id}">' in line]
        assert (rule.what in row and rule.fix in " ".join(row.split())) or "  " in rule.fix
        assert ("`°" in row) == (rule.is_decided_here and not rule.may_be_allowed)


def _in_page(chapter: Chapter) -> list[Rule]:
    inside = [rule for rule in catalogue().values() if chapter.holds(rule)]
    return sorted(inside, key=lambda rule: not rule.is_decided_here)


# ------------------------------------------------------------ links and pages


def _anchors(text: str) -> set[str]:
    return {anchor(title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def test_every_link_leads_somewhere() -> None:
    written = ("kinds.md", "checklists.md", "setup.md", "sandbox.md", "review.md", "night.md", "watch.md")
    for name in written:
        text = pages().get(name) or (ROOT / "docs" / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)]+)\)", text):
            file, _, part = target.partition("#")
            if file.startswith("http"):
                continue
            other = (pages().get(file) or (ROOT / "docs" / file).read_text(encoding="utf-8")) if file else text
            assert not part or part in _anchors(other), f"{name} leads to {target}"
    for page in (*written, "rules.md"):
        assert f"docs/{page}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "golive schema --kinds" in (ROOT / "golive" / "workspace" / "template.py").read_text(encoding="utf-8")


def _rights(system: str) -> list[str]:
    listed = SETUP.split(f"<!-- rights: {system} -->", 1)[1].split("<!-- end -->", 1)[0]
    return [word.strip("`*") for word in " ".join(listed.split()).split(", ")]


def test_the_rights_that_setup_names_are_those_that_doctor_asks_for() -> None:
    assert _rights("salesforce") == [f"{right} ({why})" for right, why in RIGHTS.items()]
    wanted = systems()["slack"].rights_needed(client().declaration)
    assert _rights("slack") == [*wanted.needed, *wanted.useful]
    assert _rights("jira") == list(JIRA_RIGHTS.values())
    every = {
        "note": {"object": "Contact", "name": "Note", "type": "text"},
        "csm": {"object": "Account", "name": "CSM", "type": "lookup", "to": "User"},
    }
    mapping = {"crm_mapping": {"written_by": "golive", "rows": []}}
    pipelines = {"bugs": {"name": "Bugs", "stages": {"new": "New"}}}
    wanted = systems()["hubspot"].rights_needed(
        declaration(crm_fields=every, crm_mapping=mapping, crm_pipelines=pipelines)
    )
    assert set(_rights("hubspot")) == {*wanted.needed, *wanted.useful}


def test_the_environment_file_of_setup_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "Pulumi.production.yaml"
    blocks = [each.split("```", 1)[0] for each in SETUP.split("```yaml\n")[1:]]
    path.write_text(next(each for each in blocks if each.startswith("config:")), encoding="utf-8")
    environment, findings = read_environment(path, path.name)
    assert findings == []
    assert environment is not None
    assert {entry.type for entry in environment.systems.values()} == {"zendesk", "salesforce", "slack", "jira"}
    assert environment.expect.keys() == environment.systems.keys()
    assert len(SETUP.splitlines()) < 175


def test_the_chapter_on_order_names_every_kind_whose_order_matters() -> None:
    chapter = " ".join(PAGE.split("\n## Order of rules and lists\n", 1)[1].split("\n## ", 1)[0].split())
    named = chapter.split("whose order matters (", 1)[1].split(")", 1)[0].split(", ")
    assert named == [kind.plural for kind in ALL_KINDS.values() if kind.ordered]


def test_every_example_on_the_page_can_be_read() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) > 40
    for block in blocks:
        assert isinstance(parse_document(block, "example.yaml").data, dict)


# ------------------------------------------------------------ commands
def test_the_short_form_of_help_is_documented_with_every_verb() -> None:
    page = pages()["commands.md"]
    assert page.count("-h, --help") == page.count("```text")


@pytest.mark.parametrize("verb", group.list_commands(click.Context(group)))
def test_every_verb_explains_itself_with_an_example(verb: str) -> None:
    command = group.get_command(click.Context(group), verb)
    assert command is not None
    text = command.help or ""
    assert len(text.splitlines()[0]) > 20
    assert "Example:" in text
    assert f"golive {verb}" in text


def test_the_readme_shows_the_two_commands_first() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:45])
    assert "make demo" in first_screen
    assert "make test" in first_screen


def test_every_promise_names_a_test_that_is_there() -> None:
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)`", text)
    assert len(named) > 30 and [each for each in named if not (ROOT / each).is_file()] == []


# ------------------------------------------------------------ zendesk


def test_of_each_kind_is_said_what_zendesk_does_otherwise() -> None:
    kinds = {each.kind for each in systems()["zendesk"].translations()}
    assert QUIRKS.keys() == kinds
    assert all(said.endswith(".") for each in QUIRKS.values() for said in each)


def test_of_each_kind_is_said_what_salesforce_does_otherwise() -> None:
    kinds = {each.kind for each in systems()["salesforce"].translations()}
    assert salesforce.QUIRKS.keys() == kinds
    assert all(said.endswith(".") for each in salesforce.QUIRKS.values() for said in each)
    page = pages()["salesforce.md"]
    ours = systems()["salesforce"].facts()["catalogue"]
    assert all(f"`{rule.id}`" in page for rule in ours) and all(f"`{word}`" in page for word in METADATA)


def test_the_page_of_hubspot_names_every_kind_type_rule_and_scope() -> None:
    assert hubspot.QUIRKS.keys() == {each.kind for each in systems()["hubspot"].translations()}
    assert all(said.endswith(".") for each in hubspot.QUIRKS.values() for said in each)
    page = pages()["hubspot.md"]
    ours = systems()["hubspot"].facts()["catalogue"]
    assert all(f"`{rule.id}`" in page for rule in ours) and all(f"`{word}`" in page for word in HUBSPOT_TYPES)


def test_what_a_person_does_says_where() -> None:
    tasks = (*BY_HAND, *salesforce.BY_HAND, *hubspot.BY_HAND)
    assert all(task.what and task.steps and task.seen.endswith(".") for task in tasks)
    assert {item for task in tasks for item in task.items} <= METHOD.items.keys()
    page = pages()["zendesk.md"]
    assert all(need.what in page for need in NEEDS)


def test_the_page_of_slack_names_every_kind_scope_rule_and_task() -> None:
    page, slack = pages()["slack.md"], systems()["slack"]
    assert SLACK_QUIRKS.keys() == {*(each.kind for each in slack.translations()), "alerts"}
    assert all(said.endswith(".") for each in SLACK_QUIRKS.values() for said in each)
    scopes = {method.scope for method in SLACK_METHODS.values() if method.scope not in (None, "team:read")}
    assert {scope for scope in scopes if f"`{scope}`" in page} == scopes
    assert all(f"[{rule.id}](rules.md#{rule.id})" in page for rule in slack.facts()["catalogue"])
    assert (
        "(kinds.md#integrations-slack-user_groups)" in page
        and "### integrations: slack: user_groups" in pages()["kinds.md"]
    )
