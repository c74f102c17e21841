"""Which of the vocabulary's operators Zendesk lacks, field by field (grammar 17–22).

From the vendor's conditions reference; an account's own definitions have the last word.
"""

from __future__ import annotations

from config.duration import minutes
from config.kinds.conditions import FieldCondition
from config.vocabulary import CHANGES, OPERATORS_OF, TEXTS, TICKET, Place, Shape
from provisioners.zendesk.translations.base import CannotSend

DAY = 24 * 60
"""Minutes."""

_UNSEEN: dict[str, str] = {
    "subject": "Only agents change it: ask for its words beside  {event: updated}.",
    "comment_text": "Each comment is new: ask for its words beside  {event: updated}.",
    "tags": "Ask for the tag with `has`, and let the rule take it away or add another one, so that it acts once.",
    "via": "It never changes: ask with `is`.",
    "received_at": "It never changes: ask with `is`.",
    "privacy": "Each comment has its own: ask with `is`.",
    "current_user": "It is who acts now: ask with `is`.",
    "language": "It is the requester's: ask with `is`.",
    "reopens": "Ask with `more_than` or `less_than`, beside a condition on the status.",
    "replies": "Ask with `more_than` or `less_than`, beside  {event: updated}.",
    "group_changes": "Ask for the group:  {field: group, changed: true}.",
}
"""Fields whose changes triggers do not see, with the nearest thing."""

_NEVER_EMPTY: dict[str, str] = {
    "status": "Every ticket has one: leave the condition out.",
    "status_detail": "Every ticket has one: leave the condition out.",
    "via": "Every ticket has one: leave the condition out.",
    "privacy": "Every comment has one: leave the condition out.",
    "current_user": "Somebody always acts: leave the condition out.",
    "language": "Every requester has one: leave the condition out.",
    "satisfaction": "Write  is: unoffered  for tickets whose customers were not asked.",
    "received_at": "For tickets that no mail has made, ask for the medium:  {field: via, is_not: email}.",
    "tags": "Name the tags that must not be there, with `has_none`.",
    "subject": "Ask for words with `has_word` or `has_no_word`.",
    "comment_text": "Ask for words with `has_word` or `has_no_word`.",
    "reopens": "A number that is never empty: ask with `is` or `more_than`.",
    "replies": "A number that is never empty: ask with `is` or `more_than`.",
    "group_changes": "A number that is never empty: ask with `is` or `more_than`.",
}
"""Fields that cannot be asked whether they are empty, with the nearest thing."""

_COUNTS = ("reopens", "replies", "group_changes")


_PLACES: dict[Place, str] = {
    "automations": "automations",
    "views": "views",
    "sla_policies": "SLA policies",
    "deletion_schedules": "deletion schedules",
}
_BANDS: dict[Shape, str] = {
    "number": "Make it a dropdown of bands, such as “Up to 10,000” and “Above 10,000”, and ask for the band.",
    "text": "Make it a dropdown, and ask for its options.",
}
"""Custom ticket fields of which a rule sees at most whether they are filled, with the nearest thing."""


def check_operator(condition: FieldCondition, shape: Shape, place: Place) -> None:
    """Whether Zendesk can ask a field of that shape for what a condition says. Raises CannotSend."""
    name, operator = condition.field, condition.operator
    if operator not in OPERATORS_OF[shape]:
        raise CannotSend(
            f"Zendesk cannot ask `{name}` for `{operator}`",
            "It depends on the field's `type`; where that is not said, as beside `existing`, say it.",
            (operator,),
        )
    if name not in TICKET and "." not in name:
        _check_custom(name, operator, shape, place)
    if operator in CHANGES:
        _check_change(name, shape, operator)
    elif operator == "empty":
        if name in _NEVER_EMPTY:
            raise CannotSend(f"Zendesk cannot ask whether `{name}` is empty", _NEVER_EMPTY[name], (operator,))
        if shape == "checkbox":
            raise CannotSend("in Zendesk a checkbox is on or off and never empty", "Write  is: false.", (operator,))
    elif shape == "text":
        _check_text(condition)
    elif shape in ("tags", "multiselect"):
        if operator in ("is", "is_not"):
            near = "`has_none`" if operator == "is_not" else "`has`, or `has_all` for several"
            raise CannotSend(f"Zendesk asks `{name}` only for what is among it", f"Write {near}.", (operator,))
    elif operator == "is_not" and name in _COUNTS:
        raise CannotSend(f"Zendesk cannot ask `{name}` for `is_not`", "Write `more_than` or `less_than`.", (operator,))
    elif operator in ("within_next", "within_last") and minutes(str(condition.value)) % DAY:
        raise CannotSend(
            f"Zendesk counts whole days, and `{condition.value}` is not a number of them",
            "Say it in days, such as 2d.",
            (operator,),
        )


def _check_custom(name: str, operator: str, shape: Shape, place: Place) -> None:
    """A ticket field of the account's own; the vendor's "Using custom ticket fields in business rules and views"."""
    if shape in _BANDS:
        if place != "triggers":
            raise CannotSend(
                f"in Zendesk {_PLACES[place]} cannot ask for the {shape} field `{name}`",
                f"{_BANDS[shape]} Or let a trigger tag tickets where it is filled, and ask for the tag.",
                ("field",),
            )
        if operator != "empty":
            raise CannotSend(
                f"Zendesk can ask the {shape} field `{name}` only whether it is empty",
                _BANDS[shape],
                (operator,),
            )
    elif shape == "lookup" and place in ("automations", "sla_policies", "deletion_schedules"):
        raise CannotSend(
            f"in Zendesk {_PLACES[place]} cannot ask for the lookup field `{name}`",
            "Let a trigger tag the ticket, and ask for the tag.",
            ("field",),
        )


def _check_change(name: str, shape: str, operator: str) -> None:
    if name in _UNSEEN:
        raise CannotSend(f"Zendesk does not see when `{name}` changes", _UNSEEN[name], (operator,))
    if shape in ("text", "multiselect") and operator not in ("changed", "not_changed"):
        beside = " beside `has`" if shape == "multiselect" else ""
        raise CannotSend(
            f"Zendesk sees that `{name}` changes, and not from what to what",
            f"Write  changed: true{beside}.",
            (operator,),
        )


def _check_text(condition: FieldCondition) -> None:
    name, operator = condition.field, condition.operator
    if name not in TICKET:
        if operator in TEXTS:
            raise CannotSend(
                f"Zendesk cannot look for words in the field `{name}`",
                "Ask it with `is`, `is_not` or `empty`, or make it a dropdown.",
                (operator,),
            )
    elif operator in ("is", "is_not"):
        near = "contains" if operator == "is" else "contains_not"
        raise CannotSend(f"Zendesk asks `{name}` for words and phrases only", f"Write `{near}`.", (operator,))
    elif operator.endswith("word") and any(" " in str(value) for value in condition.values):
        raise CannotSend(f"`{operator}` takes single words", "For a phrase write `contains`.", (operator,))
