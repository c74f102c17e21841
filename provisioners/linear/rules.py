"""What only a live workspace can say against the files. Quick to load: files are checked with it."""

from __future__ import annotations

from config.rules.rule import Rule
from provisioners.issues import ASKED

TEAM = Rule(
    "LI101",
    "error",
    "There is no such team.",
    "Nothing that belongs to it can be made, and no issue.",
    "Write the key of a team that is there: what stands before the number of its issues.",
    elsewhere=ASKED,
    of_account=True,
)
PRIORITY = Rule(
    "LI102",
    "error",
    "Linear has no such priority.",
    "Linear refuses every issue with it, and nobody is told: bugs are lost.",
    "Write Linear's own words under `as`: Urgent, High, Medium, Low, or No priority.",
    elsewhere=ASKED,
    of_account=True,
)
CATALOGUE = (TEAM, PRIORITY)
