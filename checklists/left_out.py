"""What the method asks and these checklists do not hold as an item or as a number of one, each with the reason.

The method is a digest of a playbook for such projects and of papers beside it; its ids are those of items (`P2.3.f`),
conditions (`SL-E05`) and of places where the papers disagree (`C06`). Tests hold that nothing of it is lost on the way.
"""

from __future__ import annotations

from dataclasses import dataclass

ITEMS = {
    "M06": "Rules that exist already are on the list of M04, and the cap on how many are awake is P3.4.g.",
    "M07": "The two tools beside each other are P6.3.g, P6.3.g-length and P6.3.g-open.",
    "M08": "The old help addresses are P6.3.h.",
    "M11": "The history feeds the audit: P1.1.a, P1.1.h, P1.1.i, P1.1.l and P1.1.n read it.",
    "M13": "The old address is P6.3.c.",
    "M14": "What exists is handed over by P0.2.e and P0.2.f, and each page is settled by P5.2.h.",
    "M15": "That work by hand is stable before a platform is P1.1.m.",
    "M19": "That the choices come from real contacts is P1.1.h and, for the field itself, P3.1.a.",
    "M20": "A thin CRM is P4.1.g with P4.1.h and P4.1.i.",
}
"""Ids of the method that have no item of their own → what says it instead."""


@dataclass(frozen=True)
class Figure:
    """A figure of the gates that no parameter holds. about: what it measures. instead: where it stands, and why it is
    no number there."""

    figure: str
    about: str
    instead: str


FIGURES = (
    Figure("3 (upper end of 2–3)", "agents who are interviewed", "The name of P1.1.c. One more talk is no fault."),
    Figure(
        "2 (upper end of 1–2)", "success managers who are interviewed", "The name of P1.1.d. One more talk is no fault."
    ),
    Figure(
        "3 (upper end of 2–3)",
        "candidates with demo and trial account",
        "The name of P1.3.c. A fourth trial is no fault.",
    ),
    Figure(
        "75 %",
        "time gone, when tickets of mid-sized customers also go up by themselves",
        "Everybody is warned then: P3.3.b. Who is also escalated is a rule of the client's, in config/.",
    ),
    Figure(
        "1 and more",
        "messages that are tried in each channel",
        "P2.3.f sends one through every channel. More of the same prove nothing more.",
    ),
    Figure(
        "4",
        "kinds of rules that may work at the launch",
        "Each rule says from when on it is awake, which P3.4.h sees; how many are awake is P3.4.g.",
    ),
    Figure("30 days", "until the first look back", "The evidence of P6.4.e. golive reads nobody's calendar."),
    Figure(
        "90 (upper end of 60–90 days)",
        "until bot, automatic closing, rules for big accounts and notices may work",
        "60 is the day from which they may: P5.3.g and P3.4.a. Later is no fault.",
    ),
    Figure(
        "30 (upper end of 20–30)",
        "articles at the launch",
        "20 is what P5.2.g-rollout and P5.1.f ask for. More articles are no fault.",
    ),
    Figure("5", "articles of a launch that failed", "The reason of P5.2.g-rollout. It is a story, and no threshold."),
    Figure("60–90 min", "one training session", "The name and the evidence of P6.1.a. Nothing measures a meeting."),
    Figure(
        "0",
        "issues that block",
        "The evidence of P6.2.f. Which issue blocks is judged by people, and so is their list.",
    ),
    Figure(
        "3",
        "agents from which promises by segment pay",
        "A rule of `golive validate` that comes with the helpdesk's rest; P3.3.h names it.",
    ),
    Figure(
        "8–12 h",
        "first answer by mail: a severe warning",
        "P6.2.g-reply, P6.3.d and P7.1.h warn from 4 h and are red over 12 h. There is one sort of warning only.",
    ),
    Figure(
        "3 a week",
        "calls by which an account draws attention",
        "Nowhere. It says something of one customer and not of the launch; it comes with the indicators.",
    ),
    Figure(
        "day 0, 60, 60–180, later",
        "when one client came to which tool",
        "Nowhere. It is one client's story; what it teaches is P1.1.m.",
    ),
)
"""Figures of the gates that are no parameter of an item."""


@dataclass(frozen=True)
class Side:
    """Where the method's papers disagree. about: on what. taken: what golive goes by. where: the items and conditions
    in which that shows; empty where no gate needs an answer."""

    about: str
    taken: str
    where: str = ""


