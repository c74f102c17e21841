"""User groups: made, filled, renamed, switched off and on again, against the stand-in; and what the files may say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from config.declaration import Declaration
from config.findings import Finding
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Payload, ResourceName
from provisioners.sighting import Look
from provisioners.slack import SYSTEM
from provisioners.slack.client import SlackClient
from provisioners.slack.translations import SlackUserGroupTranslation
from provisioners.slack.user_group import UserGroup
from provisioners.translation import Names
from tests.config.samples import rules
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection, context, declaration, parts_of
from tests.provisioners.faults import fault_of

DANA, JONAS, MEI = (f"{name}@haldenpay.example" for name in ("dana", "jonas", "mei"))
SEED = {
    "slack": {
        "users": [{"name": name.partition("@")[0].title(), "email": name} for name in (DANA, JONAS, MEI)],
        "channels": [{"name": "risk"}],
        "user_groups": [
            {"name": "Finance", "handle": "finance", "people": [JONAS]},
            {"name": "Old hands", "handle": "old", "people": [MEI], "off": True},
        ],
    }
}


@pytest.fixture
def live() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        yield sandbox


@pytest.fixture
def groups(live: LiveSandbox) -> UserGroup:
    return UserGroup(SlackClient(connection("slack", live.url)))


def payload(**more: Any) -> Payload:
    return {"name": "Tier 2", "active": True, "people": [DANA, JONAS], "handle": "tier-2"} | more


def in_store(live: LiveSandbox, name: str) -> dict[str, Any]:
    return next(row for row in live.store.table("slack", "usergroups").values() if row["name"] == name)


def methods(live: LiveSandbox) -> list[str]:
    return [entry["path"].removeprefix("/api/") for entry in live.log()]


def test_a_group_is_made_with_its_people(live: LiveSandbox, groups: UserGroup) -> None:
    wanted = payload(purpose="For <P1> & P2")
    write = groups.create(wanted)
    assert write.warnings == () and groups.canonical(write.live, wanted) == wanted
    seen = groups.get(write.live.id, wanted)
    assert seen is not None and groups.canonical(seen, wanted) == wanted and seen.label == "Tier 2"


def test_all_its_members_are_those_of_the_files(live: LiveSandbox, groups: UserGroup) -> None:
    write = groups.create(payload())
    row = in_store(live, "Tier 2")
    mei = groups.client.person(MEI)
    row["users"] = [row["users"][0], mei]
    seen = groups.get(write.live.id, payload())
    assert seen is not None
    now = groups.canonical(seen, payload())
    assert now["people"] == [DANA, MEI], "who is missing and who should not be there"
    live.clear_log()
    groups.update(write.live.id, payload(), now)
    assert methods(live) == ["usergroups.users.update"]
    assert row["users"] == [groups.client.person(DANA), groups.client.person(JONAS)]


def test_renaming_and_another_handle_keep_the_people(live: LiveSandbox, groups: UserGroup) -> None:
    write = groups.create(payload())
    wanted = payload(name="Second line", handle="second", purpose="Hard cases")
    changed = groups.update(write.live.id, wanted, payload())
    assert groups.canonical(changed.live, wanted) == wanted and changed.live.id == write.live.id


def test_switched_off_on_leaving_and_on_again_when_it_comes_back(live: LiveSandbox, groups: UserGroup) -> None:
    made = groups.create(payload())
    groups.delete(made.live.id, payload())
    assert in_store(live, "Tier 2")["date_delete"] > 0
    live.clear_log()
    groups.delete(made.live.id, payload())
    groups.delete("S0NOTHING", payload())
    assert live.writes() == []
    off = groups.get(made.live.id, payload())
    assert off is not None and off.active is False
    assert groups.live_key(off) is None, "a name that golive itself has put aside is in nobody's way"
    wanted = payload(people=[MEI], handle="second")
    back = groups.create(wanted)
    assert back.live.id == made.live.id and groups.canonical(back.live, wanted) == wanted


def test_one_that_a_person_has_switched_off_is_not_taken(live: LiveSandbox, groups: UserGroup) -> None:
    off = next(each for each in groups.list({}) if each.body["name"] == "Old hands")
    assert groups.live_key(off) == groups.natural_key(payload(name="Old Hands"))
    assert "switched off" in groups.if_taken(off)
    fault = fault_of(groups.create, payload(name="Old hands", handle="hands"))
    assert fault.code == "collision" and "golive adopt" in fault.do
    assert in_store(live, "Old hands")["date_delete"] > 0


@pytest.mark.parametrize(
    ("handle", "who"),
    [("finance", "the user group “Finance”"), ("risk", "the channel #risk"), ("mei", "a person of the workspace")],
)
def test_whose_a_handle_is(handle: str, who: str, groups: UserGroup) -> None:
    fault = fault_of(groups.create, payload(handle=handle))
    assert fault.code == "collision" and who in fault.why and "another handle" in fault.do


def test_of_one_that_is_off_nobody_looks_who_is_in_it(live: LiveSandbox, groups: UserGroup) -> None:
    wanted = payload(active=False)
    write = groups.create(wanted)
    assert groups.canonical(write.live, wanted) == wanted and in_store(live, "Tier 2")["date_delete"] > 0
    in_store(live, "Tier 2")["users"] = []
    on = groups.update(write.live.id, payload(), wanted)
    assert groups.canonical(on.live, payload()) == payload()
    off = groups.update(write.live.id, payload(active=False, people=[MEI]), payload())
    assert groups.canonical(off.live, payload(active=False, people=[MEI]))["active"] is False
    assert groups.turn(write.live.id, payload(), on=True).live.active is True


def test_everybody_whom_slack_does_not_know_is_named_before_anything_is_made(
    live: LiveSandbox, groups: UserGroup
) -> None:
    fault = fault_of(groups.create, payload(people=[DANA, "x@else.example", "y@else.example"]))
    assert "x@else.example, y@else.example" in fault.why and live.writes() == []


def test_the_last_one_cannot_be_taken_out(live: LiveSandbox, groups: UserGroup) -> None:
    write = groups.create(payload())
    fault = fault_of(groups.update, write.live.id, payload(people=[]), payload())
    assert "active: false" in fault.do and len(in_store(live, "Tier 2")["users"]) == 2


def test_a_failure_after_the_making_keeps_the_group(live: LiveSandbox, groups: UserGroup) -> None:
    live.fault(kind="error_500", system="slack", path="usergroups.users.update")
    write = groups.create(payload())
    assert "internal_error" in write.warnings[0]
    assert groups.canonical(write.live, payload())["people"] == []


def test_what_the_workspace_does_not_allow(live: LiveSandbox, groups: UserGroup) -> None:
    live.settings("slack", user_groups_by="admins")
    denied = fault_of(groups.create, payload())
    assert denied.why == "permission_denied" and "Workspace settings" in denied.do
    live.settings("slack", plan="free")
    free = fault_of(groups.list, {})
    assert free.why == "paid_teams_only" and "paid plans only" in free.do


# what only the workspace can say, asked before anything is sent


def asked(live: LiveSandbox, **more: Any) -> list[Finding]:
    will = payload(**more)
    change = PlannedChange(ResourceName.of("chat/slack_user_groups/two"), UserGroup.type, "create", will=will)
    return SYSTEM.asked(connection("slack", live.url, read_only=True), Intent(Declaration(), [change]))


@pytest.mark.parametrize(
    ("handle", "who"), [("finance", "“Finance”"), ("risk", "#risk"), ("mei", "Mei"), ("general", "#general")]
)
def test_a_handle_that_is_taken_is_found_before_the_run(handle: str, who: str, live: LiveSandbox) -> None:
    assert asked(live) == []
    (found,) = asked(live, handle=handle)
    assert (found.rule, found.severity) == ("SL102", "error") and who in found.message


def test_a_free_workspace_is_found_before_the_run(live: LiveSandbox) -> None:
    live.settings("slack", plan="free")
    (found,) = asked(live)
    assert (found.rule, found.message) == ("SL101", "Slack says paid_teams_only")


def test_nobody_is_asked_where_no_group_changes(live: LiveSandbox) -> None:
    change = PlannedChange(ResourceName.of("chat/slack_user_groups/two"), UserGroup.type, "delete", was=payload())
    live.clear_log()
    assert SYSTEM.asked(connection("slack", live.url, read_only=True), Intent(Declaration(), [change])) == []
    assert live.log() == []
    same = replace(change, does="update", will=payload(), was=payload())
    SYSTEM.asked(connection("slack", live.url, read_only=True), Intent(Declaration(), [same]))
    assert methods(live) == ["usergroups.list"], "the handle stays as it is"


def test_people_whom_slack_does_not_know_are_named_with_the_plan(live: LiveSandbox) -> None:
    will = payload(people=["x@else.example", DANA])
    change = PlannedChange(ResourceName.of("chat/slack_user_groups/two"), UserGroup.type, "create", will=will)
    (said,) = SYSTEM.cautions(connection("slack", live.url, read_only=True), Intent(Declaration(), [change]))
    assert "x@else.example" in said and "the user group Tier 2" in said and DANA not in said
    change = replace(change, will=payload(people=["x@else.example", DANA, "y@else.example"]))
    (said,) = SYSTEM.cautions(connection("slack", live.url, read_only=True), Intent(Declaration(), [change]))
    assert "x@else.example, y@else.example, who are to be in the user group Tier 2" in said and DANA not in said


# what the files say


def person(email: str, *groups: str, **more: Any) -> dict[str, Any]:
    return {"name": email.partition("@")[0].title(), "email": email, "role": "agent", "groups": list(groups), **more}


BESIDE = {
    "groups": {"tier_1": {"name": "Tier 1"}, "tier_2": {"name": "Tier 2"}, "empty": {"name": "Empty"}},
    "people": {
        "dana": person(DANA, "tier_1", "tier_2"),
        "jonas": person(JONAS, "tier_2", active=False),
        "mei": person(MEI, "tier_1"),
    },
}
NAMES = Names(values={("people", DANA): "dana", ("people", MEI): "mei", ("people", JONAS): "jonas"})


@pytest.mark.parametrize(
    "said",
    [
        {"name": "Tier 2", "active": True, "handle": "tier-2", "purpose": "Hard cases", "people": ["dana", "mei"]},
        {"name": "Tier 2", "active": False, "people": ["mei"]},
        {"name": "Finance", "existing": True},
    ],
)
def test_round_trip(said: dict[str, Any]) -> None:
    declared = declaration(**BESIDE, slack_user_groups={"two": said})
    item = declared.of("slack_user_groups")["two"]
    resources = SlackUserGroupTranslation().resources(item, context(declared, "chat", "slack"))
    assert [(each.name, each.mode) for each in resources] == [
        ("chat/slack_user_groups/two", "found" if "existing" in said else "managed")
    ]
    assert SlackUserGroupTranslation().declared(parts_of(resources), NAMES) == said


@pytest.mark.parametrize(
    ("said", "emails"),
    [
        ({"groups": ["tier_1"]}, [DANA, MEI]),
        ({"groups": ["tier_2"]}, [DANA]),
        ({"groups": ["tier_2", "tier_1"], "people": ["mei"]}, [DANA, MEI]),
        ({"people": ["jonas", "mei"]}, [MEI]),
    ],
)
def test_members_come_from_people_and_groups_but_not_those_who_are_switched_off(
    said: dict[str, Any], emails: list[str]
) -> None:
    for kind, name in (("slack_user_groups", "Two"), ("slack_channels", "two")):
        declared = declaration(**BESIDE, **{kind: {"two": {"name": name, **said}}})
        translation = next(each for each in SYSTEM.translations() if each.kind == kind)
        (made,) = translation.resources(declared.of(kind)["two"], context(declared, "chat", "slack"))
        assert sorted(made.payload["people"]) == emails


FILES = """
roles: {agent: {name: Agent, like: agent}}
groups: {desk: {name: Desk}, empty: {name: Empty}}
people: {dana: {name: Dana, email: d@acme.example, role: agent, groups: [desk]},
         jonas: {name: Jonas, email: j@acme.example, role: agent, active: false}}
