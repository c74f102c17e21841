"""What surprises in an inbox."""

from __future__ import annotations

from migrations.sources.source import Trap

TRAPS = (
    Trap("A mail has no ticket", "Conversations are put together; each comment says why it belongs to its ticket."),
    Trap(
        "An answer may name no earlier mail",
        "It goes to the latest one of the same subject and people, of so many days (`same_subject_days`).",
    ),
    Trap("Nobody is assigned to a mail", "Whoever of the client's own people wrote last has the ticket."),
    Trap("Who is an agent stands nowhere", "`own` says which addresses and domains are of the client's own people."),
    Trap(
        "Colleagues write to each other in the same conversation",
        "A mail that no customer sent or got is a private comment; what is not known to be public is private.",
    ),
    Trap(
        "One mail lies in several folders", "The same mail with the same content is kept once; the others are counted."
    ),
    Trap("Two mails can have one id", "Both are kept; the second one's id is made longer, and that is said."),
    Trap(
        "Texts in encodings that are not those they say",
        "Read as UTF-8 or, where it is none, as Windows-1252; the comment is among what to know before.",
    ),
    Trap(
        "Dates in the future, before 1990, or none", "The time at which the server took the mail counts, and is said."
    ),
    Trap(
        "A line of a text begins with “From ”", "It begins a mail only with a sender and a date, after an empty line."
    ),
    Trap("Bounces and answers of robots", "They stay in their conversation; one of nothing else becomes no ticket."),
    Trap("Gmail keeps chats as mails", "They become tickets with the channel `chat`."),
    Trap("Earlier mails are repeated below an answer", "Nothing is cut off; where they begin is noted, to fold them."),
    Trap("Thousands of receivers", "The first 48 stay in copy, as many as Zendesk takes; the rest is in the raw mail."),
    Trap(
        "Takeout comes as an archive",
        "It is unpacked under names of our own, and one that would fill the disk is refused.",
    ),
)
