"""What a signature is bound to: what objects say, the order that counts, texts in files; and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklists.binding import Changed, bindings, bound_objects, changed_since, whole_digest
from checklists.checklist import Listed
from config.declaration import Declaration
from config.document import parse_document
from config.loading import load_documents
from tests.checklists.building import checklist_of

COMPANY = "company: {name: Acme, default_locale: en-US}\n"
PROMISE = "targets: {first_reply: {urgent: 1h, high: none, normal: none, low: none}}, hours: calendar"
POLICIES = f"""\
sla_policies:
  first: {{name: First, when: [{{field: type, is: problem}}], {PROMISE}}}
  second: {{name: Second, when: [{{field: type, is: question}}], {PROMISE}}}
  last: {{name: Last, {PROMISE}}}
"""
RULES = """\
trigger_categories: {a: {name: A}, b: {name: B}}
triggers:
  one: {name: One, category: a, when: [{field: status, is: new}], then: [{add_tags: [one]}]}
  two: {name: Two, category: a, when: [{field: status, is: new}], then: [{add_tags: [two]}]}
  three: {name: Three, category: b, when: [{field: status, is: new}], then: [{add_tags: [three]}]}
"""
VIEWS = """\
views:
  mine: {name: Mine, when: [{field: status, is: new}], columns: [subject]}
  ours: {name: Ours, when: [{field: status, is: open}], columns: [subject]}
"""
FIELD = """\
ticket_fields:
  area: {name: Area, type: dropdown, options: {bikes: Bikes, parts: Parts}}
"""
SEGMENTS = """\
segments: {small: {name: Small}, large: {name: Large}}
customer_fields: {size: {name: Size, of: organization, type: dropdown, options_from: segments}}
"""
HOURS = "{mon: ['09:00-17:00'], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}"
SCHEDULES = f"""\
schedules:
  here: {{name: Here, time_zone: Europe/Berlin, hours: {HOURS}}}
  there: {{name: There, time_zone: Europe/Paris, hours: {HOURS}}}
  nowhere: {{name: Nowhere, time_zone: Europe/Rome, hours: {HOURS}}}
