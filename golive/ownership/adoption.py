"""A running account becomes files and state: what nobody has declared is written, what is declared is linked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from config.declaration import Declared
from config.document import is_within, show_path
from config.findings import Finding
from config.kinds import ALL_KINDS, object_path
from config.results.plan import Change, NotRead
from config.rules.catalogue import catalogue
from golive.live.live_account import LiveAccount
from golive.live.not_answering import check_answering, not_answering, of_kinds
from golive.live.taking import linked, meant, planner_of
from golive.runs.compiling import compiled_for
from golive.runs.running import Session
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.wording.words import plural_of
from golive.workspace.template import MODELINE, SCHEMA_FOLDER
from provisioners.errors import SystemFault
from provisioners.resource import Known, ResourceName
from provisioners.sighting import Data
from provisioners.system import Connection, systems
from provisioners.translation import Names
from stacks.adopting import Finder, steps_of
from stacks.adoption.candidates import Candidate, Found
from stacks.adoption.drafting import draft, referred_to
from stacks.adoption.files import New, with_objects
from stacks.record import RECORD_NAME
from stacks.state import ids, known, without
from stacks.steps import Step
from stacks.taken_over import TakenOver

HEADER = f"{MODELINE}../{SCHEMA_FOLDER.as_posix()}/config.json\n"
_CATEGORIES = "trigger_categories/"
_GENERATED = tuple(f"{kind}/_order" for kind in ALL_KINDS)
"""Orders that golive makes by itself."""
NAMED_ONLY = "others name it"
SAME_NAME = "another one has the same name"
NO_WORDS = "it says something that golive cannot send back as it is"


@dataclass(frozen=True)
class Wanted:
    """What is to be taken over. everything: all that is there. kinds: all of a kind. keys: (kind, key)."""

    everything: bool = False
    kinds: frozenset[str] = frozenset()
    keys: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, addresses: Iterable[str], *, everything: bool) -> Wanted:
        """What a command line names: `KIND` and `KIND/KEY`."""
        pairs = [each.partition("/") for each in addresses]
        return cls(
            everything,
            frozenset(kind for kind, slash, _ in pairs if not slash),
            frozenset((kind, key) for kind, slash, key in pairs if slash),
        )

    def includes(self, kind: str, key: str) -> bool:
        return self.everything or self.names(kind, key)

    def names(self, kind: str, key: str) -> bool:
        """Whether the command line names it, or its kind."""
        return kind in self.kinds or (kind, key) in self.keys

    @property
    def named_kinds(self) -> frozenset[str]:
        """Kinds of which the command line names all or some."""
        return self.kinds | {kind for kind, _ in self.keys}


@dataclass
class Adoption:
    """What taking over comes to. new: objects for the files, with those that are left alone. texts: files that change
    or are new, by their place in the workspace. linked: declared objects that are alive. allowed: ids of rules that
    new objects break. steps: what the next plan would do with all these."""

    after: Session
    new: list[Candidate]
    texts: Mapping[str, str]
    linked: list[str]
    allowed: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    before_texts: Mapping[str, str] = field(default_factory=dict)
    beyond: dict[str, int] = field(default_factory=dict)
    """What golive does not take over, by people's words."""
    not_read: list[NotRead] = field(default_factory=list)
    """Systems that do not answer."""
    changes: list[Change] = field(default_factory=list)
    """What the next run would do to what was declared and alive."""

    @property
    def taken(self) -> list[Candidate]:
        """What golive looks after from then on."""
        return [each for each in self.new if not each.left and not each.existing]

    @property
    def named(self) -> list[Candidate]:
        """What the files only name."""
        return [each for each in self.new if each.existing and not each.left]

    @property
    def left(self) -> list[Candidate]:
        """What does not come into the files, without what stands in every account."""
        return [each for each in self.new if each.left and not each.sighting.vendors]


