"""Which mails are one ticket, and why."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from migrations.records.comment import Comment
from migrations.records.ticket import Ticket
from migrations.staging.staging import Staging
from tests.migrations.mailbox.mails import CUSTOMER, TEAM, mail, staged


def tickets(staging: Staging) -> dict[str, list[str]]:
    """Ticket → its comments, in their order."""
    order = "at, id"
    return {
        each.id: [one.id for one in staging.all(Comment, "ticket = ?", (each.id,), order)]
        for each in staging.all(Ticket)
    }


FIRST = mail("1@a")
SECOND = mail("2@b", day=2, sender=TEAM, to=CUSTOMER, subject="Re: A question", In_Reply_To="<1@a>")
THIRD = mail("3@a", day=3, subject="AW: A question", References="<1@a> <2@b>")


@pytest.mark.parametrize("order", list(permutations((FIRST, SECOND, THIRD))))
def test_answers_belong_together_in_whatever_order_they_are_read(order: tuple[bytes, ...], tmp_path: Path) -> None:
    [found] = tickets(staged(tmp_path, *order)).values()
    assert found == ["1@a", "2@b", "3@a"]


def test_two_answers_to_a_mail_that_is_not_there_belong_together(tmp_path: Path) -> None:
    staging = staged(tmp_path, mail("2@a", day=2, In_Reply_To="<1@a>"), mail("3@a", day=3, References="<1@a>"))
    assert tickets(staging) == {"2@a": ["2@a", "3@a"]}
    reasons = [each.belongs for each in staging.all(Comment)]
    assert reasons == ["it begins the conversation", "it answers 1@a"]


def test_a_mail_that_names_two_conversations_makes_one_of_them(tmp_path: Path) -> None:
    staging = staged(
        tmp_path, mail("1@a"), mail("2@a", day=2), mail("4@a", day=4, References="<2@a>"),
        mail("3@a", day=3, References="<1@a> <2@a>"),
    )  # fmt: skip
    assert tickets(staging) == {"1@a": ["1@a", "2@a", "3@a", "4@a"]}


def test_a_conversation_has_the_same_id_in_whatever_order_its_mails_stand(tmp_path: Path) -> None:
    """Else a later export would be sent a second time."""
    answer = mail("2@b", day=2, sender=TEAM, to=CUSTOMER, subject="Re: A question", In_Reply_To="<1@a>")
    last = mail("3@a", day=3, subject="Re: A question", In_Reply_To="<2@b>", References="<1@a> <2@b>")
    for number, mails in enumerate(((mail("1@a"), answer, last), (last, answer, mail("1@a")), (answer, mail("1@a")))):
        root = tmp_path / str(number)
        root.mkdir()
        staging = staged(root, *mails)
        assert tickets(staging) == {"1@a": sorted(each.id for each in staging.all(Comment))}
        ticket = staging.get(Ticket, "1@a")
        assert ticket is not None and (ticket.subject, ticket.requester) == ("A question", "maja@tidewater.example")


def test_gmails_own_number_of_the_conversation_holds(tmp_path: Path) -> None:
    staging = staged(tmp_path, mail("1@a", X_GM_THRID="17"), mail("2@a", day=2, subject="Other", X_GM_THRID="17"))
    assert tickets(staging) == {"1@a": ["1@a", "2@a"]}
    assert [each.belongs for each in staging.all(Comment)] == ["it begins the conversation", "Gmail says so"]


@pytest.mark.parametrize(
    ("second", "together"),
    [
        ({"subject": "Re: A question", "day": 5}, True),
        ({"subject": "Re: A question", "day": 9}, False),  # more than seven days
        ({"subject": "A question", "day": 5}, False),  # no answer
        ({"subject": "Re: Another", "day": 5}, False),
        ({"subject": "Re: A question", "day": 5, "sender": "x@y.example", "to": "z@y.example"}, False),  # other people
        # The team writes to everybody: what it wrote to one customer is not for another.
        ({"subject": "Re: A question", "day": 5, "sender": TEAM, "to": "xena@bank.example"}, False),
        ({"subject": "Re: A question", "day": 5, "sender": TEAM, "to": CUSTOMER}, True),
    ],
)
def test_an_answer_that_names_nothing(second: dict[str, object], together: bool, tmp_path: Path) -> None:
    staging = staged(tmp_path, mail("1@a"), mail("2@a", **second))  # type: ignore[arg-type]
    assert (len(tickets(staging)) == 1) == together
    if together:
        moved = staging.get(Comment, "2@a")
        assert moved is not None and moved.belongs == "the same subject and people within 7 days"


def test_who_asks_and_how_it_stands(tmp_path: Path) -> None:
    staging = staged(tmp_path, FIRST, SECOND, mail("9@a", day=9, sender=TEAM, to=CUSTOMER, subject="News"))
    first, news = (staging.get(Ticket, each) for each in ("1@a", "9@a"))
    assert first is not None and news is not None
    assert (first.requester, first.status, first.channel) == ("maja@tidewater.example", "answered", "email")
    assert (first.created and first.created.at, first.updated and first.updated.at) == (
        "2024-03-01T09:00:00Z",
        "2024-03-02T09:00:00Z",
    )
    assert first.address == "support@quayside.example"
    assert news.requester == "maja@tidewater.example"  # to whom we wrote


def test_what_only_a_robot_wrote_is_no_ticket(tmp_path: Path) -> None:
    staging = staged(
        tmp_path, mail("1@a", sender="MAILER-DAEMON@mx.example"), mail("2@a", Auto_Submitted="auto-replied")
    )
    assert tickets(staging) == {}
    assert staging.reasons() == {
        ("tickets", "skipped", "only automatic mails"): 1,
        ("tickets", "skipped", "only bounced mails"): 1,
    }


def test_labels_become_a_value_and_unwanted_ones_stay_away(tmp_path: Path) -> None:
    staging = staged(
        tmp_path,
        mail("1@a", X_Gmail_Labels="Inbox,Refunds,=?utf-8?q?Z=C3=BCrich?="),
        mail("2@a", X_Gmail_Labels="Spam"),
        mail("3@a", X_Gmail_Labels="Chat"),
    )
    first, chat = staging.get(Ticket, "1@a"), staging.get(Ticket, "3@a")
    assert first is not None and first.values == {"labels": ["Refunds", "Zürich"]}
    assert chat is not None and chat.channel == "chat"
    assert staging.reasons() == {("comments", "skipped", "label Spam"): 1}