"""
MACRO = "macros:\n  hello: {name: Hello, then: [{reply: public, text: {file: texts/hello.md}}]}\n"


def declared(text: str, root: Path | None = None) -> Declaration:
    loaded = load_documents([parse_document(COMPANY + text, "config/own.yaml")], {}, root)
    assert loaded.errors == [], loaded.errors
    return loaded.declaration


def item(*concerns: str) -> Listed:
    about = ", ".join(concerns)
    checklist = checklist_of(
        f"items: {{it: {{name: N, phase: build, owner: finance, why: W., fix: F., not_probed: N., about: [{about}], "
        "evidence: {what: W.}}}\n"
    )
    return checklist.items["it"]


def changed(concern: str, old: Declaration, new: Declaration) -> Changed:
    """Why what was bound to the old files is out of date with the new ones."""
    listed = item(concern)
    bound = {"item": listed.digest, **bindings(listed.item.concerns, old), "files": {}}
    assert not changed_since(bound, listed, old, {}), "nothing has changed yet"
    return changed_since(bound, listed, new, {})


def moved(text: str, key: str, behind: str) -> str:
    """The text with the line of a key behind that of another one."""
    lines = text.splitlines()
    line = next(each for each in lines if each.strip().startswith(f"{key}:"))
    lines.remove(line)
    place = next(index for index, each in enumerate(lines) if each.strip().startswith(f"{behind}:"))
    return "\n".join([*lines[: place + 1], line, *lines[place + 1 :]]) + "\n"


@pytest.mark.parametrize(
    ("text", "key", "behind", "concern", "kind"),
    [
        (POLICIES, "second", "last", "sla_policies", "sla_policies"),
        (POLICIES, "second", "last", "all", "sla_policies"),
        (POLICIES, "second", "last", "sla_policies/last", "sla_policies"),
        (POLICIES, "second", "last", "sla_policies/second", "sla_policies"),
        (RULES, "one", "two", "triggers", "triggers"),
        (VIEWS, "mine", "ours", "views", "views"),
        (SEGMENTS, "zzz", "zzz", "segments", "segments"),
        (SCHEDULES, "here", "there", "schedules", "schedules"),
    ],
)
def test_another_order_of_what_is_obeyed_or_shown_in_order(
    text: str, key: str, behind: str, concern: str, kind: str
) -> None:
    new = moved(text, key, behind) if key != "zzz" else text.replace(
        "small: {name: Small}, large: {name: Large}", "large: {name: Large}, small: {name: Small}"
    )  # fmt: skip
    old = declared(text)
    why = changed(concern, old, declared(new))
    assert (why.orders, why.objects) == ((kind,), ()), "no object is another one"
    assert why.said == f"the order of {kind} changed"
    assert whole_digest(old) != whole_digest(declared(new))


@pytest.mark.parametrize(
    ("text", "key", "behind", "concern"),
    [
        (POLICIES, "second", "last", "sla_policies/first"),  # what comes first is not touched by what comes later
        (POLICIES, "second", "last", "company"),
        (SCHEDULES, "there", "nowhere", "schedules"),  # only the first one is another one than the rest
        (SCHEDULES, "here", "there", "schedules/nowhere"),
    ],
)
def test_an_order_that_says_nothing_of_what_was_signed(text: str, key: str, behind: str, concern: str) -> None:
    assert not changed(concern, declared(text), declared(moved(text, key, behind)))


def test_an_order_that_means_nothing_changes_no_digest() -> None:
    groups = "groups:\n  one: {name: One}\n  two: {name: Two}\n"
    old, new = declared(groups), declared(moved(groups, "one", "two"))
    assert not changed("groups", old, new)
    assert whole_digest(old) == whole_digest(new)


def test_triggers_move_with_their_category() -> None:
    swapped = RULES.replace("{a: {name: A}, b: {name: B}}", "{b: {name: B}, a: {name: A}}")
    assert changed("triggers", declared(RULES), declared(swapped)).orders == ("triggers",)
    assert changed("trigger_categories", declared(RULES), declared(swapped)).orders == ("trigger_categories",)
    # In the file they stand otherwise, and run as before: category by category.
    assert not changed("triggers", declared(RULES), declared(moved(RULES, "three", "one")))


def test_an_order_that_is_said_elsewhere_counts_as_what_it_comes_to() -> None:
    said = f"order: {{sla_policies: [first, second, last]}}\n{POLICIES}"
    assert not changed("all", declared(POLICIES), declared(said))
    assert whole_digest(declared(POLICIES)) == whole_digest(declared(said))
    turned = said.replace("[first, second, last]", "[last, first, second]")
    assert changed("sla_policies", declared(said), declared(turned)).orders == ("sla_policies",)
    assert not changed("sla_policies", declared(said), declared(moved(said, "first", "last"))), "`order:` wins"
    rest = said.replace("[first, second, last]", '["...", last]')
    assert not changed("sla_policies", declared(rest), declared(moved(rest, "first", "second"))), "live order"
    macros = "macros:\n  a: {name: A, then: [{add_tags: [a]}]}\n  b: {name: B, then: [{add_tags: [b]}]}\n"
    assert not changed("macros", declared(macros), declared(moved(macros, "a", "b"))), "nobody has said an order"
    ordered = f"order: {{macros: [a, b]}}\n{macros}"
    assert changed("macros", declared(ordered), declared(ordered.replace("[a, b]", "[b, a]"))).orders == ("macros",)
    assert changed("macros", declared(macros), declared(ordered)).orders == ("macros",), "somebody says one now"


def test_what_is_new_or_gone_is_named_and_moves_nothing() -> None:
    lines = POLICIES.splitlines()
    without = "\n".join([*lines[:2], lines[3]]) + "\n"
    assert changed("sla_policies", declared(POLICIES), declared(without)) == Changed(("sla_policies/second",))
    assert changed("sla_policies", declared(without), declared(POLICIES)) == Changed(("sla_policies/second",))
    # Of one policy alone it says who comes before it: the first that matches wins.
    assert changed("sla_policies/last", declared(without), declared(POLICIES)).orders == ("sla_policies",)
    assert not changed("sla_policies/first", declared(without), declared(POLICIES))


def test_options_are_shown_in_their_order() -> None:
    turned = FIELD.replace("{bikes: Bikes, parts: Parts}", "{parts: Parts, bikes: Bikes}")
    assert changed("ticket_fields", declared(FIELD), declared(turned)) == Changed(("ticket_fields/area",))
    assert whole_digest(declared(FIELD)) != whole_digest(declared(turned))
    segments = SEGMENTS.replace(
        "small: {name: Small}, large: {name: Large}", "large: {name: Large}, small: {name: Small}"
    )
    assert changed("customer_fields", declared(SEGMENTS), declared(segments)).objects == ("customer_fields/size",)


def test_what_is_written_otherwise_and_says_the_same_changes_nothing() -> None:
    written = """\
