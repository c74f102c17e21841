"""What people write in their first files: (mistake, text, line, rule, words that must be in the message or the hint).

Texts are small files that are right but for the mistake; `rest` gives what a text refers to.
"""

from __future__ import annotations

Mistake = tuple[str, str, int, str, tuple[str, ...]]

GROUP = "groups:\n  billing: {name: Billing Team}\n"
ROLE = "roles:\n  agent: {name: Support Agent, like: agent}\n"
DRAWER = "trigger_categories:\n  route: {name: Route}\n"
SLACK = "integrations:\n  slack:\n    channels:\n      help: {name: help}\n"
PARTS = "ticket_statuses:\n  parts: {name: Waiting for parts, category: on_hold}\n"
OPEN = "[{field: status, is: open}]"
TAG = "[{add_tags: [vip]}]"


def trigger(when: str = OPEN, then: str = TAG, rest: str = "") -> str:
    """`when` stands in line 5, `then` in line 6."""
    return f"triggers:\n  t:\n    name: T\n    category: route\n    when: {when}\n    then: {then}\n{DRAWER}{rest}"


def macro(then: str) -> str:
    """The action stands in line 5."""
    return f"macros:\n  m:\n    name: M\n    then:\n      - {then}\n"


def field(kind: str, more: str = "") -> str:
    """The type stands in line 4, more from line 5 on."""
    return f"ticket_fields:\n  area:\n    name: Area\n    type: {kind}\n{more}"


def group(attributes: str) -> str:
    """The first attribute stands in line 3."""
    return f"groups:\n  billing:\n    {attributes}\n  cards:\n    name: Cards\n"


def week(zone: str = "Europe/Berlin", monday: str = '["09:00-17:00"]', days: str = "tue wed thu fri sat sun") -> str:
    """The zone stands in line 4, Monday in line 6, other days from line 7 on."""
    rest = "".join(f"      {day}: []\n" for day in days.split())
    return f"schedules:\n  s:\n    name: S\n    time_zone: {zone}\n    hours:\n      mon: {monday}\n{rest}"


def policy(cells: str = "urgent: 1h, high: 2h, normal: 4h, low: 8h", hours: str = "calendar") -> str:
    """`hours` stands in line 4, the targets in line 6."""
    return f"sla_policies:\n  p:\n    name: P\n    hours: {hours}\n    targets:\n      first_reply: {{{cells}}}\n"


def person(role: str = "agent", email: str = "ann@b.example", groups: str = "[billing]") -> str:
    """E-mail, role and groups stand in lines 4, 5 and 6."""
    own = f"    name: Ann\n    email: {email}\n    role: {role}\n    groups: {groups}\n"
    return f"people:\n  ann:\n{own}{GROUP}{ROLE}"


