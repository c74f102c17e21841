"""What answers to customers say. Looked for are English phrases; a text in a file of its own is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.kinds.actions import EmailAction, ReplyAction
from config.placeholders import texts_of
from config.rules.logic.line import Line
from config.rules.rule import Rule

TONE = Rule(
    "GL-M03",
    "warning",
    "An answer blames a team or the customer, or promises what nobody has covered.",
    "Customers remember the tone longer than the answer, and hold you to the promise.",
    "Say what happens next instead, and by when.",
)
CARDS = Rule(
    "GL-Z06",
    "error",
    "A field or an answer invites customers to send card numbers.",
    "They stand in tickets, mails and exports from then on, and the helpdesk falls under the card schemes' rules.",
    "Ask for the transaction's reference, or for the last four digits at most.",
    excused=True,
)
CATALOGUE = (TONE, CARDS)
_TEAM = r"(?:engineering|engineers|developers|billing|finance|sales|product)"
_PHRASES = (
    (
        rf"\b(?:our|the) {_TEAM}(?: team)? (?:has |have )?(?:forgot\w*|failed|messed up|made a mistake|broke)\b",
        "blames a team",
    ),
    (r"\b(?:not|isn't|is not) (?:our|my) (?:fault|job|department|problem)\b", "blames somebody else"),
    (r"\byou (?:failed to|should have (?:read|known|told|checked))\b|\byour (?:own )?fault\b", "blames the customer"),
    (r"\bas (?:i|we) (?:already|have already) (?:told|said|explained)\b", "speaks down to the customer"),
    (r"\b(?:we|i) (?:guarantee|promise)\b", "promises what nobody has covered"),
)
_TONE = tuple((re.compile(pattern, re.IGNORECASE), what) for pattern, what in _PHRASES)
_CARD = r"(?:(?:full |credit |debit )?card numbers?|card details|cvv2?|cvc2?|security code|card'?s? expiry)"
_ASKS = re.compile(
    r"\b(?:send|tell|give|enter|provide|confirm|reply with|write|type|include|share|state)\b"
    rf"[^.!?\n]{{0,60}}\b{_CARD}\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:never|not|no|don't|without|cannot|nobody|instead of)\b", re.IGNORECASE)
_NAMED = re.compile(rf"\b{_CARD}\b", re.IGNORECASE)
_TYPED = ("text", "textarea", "integer", "decimal", "pattern")
"""Types of fields into which a number can be typed. The type `card` keeps the last four digits only."""


def check(line: Line) -> Iterator[Finding]:
    declaration = line.scope.declaration
    for item, path, text in _answers(line):
        for pattern, what in _TONE:
            said = pattern.search(text)
            if said is not None:
                yield TONE.found(item, path, f"“{said[0]}” {what}")
                break
        yield from _invites(item, path, text)
    for item in declaration.of("ticket_fields").values():
        if item.value.existing or item.value.type not in _TYPED:
            continue
        if _NAMED.search(item.name) and not _NOT.search(item.name) and "last" not in item.name.casefold():
            yield CARDS.found(item, ("name",), f"“{item.name}” asks for a card number, and anything can be typed in it")
        for sample in item.value.samples.good if item.value.samples else ():
            if _is_card(sample):
                yield CARDS.found(item, ("samples",), "its pattern takes whole card numbers")
                break
        help_ = item.value.help.customers if item.value.help is not None else None
        for _, text in texts_of(help_):
            yield from _invites(item, ("help", "customers"), text)


def _answers(line: Line) -> Iterator[tuple[Declared, Path_, str]]:
    """Every text that customers get from a macro or a rule: (object, place, text)."""
    for kind in ("macros", "triggers", "automations"):
        for item in line.scope.declaration.of(kind).values():
            for index, action in enumerate(item.value.then or ()):
                word, text = "", None
                if isinstance(action, ReplyAction) and action.reply == "public":
                    word, text = "text", action.text
                elif isinstance(action, EmailAction) and action.email.startswith("requester"):
                    word, text = "body", action.body
                if isinstance(text, str | dict):
                    for path, one in texts_of(text):
                        yield item, ("then", index, word, *path), one


def _invites(item: Declared, path: Path_, text: str) -> Iterator[Finding]:
    for said in _ASKS.finditer(text):
        before = max(text.rfind(mark, 0, said.start()) for mark in ".!?\n")
        if not _NOT.search(text[before + 1 : said.end()]):
            yield CARDS.found(item, path, f"“{' '.join(said[0].split())}” asks for card numbers")
            return


def _is_card(text: str) -> bool:
    """Whether a text is a number that a card could have: 13 to 19 digits with the right last one (Luhn)."""
    digits = re.sub(r"[ -]", "", text)
    if not re.fullmatch(r"[0-9]{13,19}", digits):
        return False
    doubled = [int(each) * (2 if place % 2 else 1) for place, each in enumerate(reversed(digits))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0
