"""What the helpdesk knows from the CRM, on the command line: counted, compared, carried over, and all of it again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from golive import clock
from golive.workflows import WORKFLOW, workflow_files
from tests.cli.conftest import empty_workspace
from tests.cli.crm_world import SEED, account, files, held, manager, organization
from tests.cli.workspace import Workspace
from tests.live_sandbox import running_sandbox
from tests.workflow_steps import Jobs

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def made(empty_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Fields made on both sides, and nothing in them."""
    with running_sandbox(SEED) as sandbox:
        workspace = empty_workspace(tmp_path_factory.mktemp("context"), sandbox, empty_state)
        workspace.config(files())
        workspace.up()
        yield workspace


@pytest.fixture
def wired(made: Workspace) -> Workspace:
    """The same with no account and no organization."""
    made.sandbox.store.table("salesforce", "Account").clear()
    made.sandbox.store.table("zendesk", "organizations").clear()
    made.config(files())
    made.sandbox.clear_log()
    return made


def test_how_full_the_fields_are_in_one_call_and_what_relies_on_those_that_are_not(wired: Workspace) -> None:
    for number in range(10):
        values = {"ARR__c": 100.0 * number} if number else {}
        more = {"Renewal__c": "2027-01-31"} if number < 6 else {}
        segment = {"Segment__c": ("A", "small")[number % 2]} if number < 8 else {}
        account(wired.sandbox, number, f"Shop {number}", **values, **more, **segment)
    document = wired.golive("context", "check", "--json").checked("context")
    assert (document["accounts"], document["complete"]) == (10, False)
    fields = {each["field"]: (each["filled"], each["enough"]) for each in document["fields"]}
    assert fields == {
        "account_name": (10, None),
        "arr": (9, True),
        "csm.Name": (0, None),
        "renewal_date": (6, False),
        "segment": (8, True),
    }
    segments = {each["name"]: (each["total"], each["fields"]["renewal_date"]) for each in document["segments"]}
    assert segments == {"Big": (4, 0.75), "Small": (4, 0.75), "": (2, 0.0)}
    assert [each["object"] for each in document["rules"]] == ["triggers/big_first"]
    assert document["worst"][0]["name"] == "Shop 8" and document["worst"][0]["missing"] == ["renewal_date", "segment"]
    counting = [each["path"] for each in wired.sandbox.log() if "GROUP+BY" in each.get("query", "") + each["path"]]
    assert len(counting) <= 1
    ran = wired.golive("context", "check", "--exit-code")
    assert ran.code == 7
    assert "Renewal date" in ran.out and "under 70%" in ran.out and "triggers/big_first" in ran.out
    assert wired.sandbox.writes() == []


def test_rules_that_ask_for_what_the_crm_lacks_sleep_by_one_entry(wired: Workspace) -> None:
    account(wired.sandbox, 1, "Shop", ARR__c=1.0, Segment__c="A")
    assert "triggers/big_first" in wired.golive("context", "check").out
    entry = "too_empty: {renewal_date: {stand_in: the contract in billing, owner: tool, by: 2027-03-31}}"
    wired.config(files().replace("of: [arr, renewal_date, segment]}", f"of: [arr, renewal_date, segment], {entry}}}"))
    planned = wired.golive("plan")
    assert "falls asleep until the CRM holds enough of what it asks for" in planned.out, planned.out
    wired.up()
    assert wired.one("triggers", "Big ones first")["active"] is False
    checked = wired.golive("context", "check").out
    assert "the contract in billing" in checked and "Asleep meanwhile" in checked and "rely on them" not in checked
    assert "Renewal date" in wired.golive("due", "--days", "200").out
    # The accounts are filled in, and the entry goes.
    wired.sandbox.store.table("salesforce", "Account").clear()
    account(wired.sandbox, 1, "Shop", ARR__c=1.0, Segment__c="A", Renewal__c="2027-01-31")
    assert "full enough by now" in wired.golive("context", "check").out
    wired.config(files())
    wired.up()
    assert wired.one("triggers", "Big ones first")["active"] is True


