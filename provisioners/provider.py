"""The generic provider: what the engine asks, answered over a system's `Collection`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pulumi.dynamic import CheckResult, CreateResult, ReadResult, ResourceProvider, UpdateResult

from provisioners.access import Access
from provisioners.collection import Collection, Live, Write
from provisioners.detailed_diff import DetailedDiff, changed_attributes, property_path
from provisioners.errors import SystemFault
from provisioners.live_objects import RESOURCE, LiveObjects
from provisioners.payload import FORMAT, UNKNOWN, decode, digest, encode
from provisioners.resource import Payload, ResourceName

Answer = TypeVar("Answer")

ABSENT = "absent"
"""The id of an optional `patched` resource whose object is not there."""

META = ("mode", "on_remove", "optional", "notes", "format")
"""The properties of a resource besides its payload. State format."""


class PartialFailure(Exception):
    """The object is there, but not as it was asked for. The engine keeps it and tries again next time."""

    def __init__(self, identifier: str, outs: dict[str, Any], fault: SystemFault) -> None:
        super().__init__(str(fault))
        self.identifier = identifier
        self.outs = outs
        self.fault = fault


class GenericProvider(ResourceProvider):
    """One type of one instance in one run. Safe from many threads.

    Properties are those of the engine: `payload` encoded, and `META`. Methods raise SystemFault, and
    PartialFailure where an object was made or changed in part.
    """

    def __init__(self, collection: Collection, access: Access) -> None:
        self.collection = collection
        self.access = access
        self.objects = LiveObjects(collection, access)
        self._registered: set[str] = set()
        self._let_go: set[str] = set()
        self._holders: dict[str, str] = {}
        self._unchosen = frozenset(access.request.unchosen)

    # What the engine asks.

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        """Nothing is checked; where something is new, its type is listed, so that a plan can see collisions
        and what a `found` or `patched` resource will find."""
        self._registered.add(RESOURCE.get())
        if not _olds and self._why_not() is None:
            payload = decode(news["payload"])
            try:
                listing = self.objects.listing(payload)
                if listing is not None and news["mode"] != "managed":
                    self.objects.report_found(payload, news["mode"])
                elif listing is not None:
                    self.objects.report_unlisted(payload)
            except SystemFault as fault:
                self._could_not_read(fault)
        return CheckResult(news, [])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DetailedDiff:
        self._holders[_id] = RESOURCE.get()
        old, new = decode(_olds["payload"]), decode(_news["payload"])
        if new == UNKNOWN:
            # The engine asks whether this must go first, because something that it refers to is made anew.
            # That alone destroys nothing; if its own attributes demand it, the next call says so.
            return DetailedDiff({"payload": "update"}, [], self.collection.delete_before_replace)
        changed = changed_attributes(old, new)
        changed = {name: kind for name, kind in changed.items() if name not in self.collection.create_only}
        detailed = {property_path(name): kind for name, kind in changed.items()}
        if _olds["mode"] != "managed" and _news["mode"] == "managed":
            # It was only looked up; now it is to be ours. Creating it refuses to take over what is there.
            replaces = ["mode"]
        elif _news["mode"] == "managed":
            replaces = [property_path(name) for name in changed if name in self.collection.replace_on]
        else:
            replaces = list(detailed) if self._is_another(old, new) else []
            self._let_go.add(RESOURCE.get())
        for name in META:
            if name in _olds and _olds[name] != _news[name]:
                detailed[name] = "update"
        return DetailedDiff(detailed, replaces, self.collection.delete_before_replace)

    def create(self, props: dict[str, Any]) -> CreateResult:
        payload = decode(props["payload"])
        what = self.objects.called(payload)
        self.access.before_write(what, self.collection.type)
        if props["mode"] == "managed":
            self._refuse_collision(payload, what)
            write = self._sent(lambda: self._create(payload))
            self._holders[write.live.id] = RESOURCE.get()
            origin = "adopted" if write.was_there else "made"
            return CreateResult(write.live.id, self._believed(write, payload, props, origin, "create"))
        live = self.objects.by_key(payload, props["mode"])
        if live is None:
            if props["optional"]:
                self.access.report("absent", {"resource": RESOURCE.get(), "type": self.collection.type})
                return CreateResult(ABSENT, {**_meta(props), "payload": props["payload"], "origin": "found"})
            raise SystemFault(
                "not_found",
                what,
                f"it is declared as existing, but {self.access.instance} has none of that name",
                "Correct the name, or leave out `existing` so that golive makes it.",
            )
        if props["mode"] == "found":
            return CreateResult(live.id, self._outs(props, payload, live, "found"))
        old = self.collection.canonical(live, payload)
        if old == payload:
            return CreateResult(live.id, self._outs(props, payload, live, "found"))
        write = self._sent(lambda: self._update(live.id, payload, old))
        return CreateResult(live.id, self._believed(write, payload, props, "found", "update"))

    def read(self, id_: str, props: dict[str, Any], inputs: dict[str, Any] | None = None) -> ReadResult:
        """The object as it is now; id "" once the vendor says that it is gone.

        What cannot be read is given back as it was, and said as the event `not_read`.
        """
        basis = inputs or props
        payload = self._with_what_it_was_made_with(decode(basis["payload"]), props)
        if RESOURCE.get() in self._unchosen:
            return ReadResult(id_, props, inputs)
        if self._why_not() is not None:
            self.access.not_read(self.collection.type, self.collection.kind_word)
            return ReadResult(id_, props, inputs)
        try:
            if id_ == ABSENT:
                live = self.objects.by_key(payload, basis["mode"])
                return ReadResult(id_, props, inputs) if live is None else ReadResult("", {})
            live = self.objects.by_id(id_, payload)
            if live is None:
                self._compare_with_seen(None)
                return ReadResult("", {})
            now = payload if basis["mode"] == "found" else self.collection.canonical(live, payload)
            if basis["mode"] == "patched":
                now = self._with_own_name(now, payload)
            self._compare_with_seen(now)
        except SystemFault as fault:
            self._could_not_read(fault)
            return ReadResult(id_, props, inputs)
        outs = self._outs(basis, now, live, props.get("origin", "made"))
        return ReadResult(id_, outs, {**_meta(basis), "payload": outs["payload"]})

    def _with_what_it_was_made_with(self, payload: Payload, props: Mapping[str, Any]) -> Payload:
        """Whatever counts only at the making stays as it was then: the vendor never tells it, and what the files say of
        it later is no change of the object."""
        once = self.collection.create_only
        if not once or "payload" not in props:
            return payload
        made = decode(props["payload"])
        kept = {name: value for name, value in payload.items() if name not in once}
        return kept | {name: made[name] for name in once if name in made}

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        old, new = decode(_olds["payload"]), decode(_news["payload"])
        named = self._own_name(new) if _news["mode"] == "patched" else frozenset()
        sent = {name: value for name, value in new.items() if name not in named}
        if _id == ABSENT or _news["mode"] == "found" or old == new or not sent:
            return UpdateResult({**_olds, **_meta(_news), "payload": _news["payload"]})
        self.access.before_write(self.objects.called(new), self.collection.type)
        write = self._sent(lambda: self._update(_id, sent, old))
        return UpdateResult(self._believed(write, new, _news, _olds.get("origin", "made"), "update"))

    def foreseen(self, olds: Mapping[str, Any], news: Mapping[str, Any]) -> dict[str, Any]:
        """What an update will come to as far as that is known before: what others may refer to stays as it is, unless
        it follows from something that changes. Whatever is missing nobody knows yet."""
        old, new = decode(olds["payload"]), decode(news["payload"])
        followed = self.collection.outputs_from
        if followed and (new == UNKNOWN or not followed.isdisjoint(changed_attributes(old, new))):
            return dict(news)
        kept = {name: value for name, value in olds.items() if name not in (*META, "payload", "origin", "label")}
        return {**kept, **news}

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        action = self._way_out(_id, _props)
        if action == "release":
            self.access.report("released", {"resource": RESOURCE.get(), "id": _id})
            return
        payload = decode(_props["payload"])
        self.access.before_write(self.objects.called(payload), self.collection.type)
        if action == "switch_off":
            self._sent(lambda: self.collection.switch_off(_id, payload))
            self.objects.forget()
        else:
            kept = self._sent(lambda: self._delete(_id, payload))
            if kept is not None:
                self.access.report("kept", {"resource": RESOURCE.get(), "id": _id, "why": kept})
                return
            self.objects.drop(_id)
        self._done(action, _id)

    # Reading.

    def _compare_with_seen(self, now: Payload | None) -> None:
        """Raises SystemFault where the object is no longer what a person was shown."""
        seen = self.access.request.seen.get(RESOURCE.get())
        if seen is not None and seen != ("" if now is None else digest(now)):
            raise SystemFault("moved", RESOURCE.get(), "it is no longer as the plan showed it")

    def _could_not_read(self, fault: SystemFault) -> None:
        if fault.code in ("stopped", "not_allowed", "moved"):
            raise fault
        self.access.not_read(self.collection.type, self.collection.kind_word, fault)

    def _why_not(self) -> str | None:
        """Why the vendor is not asked for objects of this type any more, or None."""
        return self.access.why_not(self.collection.type)

    # Writing.

    def _refuse_collision(self, payload: Payload, what: str) -> None:
        live = None if self.collection.joins else self.objects.by_key(payload)
        if live is None or live.id in self.access.owned(self.collection.type):
            return
        if self._holders.get(live.id, RESOURCE.get()) != RESOURCE.get():
            return  # made in this run as another one of ours: the vendor may allow two of one name, the files have both
        address = ResourceName.of(RESOURCE.get()).address
        raise SystemFault(
            "collision",
            what,
            f"{self.access.instance} already has one of that name (id {live.id}), which golive did not make",
            self.collection.if_taken(live)
            or f"Take it over with `golive adopt {address}`, or give one of the two another name.",
        )

    def _sent(self, call: Callable[[], Answer]) -> Answer:
        try:
            answer = call()
        except SystemFault as fault:
            self.access.after_write(fault)
            raise
        self.access.after_write(None)
        return answer

    def _create(self, payload: Payload) -> Write:
        """Create; where the answer was lost, look whether the object has come into being."""
        self._begun("create")
        try:
            return self.collection.create(payload)
        except SystemFault as fault:
            if fault.took_effect is not None or self.collection.natural_key(payload) is None:
                raise
            live = self._looked_up(lambda: self._new_one(payload), fault)
            if live is None:
                raise
            return Write(live, outputs=self.collection.outputs(live))

    def _new_one(self, payload: Payload) -> Live | None:
        """The object of that name that is nobody's yet; None where there are several, since one may be a stranger's."""
        ours = self.access.owned(self.collection.type)
        mine = RESOURCE.get()
        lives = [
            live
            for live in self.objects.all_by_key(payload)
            if live.id not in ours and self._holders.get(live.id, mine) == mine
        ]
        return lives[0] if len(lives) == 1 else None

    def _update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """Update; where the answer was lost, look whether the object is as it should be."""
        self._begun("update")
        try:
            return self.collection.update(identifier, payload, old)
        except SystemFault as fault:
            if fault.took_effect is not None:
                raise
            live = self._looked_up(lambda: self.objects.by_id(identifier, payload), fault)
            if live is None or self.collection.taken_over(live, payload) != payload:
                raise
            return Write(live, outputs=self.collection.outputs(live))

    def _delete(self, identifier: str, payload: Payload) -> str | None:
        """Delete; where the answer was lost, look whether the object is gone."""
        self._begun("delete")
        try:
            return self.collection.delete(identifier, payload)
        except SystemFault as fault:
            if fault.code == "not_found":
                return None
            if fault.took_effect is not None:
                raise
            if self._looked_up(lambda: self.objects.by_id(identifier, payload), fault) is not None:
                raise
            return None

    def _looked_up(self, find: Callable[[], Live | None], fault: SystemFault) -> Live | None:
        """The object as it is after a write without an answer. Raises that write's fault where that cannot be read."""
        self.objects.forget()
        try:
            return find()
        except SystemFault:
            raise fault from None

    def _begun(self, action: str) -> None:
        """Tell that a write is about to be sent: without its end, nobody knows whether it arrived."""
        self.access.report("begun", {"resource": RESOURCE.get(), "action": action})

    def _believed(self, write: Write, sent: Payload, props: dict[str, Any], origin: str, action: str) -> dict[str, Any]:
        """The outputs after a write. Raises PartialFailure where the vendor's answer is not what was sent."""
        self.objects.put(write.live, sent)
        echo = self.collection.canonical(write.live, sent)
        if props["mode"] == "patched":
            echo = self._with_own_name(echo, sent)
        outs = {**self._outs(props, echo, write.live, origin), **write.outputs}
        self._done(action, write.live.id)
        for warning in write.warnings:
            self.access.report("warning", {"resource": RESOURCE.get(), "text": warning})
        dropped = [name for name in sent if name not in echo or echo[name] != sent[name]]
        if dropped:
            why = f"{self.access.instance} took the change but not its {', '.join(dropped)}"
            said = f" (it said: {'; '.join(write.warnings)})" if write.warnings else ""
            raise PartialFailure(
                write.live.id,
                outs,
                SystemFault(
                    "dropped_field",
                    self.objects.called(sent),
                    why + said,
                    "Check that the account's plan and the token's rights allow it, then run `golive up` again.",
                    took_effect=True,
                ),
            )
        return outs

    def _outs(self, props: dict[str, Any], payload: Payload, live: Live, origin: str) -> dict[str, Any]:
        return {
            **self.collection.outputs(live),
            **_meta(props),
            "payload": encode(payload),
            "origin": origin,
            "label": live.label,
        }

    def _way_out(self, identifier: str, props: dict[str, Any]) -> str:
        """What leaving the engine's state means for the object."""
        if identifier == ABSENT or props["mode"] != "managed":
            return "release"
        request = self.access.request
        if self._holders.get(identifier, RESOURCE.get()) != RESOURCE.get():
            return "release"  # another name of ours has the very same object now
        if RESOURCE.get() in self._let_go or (request.mode != "destroy" and RESOURCE.get() in request.released):
            return "release"
        if RESOURCE.get() in self._registered or RESOURCE.get() in request.remade:
            return "delete"  # What the program still registers is deleted only to be made anew.
        ours = props.get("origin") == "made"
        if request.mode == "destroy" or props["on_remove"] == "delete_ours":
            return "delete" if ours else "release"
        return str(props["on_remove"])

    def _done(self, action: str, identifier: str) -> None:
        facts = {"resource": RESOURCE.get(), "type": self.collection.type, "id": identifier}
        self.access.report("done", {**facts, "action": action})

    def _with_own_name(self, now: Payload, payload: Payload) -> Payload:
        """A vendor's object is ours by its id, whatever somebody calls it now: its name is not what we write of it."""
        return {**now, **{name: payload[name] for name in self._own_name(payload)}}

    def _own_name(self, payload: Payload) -> frozenset[str]:
        """The attributes that are an object's natural key."""
        key = self.collection.natural_key(payload)
        rest = {each: {name: value for name, value in payload.items() if name != each} for each in payload}
        return frozenset(each for each in payload if self.collection.natural_key(rest[each]) != key)

    def _is_another(self, old: Payload, new: Payload) -> bool:
        before, after = self.collection.natural_key(old), self.collection.natural_key(new)
        return before is not None and after is not None and before != after


def _meta(props: dict[str, Any]) -> dict[str, Any]:
    return {name: props[name] for name in META if name in props} | {"format": FORMAT}
