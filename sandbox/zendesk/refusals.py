"""The vendor's refusals, in its three error envelopes."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.system import Call


class Refused(Exception):
    """The call ends with this status and body."""

    def __init__(self, status: int, body: Row) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body
        self.headers: dict[str, str] = {}


def words_of(refused: Refused) -> str:
    """What is wrong, as the results of jobs say it: every problem in `details`, else code and description."""
    details, error = refused.body.get("details"), refused.body.get("error")
    if isinstance(details, dict):
        return "; ".join(problem["description"] for problems in details.values() for problem in problems)
    if isinstance(error, dict):
        return f"{error.get('title')}: {error.get('message')}"
    return f"{error}: {refused.body.get('description', '')}"


def plain(status: int, error: str, description: str) -> Refused:
    """`{error, description}`, the most common envelope."""
    return Refused(status, {"error": error, "description": description})


def not_found() -> Refused:
    """404 for an object that is gone."""
    return plain(404, "RecordNotFound", "Not found")


def invalid(field: str, why: str, error: str = "InvalidValue") -> Refused:
    """422 with `details` as a map by field."""
    name = field.replace("_", " ").capitalize()
    return Refused(
        422,
        {
            "error": "RecordInvalid",
            "description": "Record validation errors",
            "details": {field: [{"description": f"{name}: {why}", "error": error}]},
        },
    )


def blank(field: str) -> Refused:
    """422 for a required field without a value."""
    return invalid(field, "cannot be blank", "BlankValue")


def taken(field: str, value: Any) -> Refused:
    """422 for a value that must be unique."""
    return invalid(field, f"{value} has already been taken", "DuplicateValue")


def titled(status: int, title: str, message: str) -> Refused:
    """`{error: {title, message}}`, for requests of the wrong shape."""
    return Refused(status, {"error": {"title": title, "message": message}})


def listed(status: int, code: str, title: str, detail: str) -> Refused:
    """`{errors: [{code, title, detail}]}`, used by webhooks, trigger categories and paging."""
    return Refused(status, {"errors": [{"code": code, "title": title, "detail": detail}]})


def forbidden(why: str = "") -> Refused:
    """403: the plan, a feature or a right is missing."""
    return plain(403, "Forbidden", why or "You do not have access to this page. Please contact the account owner.")


def refuse(reason: str, call: Call) -> Response:
    """The frame's refusals in the vendor's words."""
    if reason == "unauthorized":
        if call.bearer is None:
            return JSONResponse({"error": "Couldn't authenticate you"}, 401)
        words = "The access token provided is expired, revoked, malformed or invalid for other reasons."
        return JSONResponse({"error": "invalid_token", "error_description": words}, 401)
    if reason == "forbidden":
        return JSONResponse(forbidden("You do not have the scope that this call needs.").body, 403)
    if reason == "throttled":
        words = "Number of allowed API requests per minute exceeded"
        return JSONResponse({"error": "APIRateLimitExceeded", "description": words}, 429)
    if reason == "error_503":
        return JSONResponse({"error": "ServiceUnavailable", "description": "Please try again in a moment"}, 503)
    if reason == "error_500":
        return JSONResponse({"error": "InternalError", "description": "Sorry, something went wrong"}, 500)
    return JSONResponse({"error": "InvalidEndpoint", "description": "Not found"}, 404)
