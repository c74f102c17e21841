"""Conditions and actions of rules: checked against the vocabulary, brought to the vendor's own form.

That what is off or gone is refused where a rule names it (a view's form, a macro's field, custom statuses, side
conversations) is known from a client that checks it before it writes.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.endpoint import ApiCall, Endpoint, Handler
from sandbox.zendesk.jobs import check_bulk
from sandbox.zendesk.refusals import Refused, blank, invalid
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.rule_vocabulary import (
    ACTIONS,
    CONDITIONS,
    CUSTOM_FIELD_ACTIONS,
    CUSTOM_FIELD_OPERATORS,
    CUSTOM_FIELD_RULES,
    HOUR_FIELDS,
    HOURS,
    NEEDS_A_TAG,
    TICKET_FIELD_OPERATORS,
    VALUELESS,
    WITHOUT_OPERATOR,
    WORDS_FOR_IDS,
    ActionField,
    ConditionField,
)
from sandbox.zendesk.settings import settings_row

LARGEST = 65_000
"""Bytes of one rule."""


def _custom(account: Account, name: str, prefixes: dict[str, frozenset[str]]) -> frozenset[str] | None:
    """The rules that know a custom field's name; None when there is no such field."""
    for prefix, rules in prefixes.items():
        if name.startswith(prefix):
            rest = name.removeprefix(prefix)
            if prefix.endswith("_"):
                known = rest in account.rows("ticket_fields")
            else:
                table = "organization_fields" if prefix.startswith("organization") else "user_fields"
                known = any(row["key"] == rest for row in account.rows(table).values())
            return rules if known else None
    return None


def _condition_field(account: Account, name: str, rule: str) -> ConditionField | None:
    """What a sort of rule may ask a field for."""
    rules = _custom(account, name, CUSTOM_FIELD_RULES)
    if rules is None:
        return CONDITIONS.get(name)
    row = account.rows("ticket_fields").get(name.rpartition("_")[2]) if "." not in name else None
    return ConditionField(CUSTOM_FIELD_OPERATORS, rules) if row is None else _of_ticket_field(row, rule, rules)


def _of_ticket_field(row: Row, rule: str, rules: frozenset[str]) -> ConditionField:
    operators = TICKET_FIELD_OPERATORS.get(row["type"], {}).get(rule, frozenset())
    if row["type"] == "checkbox" and rule in NEEDS_A_TAG and not row.get("tag"):
        operators = frozenset()
    return ConditionField(operators, rules if operators else rules - {rule})


def _action_field(account: Account, name: str) -> ActionField | None:
    rules = _custom(account, name, CUSTOM_FIELD_ACTIONS)
    return ActionField(rules) if rules else ACTIONS.get(name)


def _as_text(value: Any) -> Any:
    """Numbers are kept as text, as the vendor's rules do; booleans, null and lists stay what they are."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return value


def _as_number(value: Any) -> Any:
    """SLA policies echo ids as numbers."""
    if isinstance(value, str) and value.isdigit():
        return int(value)
    if isinstance(value, list):
        return [_as_number(item) for item in value]
    return value


def _check_reference(account: Account, place: str, table: str | None, value: Any) -> None:
    if table is None or value is None:
        return
    for one in value if isinstance(value, list) else [value]:
        if str(one) in WORDS_FOR_IDS:
            continue
        row = account.rows(table).get(str(one))
        if row is None or row.get("deleted") or (table == "users" and not row["active"]):
            raise invalid(place, f"{one} is not one of the account's {table.replace('_', ' ')}")


def _check_statuses(call: ApiCall, place: str, name: str, value: Any) -> None:
    """Raises `Refused` (422) for custom statuses where the account has none, and for one that is not there."""
    if name != "custom_status_id":
        return
    if not settings_row(call)["tickets"]["custom_statuses_enabled"]:
        raise invalid(place, "custom_status_id needs custom ticket statuses, which are not enabled", "InvalidField")
    _check_reference(call.account, place, "custom_statuses", value)


def _check_form_is_on(call: ApiCall, place: str, rule: str, name: str, value: Any) -> None:
    """Raises `Refused` (422) for a view that asks for a form that is off."""
    if rule != "view" or name != "ticket_form_id":
        return
    for one in value if isinstance(value, list) else [value]:
        row = call.account.rows("ticket_forms").get(str(one))
        if row is not None and not row["active"]:
            raise invalid(place, f"the form {row['name']} is not active")


def condition(call: ApiCall, rule: str, one: Any, place: str) -> Row:
    """A condition in the vendor's form. Raises `Refused` (422)."""
    if not isinstance(one, dict) or not isinstance(one.get("field"), str):
        raise invalid(place, "a condition has field, operator and value")
    name, operator, value = one["field"], one.get("operator"), one.get("value")
    operator = "is" if operator is None and name in WITHOUT_OPERATOR else operator
    known = _condition_field(call.account, name, rule)
    if known is None or rule not in known.rules:
        raise invalid(place, f"{name} is not a valid field of a {rule}'s conditions", "InvalidField")
    if operator not in known.operators:
        raise invalid(place, f"{operator} is not a valid operator for {name}", "InvalidOperator")
    if operator in VALUELESS:
        return {"field": name, "operator": operator, "value": "" if value is None else value}
    if name in HOUR_FIELDS and not str(value).isdigit():
        raise invalid(place, f"{name} counts whole hours; {value!r} is not a number")
    word = json.dumps(value) if isinstance(value, bool) else str(value if value is not None else "")
    if known.values is not None and not isinstance(value, list) and word not in known.values:
        raise invalid(place, f"{value!r} is not a valid value for {name}")
    _check_reference(call.account, place, known.refers_to, value)
    _check_statuses(call, place, name, value)
    _check_form_is_on(call, place, rule, name, value)
    return {"field": name, "operator": operator, "value": _as_text(value)}


