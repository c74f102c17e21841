"""What Salesforce does otherwise than people expect, kind by kind, and what golive does about it; what a person does;
and what nobody has tried on a live organisation. docs/salesforce.md is made from it. The sources stand in the modules
that hold the behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping

from provisioners.by_hand import Task

QUIRKS: Mapping[str, tuple[str, ...]] = {
    "crm_objects": (
        "The API name comes from the first key and never changes; `existing: Contract_Term__c` names one that is "
        "there. Whether records are numbered or named never changes either.",
        "Only the Metadata API makes objects. A definition is written whole: golive sends what it does not manage back "
        "as it is, and leaves the object's fields, pages and rules alone.",
        "Fields, access, queues and record types name an object by its key. It is made before them. `golive adopt "
        "crm_fields` looks for the fields of an object once the files have it.",
        "`sharing` says what people do with records of others, within what `access` lets them do with records at all.",
        "An object that leaves the files stays. With `on_remove: delete` it is deleted with its fields and records, "
        "and a plan says how many; outside the sandbox that number is named with `--delete-records N`. For 15 days it "
        "can be brought back in Setup.",
    ),
    "crm_record_types": (
        "Record types of cases, leads, opportunities and solutions need a process. golive takes the only one; where "
        "there are several, `process` says which, and a plan says so before anything is sent.",
        "No interface deletes one: one that leaves the files is switched off, and `destroy` does the same. Records "
        "keep it, and nobody can choose it for new ones.",
        "A new one is nobody's to choose until a person gives it to profiles or permission sets in Setup.",
    ),
    "crm_fields": (
        "A new field is visible to nobody, not even to whoever made it: `access` gives it to people. golive reads "
        "definitions where they are always shown, and never where a field could be hidden.",
        "The API name comes from the first key and never changes; `existing: ARR__c` names one that is there, which is "
        "looked up and never written.",
        "The type, what a lookup points to, and the digits of a number never change: another one is another field, and "
        "golive refuses to make it anew.",
        "A definition is written whole: golive sends what it does not manage back as it is. Choices that leave the "
        "files stay, because records hold them.",
        "A text takes 255 characters, a textarea 32,768; a decimal and a currency have two digits after the point; a "
        "checkbox begins unticked; a lookup is emptied when what it points to is deleted.",
        "A field that leaves the files stays. With `on_remove: delete` it is deleted, and a plan says how many records "
        "hold a value; outside the sandbox that number is named with `--delete-records N`, and so it is for `destroy`, "
        "which deletes what golive made.",
        "A deleted field can be brought back for 15 days in Setup, with `_del` after its name, and counts as a field "
        "until then. Whether its name is free at once, the vendor's pages do not agree on; where it is not, the error "
        "says where to erase it.",
    ),
    "crm_access": (
        "It is a permission set: it gives, and takes nothing away that a profile gives.",
        "`objects` says what people do with records, each word with those before it. Who reads contacts must read "
        "accounts; seeing or changing the records of everybody is never touched.",
        "Fields that everybody sees, such as an account's name, need no grant; a formula can only be read.",
        "golive's own user holds each permission set through which golive gives something, because it cannot count "
        "what it does not see. The files need not name it.",
        "What somebody granted by hand beside the files stays; whoever leaves the files loses it. A permission set "
        "that others hold by hand is not deleted.",
    ),
    "crm_queues": (
        "Accounts, contacts and opportunities belong to people and wait in no queue.",
        "Members and objects cannot be changed, so golive takes one away and puts in another. Roles, groups and people "
        "beside the files stay in it.",
        "Whom new records are mailed to, and the queue's address, stay as they are.",
        "As long as records wait in a queue, or of an object in it, it does not go: a plan says how many, and sends "
        "nothing. `destroy` leaves such a queue where it is, without the people.",
    ),
    "crm_mapping": (
        "The helpdesk's package has no interface for its rows: a person enters them, and the plan says which.",
    ),
}

LIMITS: tuple[tuple[str, str], ...] = (
    (
        "calls",
        "100,000 in 24 hours and more by licences, everybody's together; a plan and `golive doctor` say what is left",
    ),
    ("name of a field; API name of a field or an object", "40 characters"),
    ("formula", "3,900 characters"),
    ("choices of a field", "1,000"),
    ("deleted field", "15 days until it is erased"),
)
"""What of → how much. From help.salesforce.com, “Salesforce Features and Edition Allocations”, “Custom Field
Attributes”, “Formula Field Limits and Restrictions” and “General Picklist Limits”."""

UNPROVED = (
    "Deleting a field: the vendor's page on the interface lists no such call, while tools of others make it.",
    "What becomes of records whose queue is deleted: pages tell it in different ways, so golive never lets it come to "
    "that.",
    "Custom objects: the calls are made by the vendor's own WSDL, and were answered by the sandbox only. A change "
    "sends back what is the object's own; whether the vendor leaves alone what is not sent, nobody has tried.",
    "Names that Salesforce keeps for itself: no page lists them. Its refusal is said with what to do.",
    "Assignment and escalation rules and flows: golive does not make them.",
)
"""What rests on the vendor's pages or on others', and was never tried on a live organisation."""

BY_HAND: tuple[Task, ...] = (
    Task(
        "New fields are put on the pages of the object",
        (
            "In Setup open Object Manager, then the object (`Account`), then Page Layouts.",
            "Open each layout that the support or success team uses (Page Layout Assignment says who has which).",
            "Drag the fields from the palette into a section, fields that are only read into one of their own; save.",
            "On Lightning pages with dynamic forms choose the page under Lightning Record Pages instead, and place the "
            "fields there.",
        ),
        "with the probe `fields_on_page`, which an item of your own can have: for every object of which golive looks "
        "after fields, and each of its record types that golive's own user may choose.",
        ("crm_sidebar_seen",),
    ),
    Task(
        "New record types are given to people",
        (
            "In Setup open Object Manager, then the object (`Case`), then Record Types, and the record type.",
            "Open each profile or permission set whose people work with it, then Object Settings, then the object; "
            "tick the record type, and say which one is the default.",
            "Under Page Layouts, Page Layout Assignment, say which page its records have.",
        ),
        "only whether golive's own user may choose it: the probe `fields_on_page` looks at its page then.",
    ),
    Task(
        "The helpdesk's package is installed and its rows are entered",
        (
            "Install “Zendesk for Salesforce” from AppExchange as an admin of both, and sign in to both.",
            "Under Zendesk Configuration > Data sync > Accounts to organizations choose the external id as the match.",
            "Enter each row that `golive plan` names under “left to people”.",
        ),
        "nothing of the rows themselves.",
        ("crm_connector_installed", "crm_fields_mapped"),
    ),
)