def adoption(session: Session, wanted: Wanted) -> Adoption:
    """Find words for everything that is wanted. Reads only, and writes nothing. Raises Fault."""
    every = session.reached.settings.keys()
    not_read = not_answering(session, every if wanted.everything else of_kinds(session, wanted.named_kinds))
    try:
        account = LiveAccount(_as_if_not_ours(session, wanted))
        found = account.found(wanted.named_kinds)
        _check_wanted(account, found, wanted)
        settled = _settled(account, found, wanted)
        settled.not_read = not_read
        if wanted.everything:
            for instance, settings in account.settings.items():
                connection = Connection(instance, settings, read_only=True)
                settled.beyond |= systems()[settings.type].beyond(connection)
                settled.beyond |= account.beyond(instance, wanted.named_kinds)
        return settled
    except SystemFault as fault:
        raise of_system(fault, session.opened.environment_name) from fault


def _as_if_not_ours(session: Session, wanted: Wanted) -> Session:
    """Without what was taken over and is in no file here: it is written once more."""
    declared = session.opened.loaded.declaration
    taken = [ResourceName.of(TakenOver.of(each).resource) for each in session.record.taken_over]
    lost = [each for each in taken if not each.is_generated and declared.get(each.kind, each.key) is None]
    there = ids(session.state)
    again = [str(each) for each in lost if str(each) in there and wanted.includes(each.kind, each.key)]
    return replace(session, state=without(session.state, *again))


def _check_wanted(account: LiveAccount, found: Found, wanted: Wanted) -> None:
    """Whatever was named is there, live or declared. Raises Fault."""
    declared = [f"{item.kind}/{item.key}" for item in account.declaration if not _only_for_others(item)]
    there = [*declared, *(each.address for each in found.candidates)]
    kinds = {each.partition("/")[0] for each in there} | {each for each in ALL_KINDS if ALL_KINDS[each].applied}
    for kind in sorted(wanted.named_kinds):
        if kind in ALL_KINDS and not ALL_KINDS[kind].applied:
            raise _not_looked_after(account, kind)
    asked = [*sorted(wanted.kinds - kinds), *sorted(f"{kind}/{key}" for kind, key in wanted.keys)]
    for address in asked:
        if address not in there:
            check_answering(account.session, of_kinds(account.session, [address.partition("/")[0]]))
            raise Fault(
                "not_found",
                f"Nothing is called `{address}`, neither in these files nor live.",
                why="What is not declared has a key that is made of its name.",
                do=meant(address, there),
                exits=Exit.USAGE,
            )


def _only_for_others(item: Declared) -> bool:
    """Whether no system has an object for it."""
    return ALL_KINDS[item.kind].used_only or item.value.is_built_in


def _not_looked_after(account: LiveAccount, kind: str) -> Fault:
    pages = (systems()[each.type].list_page(each.url, kind) for each in account.settings.values())
    return Fault(
        "not_applied",
        f"This version does not look after {plural_of(kind)}: what is live stays as it is, and outside these files.",
        where=next(filter(None, pages), ""),
        do="Change it in the vendor's pages.",
        exits=Exit.USAGE,
    )


def _settled(account: LiveAccount, found: Found, wanted: Wanted) -> Adoption:
    chosen = [each for each in found.candidates if _is_chosen(account, each, wanted)]
    for each in chosen:
        if not each.left:
            _complete(account, each)
        if each.sighting.vendors and not each.left:
            each.left = "it stands in every account"
    alive = {each.resource.named.address for each in account.declared.found}
    linked_ = sorted(each for each in alive if wanted.includes(*each.split("/", 1)))
    while True:  # each round lets at least one object say less, and objects come to an end
        attempt = _attempt(account, found, chosen, linked_)
        if not _degrade(account, attempt, chosen):
            return attempt


def _is_chosen(account: LiveAccount, candidate: Candidate, wanted: Wanted) -> bool:
    only_when_named = account.translation_of(candidate).only_when_named
    return (wanted.names if only_when_named else wanted.includes)(candidate.kind, candidate.key)


def _complete(account: LiveAccount, candidate: Candidate) -> None:
    """Read what listing did not bring of an object."""
    look = account.looks[candidate.instance]
    candidate.sighting = account.translation_of(candidate).whole(candidate.sighting, look, candidate.key)
    candidate.existing, candidate.left = candidate.sighting.beyond, candidate.sighting.left


