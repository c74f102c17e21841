"""The help centre: categories, their sections, and the articles that customers or the team read (grammar 43)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from config.model import Data, Key, Model, Object, defaults_to, none_unless_given, required
from config.references import refers_to
from config.text import Text


class HelpCenterCategory(Object):
    """A group of sections."""

    name: Text = required(description="What readers see.")


class HelpCenterSection(Object):
    """A group of articles."""

    name: Text = required(description="What readers see.")
    category: Annotated[str, refers_to("help_center_categories")] = required(description="The category it is in.")
    section: Annotated[str, refers_to("help_center_sections")] | None = none_unless_given(
        description="The section it is in, where it is a section of a section."
    )


class ArticleReaders(Model):
    """What customers can do with an article."""

    can: Literal["hidden", "see"] = defaults_to("hidden", description="Whether customers see it.")


class Article(Data):
    """An article that customers or the team read."""

    name: Text = required(description="Its headline.")
    section: Annotated[str, refers_to("help_center_sections")] = required(description="The section it is in.")
    body: Text = required(
        description="What it says, in Markdown; a text that begins with `<` is HTML. Pictures that it names by their "
        "path are shown with it."
    )
    labels: list[str] = defaults_to([], description="Words by which it is found, such as `[password]`.")
    customers: ArticleReaders = defaults_to({}, validate_default=True, description="Whether customers see it.")
    for_: list[Annotated[str, refers_to("groups", "people", qualified=True)]] = defaults_to(
        [], alias="for", description="Who of the team can read it, where customers do not."
    )
    active: bool = defaults_to(True, description="false: present as a draft, which nobody reads.")
    has_switch = True

    @model_validator(mode="after")
    def check_readers(self) -> Self:
        if self.for_ and self.customers.can == "see":
            raise PydanticCustomError(
                "readers",
                "`for` names people of the team, and customers are to see it",
                {"at": "for", "hint": "Remove `for`: what customers see, the team sees, too."},
            )
        return self


class HelpCenter(Object):
    """The articles that customers and the team read."""

    categories: dict[Key, HelpCenterCategory] = defaults_to({}, description="Groups of sections.")
    sections: dict[Key, HelpCenterSection] = defaults_to({}, description="Groups of articles.")
    articles: dict[Key, Article] = defaults_to({}, description="The articles.")