def test_tickets_are_looked_for_at_their_customers_accounts(wired: Workspace) -> None:
    first, second = account(wired.sandbox, 1, "Shop", ARR__c=1.0), account(wired.sandbox, 2, "Other")
    shop, other = (
        organization(wired, name="Shop", external_id=first),
        organization(wired, name="Other", external_id=second),
    )

    def written(subject: str, owner: str) -> int:
        body = {"subject": subject, "comment": {"body": "x"}, "organization_id": int(owner)}
        return int(wired.zendesk("POST", "tickets", {"ticket": body})["ticket"]["id"])

    told, _, lost = (
        written("It is down", shop),
        written("The export stops after a minute", shop),
        written("Nobody knows", other),
    )
    tasks, cases = (wired.sandbox.store.table("salesforce", name) for name in ("Task", "Case"))
    late = {"CreatedDate": clock.now().strftime("%Y-%m-%dT%H:%M:%S.000+0000")}
    tasks["00T1"] = {"Id": "00T1", "WhatId": first, "Subject": f"Ticket #{told} came in", **late}
    cases["5001"] = {"Id": "5001", "AccountId": first, "Subject": "The export stops after a minute", **late}
    tasks["00T2"] = {"Id": "00T2", "WhatId": second, "Description": f"Called about #{lost}9", **late}
    tasks["00T3"] = {
        "Id": "00T3",
        "WhatId": second,
        "Subject": f"#{lost}",
        "CreatedDate": "2020-01-01T00:00:00.000+0000",
    }
    traces = wired.golive("context", "check", "--json").checked("context")["traces"]
    assert (traces["customers"], traces["tickets"], traces["traced"]) == (2, 3, 2)
    assert [each["ticket"] for each in traces["untraced"]] == [str(lost)]
    assert "1 left no trace at the account" in wired.golive("context", "check").out


def test_accounts_become_organizations_and_a_second_run_does_nothing(wired: Workspace) -> None:
    dana = manager(wired.sandbox)
    values = {"ARR__c": 1200.5, "CSM__c": dana, "Renewal__c": "2027-01-31", "Segment__c": "A"}
    first = account(wired.sandbox, 1, "Shop", **values)
    bare = account(wired.sandbox, 2, "Bare")
    dry = wired.golive("context", "sync", "--dry-run")
    assert dry.code == 0 and wired.sandbox.writes() == [], dry.out
    assert "Segment: Big" in dry.out and "Nothing was written" in dry.out
    ran = wired.golive("context", "sync", "--yes", "--json")
    assert (ran.code, ran.checked("context")["written"]) == (0, 2), ran.err
    shop = {"arr": 1200.5, "csm": "Dana Ruiz", "renewal_date": "2027-01-31", "segment": "segment_big"}
    assert held(wired.sandbox) == {"Shop": (first, shop), "Bare": (bare, {})}
    wired.sandbox.clear_log()
    again = wired.golive("context", "sync", "--yes")
    assert again.code == 0 and "Nothing to write" in again.out and wired.sandbox.writes() == []
    checked = wired.golive("context", "check", "--json").checked("context")["sample"]
    assert (checked["compared"], checked["values"], checked["different"]) == (2, 6, [])


def test_the_workflow_carries_values_over_at_night(wired: Workspace, tmp_path: Path) -> None:
    account(wired.sandbox, 1, "Shop", ARR__c=5.0)
    wired.set({**wired.settings(), "production": True, "expect": {}}, "production")
    workflow = yaml.safe_load(workflow_files(".")[WORKFLOW])
    contexts = {"vars.GOLIVE_ALLOWED_HOSTS": "", "vars.GOLIVE_SYNC_CLIENT": "Somebody else"}
    jobs = Jobs(workflow, wired.root, tmp_path / "runner", "schedule", contexts)
    refused = jobs.step("sync", "sync")
    assert refused.code != 0 and held(wired.sandbox) == {}, refused.out
    jobs.contexts["vars.GOLIVE_SYNC_CLIENT"] = "Acme"
    done = jobs.step("sync", "sync")
    assert done.code == 0 and "Shop" in held(wired.sandbox), done.out


def test_only_what_differs_is_written_and_nothing_is_taken_away(wired: Workspace) -> None:
    first = account(wired.sandbox, 1, "Shop", ARR__c=5.0, Segment__c="small")
    stands_in = {"arr": 4, "csm": "Omar, for now", "segment": "segment_small"}
    organization(wired, name="Shop", external_id=first, organization_fields=stands_in, tags=["vip"])
    document = wired.golive("context", "sync", "--dry-run", "--json").checked("context")
    assert not [each for each in wired.sandbox.writes() if "many" in each["path"]]
    assert [each["differences"] for each in document["changes"]] == [{"organization.arr": [4, 5.0]}]
    assert wired.golive("context", "sync", "--yes").code == 0
    [sent] = [each for each in wired.sandbox.writes() if each["path"].endswith("update_many")]
    assert sent["status"] == 200
    assert held(wired.sandbox)["Shop"] == (first, {**stands_in, "arr": 5.0})


