"""Names that mean harm, in a comment, on a page, in a log: shown as what they are, and nothing else."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from config.characters import CONTROL, HIDDEN
from golive.screens.markdown import inline
from golive.screens.review_markdown import LARGEST_COMMENT
from tests.repository import ClientRepository

NAMES = {
    "markdown": "**bold** _x_ ~~y~~ # h - l 1. n [a](https://evil.example) ![i](https://evil.example/i.png)",
    "html": "--><script>alert(1)</script><img src=x onerror=alert(1)><!-- </details></summary>",
    "mention": "@team @acme/everyone cc @octocat",
    "issue": "closes #12, GH-7, acme/secret#3, https://evil.example www.evil.example",
    "fence": "```` ``` ` ~~~ \\",
    "table": "a | b | c",
    "entity": "&lt;script&gt; &#64;team &commat;team",
    "turned": "abc\u202egpj.exe\u202c \u200bBilling",
    "formula": "$\\sqrt{x}$ costs $5",
    "command": "::error file=x::owned ##[add-mask]x",
    "quotes": "'\"; DROP TABLE groups; --",
    "heading": "# Everything is fine",
    "list": "1. one",
}
PROSE = "Dear @team\n````\n</details>\n::stop-commands::x\n  ::error::y\n# h\n~~~~\n--> <script>alert(1)</script>\n"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> ClientRepository:
    """Every name is a trigger's, a group's and an organisation's tag, and comes and goes with the change."""
    repository = ClientRepository.new(tmp_path_factory.mktemp("hostile") / "client")
    gone = {f"gone_{key}": {"name": f"{name} gone", "on_remove": "delete"} for key, name in NAMES.items()}
    repository.based_on(json.dumps({"groups": gone, "trigger_categories": {"c": {"name": NAMES["html"]}}}))
    groups = {key: {"name": name, "why": name} for key, name in NAMES.items()}
    triggers = {
        key: {
            "name": f"{name} T", "category": "c", "when": [{"event": "created"}],
            "then": [{"email": "requester", "subject": name, "body": PROSE + name}],
        }
        for key, name in NAMES.items()
    }  # fmt: skip
    company = {"company": {"name": NAMES["html"], "default_locale": "en-US"}}
    roles = {"roles": {"agent": {"name": "Agent", "like": "agent"}}}
    repository.write("config/company.yaml", json.dumps({**company, **roles}))
    categories = {"c": {"name": NAMES["html"]}}
    repository.write(
        "config/own.yaml", json.dumps({"groups": groups, "trigger_categories": categories, "triggers": triggers})
    )
    return repository


def outside_code(text: str) -> tuple[list[str], list[str]]:
    """(texts as they are read, HTML) of a Markdown document, code left out."""
    texts, tags = [], []
    for token in MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text):
        if token.type == "html_block":
            tags.append(token.content)
        for each in token.children or []:
            if each.type == "text":
                texts.append(each.content)
            elif each.type == "html_inline":
                tags.append(each.content)
            elif each.type not in ("softbreak", "hardbreak", "strong_open", "strong_close"):
                tags.append(f"{each.type} {each.content}")
    return texts, tags


ALLOWED = re.compile(
    r"<!-- golive review: acme -->|<span>|</span>|</?details>|</?summary>|\d+ changes|\s|em_(open|close) "
)
"""What the comment itself is made of."""


def check_markdown(text: str) -> None:
    texts, tags = outside_code(text)
    assert [left for each in tags if (left := ALLOWED.sub("", each))] == []
    said = "\n".join(texts)
    assert re.findall(r"@\w", said) == [], "nobody is mentioned"
    assert re.findall(r"#\d|://|www\.", said) == [], "nothing is linked"
    assert CONTROL.search(said.replace("\n", "")) is None
    assert HIDDEN.search(said.replace("\u200b", "")) is None
    assert re.findall(r"^\s*::|##\[", text, re.MULTILINE) == [], "nothing is a command to the runner"


