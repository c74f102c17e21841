"""Whether receivers have the signing secrets that webhooks sign with now: told before each run, whatever it changes.

Reads only. No secret leaves this module: what is said names the variable.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from config.declaration import Declaration, Declared
from provisioners.errors import SystemFault
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.signing import where


def signing_cautions(client: ZendeskClient, declared: Declaration) -> Iterator[str]:
    """A line for each webhook whose signing secret is another one than the variable holds, or could not be compared.

    A webhook that is not there yet has none; golive's sandbox signs for nobody, so that no variable has to be set.
    """
    signed = [each for each in declared.of("webhooks").values() if each.value.signing and not each.value.by_hand]
    if not signed:
        return
    try:
        webhooks = client.pages("webhooks", "webhooks")
    except SystemFault as fault:
        yield f"The signing secrets of webhooks could not be compared: {fault.why}"
        return
    for item in signed:
        name = item.value.existing if isinstance(item.value.existing, str) else item.name
        yield from _line(client, item, name, [each for each in webhooks if each.get("name") == name])


def _line(client: ZendeskClient, item: Declared, name: str, live: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    variable = str(item.value.signing).removeprefix("env:")
    given = os.environ.get(variable, "").strip()
    for webhook in live:
        if not given:
            if not client.sandbox:
                yield (
                    f"Whether the receiver of “{name}” has its signing secret could not be compared: {variable} is not "
                    f"set where golive runs. Copy the secret from Zendesk ({where(name)}), and set it:  "
                    f"export {variable}=…"
                )
            continue
        path = f"webhooks/{webhook['id']}/signing_secret"
        try:
            secret = str((client.get(path).body.get("signing_secret") or {}).get("secret") or "")
        except SystemFault as fault:
            yield (
                f"The signing secret of “{name}” could not be read: {fault.why} Zendesk shows it to administrators "
                "only, and of webhooks that an app has made to nobody."
            )
            continue
        if not hmac.compare_digest(secret.encode(), given.encode()):
            yield (
                f"“{name}” signs with another secret than the one in {variable}: a receiver that goes by it refuses "
                f"every call. Copy the secret from Zendesk ({where(name)}), give it to whoever looks after the "
                f"receiver, and set {variable} to it where golive runs."
            )
