"""The host's protocol over gRPC, in this process, with the toy system."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc, status_pb2
from toy_system import SYSTEM

from provisioners.errors import SystemFault
from provisioners.host import providers, servicer
from provisioners.host.faults import Redaction, refusal
from provisioners.host.providers import Address, Providers, engine_type, our_type
from provisioners.host.servicer import THREADS_PER_INSTANCE, Servicer
from provisioners.host.structs import plain, structure
from provisioners.payload import encode
from provisioners.run_file import RunRequest, SystemSettings
from provisioners.sign_in import Grant, Granted
from tests.engine.conftest import Account

PREFIX = "urn:pulumi:sandbox::acme::pulumi-python:dynamic/"
THING = PREFIX + "toy:Thing::helpdesk/things/a"


class Served:
    """A served run and a stub to ask it."""

    def __init__(self, root: Path) -> None:
        self.account = Account(root)
        self.reports: list[tuple[str, dict[str, Any]]] = []
        settings = {"helpdesk": SystemSettings("toy", str(root), "env:TOY_TOKEN")}
        redaction = Redaction()
        redaction.learn("env:TOY_TOKEN")
        self.providers = Providers(
            RunRequest("up", settings), lambda event, facts: self.reports.append((event, dict(facts)))
        )
        self._ready = threading.Event()
        self._redaction = redaction
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        assert self._ready.wait(10)
        self.stub = provider_pb2_grpc.ResourceProviderStub(grpc.insecure_channel(f"127.0.0.1:{self.port}"))

    async def _serve(self) -> None:
        server = grpc.aio.server()
        provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(self.providers, self._redaction), server)
        self.port = server.add_insecure_port("127.0.0.1:0")
        await server.start()
        self._stop = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._ready.set()
        await self._stop.wait()
        await server.stop(0)

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)

    def create(self, urn: str = THING, preview: bool = False, **payload: Any) -> Any:
        return self.stub.Create(
            provider_pb2.CreateRequest(urn=urn, properties=structure(props(**payload)), preview=preview)
        )


def props(**payload: Any) -> dict[str, Any]:
    return {
        "payload": encode(payload),
        "mode": "managed",
        "on_remove": "delete",
        "optional": False,
        "format": 1,
    }


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    def named(name: str) -> Any:
        assert name == "toy"
        return SYSTEM

    monkeypatch.setattr(providers, "system_named", named)
    run = Served(tmp_path)
    yield run
    run.end()


def test_create_read_update_delete(served: Served) -> None:
    made = served.create(name="a", n=1)
    outputs = plain(made.properties)
    assert outputs["payload"] == {"name": "a", "n": 1.0} and outputs["address"] == f"{made.id}@toy"
    served.account.edit("a", n=2)
    served.providers.provider(Address.of(THING)).objects.forget()  # type: ignore[attr-defined]
    read = served.stub.Read(
        provider_pb2.ReadRequest(
            id=made.id, urn=THING, properties=made.properties, inputs=structure(props(name="a", n=1))
        )
    )
    assert plain(read.inputs)["payload"] == {"name": "a", "n": 2.0}
    news = structure(props(name="a", n=3, m=None))
    diff = served.stub.Diff(provider_pb2.DiffRequest(id=made.id, urn=THING, olds=read.properties, news=news))
    kinds = provider_pb2.PropertyDiff
    assert diff.changes == provider_pb2.DiffResponse.DIFF_SOME and diff.hasDetailedDiff
    assert {path: each.kind for path, each in diff.detailedDiff.items()} == {
        "payload.n": kinds.UPDATE,
        "payload.m": kinds.ADD,
    }
    assert list(diff.diffs) == ["payload"] and diff.deleteBeforeReplace
    updated = served.stub.Update(provider_pb2.UpdateRequest(id=made.id, urn=THING, olds=read.properties, news=news))
    assert plain(updated.properties)["payload"] == {"name": "a", "n": 3.0, "m": "~null"}
    served.stub.Delete(provider_pb2.DeleteRequest(id=made.id, urn=THING, properties=updated.properties))
    assert served.account.live() == {}
    gone = served.stub.Read(provider_pb2.ReadRequest(id=made.id, urn=THING, properties=made.properties))
    assert gone.id == ""


def test_a_replacement_is_told_by_attribute(served: Served) -> None:
    diff = served.stub.Diff(
        provider_pb2.DiffRequest(
            id="1", urn=THING, olds=structure(props(name="a", kind=1)), news=structure(props(name="a", kind=2))
        )
    )
    assert list(diff.replaces) == ["payload.kind"]
    assert diff.detailedDiff["payload.kind"].kind == provider_pb2.PropertyDiff.UPDATE_REPLACE


def test_previews_write_nothing(served: Served) -> None:
    assert served.create(preview=True, name="a").id == ""
    served.stub.Update(
        provider_pb2.UpdateRequest(
            id="1", urn=THING, olds=structure(props(n=1)), news=structure(props(n=2)), preview=True
        )
    )
    assert served.account.calls() == []


def test_the_engine_is_told_that_previews_are_supported(served: Served) -> None:
    with pytest.raises(grpc.RpcError) as raised:
        served.stub.Handshake(provider_pb2.ProviderHandshakeRequest())
    assert raised.value.code() == grpc.StatusCode.UNIMPLEMENTED
    assert served.stub.Configure(provider_pb2.ConfigureRequest()).supportsPreview
    assert served.stub.GetPluginInfo(Empty()) == plugin_pb2.PluginInfo()
    inputs = structure({"a": 1})
    assert served.stub.CheckConfig(provider_pb2.CheckRequest(news=inputs)).inputs == inputs
    unchanged = served.stub.DiffConfig(provider_pb2.DiffRequest())
    assert unchanged.changes == provider_pb2.DiffResponse.DIFF_NONE


def test_check_gives_back_what_it_got_and_lists(served: Served) -> None:
    news = structure(props(name="a", n=None))
    checked = served.stub.Check(provider_pb2.CheckRequest(urn=THING, news=news))
    assert checked.inputs == news and not checked.failures
    assert [event for event, _ in served.reports] == ["listed"]


def test_a_partial_failure_carries_id_and_state(served: Served) -> None:
    served.account.faults(create_a="drop note")
    with pytest.raises(grpc.RpcError) as raised:
        served.create(name="a", note="x")
    metadata = dict(raised.value.trailing_metadata())
    status = status_pb2.Status.FromString(metadata["grpc-status-details-bin"])
    failed = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(failed)
    assert failed.id == served.account.id_of("a")
    assert plain(failed.properties)["payload"] == {"name": "a"}
    assert "note" in failed.reasons[0]


def test_expected_faults_and_bugs_have_plain_messages(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOY_TOKEN", "s3cr3t")
    served.account.faults(create_a="credentials", create_b="bug")
    with pytest.raises(grpc.RpcError) as raised:
        served.create(name="b")
    assert raised.value.code() == grpc.StatusCode.INTERNAL
    assert "KeyError" in raised.value.details() and "Traceback" not in raised.value.details()
    with pytest.raises(grpc.RpcError) as raised:
        served.create(name="a")
    assert raised.value.details() == "toy a: the token <TOY_TOKEN> is wrong"
    assert raised.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    assert [event for event, _ in served.reports] == ["listed", "begun", "bug", "begun", "fault"]


def test_unknown_types_and_instances(served: Served) -> None:
    for urn, code in ((PREFIX + "toy:None::helpdesk/x/y", "knows no toy:None"), (PREFIX + "toy:Thing::crm/x/y", "crm")):
        with pytest.raises(grpc.RpcError) as raised:
            served.create(urn, name="a")
        assert code in raised.value.details()
        state = structure(props(name="a"))
        read = served.stub.Read(provider_pb2.ReadRequest(id="1", urn=urn, properties=state, inputs=state))
        assert (read.id, read.properties, read.inputs) == ("1", state, state)
        diff = served.stub.Diff(provider_pb2.DiffRequest(id="1", urn=urn, olds=state, news=state))
        assert diff.changes == provider_pb2.DiffResponse.DIFF_NONE
    assert [facts["instance"] for event, facts in served.reports if event == "not_read"] == ["helpdesk", "crm"]


def test_the_record_keeps_what_it_is_given(served: Served) -> None:
    urn = PREFIX + "golive:Record::golive/record/environment"
    made = served.create(urn, phase="build")
    assert made.id == "record"
    same = structure(props(phase="build"))
    other = structure(props(phase="rollout", more=None))
    state = made.properties

    def diff(news: Any) -> Any:
        return served.stub.Diff(provider_pb2.DiffRequest(id="record", urn=urn, olds=state, news=news))

    assert diff(same).changes == provider_pb2.DiffResponse.DIFF_NONE
    assert set(diff(other).detailedDiff) == {"payload.phase", "payload.more"}
    read = served.stub.Read(provider_pb2.ReadRequest(id="record", urn=urn, properties=state, inputs=same))
    assert (read.properties, read.inputs) == (state, same)
    checked = served.stub.Check(provider_pb2.CheckRequest(urn=urn, news=other))
    assert checked.inputs == other
    updated = served.stub.Update(provider_pb2.UpdateRequest(id="record", urn=urn, olds=state, news=other))
    assert updated.properties == other
    served.stub.Delete(provider_pb2.DeleteRequest(id="record", urn=urn, properties=other))


def test_calls_run_side_by_side_and_a_cancel_ends_their_waiting(served: Served) -> None:
    served.account.faults(create_any="slow 20")
    request = [
        served.stub.Create.future(
            provider_pb2.CreateRequest(
                urn=f"{PREFIX}toy:Thing::helpdesk/things/n{number}", properties=structure(props(name=f"n{number}"))
            )
        )
        for number in range(THREADS_PER_INSTANCE + 4)
    ]
    while len(served.account.calls("create")) < THREADS_PER_INSTANCE:
        time.sleep(0.01)
    record = PREFIX + "golive:Record::golive/record/environment"
    assert served.create(record, phase="build").id == "record"
    started = time.monotonic()
    served.stub.Cancel(Empty())
    codes = [future.exception(timeout=10).code() for future in request]
    assert time.monotonic() - started < 5
    assert codes == [grpc.StatusCode.FAILED_PRECONDITION] * len(request)
    assert len(served.account.calls("create")) == THREADS_PER_INSTANCE
    assert served.account.live() == {}


def test_a_stopped_run_does_not_wait_for_ever(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servicer, "LAST_SECONDS", 0.3)
    served.account.faults(create_any="deaf 3")
    waiting = served.stub.Create.future(provider_pb2.CreateRequest(urn=THING, properties=structure(props(name="a"))))
    while not served.account.calls("create"):
        time.sleep(0.01)
    started = time.monotonic()
    served.stub.Cancel(Empty())
    error = waiting.exception(timeout=2)
    assert time.monotonic() - started < 2
    assert "did not come in time" in error.details()
    assert served.reports[-1][1]["took_effect"] is None


def test_addresses() -> None:
    nested = Address.of("urn:pulumi:s::p::pulumi:pulumi:Stack$pulumi-python:dynamic/zendesk:Trigger::helpdesk/a/b/c")
    assert (nested.type, nested.name, nested.instance) == ("zendesk:Trigger", "helpdesk/a/b/c", "helpdesk")
    assert our_type(engine_type("slack:Channel")) == "slack:Channel"
    with pytest.raises(ValueError, match="not a type"):
        Address.of("urn:pulumi:s::p::aws:s3:Bucket::x")
    with pytest.raises(ValueError, match="not a URN"):
        Address.of("x::y")


def test_structures_unwrap_secrets() -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": [None, True]}
    assert plain(structure({"a": secret, "b": "x"})) == {"a": [None, True], "b": "x"}


def test_redaction_reaches_into_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "hunter22")
    monkeypatch.setenv("SHORT", "abc")
    redaction = Redaction()
    redaction.learn({"a": [{"b": "env:HOOK"}], "c": "env:SHORT", "d": 1})
    assert redaction.value({"x": ["hunter22!", 1, None], "y": "abc"}) == {"x": ["<HOOK>!", 1, None], "y": "abc"}
    assert Granted(lambda refused: Grant("granted-word")).header() == "Bearer granted-word"
    assert redaction.text("with granted-word") == "with <token>"


def test_a_fault_is_reported_with_what_to_do() -> None:
    reports: list[Any] = []
    fault = SystemFault("refused", "trigger x", "no", "Do that.", took_effect=None)
    said = refusal(fault, "helpdesk/triggers/x", lambda *event: reports.append(event), Redaction())
    assert said.message == "trigger x: no Do that." and said.metadata == ()
    assert reports[0][1]["do"] == "Do that." and reports[0][1]["took_effect"] is None
