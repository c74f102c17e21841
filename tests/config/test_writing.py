"""Changes to YAML texts: what is read afterwards is what was meant, and what nobody meant stays to the letter."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from config.document import parse_document
from config.writing.edit import (
    Edit,
    Entries,
    Value,
    Without,
    with_edits,
    with_entries,
    with_entry,
    with_value,
    without_entry,
)
from config.writing.nodes import NotWritable
from config.writing.style import entry, entry_once, flow
from config.writing.values import with_values

TEXTS = st.text(
    alphabet=st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Co", "Cn"), include_characters="\n\t"
    ),
    max_size=30,
)
SCALARS = st.one_of(
    TEXTS,
    st.sampled_from(["yes", "no", "null", "~", "012", "1:30", "- a", "# a", "a: b", "{x}", "*a", "2m", "", " a", "a "]),
    st.integers(-1000, 1000),
    st.booleans(),
    st.none(),
)
LINES = "one\ntwo"
KEYS = st.sampled_from(["name", "why", "when", "then", "options", "targets", "a", "b", "c"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)
MARK = "# said by a person"
NEIGHBOUR = f"  u:\n    name: U   {MARK}\n"
NESTED: list[object] = [
    [LINES],
    [[LINES]],
    [[[LINES]]],
    [[LINES], LINES],
    [[LINES, 1]],
    [[1, LINES]],
    [[1, LINES, 2, LINES, 3]],
    [{"a": LINES}],
    [{"a": LINES, "b": LINES, "c": 1}],
    [{"b": 1, "a": LINES}],
    [[{"a": LINES, "b": LINES}, LINES]],
    [[[LINES, 1], [2, LINES]]],
    [["\n"]],
    {"a": LINES},
    [],
]
"""Lists and maps that begin behind a dash, because a text in them has lines of its own."""


def read(text: str) -> object:
    return parse_document(text, "").data


@given(OBJECTS)
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_is_read_again_by_us_and_by_others(data: dict[str, object]) -> None:
    text = "triggers:\n" + entry("t", data, 2, opened=True)
    assert read(text) == {"triggers": {"t": data}}
    assert yaml.safe_load(text) == {"triggers": {"t": data}}
    assert yaml.safe_load(f"x: {flow(data)}") == {"x": data}


def changed_by(value: object, draw: st.DataObject) -> object:
    """Like the value, with some of it gone, changed or new, as somebody who edits it would leave it."""
    what = draw.draw(st.sampled_from(["keep", "keep", "inside", "inside", "other"]))
    if what == "keep":
        return value
    if what == "other" or not isinstance(value, (dict, list)):
        return draw.draw(VALUES)
    if isinstance(value, dict):
        left = {key: changed_by(part, draw) for key, part in value.items() if draw.draw(st.integers(0, 4))}
        return left | draw.draw(st.dictionaries(KEYS, SCALARS, max_size=1))
    kept = [changed_by(part, draw) for part in value if draw.draw(st.integers(0, 4))]
    new = draw.draw(st.lists(SCALARS, max_size=1))
    place = draw.draw(st.integers(0, len(kept)))
    return [*kept[:place], *new, *kept[place:]]


@given(OBJECTS, st.data())
@settings(max_examples=150, deadline=None)
def test_a_change_is_read_as_it_was_meant_and_touches_no_neighbour(old: dict[str, object], data: st.DataObject) -> None:
    new = changed_by(old, data)
    if not isinstance(new, dict) or not set(old) & set(new):
        return  # an object with nothing of the old one is another object
    is_read_as_meant(old, new)


def is_read_as_meant(old: dict[str, object], new: dict[str, object]) -> None:
    changed = with_value("triggers:\n" + entry("t", old, 2, opened=True) + NEIGHBOUR, ("triggers", "t"), new)
    assert read(changed) == {"triggers": {"t": new, "u": {"name": "U"}}}
    assert changed.endswith(NEIGHBOUR)


@pytest.mark.parametrize("before", NESTED, ids=str)
def test_what_begins_behind_a_dash_can_be_changed_like_anything_else(before: object) -> None:
    for after in NESTED:
        is_read_as_meant({"name": "N", "then": before}, {"name": "N", "then": after})


def test_what_is_left_of_a_list_behind_a_dash_keeps_its_comments() -> None:
    text = "a:\n  - - 1\n    - |\n      x\n      y\n    # stays\n    - 3   # too\n"
    assert with_value(text, ("a",), [[3]]) == "a:\n  - # stays\n    - 3   # too\n"


CLIENT = """\
# Rules.

