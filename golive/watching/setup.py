"""What the files and the state say to a watch: which promises, who is told, and by which ids the vendors know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.environment import MailEntry
from golive.gates.opened import OpenedGates
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.watching.numbers import Threshold, thresholds_of
from golive.watching.promises import Rules, Watched, rules_of, watched_policies
from golive.watching.texts import Wording
from golive.wording.words import Terms
from provisioners.clocks import Promises
from provisioners.run_file import SystemSettings
from provisioners.system import System, systems

CHANNELS, PEOPLE = "slack_channels/", "people/"


@dataclass(frozen=True)
class Setup:
    """helpdesk, chat: the instances; chat is empty where there is none. policies: by key. ids: key of a policy → its
    live id. channels: `slack_channels/KEY` → the live id. people: `people/KEY` → (name, address). post: the channel
    that hears of numbers and of silence, empty for none. writes_down: nobody is mailed, because it is the sandbox."""

    gates: OpenedGates
    helpdesk: str
    chat: str
    policies: Mapping[str, Watched]
    ids: Mapping[str, str]
    channels: Mapping[str, str]
    people: Mapping[str, tuple[str, str]]
    post: str
    mail: MailEntry | None
    writes_down: bool
    thresholds: Sequence[Threshold] = field(default_factory=tuple)

    @property
    def told(self) -> list[str]:
        """Every channel and person that may hear something."""
        found = [each for policy in self.policies.values() for each in policy.told]
        return list(dict.fromkeys([*found, *([self.post] if self.post else [])]))

    def rules(self, live: Promises) -> Rules:
        return rules_of(self.policies, self.ids, live)

    def wording(self, page: Callable[[str], str]) -> Wording:
        opened = self.gates.opened
        names = {key: policy.name for key, policy in self.policies.items()}
        terms = Terms.of(opened.loaded.declaration)
        return Wording(opened.client, opened.environment_name, names, terms.priorities, {}, page)


def setup_of(
    gates: OpenedGates, settings: Mapping[str, SystemSettings], ids: Mapping[str, str], post: str | None
) -> Setup:
    """What a watch goes by. ids: resource name → id, as the state knows them. post: the channel that was asked for.
    Raises Fault where somebody is to be told who cannot be."""
    opened = gates.opened
    helpdesk = _instance(settings, lambda system: type(system).clocks is not System.clocks)
    chat = _instance(settings, lambda system: type(system).posts is not System.posts)
    if not helpdesk:
        raise Fault(
            "no_helpdesk",
            f"The environment `{opened.environment_name}` has no helpdesk whose promises could be watched.",
            where=f"stacks/Pulumi.{opened.environment_name}.yaml",
            do="Name another environment with -e.",
            exits=Exit.USAGE,
        )
    declaration = opened.loaded.declaration
    policies = watched_policies(declaration)
    found = Setup(
        gates=gates,
        helpdesk=helpdesk,
        chat=chat,
        policies=policies,
        ids=_by_key(ids, helpdesk, "sla_policies"),
        channels={f"{CHANNELS}{key}": each for key, each in _by_key(ids, chat, "slack_channels").items()},
        people={f"{PEOPLE}{key}": (item.name, item.value.email) for key, item in declaration.of("people").items()},
        post=_channel(post, policies, declaration.of("slack_channels"), has_chat=bool(chat)),
        mail=opened.environment.mail,
        writes_down=settings[helpdesk].sandbox,
        thresholds=thresholds_of(gates.checklist),
    )
    _check(found)
    return found


def _instance(settings: Mapping[str, SystemSettings], can: Callable[[System], bool]) -> str:
    return next((instance for instance, each in settings.items() if can(systems()[each.type])), "")


def _by_key(ids: Mapping[str, str], instance: str, kind: str) -> dict[str, str]:
    """Key → id, of one kind's main resources."""
    start = f"{instance}/{kind}/"
    return {name.removeprefix(start): each for name, each in ids.items() if instance and name.startswith(start)}


def _channel(asked: str | None, policies: Mapping[str, Watched], known: Mapping[str, Any], *, has_chat: bool) -> str:
    """The channel that hears of numbers: the one that is asked for, else the first that is warned. Raises Fault."""
    if asked is None:
        first = next(_channels(each for policy in policies.values() for each in policy.told), "")
        return first if has_chat else ""
    key = asked.removeprefix(CHANNELS).removeprefix("#")
    if key not in known:
        raise Fault("no_channel", f"No Slack channel `{key}` is declared.",
                    why=f"There are: {', '.join(known) or 'none'}.", do="Say one of them with --post.",
                    exits=Exit.USAGE)  # fmt: skip
    return f"{CHANNELS}{key}"


def _channels(told: Iterable[str]) -> Iterator[str]:
    return (each for each in told if each.startswith(CHANNELS))


def _check(setup: Setup) -> None:
    """Whether everybody who is to be told can be. Raises Fault."""
    option = setup.gates.opened.option
    file = f"stacks/Pulumi.{setup.gates.opened.environment_name}.yaml"
    channels = list(_channels(setup.told))
    if channels and not setup.chat:
        raise Fault("no_chat", f"{channels[0]} is to be told, and this environment has no chat.", where=file,
                    do="Add the chat under `systems:`, or name people under `warn:` and `breach:` instead.",
                    exits=Exit.USAGE)  # fmt: skip
    missing = [each for each in channels if each not in setup.channels]
    if missing:
        raise Fault("no_channel", f"{missing[0]} is to be told, and golive has not set it up here yet.",
                    do=f"Set it up first:  golive up{option}", exits=Exit.FAILED)  # fmt: skip
    people = [each for each in setup.told if each.startswith(PEOPLE)]
    if people and setup.mail is None and not setup.writes_down:
        raise Fault(
            "no_mail",
            f"{people[0]} is to be mailed, and it is not said through which server.",
            where=file,
            do="Write into the environment file:  mail: {server: HOST:587, sender: watch@your-company.example, "
            "user: …, password: env:NAME}   or name channels only under `warn:` and `breach:`.",
            exits=Exit.USAGE,
        )
