"""What people call kinds, and where these stand."""

from __future__ import annotations

from config.kinds import KINDS, PLACES
from config.words import as_key, joined, nearest

_BY_HAND = "The steps are in docs/zendesk.md, under “What a person does”."
_ROWS: tuple[tuple[str, str, str], ...] = (
    ("sla slas service_levels policies targets", "sla_policies", ""),
    ("agents users staff members persons employees team_members", "people", ""),
    ("teams departments", "groups", ""),
    ("tiers", "", "“Tier” means four things: say `segments` (of customers) or `groups` (of the team)."),
    ("fields custom_fields", "ticket_fields customer_fields",
     "A ticket's are `ticket_fields`, a customer's `customer_fields`, the CRM's stand under  integrations: crm:"),
    ("organization_fields organisation_fields user_fields contact_fields", "customer_fields",
     "They are `customer_fields`, each with `of: organization` or `of: requester`."),
    ("forms", "ticket_forms", ""),
    ("tags_list labels", "tags", ""),
    ("hours business_hours opening_hours office_hours working_hours calendars", "schedules",
     "They are `schedules`, each with its `hours`."),
    ("holidays", "schedules", "They stand in one of the `schedules`, beside its `hours`."),
    ("rules workflows business_rules", "triggers automations",
     "Rules are `triggers` (they act at once) or `automations` (once hours have passed)."),
    ("categories", "trigger_categories",
     "A trigger's are `trigger_categories`; an article's stand under  help_center: categories:"),
    ("statuses custom_statuses status", "ticket_statuses", ""),
    ("canned_responses saved_replies templates snippets", "macros", ""),
    ("addresses emails mails mailboxes inboxes support_addresses", "channels",
     "An address is one of the `channels`, with `type: email`."),
    ("organizations organisations companies customers clients accounts contacts", "",
     "Customers are not declared; what you know of them are `customer_fields` and `segments`."),
    ("slack", "integrations", "It stands under  integrations: slack:"),
    ("crm salesforce hubspot", "integrations", "It stands under  integrations: crm:"),
    ("engineering jira linear tracker issue_tracker", "integrations", "It stands under  integrations: engineering:"),
    ("notifications slack_alerts", "alerts", ""),
    ("company_name domain languages locales language time_zone timezone", "company", "It stands under  company:"),
    ("knowledge_base faq guide helpcenter help_centre", "help_center", ""),
    ("csat feedback", "surveys", ""),
    ("permissions rights", "roles", "They are the `rights` of one of the `roles`."),
    ("conditions actions when then name", "", "It stands inside an object, for example a trigger: indent it."),
    ("sections", "help_center_sections", ""),
    ("sso single_sign_on single_signon saml identity_provider", "",
     f"Single sign-on is switched on by a person. {_BY_HAND}"),
    ("apps marketplace_apps", "", f"Apps are signed in by a person. {_BY_HAND}"),
    ("seats licences licenses", "", f"Seats and plan are bought by a person. {_BY_HAND}"),
    ("web_widget chat_widget", "channels",
     f"Declare it as one of the `channels`, with `type: messaging`; the widget itself is made by a person. {_BY_HAND}"),
    ("phones telephones social_media whatsapp", "channels",
     f"Declare it as one of the `channels`, with `type: voice` or `type: social`; a person connects it. {_BY_HAND}"),
    ("tickets", "", "Tickets are not declared; what they hold are `ticket_fields` and `ticket_forms`."),
    ("escalations", "escalations",
     "One to engineering stands under  integrations: engineering: escalations:  ; within the team it is one of the "
     "`automations`, or the `warn` of one of the `sla_policies`."),
    ("values variables", "", "Values stand in the environment's file in stacks/, under `values:`."),
    ("environments systems", "", "Each environment is a file of its own: stacks/Pulumi.NAME.yaml."),
    ("zendesk helpdesk", "", "Write its parts as kinds at the left edge: `groups:`, `ticket_fields:`, `triggers:`, …"),
)  # fmt: skip
"""(theirs, the kinds that are meant, what to say where their names are not enough)."""

_THEIRS = {word: (ours.split(), said) for theirs, ours, said in _ROWS for word in theirs.split()}


def kind_hint(word: str) -> tuple[str, list[str]]:
    """(what to say of a kind that is not there, the kinds that are perhaps meant); nothing where that is unknown."""
    key = as_key(word)
    for form in (key, f"{key}s", key.removesuffix("s")):
        if form in _THEIRS:
            kinds, said = _THEIRS[form]
            return said or _named(kinds, "It is called"), kinds
    near = list(nearest(word, [*KINDS, *PLACES]))
    if near:
        return _named(near, "Did you mean"), near
    return "", []


def lost_hint(words: list[str], above: str, stem: str) -> str:
    """What to say of words at the left edge that mean no kind.

    above: an empty kind that stands above them. stem: the file's name, which may say what they are.
    """
    it, they_are = ("it", "it is one of the") if len(words) == 1 else ("them", "they are")
    if above:
        return f"If {they_are} {KINDS[above].plural}, indent {it} below `{above}`."
    if stem in KINDS:
        return f"If {they_are} {KINDS[stem].plural}, write  {stem}:  above, and indent {it} below it."
    return f"Kinds are, among others: {', '.join(word for word, kind in KINDS.items() if kind.applied)}."


def _named(kinds: list[str], opening: str) -> str:
    place = PLACES.get(kinds[0])
    if place:
        return f"It stands under  {': '.join(place)}:"
    return f"{opening} {joined(kinds, 'or')}{'?' if opening.startswith('Did') else '.'}"
