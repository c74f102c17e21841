"""Surveys: a person switches them on, rules send them."""

from __future__ import annotations

from config.declaration import Declared
from provisioners.person_steps import PersonSteps
from provisioners.translation import Context


class Surveys(PersonSteps):
    """The vendor's pages say what a survey is and nothing that makes one."""

    kind = "surveys"

    def task(self, item: Declared, context: Context) -> str:
        return (
            "In Zendesk's admin centre under People > Configuration > End users, Satisfaction: switch customer "
            "satisfaction on, without the vendor's own automation; the rules with `send_survey` ask the question."
        )
