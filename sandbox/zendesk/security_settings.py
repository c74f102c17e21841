"""How people sign in to the account. Read only, for administrators: at the vendor's they are set in the admin centre.

Source: developer.zendesk.com, “Security Settings”. In a sandbox the setting `sign_in` says what is other than in a new
account: `{zendesk_login: false, remote_login: true, enforce_sso: true}`, of the team's side.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.actor import acting_user
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import forbidden

_OF_EVERYBODY: Row = {
    "security_policy_id": 350,
    "security_policy_name": "recommended",
    "google_login": False,
    "office_365_login": False,
    "zendesk_login": True,
    "remote_login": False,
    "enforce_sso": False,
    "sso_auto_redirect": False,
    "primary_external_auth": None,
}
_OF_THE_TEAM: Row = {
    "office_365_enforce_tid": False,
    "office_365_allowed_tids": "",
    "remote_bypass": 2,
    "remote_bypass_name": "admins",
    "two_factor_enforce": False,
    "password": {
        "password_history_length": 0,
        "password_length": 5,
        "password_complexity": 0,
        "password_in_mixed_case": False,
        "failed_attempts_allowed": 10,
        "max_sequence": None,
        "disallow_local_part_from_email": False,
        "password_duration": 0,
    },
}


def _show(call: ApiCall) -> Response:
    if acting_user(call)["role"] != "admin":
        raise forbidden("You do not have access to this page. Please contact the account owner for further help.")
    return JSONResponse(
        {
            "security_settings": {
                "admins_can_set_user_passwords": False,
                "agent_session_timeout": 480,
                "assumable": False,
                "assumable_account_type": False,
                "assumption_duration": "off",
                "assumption_expiration": None,
                "authentication": {
                    "agent": {**_OF_EVERYBODY, **_OF_THE_TEAM, **call.account.settings.get("sign_in", {})},
                    "end_user": {**_OF_EVERYBODY, "facebook_login": False, "twitter_login": False},
                },
                "csp_blocking_enabled": False,
                "email_agent_when_sensitive_fields_changed": True,
                "end_user_session_timeout": 480,
                "ip": {"ip_ranges": None, "ip_restriction_enabled": False, "enable_agent_ip_restrictions": False},
                "maximum_session_duration": 720,
                "maximum_session_duration_enabled": False,
                "mobile_app_access": True,
                "mobile_app_session_timeout": 300,
                "two_factor_last_update": None,
            }
        }
    )


ENDPOINTS = [Endpoint("GET", "security_settings", _show)]
