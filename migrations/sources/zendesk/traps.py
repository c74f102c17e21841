"""What surprises in an old Zendesk."""

from __future__ import annotations

from migrations.sources.source import Trap

TRAPS = (
    Trap("Archived tickets are in no list", "Tickets come from the incremental export, which has them all."),
    Trap("What was changed in the last minute is not exported yet", "It comes with the next reading."),
    Trap("Deleted tickets are exported, too", "They are left out and counted."),
    Trap(
        "Suspended mails are no tickets, and go after 14 days",
        "They are counted. Whoever needs one recovers it in the old Zendesk before it is read.",
    ),
    Trap(
        "A merged ticket is closed, and only its last comment went along",
        "It names the ticket that it became part of. What else was written in it stays in what was read.",
    ),
    Trap(
        "Into which ticket one was merged stands only in a comment, whose words agents can change",
        "The number in it counts where there is such a ticket; else the ticket is among what to know before.",
    ),
    Trap(
        "A choice is kept as a tag",
        "Values are read by the names that people see; two fields of one name have their ids behind it.",
    ),
    Trap(
        "Each choice of a field is among the ticket's tags, too",
        "Such a tag is left out: the value says the same, and the new field makes a tag of its own.",
    ),
    Trap(
        "Ticket statuses of the account's own belong to a category",
        "A ticket has the name that agents see; the category, where it is the usual one of it; `closed` in any case.",
    ),
    Trap("A comment may not say whether it is public", "What does not say that it is public is private."),
    Trap(
        "Pictures in texts are not among the attachments, and lie behind addresses that end with the account",
        "They are asked for and loaded at once, like all files. The token goes to the account's own address only.",
    ),
    Trap(
        "Infected, deleted or missing files", "The comment is kept, and the file is named with the reason."
    ),
    Trap("Users who are gone wrote comments", "They stay as people who are no longer active."),
    Trap(
        "Further addresses of a user cost a call for each user",
        "Only the first address is read; somebody who wrote from another one is the same person all the same.",
    ),
    Trap(
        "Side conversations are not among a ticket's comments",
        "They are not read; one that was led as a ticket of its own comes as that ticket.",
    ),
    Trap(
        "Recordings of calls lie with the telephone part",
        "The comment keeps what it says of the call; the recording is not loaded.",
    ),
    Trap(
        "Each brand has a help centre of its own",
        "Articles are those of the address under `url`; another brand's need a file of their own with its address.",
    ),
    Trap("Pictures in articles", "They are not loaded; the text keeps their addresses."),
    Trap("Personal macros and views are one agent's own", "They are left out and counted."),
    Trap(
        "The JSON export has neither files nor the names of fields and ticket statuses",
        "`api` beside `export` gives them, names also lists saved from the API; else a field is called by its number.",
    ),
    Trap(
        "Above a million tickets the export comes in slices of 31 days",
        "All files are named; a ticket that comes twice is kept once, as the later file has it.",
    ),
    Trap(
        "Zendesk ends its API tokens, the last ones on 30 April 2027",
        "An OAuth client (`sign_in`) goes on; the archive is what stays of the old account.",
    ),
)  # fmt: skip
