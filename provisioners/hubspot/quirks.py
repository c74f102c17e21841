"""What HubSpot does otherwise than people expect, kind by kind, and what golive does about it; what a person does; and
what nobody has tried on a live account. docs/hubspot.md is made from it. The sources stand in the modules that hold the
behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping

from provisioners.by_hand import Task

QUIRKS: Mapping[str, tuple[str, ...]] = {
    "crm_field_groups": (
        "It is a group of properties of one object; its name comes from the first key and never changes.",
        "HubSpot deletes no group in which a property stands: golive then leaves it, and says which those are.",
    ),
    "crm_fields": (
        "It is a property. Its internal name comes from the first key and never changes; `existing: annualrevenue` "
        "names one that is there, which is looked up and never written. HubSpot's own are never changed.",
        "Files may say `Account`, `Contact` and `Case` for companies, contacts and tickets.",
        "Everybody sees a new property. `group` says where it is shown; without it a new one stands in the object's "
        "own group, and somebody may move it.",
        "Whole numbers, decimals and amounts of money are all numbers to HubSpot: that they look like money, a person "
        "sets. A lookup leads to one of the account's users (`to: User`).",
        "`formula` is HubSpot's own formula, with properties by their internal names; such a property is changed by "
        "golive only, and not in HubSpot's pages.",
        "The type never changes: another one is another property, and golive refuses to make it anew.",
        "Choices that leave the files stay, because records hold them; a renamed one keeps its internal value.",
        "A property that leaves the files stays. With `on_remove: delete` it is archived, and a plan says how many "
        "records hold a value; outside the sandbox that number is named with `--delete-records N`.",
        "An archived property can be brought back for 90 days in HubSpot's pages, by no interface; until then its name "
        "is taken, and a plan says so.",
    ),
    "crm_pipelines": (
        "It is a pipeline of tickets, and made with all of its stages; each keeps its id whatever it is called later.",
        "Stages that somebody adds stay where they are; golive keeps its own in the order of the files.",
        "As long as tickets stand in a pipeline or a stage, it does not go: a plan says how many, and sends nothing; "
        "`golive destroy` leaves it, and says so.",
        "A stage that somebody had made before golive came to it stays as long as its pipeline does, unless "
        "`on_remove: delete` says otherwise.",
        "A pipeline's last stage goes with the pipeline only.",
    ),
    "crm_access": (
        "HubSpot has no interface for who sees which property: say `by_hand: true`, and a plan names the steps.",
    ),
    "crm_queues": (
        "HubSpot has no queues. What waits stands in a stage of a pipeline; the people's view of it is made by hand.",
    ),
    "crm_mapping": (
        "The data sync with the helpdesk has no interface for its rows: a person enters them, and the plan says which.",
        "Counts come from HubSpot's search, which knows a change some seconds later.",
        "With `written_by: golive` a company is an account: its number is what `account_key` keeps. A path such as "
        "`csm.Name` of a lookup reads the owner's name; `csm.Email` the address.",
    ),
}

LIMITS: tuple[tuple[str, str], ...] = (
    ("calls", "100 in ten seconds (190 on higher plans), 250,000 and more in a day; golive waits where it must"),
    ("searches", "five in a second, of the whole account; golive makes four"),
    ("results of a search", "10,000; golive counts with searches, and reads companies page by page"),
    ("internal name of a property", "100 characters, small letters, digits and _"),
    ("pipelines of tickets", "one on the plan free"),
    ("computed properties", "none on the plans free and starter"),
    ("archived property", "90 days until it is erased"),
)
"""What of → how much. From developers.hubspot.com, “API usage guidelines and limits” and “Search the CRM”, and
knowledge.hubspot.com, “Organize, delete, and export properties” and “Track your CRM data usage”."""

UNPROVED = (
    "Everything: the stand-in was written from the vendor's pages, and no live account was reached.",
    "Whether an archived property keeps its name: the pages do not say. golive takes it to be so, and says what to do.",
    "Service keys, which take the place of private apps: nobody has signed in with one. Where HubSpot does not tell a "
    "key's scopes, `golive doctor` cannot say which it lacks, and the first call that needs one is refused.",
    "What becomes of tickets whose stage is deleted: HubSpot's interface does not hold it up, and golive counts the "
    "tickets itself before.",
    "Formulas: golive hands them on as they are, and HubSpot judges them.",
    "The newer, dated paths of the interface (`/crm/properties/2026-03`): golive uses version 3.",
)
"""What rests on the vendor's pages or on others', and was never tried on a live account."""

BY_HAND: tuple[Task, ...] = (
    Task(
        "New properties are put on the records' pages",
        (
            "In HubSpot open Settings, Objects, Companies (Contacts, Tickets), Record customization.",
            "Open each view that the support or success team uses, and add the properties to a card; save.",
            "Of an amount of money open the property, Field type, and choose the format Currency.",
        ),
        "nothing.",
        ("crm_sidebar_seen",),
    ),
    Task(
        "Who sees and changes a property is set",
        (
            "In HubSpot open Settings, Properties, the property, More, Manage access.",
            "Choose who may edit it and who only sees it, as `golive plan` names them under “left to people”.",
        ),
        "nothing.",
    ),
    Task(
        "The helpdesk's data sync is installed and its rows are entered",
        (
            "In HubSpot's App Marketplace install “Zendesk” (data sync by HubSpot) as an admin of both, and sign in to "
            "both.",
            "Under Settings, Integrations, Connected apps, Zendesk set up the sync of companies with organizations, in "
            "the direction from HubSpot to Zendesk.",
            "Enter each row that `golive plan` names under “left to people” as a field mapping.",
        ),
        "nothing of the rows themselves; `golive context check` sees what has arrived.",
        ("crm_connector_installed", "crm_fields_mapped"),
    ),
)
