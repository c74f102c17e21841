"""The engine's provider protocol, over our providers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias, TypeVar

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from provisioners.detailed_diff import DetailedDiff
from provisioners.errors import SystemFault
from provisioners.host.faults import Redaction, refusal
from provisioners.host.parent import kill_engine
from provisioners.host.providers import Address, Providers
from provisioners.host.structs import plain, structure
from provisioners.live_objects import RESOURCE
from provisioners.provider import GenericProvider, PartialFailure
from provisioners.run_file import LAST_SECONDS

THREADS_PER_INSTANCE = 8
"""Calls to one system at a time; its session keeps to the vendor's limits."""

Answer = TypeVar("Answer")
Context: TypeAlias = Any  # grpc.aio.ServicerContext; grpc has no types

_KINDS = {"add": "ADD", "update": "UPDATE", "delete": "DELETE"}


class Servicer(provider_pb2_grpc.ResourceProviderServicer):
    """Each instance has threads of its own, so that a slow system holds up no other.

    Checks have theirs too: the engine checks one resource after the other, and must not wait behind writes.
    """

    def __init__(self, providers: Providers, redaction: Redaction) -> None:
        self.providers = providers
        self.redaction = redaction
        self._calls: dict[str, ThreadPoolExecutor] = {}
        self._checks = ThreadPoolExecutor(THREADS_PER_INSTANCE, "check")
        self._given_up = asyncio.Event()
        self._replaced: set[tuple[str, str]] = set()
        self._kept: dict[str, PartialFailure] = {}

    async def Handshake(self, request: Any, context: Context) -> Any:
        """Not offered: there is nothing to agree on before the configuration."""
        await context.abort(grpc.StatusCode.UNIMPLEMENTED, "not offered")

    async def GetPluginInfo(self, request: Any, context: Context) -> Any:
        return plugin_pb2.PluginInfo()

    async def CheckConfig(self, request: Any, context: Context) -> Any:
        return provider_pb2.CheckResponse(inputs=request.news)

    async def DiffConfig(self, request: Any, context: Context) -> Any:
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

    async def Configure(self, request: Any, context: Context) -> Any:
        """Creates and updates come in previews, too, and write nothing there. Otherwise the engine would take all that
        refers to a changed object for changed."""
        return provider_pb2.ConfigureResponse(supportsPreview=True)

    async def Cancel(self, request: Any, context: Context) -> Any:
        """Nothing new is sent from now on, and all waiting ends; soon that for answers, too."""
        self.providers.stop.set()
        asyncio.get_running_loop().call_later(LAST_SECONDS, self._given_up.set)
        return Empty()

    async def Check(self, request: Any, context: Context) -> Any:
        address = Address.of(request.urn)
        news = plain(request.news)

        def answer() -> Any:
            self.redaction.learn(news)
            try:
                provider = self.providers.provider(address)
            except SystemFault as fault:
                self.providers.unavailable(address, fault)
            else:
                provider.check(plain(request.olds), news)
            return provider_pb2.CheckResponse(inputs=request.news)

        return await self._answer(address, context, answer, self._checks)

    async def Diff(self, request: Any, context: Context) -> Any:
        address = Address.of(request.urn)

        def answer() -> Any:
            try:
                provider = self.providers.provider(address)
            except SystemFault:
                return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)
            found = provider.diff(request.id, plain(request.olds), plain(request.news))
            assert isinstance(found, DetailedDiff)  # noqa: S101 - both our providers give one
            if found.replaces and found.delete_before_replace:
                self._replaced.add((address.name, request.id))
            return _difference(found)

        return await self._answer(address, context, answer, self._checks)

    async def Create(self, request: Any, context: Context) -> Any:
        address = Address.of(request.urn)

        def answer() -> Any:
            if request.preview:
                return provider_pb2.CreateResponse(properties=request.properties)
            props = plain(request.properties)
            self.redaction.learn(props)
            if address.name in self._kept:
                raise self._kept.pop(address.name)
            made = self.providers.provider(address).create(props)
            return provider_pb2.CreateResponse(id=made.id, properties=structure(made.outs or {}))

        return await self._answer(address, context, answer, writes=True)

    async def Read(self, request: Any, context: Context) -> Any:
        address = Address.of(request.urn)

        def answer() -> Any:
            props, inputs = plain(request.properties), plain(request.inputs)
            self.redaction.learn(props)
            try:
                provider = self.providers.provider(address)
            except SystemFault as fault:
                self.providers.unavailable(address, fault)
                return provider_pb2.ReadResponse(id=request.id, properties=request.properties, inputs=request.inputs)
            if isinstance(provider, GenericProvider):
                found = provider.read(request.id, props, inputs or None)
            else:
                found = provider.read(request.id, props)
            return provider_pb2.ReadResponse(
                id=found.id or "",
                properties=structure(found.outs or {}),
                inputs=structure(found.inputs or inputs),
            )

        return await self._answer(address, context, answer)

    async def Update(self, request: Any, context: Context) -> Any:
        address = Address.of(request.urn)

        def answer() -> Any:
            if request.preview:
                return provider_pb2.UpdateResponse(properties=self._foreseen(address, request))
            news = plain(request.news)
            self.redaction.learn(news)
            updated = self.providers.provider(address).update(request.id, plain(request.olds), news)
            return provider_pb2.UpdateResponse(properties=structure(updated.outs or {}))

        return await self._answer(address, context, answer, writes=True)

    def _foreseen(self, address: Address, request: Any) -> Any:
        """What an update will come to, as far as that is known before."""
        try:
            provider = self.providers.provider(address)
        except SystemFault:
            return request.news
        if not isinstance(provider, GenericProvider):
            return request.news
        return structure(provider.foreseen(plain(request.olds), plain(request.news)))

    async def Delete(self, request: Any, context: Context) -> Any:
        """An object that has to go before its successor is made, and cannot go, is said to be gone; then making the
        successor fails, and gives the old object back to the state. The engine waits for ever for a successor whose
        predecessor it could not delete. The engine calls it by the name that it had before."""
        address = self.providers.as_called_now(Address.of(request.urn))

        def answer() -> Any:
            props = plain(request.properties)
            self.redaction.learn(props)
            try:
                self.providers.refuse_if_in_use(address)
                self.providers.provider(address).delete(request.id, props)
            except SystemFault as fault:
                if (address.name, request.id) not in self._replaced:
                    raise
                self._kept[address.name] = PartialFailure(request.id, props, fault)
            return Empty()

        return await self._answer(address, context, answer)

    async def _answer(
        self,
        address: Address,
        context: Context,
        work: Callable[[], Answer],
        threads: ThreadPoolExecutor | None = None,
        *,
        writes: bool = False,
    ) -> Answer:
        """The work's result; an error becomes a status with a plain message. writes: a failure leaves it behind."""

        def named() -> Answer:
            RESOURCE.set(address.name)
            return work()

        threads = threads or self._threads(address.instance)
        try:
            return await self._in_time(asyncio.get_running_loop().run_in_executor(threads, named), address)
        except Exception as error:
            if self.providers.left.is_set() and isinstance(error, SystemFault) and error.took_effect is None:
                kill_engine()
            if writes:
                self.providers.note_failure(address)
            said = refusal(error, address.name, self.providers.report, self.redaction)
            await context.abort(said.code, said.message, said.metadata)
            raise  # Not reached: abort raises.

    async def _in_time(self, answer: asyncio.Future[Answer], address: Address) -> Answer:
        """The answer, unless the run is stopped and it does not come soon. Raises SystemFault."""
        overdue = asyncio.ensure_future(self._given_up.wait())
        both: set[asyncio.Future[Any]] = {answer, overdue}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        overdue.cancel()
        if answer.done():
            return answer.result()
        raise SystemFault(
            "stopped",
            address.name,
            "the run was stopped, and the answer to what had been sent did not come in time",
            "Run `golive up` again: it finds out what became of it.",
            took_effect=None,
        )

    def _threads(self, instance: str) -> ThreadPoolExecutor:
        if instance not in self._calls:
            self._calls[instance] = ThreadPoolExecutor(THREADS_PER_INSTANCE, instance)
        return self._calls[instance]


def _difference(found: DetailedDiff) -> Any:
    replaced = set(found.replaces or [])
    response = provider_pb2.DiffResponse
    detailed = {
        path: provider_pb2.PropertyDiff(
            kind=getattr(provider_pb2.PropertyDiff.Kind, _KINDS[kind] + ("_REPLACE" if path in replaced else ""))
        )
        for path, kind in found.detailed.items()
    }
    return response(
        changes=response.DIFF_SOME if found.detailed else response.DIFF_NONE,
        replaces=found.replaces,
        deleteBeforeReplace=bool(found.delete_before_replace),
        diffs=sorted({path.split(".", 1)[0].split("[", 1)[0] for path in found.detailed}),
        detailedDiff=detailed,
        hasDetailedDiff=True,
    )
