"""Signing in to Salesforce: as a connected app with its secret, or with a key in a person's name (JWT bearer).

simple-salesforce builds and signs what is sent. Source: help.salesforce.com, “OAuth 2.0 JWT Bearer Flow” and “OAuth
2.0 Client Credentials Flow”. Neither says how long a token lives, so that it is renewed when it is refused.
"""

from __future__ import annotations

import warnings

import jwt
import requests
from simple_salesforce.exceptions import SalesforceAuthenticationFailed
from simple_salesforce.login import SalesforceLogin

from provisioners.errors import SystemFault, remedy
from provisioners.session import GuardedAdapter
from provisioners.sign_in import Bearer, Credentials, Grant, Granted
from provisioners.system import Connection

PATH = "/services/oauth2/token"

warnings.filterwarnings("ignore", module=r"simple_salesforce\.login")  # what it warns of, the fault says


def credentials(connection: Connection, adapter: GuardedAdapter) -> Credentials:
    """What the environment file says. adapter: the way to the organisation. Raises SystemFault."""
    said = connection.settings.sign_in
    if not said:
        return Bearer(connection.token())
    by_key = "private_key" in said
    given = {"consumer_key": connection.sign_in_value("client_id")}
    if by_key:
        given |= {
            "domain": "test" if said.get("audience") == "test" else "login",
            "username": connection.sign_in_value("user"),
            "privatekey": connection.sign_in_value("private_key").replace("\\n", "\n"),
        }
    else:
        # The domain only has to be none of the two above: the transport puts the organisation's own in its place.
        given |= {"domain": "own", "consumer_secret": connection.sign_in_value("client_secret")}
    session = requests.Session()
    session.mount("https://", adapter)
    what = f"{connection.instance} POST {PATH}"

    def grant(refused: str) -> Grant:
        try:
            token, _ = SalesforceLogin(session=session, **given)
        except SalesforceAuthenticationFailed as refusal:
            if isinstance(refusal.code, int):  # an HTTP status: the answer was not the vendor's
                why = f"the sign-in was answered with {refusal.code}"
                raise SystemFault("unreachable", what, why, remedy(refusal.code), status=refusal.code) from refusal
            raise SystemFault(
                "credentials",
                what,
                f"{refusal.auth_message} ({refusal.code})",
                "Check the connected app, that the key is the one it was given, and that the person may use it."
                if by_key
                else "Check the connected app's key and secret, and that the client credentials flow is on.",
            ) from refusal
        except (requests.RequestException, AttributeError) as broken:
            why = f"no usable answer to the sign-in ({type(broken).__name__})"
            raise SystemFault("unreachable", what, why, remedy(None)) from broken
        except (ValueError, jwt.PyJWTError) as broken:
            raise SystemFault(
                "credentials", what, "the private key cannot be read", "Set the whole PEM text, line breaks included."
            ) from broken
        return Grant(str(token))

    return Granted(grant)
