"""Between the engine's protobuf structures and plain Python data."""

from __future__ import annotations

from typing import Any

from google.protobuf.struct_pb2 import ListValue, Struct, Value

_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the engine's mark for a secret value


def plain(struct: Struct) -> dict[str, Any]:
    """The structure's content; secrets are unwrapped, numbers are floats, unknowns the engine's own string."""
    return {key: _plain_value(value) for key, value in struct.fields.items()}


def _plain_value(value: Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        content = plain(value.struct_value)
        return content["value"] if content.get(_SIGNATURE) == _SECRET else content
    if kind == "list_value":
        return [_plain_value(item) for item in value.list_value.values]
    if kind in (None, "null_value"):
        return None
    return getattr(value, kind)


def structure(content: dict[str, Any]) -> Struct:
    """A structure that holds the content, which is encoded JSON (`provisioners.payload`)."""
    made = Struct()
    for key, value in content.items():
        made.fields[key].CopyFrom(_value(value))
    return made


def _value(value: Any) -> Value:
    if value is None:
        return Value(null_value=0)
    if isinstance(value, bool):
        return Value(bool_value=value)
    if isinstance(value, (int, float)):
        return Value(number_value=value)
    if isinstance(value, str):
        return Value(string_value=value)
    if isinstance(value, dict):
        return Value(struct_value=structure(value))
    return Value(list_value=ListValue(values=[_value(item) for item in value]))
