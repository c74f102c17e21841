"""What tickets and customers hold: dynamic content, statuses, fields of all types, and forms with their conditions."""

from __future__ import annotations

from typing import Any

from tests.whole_account.making import Maker

LOCALES = {"en-US": 1, "es": 2, "de": 8, "fr": 16}
CONTENTS = 44


def build_fields(maker: Maker) -> None:
    """In the order in which each needs the other."""
    _dynamic_content(maker)
    _statuses(maker)
    _ticket_fields(maker)
    _customer_fields(maker)
    _forms(maker)


def content(maker: Maker, name: str, default: str, **texts: str) -> None:
    """An item of dynamic content; its placeholder comes from its name."""
    variants = [
        {"locale_id": LOCALES[code.replace("_", "-")], "content": text, "default": code == default}
        for code, text in texts.items()
    ]
    maker.make(
        "dynamic_content/items", "item", name=name, default_locale_id=LOCALES[default.replace("_", "-")],
        variants=variants,
    )  # fmt: skip


def _dynamic_content(maker: Maker) -> None:
    content(
        maker, "goodbye", "en_US", en_US="Ride safely,\nHalden", de="Gute Fahrt,\nHalden", fr="Bonne route,\nHalden"
    )
    content(maker, "Shop hours (new)", "en_US", en_US="We are open 9 to 5.", de="Wir haben von 9 bis 17 Uhr offen.")
    content(maker, "only one", "en_US", en_US="Only in English, with {{dc.goodbye}} in it")
    content(maker, "24h", "en_US", en_US="We answer within 24 hours.", es="Respondemos en 24 horas.")
    # as golive itself names what it makes, left behind by somebody who tried it once
    content(maker, "golive_triggers_old_key_body", "en_US", en_US="We have it.", de="Es ist da.")
    content(maker, "golive_ticket_fields_colour_name", "en_US", en_US="Colour", de="Farbe", fr="Couleur")
    content(maker, "golive_macros_gone_text", "en_US", en_US="Nobody names this.", de="Das nennt niemand.")
    for number in range(1, CONTENTS + 1):
        content(
            maker, f"Snippet {number}", "en_US", en_US=f"Text number {number}.", de=f"Text Nummer {number}.",
            **({"fr": f"Texte numéro {number}."} if number % 3 else {}),
        )  # fmt: skip


def _statuses(maker: Maker) -> None:
    for category, label, seen, more in (
        ("open", "In the workshop", "In the workshop", {"description": "A mechanic has it."}),
        ("open", "Waiting for parts", "We wait for parts", {"end_user_description": "Parts are on their way."}),
        ("open", "Old repairs", "Repair", {"active": False}),
        ("pending", "Waiting for photo", "We need a photo", {}),
        (
            "pending",
            "Quote sent",
            "{{dc.only_one}}",
            {"description": "They decide.", "end_user_description": "You decide."},
        ),
        ("hold", "At the maker's", "At the maker's", {}),
        ("hold", "Customs", "Customs", {"active": False}),
        ("solved", "Repaired", "Repaired", {}),
        ("solved", "Refused", "Closed", {}),
    ):
        maker.make(
            "custom_statuses", "custom_status", label, status_category=category, agent_label=label,
            end_user_label=seen, **more,
        )  # fmt: skip
    chosen = [maker.text_id("custom_statuses", label) for label in ("In the workshop", "At the maker's")]
    maker.call("PUT", "custom_status/default", {"ids": ",".join(chosen)})