def conditions(call: ApiCall, rule: str, given: Any, place: str = "conditions") -> Row:
    """`{all, any}` in the vendor's form. Raises `Refused` (422)."""
    given = given if isinstance(given, dict) else {}
    for name in given:
        if name not in ("all", "any"):
            call.unpermitted.append(f"{rule}.{place}.{name}")
    return {part: [condition(call, rule, one, place) for one in given.get(part) or []] for part in ("all", "any")}


def actions(call: ApiCall, rule: str, given: list[Any]) -> list[Row]:
    """Actions in the vendor's form. Raises `Refused` (422)."""
    if not given:
        raise blank("actions")
    return [_action(call, rule, one) for one in given]


def _action(call: ApiCall, rule: str, one: Any) -> Row:
    if not isinstance(one, dict) or not isinstance(one.get("field"), str):
        raise invalid("actions", "an action has field and value")
    name, value = one["field"], one.get("value")
    known = _action_field(call.account, name)
    if known is None or rule not in known.rules:
        raise invalid("actions", f"{name} is not a valid field of a {rule}'s actions", "InvalidField")
    if known.least is not None and (not isinstance(value, list) or len(value) < known.least):
        raise invalid("actions", f"{name} needs a list of at least {known.least} values")
    if known.values is not None and str(value if value is not None else "") not in known.values:
        raise invalid("actions", f"{value!r} is not a valid value for {name}")
    _check_reference(call.account, "actions", known.refers_to, value)
    _check_statuses(call, "actions", name, value)
    if rule == "macro":
        _check_field_is_on(call, name)
    if name.startswith("side_conversation"):
        _check_side_conversations(call, name)
    if name == "notification_webhook" and isinstance(value, list):
        _check_reference(call.account, "actions", "webhooks", str(value[0]))
    if name == "notification_group" and isinstance(value, list):
        _check_reference(call.account, "actions", "groups", value[0])
    if name == "notification_user" and isinstance(value, list):
        _check_reference(call.account, "actions", "users", value[0])
    return {"field": name, "value": _as_text(value)}


def _check_field_is_on(call: ApiCall, name: str) -> None:
    """Raises `Refused` (422) for a macro that sets a field that is off."""
    field = call.account.rows("ticket_fields").get(name.removeprefix("custom_fields_"))
    if field is not None and not field["active"]:
        raise invalid("actions", f"the field {field['title']} is not active")


def _check_side_conversations(call: ApiCall, name: str) -> None:
    """Raises `Refused` (422) for a side conversation through a channel that the account has not switched on."""
    channel = {"side_conversation_slack": "slack_channel", "side_conversation_ticket": "tickets_channel"}
    if not settings_row(call)["side_conversations"][channel.get(name, "email_channel")]:
        raise invalid("actions", f"{name} needs side conversations, which are not enabled", "InvalidField")


def with_numbers(found: Row) -> Row:
    """The same conditions with ids as numbers."""
    return {part: [{**one, "value": _as_number(one["value"])} for one in found[part]] for part in ("all", "any")}


def check_size(row: Row) -> None:
    """Raises `Refused` (422) for a rule of more than 65 kB."""
    if len(json.dumps(row).encode()) > LARGEST:
        raise invalid("base", "The rule is larger than 65 kB", "TooLarge")