def _attempt(account: LiveAccount, found: Found, chosen: list[Candidate], alive: Sequence[str]) -> Adoption:
    """One try: words, files, what they compile to, and what the next plan would say."""
    session, opened = account.session, account.session.opened
    roles = _worded(account, found, chosen)
    there = [each for each in chosen if not each.left]
    new = [*(New("roles", key, data) for key, data in roles.items()), *(_new(each) for each in there)]
    texts = with_objects(account.texts, account.declaration, new, found.order, HEADER)
    loaded = account.loaded(texts)
    also = {**account.also, **{each.resource: Known(each.sighting.main.payload) for each in there if _is_person(each)}}
    after = replace(session, opened=replace(opened, loaded=loaded))
    after.compiled = compiled_for(after.opened, session.reached, session.record, session.state, also)
    live = {each.resource: each.sighting.main.live for each in there if not each.existing}
    finder = Finder(session.state, account.settings, after.compiled, account.looks, live)
    addresses = _addresses(account, there, alive)
    links = finder.links(addresses)
    after = linked(after, finder, links)
    steps = steps_of(after.state, after.compiled, addresses, finder)
    allowed = {rule for each in there for rule in each.allowed}
    found_ = Adoption(after, chosen, texts, list(alive), sorted(allowed), steps, account.texts)
    declared = [step for step in steps if ResourceName.of(step.name).address in alive]
    found_.changes, _ = planner_of(after).changes(declared)
    return found_


def _new(candidate: Candidate) -> New:
    return New(candidate.kind, candidate.key, candidate.data)


def _is_person(candidate: Candidate) -> bool:
    return candidate.kind == "people" and not candidate.existing


def _worded(account: LiveAccount, found: Found, chosen: list[Candidate]) -> Mapping[str, Data]:
    """Put words to what is chosen, bring along what these words name, and return the roles that are needed."""
    values = account.session.opened.environment.values
    names = _names(account, [each for each in found.candidates if not each.left])

    while True:
        roles = draft(chosen, account.documents, values, names, account.context)
        named = {each for candidate in chosen if not candidate.left for each in referred_to(candidate)}
        new = named - {(each.kind, each.key) for each in chosen}
        others = [each for each in found.candidates if (each.kind, each.key) in new and not each.left]
        if not others:
            return roles
        for each in others:
            each.existing = each.existing or NAMED_ONLY
        chosen += others


def _names(account: LiveAccount, candidates: Sequence[Candidate]) -> Names:
    new = {(each.sighting.main.type, each.identifier): each.resource for each in candidates}
    by_id = {**account.by_id, **new}
    outputs = {f"{each.resource}#{name}": said for each in candidates for name, said in _outputs(account, each).items()}
    return Names(by_id, ids={**{name: identifier for (_, identifier), name in by_id.items()}, **outputs})


def _outputs(account: LiveAccount, candidate: Candidate) -> Mapping[str, str]:
    """What others name of an object beside its id."""
    main = candidate.sighting.main
    return account.looks[candidate.instance].collections[main.type].outputs(main.live)


def _addresses(account: LiveAccount, there: Sequence[Candidate], alive: Sequence[str]) -> set[str]:
    """What is linked: the new objects, declared ones that are alive, and orders in which there are more now."""
    held = {ResourceName.of(name).address for name in known(account.session.state) if name != RECORD_NAME}
    orders = {each for each in held if each.startswith(_CATEGORIES)}
    orders |= {f"{_CATEGORIES}{each.data['category']}" for each in there if "category" in each.data}
    return {*alive, *orders, *_GENERATED, *(each.address for each in there if not each.existing)}


# What cannot be said.


def _degrade(account: LiveAccount, attempt: Adoption, chosen: Sequence[Candidate]) -> bool:
    """Say less of what cannot be sent back as it is. False where everything holds."""
    by_address = {each.address: each for each in chosen if not each.left}
    found = _refused(attempt, by_address)
    found = found or _unsent(attempt, by_address)
    found = found or {each.address: NO_WORDS for each in _changing(attempt, by_address)}
    found = found or {each.address: SAME_NAME for each in by_address.values() if not _is_found(account, each)}
    for address, reason in found.items():
        _say_less(account, by_address[address], reason)
    return bool(found)


