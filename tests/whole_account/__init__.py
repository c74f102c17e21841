"""An account of every kind and with every oddity that we know of, put into a sandbox by raw HTTP: more than 800
objects. Knows nothing of golive."""

from __future__ import annotations

from tests.whole_account.fields import build_fields
from tests.whole_account.help_center import build_help_center
from tests.whole_account.making import Maker
from tests.whole_account.records import build_records
from tests.whole_account.rules import build_rules
from tests.whole_account.screens import build_screens
from tests.whole_account.team import build_team

SEED = {
    "zendesk": {
        "subdomain": "halden",
        "name": "Halden Bikes",
        "plan": "enterprise",
        "owner": "ole@halden.example",
        "help_centers": [{"state": "enabled", "locales": ["en-us", "de", "fr"]}],
    }
}
"""What the account begins with: a person has switched on the help centre and its languages."""


def build(url: str) -> Maker:
    """Fill the sandbox at this address."""
    maker = Maker(url)
    build_team(maker)
    build_fields(maker)
    build_records(maker)
    build_help_center(maker)
    build_rules(maker)
    build_screens(maker)
    return maker
