"""The floor: the engine as it comes, with the same resources, over a provider that does nothing.

`python -m tests.bench.floor VERB FOLDER` makes one of golive's sequences of engine calls; the resources are those that
golive itself has compiled, kept in a file. Nothing that golive does to be faster is in it.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
from pathlib import Path
from typing import Any

from pulumi.automation import LocalWorkspace, Stack

from stacks.backend import backend_url, engine_environment, project_folder, state_file
from stacks.command import EngineCommand
from stacks.engine.locate import engine_folder
from stacks.interruption import Interruption

RESOURCES = "resources.pickle"
PROJECT = "floor"
ENVIRONMENT = "sandbox"


async def serve() -> None:
    """A host whose every answer is what it was given."""
    import grpc
    from google.protobuf.empty_pb2 import Empty
    from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

    class Nothing(provider_pb2_grpc.ResourceProviderServicer):
        async def Handshake(self, request: Any, context: Any) -> Any:
            await context.abort(grpc.StatusCode.UNIMPLEMENTED, "not offered")

        async def GetPluginInfo(self, request: Any, context: Any) -> Any:
            return plugin_pb2.PluginInfo()

        async def CheckConfig(self, request: Any, context: Any) -> Any:
            return provider_pb2.CheckResponse(inputs=request.news)

        async def DiffConfig(self, request: Any, context: Any) -> Any:
            return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

        async def Configure(self, request: Any, context: Any) -> Any:
            return provider_pb2.ConfigureResponse()

        async def Cancel(self, request: Any, context: Any) -> Any:
            return Empty()

        async def Check(self, request: Any, context: Any) -> Any:
            return provider_pb2.CheckResponse(inputs=request.news)

        async def Diff(self, request: Any, context: Any) -> Any:
            return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

        async def Create(self, request: Any, context: Any) -> Any:
            return provider_pb2.CreateResponse(id=request.urn.rsplit("::", 1)[1], properties=request.properties)

        async def Read(self, request: Any, context: Any) -> Any:
            return provider_pb2.ReadResponse(id=request.id, properties=request.properties, inputs=request.inputs)

        async def Update(self, request: Any, context: Any) -> Any:
            return provider_pb2.UpdateResponse(properties=request.news)

        async def Delete(self, request: Any, context: Any) -> Any:
            return Empty()

    server = grpc.aio.server(options=[("grpc.max_receive_message_length", 400 * 1024 * 1024)])
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Nothing(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await server.wait_for_termination()


def run(verb: str, folder: Path) -> None:
    """The engine calls of one of golive's verbs, straight through the engine's Automation API."""
    from provisioners.run_file import RunFolder, RunRequest
    from stacks.program import program

    resources = pickle.loads((folder / RESOURCES).read_bytes())
    host = folder / "host"
    root = Path(__file__).parents[2]
    host.write_text(f'#!/bin/sh\ncd "{root}" && exec "{sys.executable}" -m tests.bench.floor host\n')
    host.chmod(0o755)
    run_folder = RunFolder(folder / "run")
    run_folder.write_request(RunRequest("plan", {}))
    stack = _stack(folder, run_folder.folder, str(host))
    heard: dict[str, Any] = {"parallel": 64, "suppress_progress": True, "on_event": lambda event: None}
    if verb == "up" and not state_file(folder, PROJECT, ENVIRONMENT).exists():
        stack.workspace.create_stack(ENVIRONMENT)
    if verb in ("plan", "up"):
        stack.preview(program=program(resources), refresh=True, plan=str(folder / "plan.json"), **heard)
    if verb == "up":
        stack.up(program=program(resources), refresh=True, continue_on_error=True, show_secrets=False, **heard)
    if verb == "drift":
        stack.preview_refresh(**heard)
    if verb == "destroy":
        stack.destroy(continue_on_error=True, show_secrets=False, **heard)


def _stack(folder: Path, run: Path, host: str) -> Stack:
    """The environment's stack, as the Automation API gives it."""

    class Workspace(LocalWorkspace):
        def select_stack(self, stack_name: str) -> None:
            """Nothing: every command names its stack."""

    environment = engine_environment(backend_url(folder, "local"), run, host, "")
    workspace = Workspace(
        work_dir=str(project_folder(folder, PROJECT)),
        pulumi_home=environment["PULUMI_HOME"],
        env_vars=environment,
        pulumi_command=EngineCommand(engine_folder() / "bin" / "pulumi", Interruption()),
    )
    return Stack.select(ENVIRONMENT, workspace)


if __name__ == "__main__":
    if sys.argv[1] == "host":
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: os._exit(0))
        asyncio.run(serve())
    else:
        run(sys.argv[1], Path(sys.argv[2]).resolve())
