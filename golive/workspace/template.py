"""What a new workspace holds. The reference client's files come from the rooms' own `reference/` folders."""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from config.writing.style import flow
from golive.home import home
from golive.workflows import workflow_files
from golive.workspace.repository import place_in_repository
from golive.workspace.schemas import schemas

_ADDRESS = "127.0.0.1:8411"
"""The sandbox's address in the reference files."""
_PLAN = ", plan: suite_professional"
"""The sandbox's plan in the reference files."""
MODELINE = "# yaml-language-server: $schema="
SCHEMA_FOLDER = Path(".golive") / "schemas"

_PROJECT = """\
# The project. golive reads it; the engine gets a copy of its own, so nothing rewrites this file.
name: {name}
description: Customer support of {title}, as code.
runtime:
  name: python
stackConfigDir: stacks
golive:
  format: 1
  requires: ">=0.1"
"""

_IGNORED = """\
# Caches and run files of golive; deleting them loses nothing.
.golive/
# The state of environments that say `state: local`, and the sandbox's accounts.
.pulumi-state/
# What an old tool gave out: customers' texts, which stay out of git.
exports/
# Copies of the ledgers beside them; the ledgers themselves belong into git.
migrations/ledger/backups/
migrations/ledger/*-wal
"""

_COMPANY = """\
{modeline}config.json
# The client. Everything else in this folder may stand in any file: kinds at the left, your own keys below them.

company:
  name: {title}
  default_locale: en-US

roles:
  admin: {{name: Admin, like: admin}}
  agent: {{name: Agent, like: agent}}

groups:
  first_line:
    name: First line
    why: Everything that customers ask lands here first.
"""

_PROJECT_OF_CHECKLISTS = """\
{modeline}checklists.json
# What only this project can say before a gate can open: who has which role, what the project is like, the figures that
# no method gives, and who decides. `golive gate figures` says what each is for. The items are golive's own.

people: {{}}                             # ana: {{roles: [head_of_support], name: Ana Sol, email: ana@client.example}}
profiles: {{}}                           # crm: true, or  voice: {{applies: false, why: Nobody is called.}}
figures: {{}}                            # soft_launch_length: 14d
gates: {{}}                              # soft_launch: {{decision: {{head_of_support: 1}}}}
"""

_ACCOUNT = """\
# What the local sandbox's accounts hold before golive begins. Add the people who are in the client's Slack and
# Salesforce, so that channels and access can name them.
zendesk:
  subdomain: {subdomain}
  name: {title}
  # plan: suite_enterprise             another plan than `plan:` of the environment file
  # help_centers: [{{state: enabled, locales: [en-us, de]}}]     what a person has to switch on in a real account
salesforce:
  organization: {{name: {title}, id: 00D5e000000golv}}
  users: []                            # - {{name: Ana Sol, email: ana@client.example}}
# Instead of Salesforce, where the environment file names it: crm: {{type: hubspot, url: …/hubspot, token: sandbox}}
hubspot:
  account: {{name: {title}}}
  owners: []                           # - {{name: Ana Sol, email: ana@client.example}}
slack:
  team: {{name: {title}, id: T0GOLIVE}}
  users: []                            # - {{name: Ana Sol, email: ana@client.example}}
# The engineers' tracker, where the environment file names one: tracker: {{type: jira, url: …/jira, token: sandbox}}
jira:
  site: {{name: {title}, host: {subdomain}.atlassian.net}}
  projects: []                         # - {{key: APP, name: The app}}
linear:
  workspace: {{name: {title}, url_key: {subdomain}}}
  teams: []                            # - {{key: APP, name: The app}}
"""

_README = """\
# {title}

Customer support of {title} as code, for {golive}.

    golive validate     check the files
    golive review       what a change of the files means, before it is merged
    golive plan         what would change
    golive up           make it so
    golive gate status  what the next phase needs, and who is asked

Without `-e` they are about the local sandbox, to practise in; `-e NAME` names another file of `stacks/`, such as the
client's own account (`-e production`).{sandbox}

`config/` says what there is, `stacks/` where it goes. What may stand in `config/`, every kind with every attribute and
what leaving it out means:

    golive schema --kinds

`checklists/` says who decides and what the project is like. What gates ask for, and what may stand there:

    golive schema --checklists
"""


_NO_COPY = """ The sandbox is no copy of that account: it begins as a new one does, so that
rules which came with the helpdesk are in the way there."""

