"""Environment files: which systems there are, where they are, and the values that `config/` uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from config.addresses import is_loopback
from config.document import Document, Unreadable, read_document, show_path
from config.findings import Finding, Position
from config.freeze import Freeze, FrozenDays, LastDay
from config.model import Key, Model, Scalar, defaults_to, leave, none_unless_given, required
from config.registry import facts
from config.schema_errors import findings_of

SETTINGS_KEY = "golive:environment"
NAME_FORM = r"^[a-z][a-z0-9_-]*$"


def _check_address(url: str) -> str:
    """A port that exists; and no token goes over an open line."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise PydanticCustomError("address", "`{url}` has no usable port", {"url": url}) from None
    if parts.scheme == "http" and not is_loopback(url):
        raise PydanticCustomError(
            "address", "`{url}` is an open line, and a token goes over it; write https", {"url": url, "port": port or 0}
        )
    return url


SystemAddress = Annotated[str, Field(pattern=r"^https?://[^\s]+$"), AfterValidator(_check_address)]
"""Where a system is: https, or http on this machine."""
NamedSecret = Annotated[str, Field(pattern=r"^env:[A-Za-z_][A-Za-z0-9_]*$")]


class SignIn(Model):
    """How golive asks for tokens that end after a while. Zendesk: `client_id` with `client_secret`, and `refresh_token`
    where it works in a person's name. Salesforce: `client_id` with `client_secret`, or `private_key` and `user`."""

    client_id: str = required(description="The OAuth client, or the connected app's consumer key; may be `env:NAME`.")
    client_secret: NamedSecret | None = none_unless_given(description="`env:NAME`.")
    refresh_token: NamedSecret | None = none_unless_given(
        description="`env:NAME`: the first one; its successors are kept with the user who runs golive."
    )
    private_key: NamedSecret | None = none_unless_given(description="`env:NAME`, which holds the key in PEM.")
    user: str | None = none_unless_given(description="In whose name the key signs in; may be `env:NAME`.")
    audience: Literal["login", "test"] | None = none_unless_given(
        description="Salesforce: `test` for a sandbox organisation."
    )

    @property
    def values(self) -> dict[str, str]:
        """What is said."""
        return {name: value for name, value in self.model_dump().items() if value is not None}

    @model_validator(mode="after")
    def _one_proof(self) -> SignIn:
        if (self.client_secret is None) == (self.private_key is None):
            raise PydanticCustomError("one_of", "exactly one of `client_secret` and `private_key` proves who asks",
                                      {"at": "client_secret" if self.client_secret else ""})  # fmt: skip
        return self


class MailEntry(Model):
    """How golive sends mail: as a customer does, to try a channel with, and to people whom a watch tells something."""

    server: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+(:[0-9]+)?$")] = required(
        description="The mail server and its port: `smtp.partner.example:587`. The line is encrypted (STARTTLS, or TLS "
        "on port 465)."
    )
    sender: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] = required(
        description="Your own address, that of no agent: the answers of the helpdesk go there."
    )
    user: str | None = none_unless_given(description="Who signs in there; may be `env:NAME`.")
    password: NamedSecret | None = none_unless_given(description="`env:NAME`.")


class SystemEntry(Model):
    """One system of an environment."""

    type: str = required(description="Which product: zendesk, salesforce or hubspot, slack, …")
    url: SystemAddress = required(description="https, except on this machine.")
    token: Annotated[str, Field(pattern=r"^(env:[A-Za-z_][A-Za-z0-9_]*|sandbox)$")] | None = none_unless_given(
        description="`env:NAME` names an environment variable; `sandbox` is the local sandbox's own token."
    )
    user: str | None = none_unless_given(
        description="Whose API token `token` is. Zendesk: none for an access token. Jira: always."
    )
    sign_in: SignIn | None = none_unless_given(description="Instead of a token: how golive asks for one.")
    plan: str | None = none_unless_given(
        description="The plan that the client has bought; decides which rights and kinds exist."
    )
    seats: Annotated[int, Field(ge=1)] | None = none_unless_given(
        description="Zendesk: how many seats for agents the client pays for; a plan says where they are too few."
    )
    calls_per_minute: Annotated[int, Field(ge=1)] | None = none_unless_given(description="golive's own ceiling.")

    @model_validator(mode="after")
    def _one_way_in(self) -> SystemEntry:
        if (self.token is None) == (self.sign_in is None):
            said = "are both said" if self.token else "are both missing"
            raise PydanticCustomError("one_of", "`token` and `sign_in` {said}: exactly one opens the system",
                                      {"said": said, "at": "token" if self.token else ""})  # fmt: skip
        return self