def test_who_belongs_to_whom_is_never_guessed(wired: Workspace, tmp_path: Path) -> None:
    """By the id; by the name only where nobody else can be meant."""
    names = ("Linked", "Foreign", "Twice", "Twice ", "New name")
    ids = [account(wired.sandbox, number, name, ARR__c=1.0) for number, name in enumerate(names)]
    organization(wired, name="linked")
    organization(wired, name="Foreign", external_id="ERP-77", organization_fields={"arr": 9})
    organization(wired, name="Old name", external_id=ids[4])
    organization(wired, name="Nobody's")
    table = tmp_path / "differences.csv"
    ran = wired.golive("context", "sync", "--yes", "--out", str(table))
    assert ran.code == 0, ran.err
    assert "3 accounts left for a person" in ran.out and "ERP-77" in ran.out and "2 accounts are called so" in ran.out
    found = held(wired.sandbox)
    assert {name: key for name, (key, _) in found.items()} == {
        "Linked": ids[0],
        "Foreign": "ERP-77",
        "New name": ids[4],
        "Nobody's": "",
    }
    assert found["Foreign"][1] == {"arr": 9} and found["Nobody's"][1] == {}
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))
    assert {row["what"] for row in rows} == {"link", "foreign", "twice", "change"}
    assert wired.golive("context", "sync", "--dry-run", "--json").document["counts"] == {
        "same": 2,
        "foreign": 1,
        "twice": 2,
    }


def test_the_id_may_stand_in_a_field_and_a_short_one_counts(wired: Workspace) -> None:
    wired.config(files(account_key="organization.account"))
    first = account(wired.sandbox, 1, "Shop", ARR__c=1.0)
    second = account(wired.sandbox, 2, "Other", ARR__c=2.0)
    organization(wired, name="Shop Ltd", organization_fields={"account": first[:15]}, external_id="ERP-1")
    assert wired.golive("context", "sync", "--yes").code == 0
    found = held(wired.sandbox)
    assert found["Shop"] == ("ERP-1", {"account": first[:15], "arr": 1.0})
    assert found["Other"] == ("", {"account": second, "arr": 2.0})


def test_what_the_helpdesk_cannot_hold_is_said_and_the_rest_is_written(wired: Workspace) -> None:
    first = account(wired.sandbox, 1, "Shop", ARR__c=1.0, Segment__c="Gold")
    account(wired.sandbox, 2, "Other")
    organization(wired, name="Other", external_id="ERP-2")
    organization(wired, name="Third", external_id=account(wired.sandbox, 3, "Other Ltd"))
    ran = wired.golive("context", "sync", "--yes")
    assert ran.code == 0 and "no option for Gold" in ran.out, ran.out
    assert held(wired.sandbox)["Shop"] == (first, {"arr": 1.0})


def test_the_vendors_package_is_not_written_over(wired: Workspace) -> None:
    wired.config(files(written_by="native_package"))
    ran = wired.golive("context", "sync", "--yes")
    assert ran.code == 2 and "package carries these values" in ran.err
    plan = wired.golive("plan", "--all")
    assert "golive context check" in plan.out and "Account.ARR__c to the organisation" in plan.out
    assert wired.golive("context", "check").code == 0


def test_values_that_differ_are_found_whoever_writes(wired: Workspace) -> None:
    wired.config(files(written_by="native_package"))
    first = account(wired.sandbox, 1, "Shop", ARR__c=1.0, Renewal__c="2027-01-31")
    gone = account(wired.sandbox, 2, "Gone")
    organization(wired, name="Shop", external_id=first, organization_fields={"arr": 1, "renewal_date": "2026-01-31"})
    organization(wired, name="Gone", external_id=gone)
    del wired.sandbox.store.table("salesforce", "Account")[gone]
    ran = wired.golive("context", "check", "--exit-code", "--json")
    sample = ran.checked("context")["sample"]
    assert (ran.code, sample["compared"], sample["gone"]) == (7, 1, 1)
    assert [(each["field"], each["crm"], each["helpdesk"]) for each in sample["different"]] == [
        ("organization.renewal_date", "2027-01-31", "2026-01-31")
    ]


def test_a_call_whose_answer_is_lost_is_gone_on_from(wired: Workspace) -> None:
    account(wired.sandbox, 1, "Alpha")
    account(wired.sandbox, 2, "Beta")
    wired.sandbox.settings("zendesk", job_polls=1)
    wired.sandbox.fault(kind="cut_after", path="organizations/create_many", times=1)
    ran = wired.golive("context", "sync", "--yes")
    assert ran.code != 0 and "Run it again" in ran.out, ran.out + ran.err
    wired.sandbox.heal()
    again = wired.golive("context", "sync", "--yes")
    assert again.code == 0 and "Nothing to write" in again.out
    assert len(held(wired.sandbox)) == 2


