"""What a browser sees: a page that says what this is, and one for each list and each object. They only show.

At the vendors' these places are the admin centres, behind a sign-in. Here they need none: the server listens on
loopback only, and secrets are left out.
"""

from __future__ import annotations

import json
import re
from html import escape
from urllib.parse import quote

from starlette.responses import HTMLResponse

from sandbox.access_log import without_secrets
from sandbox.store import Row, Store
from sandbox.system import System

LISTS = "admin"
"""Below a system's own path: the place of its lists and objects, `/slack/admin/channels`."""
NAMES = ("name", "title", "Name", "DeveloperName", "label", "subject", "email", "real_name")
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
pre {{ background: #f2f2f2; padding: 1rem; overflow: auto }}</style></head>
<body><h1>{title}</h1>
{body}
</body></html>
"""


class Pages:
    """The pages of a stand-in. hidden: tables that nobody has made."""

    def __init__(self, store: Store, systems: dict[str, System], token: str, hidden: frozenset[str]) -> None:
        self.store = store
        self.systems = systems
        self.token = token
        self.hidden = hidden

    def page(self, method: str, path: str, origin: str) -> HTMLResponse | None:
        """The page at a path; None where a path is none of a page. origin: the server's own address."""
        if method != "GET":
            return None
        if path == "/":
            return _answer("golive's sandbox", self._front(origin))
        name, _, rest = path.strip("/").partition("/")
        system = self.systems.get(name)
        if system is None or not (rest.startswith(f"{LISTS}/") or re.fullmatch(system.pages, rest)):
            return None
        steps = [step for step in rest.split("/") if step]
        if any(step.isdigit() for step in steps):  # it stands for one object, and for no list
            return self._object(name, steps) or self._lists(name, gone=True)
        return self._object(name, steps) or self._list(name, steps) or self._lists(name)

    # Each page.

    def _front(self, origin: str) -> str:
        parts = [
            "<p>Stand-ins for the systems of a customer-support setup, on this machine only. Nothing here reaches "
            "anybody. The API of each answers below its own path.</p>"
        ]
        for name in self.systems:
            lists = [f"{self._link(name, table)} {count}" for table, count in self._counts(name).items()]
            parts.append(f"<h2>{escape(name)}</h2><p><code>{escape(origin)}/{name}</code><br>")
            parts.append(f"{', '.join(lists) or 'empty'}</p>")
        example = next(filter(None, (each.example(self.store) for each in self.systems.values())), None)
        if example is not None:
            method, path, body = example
            command = (
                f"curl -X {method} {origin}{path} \\\n"
                f'  -H "Authorization: Bearer {self.token}" -H "Content-Type: application/json" \\\n'
                f"  -d '{json.dumps(body)}'"
            )
            parts.append("<h2>Change something by hand</h2>")
            parts.append(f"<p>As somebody would in the admin centre:</p><pre>{escape(command)}</pre>")
            parts.append("<p>If golive looks after it, <code>golive drift</code> shows it, <code>golive pull</code> ")
            parts.append("writes it into the files, and <code>golive up</code> puts it back.</p>")
        return "".join(parts)

    def _object(self, system: str, steps: list[str]) -> HTMLResponse | None:
        """The object whose id is one of a path's steps."""
        for table in self._counts(system):
            rows = self.store.table(system, table)
            for step in reversed(steps):
                if step in rows:
                    row = rows[step]
                    body = json.dumps(_shown(row), indent=2, ensure_ascii=False)
                    about = f"<p>{self._link(system, table)} in {escape(system)}, id <code>{escape(step)}</code></p>"
                    return _answer(_called(row, step), f"{about}<pre>{escape(body)}</pre>{_HOME}")
        return None

    def _list(self, system: str, steps: list[str]) -> HTMLResponse | None:
        """The list that one of a path's steps is called by."""
        tables = self._counts(system)
        table = next((word for step in reversed(steps) if (word := step.replace("-", "_")) in tables), None)
        if table is None:
            return None
        lines = "".join(
            f'<li><a href="/{system}/{LISTS}/{quote(table)}/{quote(key)}">{escape(_called(row, key))}</a> '
            f"<code>{escape(key)}</code></li>"
            for key, row in self.store.table(system, table).items()
        )
        return _answer(f"{table.replace('_', ' ')} in {system}", f"<ul>{lines}</ul>{_HOME}")

    def _lists(self, system: str, *, gone: bool = False) -> HTMLResponse:
        """What there is, for a page that stands for no list of ours. gone: it was that of an object."""
        lists = ", ".join(self._link(system, table) for table in self._counts(system))
        title = "Nothing with that id is here" if gone else f"What {system} holds"
        return _answer(title, f"<p>There is: {lists or 'nothing at all'}.</p>{_HOME}", 404 if gone else 200)

    def _link(self, system: str, table: str) -> str:
        return f'<a href="/{system}/{LISTS}/{quote(table)}">{escape(table.replace("_", " "))}</a>'

    def _counts(self, system: str) -> dict[str, int]:
        """The tables that people would see, with how much they hold."""
        counts = self.store.counts().get(system, {})
        return {name: count for name, count in counts.items() if name not in self.hidden and not name.startswith("_")}


_HOME = '<p><a href="/">What else is here</a></p>'


def _answer(title: str, body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(_PAGE.format(title=escape(title), body=body), status)


def _shown(row: Row) -> Row:
    """A row as it can be shown: without what only the stand-in knows, and without secrets."""
    clean: Row = without_secrets({name: value for name, value in row.items() if not name.startswith("_")})
    return clean


def _called(row: Row, key: str) -> str:
    return next((str(row[name]) for name in NAMES if row.get(name)), key)