class Environment(Model):
    """One environment of a workspace."""

    production: bool = defaults_to(False)
    state: str = required(description="`local`, or where the state lives: s3://…, gs://…, azblob://…, postgres://…")
    systems: dict[Key, SystemEntry] = required(description="helpdesk, crm, chat and tracker, as far as there are any.")
    expect: dict[Key, str] = defaults_to({}, description="Which account each system must be.")
    values: dict[Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")], Scalar] = defaults_to({})
    mail: MailEntry | None = none_unless_given(
        description="How `golive try channels` sends mail as a customer does, and `golive watch` tells people. The "
        "local sandbox needs none."
    )
    freeze: Freeze | LastDay | None = none_unless_given(
        description="Days (UTC) on which nothing may change, or the last one (YYYY-MM-DD) with the reason behind it."
    )

    @property
    def unguarded(self) -> list[str]:
        """Systems of a production environment of which nothing says which account they must be."""
        return [instance for instance in self.systems if instance not in self.expect] if self.production else []

    @property
    def types(self) -> frozenset[str]:
        """The products that it names: `zendesk`, `salesforce`, …"""
        return frozenset(entry.type for entry in self.systems.values())

    @property
    def plans(self) -> dict[str, str | None]:
        """System → the plan that the client has bought, None where the file does not say it."""
        return {instance: entry.plan for instance, entry in self.systems.items()}

    @property
    def frozen_days(self) -> FrozenDays | None:
        """The days on which nothing may change, whenever they are."""
        return FrozenDays.of(self.freeze) if self.freeze else None

    def frozen(self, now: datetime) -> FrozenDays | None:
        """The freeze in which a moment lies, None where it is free."""
        days = self.frozen_days
        return days if days and days.holds(now) else None


class StackSettings(Model):
    """The settings of the Pulumi stack."""

    environment: Environment = required(alias=SETTINGS_KEY)


class EnvironmentFile(Model):
    """The file as Pulumi knows it; everything of ours stands under one key."""

    config: StackSettings = required()
    encryptionsalt: str | None = leave()
    secretsprovider: str | None = leave()
    encryptedkey: str | None = leave()


def read_environment(path: Path, name: str) -> tuple[Environment | None, list[Finding]]:
    """The environment in a file, or None, and what is wrong with it. `name` is what findings call the file."""
    try:
        document: Document = read_document(path, name)
    except Unreadable as broken:
        return None, [broken.finding]
    data: Any = document.data
    if not isinstance(data, dict):
        return None, [
            Finding(
                "environment.empty",
                "error",
                Position(name),
                "",
                "this environment file says nothing",
                "Copy one that `golive init` makes.",
            )
        ]
    value, findings = findings_of(EnvironmentFile, data, document, ())
    if value is None:
        return None, findings
    environment: Environment = value.config.environment
    return environment, [*_expectations(environment, document), *_plans(environment, document)]


def is_example_address(url: str) -> bool:
    """Whether an address still is the one that `golive init` wrote, or of those that can belong to nobody."""
    host = urlsplit(url).hostname or ""
    return host.startswith("your-") or host.endswith(".example")


def _plans(environment: Environment, document: Document) -> Iterator[Finding]:
    """A plan's name is one that the vendor sells, as far as the system says which these are."""
    for instance, entry in environment.systems.items():
        known = facts().get(entry.type, {}).get("plans", ())
        if entry.plan is not None and known and entry.plan not in known:
            path = ("config", SETTINGS_KEY, "systems", instance, "plan")
            near = get_close_matches(entry.plan, known, n=1)
            yield Finding(
                "environment.plan", "warning", document.position(path), show_path(path),
                f"{entry.type} has no plan that golive knows as `{entry.plan}`",
                f"Did you mean `{near[0]}`?" if near else f"Known: {', '.join(known)}.",
            )  # fmt: skip


def _expectations(environment: Environment, document: Document) -> Iterator[Finding]:
    """Each account that is expected belongs to a system that there is; in production each system has one."""
    if environment.unguarded:
        path: tuple[str, ...] = ("config", SETTINGS_KEY, "expect" if environment.expect else "production")
        yield Finding(
            "environment.expect-missing", "warning", document.position(path, of_key=True), show_path(path),
            f"this is production, and nothing says which account {', '.join(environment.unguarded)} must be",
            "Write the accounts under `expect:`; `golive doctor` names those that answer now.",
        )  # fmt: skip
    for instance in environment.expect:
        if instance not in environment.systems:
            path = ("config", SETTINGS_KEY, "expect", instance)
            yield Finding(
                "environment.expect", "error", document.position(path, of_key=True), show_path(path),
                f"there is no system `{instance}` in this environment",
                f"Its systems: {', '.join(environment.systems)}.",
            )  # fmt: skip