groups:
  # those who count
  billing:   {name: Billing}     # finance
  tier_2:
    name: 'Tier 2'

    why: |
      Two lines
      of text.
  last: {name: "Last", on_remove: release}

triggers:
  a:
    when:
      # first
      - {field: priority, is: urgent}  # why
      - {field: tags,   has: x}
    then:
    - {add_tags: [x, y]}
    - email: requester
      subject: >-
        folded
        text
      body: "a\\tb"
# the end
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("groups", "billing", "name"), "Money", "{name: Billing}", "{name: Money}"),
        (("groups", "billing", "name"), "A, b", "{name: Billing}", '{name: "A, b"}'),
        (("groups", "tier_2", "name"), "It's 2", "'Tier 2'", "'It''s 2'"),
        (("groups", "last", "name"), 'Say "x"', '"Last"', '"Say \\"x\\""'),
        (("triggers", "a", "when", 0, "is"), "high", "is: urgent}", "is: high}"),
        (("triggers", "a", "then", 0, "add_tags"), ["y"], "[x, y]", "[y]"),
        (("triggers", "a", "then", 0, "add_tags"), ["x", "z", "y"], "[x, y]", "[x, z, y]"),
        (("groups", "last", "on_remove"), "delete", "on_remove: release", "on_remove: delete"),
    ],
)
def test_one_value_changes_and_nothing_else(path: tuple[str | int, ...], value: object, old: str, new: str) -> None:
    assert CLIENT.count(old) == 1
    assert with_value(CLIENT, path, value) == CLIENT.replace(old, new)


def test_lists_keep_what_is_the_same() -> None:
    when = [{"field": "priority", "is": "urgent"}, {"event": "created"}, {"field": "tags", "has": "x"}]
    line = "      - {field: tags,   has: x}\n"
    assert with_value(CLIENT, ("triggers", "a", "when"), when) == CLIENT.replace(
        line, f"      - {{event: created}}\n{line}"
    )
    assert with_value(CLIENT, ("triggers", "a", "when"), when[:1]) == CLIENT.replace(line, "")


def test_new_entries_stand_where_they_are_said_to_stand() -> None:
    text = with_entries(CLIENT, ("groups",), {"billing": [("new", {"name": "N1"})], "": [("first", {"name": "F"})]})
    assert list(read(text)["groups"]) == ["first", "billing", "new", "tier_2", "last"]  # type: ignore[index]
    assert "  # those who count\n  billing:   {name: Billing}     # finance\n  new:\n    name: N1\n" in text
    assert with_entry(CLIENT, ("macros",), "m", {"name": "M"}).startswith(CLIENT.rstrip("\n"))


def test_what_is_taken_out_takes_its_own_comment_along() -> None:
    left = without_entry(CLIENT, ("groups", "billing"))
    assert left == CLIENT.replace("  # those who count\n  billing:   {name: Billing}     # finance\n", "")
    assert "triggers" not in read(without_entry(CLIENT, ("triggers", "a")))  # type: ignore[operator]


