"""Mail that arrives and mail that is sent: tickets, answers, follow-ups, bounces, and what is kept back."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from sandbox.zendesk.encoded_ids import encoded_id, ticket_of
from sandbox.zendesk.inbound_mail import reply_text
from tests.sandbox.ticket_world import World

CREATED = [{"field": "update_type", "operator": "is", "value": "Create"}]
TO_REQUESTER = [{"field": "notification_user", "value": ["requester_id", "Re: {{ticket.title}}", "We are on it."]}]
FIRST = (
    "From: Dana Doe <Dana@client.org>\nTo: {to}\nSubject: =?utf-8?q?It_is_d=C3=B6wn?=\nMessage-ID: <1@c>\n\nHelp me.\n"
)


def answered() -> tuple[World, int, dict[str, str]]:
    """A ticket that came by mail, solved, and the mail that the customer got."""
    world = World()
    world.trigger("Auto-reply", CREATED, TO_REQUESTER)
    made = world.mail(FIRST.format(to="help@acme.com"))
    world.change({"id": made["ticket_id"]}, status="solved", comment={"body": "Done"})
    return world, made["ticket_id"], world.mails()[0]


def test_mail_to_a_support_address_makes_a_ticket() -> None:
    world = World()
    made = world.mail(FIRST.format(to='"Acme Help" <help@acme.com>'))
    assert (made["result"], made["recipient"]) == ("ticket", "help@acme.com")
    ticket = world.show({"id": made["ticket_id"]})
    assert (ticket["subject"], ticket["description"], ticket["recipient"]) == (
        "It is döwn",
        "Help me.",
        "help@acme.com",
    )
    dana = world.zendesk.get(f"users/{ticket['requester_id']}").json()["user"]
    assert (dana["name"], dana["email"], dana["organization_id"]) == (
        "Dana Doe",
        "dana@client.org",
        world.ids["<client>"],
    )
    assert ticket["submitter_id"] == dana["id"]
    assert ticket["via"] == {
        "channel": "email",
        "source": {
            "from": {"address": "dana@client.org", "name": "Dana Doe", "original_recipients": ["help@acme.com"]},
            "to": {"address": "help@acme.com", "name": "Acme Help"},
            "rel": None,
        },
    }
    [comment] = world.comments(ticket)
    assert (comment["author_id"], comment["public"], comment["via"]["channel"]) == (dana["id"], True, "email")


@pytest.mark.parametrize(
    ("to", "handed", "recipient"),
    [
        ("help@acme.com", "support@acme.zendesk.com", "help@acme.com"),  # forwarded, and listed
        ("office@acme.com", "support@acme.zendesk.com", "support@acme.zendesk.com"),  # forwarded, not listed
        ("anything@acme.zendesk.com", "", "anything@acme.zendesk.com"),  # the account takes all of its own host
        ("old@acme.com", "", "help@acme.com"),  # the mail server forwards, as a setting says
    ],
)
def test_mail_is_received_where_it_was_forwarded(to: str, handed: str, recipient: str) -> None:
    world = World(forwards={"Old@acme.com": "help@acme.com"})
    made = world.mail(FIRST.format(to=to), to=handed)
    assert (made["result"], made["recipient"]) == ("ticket", recipient)


def test_mail_to_nobody_bounces() -> None:
    world = World()
    bounced = world.mail(FIRST.format(to="office@acme.com"))
    assert bounced == {"result": "bounced", "why": "office@acme.com is no support address of this account."}
    world.zendesk.put("account/settings", {"settings": {"email": {"accept_wildcard_emails": False}}})
    assert world.mail(FIRST.format(to="anything@acme.zendesk.com"))["result"] == "bounced"
    assert world.mail("Subject: x\n\ny")["result"] == "bounced"
    assert world.zendesk.get("tickets").json()["count"] == 0


@pytest.mark.parametrize("way", ["head", "text", "address", "own mail"])
def test_an_answer_becomes_a_comment_and_opens_the_ticket_again(way: str) -> None:
    world, ticket_id, sent = answered()
    reference = sent["body"].rpartition("[")[2].rstrip("]")
    head = {"head": f"In-Reply-To: {sent['message_id']}\n", "own mail": "References: <0@c> <1@c>\n"}.get(way, "")
    to = f"support+id{reference}@acme.zendesk.com" if way == "address" else "help@acme.com"
    quote = f"\n\nOn Monday, Acme wrote:\n> We are on it.\n> [{reference if way == 'text' else ''}]\n"
    reply = world.mail(f"From: dana@client.org\nTo: {to}\nSubject: Re: x\n{head}\nStill broken.{quote}")
    assert (reply["result"], reply["ticket_id"], reply["public"]) == ("comment", ticket_id, True)
    ticket = world.show({"id": ticket_id})
    assert ticket["status"] == "open"
    last = world.comments(ticket)[-1]
    assert (last["id"], last["body"], last["via"]["channel"]) == (reply["comment_id"], "Still broken.", "email")
    changes = [one for one in world.audits(ticket)[-1]["events"] if one["type"] == "Change"]
    assert ("status", "solved", "open") in [(one["field_name"], one["previous_value"], one["value"]) for one in changes]


def test_what_somebody_else_answers_stays_between_agents() -> None:
    world, ticket_id, sent = answered()
    raw = f"From: {{}}\nTo: help@acme.com\nIn-Reply-To: {sent['message_id']}\n\nI know better."
    assert world.mail(raw.format("eve@client.org"))["public"] is False
    assert world.mail(raw.format("ann@acme.com"))["public"] is True
    assert world.comments({"id": ticket_id})[-1]["author_id"] == world.ids["<ann>"]


def test_an_answer_to_a_closed_ticket_is_a_follow_up() -> None:
    world, ticket_id, sent = answered()
    world.change({"id": ticket_id}, status="closed")
    raw = f"From: dana@client.org\nTo: help@acme.com\nSubject: Re\nIn-Reply-To: {sent['message_id']}\n\nAgain."
    reply = world.mail(raw)
    assert reply["result"] == "ticket" and reply["ticket_id"] != ticket_id
    source = world.show({"id": reply["ticket_id"]})["via"]["source"]
    assert (source["rel"], source["from"]["ticket_id"]) == ("follow_up", ticket_id)


def test_an_answer_to_a_deleted_ticket_is_a_new_one() -> None:
    world, ticket_id, sent = answered()
    world.zendesk.delete(f"tickets/{ticket_id}")
    raw = f"From: dana@client.org\nTo: help@acme.com\nIn-Reply-To: {sent['message_id']}\n\nAgain."
    assert world.mail(raw)["result"] == "ticket"


@pytest.mark.parametrize(
    ("head", "body", "cause"),
    [
        ("From: x@y.org\nAuto-Submitted: auto-replied\n", "I am away.", "auto_mailer"),
        ("From: help@acme.com\n", "Ping", "loop"),
        ("From: x@y.org\n", "", "blank"),
        ("From: cleo@client.org\n", "Hello", "blocklisted"),
    ],
)
def test_what_the_vendor_keeps_back_makes_no_ticket(head: str, body: str, cause: str) -> None:
    world = World()
    world.zendesk.put(f"users/{world.ids['<cleo>']}", {"user": {"suspended": True}})
    assert world.mail(f"{head}To: help@acme.com\n\n{body}") == {"result": "suspended", "cause": cause}
    assert world.zendesk.get("tickets").json()["count"] == 0


def test_pages_attachments_and_copies_are_read() -> None:
    world = World()
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Cc"] = (
        "dana@client.org",
        "help@acme.com",
        "boss@client.org, support@acme.zendesk.com",
    )
    mail["Subject"] = "Invoice"
    mail.set_content("<p>See <b>this</b></p><p>Thanks</p>", subtype="html")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="invoice.pdf")
    present = {"field": "attachment", "operator": "is", "value": "present"}
    world.trigger("T", [present], [{"field": "current_tags", "value": "with_file"}])
    made = world.zendesk.admin.call("POST", "/sandbox/mail", raw=mail.as_bytes()).json()
    ticket = world.show({"id": made["ticket_id"]})
    assert (ticket["description"], ticket["tags"]) == ("See this\nThanks", ["with_file"])
    [copied] = [world.zendesk.get(f"users/{key}").json()["user"]["email"] for key in ticket["email_cc_ids"]]
    assert copied == "boss@client.org"
    [attached] = world.comments(ticket)[0]["attachments"]
    assert (attached["file_name"], attached["content_type"], attached["size"]) == ("invoice.pdf", "application/pdf", 4)


def test_mail_that_was_sent_is_listed_by_reader_ticket_and_kind_and_can_be_forgotten() -> None:
    world, ticket_id, sent = answered()
    world.zendesk.make("users", "user", name="New", email="new@client.org")
    assert [mail["kind"] for mail in world.mails()] == ["notification", "verification"]
    assert world.mails("?to=DANA@client.org") == world.mails(f"?ticket_id={ticket_id}") == [sent]
    assert [mail["to"] for mail in world.mails("?kind=verification")] == ["new@client.org"]
    assert (sent["from"], sent["subject"]) == ("help@acme.com", "Re: It is döwn")
    assert sent["body"] == f"We are on it.\n\n[{encoded_id(ticket_id)}]"
    world.zendesk.admin.delete("/sandbox/mail")
    assert world.mails() == []


def test_each_ticket_has_a_reference_of_its_own() -> None:
    references = [encoded_id(number) for number in range(1, 2_000)]
    assert len(set(references)) == len(references)
    assert [ticket_of(one) for one in references] == list(range(1, 2_000))


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("Yes.\n\nOn Mon, Acme <a@b.c> wrote:\n> Really?\n> Yes?", "Yes."),
        ("Yes.\n> Really?\nNo.", "Yes.\n> Really?\nNo."),
        ("Ja.\n\nAm Montag schrieb Acme:\n> Wirklich?", "Ja."),
        ("Yes.\n##- Please type your reply above this line -##\nOld text", "Yes."),
        ("> Only a quote", "> Only a quote"),
    ],
)
def test_an_answer_is_what_stands_above_the_quote(body: str, kept: str) -> None:
    assert reply_text(body) == kept
