"""docs/engineering.md: what golive does with the engineers' issue tracker, and towards it, made from the code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from config.kinds import ALL_KINDS, Kind
from config.kinds.engineering import IssueField
from golive.documentation.examples import example
from golive.documentation.forms import anchor
from golive.documentation.kinds import table
from provisioners.issues import Issues
from provisioners.system import systems

KINDS = ("engineering_projects", "engineering_components", "engineering_labels", "escalations")
_LEAVES = {
    "engineering_projects": "is forgotten, and stays",
    "engineering_components": "stays",
    "engineering_labels": "stays",
    "escalations": "everything that golive made for it is deleted",
}
_FILLS = {
    "priority": "the ticket's priority, in the tracker's own words for it; a ticket without one counts as normal",
    "description": "subject, first message and the ticket's address, or a text field",
    "customer_impact": "a text or dropdown field; it stands in the description under “Customer impact”",
}
"""What can fill a field of the issue."""


def engineering_page() -> str:
    """The page."""
    trackers = {name: issues for name, system in systems().items() if (issues := system.issues()) is not None}
    kinds = [ALL_KINDS[word] for word in KINDS]
    lines = [
        "# Engineering: Jira and Linear",
        "",
        "How a ticket becomes an issue of the engineers' tracker with one action of an agent, and what golive looks "
        "after "
        "in the tracker. The words are the same for both; one line of the environment file says which it is. What each "
        "attribute means stands in [kinds.md](kinds.md), what is checked in [rules.md](rules.md).",
        "",
        "```yaml",
        "tracker: {type: jira, url: https://CLIENT.atlassian.net, user: golive@client.example, token: env:JIRA_TOKEN}",
        "# or",
        "tracker: {type: linear, url: https://api.linear.app, token: env:LINEAR_KEY}",
        "```",
        "",
        "Jira takes an API token together with the address of the person whose it is (id.atlassian.com > Security > "
        "API "
        "tokens), Linear a personal key (Settings > Security & access). `golive doctor` signs in, names the account "
        "for "
        "`expect:` (Jira's host, Linear's name in its addresses) and says which rights are missing.",
        "",
        "## An escalation",
        "",
        "```yaml",
        example("escalations").rstrip("\n"),
        "```",
        "",
        "In the helpdesk it becomes",
        "",
        "- a macro of its name, for agents of the groups in `from`, which adds the tag;",
        "- a trigger in the category “Escalations (golive)”, which sees the tag, has the webhook make the issue, "
        "sets the "
        "field in `comes_back: status` to `at_first`, and marks the ticket with a tag of its own, so that a ticket "
        "becomes "
        "one issue and no more, however often the macro is chosen;",
        "- a webhook, which signs in to the tracker as golive does: the secret is handed over by its variable's name "
        "and "
        "stands in no file;",
        "- a view of the tickets that were handed over and are not solved.",
        "",
        "The fields are declared as any other ticket field and named here, so that forms, views and other rules can "
        "name "
        "them, too, and nothing that tickets hold is lost when an escalation goes. All three rows are needed:",
        "",
        *table(
            ("`issue:`", "what can fill it"),
            [[f"`{field}`", _FILLS[field]] for field in get_args(IssueField)],
        ),
        "",
        "Quotes, brackets, backslashes and line ends in what customers wrote are changed so that they can break "
        "nothing "
        "in the call; the text stays readable.",
        "",
        "## Whether it flows",
        "",
        "Escalate a test ticket, move its issue, and ask the gate (`golive gate status -e ENV`). It looks for an issue "
        "that golive's user made in the project, with the labels, whose text names the ticket (`tracker_flow: {to: "
        "tracker}`, of the last 90 days and not older than 30), and for a change of the field in `comes_back: status` "
        "over the helpdesk's API on a ticket that became an issue (`to: ticket`). What agents choose on the page, and "
        "links that the vendor's app keeps, prove no way back and do not count.",
        "",
        "## Kinds",
        "",
        *table(
            ("kind", *(issues.tracker for issues in trackers.values()), "when it leaves the files"),
            [[_named(kind), *(_there(each, kind) for each in trackers), _LEAVES[kind.word]] for kind in kinds],
        ),
        "",
    ]
    for issues in trackers.values():
        lines += [f"## {issues.tracker}", "", *_of(issues)]
    return "\n".join(lines)


def _named(kind: Kind) -> str:
    return f"[{kind.word}](kinds.md#{anchor(kind.word)})"


_THERE = {
    ("jira", "engineering_labels"): "a word, there by being used",
    ("linear", "engineering_projects"): "a team, looked up",
    ("linear", "engineering_components"): "not there; said so",
    ("linear", "escalations"): "a template, and a webhook where `calls` is said",
    ("jira", "engineering_projects"): "looked up",
    ("jira", "escalations"): "checked against its issue types and priorities",
}
"""What a kind is in a tracker, where it is not an object that golive makes, changes and deletes."""


def _there(system: str, kind: Kind) -> str:
    return _THERE.get((system, kind.word), "made, changed and deleted")


def _of(issues: Issues) -> Iterator[str]:
    for word in KINDS:
        said = issues.quirks.get(word, ())
        if said:
            yield from (f"### {issues.tracker}: {ALL_KINDS[word].plural}", "", *(f"- {each}" for each in said), "")
    back = issues.way_back
    yield from (f"### {issues.tracker}: how the status comes back", "")
    yield f"A person does this once ({back.what}); each plan lists it, and the gate asks for it:"
    yield from ("", *(f"{number}. {step}" for number, step in enumerate(back.steps, 1)), "")
