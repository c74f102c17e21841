"""What nobody looks after."""

from __future__ import annotations

from collections.abc import Iterator

from config.addresses import is_loopback
from provisioners.zendesk.attribute_words import OWN_DOMAIN
from provisioners.zendesk.look.discreet import UNKNOWN, host_of
from provisioners.zendesk.look.inventory import FREE_SEATS, Inventory
from provisioners.zendesk.look.inventory import RULES as ACTING
from provisioners.zendesk.look.rule import WHOLE, Found, Rule, Spot

IDLE_DAYS = 90
DESCRIBED = ("triggers", "macros")
GENERAL = frozenset({"info", "office", "mail", "hello", "contact", "post", "kontakt", "sales"})
"""Names of addresses at which everything arrives."""


def never_called(inventory: Inventory) -> Iterator[Spot]:
    """Active webhooks that no rule calls, that listen to no event and belong to no app."""
    called = {action.first for rule in inventory.rules(*ACTING) for action in rule.does("notification_webhook")}
    for body in inventory.on("webhooks"):
        listens = [each for each in body.get("subscriptions") or [] if not str(each).startswith("conditional_ticket")]
        if str(body.get("id")) not in called and not listens and not body.get("external_source"):
            yield Spot("webhooks", body)


def unverified(inventory: Inventory) -> Found | None:
    """Support addresses of the client's own whose forwarding was not seen to work."""
    spots = []
    for body in inventory.of("channels"):
        status, email = body.get("forwarding_status"), str(body.get("email") or "")
        if status in ("failed", "waiting", "unknown") and not email.endswith(OWN_DOMAIN):
            said = {"failed": "failed", "waiting": "still waited for", "unknown": "never tried"}[str(status)]
            spots.append(Spot("channels", body, f"the check of its forwarding: {said}"))
    failed = any(spot.body.get("forwarding_status") == "failed" for spot in spots)
    return Found(tuple(spots), weight="serious" if failed else "warning") if spots else None


def without_spf(inventory: Inventory) -> Iterator[Spot]:
    """Addresses in whose name the account may not send."""
    for body in inventory.of("channels"):
        if body.get("spf_status") == "failed":
            yield Spot("channels", body)


def general_inbox(inventory: Inventory) -> Iterator[Spot]:
    """Support addresses whose name says that everything arrives there."""
    for body in inventory.of("channels"):
        if str(body.get("email") or "").partition("@")[0].lower() in GENERAL:
            yield Spot("channels", body)


def undescribed(inventory: Inventory) -> Found | None:
    """Active triggers and macros that do not say what they are for."""
    bodies = [(kind, body) for kind in DESCRIBED for body in inventory.on(kind)]
    spots = [Spot(kind, body) for kind, body in bodies if not str(body.get("description") or "").strip()]
    said = f"{len(spots)} of {len(bodies)} triggers and macros do not say what they are for"
    return Found(tuple(spots), what=said) if spots else None


def uncategorised(inventory: Inventory) -> Iterator[Spot]:
    """Active triggers in no category that there is."""
    known = {str(body.get("id")) for body in inventory.of("trigger_categories")}
    for body in inventory.on("triggers"):
        if str(body.get("category_id")) not in known:
            yield Spot("triggers", body)


def suspended_seats(inventory: Inventory) -> Iterator[Spot]:
    """Suspended agents and admins. Source: “What counts as an agent license”: they take a seat."""
    for body in inventory.seated:
        if body.get("suspended"):
            yield Spot("people", body)


def idle(inventory: Inventory) -> Iterator[Spot]:
    """Agents with a seat who have not signed in for a long time."""
    for body in inventory.workers:
        if inventory.older_than(body, IDLE_DAYS, "last_login_at"):
            yield Spot("people", body, f"last seen {str(body['last_login_at'])[:10]}")


def brand_without_address(inventory: Inventory) -> Iterator[Spot]:
    """Active brands to which nobody can write, where there are several."""
    brands = inventory.on("brands")
    with_address = {str(body.get("brand_id")) for body in inventory.of("channels")}
    if len(brands) > 1:
        yield from (Spot("brands", body) for body in brands if str(body.get("id")) not in with_address)


def more_groups_than_agents(inventory: Inventory) -> Found | None:
    """More groups than people who could be in them."""
    groups = len(inventory.of("groups"))
    people = len([body for body in inventory.on("people") if body.get("role_type") not in FREE_SEATS])
    if people < 2 or groups <= people:
        return None
    return Found(what=f"More groups than agents: {groups} for {people}")


