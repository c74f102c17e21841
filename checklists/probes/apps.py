"""Which apps of vendors are installed in a system."""

from __future__ import annotations

from typing import Any, Literal

from checklists.facts import Facts
from checklists.probes.accounts import account_says
from checklists.probes.base import Answer, Probe
from config.model import Model, required
from config.results.standing import AccountQuestion
from config.words import some

_QUESTIONS: dict[str, AccountQuestion] = {"helpdesk": "helpdesk_apps", "crm": "crm_apps"}


class AppInstalled(Probe):
    """An app or package of this name is installed in a system, and switched on. What it is set to, nobody can read."""

    name = "app_installed"
    looks_at = ("standing",)
    asks = ("helpdesk_apps", "crm_apps")

    class Parameters(Model):
        """Which app, and where."""

        system: Literal["helpdesk", "crm"] = required(description="Where it is installed.")
        named: str = required(description="What its name has in it, such as `Zendesk`.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        apps = [str(each) for each in account_says(facts, _QUESTIONS[given.system])["apps"]]
        found = [each for each in apps if given.named.lower() in each.lower()]
        where = "CRM" if given.system == "crm" else given.system
        if found:
            return Answer("pass", f"Installed in the {where}: {found[0]}.", {"apps": len(apps)}, found)
        there = f"there is {some(apps)}" if apps else "there is none at all"
        said = f"No app in the {where} is called {given.named}; {there}."
        return Answer("fail", said, {"apps": len(apps)}, apps)