def update_many(resource: Resource, allowed: frozenset[str]) -> Endpoint:
    """`PUT …/update_many`: position and active of up to 100 rules, answered at once with the rules."""

    def handler(call: ApiCall) -> Response:
        items = [item for item in call.listed(resource.many) if isinstance(item, dict)]
        check_bulk(len(items))
        found = [(resource.find(call, str(item.get("id"))), item) for item in items]
        changed = []
        for row, item in found:
            for name, value in item.items():
                if name in allowed:
                    row[name] = value
                elif name != "id":
                    call.unpermitted.append(f"{resource.many}.{name}")
            row["updated_at"] = call.account.now()
            changed.append(row)
        return JSONResponse({resource.many: [resource.shown(call, row) for row in changed]})

    return Endpoint("PUT", f"{resource.path}/update_many", handler)


def listed(resource: Resource) -> list[Endpoint]:
    """`…/active`, `…/search?query=` and `DELETE …/destroy_many?ids=`."""

    def active(call: ApiCall) -> Response:
        return resource.page(call, [row for row in resource.table(call).values() if row["active"]])

    def search(call: ApiCall) -> Response:
        word = call.query.get("query", "").lower()
        return resource.page(call, [row for row in resource.table(call).values() if word in row["title"].lower()])

    def destroy_many(call: ApiCall) -> Response:
        keys = [key for key in call.query.get("ids", "").split(",") if key]
        check_bulk(len(keys))
        for row in [resource.find(call, key) for key in keys]:
            resource.remove(call, resource, row)
        return Response(status_code=204)

    return [
        Endpoint("GET", f"{resource.path}/active", active),
        Endpoint("GET", f"{resource.path}/search", search),
        Endpoint("DELETE", f"{resource.path}/destroy_many", destroy_many),
    ]


def fits_active(call: ApiCall, row: Row) -> bool:
    """The list's filter `active=true|false`."""
    wanted = call.query.get("active")
    return wanted is None or row["active"] == (wanted == "true")


def definitions(rule: str) -> Handler:
    """`GET …/definitions`: the fields, operators and values that this account knows."""

    def handler(call: ApiCall) -> Response:
        found = [_definition(name, one.operators, one.values) for name, one in _subjects(call, rule).items()]
        body: Row = {"conditions_all": found, "conditions_any": [one for one in found if not _hours(one)]}
        acts = {name: field for name, field in ACTIONS.items() if rule in field.rules}
        if acts:
            body["actions"] = [_definition(name, frozenset({"is"}), field.values) for name, field in acts.items()]
        return JSONResponse({"definitions": body})

    return handler


def filter_definitions(call: ApiCall, rule: str) -> Row:
    """The same of an SLA policy's filter, which the vendor puts otherwise: `all` and `any`, `value` for the field.

    Source: the vendor's OpenAPI description, `SLAPolicyFilterDefinitionResponse`.
    """
    known = [
        {
            "title": name.replace("_", " ").capitalize(),
            "value": name,
            "group": "ticket",
            "target": None,
            "operators": [{"title": one.replace("_", " "), "value": one} for one in sorted(field.operators)],
            "values": {
                "type": "list" if field.values is not None else "text",
                "list": [{"title": one or "-", "value": one or None} for one in sorted(field.values or ())],
            },
        }
        for name, field in _subjects(call, rule).items()
    ]
    return {"all": known, "any": known}


def _subjects(call: ApiCall, rule: str) -> dict[str, ConditionField]:
    """What a sort of rule may ask for in this account."""
    subjects = {name: field for name, field in CONDITIONS.items() if rule in field.rules}
    for row in call.account.rows("ticket_fields").values():
        field = _of_ticket_field(row, rule, CUSTOM_FIELD_RULES["custom_fields_"])
        if row["removable"] and rule in field.rules:
            subjects[f"custom_fields_{row['id']}"] = field
    return subjects


def _hours(definition: Row) -> bool:
    return definition["subject"] in HOUR_FIELDS


def _definition(name: str, operators: frozenset[str], values: frozenset[str] | None) -> Row:
    return {
        "title": name.replace("_", " ").capitalize(),
        "subject": name,
        "type": "list" if values is not None else "text",
        "group": "ticket",
        "nullable": values is not None and "" in values,
        "repeatable": operators != HOURS,
        "operators": [
            {"value": one, "title": one.replace("_", " "), "terminal": one in VALUELESS} for one in sorted(operators)
        ],
        "values": [{"value": one, "title": one or "-", "enabled": True} for one in sorted(values or ()) if one != ""],
    }


def refuse_identical(call: ApiCall, resource: Resource, row: Row) -> None:
    """Raises `Refused` (422) where another active rule has the same conditions and actions."""
    for other in resource.table(call).values():
        if (
            other["id"] != row.get("id")
            and other["active"]
            and row["active"]
            and (other["conditions"], other["actions"]) == (row["conditions"], row["actions"])
        ):
            raise _identical(other)


def _identical(other: Row) -> Refused:
    return invalid("base", f"{other['title']} is active and has the same conditions and actions", "DuplicateRule")