AREA = field("dropdown", "    options: {api: API questions}\n")
SIZE = "customer_fields:\n  size: {of: organization, name: Size, type: text}\n"
KINDS = {
    "slas": "`sla_policies`", "agents": "`people`", "users": "`people`", "fields": "`ticket_fields`",
    "forms": "`ticket_forms`", "tags_list": "`tags`", "hours": "`schedules`", "business_hours": "`schedules`",
    "rules": "`triggers`", "categories": "`trigger_categories`", "webhook": "`webhooks`", "trigger": "`triggers`",
    "slack": "integrations: slack:", "crm": "integrations: crm:", "salesforce": "integrations: crm:",
    "alerts": "integrations: slack: alerts:", "articles": "help_center: articles:", "companies": "`customer_fields`",
    "organizations": "`customer_fields`", "teams": "`groups`", "team": "`groups`", "addresses": "`type: email`",
    "emails": "`channels`", "person": "`people`", "status": "`ticket_statuses`", "user_fields": "`of: requester`",
    "sso": "“What a person does”", "single_sign_on": "“What a person does”", "apps": "“What a person does”",
    "chat_widget": "`type: messaging`", "whatsapp": "`type: social`", "licences": "“What a person does”",
    "locales": "company:", "values": "stacks/", "Ticket fields": "`ticket_fields`", "GROUPS": "`groups`",
}  # fmt: skip
"""A word at the left edge → where the hint leads."""
TYPES = {
    "select": "`dropdown`", "tagger": "`dropdown`", "list": "`dropdown`", "multi_select": "`multiselect`",
    "boolean": "`checkbox`", "bool": "`checkbox`", "number": "`integer` or `decimal`", "string": "`text`",
    "regex": "`pattern`", "Date": "`date`",
}  # fmt: skip
DURATIONS = {
    "30 min": "`30m`", "1 hour": "`1h`", "1h30m": "`90m`", "1.5h": "`90m`", "2 days": "`2d`", "1w": "`7d`",
    "90s": "m, h or d", "None": "`none`",
}  # fmt: skip
SPANS = {
    "9:00-17:00": "`09:00-17:00`",
    "9-17": "`09:00-17:00`",
    "9am-5pm": "`09:00-17:00`",
    "08:30 – 12": "`08:30-12:00`",
}
ZONES = {
    "Berlin": "`Europe/Berlin`", "new york": "`America/New_York`", "PST": "`America/Los_Angeles`",
    "CEST": "`Europe/Berlin`", "Europe/Munich": "`Europe/Berlin`", "UTC+1": "name a place",
    "Asia/Tokio": "`Asia/Tokyo`",
}  # fmt: skip
OPERATORS = {
    "equals": "`is`", '"=="': "`is`", "in": "`is_one_of`", "not": "`is_not`", "contains_word": "`has_word`",
    '">"': "`more_than`", '"<="': "`at_most`", "not_in": "`is_none_of`", "includes": "`has`", "exists": "empty: false",
}  # fmt: skip
STATUSES = {"hold": "`on_hold`", "on-hold": "`on_hold`", "Open": "`open`", "resolved": "`solved`",
            "waiting": "`pending` or `on_hold`"}  # fmt: skip
PRIORITIES = {"p1": "`urgent`", "critical": "`urgent`", "medium": "`normal`", "High": "`high`"}
KEYS = {"Tier 2": "`tier_2`", "tier-2": "`tier_2`", "Billing": "`billing`", "Größe": "`grosse`", "2nd": "a letter"}
VERBS = {
    "add_tag: vip": "{add_tags: [vip]}", "tag: vip": "{add_tags: [vip]}", "priority: high": "{set: priority, to: high}",
    "set_status: solved": "{set: status, to: solved}", "notify: requester": "{email: requester",
    "webhook: hook": "{call: webhooks/KEY", "comment: Hello": "{reply: public", "note: Hello": "{reply: internal",
    "field: priority, to: high": "{set: priority, to: high}",
}  # fmt: skip
BEGINNINGS = {
    "@billing": '"@billing"', "%billing": '"%billing"', "**Hello** you": '"**Hello** you"', "*billing": "quotes",
    "`billing`": '"`billing`"', "!important": "quotes", "&billing": "quotes", "- Billing": '"- Billing"',
    "> Billing": "quotes", "[Urgent] us": '"[Urgent] us"', "{{ticket.id}} is here": '"{{ticket.id}} is here"',
    "{% if x %}": '"{% if x %}"',
}  # fmt: skip
RULE_OF_BEGINNING = {"*billing": "yaml.alias", "!important": "yaml.tag", "&billing": "schema.type"}

