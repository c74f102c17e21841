"""Samples of rules about `x-allow`."""

from __future__ import annotations

_TWO = "groups: {{a: {{name: A}}, b: {{name: A, x-allow: {{{}}}}}}}"
_ALLOWED = "name.twice: Two teams share it."

CASES: list[tuple[str, str, str]] = [
    ("x-allow.unknown", _TWO.format(f"name.twise: x, {_ALLOWED}"), _TWO.format(_ALLOWED)),
    ("x-allow.reason", "groups: {a: {name: A, x-allow: {name.twice: ' '}}}", _TWO.format(_ALLOWED)),
    ("x-allow.refused", _TWO.format(f"reference.unknown: We know., {_ALLOWED}"), _TWO.format(_ALLOWED)),
    ("x-allow.refused", _TWO.format(f"ZD002: We know., {_ALLOWED}"), _TWO.format(_ALLOWED)),
    ("x-allow.unused", "groups: {a: {name: A, x-allow: {name.twice: Two.}}, b: {name: B}}", _TWO.format(_ALLOWED)),
]
