"""From typed objects to the resources of one environment."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from config.applied import not_sent
from config.declaration import Declaration, Declared
from config.kinds import ALL_KINDS
from config.phases import asleep_until
from provisioners.resource import Compiled, Known, NotSent, Ref, Resource, ResourceName, Source
from provisioners.run_file import SystemSettings
from provisioners.system import systems
from provisioners.translation import Context, Translation


def compile_environment(
    declaration: Declaration,
    settings: Mapping[str, SystemSettings],
    fingerprint: Callable[[str], str],
    phase: str = "build",
    known: Mapping[str, Known] = MappingProxyType({}),
) -> Compiled:
    """All resources of an environment, and what is not sent, asleep or by hand, each with its reason.

    settings: instance → system. fingerprint: the keyed digest of a named secret. known: what the state holds, by
    resource name. Raises SystemFault with code
    `credentials` where a secret that a payload needs is not set.
    """
    result = Compiled(called={(item.kind, item.key): item.name for item in declaration})
    reasons = not_sent(declaration)
    for item in declaration:
        if (item.kind, item.key) not in reasons:
            continue
        if item.value.by_hand:
            result.by_hand.append(NotSent(_source(item), "", _task(item)))
        else:
            result.not_sent.append(NotSent(_source(item), "", reasons[item.kind, item.key]))
    left: list[tuple[Translation, Context, list[Declared]]] = []
    taken: set[str] = {word for word, kind in ALL_KINDS.items() if kind.used_only}
    for instance, system_settings in settings.items():
        context = Context(
            declared=declaration,
            instance=instance,
            settings=system_settings,
            systems=settings,
            fingerprint=fingerprint,
            phase=phase,
            known=known,
            compiled=result,
        )
        for translation in systems()[system_settings.type].translations():
            taken.add(translation.kind)
            items = [
                item for item in declaration.of(translation.kind).values() if _sent_now(item, translation, context)
            ]
            for item in items:
                result.resources.extend(translation.resources(item, context))
            left.append((translation, context, items))
    _without_a_system(declaration, taken, result)
    drop_dangling(result)
    there = {(resource.instance, resource.source.kind, resource.source.key) for resource in result.resources}
    for translation, context, items in left:
        present = [item for item in items if (context.instance, item.kind, item.key) in there]
        if present:
            result.resources.extend(translation.together(present, context))
    drop_dangling(result)
    result.asleep = list(dict.fromkeys(result.asleep))
    result.by_hand = list(dict.fromkeys(result.by_hand))
    result.not_sent = list(dict.fromkeys(result.not_sent))
    return result


def _source(item: Declared) -> Source:
    return Source(item.kind, item.key, item.position.file, item.position.line)


def _task(item: Declared) -> str:
    """What a person sets, for an object that no translation knows yet."""
    given = item.value.model_dump(exclude_unset=True, exclude={"by_hand", "why", "name"}, mode="json")
    plain = {name: value for name, value in given.items() if isinstance(value, bool | int | str)}
    said = ", ".join(f"{name.replace('_', ' ')} {_word(value)}" for name, value in plain.items())
    return f"set in the vendor's pages: {said}" if plain == given and said else "set up in the vendor's pages"


def _word(value: bool | int | str) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def _sent_now(item: Declared, translation: Translation, context: Context) -> bool:
    """Whether an object goes to the system in this phase; says so where it does not."""
    if item.value.by_hand:
        context.by_hand(item, translation.task(item, context))
        return False
    until = asleep_until(item.value, context.phase)
    if until is None:
        return True
    context.asleep(item, until)
    return bool(item.value.has_switch)


def _without_a_system(declaration: Declaration, taken: set[str], result: Compiled) -> None:
    for kind, objects in declaration.objects.items():
        if kind in taken or not ALL_KINDS[kind].applied:
            continue
        for item in objects.values():
            if item.value.by_hand:
                result.by_hand.append(NotSent(_source(item), "", _task(item)))
                continue
            reason = f"no system of this environment takes a {ALL_KINDS[kind].title}"
            result.not_sent.append(NotSent(_source(item), "", reason))


def drop_dangling(result: Compiled) -> None:
    """Leave out objects that need something which is not sent, and those that need them.

    An order needs nothing: it goes on with those that are sent, as long as there are two.
    """
    while True:
        names = {resource.name for resource in result.resources}
        result.resources = [each for each in (_ordering(each, names) for each in result.resources) if each is not None]
        names = {resource.name for resource in result.resources}
        said = {(each.source.kind, each.source.key) for each in result.not_sent}
        dangling: dict[tuple[str, str, str], str] = {}
        for resource in result.resources:
            missing = [name for name in resource.needs if name not in names]
            if missing:
                kind, key = ResourceName.of(missing[0])[1:3]
                title = ALL_KINDS[kind].title if kind in ALL_KINDS else kind
                dangling[resource.instance, resource.source.kind, resource.source.key] = (
                    f"it needs the {title} `{key}`, which is not there yet"
                )
        if not dangling:
            return
        kept: list[Resource] = []
        for resource in result.resources:
            place = (resource.instance, resource.source.kind, resource.source.key)
            if place not in dangling or resource.only_orders:
                kept.append(resource)
            elif place[1:] not in said or place[1:] not in _needed(resource):
                result.not_sent.append(NotSent(resource.source, resource.instance, dangling[place]))
        result.resources = kept


def _needed(resource: Resource) -> set[tuple[str, str]]:
    """(kind, key) of what it needs. Where that is the object to which it belongs, the object's own reason is enough."""
    return {(each.kind, each.key) for each in map(ResourceName.of, resource.needs)}


