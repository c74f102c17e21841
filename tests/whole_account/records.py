"""Custom objects with their fields, and what is deleted by itself."""

from __future__ import annotations

from typing import Any

from tests.whole_account.fields import options
from tests.whole_account.making import Maker, asks

OBJECTS = ("bike", "contract", "rental-bike", "workshop", "trade_in")


def build_records(maker: Maker) -> None:
    """Sorts of records that point to each other, fields that golive can look after, and some that it cannot."""
    for key in OBJECTS:
        name = key.replace("-", " ").replace("_", " ").title()
        described = {"description": f"What a {name} is."} if key != "workshop" else {}
        maker.make("custom_objects", "custom_object", key=key, title=name, title_pluralized=f"{name}s", **described)
    for key in OBJECTS:
        for kind, title, more in (
            ("text", "Serial", {"description": "Below the saddle."}),
            ("textarea", "Remarks", {"active": False}),
            ("integer", "Gears", {}),
            ("decimal", "Weight", {}),
            ("date", "Bought", {}),
            ("checkbox", "Electric", {}),
            ("regexp", "Frame", {"regexp_for_validation": "^[A-Z]{2}-[0-9]{6}$"}),
            (
                "dropdown",
                "Size",
                {"custom_field_options": options(("Small", f"size_{key}_s"), ("Large", f"size_{key}_l"))},
            ),
            (
                "multiselect",
                "Extras",
                {"custom_field_options": options(("Bell", f"{key}.bell"), ("Bag", f"{key}.bag"))},
            ),
            ("lookup", "Owner", {"relationship_target_type": "zen:user"}),
        ):
            field(maker, key, kind, title, title.lower(), **more)
    field(maker, "contract", "lookup", "Bike", "bike", relationship_target_type="zen:custom_object:bike")
    field(maker, "bike", "lookup", "Contract", "contract", relationship_target_type="zen:custom_object:contract")
    field(maker, "bike", "text", "Old number", "Old-Number")  # a key that none of ours can be
    field(maker, "bike", "regexp", "Anything", "anything", regexp_for_validation=".*")
    fields = maker.call("GET", "custom_objects/bike/fields")["custom_object_fields"]
    backwards = [each["id"] for each in reversed(fields)]
    maker.call("PUT", "custom_objects/bike/fields/reorder", {"custom_object_field_ids": backwards})
    maker.make("ticket_fields", "ticket_field", type="lookup", title="Bike",
               relationship_target_type="zen:custom_object:bike")  # fmt: skip
    maker.make("ticket_fields", "ticket_field", type="lookup", title="Rental",
               relationship_target_type="zen:custom_object:rental-bike")  # fmt: skip
    _deletion(maker)


def field(maker: Maker, owner: str, kind: str, title: str, key: str, **more: Any) -> None:
    """A field of a custom object."""
    maker.make(f"custom_objects/{owner}/fields", "custom_object_field", f"{owner} {title}",
               type=kind, title=title, key=key, **more)  # fmt: skip


def _deletion(maker: Maker) -> None:
    year, old = str(24 * 365), asks("updated_at", "greater_than", str(24 * 365 * 3))
    for title, of, conditions, more in (
        ("Three years", "zen:ticket", [old], {"active": True, "description": "Agreed with legal."}),
        ("Spam", "zen:ticket", [asks("NEW", "greater_than", year), asks("current_tags", "includes", "spam")], {}),
        ("Customers", "zen:user", [asks("updated_at", "greater_than", year)], {}),
        ("Files", "zen:attachment", [asks("NEW", "greater_than", "960")], {"active": True}),
        ("Bikes", "zen:custom_object:bike", [asks("updated_at", "greater_than", year)], {}),
        ("Unheard of", "zen:ticket", [asks("last_active", "older_than", "90")], {}),
    ):
        maker.make("deletion_schedules", "deletion_schedule", title=title, object=of,
                   conditions={"all": conditions, "any": []}, **more)  # fmt: skip
