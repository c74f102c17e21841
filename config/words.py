"""Words that people bring from elsewhere, and which of ours they mean.

Whatever a file says that is not known in its place goes through here: written otherwise (`Tier 2` for `tier_2`), the
name instead of the key, another system's word, or a slip of the fingers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

ALIKE = 0.65
"""From which likeness on one word may be meant by another; below it, suggestions lead astray."""

_LONGEST = 60
"""What is longer is no slip in a word."""

_MEANT = (
    # attributes
    ("title label display_name caption", "name subject"),
    ("enabled is_active", "active"),
    ("all if", "when"),
    ("any or", "when_any"),
    ("actions action do", "then"),
    ("timezone tz", "time_zone"),
    ("channel slack_channel", "to via"),
    ("text message content body", "text body comment_text"),
    ("mail e_mail email_address address", "address email"),
    ("email", "address"),
    ("choices values items", "options"),
    ("team", "group groups"),
    ("members agents users", "people"),
    ("permissions", "rights"),
    ("languages", "locales"),
    ("language locale", "default_locale language"),
    ("uri endpoint address", "url"),
    ("token", "bearer"),
    ("value", "to"),
    ("salesforce hubspot", "crm"),
    # attributes of checklists
    ("skip skipped omit ignore exclude leave_out", "drop"),
    ("expires ttl valid_for max_age", "lasts"),
    ("responsible assignee accountable", "owner"),
    ("check checks test", "probe"),
    ("kpi number", "metric"),
    ("signoff sign approval approvers", "sign_off roles"),
    ("manual task", "by_hand"),
    ("proof document", "evidence"),
    ("profiles applies_if when", "only_if"),
    ("deciders approval", "decision"),
    ("conditions criteria", "success"),
    # types of fields
    ("select tagger list choice drop_down picklist radio", "dropdown"),
    ("multi_select multi multipicklist", "multiselect"),
    ("bool boolean check toggle", "checkbox"),
    ("number numeric", "integer decimal"),
    ("int", "integer"),
    ("float double money currency percent", "decimal"),
    ("string str textbox short_text url phone", "text"),
    ("long_text multiline text_area", "textarea"),
    ("regex regexp", "pattern"),
    ("datetime timestamp", "date"),
    ("user relation", "lookup"),
    # values of fields
    ("p1 critical blocker emergency highest", "urgent"),
    ("p2 major", "high"),
    ("p3 medium moderate", "normal"),
    ("p4 minor lowest", "low"),
    ("hold", "on_hold"),
    ("resolved done fixed completed", "solved"),
    ("waiting awaiting", "pending on_hold"),
    ("in_progress assigned", "open"),
    ("web website form", "web_form"),
    ("chat widget", "messaging"),
    ("phone telephone", "voice"),
    ("twitter facebook instagram", "social"),
    ("private note", "internal"),
    ("customer user client end_user", "requester"),
    ("company account org", "organization"),
    ("administrator owner", "admin"),
    ("pilot beta", "soft_launch"),
    ("live launch go_live production", "rollout"),
    ("keep", "release"),
    ("remove", "delete"),
    ("disable deactivate", "switch_off"),
    ("business_hours office_hours working_hours", "business"),
    ("24/7 always", "calendar"),
    ("true yes", "on_solve"),
    ("false no", "never"),
    ("first_response", "first_reply"),
    ("next_response", "next_reply"),
    ("resolution_time full_resolution", "total_resolution"),
    ("update", "periodic_update"),
    # operators
    ("equals equal eq = ==", "is"),
    ("not != <> not_equals", "is_not"),
    ("in any_of is_in", "is_one_of"),
    ("not_in none_of", "is_none_of"),
    ("gt greater_than more above", "more_than"),
    ("lt fewer below", "less_than"),
    (">= gte", "at_least"),
    ("<= lte", "at_most"),
    # verbs
    ("assign", "set"),
    ("tag", "add_tags tags"),
    ("untag", "remove_tags"),
    ("set_tags", "replace_all_tags"),
    ("notify mail send_email send_mail", "email"),
    ("webhook http", "call"),
    ("comment note answer respond", "reply"),
    # fields of tickets
    ("agent assigned_to owner", "assignee"),
    ("description comment", "comment_text"),
    ("source", "via"),
    ("state", "status"),
    ("ticket_status custom_status custom_status_id substatus sub_status", "status_detail"),
)
"""(theirs, ours). Ours count where they are known, so one word may mean one thing here and another there."""

_SAID = {
    "description": (("why",), "There is no `description`: `why` is for people who read these files, `help` is what "
                    "is shown."),
    "position": ((), "There is no `position`: the order is that of the file, or `order:` says it."),
    "conditions": (("when", "when_any"), "Conditions stand under `when` (all) and `when_any` (at least one)."),
    "operator": (("is",), "The operator is itself the attribute: {field: status, is: open}."),
    "includes": (("has", "contains"), "It is called `has` (tags), or `contains` (text)."),
    ">": (("more_than", "after"), "It is called `more_than` (numbers), or `after` (dates, status, priority)."),
    "<": (("less_than", "before"), "It is called `less_than` (numbers), or `before` (dates, status, priority)."),
    "contains_word": (("has_word",), "It is called `has_word`, with a list: has_word: [refund]."),
    "contains_any": (("has_word",), "It is called `has_word`, with a list: has_word: [refund]."),
    "starts_with": (("contains",), "No rule can ask for that; `contains` asks for a phrase anywhere."),
    "matches": (("contains",), "No rule can ask for that; `contains` asks for a phrase anywhere."),
    "like": (("contains",), "No rule can ask for that; `contains` asks for a phrase anywhere."),
    "exists": (("empty",), "Write  empty: false  (or true)."),
    "present": (("empty",), "Write  empty: false  (or true)."),
    "required": (("customers", "agents"), "Write  customers: {can: edit, required: true}  or  "
                 "agents: {required: on_solve}."),
    "token": (("auth",), "Write  auth: {bearer: env:NAME}."),
    "visible": (("customers",), "Write  customers: {can: see}  or  customers: {can: edit}."),
    "editable": (("customers",), "Write  customers: {can: edit}."),
    "id": ((), "There is no `id`: the key says which object it is."),
    "mon_fri": (("mon", "tue", "wed", "thu", "fri"), "Write each day of its own: mon, tue, wed, thu, fri."),
    "weekdays": (("mon", "tue", "wed", "thu", "fri"), "Write each day of its own: mon, tue, wed, thu, fri."),
    "weekend": (("sat", "sun"), "Write each day of its own: sat, sun."),
    "daily": (("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "Write each day of its own: mon, tue, …, sun."),
}  # fmt: skip
"""Theirs → (ours, where these are known: what to say)."""

_INSIDE = {
    **dict.fromkeys(
        ("set", "add_tags", "remove_tags", "email", "slack", "call", "reply", "text", "comment", "subject", "body"),
        ("then", "It belongs to an action: that is an entry of the list `then`."),
    ),
    **dict.fromkeys(
        ("field", "event", "in_hours", "outside_hours", "hours_since", "hours_until"),
        ("when", "It belongs to a condition: that is an entry of the list `when`."),
    ),
}
"""What stands in an entry of a list → (the list, what to say where it stands beside it)."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MEANT: dict[str, tuple[str, ...]] = {day: (day[:3],) for day in _DAYS}
for _theirs, _ours in _MEANT:
    for _word in _theirs.split():
        MEANT[_word] = tuple(dict.fromkeys([*MEANT.get(_word, ()), *_ours.split()]))