_PRODUCTION = """\
# The client's account. `golive doctor -e production` says, without writing anything, what is still missing.
config:
  golive:environment:
    production: true                   # golive asks for the client's name before it changes anything here
    # Where golive remembers what it looks after. `local` is this folder (.pulumi-state/), on one machine and not in
    # git: enough for one consultant alone. For a team write a bucket instead, for example s3://client-golive-state.
    state: local
    systems:
      helpdesk: {entry}
    expect:                            # which account it must be; a token in the wrong window reaches nobody else
      helpdesk: {account}
"""


@dataclass(frozen=True)
class FromAccount:
    """A live account that a workspace begins with. entry: the system, as an environment file says it. plan: the
    smallest that carries what the account shows, for the sandbox beside it; empty where it shows none."""

    title: str
    entry: Mapping[str, Any]
    account: str
    plan: str


def write_workspace(root: Path, name: str, *, example: bool, port: int, from_account: FromAccount | None = None) -> int:
    """Write a workspace and return the number of its files. The folder must be new or empty.

    port: where its sandbox will be.
    """
    title = from_account.title if from_account else name.replace("-", " ").replace("_", " ").title()
    modeline = f"{MODELINE}../{SCHEMA_FOLDER.as_posix()}/"
    files: dict[Path, str] = {
        Path("Pulumi.yaml"): _PROJECT.format(name=name, title=title),
        Path(".gitignore"): _IGNORED,
        Path("README.md"): _README.format(
            title=title,
            golive=f"[golive]({home()})" if home() else "golive",
            sandbox=_NO_COPY if from_account else "",
        ),
    }
    address = f"127.0.0.1:{port}"
    stacks = {file.name: file.read_text(encoding="utf-8").replace(_ADDRESS, address) for file in _files("stacks")}
    if example:
        for file in _files("config"):
            files[Path("config") / file.name] = _with_modeline(file.read_text(encoding="utf-8"), modeline)
        files |= {Path("articles") / path: text for path, text in _texts_below("config", "articles")}
        for folder, found in (("checklists", _files("checklists", "client")), ("migrations", _files("migrations"))):
            for file in found:
                files[Path(folder) / file.name] = _with_modeline(file.read_text(encoding="utf-8"), modeline)
        files |= {Path("exports") / path: text for path, text in _texts_below("migrations", "exports")}
    else:
        files[Path("checklists/project.yaml")] = _PROJECT_OF_CHECKLISTS.format(modeline=modeline)
        stacks["Pulumi.sandbox.yaml"] = stacks["Pulumi.sandbox.yaml"].partition("    expect:")[0]
        stacks["Pulumi.production.yaml"] = stacks["Pulumi.production.yaml"].partition("\n    values:")[0] + "\n"
        stacks["sandbox-account.yaml"] = _ACCOUNT.format(title=title, subdomain=name.replace("_", "-"))
        files[Path("config/company.yaml")] = _COMPANY.format(title=flow(title), modeline=modeline)
        if from_account:
            plan = f", plan: {from_account.plan}" if from_account.plan else ""
            stacks["Pulumi.sandbox.yaml"] = stacks["Pulumi.sandbox.yaml"].replace(_PLAN, plan)
            stacks["Pulumi.production.yaml"] = _PRODUCTION.format(
                entry=flow(dict(from_account.entry)), account=flow(from_account.account)
            )
            whole = files[Path("config/company.yaml")]
            files[Path("config/company.yaml")] = whole.partition("\nroles:")[0].rstrip("\n") + "\n"
    files |= {Path("stacks") / name: text for name, text in stacks.items()}
    files |= workflow_files(place_in_repository(root).rstrip("/") or ".")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    write_schemas(root)
    return len(files)


def write_schemas(root: Path) -> None:
    """The schemas that the files' modelines name; they are made again at will."""
    for name, schema in schemas().items():
        path = root / SCHEMA_FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _with_modeline(text: str, modeline: str) -> str:
    """The text with its schema's address as seen from a workspace."""
    first, newline, rest = text.partition("\n")
    if not first.startswith(MODELINE):
        return text
    return f"{modeline}{first.rsplit('/', 1)[-1]}{newline}{rest}"


def _files(room: str, *below: str) -> list[Traversable]:
    folder = importlib.resources.files(room).joinpath("reference", *below)
    return sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)


def _texts_below(room: str, name: str) -> Iterator[tuple[Path, str]]:
    """Every file below a folder of a room's reference, pictures too, with its place in that folder."""

    def found(folder: Traversable, place: Path) -> Iterator[tuple[Path, str]]:
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            if file.is_dir():
                yield from found(file, place / file.name)
            else:
                yield place / file.name, file.read_text(encoding="utf-8")

    yield from found(importlib.resources.files(room).joinpath("reference", name), Path())