def test_the_comment_is_nothing_but_text(hostile: ClientRepository, tmp_path: Path) -> None:
    ran = hostile.review("--format", "markdown", "--rest", str(tmp_path / "rest.md"))
    assert ran.code == 0
    assert ran.out.startswith("<!-- golive review: acme -->\n## ")
    check_markdown(ran.out)
    headings = [each.content for each in MarkdownIt().parse(ran.out) if each.type == "inline" and each.level == 1]
    assert "Everything is fine" not in headings
    shown = ran.out.replace("\\", "").replace("\u200b", "")
    assert "<script>alert(1)</script>" in shown, "what is meant is still to be read"
    fences = [each for each in MarkdownIt().parse(ran.out) if each.type == "fence"]
    assert len(fences) == 2 * len(NAMES) + 1, "no text ends its block: triggers, groups, the company"


@pytest.mark.parametrize("text", [*NAMES.values(), PROSE, "", "-", "+ x", "= x", "a\r\n\r\n# b", "<", "`", "*"])
def test_one_line_stays_one_line_of_text(text: str) -> None:
    said = inline(text)
    for line in (said, f"- **{said}**" if said else "-", f"## {said}"):
        check_markdown(line)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(said)
    assert [each.type for each in tokens] in (["paragraph_open", "inline", "paragraph_close"], [])


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_the_page_runs_nothing(hostile: ClientRepository) -> None:
    ran = hostile.review("--format", "html")
    tags = Tags()
    tags.feed(ran.out)
    assert not tags.found & {"script", "img", "iframe", "a", "link", "object", "form"}
    assert tags.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class", "style"}
    assert HIDDEN.search(ran.out) is None
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in ran.out
    assert "abc&lt;U+202E&gt;gpj.exe" in ran.out


def test_annotations_are_one_command_each(hostile: ClientRepository) -> None:
    ran = hostile.review("--format", "json", "--annotations")
    lines = ran.err.splitlines()
    assert len(lines) == len(ran.document["risks"]) + len(ran.document["findings_added"])
    for line in lines:
        assert re.fullmatch(r"::(warning|notice) (file=config/own\.yaml,line=\d+,(col=\d+,)?)?title=[^:,]+::.+", line)
        assert CONTROL.search(line) is None and HIDDEN.search(line) is None


