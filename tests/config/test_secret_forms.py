"""What is taken for a secret, and what is not."""

from __future__ import annotations

import pytest

from config.document import parse_document
from config.loading import load_documents
from config.secret_forms import is_secret, secret_in, without_secrets

HIDDEN = {
    "see xoxb-1234567890-abcdefghijkl": "see #",
    "https://hooks.slack.com/services/T000/B000/abcdef": "https://hooks.slack.com/services/#",
    "https://x.example/hook?token=SECRETKEY12&sig=abcdef0123456789": "https://x.example/hook?token=#&sig=#",
    '{"accessToken": "0123456789abcdef", "to": "us"}': '{"accessToken": "#", "to": "us"}',
    "Basic dXNlcjpwYXNz or bearer a1b2c3d4e5f6": "Basic # or bearer #",
    "github_pat_11ABCDEFG0abcdefghijkl sk_live_51HabcDEFghi AKIAABCDEFGHIJKLMNOP": "# # #",
    "https://user:hunter2@x.example": "https://#@x.example",
}


@pytest.mark.parametrize("text", HIDDEN, ids=range(len(HIDDEN)))
def test_secrets_are_known_and_taken_out(text: str) -> None:
    assert secret_in(text)
    assert without_secrets(text, "#") == HIDDEN[text]


def test_what_may_be_one_is_taken_out_where_it_is_shown() -> None:
    text = "what it sends, api_key: 0123456789abcdef, note: {{ticket.id}}"
    assert secret_in(text) is None
    assert without_secrets(text, "#") == "what it sends, api_key: #, note: {{ticket.id}}"


@pytest.mark.parametrize(
    "text",
    [
        "https://x.example/a?q=1&key=1&page_token=7", "?key=billing_escalation_team_1", "token={{ticket.external_id}}",
        "Basic troubleshooting-guide", "groups/sk-support-billing-desk-team", "?token=${values.HOOK_TOKEN}",
        "the token in PAGER_TOKEN: invalid_token", "Kundenzufriedenheitsbefragungsauswertung", "https://x.example/Basic/services/T000/B000/abcdef",
    ],
)  # fmt: skip
def test_what_is_ordinary_stays(text: str) -> None:
    assert secret_in(text) is None
    assert without_secrets(text, "#") == text


def test_a_name_says_that_a_secret_follows() -> None:
    names = ["token", "clientSecret", "X-Api-Key", "signature", "key"]
    assert [name for name in names if not is_secret(name, "0123456789abcdef")] == []
    others = ["token_type", "password_reset_url", "issue_key", "monkey"]
    assert [name for name in others if is_secret(name, "0123456789abcdef")] == []


def test_what_the_environment_says_is_not_written_out() -> None:
    text = "webhooks: {{a: {{name: A, url: 'https://a.example/?token={}'}}}}"
    for said, expected in (("0123456789abcdef", ["secrets.written-out"]), ("${values.HOOK}", [])):
        loaded = load_documents([parse_document(text.format(said), "a.yaml")], {"HOOK": "0123456789abcdef"})
        assert [each.rule for each in loaded.findings if each.severity != "note"] == expected
