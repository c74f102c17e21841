"""Kinds that the grammar knows and that this version accepts in their shape, without applying them."""

from __future__ import annotations

from pydantic import ConfigDict

from config.model import Object, leave


class OpenObject(Object):
    """An object of a kind whose attributes are not checked yet."""

    model_config = ConfigDict(extra="allow")

    name: str | None = leave(description="What people call it.")
