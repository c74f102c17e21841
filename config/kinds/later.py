"""Kinds that the grammar knows and that this version accepts in their shape, without applying them."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict

from config.kinds.fields import CustomerSide
from config.model import Data, Key, Object, defaults_to, leave, required
from config.references import refers_to
from config.text import Text


class OpenObject(Object):
    """An object of a kind whose attributes are not checked yet."""

    model_config = ConfigDict(extra="allow")

    name: str | None = leave(description="What people call it.")


class HelpCenterCategory(Object):
    """A group of sections."""

    name: Text = required(description="What readers see.")


class HelpCenterSection(Object):
    """A group of articles."""

    name: Text = required(description="What readers see.")
    category: Annotated[str, refers_to("help_center_categories")] = required(description="The category it is in.")


class Article(Data):
    """An article that customers or agents read."""

    name: Text = required(description="Its headline.")
    section: Annotated[str, refers_to("help_center_sections")] = required(description="The section it is in.")
    body: Text = required(description="What it says.")
    labels: list[str] = defaults_to([], description="Words by which it is found, such as `[password]`.")
    customers: CustomerSide = defaults_to({}, validate_default=True, description="What customers see and may do.")
    for_: list[Annotated[str, refers_to("groups", "people", qualified=True)]] = defaults_to(
        [], alias="for", description="Who can read it."
    )


class HelpCenter(Object):
    """The articles that customers and agents read."""

    categories: dict[Key, HelpCenterCategory] = defaults_to({}, description="Groups of sections.")
    sections: dict[Key, HelpCenterSection] = defaults_to({}, description="Groups of articles.")
    articles: dict[Key, Article] = defaults_to({}, description="The articles.")