_PRIORITIES = "The keys are urgent, high, normal and low; what you call them is their `name`."


def as_key(text: str) -> str:
    """The valid key that is nearest to a text: `Tier 2` → `tier_2`; empty where there is none."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    return key if key[:1].isalpha() else ""


def joined(words: Iterable[str], last: str = "and") -> str:
    """`a`, `b` and `c`."""
    *most, end = [f"`{word}`" for word in words]
    return f"{', '.join(most)} {last} {end}" if most else end


def nearest(word: str, known: Iterable[str], names: Mapping[str, Iterable[str]] | None = None) -> tuple[str, ...]:
    """Which of the known words is meant by another; empty where that cannot be told.

    names: what the known words are called by people (display names, addresses).
    """
    known, names = list(known), names or {}
    key = as_key(word)
    same = [each for each in known if each.casefold() == word.casefold() or (key and as_key(each) == key)]
    if same:
        return (same[0],)
    called = [each for each in known for name in names.get(each, ()) if _is_name(word, name)]
    if called:
        return (called[0],)
    elsewhere = MEANT.get(word.lower()) or MEANT.get(key) or ()
    meant = tuple(each for each in elsewhere if each in known)
    if meant or len(word) > _LONGEST:
        return meant
    return tuple(get_close_matches(word, known, n=1, cutoff=ALIKE) or get_close_matches(key, known, n=1, cutoff=ALIKE))


def _is_name(word: str, name: str) -> bool:
    """Whether a word is a name, or its beginning: `P1` for `P1 System down`."""
    key, whole = as_key(word), as_key(name)
    return word.casefold() == name.casefold() or (bool(key) and (whole == key or whole.startswith(f"{key}_")))


def did_you_mean(
    word: str, known: Iterable[str], otherwise: str = "", names: Mapping[str, Iterable[str]] | None = None
) -> str:
    """A hint that names the nearest of the known words, or all of them."""
    known = list(known)
    near = nearest(word, known, names)
    if near:
        return f"Did you mean {joined(near, 'or')}?"
    return f"Known: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}." if known else otherwise


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """A hint that names the nearest of the known words; where none is near, what else to say."""
    near = nearest(word, known)
    return f"Did you mean {joined(near, 'or')}?" if near else otherwise


def priority_hint(word: str, names: Mapping[str, Iterable[str]] | None = None) -> str:
    """What to say of a priority that the helpdesk has not: which is meant, and where the client's own word stands."""
    near = nearest(word, ("urgent", "high", "normal", "low"), names)
    return f"Did you mean {joined(near)}? {_PRIORITIES}" if near else _PRIORITIES