STRIPE = """\ufeffid,Customer ID,Amount,Currency,Interval,Quantity,Status,crm (metadata)
s1,c1,10.50,eur,month,2,active,{shop}
s2,c1,100.00,eur,year,1,past_due,{short}
s3,c2,9.00,eur,month,1,trialing,{other}
s4,c3,9.00,eur,month,1,active,
s5,c4,50.00,EUR,month,1,active,{known}
s6,c5,"1,200.00",eur,year,1,active,001000000000ZZZ
s7,c6,70.00,eur,month,1,activ,{other}
s8,c7,,,,,canceled,{shut}
"""


def test_billing_stands_in_for_what_the_crm_does_not_know(wired: Workspace) -> None:
    """What is over brings 0; a trial, a status that nobody knows, and an account that is not there say nothing."""
    shop, other, shut, trial = (
        account(wired.sandbox, number, name) for number, name in enumerate(("Shop", "Other", "Shut", "Trial"))
    )
    known = account(wired.sandbox, 9, "Known", ARR__c=7.0)
    for name, identifier in (("Other", other), ("Shut", shut), ("Trial", trial)):
        organization(wired, name=name, external_id=identifier, organization_fields={"arr": 15400})
    wired.config(files(billing="{from: stripe, file: subscriptions.csv, account: crm (metadata), fills: arr}"))
    assert wired.golive("validate", "--json").document["findings"][0]["rule"] == "mapping.billing-file"
    assert "no such file" in wired.golive("context", "check").out
    export = wired.root / "subscriptions.csv"
    text = STRIPE.format(shop=shop, short=shop[:15], other=other, known=known, shut=shut)
    export.write_text(text, encoding="utf-8")
    ran = wired.golive("context", "sync", "--yes")
    assert ran.code == 0, ran.err
    for said in (
        "2 of them from billing",
        "Yearly revenue: 15,400 → 0 (billing)",
        "2 subscriptions of 1,308 a year belong to no account",
        "1 with an id that no account has: 001000000000ZZZ",
        "1 subscription has the status “activ”",
        "subscriptions.csv, lines 5, 7, 8",
        "to write and to ask whether it is done, after 4 to read",
    ):
        assert said in ran.out, (said, ran.out)
    values = {name: found.get("arr") for name, (_, found) in held(wired.sandbox).items()}
    assert values == {"Shop": 352.0, "Other": 15400, "Shut": 0.0, "Trial": 15400, "Known": 7.0}
    again = wired.golive("context", "sync", "--yes", "--json").checked("context")
    assert (again["counts"], again["billing"]["unknown_statuses"]) == ({"same": 5}, {"activ": 1})
    export.write_text(text.replace("10.50", "11.50"), encoding="utf-8")
    checked = wired.golive("context", "check")
    assert "2 of them with billing" in checked.out and "376 in billing, 352 in Zendesk" in checked.out, checked.out


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("Interval", "Every"), "no column “interval”"),
        (("crm (metadata)", "other"), "no column “crm (metadata)”"),
        (("s5,c4,50.00,EUR", "s5,c4,50.00,usd"), "EUR and USD"),
        (("10.50", "ten"), "“Amount” holds “ten”"),
        (("10.50", "NaN"), "“Amount” holds “NaN”"),
        (("10.50", '"1,200"'), "without separators for thousands"),
        (("10.50,eur,month,2", "10.50,eur,fortnight,2"), "“Interval” holds “fortnight”"),
    ],
)
def test_an_export_that_is_none_is_refused_with_its_line(wired: Workspace, change: tuple[str, str], why: str) -> None:
    wired.config(files(billing="{from: stripe, file: subscriptions.csv, account: crm (metadata), fills: arr}"))
    text = STRIPE.format(shop="001a", short="001a", other="001b", known="001c", shut="001d").replace(*change)
    (wired.root / "subscriptions.csv").write_text(text, encoding="utf-8")
    ran = wired.golive("context", "sync", "--yes")
    assert (ran.code, why in ran.err, "subscriptions.csv:" in ran.err) == (2, True, True), ran.err
    assert wired.sandbox.writes() == []


def test_monthly_revenue_counts_twelve_times(wired: Workspace) -> None:
    shop = account(wired.sandbox, 1, "Shop")
    wired.config(files(billing="{from: chargebee, file: export.csv, account: customers.cf_crm, fills: arr}"))
    text = (
        f"customers.cf_crm,subscriptions.status,subscriptions.mrr,subscriptions.currency_code\n{shop},active,10,EUR\n"
    )
    (wired.root / "export.csv").write_text(text, encoding="utf-8")
    assert wired.golive("context", "sync", "--yes").code == 0
    assert held(wired.sandbox)["Shop"][1] == {"arr": 120.0}
