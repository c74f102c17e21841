"""Files for comments: sent under a token, taken by a comment, loaded again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.sandbox.client import Answer, Client, Zendesk

PICTURE = b"\x89PNG\r\n\x00\xff"


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk()


def sent(zendesk: Zendesk, query: str = "filename=a.png", content: bytes = PICTURE) -> Answer:
    return zendesk.call("POST", f"uploads?{query}", raw=content, headers={"content-type": "image/png"})


def imported(zendesk: Zendesk, *tokens: str) -> Answer:
    comments = [{"value": "See", "uploads": list(tokens)}]
    return zendesk.post("imports/tickets", {"ticket": {"comments": comments}})


def files_of(zendesk: Zendesk, ticket: Answer) -> list[dict[str, Any]]:
    comments = zendesk.get(f"tickets/{ticket.json()['ticket']['id']}/comments").json()["comments"]
    return [file for each in comments for file in each["attachments"]]


def test_several_files_come_under_one_token_and_stand_at_the_comment_that_names_it(zendesk: Zendesk) -> None:
    first = sent(zendesk).json()["upload"]
    both = sent(zendesk, f"filename=b%2Fc.png&token={first['token']}", b"").json()["upload"]
    assert both["token"] == first["token"] and len(both["attachments"]) == 2
    files = files_of(zendesk, imported(zendesk, first["token"]))
    assert [(each["file_name"], each["size"], each["content_type"]) for each in files] == [
        ("a.png", len(PICTURE), "image/png"), ("b/c.png", 0, "image/png"),
    ]  # fmt: skip
    assert imported(zendesk, first["token"]).status_code == 422, "a token is used once"
    assert zendesk.get(f"attachments/{files[0]['id']}").json()["attachment"] == files[0]


def test_an_ordinary_comment_takes_files_too(zendesk: Zendesk) -> None:
    token = sent(zendesk).json()["upload"]["token"]
    made = zendesk.make("tickets", "ticket", comment={"body": "See", "uploads": [token]})
    (comment,) = zendesk.get(f"tickets/{made['id']}/comments").json()["comments"]
    assert [each["file_name"] for each in comment["attachments"]] == ["a.png"]


def test_a_token_ends_after_an_hour_and_its_files_with_it(zendesk: Zendesk) -> None:
    upload = sent(zendesk).json()["upload"]
    zendesk.clock.now += 3600
    assert imported(zendesk, upload["token"]).status_code == 422
    assert sent(zendesk, f"filename=b&token={upload['token']}").status_code == 422
    assert zendesk.get(f"attachments/{upload['attachment']['id']}").status_code == 404


def test_an_upload_can_be_taken_back(zendesk: Zendesk) -> None:
    token = sent(zendesk).json()["upload"]["token"]
    assert zendesk.delete(f"uploads/{token}").status_code == 204
    assert zendesk.delete(f"uploads/{token}").status_code == 404


def test_a_file_needs_a_name_and_is_not_too_large(zendesk: Zendesk) -> None:
    assert sent(zendesk, "").status_code == 422
    zendesk.store.table("zendesk", "account_settings")["1"]["limits"]["attachment_size"] = 3
    assert sent(zendesk).status_code == 422


def test_the_address_leads_to_another_host_that_takes_no_credentials(zendesk: Zendesk) -> None:
    (file,) = files_of(zendesk, imported(zendesk, sent(zendesk).json()["upload"]["token"]))
    anybody = Client(zendesk.app, None)
    led = anybody.get(file["content_url"])
    assert led.status_code == 302
    there = urlsplit(led.headers["location"])
    assert there.hostname == "localhost"
    place = f"{there.path}?{there.query}"
    assert anybody.get(place).content == PICTURE
    assert Client(zendesk.app, "sandbox").get(place).status_code == 400
    assert anybody.get(f"{there.path}?signature=guessed").status_code == 403
    zendesk.put("account/settings", {"settings": {"tickets": {"private_attachments": True}}})
    assert anybody.get(file["content_url"]).status_code == 401
    zendesk.store.settings("zendesk")["attachment_host"] = "none"
    assert Client(zendesk.app, "sandbox").get(file["content_url"]).content == PICTURE


def test_files_go_with_the_ticket_that_is_deleted_for_good(zendesk: Zendesk) -> None:
    ticket = imported(zendesk, sent(zendesk).json()["upload"]["token"])
    (file,) = files_of(zendesk, ticket)
    key = ticket.json()["ticket"]["id"]
    zendesk.delete(f"tickets/{key}")
    assert zendesk.get(f"attachments/{file['id']}").status_code == 200, "it can still be brought back"
    zendesk.delete(f"deleted_tickets/{key}")
    assert zendesk.get(f"attachments/{file['id']}").status_code == 404
    assert Client(zendesk.app, None).get(file["content_url"]).status_code == 404
