"""What only a live site can say against the files. Quick to load: files are checked with it."""

from __future__ import annotations

from config.rules.rule import Rule
from provisioners.issues import ASKED

PROJECT = Rule(
    "JI101",
    "error",
    "There is no such project.",
    "Nothing that belongs to it can be made, and no issue.",
    "Write the key of a project that is there: what stands before the number of its issues.",
    elsewhere=ASKED,
    of_account=True,
)
ISSUE_TYPE = Rule(
    "JI102",
    "error",
    "The project has no such type of issue.",
    "Jira refuses every issue, and nobody is told: bugs are lost.",
    "Write one of the project's types under `issue_type`.",
    elsewhere=ASKED,
    of_account=True,
)
PRIORITIES = Rule(
    "JI103",
    "error",
    "The project has no such priority.",
    "Jira refuses every issue with it, and nobody is told: bugs are lost.",
    "Write the project's own priorities under `as`.",
    elsewhere=ASKED,
    of_account=True,
)
CATALOGUE = (PROJECT, ISSUE_TYPE, PRIORITIES)
