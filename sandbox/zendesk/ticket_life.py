"""What happens when a ticket is made or changed, from the comment to the audit: triggers and SLA stand in between."""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.actor import acting_user, is_agent
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.ticket_audits import written_audit
from sandbox.zendesk.ticket_comments import body_of, named_author, written_comment
from sandbox.zendesk.ticket_slas import apply_policy
from sandbox.zendesk.ticket_update import TicketUpdate
from sandbox.zendesk.trigger_run import run_triggers
from sandbox.zendesk.via import API, via


def live_through(call: ApiCall, row: Row, old: Row | None, sent: Row) -> None:
    """Write the comment that was `sent`, run the triggers, find the SLA policy, keep the audit.

    row: the ticket as it now is, in its table. What was sent has been checked.
    """
    came = call.via or (row["via"] if old is None else via(API))
    update = TicketUpdate(call, row, old, actor_of(call, sent, old), came)
    update.tell_changes(old, "Create" if old is None else "Change")
    if body_of(sent.get("comment")):
        _add_comment(update, sent["comment"])
    if call.with_rules:
        run_triggers(update)
        apply_policy(update)
    written_audit(update, sent.get("metadata"))


def actor_of(call: ApiCall, sent: Row, old: Row | None) -> Row:
    """Who acts: whom the caller names as the comment's author or the new ticket's submitter, else the caller.

    That rules take the named author for the current user is not in the vendor's pages; its audits name that author.
    Raises `Refused` (422) for an author who is nobody.
    """
    author = named_author(call, sent.get("comment"))
    if author is None and old is None and sent.get("submitter_id"):
        author = call.account.rows("users").get(str(sent["submitter_id"]))
    return author or acting_user(call)


def _add_comment(update: TicketUpdate, sent: Row) -> None:
    row = update.row
    at = row["created_at"] if update.creates else update.account.now()
    comment = update.comment = written_comment(update.call, sent, update.actor, update.via, at)
    row["_comments"] = [*row["_comments"], comment]
    row["is_public"] = comment["public"] if update.creates else row["is_public"] or comment["public"]
    if comment["public"] and is_agent(update.actor) and not update.creates:
        row["_counts"] = {**row["_counts"], "replies": row["_counts"]["replies"] + 1}
    update.events.append({"id": comment["id"], "type": "Comment"})
