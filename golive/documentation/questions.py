"""Everyday questions about a helpdesk, and what golive does: a part of docs/zendesk.md that is written by hand.

`tests/cli/test_everyday_questions.py` tries the answers that a change of golive could make wrong.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """What people ask, and the answer in sentences. yaml: an example that belongs below `config/`."""

    asked: str
    answer: str
    yaml: str = ""


QUESTIONS: tuple[Question, ...] = (
    Question(
        "How do I hide a field from customers?",
        "Write `can: hidden`, or leave `customers` out: hidden is what a field is unless you say otherwise. `see` "
        "shows it, `edit` lets customers fill it in. The field stays for agents, with all that tickets hold.",
        "ticket_fields:\n"
        "  severity: {name: Severity, type: dropdown, options: {high: High, low: Low}, customers: {can: hidden}}\n",
    ),
    Question(
        "How do I rename something?",
        "Change its `name`: it stays the same object, with its history and all that points to it. If the key has to "
        "change, too, write the old one under `was`, which may stay for ever. A new key without `was` is another "
        "object: golive makes a new one, and the old one leaves.",
        "groups:\n  first_line: {was: support, name: First line}\n",
    ),
    Question(
        "What happens when I remove an option of a field?",
        "Nothing is lost. golive never deletes an option: it stays in Zendesk, and can still be chosen. The plan says "
        "how many tickets hold it; once none does, remove it by hand in the field's page.",
    ),
    Question(
        "What happens when I remove something from the files?",
        "The first table of this page says it for each kind: rules, macros and views are switched off; what carries "
        "data (fields, forms, people, articles) stays as it is, and golive looks after it no more; the rest is deleted "
        "where golive made it. `on_remove` says it otherwise for one object. The plan shows it before it happens.",
    ),
    Question(
        "How do I move a rule up?",
        "Move it up in the file. Where the rules of a category stand in several files, write the order at the "
        "category; for other kinds there is `order`. The plan shows the order as it will be. What is not in your files "
        "keeps its place.",
        "trigger_categories:\n  route: {name: Routing, order: [vip, night, rest]}\n",
    ),
    Question(
        "How do I switch a rule off?",
        "For good: write `active: false` under it, and run `golive up`. At once, in the night: `golive off "
        'triggers/vip --reason "It loops"` makes one call, without a plan, and whatever is wrong with the files. '
        "From then on it stays off: no `golive up` switches it on by itself, and each plan shows it, until "
        "somebody says `golive on triggers/vip` or the files say `active: false`. "
        "A rule that sleeps stays off when its phase comes, too.",
        "triggers:\n  vip: {name: VIP, category: route, active: false, when: [{event: created}], "
        "then: [{add_tags: [vip]}]}\n",
    ),
    Question(
        "How do I undo?",
        "`golive undo` takes the last run back, `golive undo 12` that of number 12 (`golive history` has the numbers); "
        "it shows its plan and asks first. The files still say what was undone, so take it out there, too: otherwise "
        "the next `golive up` does it again. What no undo brings back stands near the top of a plan, before it "
        "happens.",
    ),
    Question(
        "Somebody changed something in Zendesk by hand. What now?",
        "`golive drift` shows what, and by whom where Zendesk says it. To keep it: `golive pull` writes it into the "
        "files. To put yours back: `golive up`. To leave the object to people from now on: `golive release KIND/KEY`.",
    ),
    Question(
        "How do I take in what people made in Zendesk?",
        "`golive adopt triggers` writes every trigger that is not in the files yet into them, `golive adopt --all` "
        "everything, with `--dry-run` only on the screen. Nothing changes in Zendesk; the next plan has nothing to do.",
    ),
    Question(
        "How do I switch off one of Zendesk's own rules?",
        "If a rule of yours takes its place, name it there: it goes off when yours comes, so that no mail is sent "
        "twice and none is missing. Otherwise list it as it is called in Zendesk.",
        "triggers:\n"
        "  theirs: {name: Notify all agents of received request, existing: vendor_default, active: false}\n"
        "  received:\n"
        "    name: We have it\n"
        "    category: route\n"
        "    replaces: Notify requester and CCs of received request\n"
        "    when: [{event: created}]\n"
        "    then: [{email: requester, subject: We have it, body: Thank you.}]\n",
    ),
    Question(
        "How do I write a text in several languages?",
        "Write one text for each language. Zendesk keeps it as dynamic content, which golive makes, changes and "
        "removes with the object; the plan names it.",
        "macros:\n  thanks: {name: Thanks, then: [{reply: public, text: {en-US: Thank you., de: Danke.}}]}\n",
    ),
    Question(
        "How do I use a status of our own in rules?",
        "Declare it under `ticket_statuses`, below the status that every ticket has. `status` goes on meaning that "
        "one; your own is asked for, and set, by `status_detail`. A view needs a condition on `status` (or on type, "
        "group, assignee, requester) beside it, because Zendesk asks for one.",
        "ticket_statuses:\n"
        "  waiting_for_parts: {name: Waiting for parts, category: on_hold}\n"
        "views:\n"
        "  parts:\n"
        "    name: Waiting for parts\n"
        "    when: [{field: status, is: on_hold}, {field: status_detail, is: waiting_for_parts}]\n"
        "    columns: [subject]\n",
    ),
    Question(
        "Who gets mail when I run it?",
        "The first block of each plan says it, with numbers. Outside the sandbox `golive up` carries out no mail and "
        "no deletion whose number nobody has named (`--mail`, `--delete`). The tickets count, too, that an automation "
        "fits now which begins to mail with the run, or mails others than before: Zendesk mails about each of them "
        "within the hour. They come and go, so that of them the number is the most; where more fit, or they could "
        "not be counted and no number says how many it may be, nothing is sent. What a deletion schedule begins to "
        "delete for good is named in the same way (`--delete-records`).",
    ),
    Question(
        "How do I try what another plan has?",
        "Write it as `plan:` of the helpdesk into `stacks/Pulumi.sandbox.yaml`, such as `suite_enterprise`: the "
        "sandbox's Zendesk has that plan from the next command on. Only where `stacks/sandbox-account.yaml` says "
        "`plan` under `zendesk:`, that one counts.",
    ),
    Question(
        "What can golive not do?",
        "What Zendesk's API cannot: switch on a help centre, make a chat widget, connect telephones and social media, "
        "sign in apps, buy seats. Each has its steps below. It never deletes an option or changes the type of a field, "
        "replaces no agent's mail address, and leaves personal macros and views alone. Tickets are not its business: "
        "it opens none but those of `golive try`, and changes none by itself; your rules do.",
    ),
)