SIDES = {
    "C01": Side(
        "By what a promise differs: priority, customer segment, or the sort of question",
        "By segment where there are some, else by priority",
        "P3.3.h, P3.3.a",
    ),
    "C02": Side(
        "How fast the first answer to an outage comes",
        "The strictest policy within 1 h; the 4 h of the second priority only warn",
        "P1.2.c, P3.3.a, P7.1.a-p2",
    ),
    "C03": Side(
        "Whether all rules work from the first day",
        "All are declared, and each works from its phase on",
        "P3.4.h, P3.2.d, P3.4.a",
    ),
    "C04": Side(
        "Whether macros come with the launch or a month later",
        "With the launch; they wait for a click and do not count as rules",
        "SL-E10, P3.4.d, P3.4.e",
    ),
    "C05": Side(
        "Which rules count towards the 5 to 10",
        "Those that are switched on, the vendor's own among them",
        "P3.4.g",
    ),
    "C06": Side(
        "When customers' mail is led over",
        "A test address early, the real one with the rollout",
        "P2.3.a, P2.3.a-waits, P6.3.c-ready, P6.3.c",
    ),
    "C07": Side("Whether a bot is there at the launch", "After the articles, from day 60", "P5.3.g"),
    "C08": Side(
        "How many articles",
        "20 at least; the mix of their sorts only advises",
        "P5.2.g, P5.2.g-rollout, P5.2.b, P5.2.c, P5.2.d",
    ),
    "C09": Side(
        "The ten or the twenty most frequent topics", "Ten for the launch, twenty for coverage", "P5.2.a, P5.2.k"
    ),
    "C10": Side(
        "When self-service has to have reached which share", "Both days, each with its own share", "P7.1.b, P7.1.d"
    ),
    "C11": Side(
        "Whether platform and CRM come first or last",
        "Before the launch, on a process by hand that is stable",
        "P1.1.m, SL-E11",
    ),
    "C12": Side(
        "Whether satisfaction has to grow or to be high",
        "Both; growth is relative, and not asked where it was high before or unknown",
        "P7.1.c, P7.1.g",
    ),
    "C13": Side("Whether the survey goes out when a ticket is solved or closed", "When it is solved", "P3.4.c"),
    "C14": Side(
        "Whether three quarters of the time gone mean a warning or an escalation",
        "All are warned; who is escalated, too, is said by rules",
        "P3.3.b",
    ),
    "C15": Side("How fast the first tier is", "An aim and no condition; the promises bind", "P3.3.a"),
    "C16": Side("Whether the third tier or the outage sets the time", "The promise binds", "P3.3.a"),
    "C17": Side(
        "Whether there is a first tier at all",
        "Tiers from 6 agents on, below that none",
        "P1.2.k, P2.2.h, P3.2.j",
    ),
    "C18": Side("Whether numbers are kept of single people", "Of the team only", "P7.1.f, P3.4.k"),
    "C19": Side("Which bands of the first answer by mail count", "4 h and 12 h", "P6.2.g-reply, P6.3.d, P7.1.h"),
    "C20": Side("What a contact costs", "No gate asks for it"),
    "C21": Side("Whether savings are counted gross or net", "No gate asks for it"),
    "C22": Side("Whether a rate of saved customers belongs to the sum", "No gate asks for it"),
    "C23": Side(
        "Whether the first admins come before single sign-on",
        "After it where the client is regulated",
        "P2.1.g, P2.1.a",
    ),
    "C24": Side(
        "One training session or several",
        "As many as the team's size asks for, each 60 to 90 minutes",
        "P6.1.g, P6.1.a",
    ),
    "C25": Side("Five roles for everybody, or fewer", "Five declared, used as the size asks", "P2.2.a, P2.2.h"),
    "C26": Side("Two Slack channels or three", "Three", "P4.2.b, P4.2.g, SL-E13"),
    "C27": Side(
        "Whether billing questions go to support's own group or to Finance",
        "One group, whatever it is called",
        "P3.2.e",
    ),
    "C28": Side(
        "Whether a CRM that is hardly filled stops the launch",
        "It stops what relies on it, and not the launch",
        "P4.1.g, P3.2.d",
    ),
    "C29": Side(
        "Whether twice the volume is promised or reckoned",
        "What was measured is reported, and blocks nothing",
        "P7.1.k",
    ),
    "C30": Side(
        "The bot first, or a person within reach", "There is always a way to a person", "P5.3.d, P5.1.c, P2.3.i"
    ),
    "C31": Side(
        "Many fields for reports, or few for customers",
        "Few for customers; agents and the CRM fill the others",
        "P3.1.g, P3.1.h, P4.1.i",
    ),
    "C32": Side("Whether hiring belongs to the project", "It does not; roster and training do", "P0.1.e, P0.2.c"),
    "C33": Side("Whether old rules are converted", "They are listed by golive and built anew by people", "M04, M22"),
    "C34": Side("Whether a help centre counts as a channel", "Not for how long a project takes; no gate asks for it"),
    "C35": Side(
        "Whether the project ends with the handoff",
        "The client owns what is due at day 30, 60 and 90",
        "P6.4.h, HO-S06, PO-D30, PO-D60, PO-D90",
    ),
    "C36": Side(
        "To which of two bands their common edge belongs",
        "To exactly one: 20 agents to those from 6 to 20, a revenue on the edge to the larger segment",
        "P1.2.g, P6.1.g",
    ),
    "C37": Side("Which share of self-service is usual", "The bands decide, and no usual share", "P7.1.d"),
    "C38": Side("Whether anybody builds the dashboards", "They are an item", "P3.4.k"),
    "C39": Side(
        "Whether slow promises to the smallest customers are a fault",
        "They are meant to be slower; a deviation needs its reason",
        "P1.2.m",
    ),
    "C40": Side(
        "When articles are written", "Planned in the audit, written before the rollout", "P5.1.f, P5.2.a, P5.2.g"
    ),
    "C41": Side(
        "Whether the rollout goes customer by customer or channel by channel",
        "Both: the cohort here, channels by `entry` in config/",
        "P6.2.b",
    ),
    "C42": Side(
        "Whether agents follow a script", "To the letter for cards, by judgement for answers", "P5.2.j-pci, P5.2.j"
    ),
}
"""Where the papers disagree, by the digest's id."""
