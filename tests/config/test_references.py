"""References: found in models by their types, resolved over all files, and explained where they name nothing."""

from __future__ import annotations

import pytest

from config.loading import load_documents
from config.references import Reference, references_of, refers_to
from tests.config.samples import declared, documents, findings

CATEGORY = "trigger_categories: {route: {name: Route}}\n"


def references(text: str, kind: str, key: str) -> set[tuple[str, str]]:
    """(path, what is named) of every reference of an object."""
    item = declared(text).declaration.get(kind, key)
    assert item is not None
    return {
        (".".join(str(step) for step in each.path), "/".join(named))
        for each in references_of(item.value)
        if (named := each.resolve())
    }


def test_of_a_trigger() -> None:
    text = (
        CATEGORY
        + """
groups: {tier_2: {name: Tier 2}}
ticket_fields: {area: {name: Area, type: text}}
customer_fields: {csm: {of: organization, name: CSM, type: text}}
triggers:
  a:
    name: A
    category: route
    when:
      - {field: area, is: x}
      - {field: organization.csm, is: x}
      - {field: group, is_one_of: [tier_2]}
      - {field: assignee, is: me}
      - {field: group, empty: true}
      - {field: status, is: open}
      - {in_hours: berlin}
    then:
      - {set: group, to: tier_2}
      - {set: area, to: y}
      - {set: requester.csm, to: y}
      - {set: schedule, to: berlin}
      - {set: assignee, to: current_user}
      - {set: status, to: open}
      - {set: tags, to: y}
      - {set: brand, to: null}
      - {email: groups/tier_2, subject: x, body: y}
      - {email: requester, subject: x, body: y}
      - {call: webhooks/pager}
      - {slack: slack_channels/alerts, text: x}
"""
    )
    assert references(text, "triggers", "a") == {
        ("category", "trigger_categories/route"),
        ("when.0.field", "ticket_fields/area"),
        ("when.1.field", "customer_fields/csm"),
        ("when.2.is_one_of.0", "groups/tier_2"),
        ("when.6.in_hours", "schedules/berlin"),
        ("then.0.to", "groups/tier_2"),
        ("then.1.set", "ticket_fields/area"),
        ("then.2.set", "customer_fields/csm"),
        ("then.3.to", "schedules/berlin"),
        ("then.8.email", "groups/tier_2"),
        ("then.10.call", "webhooks/pager"),
        ("then.11.slack", "slack_channels/alerts"),
    }


def test_of_integrations() -> None:
    text = """
people: {dana: {existing: true, email: dana@halden.example}}
integrations:
  crm:
    fields: {arr: {object: Account, name: ARR, type: currency}}
    access: {support: {read: [arr], people: [dana]}}
"""
    assert references(text, "crm_access", "support") == {("read.0", "crm_fields/arr"), ("people.0", "people/dana")}
    assert findings(text) == []


def test_of_forms_and_views() -> None:
    text = """
ticket_fields: {area: {name: Area, type: dropdown, options: {api: API}}}
customer_fields: {csm: {of: organization, name: CSM, type: text}}
ticket_forms:
  a:
    name: A
    fields: [subject, area]
    conditions: [{for: [agents], when: {area: api}, show: [subject], required: {subject: always}}]
views:
  a: {name: A, when: [{field: status, is: open}], columns: [subject, area, organization.csm], group_by: {by: area}}
"""
    assert ("conditions.0.when.area", "ticket_fields/area") in references(text, "ticket_forms", "a")
    assert references(text, "views", "a") == {
        ("columns.1", "ticket_fields/area"), ("columns.2", "customer_fields/csm"), ("group_by.by", "ticket_fields/area")
    }  # fmt: skip


def test_over_all_files() -> None:
    loaded = load_documents(
        documents(
            a="people: {mei: {name: Mei, email: mei@halden.example, role: agent, groups: [tier_1]}}\n",
            b="groups: {tier_1: {name: Support}}\n",
            c="roles: {agent: {name: Agent, like: agent}}\n",
        ),
        {},
    )
    assert loaded.findings == []


def test_to_an_object_that_is_itself_wrong_is_not_reported_again() -> None:
    text = "roles: {agent: {name: Agent, like: agent}}\ngroups: {tier_1: {title: Support}}\n" + (
        "people: {mei: {name: Mei, email: mei@halden.example, role: agent, groups: [tier_1]}}\n"
    )
    assert {each.path.split(".")[0] for each in findings(text)} == {"groups"}


def one(text: str) -> tuple[str, str, str]:
    (finding,) = findings(text)
    return finding.rule, finding.message, finding.hint


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("tier_1", "Write `groups/tier_1`."),
        ("nobody", "Write `requester`, `requester_and_ccs`, `assignee`, `groups/KEY` or `people/KEY`."),
        ("webhooks/pager", "Write `requester`, `requester_and_ccs`, `assignee`, `groups/KEY` or `people/KEY`."),
    ],
)
def test_ambiguous_or_wrong_form(word: str, hint: str) -> None:
    text = (
        f"groups: {{tier_1: {{name: A}}}}\nmacros: {{a: {{name: A, then: [{{email: {word}, subject: x, body: y}}]}}}}\n"
    )
    assert one(text) == ("reference.form", f"`{word}` names nothing here", hint)


def test_unknown_with_did_you_mean() -> None:
    text = "groups: {tier_1: {name: A}}\nmacros: {a: {name: A, then: [{email: groups/teir_1, subject: x, body: y}]}}\n"
    assert one(text) == ("reference.unknown", "there is no group `teir_1`", "Did you mean `tier_1`?")


def test_unknown_with_what_there_is() -> None:
    keys = ", ".join(f"group_{number:02}: {{name: G{number}}}" for number in range(14))
    text = f"groups: {{{keys}}}\nmacros: {{a: {{name: A, then: [{{set: group, to: zzz}}]}}}}\n"
    assert one(text)[2].startswith("Known: group_00, group_01,")
    assert one(text)[2].endswith(", ….")


def test_bare_key_where_one_kind_is_allowed() -> None:
    text = "groups: {tier_1: {name: A}}\nmacros: {a: {name: A, then: [{set: group, to: groups/tier_1}]}}\n"
    assert one(text)[2] == "Write `tier_1` alone: only a group can stand here."


def test_resolve() -> None:
    one_kind = refers_to("groups", words=("me",))
    several = refers_to("groups", "people")
    assert Reference((), "a", one_kind).resolve() == ("groups", "a")
    assert Reference((), "me", one_kind).resolve() is None
    assert Reference((), "people/a", several).resolve() == ("people", "a")
    assert Reference((), "a", several).resolve() is None
    assert Reference((), "roles/a", several).resolve() is None