def options(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _ticket_fields(maker: Maker) -> None:
    def field(kind: str, title: str, **more: Any) -> None:
        maker.make("ticket_fields", "ticket_field", type=kind, title=title, **more)

    edit = {"visible_in_portal": True, "editable_in_portal": True}
    field("tagger", "Area", custom_field_options=options(("API", "api"), ("Pay::Cards", "pay__cards"), ("No", "no")),
          title_in_portal="Where?", description="Say where.", **edit)  # fmt: skip
    field("tagger", "Reason for contact", required=True, agent_description="Before you solve.",
          custom_field_options=options(
              ("Refund", "reason_refund"), ("Other", "reason_o"), ("Other", "reason_x")))  # fmt: skip
    field("tagger", "Colour", title_in_portal="{{dc.golive_ticket_fields_colour_name}}", **edit,
          custom_field_options=options(
              ("Red", "colour_red"), ("Blue & white", "colour_blue"), ("{{dc.24h}}", "colour_24h")))  # fmt: skip
    field("multiselect", "Methods", custom_field_options=options(("Visa", "visa-1"), ("SEPA", "se.pa")))
    field(
        "multiselect", "Parts needed", custom_field_options=options(*((f"Part {n}", f"part_{n}") for n in range(1, 30)))
    )
    field("text", "Note")
    field("text", "Note", agent_description="The other one.")  # twice
    field("text", "Priority")  # as one of the vendor's own
    field("textarea", "Long note", active=False)
    field("integer", "How many")
    field("decimal", "Price")
    field("date", "Due day", required_in_portal=True, **edit)
    field("checkbox", "Refunded?", tag="refunded")
    field("checkbox", "Under warranty", **edit)
    field("regexp", "Order number", regexp_for_validation="^[A-Z]{2}[0-9]+$", visible_in_portal=True)
    field("regexp", "Frame", regexp_for_validation=r"\A(?:HB|HK)-\d{6}\Z")
    field("partialcreditcard", "Card")
    field("lookup", "Dealer", relationship_target_type="zen:organization")
    field("lookup", "Mechanic", relationship_target_type="zen:user")
    field("lookup", "Earlier ticket", relationship_target_type="zen:ticket")
    field("text", "{{dc.snippet_1}}", description="{{dc.snippet_2}}")
    for number in range(1, 13):
        field("text", f"Detail {number}", active=number % 4 != 0, agent_description=f"Detail {number} for agents.")
    for number in range(1, 9):
        field("tagger", f"Topic {number}", custom_field_options=options(
            *((f"Choice {each}", f"topic{number}_{each}") for each in "abcdef")))  # fmt: skip
    gone = maker.call("POST", "ticket_fields", {"ticket_field": {"type": "text", "title": "Removed"}})["ticket_field"]
    maker.call("DELETE", f"ticket_fields/{gone['id']}")


def _customer_fields(maker: Maker) -> None:
    for path, one in (("organization_fields", "organization_field"), ("user_fields", "user_field")):
        start = path[0]
        maker.make(path, one, "region", type="text", title="Region", key="region")  # one key on both sides
        maker.make(path, one, f"{start}_plan", type="dropdown", title="Plan", key=f"{start}_plan",
                   custom_field_options=options(
                       ("Gold", f"{start}_plan_gold"), ("Free", f"{start}_free_tier")))  # fmt: skip
        maker.make(path, one, f"{start}_marks", type="multiselect", title="Marks", key=f"{start}_marks",
                   custom_field_options=options(("A", f"{start}_marks_a"), ("B", f"{start}_marks_b")))  # fmt: skip
        maker.make(path, one, f"{start}_notes", type="textarea", title="Notes", key=f"{start}_notes", active=False)
        maker.make(path, one, f"{start}_since", type="date", title="Since", key=f"{start}_since",
                   description="When it began.")  # fmt: skip
        maker.make(path, one, f"{start}_vip", type="checkbox", title="VIP", key=f"{start}_vip")
        maker.make(path, one, f"{start}_seats", type="integer", title="Seats", key=f"{start}_seats")
        maker.make(path, one, f"{start}_code", type="regexp", title="Code", key=f"{start}_code",
                   regexp_for_validation="^C[0-9]{5}$")  # fmt: skip
        maker.make(path, one, f"{start}_owner", type="lookup", title="Owner", key=f"{start}_owner",
                   relationship_target_type="zen:user")  # fmt: skip
    maker.make("organization_fields", "organization_field", "ARR_2024", type="decimal", title="ARR", key="ARR_2024")


def _forms(maker: Maker) -> None:
    listed = maker.call("GET", "ticket_fields?per_page=100")["ticket_fields"]
    own = {each["type"]: each["id"] for each in listed if not each["removable"]}

    def ids(*titles: str) -> list[int]:
        return [own[title] if title in own else maker.id("ticket_fields", title) for title in titles]

    def shows(parent: str, value: Any, *children: tuple[str, Any], agents: bool = True) -> dict[str, Any]:
        fields = []
        for title, asked in children:
            child: dict[str, Any] = {"id": ids(title)[0], "is_required": asked is not None}
            if agents:
                some = {"type": "SOME_STATUSES", "statuses": asked}
                named = {None: {"type": "NO_STATUSES"}, "always": {"type": "ALL_STATUSES"}}
                child["required_on_statuses"] = some if isinstance(asked, list) else named[asked]
            fields.append(child)
        return {"parent_field_id": ids(parent)[0], "value": value, "child_fields": fields}

    area = ("Area", "Reason for contact", "Note", "Due day", "Under warranty", "Price", "Detail 1", "Detail 2")
    basic = ("subject", "description", "status", "group", "assignee")
    maker.make(
        "ticket_forms", "ticket_form", name="Repair", display_name="Get it repaired",
        ticket_field_ids=ids("subject", *area, "priority", "tickettype", *basic[1:]),
        agent_conditions=[
            shows("Area", "api", ("Note", "always"), ("Due day", None)),
            shows("Area", "no", ("Price", ["solved"])),
            shows("Under warranty", True, ("Detail 1", ["pending", "hold", "solved"]), ("Detail 2", "always")),
            shows("priority", "urgent", ("Reason for contact", ["solved"])),
        ],
        end_user_conditions=[
            shows("Area", "api", ("Note", "always"), ("Due day", None), agents=False),
            shows("Area", "pay__cards", ("Price", None), agents=False),
        ],
    )  # fmt: skip
    maker.make("ticket_forms", "ticket_form", name="Dealers", in_all_brands=False, end_user_visible=False,
               restricted_brand_ids=[maker.id("brands", "Halden Pro"), maker.id("brands", "Halden Outlet")],
               ticket_field_ids=ids(*basic, "Dealer", "Colour", "Methods"))  # fmt: skip
    maker.make("ticket_forms", "ticket_form", name="Old form", active=False, ticket_field_ids=ids(*basic, "Frame"))
    maker.make("ticket_forms", "ticket_form", name="Spanish", display_name="{{dc.24h}}",
               ticket_field_ids=ids(*basic, "Topic 1", "Topic 2", "Topic 3"))  # fmt: skip
    for number in range(4, 9):
        maker.make(
            "ticket_forms", "ticket_form", name=f"Topic {number} form", ticket_field_ids=ids(*basic, f"Topic {number}")
        )
    last = [maker.id("ticket_forms", name) for name in ("Spanish", "Repair")]
    others = [each["id"] for each in maker.call("GET", "ticket_forms")["ticket_forms"] if each["id"] not in last]
    maker.call("PUT", "ticket_forms/reorder", {"ticket_form_ids": [*last, *others]})
    maker.change(f"ticket_forms/{maker.id('ticket_forms', 'Repair')}", "ticket_form", default=True)