def attribute_hint(word: str, known: list[str]) -> tuple[str, tuple[str, ...]]:
    """(what to say of an attribute that is not there, the attributes that are meant)."""
    glued, colon, rest = word.partition(":")
    if colon and glued in known:
        return f"A space is missing after the colon:  {glued}: {rest}", (glued,)
    key = as_key(word)
    ours, sentence = _SAID.get(word) or _SAID.get(key) or ((), "")
    if sentence and (not ours or set(ours) & set(known)):
        return sentence, ours
    inside, said = _INSIDE.get(word, ("", ""))
    if inside in known:
        return said, (inside,)
    near = nearest(word, known)
    if near and near[0] in (MEANT.get(word.lower()) or MEANT.get(key) or ()):
        return f"It is called {joined(near, 'or')}.", near
    if near:
        return f"Did you mean {joined(near, 'or')}?", near
    return known_here(known), ()


def known_here(known: list[str]) -> str:
    return f"Known here: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}." if known else ""


def some(names: Sequence[str], most: int = 3) -> str:
    """The first of several names, and how many more there are."""
    more = f" and {len(names) - most} more" if names[most:] else ""
    return ", ".join(names[:most]) + more


def counted(many: int, one: str, several: str = "") -> str:
    """`1 group`, `3 groups`, `1,024 tickets`."""
    return f"{many:,} {one if many == 1 else several or one + 's'}"
