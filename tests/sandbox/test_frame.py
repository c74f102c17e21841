"""The sandbox's frame: sign-in, access log, faults, settings, reset, the state file."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from sandbox.__main__ import main, read_seed
from sandbox.access_log import AccessLog, query_without_secrets, without_secrets
from sandbox.app import create_app
from sandbox.faults import Faults, UnknownFaultError
from sandbox.store import SAVE_DELAY, BrokenStateError, Store
from sandbox.system import Call, find_systems, load_system
from tests.live_sandbox import running_sandbox
from tests.sandbox.client import Client, Zendesk

GROUP = {"group": {"name": "Tier 1"}}


def fault(zendesk: Zendesk, **rule: Any) -> None:
    answer = zendesk.admin.post("/sandbox/faults", {"system": "zendesk", **rule})
    assert answer.status_code == 200, answer.text


def group_names(zendesk: Zendesk) -> list[str]:
    return zendesk.titles("groups", "groups", "name")


def test_status_names_the_sandbox_its_systems_and_counts() -> None:
    status = Zendesk().admin.get("/sandbox").json()
    assert status["golive_sandbox"] == 1
    assert status["systems"] == ["zendesk"]
    assert status["counts"]["zendesk"]["groups"] == 1
    assert status["pid"] > 0


def test_every_system_of_the_folder_is_found() -> None:
    assert {"zendesk", "salesforce", "hubspot", "slack"} <= set(find_systems())


@pytest.mark.parametrize("token", [None, "wrong"])
def test_a_missing_or_wrong_token_is_refused_in_the_vendors_words(token: str | None) -> None:
    zendesk = Zendesk()
    answer = zendesk.as_token(token).get("groups")
    assert answer.status_code == 401
    assert answer.json()["error"] == ("Couldn't authenticate you" if token is None else "invalid_token")


def test_the_narrow_token_reads_and_may_not_write() -> None:
    zendesk = Zendesk()
    narrow = zendesk.as_token("sandbox-narrow")
    assert narrow.get("groups").status_code == 200
    assert narrow.post("groups", GROUP).status_code == 403
    assert narrow.get("oauth/tokens/current").json()["token"]["scopes"] == ["read"]
    assert group_names(zendesk) == ["Support"]


def test_another_token_can_be_chosen() -> None:
    app = create_app(Store(), token="mine", systems={"zendesk": load_system("zendesk")})
    assert Client(app, "mine", "/zendesk/api/v2/").get("groups").status_code == 200
    assert Client(app, "sandbox", "/zendesk/api/v2/").get("groups").status_code == 401


def test_users_me_without_a_token_is_an_anonymous_user() -> None:
    answer = Zendesk().as_token(None).get("users/me.json")
    assert (answer.status_code, answer.json()["user"]["id"]) == (200, None)


def test_unknown_paths_get_the_vendors_or_a_plain_404() -> None:
    zendesk = Zendesk()
    assert zendesk.get("nothing").json()["error"] == "InvalidEndpoint"
    answer = Client(zendesk.app, "sandbox").get("/zendesk/elsewhere")
    assert (answer.status_code, answer.json()["error"]) == (404, "InvalidEndpoint")
    assert Client(zendesk.app, "sandbox").get("/hubspot/v3").status_code == 404


@pytest.mark.parametrize("path", ["/pager", "/risk-desk", "/inbox/deals/new"])
def test_inboxes_accept_and_note_everything(path: str) -> None:
    zendesk = Zendesk()
    outside = Client(zendesk.app, None)
    assert outside.post(path, {"ticket": 7}).status_code == 200
    entry = zendesk.admin.get("/sandbox/log").json()["log"][-1]
    assert entry["system"] == path.split("/")[1]
    assert entry["body"] == {"ticket": 7}


def test_the_log_notes_calls_without_secrets() -> None:
    zendesk = Zendesk()
    zendesk.get("groups?page[size]=5&token=top-secret")
    zendesk.make(
        "webhooks",
        "webhook",
        name="Pager",
        endpoint="https://example.com",
        http_method="POST",
        request_format="json",
        status="active",
        authentication={"type": "bearer_token", "data": {"token": "top-secret"}, "add_position": "header"},
        custom_headers={"X-Key": "top-secret"},
    )
    read, written = zendesk.admin.get("/sandbox/log").json()["log"]
    assert (read["method"], read["path"], read["status"]) == ("GET", "/api/v2/groups", 200)
    assert read["writes"] is False and "body" not in read
    assert written["authorization"] == "bearer" and written["writes"] is True
    assert written["body"]["webhook"]["name"] == "Pager"
    assert "top-secret" not in json.dumps([read, written])
    assert zendesk.admin.delete("/sandbox/log").json() == {"log": []}


def test_secrets_are_hidden_wherever_they_stand() -> None:
    assert without_secrets([{"password": "x", "a": {"client_secret": "y", "b": 1}}]) == [
        {"password": "(hidden)", "a": {"client_secret": "(hidden)", "b": 1}}
    ]
    assert query_without_secrets("a=1") == "a=1"
    assert "y" not in query_without_secrets("token=y")


def test_forms_are_noted_as_fields() -> None:
    log = AccessLog()
    headers = {"content-type": "application/x-www-form-urlencoded"}
    log.add(Call("slack", "POST", "/api/x", "", headers, b"token=s&name=a"), writes=True, status=200, at=0, fault=None)
    assert log.entries()[0]["body"] == {"token": "(hidden)", "name": "a"}


def test_a_body_that_is_no_json_is_noted_as_nothing() -> None:
    assert Call("x", "POST", "/", "", {}, b"{").document() is None


def test_reset_goes_back_to_the_seed_to_empty_or_to_another_seed() -> None:
    zendesk = Zendesk({"groups": [{"name": "Tier 2"}]})
    zendesk.make("groups", "group", name="Made")
    fault(zendesk, kind="error_500", path="/users")
    zendesk.admin.post("/sandbox/reset")
    assert group_names(zendesk) == ["Support", "Tier 2"]
    assert zendesk.get("users").status_code == 200
    zendesk.admin.post("/sandbox/reset", {"empty": True})
    assert group_names(zendesk) == ["Support"]
    zendesk.admin.post("/sandbox/reset", {"seed": {"zendesk": {"groups": [{"name": "Other"}]}}})
    assert group_names(zendesk) == ["Support", "Other"]
    assert zendesk.admin.post("/sandbox/reset", {"seed": []}).status_code == 400


def test_ids_are_never_used_twice_not_even_after_a_reset() -> None:
    zendesk = Zendesk()
    before = zendesk.make("groups", "group", name="A")["id"]
    zendesk.admin.post("/sandbox/reset")
    assert zendesk.make("groups", "group", name="A")["id"] > before


def test_settings_are_changed_by_system_and_null_removes_one() -> None:
    zendesk = Zendesk()
    answer = zendesk.admin.post("/sandbox/settings", {"zendesk": {"calls_per_minute": 3}})
    assert answer.json()["zendesk"]["calls_per_minute"] == 3
    zendesk.admin.post("/sandbox/settings", {"zendesk": {"calls_per_minute": None}})
    assert "calls_per_minute" not in zendesk.admin.get("/sandbox/settings").json()["zendesk"]
    assert zendesk.admin.post("/sandbox/settings", {"nobody": {"a": 1}}).status_code == 400
    assert zendesk.admin.call("POST", "/sandbox/settings", raw=b"{").status_code == 200


def test_stop_calls_what_it_was_given() -> None:
    stopped: list[bool] = []
    app = create_app(Store(), stop=lambda: stopped.append(True), systems={"zendesk": load_system("zendesk")})
    assert Client(app).post("/sandbox/stop").json() == {"stopping": True}
    assert stopped == [True]


# Faults


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("throttle", 429),
        ("throttle_without_header", 429),
        ("error_500", 500),
        ("error_503", 503),
        ("unauthorized", 401),
        ("forbidden", 403),
    ],
)
def test_refusing_faults_answer_without_effect(kind: str, status: int) -> None:
    zendesk = Zendesk()
    fault(zendesk, kind=kind, times=1, value=7 if kind == "throttle" else None)
    answer = zendesk.post("groups", GROUP)
    assert answer.status_code == status
    assert answer.headers.get("retry-after") == ("7" if kind == "throttle" else None)
    assert group_names(zendesk) == ["Support"]
    assert zendesk.admin.get("/sandbox/log").json()["log"][0]["fault"] == kind


def test_a_connection_can_be_cut_before_and_after_the_effect() -> None:
    zendesk = Zendesk()
    fault(zendesk, kind="cut_before", method="post", times=1)
    with pytest.raises(ConnectionResetError):
        zendesk.post("groups", GROUP)
    assert group_names(zendesk) == ["Support"]
    fault(zendesk, kind="cut_after", method="POST", times=1)
    with pytest.raises(ConnectionResetError):
        zendesk.post("groups", GROUP)
    assert group_names(zendesk) == ["Support", "Tier 1"]
    assert [entry["status"] for entry in zendesk.admin.get("/sandbox/log").json()["log"]].count(0) == 2


def test_answers_can_be_truncated_or_a_page() -> None:
    zendesk = Zendesk()
    fault(zendesk, kind="truncated", times=1)
    answer = zendesk.post("groups", GROUP)
    assert answer.status_code == 201
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert "Tier 1" in group_names(zendesk)
    fault(zendesk, kind="html", value=502, times=1)
    answer = zendesk.post("groups", {"group": {"name": "Tier 2"}})
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert "Tier 2" not in group_names(zendesk)


def test_a_field_can_vanish_from_a_write_without_a_warning() -> None:
    zendesk = Zendesk()
    fault(zendesk, kind="drop_field", value="description", times=1)
    answer = zendesk.post("groups", {"group": {"name": "Tier 1", "description": "First line"}})
    assert answer.json()["group"]["description"] == ""
    assert "x-zendesk-api-warn" not in answer.headers
    fault(zendesk, kind="drop_field", value="x", times=1)
    assert zendesk.call("POST", "groups", raw=b"[1]").status_code == 400


def test_lists_lag_and_omit() -> None:
    zendesk = Zendesk()
    fault(zendesk, kind="lag", value=10, path="/groups$")
    made = zendesk.make("groups", "group", name="Tier 1")
    assert group_names(zendesk) == ["Support"]
    assert zendesk.get(f"groups/{made['id']}").status_code == 200
    zendesk.clock.now += 11
    assert group_names(zendesk) == ["Support", "Tier 1"]
    zendesk.admin.delete("/sandbox/faults")
    fault(zendesk, kind="omit", value=made["id"])
    assert group_names(zendesk) == ["Support"]
    zendesk.admin.delete("/sandbox/faults")
    fault(zendesk, kind="omit", value=1.0)
    assert group_names(zendesk) == []
    zendesk.admin.delete("/sandbox/faults")
    assert group_names(zendesk) == ["Support", "Tier 1"]


def test_latency_waits() -> None:
    zendesk = Zendesk()
    fault(zendesk, kind="latency", value=1)
    assert zendesk.get("groups").status_code == 200
    assert zendesk.admin.get("/sandbox/faults").json()["faults"][0]["fired"] == 1


def test_a_rate_and_a_seed_make_the_same_calls_fail_each_time() -> None:
    def failures() -> list[int]:
        zendesk = Zendesk()
        fault(zendesk, kind="error_500", rate=0.5, seed=3)
        return [zendesk.get("groups").status_code for _ in range(30)]

    first = failures()
    assert first == failures()
    assert 5 < first.count(500) < 25


def test_a_fault_strikes_only_where_it_is_aimed() -> None:
    zendesk = Zendesk()
    fault(zendesk, kind="error_500", method="POST", path="/groups")
    fault(zendesk, system="pager", kind="error_500")
    assert zendesk.get("groups").status_code == 200
    assert zendesk.post("organizations", {"organization": {"name": "A"}}).status_code == 201
    assert zendesk.post("groups", GROUP).status_code == 500


def test_a_token_can_end_in_mid_run() -> None:
    zendesk = Zendesk()
    fault(zendesk, kind="unauthorized", after=2)
    assert [zendesk.get("groups").status_code for _ in range(4)] == [200, 200, 401, 401]


def test_inboxes_can_fail_too() -> None:
    zendesk = Zendesk()
    zendesk.admin.post("/sandbox/faults", {"rules": [{"system": "pager", "kind": "error_503"}]})
    assert Client(zendesk.app, None).post("/pager", {}).status_code == 503


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "meteor"},
        {"kind": "html", "colour": "red"},
        {"kind": "html", "rate": 2},
        {"kind": "html", "path": "("},
        {"kind": "latency", "value": "long"},
    ],
)
def test_a_rule_that_means_nothing_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(UnknownFaultError):
        Faults().add(rule)
    assert Zendesk().admin.post("/sandbox/faults", rule).status_code == 400


# The state file


def test_the_state_file_keeps_everything(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "state.json"
    systems = {"zendesk": load_system("zendesk")}
    store = Store(file)
    client = Client(create_app(store, systems=systems), "sandbox", "/zendesk/api/v2/")
    made = client.post("groups", GROUP).json()["group"]
    store.save()
    again = Store(file)
    client = Client(
        create_app(again, seed={"zendesk": {"groups": [{"name": "New"}]}}, systems=systems),
        "sandbox",
        "/zendesk/api/v2/",
    )
    assert [row["name"] for row in client.get("groups").json()["groups"]] == ["Support", "Tier 1"]
    assert client.post("groups", GROUP).json()["group"]["id"] > made["id"]
    assert again.counts()["zendesk"]["groups"] == 3


def test_a_write_is_saved_soon_and_a_burst_once(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    store = Store(file)

    async def burst() -> None:
        store.table("x", "y")["1"] = {"id": 1}
        store.touch()
        store.table("x", "y")["2"] = {"id": 2}
        store.touch()
        assert not file.exists()
        await asyncio.sleep(SAVE_DELAY + 0.15)

    asyncio.run(burst())
    assert list(json.loads(file.read_text())["tables"]["x"]["y"]) == ["1", "2"]
    assert [one.name for one in tmp_path.iterdir()] == ["state.json"]


def test_touch_without_an_event_loop_and_without_a_file_only_notes(tmp_path: Path) -> None:
    Store().touch()
    store = Store(tmp_path / "state.json")
    store.save()
    assert not (tmp_path / "state.json").exists()
    store.touch()
    store.save()
    assert (tmp_path / "state.json").exists()


@pytest.mark.parametrize("text", ["{", "[]", '{"golive_sandbox": 99}'])
def test_a_broken_state_file_says_what_to_do(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "state.json"
    file.write_text(text)
    with pytest.raises(BrokenStateError, match="Delete it"):
        Store(file)
    assert main(["--state", str(file)]) == 1
    assert "Delete it" in capsys.readouterr().err


def test_a_seed_file_is_a_mapping_of_systems(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("zendesk: {groups: [{name: Tier 1}]}\n")
    bad.write_text("- 1\n")
    assert read_seed(good) == {"zendesk": {"groups": [{"name": "Tier 1"}]}}
    with pytest.raises(ValueError, match="maps system names"):
        read_seed(bad)


@pytest.mark.parametrize(
    ("seed", "said"),
    [
        ({"zendsk": {}}, "start state: there is no `zendsk`; did you mean `zendesk`?"),
        ({"zendesk": {"plann": "team"}}, "zendesk: there is no `plann`; did you mean `plan`?"),
        ({"zendesk": {"plan": "suite_enterprize"}}, "zendesk: `plan: suite_enterprize` is no plan; there is team,"),
        ({"zendesk": {"groups": 5}}, "zendesk: `groups` is a list of objects"),
        ({"zendesk": 5}, "zendesk: what stands below it is a mapping"),
        ({"slack": {"chanels": []}}, "slack: there is no `chanels`; did you mean `channels`?"),
        ({"slack": {"users": [{"name": "Ana"}]}}, "slack: what it lists lacks or misspells something"),
        ({"salesforce": {"user": []}}, "salesforce: there is no `user`; did you mean `users`?"),
    ],
)
def test_a_start_state_that_means_nothing_is_refused_and_what_was_there_stays(seed: dict[str, Any], said: str) -> None:
    with running_sandbox({"zendesk": {"groups": [{"name": "Kept"}]}}) as sandbox:
        request = urllib.request.Request(
            f"{sandbox.url}/sandbox/reset",
            data=json.dumps({"seed": seed}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=5)
        assert refused.value.code == 400
        assert said in json.load(refused.value)["error"]
        assert "Kept" in {each["name"] for each in sandbox.zendesk("GET", "groups")["groups"]}


@pytest.mark.parametrize("plan", ["enterprise", "suite_enterprise", "support_enterprise"])
def test_a_plan_is_spelled_as_it_is_sold_or_by_its_level(plan: str) -> None:
    with running_sandbox({"zendesk": {"plan": plan}}) as sandbox:
        assert sandbox.zendesk("GET", "custom_roles")["custom_roles"] is not None
        sandbox.settings("zendesk", usual_plan="suite_team")
        assert sandbox.zendesk("GET", "custom_roles")["custom_roles"] is not None
    with running_sandbox() as sandbox:
        with pytest.raises(urllib.error.HTTPError):
            sandbox.zendesk("GET", "routing/attributes")
        sandbox.settings("zendesk", usual_plan=plan)
        assert sandbox.zendesk("GET", "routing/attributes")["attributes"] == []


@pytest.mark.parametrize("seed", [{"planets": []}, {"plan": "gold"}, {"groups": [{"description": "no name"}]}])
def test_a_seed_that_means_nothing_is_refused(seed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="zendesk"):
        Zendesk(seed)


def test_a_memory_that_takes_long_to_save_is_saved_less_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 2.0])
    store = Store(tmp_path / "state.json")
    store.touch()
    with monkeypatch.context() as slow:
        slow.setattr("sandbox.store.time.monotonic", lambda: next(ticks))
        store.save()
    delays: list[float] = []

    async def touched() -> None:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "call_later", lambda delay, action: delays.append(delay))
        store.touch()

    asyncio.run(touched())
    assert delays == [20.0]


def test_of_a_large_body_the_log_keeps_the_size() -> None:
    log = AccessLog()
    for size in (10, 50_000):
        body = json.dumps({"text": "x" * size}).encode()
        log.add(Call("zendesk", "POST", "x", "", {}, body), writes=True, status=200, at=0.0, fault=None)
    small, large = log.entries()
    assert small["body"] == {"text": "x" * 10} and "body" not in large and large["bytes"] > 50_000
