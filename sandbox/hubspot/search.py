"""Searching records.

Source: developers.hubspot.com, “Search the CRM”: filters of a group all hold, of the groups one; five groups, six
filters in each, eighteen together; 200 records a page; nothing beyond the first 10,000.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.hubspot.portal import Portal, check_known, invalid
from sandbox.hubspot.properties import listed
from sandbox.hubspot.records import shown
from sandbox.store import Row

MOST_RESULTS, MOST_ON_A_PAGE, USUAL_PAGE = 10_000, 200, 10
MOST_GROUPS, MOST_IN_A_GROUP, MOST_FILTERS = 5, 6, 18
_BODY = frozenset({"filterGroups", "filters", "properties", "limit", "after", "sorts", "query"})
_FILTER = frozenset({"propertyName", "operator", "value", "values", "highValue"})

Test = Callable[[str], bool]


def search(portal: Portal, owner: str, body: Row) -> Row:
    """One page of what is found, with the number of all. Raises HubSpotError."""
    check_known(body, _BODY)
    known = {each["name"]: each for each in listed(portal, owner)}
    groups = body.get("filterGroups") or ([{"filters": body["filters"]}] if body.get("filters") else [])
    tests = _groups(groups, known)
    rows = [row for row in portal.table(owner).values() if _fits(row["properties"], tests)]
    _sort(rows, body.get("sorts") or [], known)
    start, limit = _number(body.get("after", 0), "after"), _number(body.get("limit", USUAL_PAGE), "limit")
    if not 1 <= limit <= MOST_ON_A_PAGE:
        raise invalid(f"limit must be between 1 and {MOST_ON_A_PAGE}", at="limit")
    if start + limit > MOST_RESULTS:
        raise invalid(f"There is no paging beyond {MOST_RESULTS} results", at="after")
    names = ",".join(body.get("properties") or [])
    found = [shown(portal, owner, row, names) for row in rows[start : start + limit]]
    answer: Row = {"total": len(rows), "results": found}
    if start + limit < len(rows):
        answer["paging"] = {"next": {"after": str(start + limit)}}
    return answer


def _number(given: Any, name: str) -> int:
    try:
        return int(given)
    except (TypeError, ValueError):
        raise invalid(f"{name} must be a number", at=name) from None


def _fits(values: Row, groups: list[list[tuple[str, Test]]]) -> bool:
    return not groups or any(all(test(str(values.get(name) or "")) for name, test in group) for group in groups)


def _groups(groups: Any, known: dict[str, Row]) -> list[list[tuple[str, Test]]]:
    if len(groups) > MOST_GROUPS:
        raise invalid(f"There can be {MOST_GROUPS} filterGroups at most", at="filterGroups")
    found: list[list[tuple[str, Test]]] = []
    for group in groups:
        filters = group.get("filters") or []
        if len(filters) > MOST_IN_A_GROUP:
            raise invalid(f"There can be {MOST_IN_A_GROUP} filters in a group at most", at="filterGroups")
        found.append([_filter(each, known) for each in filters])
    if sum(map(len, found)) > MOST_FILTERS:
        raise invalid(f"There can be {MOST_FILTERS} filters at most", at="filterGroups")
    return found


def _filter(given: Row, known: dict[str, Row]) -> tuple[str, Test]:
    check_known(given, _FILTER)
    name, operator, value = given.get("propertyName"), given.get("operator"), str(given.get("value", ""))
    if name not in known:
        raise invalid(f"There was a problem with the request: the property {name} does not exist", at="propertyName")
    several = [str(each) for each in given.get("values") or []]
    match operator:
        case "HAS_PROPERTY":
            return name, bool
        case "NOT_HAS_PROPERTY":
            return name, lambda held: not held
        case "EQ":
            return name, lambda held: held.lower() == value.lower()
        case "NEQ":
            return name, lambda held: held.lower() != value.lower()
        case "IN":
            return name, lambda held: held in several
        case "NOT_IN":
            return name, lambda held: held not in several
        case "GT":
            return name, lambda held: bool(held) and _ordered(held) > _ordered(value)
        case "LT":
            return name, lambda held: bool(held) and _ordered(held) < _ordered(value)
    raise invalid(f"{operator} is no operator", at="operator")


def _ordered(value: str) -> tuple[float, str]:
    """Numbers by their size, everything else by its letters."""
    try:
        return float(value), ""
    except ValueError:
        return 0.0, value


def _sort(rows: list[Row], sorts: list[Any], known: dict[str, Row]) -> None:
    if len(sorts) > 1:
        raise invalid("There can be one sort only", at="sorts")
    for each in sorts:
        name = each["propertyName"] if isinstance(each, dict) else str(each)
        if name not in known:
            raise invalid(f"The property {name} does not exist", at="sorts")
        down = isinstance(each, dict) and each.get("direction") == "DESCENDING"
        rows.sort(key=lambda row: _ordered(str(row["properties"].get(name) or "")), reverse=down)
