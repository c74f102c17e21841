"""What the words of checklists mean, for editors and documentation."""

from __future__ import annotations

from checklists.gate import Part
from checklists.item import Profile, Sort, Stage
from checklists.project import Form
from checklists.verdict import State

WORDS: dict[str, str] = {
    "people": "Who owns items, signs and decides, by your own keys; the keys of `config/` where they stand there, too.",
    "profiles": "What the project is like: `true`, or `{applies: false, why: …}`.",
    "figures": "What no method gives: the project sets it, as a plain value.",
    "items": "What must be true. The method's items are changed by their keys; your own stand beside them.",
    "gates": "What each phase asks for before it may begin, and who decides.",
    "waivers": "How many risks may be accepted at once, and for how long.",
    "signatures": "Proof of who signed, beside the name that git knows.",
}
"""What stands at the left of a file."""
STAGES: dict[Stage, str] = {
    "build": "everything that is done before a customer comes",
    "soft_launch": "your own people are on it, then a small part of the customers",
    "rollout": "all customers are on it",
    "handoff": "the client runs it alone",
    "day_30": "thirty days after the rollout",
    "day_60": "sixty days after the rollout",
    "day_90": "ninety days after the rollout",
}
PROFILES: dict[Profile, str] = {
    "regulated": "law, contracts or an auditor watch over the client's data",
    "hipaa": "health data of people in the United States are in tickets",
    "migration": "there is an old tool, with data to bring along",
    "multi_brand": "there is more than one brand or product",
    "solo": "one person does all of support",
    "phone_payments": "customers say card numbers on the phone",
    "voice": "customers call",
    "chat": "customers chat on the site or in the app",
    "ai_bot": "a bot answers, or is to answer",
    "sso": "people sign in through the client's identity provider",
    "crm": "a CRM with the customers in it belongs to the project",
    "slack": "Slack belongs to the project",
    "tracker": "an issue tracker belongs to the project",
    "help_center": "there is a help centre, or will be",
    "more_channels": "customers write by social media, WhatsApp or SMS",
}
ROLES: dict[str, str] = {
    "head_of_support": "answers for support as a whole, and for the project",
    "consultant": "sets the system up, and leaves when it runs",
    "support_lead": "leads the people who answer",
    "agents": "answer customers",
    "csm": "customer success managers, who keep the big accounts",
    "admin": "the client's own admin of the helpdesk",
    "crm_admin": "the client's admin of the CRM",
    "it_security": "the client's IT and security",
    "web_team": "builds site and app",
    "marketing": "brand and announcements",
    "finance": "holds the budget",
    "engineering": "gets the bugs",
    "product": "gets what customers wish for",
}
"""The roles that the method names; a project may have others."""
_WRITTEN = {"it_security": "IT security", "csm": "customer success", "crm_admin": "CRM admin"}
STEPS: dict[str, str] = {
    "P0.1": "What has to be there beforehand",
    "P0.2": "What the client hands over",
    "P1.1": "Looking at what there is",
    "P1.2": "Saying what is needed",
    "P1.3": "Choosing the platform",
    "P2.1": "The account and its look",
    "P2.2": "Roles and rights",
    "P2.3": "Ways in",
    "P3.1": "Telling tickets apart",
    "P3.2": "Leading tickets to people",
    "P3.3": "Promises",
    "P3.4": "What happens by itself, and macros",
    "P4.1": "The CRM",
    "P4.2": "Slack",
    "P4.3": "Engineering",
    "P5.1": "The help centre's shape",
    "P5.2": "The first articles",
    "P5.3": "A bot that answers",
    "P6.1": "Training",
    "P6.2": "The soft launch",
    "P6.3": "The rollout",
    "P6.4": "Handing it over",
    "P7.1": "Afterwards",
    "M": "Coming from an old tool",
}
"""The method's steps, by what the ids of their items begin with."""
SORTS: dict[Sort, str] = {
    "probe": "golive finds out: from the files, the live systems, its own state, or the log",
    "metric": "a number over a window, against a threshold",
    "evidence": "files or links that somebody attaches",
    "sign_off": "people of certain roles put their names to a statement",
    "by_hand": "somebody does it in the vendor's pages, and confirms it",
}
PARTS: dict[Part, str] = {
    "entrance": "may the review be held?",
    "success": "may the phase begin?",
    "outcome": "what the phase itself must come to; a later gate asks for it",
}
FORMS: dict[Form, str] = {
    "duration": "a time, such as `30m`, `4h` or `14d`",
    "count": "a whole number",
    "share": "a share, such as `95%`",
    "amount": "a number of money",
    "text": "words",
    "words": "a list of words",
    "role": "a role",
    "time_zone": "a time zone, such as `Europe/Berlin`",
    "day_sort": "`calendar` or `business`",
    "address": "a page, such as `https://client.example/help`",
}
STATES: dict[State, str] = {
    "pass": "it holds",
    "warn": "it holds, with a warning",
    "waived": "it does not hold, and somebody has accepted the risk until a day; it is never shown as passed",
    "not_applicable": "it is not for this project, or was left out, and a person has said why",
    "out_of_date": "it held once; what it was about has changed since, or it is too long ago",
    "unknown": "nobody knows yet: nothing is attached, signed or read, or golive cannot find it out",
    "fail": "it does not hold",
}


def role_words(role: str) -> str:
    """`head of support`, `IT security`."""
    return _WRITTEN.get(role, role.replace("_", " "))
