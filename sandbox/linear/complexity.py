"""What a document costs.

Source: linear.app/developers/rate-limiting: a property costs 0.1 point and an object 1, a connection multiplies what
stands in it by its page size (50 unless said), and the sum is rounded up. One document may cost 10,000 points; all of
an hour 3,000,000 with a personal key (the page has named 250,000 before).
"""

from __future__ import annotations

import math
from typing import Any

from graphql import FieldNode, IntValueNode, OperationDefinitionNode, SelectionSetNode, VariableNode

from sandbox.linear.workspace import USUAL_PAGE

MOST_IN_ONE = 10_000
MOST_IN_AN_HOUR = 3_000_000


def complexity(operation: OperationDefinitionNode, variables: dict[str, Any]) -> int:
    """The points of one operation."""
    return math.ceil(_points(operation.selection_set, variables))


def _points(selected: SelectionSetNode, variables: dict[str, Any]) -> float:
    total = 0.0
    for node in selected.selections:
        if not isinstance(node, FieldNode):
            continue
        if node.selection_set is None:
            total += 0.1
            continue
        inside = 1 + _points(node.selection_set, variables)
        names = {each.name.value for each in node.selection_set.selections if isinstance(each, FieldNode)}
        total += inside * (_page_size(node, variables) if "nodes" in names else 1)
    return total


def _page_size(node: FieldNode, variables: dict[str, Any]) -> int:
    for argument in node.arguments or ():
        if argument.name.value in ("first", "last"):
            if isinstance(argument.value, IntValueNode):
                return int(argument.value.value)
            if isinstance(argument.value, VariableNode):
                return int(variables.get(argument.value.name.value) or USUAL_PAGE)
    return USUAL_PAGE
