"""The Automation API's workspace and stack, without the starts of the engine and the messages that golive needs not."""

from __future__ import annotations

import json
import logging
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pulumi
from pulumi.automation import Deployment, LocalWorkspace, OutputMap, Stack, UpdateSummary
from pulumi.automation._stack import StackInitMode
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS

from stacks.soundness import BadState


def _unheard(*_: object, **__: object) -> None:
    """Takes the place of `pulumi.log.debug`."""


# When the engine ends in the middle of our program, gRPC would print tracebacks; the engine itself says why.
logging.getLogger("grpc._server").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", message="Error in event stream", category=UserWarning)

# The SDK would send the engine several messages about each resource, one after the other, which nobody reads: half of
# the time that a program takes.
pulumi.log.debug = _unheard

# Each engine listens at a port of its own, and a later one may get the port of one that has ended. Connections of one
# process to one address are shared, and one that has failed is not tried again for a while: "Resource monitor has
# terminated", though the new engine is there.
_GRPC_CHANNEL_OPTIONS.append(("grpc.use_local_subchannel_pool", 1))


class LeanWorkspace(LocalWorkspace):
    """What golive does not need is left out, because each start of the engine is felt."""

    file: Path | None = None
    """The state, where it is kept in this workspace."""

    def select_stack(self, stack_name: str) -> None:
        """Nothing: every command names its stack."""

    def stack_outputs(self, stack_name: str) -> OutputMap:
        """None: our programs have none, and `Stack.up` starts the engine twice to look."""
        return {}

    def export_stack(self, stack_name: str) -> Deployment:
        """Without the secrets in plain text: there are none, and deriving their key takes a third of the time.

        A local state is read from its file: starting the engine for it would take longer than everything that golive
        does itself. The engine replaces the file in one step. Raises BadState.
        """
        if self.file is not None:
            if not self.file.exists():
                self.create_stack(stack_name)
            return _read(self.file)
        state = json.loads(self._run_pulumi_cmd_sync(["stack", "export", "--stack", stack_name]).stdout)
        return Deployment(state.get("version"), state.get("deployment"))


class LeanStack(Stack):
    """A stack that is there already, or is made when its state is read. Here too starts of the engine are spared."""

    def __init__(self, name: str, workspace: LeanWorkspace) -> None:
        super().__init__(name, workspace, StackInitMode.SELECT)

    def info(self, show_secrets: bool = True) -> UpdateSummary:
        """Nothing that anyone reads: what a call came to is known from its events."""
        return UpdateSummary("update", datetime.now(UTC), "", {}, {}, "")


def _read(file: Path) -> Deployment:
    """A state in the engine's own file, as `pulumi stack export` gives it. Raises BadState."""
    try:
        whole = json.loads(file.read_bytes())
        return Deployment(int(whole["version"]), dict(whole["checkpoint"].get("latest") or {}))
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise BadState(f"It cannot be read ({broken})") from broken