def test_several_changes_are_made_at_once_as_if_one_by_one() -> None:
    edits: list[Edit] = [
        Without(("groups", "last")),
        Value(("groups", "billing", "name"), "Money"),
        Value(("triggers", "a", "name"), "A"),
        Entries(("groups",), {"billing": [("new", {"name": "N"})]}),
        Without(("groups", "tier_2")),
    ]
    one_by_one = CLIENT
    for edit in edits:
        one_by_one = with_edits(one_by_one, [edit])
    assert with_edits(CLIENT, edits) == one_by_one
    assert one_by_one.startswith(
        "# Rules.\n\ngroups:\n  # those who count\n  billing:   {name: Money}     # finance\n  new:"
    )


def test_what_is_left_empty_goes_as_well() -> None:
    assert with_edits(CLIENT, [Without(("triggers", "a", "when")), Without(("triggers", "a", "then"))]) == with_edits(
        CLIENT, [Without(("triggers",))]
    )
    flow_text = "groups: {a: {name: A}, b: {name: B}, c: {name: C}}\n"
    assert with_edits(flow_text, [Without(("groups", "b")), Without(("groups", "c"))]) == "groups: {a: {name: A}}\n"


def test_changes_that_touch_the_same_place_are_refused() -> None:
    with pytest.raises(NotWritable):
        with_edits(CLIENT, [Value(("groups", "billing", "name"), "Money"), Without(("groups", "billing"))])


def test_what_stands_in_several_places_is_not_changed() -> None:
    text = "groups:\n  a: &one {name: A}\n  b: *one\n"
    with pytest.raises(NotWritable):
        with_value(text, ("groups", "b", "name"), "B")


SENTENCE = "We answer in ${values.HOURS} hours: ${values.HELP}."


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        (
            SENTENCE,
            "We answer in 4 hours: https://a.example. Call 040 4455, ticket A4",
            f"{SENTENCE} Call 040 4455, ticket A4",
        ),
        (SENTENCE, "We answer in 24 hours: https://a.example.", "We answer in 24 hours: ${values.HELP}."),
        (SENTENCE, "We answer in 4.5 hours.", "We answer in 4.5 hours."),
        (SENTENCE, "Room 4", "Room 4"),
        ("From ${values.URL}.", "Now from https://a.example/4.", "Now from ${values.URL}."),
        ("A ${values.HOURS} and $${x}", "A 4 and ${x} ${values.HOURS}", "A ${values.HOURS} and $${x} $${values.HOURS}"),
        ("${values.LIMIT}", 6, 6),
        ("${values.LIMIT}", 5, "${values.LIMIT}"),
        (
            [{"a": "x"}, {"text": SENTENCE}],
            [{"text": "We answer in 4 hours."}, {"b": "4"}],
            [{"text": "We answer in 4 hours."}, {"b": "4"}],
        ),
        (
            [{"a": "x"}, {"text": SENTENCE}],
            [{"a": "4"}, {"text": "Soon we answer in 4 hours."}],
            [{"a": "4"}, {"text": "Soon we answer in ${values.HOURS} hours."}],
        ),
    ],
)
def test_values_stay_named_where_their_surroundings_stay(old: object, new: object, written: object) -> None:
    values = {"HOURS": "4", "HELP": "https://a.example", "URL": "https://a.example/4", "LIMIT": 5}
    assert with_values(new, old, values) == written


LONG = "A line of a text that goes on: and on. " * 60


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        f"{LONG.strip()}\n\n- b # no comment\n  c: d",
        f"{LONG.strip()}\nend\n",
        f" {LONG}\nx",
        f"{LONG}\t\x07\n",
        "short",
    ],
)
def test_a_long_text_is_written_quickly_and_read_as_it_was(text: str) -> None:
    data = {"name": "N", "body": {"en-US": text, "de": text}, "then": [{"reply": "public", "text": text}], "x": text}
    said = entry_once("key", data, 4)
    assert yaml.safe_load(said) == {"key": data} == parse_document(said, "").data
    assert all(line.startswith("    ") for line in said.splitlines() if line)