def _ordering(resource: Resource, names: set[str]) -> Resource | None:
    """The resource as it is; an order with what is sent only, None where there is nothing left to order."""
    if not resource.only_orders or names.issuperset(resource.needs):
        return resource
    sent = {
        name: [each for each in value if not isinstance(each, Ref) or each.resource in names]
        for name, value in resource.payload.items()
        if isinstance(value, list)
    }
    ordered = replace(resource, payload={**resource.payload, **sent})
    enough = len(sent["order"]) > 1 or sent.get("first")
    return ordered if enough and names.issuperset(ordered.needs) else None


def without_missing(result: Compiled, missing: Sequence[NotSent]) -> None:
    """Leave out objects that are declared as existing and are not there, and those that need them; says so."""
    gone = {(each.system, each.source.kind, each.source.key) for each in missing}
    result.resources = [each for each in result.resources if each.named.object not in gone]
    result.not_sent.extend(missing)
    drop_dangling(result)


def keep_untouched(
    result: Compiled, in_state: Mapping[str, Resource], declaration: Declaration, instances: Container[str]
) -> None:
    """Keep what the state holds and what is declared but not sent now: it must not look as if it had left the YAML.

    in_state: everything of ours by name, with the payload last known and what it depends on. instances: the systems
    of the environment; what belongs to another one is kept and said to be not sent.
    """
    sent = {resource.name for resource in result.resources}
    new_names = {alias: resource.name for resource in result.resources for alias in resource.aliases}
    waiting = (*result.not_sent, *result.asleep, *result.by_hand)
    keys = {(each.source.kind, each.source.key): each.source.key for each in waiting}
    for kind, key in [*keys]:
        item = declaration.get(kind, key)
        if item is not None and item.value.was:
            keys.setdefault((kind, item.value.was), key)
    kept: dict[str, Resource] = {}
    for name, resource in in_state.items():
        gone = resource.instance not in instances
        now = resource.named.key if gone else keys.get((resource.named.kind, resource.named.key))
        if name in sent or name in new_names or now is None:
            continue
        new = resource.named._replace(key=now)
        if str(new.main) not in sent:
            new_names[name] = str(new)
            kept[name] = resource
    for resource in list(kept.values()):
        for name in resource.depends_on:  # what golive made for it, such as the alerts' category
            if name in in_state and name not in sent and name not in kept and ResourceName.of(name).is_generated:
                kept[name] = in_state[name]
    there = sent | {new_names.get(name, name) for name in kept}
    for name, resource in kept.items():
        new_name = new_names.get(name, name)
        needs = (new_names.get(each, each) for each in resource.depends_on)
        result.resources.append(
            replace(
                resource,
                name=new_name,
                aliases=(name,) if new_name != name else (),
                depends_on=tuple(each for each in needs if each in there),
                untouched=True,
            )
        )
        if resource.instance not in instances and (resource.source.kind, resource.source.key) not in keys:
            reason = f"the environment file no longer names the system `{resource.instance}`"
            result.not_sent.append(NotSent(resource.source, resource.instance, reason))
    result.not_sent = list(dict.fromkeys(result.not_sent))