MISTAKES: list[Mistake] = [
    *((f"kind {word}", f"{word}:\n  a: {{name: A}}\n", 1, "schema.kind", (said,)) for word, said in KINDS.items()),
    *((f"type {word}", field(word), 4, "schema.word", (said,)) for word, said in TYPES.items()),
    *((f"duration {text}", policy(f"urgent: {text}, high: 2h, normal: 4h, low: 8h"), 6, "schema.form", (said,))
      for text, said in DURATIONS.items()),
    *((f"span {text}", week(monday=f'["{text}"]'), 6, "schema.form", (said,)) for text, said in SPANS.items()),
    *((f"zone {name}", week(zone=name), 4, "schema.time-zone", (said,)) for name, said in ZONES.items()),
    *((f"operator {word}", trigger(f"[{{field: status, {word}: open}}]"), 5, "schema.unknown-attribute", (said,))
      for word, said in OPERATORS.items()),
    *((f"status {word}", trigger(f"[{{field: status, is: {word}}}]"), 5, "conditions.value", (said,))
      for word, said in STATUSES.items()),
    *((f"priority {word}", trigger(then=f"[{{set: priority, to: {word}}}]"), 6, "conditions.value", (said, "`name`"))
      for word, said in PRIORITIES.items()),
    *((f"key {key}", f"groups:\n  {key}: {{name: A}}\n", 2, "schema.key", (said,)) for key, said in KEYS.items()),
    *((f"action {action}", macro(f"{{{action}}}"), 5, "schema.action-form", (said,)) for action, said in VERBS.items()),
    *((f"text {text}", group(f"name: {text}"), 3, RULE_OF_BEGINNING.get(text, "yaml.syntax"), (said,))
      for text, said in BEGINNINGS.items()),

    # quotation marks
    ("an open quote to the end", group('name: "Billing'), 3, "yaml.syntax", ("opens here", "not closed")),
    ("an open quote before another", group('name: "Billing') + '  risk:\n    name: "Risk"\n', 3, "yaml.syntax",
     ("opens here", "in line 7")),
    ("a status of one's own", trigger("[{field: status, is: parts}]", rest=PARTS), 5, "conditions.value",
     ("{field: status_detail, is: parts}",)),
    ("the name of a status of one's own", trigger("[{field: status, is: Waiting for parts}]", rest=PARTS), 5,
     "conditions.value", ("{field: status_detail, is: parts}",)),
    ("setting a status of one's own", trigger(then="[{set: status, to: parts}]", rest=PARTS), 6, "conditions.value",
     ("{set: status_detail, to: parts}",)),
    ("the field of one's own statuses", trigger("[{field: ticket_status, is: parts}]", rest=PARTS), 5,
     "reference.unknown", ("`status_detail`",)),
    ("an open quote in brackets", trigger('[{field: status, is: "open}]', rest='x-a: "b"\n'), 5, "yaml.syntax",
     ("opens here",)),
    ("an apostrophe", group("name: 'Ann's team'"), 3, "yaml.syntax", ('"Ann\'s team"',)),
    ("quotes in quotes", group('name: "The "big" team"'), 3, "yaml.syntax", ("'The \"big\" team'",)),
    ("a backslash", field("pattern", '    pattern: "^\\d+$"\n'), 5, "yaml.syntax", ("'^\\d+$'",)),

    # dashes
    ("no dash", trigger("\n      field: status\n      is: open"), 6, "schema.type", ("- field: status",)),
    ("no dash, two conditions",
     trigger("\n      field: status\n      is: open\n      field: priority\n      is: high"), 8, "yaml.duplicate-key",
     ("`when` is a list", "- field:")),
    ("no second dash", trigger("\n      - field: status\n        is: open\n      field: priority\n      is: high"), 8,
     "yaml.syntax", ("dash is missing", "- field: priority")),
    ("no dash before brackets", trigger("\n      {field: status, is: open}\n      {event: created}"), 7, "yaml.syntax",
     ("dash is missing",)),
    ("one action, no list", trigger(then="{add_tags: [vip]}"), 6, "schema.type", ("[{add_tags: [vip]}]",)),
    ("a dash too many", trigger("\n      - field: status\n      - is: open"), 7, "schema.condition-form", ("above",)),
    ("a dash too many in an action", macro("set: priority\n      - to: high"), 6, "schema.action-form", ("above",)),
    ("a dash without space", trigger("\n      -field: status\n       is: open"), 6, "yaml.syntax",
     ("after the dash", "- field: status")),
    ("a dash without space before a word", person(groups="\n      -billing"), 7, "schema.type", ("- billing",)),
    ("options as a list", field("dropdown", "    options: [API, Cards]\n"), 5, "schema.type", ("api: API",)),
    ("a kind as a list", "groups:\n  - Billing\n", 2, "schema.kind", ("billing: {name: Billing}",)),

    # colons and spaces
    ("no space", group("name:Billing"), 3, "schema.type", ("after the colon", "name: Billing")),
    ("no space in the first line", group("name:Billing\n    why: x"), 3, "yaml.syntax", ("after the colon",)),
    ("no space in the second line", group("name: Billing\n    why:Money"), 4, "yaml.syntax", ("why: Money",)),
    ("no space in brackets", "groups:\n  billing: {name:Billing}\n", 2, "schema.unknown-attribute", ("name: Billing",)),
    ("no space in a condition", trigger("[{field:status, is: open}]"), 5, "schema.condition-form", ("field: status",)),
    ("no space after a key", "groups:\n  billing:{name: Billing}\n", 2, "schema.key", ("after the colon",)),
    ("no colon after a key", "groups:\n  billing\n    name: Billing\n", 2, "yaml.syntax", ("Write  billing:",)),
    ("no colon after a kind", "groups\n  billing:\n    name: Billing\n", 1, "yaml.syntax", ("Write  groups:",)),
    ("an equals sign", group("name = Billing"), 3, "schema.type", ("name: Billing",)),
    ("a second colon", group("name: Billing: cards"), 3, "yaml.syntax", ('name: "Billing: cards"',)),
    ("a second colon in brackets", "groups:\n  b: {name: Billing: cards}\n", 2, "yaml.syntax", ('"Billing: cards"',)),
    ("a comma in brackets", macro("{reply: public, text: Hello, it is me}"), 5, "schema.unknown-attribute", ("comma",)),
    ("a missing comma", trigger("[{field: status is: open}]"), 5, "yaml.syntax", ("comma before `is`",)),
    ("a missing comma between entries", trigger(f"{OPEN[:-1]} {{event: created}}]"), 5, "yaml.syntax", ("comma",)),
    ("an open bracket", trigger("[{field: status, is: open}"), 5, "yaml.syntax", ("`[` opens here",)),
    ("a hash", "groups:\n  b: {name: #help}\n", 2, "yaml.syntax", ("comment", '"#help"')),
    ("a hash in a line of its own", SLACK.replace("{name: help}", "\n        name: #help"), 5, "schema.type",
     ("comment", '"#help"')),
    ("a placeholder in brackets", macro("{reply: public, text: Hello {{ticket.id}}}"), 5, "yaml.syntax",
     ('"Hello {{ticket.id}}"',)),
    ("a placeholder alone", macro("reply: public\n        text: {{ticket.id}}"), 6, "yaml.key", ('"{{',)),
    ("a value without quotes", "groups: {a: {name: ${values.x}}}\n", 1, "yaml.syntax", ('"${values.x}"',)),

    # indentation
    ("one space less", group("name: Billing\n   why: x"), 4, "yaml.syntax", ("3 spaces", "4 spaces (like `name` in")),
    ("one space more", group("name: Billing\n     why: x"), 4, "yaml.syntax", ("further in than `name:` in line 3",)),
    ("attributes beside their key", "groups:\n  billing:\n  name: Billing\n", 3, "schema.key", ("`billing`",)),
    ("objects at the left edge", "groups:\nbilling:\n  name: Billing\n", 2, "schema.kind", ("below `groups`",)),
    ("no key", "groups:\n  name: Billing\n", 2, "schema.key", ("no key",)),
    ("a kind inside another", "groups:\n  a: {name: A}\n  roles:\n    agent: {name: B, like: agent}\n", 3, "schema.key",
     ("left edge",)),
    ("a kind's line left out", "groups:\n  a: {name: A}\n  ann: {name: Ann, email: a@b.c, role: r}\n"
     "  ben: {name: Ben, email: b@b.c, role: r}\n" + ROLE.replace("agent:", "r:", 1), 3, "schema.key", ("people:",)),
    ("a text that is not indented", macro("reply: public\n        text: |\n        Hello\n        you: there"), 7,
     "yaml.syntax", ("Indent",)),

    # attributes and values
    ("actions", trigger().replace("    then:", "    actions:"), 6, "schema.unknown-attribute", ("`then`",)),
    ("actions in a macro", "macros:\n  m:\n    name: M\n    actions: [{add_tags: [x]}]\n", 4,
     "schema.unknown-attribute", ("`then`",)),
    ("what a macro says", "macros:\n  m:\n    name: M\n    text: Hello\n", 4, "schema.unknown-attribute", ("`then`",)),
    ("title", "macros:\n  m:\n    title: M\n    then: [{add_tags: [x]}]\n", 3, "schema.unknown-attribute", ("`name`",)),
    ("required at the top", field("text", "    required: true\n"), 5, "schema.unknown-attribute", ("customers:",)),
    ("required: yes", field("text", "    customers: {can: edit, required: yes}\n"), 5, "schema.type", ("Write  true",)),
    ("active: off", macro("add_tags: [x]") + "    active: off\n", 6, "schema.type", ("Write  false",)),
    ("agents must", field("text", "    agents: {required: true}\n"), 5, "schema.word", ("`on_solve`",)),
    ("a name instead of attributes", "groups:\n  billing: Billing\n", 2, "schema.type", ("{name: Billing}",)),
    ("days in business hours", policy("urgent: 1d, high: 2h, normal: 4h, low: 8h", "business"), 6,
     "schema.days-in-business-hours", ("in hours",)),
    ("priorities of the client", policy("p1: 1h, p2: 2h, p3: 4h, p4: 8h"), 6, "schema.unknown-attribute",
     ("`urgent`, `high`, `normal` and `low`", "`name`")),
    ("a priority's key", "priorities:\n  p1: {name: P1}\n", 2, "priorities.key", ("`urgent`", "`name`")),
    ("priorities before metrics", policy().replace("first_reply: {", "urgent: {first_reply: 1h, "), 6, "schema.word",
     ("metric first",)),
    ("CET", week(zone="CET"), 4, "ZD007", ("Europe/Berlin",)),
    ("EST", week(zone="EST"), 4, "ZD007", ("America/New_York",)),
    ("a day by its name", week().replace("mon:", "monday:"), 6, "schema.unknown-attribute", ("`mon`",)),
    ("all days by their names",
     week(days="tuesday wednesday thursday friday saturday sunday").replace("mon:", "monday:"), 6,
     "schema.unknown-attribute", ("`mon`, `tue`", "`sun`")),
    ("a span without brackets", week(monday="09:00-17:00"), 6, "schema.type", ('["09:00-17:00"]',)),
    ("two times", week(monday="[09:00, 17:00]"), 6, "schema.span", ('["09:00-17:00"]',)),
    ("a closed day", week(monday="closed"), 6, "schema.type", ("[]",)),
    ("over midnight", week(monday='["22:00-06:00"]'), 6, "schema.span", ("22:00-24:00",)),
    ("an address without @", person(email="ann.example.com"), 4, "schema.form", ("name@company.example",)),
    ("a name with the address", person(email="Ann <ann@b.example>"), 4, "schema.form", ("`ann@b.example`",)),
    ("several for is", trigger("[{field: status, is: [open, new]}]"), 5, "schema.type", ("is_one_of: [open, new]",)),
    ("no operator", trigger("[{field: status}]"), 5, "schema.one-operator", ("is: VALUE",)),
    ("operator and value", trigger("[{field: status, operator: is, value: open}]"), 5, "schema.unknown-attribute",
     ("{field: status, is: open}",)),
    ("a bare condition", trigger("[{status: [open, new]}]"), 5, "schema.condition-form", ("is_one_of: [open, new]",)),
    ("a sentence", trigger("[status is open]"), 5, "schema.condition-form", ("{field: status, is: open}",)),
    ("an alternative inside", trigger(f"[{{or: {OPEN}}}]"), 5, "schema.condition-form", ("when_any",)),
    ("set with a map", trigger(then="[{set: {group: billing}}]", rest=GROUP), 6, "schema.type",
     ("{set: group, to: billing}",)),
    ("tags without a list", trigger(then="[{add_tags: vip}]"), 6, "schema.type", ("[vip]",)),
    ("a tag of two words", trigger(then="[{add_tags: [big one]}]"), 6, "schema.form", ("`big_one`",)),
    ("a reply without its text", macro("reply: Hello"), 5, "schema.word", ("{reply: public, text: Hello}",)),
    ("no then", trigger(f"\n      - {{event: created}}\n      - {TAG[1:-1]}").replace(f"    then: {TAG}\n", ""), 7,
     "schema.condition-form", ("then:",)),
    ("Salesforce below integrations", "integrations:\n  salesforce: {fields: {}}\n", 2, "systems.extra", ("`crm`",)),

    # names and references
    ("email: customer", macro("{email: customer, subject: S, body: B}"), 5, "reference.form", ("`requester`",)),
    ("a person without kind", person() + macro("{email: Ann, subject: S, body: B}"), 15, "reference.form",
     ("people/ann",)),
    ("a Slack channel as Slack shows it", SLACK + macro("{slack: '#help', text: B}"), 9, "reference.form",
     ("slack_channels/help",)),
    ("the display name", person(groups="[Billing]"), 6, "reference.unknown", ("`billing`",)),
    ("the whole display name", person(role="Support Agent"), 5, "reference.unknown", ("`agent`",)),
    ("a kind too many", person(groups="[group/billing]"), 6, "reference.unknown", ("`billing` alone",)),
    ("a person's address", person() + macro("{set: assignee, to: ann@b.example}"), 15, "reference.unknown", ("`ann`",)),
    ("nothing declared", trigger(then="[{set: group, to: billing}]"), 6, "reference.unknown", ("groups:",)),
    ("a field by its name", trigger("[{field: Area, empty: true}]", rest=AREA.replace("area:", "product_area:")), 5,
     "reference.unknown", ("`product_area`",)),
    ("an option by its name", trigger("[{field: area, is: API questions}]", rest=AREA), 5, "conditions.value",
     ("`api`",)),
    ("an option by its tag", trigger("[{field: area, is: area_api}]", rest=AREA), 5, "conditions.value", ("`api`",)),
    ("a customer's field alone", trigger("[{field: size, is: x}]", rest=SIZE), 5, "reference.unknown",
     ("`organization.size`",)),
    ("a customer's field", trigger("[{field: customer.size, is: x}]", rest=SIZE), 5, "conditions.field",
     ("`organization.size`",)),
    ("a ticket's field", trigger("[{field: ticket.status, is: open}]"), 5, "conditions.field", ("`status` alone",)),
    ("another word for a field", trigger("[{field: team, empty: true}]"), 5, "reference.unknown", ("`group`",)),
    ("a kind twice", f"{GROUP}{ROLE}groups:\n  a: {{name: A}}\n", 5, "yaml.duplicate-key", ("line 1",)),
    ("a key twice", "groups:\n  a: {name: A}\n  a: {name: B}\n", 3, "yaml.duplicate-key", ("line 2", "another key")),
]  # fmt: skip
