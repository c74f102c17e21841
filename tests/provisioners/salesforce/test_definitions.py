"""Why golive cannot look after a live field, in words."""

from __future__ import annotations

from typing import Any

import pytest

from provisioners.salesforce.definitions import active_values, nearest_type, why_not_ours


def picklist(*labels: str, **more: Any) -> dict[str, Any]:
    values = [{"valueName": f"v{number}", "label": label} for number, label in enumerate(labels)]
    definition = {"sorted": more.pop("sorted", False), "value": values}
    given = {"restricted": True, "valueSetDefinition": definition, **more}
    return {"type": "Picklist", "label": "L", "valueSet": given}


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ({"type": "Text", "length": 255}, ""),
        ({"type": "Text", "length": 80}, "it takes 80 characters at most, and golive's take 255"),
        ({"type": "Text", "formula": "Name"}, ""),
        ({"type": "Number", "precision": 18, "scale": 0}, ""),
        ({"type": "Number", "precision": 4, "scale": 0}, "it has 4 digits, and golive's have 18"),
        ({"type": "Currency", "precision": 18, "scale": 0}, "it has 0 digits after the point, and golive's have 2"),
        ({"type": "LongTextArea", "length": 32768, "visibleLines": 9}, "it shows 9 lines at once, and golive's show 3"),
        ({"type": "Geolocation"}, "there is no word here for a field of the type Geolocation"),
        (picklist("A", "B"), ""),
        (picklist("A b", " a  B"), "two of its values are called “A b”"),
        (picklist(), "none of its values can be chosen"),
        (picklist("A", sorted=True), "its values are sorted by name, and golive's stand in the order of the files"),
        (picklist("A", valueSetDefinition=None), "its values are those of a value set of the whole organisation"),
        (picklist("A", restricted=False), "it takes values that are not in its list, and golive's do not"),
    ],
)
def test_the_reason_names_what_differs(metadata: dict[str, Any], reason: str) -> None:
    assert why_not_ours({"label": "L", **metadata}) == reason


def test_the_nearest_type_is_said_of_a_field_that_is_only_named() -> None:
    types = ("Email", "Html", "Percent", "DateTime", "MasterDetail", "Geolocation")
    assert [nearest_type({"type": each}) for each in types] == ["text", "textarea", "decimal", "date", "lookup", None]


def test_only_values_that_can_be_chosen_are_said() -> None:
    metadata = picklist("A", "B")
    metadata["valueSet"]["valueSetDefinition"]["value"][0]["isActive"] = False
    assert [each["label"] for each in active_values(metadata)] == ["B"]