# A comment
ticket_fields:
  area:
    type: dropdown   # the attributes stand otherwise
    why: Only for people.
    options:
      bikes: "Bikes"
      parts: Parts
    name: Area
"""
    assert not changed("all", declared(FIELD), declared(written))
    assert whole_digest(declared(FIELD)) == whole_digest(declared(written))
    other = written.replace("name: Area", "name: Part")
    assert changed("all", declared(FIELD), declared(other)).objects == ("ticket_fields/area",)


def test_what_is_for_people_only_changes_nothing_wherever_it_stands() -> None:
    alert = (
        "integrations: {slack: {channels: {ops: {name: ops}}, alerts: {a: {name: A, to: ops, "
        "when: [{zendesk: {field: status, operator: is, value: new}}], text: T, why: WHY}}}}\n"
    )
    old = declared(alert)
    other = declared(alert.replace("value: new", "value: open"))
    assert changed("integrations", old, other).objects == ("integrations/integrations",)
    assert not changed("integrations", old, declared(alert.replace("WHY", "Another reason")))


def test_the_content_of_a_text_counts(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    text = tmp_path / "texts" / "hello.md"
    text.write_bytes(b"We answer within 4 hours.\n")
    old = declared(MACRO, tmp_path)
    text.write_bytes(b"We answer within 4 hours.\r\n")
    assert not changed("macros", old, declared(MACRO, tmp_path)), "how lines end is git's doing"
    assert whole_digest(old) == whole_digest(declared(MACRO, tmp_path))

    text.write_bytes(b"We answer within 4 minutes.\n")
    new = declared(MACRO, tmp_path)
    why = changed("macros", old, new)
    assert (why.said, why.objects) == ("the text in texts/hello.md changed", ())
    assert changed("macros/hello", old, new).texts == ("texts/hello.md",)
    assert not changed("company", old, new), "it is in no object that this is about"
    assert whole_digest(old) != whole_digest(new)

    text.unlink()
    loaded = load_documents([parse_document(COMPANY + MACRO, "config/own.yaml")], {}, tmp_path)
    assert changed("macros", new, loaded.declaration).texts == ("texts/hello.md",)
    named = MACRO.replace("{file: texts/hello.md}", "We answer within 4 minutes.")
    assert changed("macros", new, declared(named, tmp_path)) == Changed(("macros/hello",))


def test_a_log_from_before_orders_were_bound_says_nothing_of_them() -> None:
    listed, old = item("sla_policies"), declared(POLICIES)
    bound = {"item": listed.digest, "objects": bound_objects(["sla_policies"], old), "files": {}}
    assert not changed_since(bound, listed, declared(moved(POLICIES, "second", "last")), {})


def test_what_changed_is_said_shortly() -> None:
    why = Changed(("a/1", "a/2", "a/3", "a/4"), ("views", "triggers"), ("texts/x.md",), True, ("mail.eml",))
    assert why.said == (
        "a/1, a/2, a/3 and 1 more changed and the order of views, triggers changed and the text in texts/x.md changed "
        "and the item asks for something else and mail.eml is not what it was"
    )