def _refused(attempt: Adoption, by_address: Mapping[str, Candidate]) -> dict[str, str]:
    """What validation says no to, with the reasons; a rule that can be excused is, once, and that is a change too."""
    found: dict[str, str] = {}
    by_path = {show_path(object_path(each.kind, each.key)): each for each in by_address.values()}
    for finding in attempt.after.opened.loaded.errors:
        candidate, message = _at(finding.path, by_path), finding.message
        if candidate is None:
            candidate, message = _beside(attempt, finding, by_address)
        if candidate is None:
            raise Fault(
                "words",
                "What is live cannot be written into these files.",
                where=str(finding.position),
                why=message,
                do=finding.hint or "Take over less at once:  golive adopt KIND/KEY",
                exits=Exit.FAILED,
            )
        known = catalogue().get(finding.rule)  # a system of somebody else's need not say what its rules are
        excusable = (known is None or known.may_be_allowed) and finding.rule not in candidate.allowed
        if excusable and not candidate.existing:
            candidate.allowed.add(finding.rule)
            found.setdefault(candidate.address, "")
        else:
            found[candidate.address] = message
    return found


def _unsent(attempt: Adoption, by_address: Mapping[str, Candidate]) -> dict[str, str]:
    """What is valid and not sent, with the reasons."""
    found: dict[str, str] = {}
    for each in (*attempt.after.compiled.not_sent, *attempt.after.compiled.by_hand):
        candidate = by_address.get(f"{each.source.kind}/{each.source.key}")
        if candidate is not None and not candidate.existing:
            found.setdefault(candidate.address, each.reason)
    return found


def _at(path: str, by_path: Mapping[str, Candidate]) -> Candidate | None:
    """The object in which a place of the files is."""
    while path and path not in by_path:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return by_path.get(path)


def _beside(attempt: Adoption, finding: Finding, by_address: Mapping[str, Candidate]) -> tuple[Candidate | None, str]:
    """The new object that a finding at a declared one is about as well, because it has its name or is mentioned in it,
    and what the finding says of it. It might have stood at either of the two."""
    declaration = attempt.after.opened.loaded.declaration
    item = next((each for each in declaration if is_within(finding.path, show_path(each.path))), None)
    if item is None:
        return None, finding.message
    for each in by_address.values():
        if each.kind != item.kind:
            continue
        mine = declaration.get(each.kind, each.key)
        if mine is not None and (mention := f"“{mine.name}” ({mine.position})") in finding.message:
            return each, finding.message.replace(mention, f"“{item.name}”")
        if str(each.data.get("name", "")).casefold() == item.name.casefold():
            return each, finding.message
    return None, finding.message


def _changing(attempt: Adoption, by_address: Mapping[str, Candidate]) -> list[Candidate]:
    """New objects of which the next plan would change something."""
    found: dict[str, Candidate] = {}
    for step in attempt.steps:
        candidate = by_address.get(ResourceName.of(step.name).address)
        if candidate is not None and step.operation != "same":
            found[candidate.address] = candidate
    return list(found.values())


def _is_found(account: LiveAccount, candidate: Candidate) -> bool:
    """Whether an object that is only named is found by its name, and is the only one."""
    if not candidate.existing:
        return True
    main = candidate.sighting.main
    look = account.looks[candidate.instance]
    key = look.collections[main.type].live_key(main.live)  # the payload need not say how it is called
    return key is not None and [each.id for each in look.named(main.type, key, main.payload)] == [main.live.id]


def _say_less(account: LiveAccount, candidate: Candidate, reason: str) -> None:
    if not reason:  # excused, and said again
        return
    if candidate.existing or not _is_found(account, replace(candidate, existing=reason)):
        candidate.left = reason
    else:
        candidate.existing, candidate.allowed = reason, set()