def test_a_log_of_actions_takes_no_name_for_a_command(
    hostile: ClientRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    out = hostile.review().out
    assert re.findall(r"^\s*::|##\[", out, re.MULTILINE) == []
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert "::error::y" in hostile.review().out


# ------------------------------------------------------------ length


def long_macro() -> str:
    """As long as a macro can be."""
    return json.dumps({"macros": {"long": {"name": "N" * 200, "then": [{"reply": "public", "text": "w " * 30_000}]}}})


def test_what_is_too_long_gives_way_and_is_kept(tmp_path: Path) -> None:
    repository = ClientRepository.new(tmp_path / "client").based_on("groups: {a: {name: A}}\n")
    macros = {
        f"m{n}": {"name": f"Macro {n}", "then": [{"reply": "public", "text": f"T{n} 😀 " * 300}]} for n in range(60)
    }
    repository.write("config/many.yaml", json.dumps({"macros": macros}, ensure_ascii=False))
    repository.write("config/long.yaml", long_macro())
    repository.write("config/own.yaml", 'groups: {a: {name: "A"}, b: {name: "B"}}\n')
    refused = repository.review("--format", "markdown")
    assert (refused.code, "--rest FILE" in refused.err) == (1, True)
    assert refused.out.startswith("<!-- golive review: acme -->\n## ❌ There is no review of this change")
    rest = tmp_path / "rest.md"
    ran = repository.review("--format", "markdown", "--rest", str(rest))
    assert ran.code == 0
    units = len(ran.out.encode("utf-16-le")) // 2
    assert LARGEST_COMMENT * 0.8 < units <= LARGEST_COMMENT
    assert "I agree to review" in ran.out[:2000]
    assert ran.out.rstrip().endswith("(artifact of the run)._")
    left = rest.read_text(encoding="utf-8")
    check_markdown(ran.out)
    check_markdown(left)
    both = ran.out + left
    for n in range(60):
        assert f"T{n} 😀 T{n}" in both
    assert "w w " * 5000 in left and "w w " * 100 not in ran.out, "one long text does not push the others out"
    assert "_Too long to stand here._" in ran.out


def test_what_fits_has_no_rest(tmp_path: Path) -> None:
    repository = ClientRepository.new(tmp_path / "client").based_on("groups: {a: {name: A}}\n")
    repository.write("config/own.yaml", "groups: {a: {name: B}}\n")
    rest = tmp_path / "rest.md"
    ran = repository.review("--format", "markdown", "--rest", str(rest))
    assert rest.read_text(encoding="utf-8") == ""
    assert ran.out == repository.review("--format", "markdown").out
    assert repository.review("--rest", str(rest)).code == 2


# ------------------------------------------------------------ secrets

SECRETS = (
    "xoxb-123456789012-abcdefABCDEF", "ghp_abcdefghijklmnopqrstuvwxyz0123", "AKIAABCDEFGHIJKLMNOP",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "hunter2", "correct-horse-battery",
    "T000/B000/abcdefgh12345678", "MIIEvQIBADANBgkqhkiG9w0BAQEF",
)  # fmt: skip


def test_secrets_are_in_no_form_of_it(tmp_path: Path) -> None:
    repository = ClientRepository.new(tmp_path / "client")
    webhook = {"name": "W", "url": "https://x.example/a", "auth": {"bearer": SECRETS[4]}}
    repository.based_on(json.dumps({"webhooks": {"w": webhook}}))
    key = f"-----BEGIN PRIVATE KEY-----\n{SECRETS[7]}\n-----END PRIVATE KEY-----"
    text = f"{SECRETS[0]} {SECRETS[1]} {SECRETS[2]} {SECRETS[3]} {key} and ${{values.API_TOKEN}}"
    webhook = {"name": "W", "url": "https://x.example/a", "auth": {"bearer": "env:PAGER"}}
    field = {"name": "F", "type": "text", "help": {"agents": f"{text} https://hooks.slack.com/services/{SECRETS[6]}"}}
    repository.write("config/own.yaml", json.dumps({"webhooks": {"w": webhook}, "ticket_fields": {"f": field}}))
    settings = repository.root / "stacks" / "Pulumi.sandbox.yaml"
    said = settings.read_text(encoding="utf-8").replace("values: {}", f"values: {{API_TOKEN: {SECRETS[5]}}}")
    settings.write_text(said, encoding="utf-8")
    for form in ("text", "markdown", "html", "json"):
        ran = repository.review("--format", form, "--annotations")
        assert ran.code == 0, ran.err
        assert [each for each in SECRETS if each in ran.out + ran.err] == []
        assert "(masked)" in ran.out
        assert "PAGER" in ran.out


# ------------------------------------------------------------ where else it goes


def test_a_step_summary_is_added_to_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = ClientRepository.new(tmp_path / "client").based_on("groups: {a: {name: A}}\n")
    repository.write("config/own.yaml", "groups: {a: {name: B}}\n")
    assert repository.review("--step-summary").code == 2
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert repository.review("--step-summary").code == 0
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- golive review: acme -->") and "renamed A → B" in text
    assert repository.review("nowhere", "--step-summary").code == 1
    assert "There is no review of this change" in summary.read_text(encoding="utf-8")


def test_a_failure_stands_where_the_review_would(tmp_path: Path) -> None:
    repository = ClientRepository.new(tmp_path / "client")
    out = tmp_path / "out"
    for form in ("markdown", "html"):
        ran = repository.review("no`where", "--format", form, "--out", str(out))
        assert ran.code == 1
        text = out.read_text(encoding="utf-8")
        assert "There is no revision" in text and "I agree" not in text
        if form == "markdown":
            check_markdown(text)
            assert text.startswith("<!-- golive review: acme -->")
