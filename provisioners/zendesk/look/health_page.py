"""The whole page, from what was read."""

from __future__ import annotations

from config.results.look import Figure, LookDocument
from config.results.plan import NotRead
from provisioners.system import Account, Connection
from provisioners.zendesk.look.catalogue import CATALOGUE, Page, examine
from provisioners.zendesk.look.entries import kinds
from provisioners.zendesk.look.inventory import RULES, Inventory
from provisioners.zendesk.look.mailing import mails_customer
from provisioners.zendesk.look.reading import read
from provisioners.zendesk.look.rules.limits import limits


def look(connection: Connection, account: Account, page: Page) -> LookDocument:
    """The page of the account that a connection opens; `calls` is left to whoever counts them. Raises SystemFault."""
    whole = not any(each.startswith("admin") for each in account.missing_rights)
    inventory, not_read = read(connection, whole=whole)
    if not whole:
        why = f"{account.user} is no admin; checks that conclude from what is not in a list were not made"
        not_read.append(NotRead(connection.instance, why, "what only admins see"))
    examined = examine(inventory, page)
    return LookDocument(
        system="zendesk",
        account=account.id,
        name=account.name,
        url=connection.settings.url,
        read_at=f"{inventory.now:%Y-%m-%dT%H:%M:%SZ}",
        read_by=account.user,
        checks=len(CATALOGUE),
        figures=list(figures(inventory)),
        findings=examined.findings,
        in_order=examined.in_order,
        nothing_to_check=examined.nothing_to_check,
        not_asked=examined.not_asked,
        kinds=list(kinds(inventory, page)),
        limits=list(limits(inventory)),
        not_read=not_read,
    )


def figures(inventory: Inventory) -> list[Figure]:
    """The numbers that people ask for first, as far as they could be read."""
    found = []
    if inventory.has(*RULES):
        active = inventory.active(*RULES)
        found.append(Figure("rules act by themselves", len(active)))
        found.append(Figure("of them write to customers", sum(map(mails_customer, active))))
    if inventory.has("macros"):
        found.append(Figure("macros for agents", len(inventory.on("macros"))))
    if inventory.has("people"):
        found.append(Figure("people with a seat", len(inventory.seated)))
    if inventory.has("sla_policies"):
        found.append(Figure("SLA policies", len(inventory.of("sla_policies"))))
    return found
