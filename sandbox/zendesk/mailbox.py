"""`/sandbox/mail` and `/sandbox/webhook_calls`: what reaches the account from outside, and what would leave it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.store import Row, Store
from sandbox.zendesk.account import Account
from sandbox.zendesk.inbound_mail import receive
from sandbox.zendesk.rule_notifications import CALLS

SHOWN = ("id", "kind", "from", "from_name", "to", "subject", "body", "ticket_id", "rule_id", "rule_title", "message_id")


class Mailbox:
    """The account's mail and the calls of its webhooks, for the person who runs the stand-in."""

    def __init__(self, store: Store) -> None:
        self.account = Account(store)

    def routes(self) -> list[BaseRoute]:
        """The admin routes."""
        return [
            Route("/sandbox/mail", self.mail, methods=["GET", "POST", "DELETE"]),
            Route("/sandbox/webhook_calls", self.calls, methods=["GET", "DELETE"]),
        ]

    async def mail(self, request: Request) -> Response:
        """POST: a raw mail arrives (`?to=` names to whom it was handed over). GET: what was sent, oldest first, as far
        as `to`, `ticket_id` and `kind` fit. DELETE: forget what was sent."""
        if request.method == "POST":
            handed = [one.strip() for one in request.query_params.get("to", "").split(",") if one.strip()]
            return JSONResponse(receive(self.account, await request.body(), handed))
        if request.method == "DELETE":
            self.account.rows("mails").clear()
        found = _fitting(list(self.account.rows("mails").values()), request, ("to", "ticket_id", "kind"))
        shown = [{name: row.get(name) for name in (*SHOWN, "created_at")} for row in found]
        return JSONResponse({"mail": shown})

    async def calls(self, request: Request) -> Response:
        """GET: what webhooks would have been sent, oldest first, as far as `webhook_id` and `ticket_id` fit. DELETE:
        forget it."""
        if request.method == "DELETE":
            self.account.rows(CALLS).clear()
        found = _fitting(list(self.account.rows(CALLS).values()), request, ("webhook_id", "ticket_id"))
        return JSONResponse({"webhook_calls": found})


def _fitting(rows: list[Row], request: Request, names: tuple[str, ...]) -> list[Row]:
    asked = {name: request.query_params[name].lower() for name in names if name in request.query_params}
    return [row for row in rows if all(str(row.get(name)).lower() == wanted for name, wanted in asked.items())]
