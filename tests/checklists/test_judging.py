"""From facts to the state of an item, as a table, and what makes a signature worthless again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from checklists.verdict import State
from tests.checklists.judged import (
    FILE,
    FOR_BEN,
    MAIL,
    NOW,
    OTHER_GROUPS,
    PROJECT,
    PROVEN,
    START,
    Project,
    seen,
)
from tests.checklists.logs import united

WAITS = timedelta(days=10)
VOICE = "profiles: {voice: true}\n"
NO_VOICE = "profiles: {voice: {applies: false, why: Nobody calls.}}\n"
SIGNED = START.signs("ana").signs("ben")
SHOWN = Project(files=FILE).attaches("shown", "list.md")

CHAT = "groups:\n  first: {name: First, by_hand: true}\nchannels:\n  chat: {type: messaging}\n"
SET_UP = Project(config=CHAT).attaches("by_people")
WAIVED = START.waives("probed")


def first_proven(project: Project) -> Project:
    """The same where signatures are asked for, and the first entry has one."""
    first = project.known.book.chain.entries[0].digest
    return replace(project, project=PROVEN.project, proofs={first: ""})


TABLE: list[tuple[str, str, Project, State, str]] = [
    ("a probe that holds", "probed", START.seen(probed="pass"), "pass", "It is pass."),
    ("a probe that warns", "probed", START.seen(probed="warn"), "warn", "It is warn."),
    ("a probe that does not hold", "probed", START.seen(probed="fail"), "fail", "It is fail."),
    ("a probe that knows nothing", "probed", START.seen(probed="unknown"), "unknown", "It is unknown."),
    ("a probe that nobody asked", "probed", START, "unknown", "not looked at"),
    (
        "old evidence",
        "probed",
        Project(observations={"probed": (seen("pass", NOW - WAITS),)}),
        "out_of_date",
        "too long",
    ),
    (
        "evidence of the future",
        "probed",
        Project(observations={"probed": (seen("pass", NOW + WAITS),)}),
        "out_of_date",
        "too long",
    ),
    ("an old failure", "probed", Project(observations={"probed": (seen("fail", NOW - WAITS),)}), "fail", "It is fail."),
    (
        "one of two fails",
        "probed",
        Project(observations={"probed": (seen("pass"), seen("fail"))}),
        "fail",
        "It is fail.",
    ),
    (
        "one of two is unknown",
        "probed",
        Project(observations={"probed": (seen("pass"), seen("unknown"))}),
        "unknown",
        "It is unknown.",
    ),
    ("a number that nobody counts yet", "counted", START, "unknown", "cannot count this yet"),
    ("nothing attached", "shown", START, "unknown", "Nothing is attached yet"),
    ("attached", "shown", SHOWN, "pass", "Attached by Ben Ode"),
    (
        "attached, and the file is another one",
        "shown",
        Project(files={"list.md": "bb"}, lines=SHOWN.lines),
        "out_of_date",
        "list.md is not what it was",
    ),
    (
        "attached, and the file is gone",
        "shown",
        Project(lines=SHOWN.lines),
        "out_of_date",
        "list.md is not what it was",
    ),
    (
        "attached, and what it is about changed",
        "shown",
        Project(files=FILE, lines=SHOWN.lines, config=OTHER_GROUPS),
        "out_of_date",
        "since then groups/second changed",
    ),
    ("not confirmed", "done", START, "unknown", "Nobody has confirmed it yet"),
    ("confirmed", "done", START.attaches("done"), "pass", "Confirmed by Ben Ode"),
    ("nothing is done by hand", "by_people", START, "not_applicable", "Nothing that is declared is left to people."),
    (
        "something is done by hand",
        "by_people",
        Project(config=CHAT),
        "unknown",
        "Nobody has confirmed it yet: Set it up (groups/first, channels/chat).",
    ),
    ("what is done by hand is confirmed", "by_people", SET_UP, "pass", "Confirmed by Ben Ode"),
    (
        "more is done by hand now",
        "by_people",
        Project(config=f"{CHAT}  calls: {{type: voice, by_hand: true}}\n", lines=SET_UP.lines),
        "out_of_date",
        "since then channels/calls changed",
    ),
    ("not signed", "signed", START, "unknown", "Not signed yet: 1 × head, 1 × lead"),
    ("signed by one of two roles", "signed", START.signs("ana"), "unknown", "Not yet signed by all: 1 × lead"),
    ("signed by all", "signed", SIGNED, "pass", "Signed by Ana Sol, Ben Ode"),
    ("signed by somebody without the role", "signed", START.signs("ana").signs("ana"), "unknown", "1 × lead"),
    (
        "signed, and what it is about changed",
        "signed",
        Project(lines=SIGNED.lines, config=OTHER_GROUPS),
        "out_of_date",
        "Signed on 29 November 2026; since then groups/second changed",
    ),
    (
        "signed, and it asks for something else",
        "signed",
        Project(lines=SIGNED.lines, project=PROJECT + "items: {signed: {name: It is agreed anew}}\n"),
        "out_of_date",
        "the item asks for something else",
    ),
    (
        "signed, and only the reason was reworded",
        "signed",
        Project(lines=SIGNED.lines, project=PROJECT + "items: {signed: {why: Because., fix: Ask.}}\n"),
        "pass",
        "Signed by",
    ),
    (
        "signed too long ago",
        "signed",
        Project(lines=SIGNED.lines, now=NOW + timedelta(days=31)),
        "out_of_date",
        "it holds for 30d",
    ),
    (
        "signed by authors only",
        "signed",
        Project(lines=SIGNED.lines, authors={"signed": frozenset({"ana@client.example", "ben@home.example"})}),
        "unknown",
        "cannot be its only signer",
    ),
    (
        "signed by an author and another",
        "signed",
        Project(lines=SIGNED.lines, authors={"signed": frozenset({"ana@client.example"})}),
        "pass",
        "Signed by",
    ),
    (
        "signed, and git does not know the authors",
        "signed",
        Project(lines=SIGNED.lines, authors={"signed": None}),
        "unknown",
        "Nobody knows who wrote",
    ),
    (
        "signed by somebody who left",
        "signed",
        Project(
            lines=SIGNED.lines, project=PROJECT.replace("  ben: {name: Ben Ode, email: ben@", "  ken: {email: ken@")
        ),
        "unknown",
        "has no role in this project",
    ),
    (
        "signed by somebody whose key is another now",
        "signed",
        Project(lines=SIGNED.lines, project=PROJECT.replace("  ben:", "  ken:").replace("ben@client", "BEN@client")),
        "pass",
        "Signed by Ana Sol, Ben Ode",
    ),
    (
        "signed by somebody who lost the role",
        "signed",
        Project(lines=SIGNED.lines, project=PROJECT.replace("roles: [lead], git", "roles: [agents], git")),
        "unknown",
        "1 × lead",
    ),
    (
        "signed for somebody, on evidence",
        "signed",
        replace(START, files=MAIL).signs("ana").signs("cai", on_behalf_of=FOR_BEN),
        "pass",
        "Ben Ode",
    ),
    (
        "signed for somebody, and nothing shows it",
        "signed",
        START.signs("ana").signs("cai", on_behalf_of={"name": "Ben Ode", "key": "ben", "roles": ["lead"]}),
        "unknown",
        "nothing shows that Ben Ode said so",
    ),
    (
        "signed for somebody, and what shows it is gone",
        "signed",
        START.signs("ana").signs("cai", on_behalf_of=FOR_BEN),
        "out_of_date",
        "mail.eml is not what it was",
    ),
    (
        "signed for somebody, and what shows it is another file",
        "signed",
        replace(START, files={"mail.eml": "bb"}).signs("ana").signs("cai", on_behalf_of=FOR_BEN),
        "out_of_date",
        "mail.eml is not what it was",
    ),
    (
        "signed for somebody by who wrote it",
        "signed",
        replace(START, files=MAIL, authors={"signed": frozenset({"ana@client.example", "cai@partner.example"})})
        .signs("ana")
        .signs("cai", on_behalf_of=FOR_BEN),
        "unknown",
        "Ana Sol, Cai Lin wrote what is signed",
    ),
    (
        "signed by a review where none signs",
        "signed",
        START.signs("ana").signs("ben", source="review", review={"url": "https://x.example/1"}),
        "unknown",
        "a review does not sign this",
    ),
    (
        "signed by who only plays somebody",
        "signed",
        START.signs("ana", practice=True).signs("ben"),
        "unknown",
        "Ana Sol was only played, to practise",
    ),
    (
        "signed by who only plays somebody, in the sandbox",
        "signed",
        replace(START, practice=True).signs("ana", practice=True).signs("ben"),
        "pass",
        "Signed by",
    ),
    (
        "attached by who only plays somebody",
        "done",
        START.noted("attached", "ben", {"item": "done", "note": "n", "binds": START.binds("done"), "practice": True}),
        "unknown",
        "Ben Ode was only played, to practise",
    ),
    (
        "signed without the proof that is asked for",
        "signed",
        Project(lines=SIGNED.lines, project=PROJECT + "signatures: {required: true}\n"),
        "unknown",
        "did not prove",
    ),
    *(
        (
            f"signed without the proof that is asked for, but with {', '.join(more)}",
            "signed",
            said,
            "unknown",
            "did not prove",
        )
        for more, said in (
            (more, replace(PROVEN, files=MAIL).signs("ana", **more).signs("ben", **more))
            for more in ({"source": "review"}, {"source": "command"}, {"on_behalf_of": FOR_BEN})
        )
    ),
    (
        "attached without the proof that is asked for",
        "shown",
        replace(SHOWN, project=PROVEN.project),
        "unknown",
        "did not prove",
    ),
    (
        "signed with proof that is not valid",
        "signed",
        Project(lines=SIGNED.lines, proofs={each.digest: "wrong key" for each in SIGNED.known.book.chain.entries}),
        "unknown",
        "is not valid: wrong key",
    ),
    (
        "risk accepted",
        "probed",
        START.seen(probed="fail").waives("probed"),
        "waived",
        "Risk accepted by Ana Sol until 9 December",
    ),
    ("a risk of what nobody knows", "probed", START.waives("probed"), "waived", "Risk accepted"),
    ("a risk that is none", "probed", START.seen(probed="pass").waives("probed"), "pass", "It is pass."),
    (
        "a risk that is asked for",
        "probed",
        START.seen(probed="fail").waives("probed", approved_by=None),
        "fail",
        "Cai Lin asks to accept the risk",
    ),
    (
        "a risk that who asked approved",
        "probed",
        START.seen(probed="fail").waives("probed", approved_by="cai"),
        "fail",
        "asked for it and approved it, too",
    ),
    (
        "a risk that who asked approved under another key",
        "probed",
        replace(
            START.waives("probed", approved_by=None),
            project=PROJECT.replace(
                "  cai: {name: Cai Lin, email: cai@partner.example, roles: [",
                "  kai: {name: Cai Lin, email: kai@new.example, git: [CAI@partner.example], roles: [head, ",
            ),
        )
        .seen(probed="fail")
        .approves("kai"),
        "fail",
        "asked for it and approved it, too",
    ),
    (
        "a risk that was asked for and approved without the proof that is asked for",
        "probed",
        replace(START.waives("probed"), project=PROVEN.project).seen(probed="fail"),
        "fail",
        "did not prove",
    ),
    (
        "a risk that was approved without the proof that is asked for",
        "probed",
        first_proven(START.waives("probed")).seen(probed="fail"),
        "fail",
        "Ana Sol did not prove",
    ),
    (
        "a risk that was approved with proof that is not valid",
        "probed",
        replace(WAIVED, proofs={WAIVED.known.book.chain.entries[-1].digest: "wrong key"}).seen(probed="fail"),
        "fail",
        "the signature of Ana Sol is not valid: wrong key",
    ),
    (
        "a risk that somebody approved who is only played",
        "probed",
        START.seen(probed="fail").waives("probed", approved_by=None).approves("ana", practice=True),
        "fail",
        "Ana Sol was only played",
    ),
    (
        "a risk that somebody approved who does not decide",
        "probed",
        START.seen(probed="fail").waives("probed", approved_by="ben"),
        "fail",
        "does not decide about it",
    ),
    (
        "a risk that is over",
        "probed",
        Project(lines=START.waives("probed", days=1).lines, now=NOW + timedelta(days=2)).seen(probed="fail"),
        "fail",
        "that is over",
    ),
    (
        "a risk that would last too long",
        "probed",
        START.seen(probed="fail").waives("probed", days=45),
        "fail",
        "longer than 30 days",
    ),
    ("a risk that can never be accepted", "fixed", START.seen(fixed="fail").waives("fixed"), "fail", "It is fail."),
    (
        "a risk of another definition",
        "probed",
        Project(
            lines=START.waives("probed").lines, project=PROJECT + "items: {probed: {name: It is otherwise}}\n"
        ).seen(probed="fail"),
        "fail",
        "asks for something else since",
    ),
    (
        "left out",
        "probed",
        Project(project=PROJECT + "items: {probed: {drop: Not here.}}\n"),
        "not_applicable",
        "Left out: Not here.",
    ),
    (
        "a profile of which nobody has said anything",
        "special",
        START.seen(special="pass"),
        "unknown",
        "profile `voice`",
    ),
    (
        "a profile that does not apply",
        "special",
        Project(project=PROJECT + NO_VOICE),
        "not_applicable",
        "Nobody calls.",
    ),
    ("a profile that applies", "special", Project(project=PROJECT + VOICE).seen(special="pass"), "pass", "It is pass."),
    ("a figure that is not set", "figured", START.seen(figured="pass"), "unknown", "`length` is not set"),
]


@pytest.mark.parametrize(("key", "project", "state", "said"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_state(key: str, project: Project, state: State, said: str) -> None:
    verdict = project.verdict(key)
    assert verdict.state == state, verdict.said
    assert said in verdict.said


@pytest.mark.parametrize("state", ["fail", "unknown", "out_of_date"])
def test_only_what_holds_lets_a_gate_open(state: State) -> None:
    rows = [row for row in TABLE if row[3] == state]
    assert all(project.verdict(key).blocks for _, key, project, _, _ in rows)
    assert not any(
        project.verdict(key).blocks
        for _, key, project, found, _ in TABLE
        if found not in ("fail", "unknown", "out_of_date")
    )


def test_what_is_only_tried_out_blocks_nothing() -> None:
    verdict = START.seen(tried="fail").verdict("tried")
    assert (verdict.state, verdict.blocks) == ("fail", False)


def test_a_waiver_is_never_shown_as_passed() -> None:
    verdict = START.seen(probed="fail").waives("probed").verdict("probed")
    assert (verdict.state, verdict.base) == ("waived", "fail")


def test_so_many_risks_and_no_more() -> None:
    project = Project(project=PROJECT + "waivers: {at_most: 1}\n").seen(probed="fail", tried="fail")
    project = project.waives("probed").waives("tried", at=NOW + timedelta(minutes=1))
    assert project.verdict("probed").state == "waived"
    assert "1 risks are accepted already" in project.verdict("tried").said


def test_a_role_that_is_lent_counts_in_its_days_only() -> None:
    lent = PROJECT.replace(
        "email: ana@client.example, roles: [head]",
        "email: ana@client.example, roles: [head], "
        "delegates: [{role: head, to: ben, from: 2026-12-01, until: 2026-12-02}]",
    )
    for at, state in (
        (NOW, "unknown"),
        (NOW.replace(month=12, day=1, hour=0), "pass"),
        (NOW.replace(month=12, day=2, hour=23, minute=59), "pass"),
        (NOW.replace(month=12, day=3, hour=0), "unknown"),
    ):
        project = Project(project=lent, now=at).signs("cai", at=at)
        signed = project.signs("ben", at=at)
        roles = signed.known.roles_of("ben", at)
        assert ("head" in roles) == (state == "pass"), at


LENT = PROJECT.replace(
    "email: ana@client.example, roles: [head]",
    "email: ana@client.example, roles: [head], delegates: [{role: head, to: ben, from: 2026-11-29, until: 2026-12-02}]",
)


def signed_aside(beside: timedelta | None, *, own_root: bool) -> Project:
    """Ben signs in a role that is lent to him until 2 December, in a line that says it is of 1 December; beside it
    stands one of a later time."""
    begun = Project(project=LENT).attaches("done")
    at = NOW + timedelta(days=2)
    ben = replace(begun, lines=() if own_root else begun.lines).signs("cai", at=at)
    ben = ben.noted("signed", "ben", {"item": "signed", "binds": ben.binds("signed")}, at, roles=("head",))
    other = begun.attaches("done", at=NOW + beside) if beside is not None else begun
    return replace(begun, lines=united(other.lines, ben.lines), now=NOW + timedelta(days=20))


@pytest.mark.parametrize("own_root", [True, False])
def test_a_lent_role_counts_where_the_log_shows_that_it_was_still_lent(own_root: bool) -> None:
    """A line that stands beside later ones may have been written after them, whatever time it names."""
    assert signed_aside(None, own_root=own_root).verdict("signed").state == "pass"
    assert signed_aside(timedelta(days=3), own_root=own_root).verdict("signed").state == "pass", "still in those days"
    late = signed_aside(timedelta(days=10), own_root=own_root).verdict("signed")
    assert (late.state, "1 × head" in late.said) == ("unknown", True), late.said


def test_who_is_asked_for_twice_has_to_be_two_people() -> None:
    """One who has two keys and one address is one."""
    two = PROJECT.replace("  rollout:", "  # rollout:").replace("{head: 1}", "{head: 2}")
    two += "items: {signed: {sign_off: {statement: We agree., roles: {head: 2}}}}\n"
    twice = two.replace(
        "  cai: {name: Cai Lin, email: cai@partner.example, roles: [consultant, lead]}",
        "  anna: {name: Ana Sol, email: ana@new.example, git: [ANA@client.example], roles: [head]}",
    )
    project = Project(project=twice, authors={"signed": frozenset()}).signs("ana").signs("anna")
    assert "1 × head" in project.verdict("signed").said
    other = Project(project=two.replace("roles: [consultant, lead]", "roles: [head]"), authors={"signed": frozenset()})
    assert other.signs("ana").signs("cai").verdict("signed").state == "pass"


def test_a_clock_that_goes_back_makes_nothing_valid_again() -> None:
    waived = Project(lines=START.waives("probed", days=1).lines).seen(probed="fail")
    later = waived.attaches("done", at=NOW + timedelta(days=5))
    assert waived.verdict("probed").state == "waived"
    assert later.now == NOW
    assert later.verdict("probed").state == "fail"
