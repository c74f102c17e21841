"""How people sign in to the sandbox's account, as the vendor documents it."""

from __future__ import annotations

import base64
from typing import Any

from tests.sandbox.client import Answer, Zendesk


def authentication(zendesk: Zendesk) -> dict[str, Any]:
    found: dict[str, Any] = zendesk.get("security_settings").json()["security_settings"]["authentication"]
    return found


def as_user(zendesk: Zendesk, email: str) -> Answer:
    word = base64.b64encode(f"{email}/token:sandbox".encode()).decode()
    return zendesk.as_token(None).call("GET", "security_settings", headers={"authorization": f"Basic {word}"})


def test_a_new_account_takes_passwords_and_nothing_else() -> None:
    for side in authentication(Zendesk({})).values():
        assert side["zendesk_login"] is True
        assert not any(side[way] for way in ("remote_login", "google_login", "enforce_sso"))


def test_what_was_set_is_shown_of_the_team_and_not_of_customers() -> None:
    said = authentication(Zendesk({"sign_in": {"zendesk_login": False, "remote_login": True}}))
    assert (said["agent"]["zendesk_login"], said["agent"]["remote_login"]) == (False, True)
    assert (said["end_user"]["zendesk_login"], said["end_user"]["remote_login"]) == (True, False)


def test_only_administrators_see_it_and_nobody_changes_it_here() -> None:
    people = [
        {"name": "Ana", "email": "ana@acme.example", "role": "admin"},
        {"name": "Ben", "email": "ben@acme.example", "role": "agent"},
    ]
    zendesk = Zendesk({"users": people})
    assert as_user(zendesk, "ana@acme.example").status_code == 200
    assert as_user(zendesk, "ben@acme.example").status_code == 403
    assert zendesk.put("security_settings", {"security_settings": {"assumable": True}}).status_code in (404, 405)
