"""What is about to be taken over, as people read it."""

from __future__ import annotations

from collections.abc import Iterable

from rich.markup import escape

from config.results.plan import PlanDocument
from golive.live.taking import Taking, vendor_of
from golive.screens.changes import show_details
from golive.screens.remarks import Remarks
from golive.terminal.screen import Screen
from golive.wording.words import tally, title_in
from provisioners.resource import Resource
from stacks.state import ids, known


def show_taking(screen: Screen, taken: Taking) -> None:
    """Each object in each of its systems: what is there, and what the next plan will say of it."""
    for address in taken.addresses:
        if len(taken.addresses) > 1:
            screen.say(f"[head]{escape(address)}[/]")
        links = taken.links
        every = [*(each.resource for each in links.found), *links.held, *links.absent]
        there = {each.instance for each in every if each.named.address == address}
        for instance in taken.before.reached.settings:
            if instance in there:
                _show_object(screen, taken, instance, address)
        if len(taken.addresses) > 1:
            screen.say()


def _show_object(screen: Screen, taken: Taking, instance: str, address: str) -> None:
    def ours(resource: Resource) -> bool:
        return resource.instance == instance and resource.named.address == address

    found = [each for each in taken.links.found if ours(each.resource)]
    absent = [each for each in taken.links.absent if ours(each)]
    main = next((each for each in found if not each.resource.part), None)
    some = found[0].resource if found else next(each for each in (*absent, *taken.links.held) if ours(each))
    vendor, up = vendor_of(taken.before, some), f"`golive up{taken.before.opened.option}`"
    what = title_in(vendor, some.named.kind)
    if main is not None:
        screen.say(f"In {vendor} there is “{escape(main.live.label)}” (id {main.live.id}).")
        if main.gone:
            screen.say(
                f"The one that golive looked after (id {main.gone}) is gone; from now on it looks after this one "
                f"(id {main.live.id})."
            )
    elif any(not each.part for each in absent):
        screen.say(f"In {vendor} there is no {what} of that name; {up} makes it.")
        return
    else:
        screen.say(f"In {vendor} golive looks after the {what} already.")
    parts = _counted(taken, (each.resource for each in found if each.resource.part))
    if parts:
        screen.say(f"Taken over with it: {parts}.")
    left = _counted(taken, absent)
    if left:
        screen.say(f"Not there; {up} makes it: {left}.")
    change = taken.change(instance, address)
    if change is None:
        screen.say("It is as the files say.")
        return
    screen.say(f"{up} would then change:" if change.diff else f"{up} would then complete it.")
    after = taken.after
    document = PlanDocument("golive/plan/1", after.opened.environment_name, changes=taken.changes)
    declaration = after.opened.loaded.declaration
    remarks = Remarks(document, after.compiled, declaration, known(after.state), False, ids(after.state))
    show_details(screen, after, remarks, change)


def _counted(taken: Taking, resources: Iterable[Resource]) -> str:
    """`2 holidays, 1 group membership`."""
    return tally(taken.finder.collection(each).kind_word for each in resources)
