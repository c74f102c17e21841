"""Texts that samples are made of."""

from __future__ import annotations

from datetime import date

TRIGGER = """
trigger_categories: {{route: {{name: Route}}}}
ticket_fields:
  area: {{name: Area, type: dropdown, options: {{api: API, cards: Cards}}}}
  methods: {{name: Methods, type: multiselect, options: {{sepa: SEPA, visa: Visa}}}}
  refunded: {{name: Refunded, type: checkbox}}
  note: {{name: Note, type: text}}
  sum: {{name: Sum, type: decimal}}
  paid_on: {{name: Paid on, type: date}}
  contract: {{name: Contract, type: lookup, to: organization}}
customer_fields:
  csm: {{of: organization, name: CSM, type: text}}
  seats: {{of: organization, name: Seats, type: decimal}}
  job: {{of: requester, name: Job, type: text}}
triggers:
  a:
    name: A
    category: route
    when: [{when}]
    when_any: [{when_any}]
    then: [{then}]
"""
AUTOMATION = """
automations:
  a:
    name: A
    when: [{{field: status, is: open}}, {{hours_since: open, is: 4h}}, {{field: tags, has_none: [x]}}]
    when_any: [{}]
    then: [{{add_tags: [x]}}]
"""
POLICY = """
settings: {{organization_tags: {tags}}}
customer_fields:
  csm: {{of: organization, name: CSM, type: text}}
  size: {{of: organization, name: Size, type: dropdown, options: {{big: Big}}}}
  job: {{of: requester, name: Job, type: dropdown, options: {{owner: Owner}}}}
sla_policies:
  a:
    name: A
    when: [{when}]
    targets: {{first_reply: {{urgent: {urgent}, high: 16h, normal: none, low: none}}}}
    hours: calendar
    warn: {{at: 75%, to: [], how: {how}}}
  z:
    name: Z
    targets: {{first_reply: {{urgent: 8h, high: 16h, normal: none, low: none}}}}
    hours: calendar
"""
MAPPING = """
customer_fields:
  csm: {{of: organization, name: CSM, type: {shown}}}
  job: {{of: requester, name: Job, type: text}}
integrations:
  crm:
    account_key: {account_key}
    fields:
      csm: {{object: Account, name: CSM, type: {type}}}
      name: {{object: Account, type: text, existing: Name}}
    mapping: {{written_by: golive, rows: [{{crm: {crm}, helpdesk: organization.{field}}}{more}]{billing}}}
"""


def trigger(when: str = "{field: status, changed_to: open}", then: str = "{add_tags: [x]}", when_any: str = "") -> str:
    return TRIGGER.format(when=when, then=then, when_any=when_any)


VENDORS_OFF = """
  received: {existing: vendor_default, name: Notify requester and CCs of received request, active: false}
  proactive: {existing: vendor_default, name: Notify requester of new proactive ticket, active: false}
"""
"""Behind triggers: the vendor's rules that mail customers of new tickets, switched off."""


def policy(when: str = "{field: via, is: email}", urgent: str = "8h", how: str = "hourly", tags: str = "true") -> str:
    return POLICY.format(when=when, urgent=urgent, how=how, tags=tags)


def mapping(
    account_key: str = "external_id",
    type_: str = "text",
    field: str = "csm",
    more: str = "",
    crm: str = "csm",
    shown: str = "text",
    billing: str = "",
) -> str:
    """type_: that of the CRM's field; shown: that of the helpdesk's."""
    return MAPPING.format(
        account_key=account_key,
        type=type_,
        field=field,
        more=more,
        crm=crm,
        shown=shown,
        billing=billing,
    )


def rollout(
    cohort: str = "share: 15%",
    internal: str = "[halden.example]",
    entry: str = "support: mail_server_rule",
    options: str = "options_from: segments",
    allow: str = "",
) -> str:
    return ROLLOUT.format(cohort=cohort, internal=internal, entry=entry, options=options, allow=allow)


def mail(text: str) -> str:
    return f'{{email: requester, subject: x, body: "{text}"}}'


def schedule(day: date) -> str:
    week = ", ".join(f"{name}: []" for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    return (
        f"schedules: {{a: {{name: A, time_zone: Europe/Dublin, hours: {{{week}}}, "
        f"holidays: [{{name: H, date: {day}}}]}}}}"
    )


def slack_channel(**texts: str) -> str:
    said = "".join(f", {word}: {text}" for word, text in texts.items())
    return f"integrations: {{slack: {{channels: {{a: {{name: a{said}}}}}}}}}"


def alert(name: str) -> str:
    """An alert beside the trigger A."""
    return trigger() + (
        "integrations: {slack: {channels: {c: {name: c}}, alerts: {a: {name: "
        f"{name}, to: c, when: [{{field: status, is: open}}], text: x}}}}}}}}\n"
    )


def person(groups: str) -> str:
    return (
        "roles: {r: {name: R, like: agent}}\ngroups: {g: {name: G}, h: {name: H}}\n"
        f"people: {{a: {{name: A, email: a@b.c, role: r, groups: {groups}}}}}"
    )


def call(body: str) -> str:
    return "webhooks: {w: {name: W, url: https://w.example}}\n" + trigger(then=f"{{call: webhooks/w, body: {body}}}")


TODAY = date.today()
NEXT_YEAR, FAR, LONG_PAST = (date(TODAY.year + years, 1, 15) for years in (1, 3, -3))

ROLLOUT = """
channels:
  support: {{type: email, name: S, address: s@halden.example}}
  chat: {{type: messaging, by_hand: true, existing: Chat}}
  phone: {{type: voice, by_hand: true}}
segments: {{smb: {{name: SMB}}}}
customer_fields:
  size: {{of: organization, name: Size, type: dropdown, {options}}}
  job: {{of: requester, name: Job, type: dropdown, options_from: segments}}
rollout:
  {allow}
  soft_launch:
    cohort: {{{cohort}, internal: {internal}}}
    entry: {{{entry}}}
"""

FORM = """
ticket_fields:
  area: {{name: Area, type: dropdown, options: {{api: API}}}}
ticket_forms:
  a:
    name: A
    default: true
    fields: [subject{}]
    conditions: [{{for: [agents], when: {{area: {}}}, show: [subject]}}]
  b: {{name: B, fields: [subject], default: {}}}
"""
VIEW = "views: {{a: {{name: A, when: [{{field: status, before: solved}}, {}], columns: [subject]}}}}\n"
VIEW += "settings: {{organization_tags: true}}\n"
