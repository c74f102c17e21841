"""`golive adopt KIND/KEY`: take over a live object that bears the name of a declared one."""

from __future__ import annotations

from difflib import get_close_matches

import click

from golive.approval import ask
from golive.exits import Exit
from golive.fault import Fault, of_system
from golive.heading import heading
from golive.opening import open_environment
from golive.options import environment_option, screen_of
from golive.running import Session, check_unmoved, open_session
from golive.screens.differences import show_differences
from provisioners.collection import Live
from provisioners.errors import SystemFault
from provisioners.resource import Resource, with_symbols
from provisioners.system import Connection, systems
from stacks.difference import differences
from stacks.interruption import Interruption
from stacks.state import Adopted, ids, owned, payloads, with_adopted, without


@click.command("adopt")
@click.argument("address", metavar="KIND/KEY")
@environment_option
@click.option("--yes", is_flag=True, help="Agree beforehand; needs no terminal.")
@click.option("--client", default=None, metavar="NAME", help="With --yes in production: the client's name.")
@click.pass_context
def command(ctx: click.Context, address: str, environment: str | None, yes: bool, client: str | None) -> int:
    """Link a declared object to the live one of the same name. Shows the difference first; changes nothing live.

    From then on golive looks after it, and the next `golive up` makes it what the files say. `destroy` lets go of it.

    Example:  golive adopt triggers/route_billing
    """
    screen = screen_of(ctx)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    with Interruption() as interruption:
        session = open_session(opened, screen, interruption)
        resource = _resource(session, address)
        live, connection = _live(session, resource)
        collection = systems()[connection.settings.type].collections(connection)[resource.type]
        known = ids(session.state)
        payload = with_symbols(resource.payload, known)
        now = collection.canonical(live, payload)
        translation = next(
            each for each in systems()[connection.settings.type].translations() if each.kind == resource.source.kind
        )
        names = session.names
        diff = differences(
            translation.declared({"": (resource.type, now)}, names),
            translation.declared({"": (resource.type, payload)}, names),
        )
        screen.say(f"In {systems()[connection.settings.type].title} there is “{live.label}” (id {live.id}).")
        if diff:
            screen.say("`golive up` would then change:")
            show_differences(screen, resource.source.kind, diff, session.priorities)
        else:
            screen.say("It is as the files say.")
    ask(opened, screen, "\nTake it over?", yes=yes, client=client)
    with Interruption() as interruption:
        session.interruption = interruption
        with session.stack("plan") as (stack, _):
            adopted = Adopted(resource, live.id, now, live.label, collection.outputs(live))
            check_unmoved(session, stack)
            state = session.state
            if resource.name in ids(state):  # it was only looked up until now
                state = without(state, resource.name)
            stack.import_state(with_adopted(state, opened.workspace.name, opened.environment_name, [adopted]))
    screen.say(f"[good]golive looks after {address} from now on.[/] See what is left to do:  golive plan")
    return int(Exit.DONE)


def _resource(session: Session, address: str) -> Resource:
    """The main resource of a declared object. Raises Fault."""
    sent = {each.named.address: each for each in session.compiled.resources if not each.part}
    resource = sent.get(address)
    if resource is None:
        near = get_close_matches(address, sent, n=1)
        raise Fault(
            "not_declared",
            f"`{address}` is not an object that these files send.",
            why="Only what is declared can be taken over.",
            do=f"Did you mean {near[0]}?" if near else "Write KIND/KEY as in config/, for example triggers/billing.",
            exits=Exit.USAGE,
        )
    known = payloads(session.state).get(resource.name)
    if known is not None and known.mode == "managed":
        raise Fault("adopted", f"golive looks after `{address}` already.", exits=Exit.USAGE)
    return resource


def _live(session: Session, resource: Resource) -> tuple[Live, Connection]:
    """The one live object of the resource's name. Raises Fault."""
    settings = session.reached.settings[resource.instance]
    connection = Connection(resource.instance, settings, read_only=True)
    collection = systems()[settings.type].collections(connection)[resource.type]
    payload = with_symbols(resource.payload, ids(session.state))
    key = collection.natural_key(payload)
    try:
        same = [live for live in collection.list(payload) if collection.live_key(live) == key]
    except SystemFault as fault:
        raise of_system(fault, resource.instance) from fault
    ours = owned(session.state).get(resource.instance, {}).get(resource.type, [])
    free = [live for live in same if live.id not in ours]
    if len(free) != 1:
        many = ", ".join(f"id {live.id}" for live in free)
        raise Fault(
            "ambiguous" if free else "not_found",
            f"There are {len(free)} live objects of that name ({many})."
            if free
            else "There is no live object of that name.",
            where=f"{resource.source.file}:{resource.source.line}",
            do="Give the others another name." if free else "`golive up` makes it.",
            exits=Exit.FAILED,
        )
    return free[0], connection
