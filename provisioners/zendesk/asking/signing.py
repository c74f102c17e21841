"""Whether receivers have the signing secrets that webhooks sign with now: asked before each run, whatever it changes.

No secret leaves this module: what is said names the variable.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from provisioners.errors import SystemFault
from provisioners.intent import Intent
from provisioners.resource import ResourceName
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account
from provisioners.zendesk.replies import NOT_GIVEN
from provisioners.zendesk.signing import where

SIGNED = rule_of_account(
    "ZD136",
    "warning",
    "The signing secret of a webhook is another one than the variable holds, or cannot be compared.",
    "A receiver that goes by the other secret refuses every call.",
    "Copy the secret from Zendesk, give it to whoever looks after the receiver, and set the variable to it where "
    "golive runs.",
    source="developer.zendesk.com, “Webhooks”: Zendesk makes the secret, shows it to administrators, takes no other",
)
CATALOGUE = (SIGNED,)


def signing(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """A webhook that is not there yet has no secret."""
    for name, identifier in intent.ids.items():
        named = ResourceName.of(name)
        item = intent.declared.get("webhooks", named.key) if named.kind == "webhooks" and not named.part else None
        if item is not None and item.value.signing and not item.value.by_hand:
            message = _difference(account, item, identifier)
            if message:
                yield intent.found(SIGNED, named, message, path=("signing",))


def _difference(account: AskedAccount, item: Declared, identifier: str) -> str:
    """What is wrong; empty where nothing is. golive's sandbox signs for nobody, so that no variable has to be set."""
    variable = str(item.value.signing).removeprefix("env:")
    given = os.environ.get(variable, "").strip()
    if not given:
        said = f"{variable} is not set where golive runs, so that the signing secret of “{item.name}” is not compared"
        return "" if account.client.sandbox else f"{said} ({where(item.name)})"
    try:
        answer = account.client.get(f"webhooks/{identifier}/signing_secret")
    except SystemFault as fault:
        if fault.status not in NOT_GIVEN:
            raise
        return (
            f"the signing secret of “{item.name}” cannot be read: Zendesk shows it to administrators only, and of "
            "webhooks that an app has made to nobody"
        )
    secret = str((answer.body.get("signing_secret") or {}).get("secret") or "")
    if hmac.compare_digest(secret.encode(), given.encode()):
        return ""
    return f"“{item.name}” signs with another secret than the one in {variable} ({where(item.name)})"


QUESTIONS = (Question("with which secrets webhooks sign", signing),)
