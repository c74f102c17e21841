"""What a person does with a webhook's signing secret: the vendor makes it, and nobody can choose it.

Source: developer.zendesk.com, “Webhooks”: `webhooks/{id}/signing_secret` is read with GET and made anew with POST; no
call sets it. Those of webhooks that an app has made can be neither read nor reset (403). “Verifying webhook
authenticity”: each call is signed with it.
"""

from __future__ import annotations


def where(name: str) -> str:
    """Where a person finds the secret of the webhook of this name."""
    return f"Apps and integrations > Webhooks > {name} > Reveal secret"


def hand_on(name: str, named: str) -> str:
    """The step that stays a person's. named: `env:NAME`."""
    return (
        f"Copy the signing secret that Zendesk has made (Admin Center, {where(name)}), give it to whoever looks after "
        f"the receiver, and set {named.removeprefix('env:')} to it where golive runs: each plan compares them."
    )
