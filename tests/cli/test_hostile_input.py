"""Files and names that mean harm: refused, or shown and sent as what they are."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from config.characters import CONTROL, HIDDEN
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

NAMES = {
    "markdown": "**[Click](https://evil.example)** `rm -rf` # x",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "mention": "<!channel> <@U123> @here",
    "markup": "[bold red]not a style[/] [link=https://evil.example]x[/link]",
    "placeholder": "{% comment %} {{ticket.id}}",
    "long": "x" * 10_000,
    "turned": "abc\u202egpj.exe\u202c",
    "wide": "\u200bBilling\u2060",
    "quotes": "'\"; DROP TABLE groups; --",
}


def test_names_are_sent_and_shown_as_what_they_are(small: Small) -> None:
    """JSON is YAML, too: so every name stands in the file exactly."""
    groups = {key: {"name": name} for key, name in NAMES.items()}
    workspace = small(json.dumps({"groups": groups}))
    said = workspace.golive("validate")
    assert said.code == 0 and said.out.count("which nobody sees") == 2
    ran = workspace.up()
    assert set(ran.results.values()) == {"done"}
    assert {*NAMES.values()} <= {*workspace.titles("groups")}
    workspace.is_settled()
    workspace.config(json.dumps({"groups": {key: {"name": f"{name}!"} for key, name in NAMES.items()}}))
    shown = workspace.golive("plan").out
    assert CONTROL.search(shown.replace("\n", "")) is None and HIDDEN.search(shown) is None
    assert "abc<U+202E>gpj.exe<U+202C>" in shown
    for name in ("markdown", "html", "mention", "markup", "placeholder", "quotes"):
        assert NAMES[name] in shown


def test_what_others_have_called_things_does_nothing_to_the_screen(set_up: Small) -> None:
    workspace = set_up("groups: {a: {name: A}}\n")
    group = workspace.one("groups", "A")["id"]
    workspace.zendesk("PUT", f"groups/{group}", {"group": {"name": "A\u001b]0;owned\u0007\u001b[2J\u202e"}})
    ran = workspace.golive("plan")
    assert "\x1b" not in ran.out + ran.err and "\u202e" not in ran.out
    assert "A<U+001B>]0;owned<U+0007><U+001B>[2J<U+202E>" in ran.out
    assert workspace.plan().document["drift"][0]["diff"][0]["new"].endswith("\u202e"), "programs get it as it is"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('groups: {a: {name: "A\\e[31m"}}', "texts.control"),
        ("groups: {../../etc/passwd: {name: A}}", "schema.key"),
        ("macros: {a: {name: A, then: [{reply: public, text: {file: ../../../etc/passwd}}]}}", "texts.file"),
        ("macros: {a: {name: A, then: [{reply: public, text: {file: /etc/passwd}}]}}", "texts.file"),
        ("a: &a [" + "x, " * 50 + "]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(3)), ""),
    ],
)
def test_files_that_mean_harm_are_refused(small: Small, text: str, rule: str) -> None:
    workspace = small(text)
    ran = workspace.golive("plan", "--json")
    assert ran.code == 2
    found = workspace.golive("validate", "--json").document["findings"]
    assert rule in {each["rule"] for each in found} or not rule, found
    assert "root:" not in ran.out + ran.err
    assert workspace.sandbox.log() == []


def test_a_file_of_fifty_megabytes_is_not_read(small: Small) -> None:
    workspace = small("groups: {a: {name: A}}\n")
    with (workspace.root / "config" / "own.yaml").open("w") as file:
        file.write("# ")
        file.seek(50_000_000)
        file.write("x\n")
    ran = workspace.golive("validate")
    assert (ran.code, "larger than 5 MB" in ran.out) == (2, True)
