"""What a plan says of a new rule before it writes to anybody."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from config.results.plan import Change
from golive.screens.new_rules import MOST, new_rule_lines, told_rules
from golive.wording.words import Terms
from stacks.difference import differences

BODY = "Hi,\none\ntwo\nthree\nfour"
MAIL = {
    "name": "We have it",
    "when": [{"event": "created"}],
    "then": [{"email": "requester", "subject": "Got it", "body": BODY}, {"add_tags": ["got"]}],
}


def new(kind: str, key: str, said: dict[str, Any]) -> Change:
    return Change("helpdesk", kind, key, "create", differences({}, said), name=str(said.get("name")))


def told(change: Change, *, everything: bool) -> list[str]:
    return [Text.from_markup(line.markup).plain for line in new_rule_lines(change, Terms(), everything=everything)]


def test_what_it_does_stands_there_with_its_text_cut() -> None:
    change = new("triggers", "got", MAIL)
    head = ["only if the ticket is new", "mails the requester", "  subject: Got it", "  body:"]
    assert told(change, everything=False) == [
        *head, "    Hi,", "    one", "    two", "    … 2 more lines", "adds the tag got"
    ]  # fmt: skip
    assert told(change, everything=True)[4:9] == [f"    {line}" for line in BODY.splitlines()]


def test_only_what_writes_to_people_is_told_and_not_too_much_of_it() -> None:
    quiet = new("triggers", "tag", {"name": "Tag", "then": [{"add_tags": ["a"]}]})
    macro = new("macros", "bye", {"name": "Bye", "then": [{"reply": "public", "text": "Bye"}]})
    alert = new("alerts", "p1", {"name": "P1", "text": "Look"})
    changed = Change("helpdesk", "triggers", "old", "update", quiet.diff)
    rules, more = told_rules([quiet, macro, alert, changed], everything=False)
    assert ({key for _, _, key in rules}, more) == ({"p1"}, 0)
    rules, more = told_rules([quiet, macro, alert, changed], everything=True)
    assert ({key for _, _, key in rules}, more) == ({"tag", "bye", "p1"}, 0)
    rules, more = told_rules([new("triggers", f"t{number}", MAIL) for number in range(100)], everything=False)
    assert (len(rules), more) == (MOST, 100 - MOST)