def open_line(inventory: Inventory) -> Iterator[Spot]:
    """Active webhooks that call over the network without encryption."""
    for body in inventory.on("webhooks"):
        address = str(body.get("endpoint") or "")
        known = host_of(address) != UNKNOWN  # else it is no address at all
        if address.lower().startswith("http:") and known and not is_loopback(address):
            yield Spot("webhooks", body)


RULES = (
    Rule(
        "look.address-unverified",
        "unowned",
        "warning",
        ("channels",),
        unverified,
        "Support addresses whose forwarding is not verified",
        "Mail to such an address may never become a ticket.",
        "Verify the address in Zendesk, and send a mail to it to see that it arrives.",
        "Mail to every support address is known to arrive.",
        ("channels",),
        lambda inventory: all(body.get("forwarding_status") == "verified" for body in inventory.of("channels")),
    ),
    Rule(
        "look.address-spf",
        "unowned",
        "warning",
        ("channels",),
        without_spf,
        "Support addresses in whose name Zendesk may not send (SPF)",
        "Answers to customers end in their spam folders.",
        "Let the domain's owner add Zendesk to its SPF record.",
        "Zendesk may send in the name of every support address (SPF).",
        ("channels",),
        lambda inventory: all(body.get("spf_status") == "verified" for body in inventory.of("channels")),
    ),
    Rule(
        "look.address-general",
        "unowned",
        "note",
        ("channels",),
        general_inbox,
        "Support addresses that look like the general inbox",
        "Support drowns in mail that is not for it.",
        "Use an address such as support@, and forward to it only what is for support.",
        "Support has addresses of its own.",
    ),
    Rule(
        "look.agent-suspended-seat",
        "unowned",
        "warning",
        ("people",),
        suspended_seats,
        "Suspended agents who still take a seat",
        "Zendesk counts suspended agents as seats: each is paid for and used by nobody.",
        "Make them end users first; then the seat is free.",
        "No suspended agent takes a seat.",
    ),
    Rule(
        "look.agent-idle",
        "unowned",
        "note",
        ("people",),
        idle,
        f"Agents with a seat who have not signed in for {IDLE_DAYS} days",
        "The seat is paid for, and an account that nobody uses is one that nobody guards.",
        "Ask whether they still need it; light agents take no seat.",
        f"Every agent who has ever signed in has done so in the last {IDLE_DAYS} days.",
        ("people",),
        lambda inventory: any(body.get("last_login_at") for body in inventory.of("people")),
        figure=f"{IDLE_DAYS} days",
    ),
    Rule(
        "look.webhook-uncalled",
        "unowned",
        "note",
        ("webhooks", *ACTING, WHOLE),
        never_called,
        "Webhooks that no rule calls",
        "Each holds a key to another system that nobody needs any more.",
        "Find out whose it is, then delete it.",
        "Every webhook is called by a rule or an event.",
        ("webhooks",),
    ),
    Rule(
        "look.webhook-open-line",
        "unowned",
        "warning",
        ("webhooks",),
        open_line,
        "Webhooks that call without encryption (http)",
        "Everybody on the way can read the customer's data, and the key.",
        "Change the address to https.",
        "Every webhook calls over an encrypted line.",
    ),
    Rule(
        "look.undescribed",
        "unowned",
        "note",
        DESCRIBED,
        undescribed,
        "Triggers and macros that do not say what they are for",
        "Nobody dares to change what nobody understands.",
        "Write one sentence into the description: which customer is helped by it.",
        "Every trigger and macro says what it is for.",
    ),
    Rule(
        "look.trigger-uncategorised",
        "unowned",
        "note",
        ("triggers", "trigger_categories", WHOLE),
        uncategorised,
        "Triggers in no category",
        "The order of triggers is the order of their categories; these run wherever they were left.",
        "Move them into the category that they belong to.",
        "Every trigger is in a category.",
        ("triggers",),
    ),
    Rule(
        "look.brand-without-address",
        "unowned",
        "note",
        ("brands", "channels", WHOLE),
        brand_without_address,
        "Brands without a support address",
        "Customers of the brand get their answers in another brand's name.",
        "Add an address for the brand, or switch the brand off.",
        "Every brand has a support address.",
        ("brands",),
        lambda inventory: len(inventory.on("brands")) > 1,
    ),
    Rule(
        "look.groups-many",
        "unowned",
        "note",
        ("groups", "people", WHOLE),
        more_groups_than_agents,
        "More groups than agents",
        "Tickets wait in front of groups instead of people.",
        "Keep the groups that a rule or a view needs.",
        "There are no more groups than agents.",
        ("groups",),
        lambda inventory: len(inventory.on("people")) > 1,
        figure="one group for each agent at most",
    ),
)
