"""Started by the engine as `pulumi-resource-pulumi-python`: serves until the engine ends it, or dies with it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from provisioners.host.faults import Redaction
from provisioners.host.parent import die_with_parent, engine, stop_without_golive
from provisioners.host.providers import Providers
from provisioners.host.servicer import Servicer
from provisioners.run_file import RunFolder

LARGEST_MESSAGE = 400 * 1024 * 1024


async def serve() -> None:
    """Serve one run: read its request, tell the engine the port on stdout, answer for ever."""
    run = RunFolder.from_environment()
    request = run.read_request()
    redaction = Redaction()
    redaction.learn([[settings.token, settings.sign_in] for settings in request.systems.values()])

    def report(event: str, facts: Mapping[str, Any]) -> None:
        run.report(event, redaction.value(facts))

    server = grpc.aio.server(options=[("grpc.max_receive_message_length", LARGEST_MESSAGE)])
    providers = Providers(request, report)
    servicer = Servicer(providers, redaction)
    stop_without_golive(run, providers.leave)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    run.note_host(engine(), port)
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await server.wait_for_termination()


def main() -> None:
    # We have a process group of our own, so Ctrl-C in a terminal does not come here: this is the engine, when it
    # is done with us. It waits five seconds for those who do not go.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: os._exit(0))
    die_with_parent()
    asyncio.run(serve())


if __name__ == "__main__":
    main()
