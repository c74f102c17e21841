"""What golive changes in the Automation API, beside the engine itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import grpc
import pytest
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS

import stacks.lean_stack  # noqa: F401 - it sets the options


def test_a_new_engine_is_reached_at_the_port_of_one_that_has_ended() -> None:
    server, port = engine_at(0)
    first = connection(port)
    assert asked(first) == b"here"
    server.stop(0).wait()
    with pytest.raises(grpc.RpcError):
        asked(first)  # and is still there, as something may hold it
    server, _ = engine_at(port)
    assert asked(connection(port)) == b"here"
    server.stop(0).wait()


def engine_at(port: int) -> tuple[grpc.Server, int]:
    """Somebody who answers as an engine does, and the port; 0 for any."""
    server = grpc.server(ThreadPoolExecutor(1))
    handler = grpc.unary_unary_rpc_method_handler(lambda request, context: b"here")
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("Engine", {"Ask": handler}),))
    bound = server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    return server, bound


def connection(port: int) -> grpc.Channel:
    """As the Automation API connects to an engine."""
    return grpc.insecure_channel(f"127.0.0.1:{port}", options=_GRPC_CHANNEL_OPTIONS)


def asked(channel: grpc.Channel) -> bytes:
    """The answer. Raises RpcError."""
    answer: bytes = channel.unary_unary("/Engine/Ask")(b"", timeout=10)
    return answer