integrations: {slack: {channels: {risk: {name: risk}}, user_groups: {%s}}}
"""


@pytest.mark.parametrize(
    ("groups", "broken"),
    [
        ("a: {name: A, groups: [desk]}, b: {name: B, people: [dana], handle: b}", []),
        ("a: {name: A, groups: [empty]}", ["SL001"]),
        ("a: {name: A, people: [jonas]}", ["SL001"]),
        ("a: {name: A, people: [jonas], active: false}, b: {existing: B}", []),
        ("a: {name: A, people: [dana], handle: x}, b: {name: B, people: [dana], handle: x}", ["SL002"]),
        ("a: {name: A, people: [dana], handle: risk}", ["SL002"]),
    ],
)
def test_what_slack_would_refuse_is_found_in_the_files(groups: str, broken: list[str]) -> None:
    assert rules(FILES % groups) == broken


def test_a_free_plan_is_found_where_the_environment_names_it() -> None:
    declared = declaration(**BESIDE, slack_user_groups={"two": {"name": "Two", "people": ["dana"]}})
    (check,) = SYSTEM.facts()["plan_rules"]
    assert [each.rule for each in check(declared, "free")] == ["SL080"]
    assert list(check(declared, "pro")) == []


def sightings(live: LiveSandbox, **people: Any) -> list[tuple[str, str]]:
    collections = SYSTEM.collections(connection("slack", live.url, read_only=True))
    look = Look(collections, declaration(**{**BESIDE, "people": people}))
    return [(each.name, each.beyond) for each in SlackUserGroupTranslation().sightings(look)]


def test_a_live_group_is_taken_over_whole_or_only_named(live: LiveSandbox) -> None:
    assert sightings(live, jonas=person(JONAS)) == [("Finance", "")]
    ((_, why),) = sightings(live, dana=person(DANA))
    assert "one of its members is not among `people`" in why and JONAS in why


def test_where_no_groups_can_be_seen_none_are_looked_for(live: LiveSandbox) -> None:
    live.settings("slack", plan="free")
    assert sightings(live) == []
    live.settings("slack", plan=None, scopes=["channels:read", "users:read.email"])
    assert sightings(live) == []
