"""What a file says of an old Zendesk."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.addresses import is_loopback
from config.environment import NamedSecret, NamedToken, SystemAddress
from config.model import Model, defaults_to, none_unless_given, required
from provisioners.system import SANDBOX_TOKEN


class ZendeskSignIn(Model):
    """An OAuth client of the old account; golive asks it for tokens that end after a while."""

    client_id: str = required(description="The client's identifier; may be `env:NAME`.")
    client_secret: NamedSecret = required(description="`env:NAME`.")
    refresh_token: NamedSecret | None = none_unless_given(
        description="`env:NAME`, where it works in a person's name: the first one; its successors are kept."
    )

    @property
    def values(self) -> dict[str, str]:
        """What is said."""
        return {name: value for name, value in self.model_dump().items() if value is not None}


class ZendeskApi(Model):
    """The way in to the old account. It is only read."""

    url: SystemAddress = required(
        description="`https://NAME.zendesk.com`; for the help centre of another brand, that brand's own address."
    )
    token: NamedToken | None = none_unless_given(
        description="`env:NAME` names an environment variable; it has to be an administrator's."
    )
    user: str | None = none_unless_given(description="Whose API token `token` is; none for an access token.")
    sign_in: ZendeskSignIn | None = none_unless_given(description="Instead of a token: how golive asks for one.")
    calls_per_minute: Annotated[int, Field(ge=1)] | None = none_unless_given(
        description="golive's own ceiling, so that whoever still works there is not slowed down."
    )

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.token is None) == (self.sign_in is None):
            said = "are both said" if self.token else "are both missing"
            raise PydanticCustomError(
                "one_of", "`token` and `sign_in` {said}: exactly one opens the old Zendesk", {"said": said}
            )
        if self.token == SANDBOX_TOKEN and not is_loopback(self.url):
            raise PydanticCustomError("token", "`sandbox` opens the local sandbox only; write  token: env:NAME", {})
        return self


class ZendeskExport(Model):
    """Files of the admin centre's JSON export: a record a line, as they are or in an archive, in any order."""

    paths: Annotated[list[str], Field(min_length=1)] = required(
        description="Files or archives; they count from the workspace's root. Lists saved from the API, such as "
        "`/api/v2/ticket_fields.json`, give fields and choices their names where there is no `api`."
    )


class ZendeskSettings(Model):
    """An old Zendesk. With `api` alone everything is read from there. With `export`, tickets, people and organizations
    come from its files; `api` beside it gives what no export has: names of fields, attachments, macros, rules,
    articles."""

    api: ZendeskApi | None = none_unless_given(description="The account itself.")
    export: ZendeskExport | None = none_unless_given(description="The administrator's JSON export.")
    help_center: bool = defaults_to(True, description="Whether articles are read.")

    @model_validator(mode="after")
    def _some_way(self) -> Self:
        if self.api is None and self.export is None:
            raise PydanticCustomError("one_of", "`api` or `export` says where the old Zendesk is; both may be said", {})
        return self
