"""What the files declare, compiled for the state of an environment."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from types import MappingProxyType

from pulumi.automation import Deployment

from config.addresses import RESERVED
from config.declaration import Declaration, Declared
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.wording.words import title_of
from golive.workspace.connection import Reached
from golive.workspace.opening import Opened
from provisioners.errors import SystemFault
from provisioners.resource import Compiled, Known, Resource, ResourceName, Source
from provisioners.system import secret_value
from stacks.compile import compile_environment, keep_untouched
from stacks.record import RECORD_NAME, Record
from stacks.state import dependencies, known, payloads, types
from stacks.switches import held, notes_in, turned
from stacks.taken_over import keep_taken_over

_NAMED = "env:"


def compiled_for(
    opened: Opened,
    reached: Reached,
    remembered: Record,
    state: Deployment,
    also: Mapping[str, Known] = MappingProxyType({}),
) -> Compiled:
    """What the files declare, for a state. also: what is there without being in the state yet. Raises Fault."""
    try:
        compiled = compile_environment(
            opened.loaded.declaration,
            reached.settings,
            lambda named: fingerprint(named, remembered.fingerprint_key, reached),
            remembered.phase,
            {**also, **known(state)},
        )
    except SystemFault as fault:
        raise _of_secret(fault, opened) or of_system(fault, opened.environment_name) from fault
    declaration = opened.loaded.declaration
    in_state = resources_in(state)
    keep_untouched(compiled, in_state, declaration, reached.settings)
    keep_taken_over(compiled, in_state, remembered.taken_over)
    off = held(notes_in(remembered.switched_off), compiled.resources, declaration, remembered.phase)
    compiled.resources = turned(compiled.resources, off, reached.settings, on=False)
    return compiled


def resources_in(state: Deployment) -> dict[str, Resource]:
    """What the state holds, as resources that can be registered again as they are."""
    type_of, before = types(state), dependencies(state)
    return {
        name: Resource(
            name, type_of[name], side.payload, Source(*ResourceName.of(name)[1:3], "", 0), depends_on=before[name]
        )
        for name, side in payloads(state).items()
        if name != RECORD_NAME
    }


def fingerprint(named: str, key: str, reached: Reached) -> str:
    """A short keyed digest of a named secret: it shows that the secret changed, and opens nothing.

    Raises SystemFault where the variable is not set.
    """
    value = secret_value(named, "a secret that a webhook needs", sandbox=reached.all_sandbox)
    return hmac.new(bytes.fromhex(key), value.encode(), hashlib.sha256).hexdigest()[:12]


def unset_secrets(declaration: Declaration) -> list[tuple[Declared, str]]:
    """Webhooks and Slack channels, with the variables that they name for their secrets and that are not set, in their
    order."""
    found: list[tuple[Declared, str]] = []
    for item in declaration.of("webhooks").values():
        if item.value.existing or item.value.by_hand:
            continue
        named = [item.value.url or "", *(text for _, text in (item.value.auth.secrets() if item.value.auth else ()))]
        variables = [each.removeprefix(_NAMED) for each in named if each.startswith(_NAMED)]
        found += [(item, each) for each in dict.fromkeys(variables) if _is_unset(each)]
    for item in declaration.of("slack_channels").values():
        variable = (item.value.incoming_webhook or "").removeprefix(_NAMED)
        found += [(item, variable)] if variable and not item.value.by_hand and _is_unset(variable) else []
    return found


def _is_unset(variable: str) -> bool:
    return not os.environ.get(variable, "").strip()


def _of_secret(fault: SystemFault, opened: Opened) -> Fault | None:
    """The fault of a secret that is not set, with the webhook that needs it; None for any other."""
    if fault.code != "credentials":
        return None
    needed = ((item, name) for item, name in unset_secrets(opened.loaded.declaration) if f" {name} " in fault.why)
    item, name = next(needed, (None, ""))
    if item is None:
        return None
    return Fault(
        fault.code,
        f"The {title_of(item.kind)} `{item.key}` needs a secret that is not there.",
        where=str(item.position),
        why=f"It names env:{name}, and the environment variable {name} is not set.",
        do=f"{fault.do}   All that is missing:  golive doctor{opened.option}",
        exits=Exit.CREDENTIALS,
    )


def check_people(opened: Opened, reached: Reached) -> None:
    """Nobody invites the reference client's invented people into a real account. Raises Fault."""
    invented = [
        item
        for item in opened.loaded.declaration.of("people").values()
        if str(item.value.email or "").endswith(tuple(f".{each}" for each in RESERVED))
    ]
    if invented and not reached.all_sandbox:
        first = invented[0]
        raise Fault(
            "example_people",
            f"1 person has an address that cannot exist: {first.value.email}."
            if len(invented) == 1
            else f"{len(invented)} people have addresses that cannot exist, such as {first.value.email}.",
            where=str(first.position),
            why="They come from an example, and this environment is not the sandbox.",
            do="Put the client's own people into config/, or use the sandbox:  -e sandbox",
            exits=Exit.USAGE,
        )
