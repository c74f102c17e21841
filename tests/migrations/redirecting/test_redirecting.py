"""Old addresses: in one form, led in one hop, written for servers, and set as rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrations.declared.migration import PageFate
from migrations.mapping.decisions import OldPage
from migrations.redirecting.addresses import address_of
from migrations.redirecting.checking import Led, what_is_wrong
from migrations.redirecting.files import as_csv, as_netlify, as_nginx
from migrations.redirecting.resolving import NewPage, Redirect, Resolved, resolved
from migrations.redirecting.rules import MadeRules, RuleChange, rule_changes
from provisioners.redirects import LiveRule

NEW = "https://new.example/hc/en-us/articles"


def led(**pages: tuple[str, str]) -> Resolved:
    """What becomes of pages. pages: key → (address, article); the article `aN` is at `…/N`, `!URL` at that address."""
    old = [OldPage(key, key, url, "", PageFate(to="a")) for key, (url, _) in pages.items()]
    places = {key: to.removeprefix("!") if to.startswith("!") else f"{NEW}/{to}" for key, (_, to) in pages.items()}
    found = iter(places.values())
    return resolved(old, lambda _key, _language: NewPage(next(found)))


def redirect(old: str, new: str = f"{NEW}/1-A") -> Redirect:
    address = address_of(old)
    assert address is not None
    return Redirect("1", "", address, "a", new)


@pytest.mark.parametrize(
    ("said", "url"),
    [
        (" HTTP://Old.Example:80/a b?q=ü x#place ", "http://old.example/a%20b?q=%C3%BC%20x"),
        ("https://old.example/%7euser/%c3%bc/100%", "https://old.example/~user/%C3%BC/100%25"),
        ("https://old.example:8443", "https://old.example:8443/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://old.example/a%2Fb", "https://old.example/a%2Fb"),
    ],
)
def test_an_address_has_one_form(said: str, url: str) -> None:
    found = address_of(said)
    assert found is not None and found.url == url and address_of(url) == found


@pytest.mark.parametrize(
    "said",
    ["", "/path", "mailto:a@b.example", "https://", "https://me:pw@old.example/", "https://old.example/a%00b",
     "https://old.example/a%0Ab", "https://[::1", "https://old.example:99999/", "javascript:x()", "https://\ud800.example/"],
)  # fmt: skip
def test_what_is_no_address_is_none(said: str) -> None:
    assert address_of(said) is None


def test_two_writings_of_a_page_are_one() -> None:
    pages = [
        "http://old.example/articles/12-How-to", "https://old.example/articles/12/", "https://OLD.example/articles/12#x",
    ]  # fmt: skip
    assert len({found.page for each in pages if (found := address_of(each)) is not None}) == 1


def test_a_chain_is_one_hop_and_a_loop_is_refused() -> None:
    found = led(
        a=("https://old.example/a", "!https://old.example/b"),
        b=("https://old.example/b", "1"),
        c=("https://old.example/c", "!https://old.example/d"),
        d=("https://old.example/d", "!https://old.example/c/"),
        e=("https://old.example/e", "!http://old.example/e/"),
    )
    assert {each.page: each.new for each in found.redirects} == {"a": f"{NEW}/1", "b": f"{NEW}/1"}
    assert [(each.page, each.code) for each in found.refused] == [("c", "loop"), ("d", "loop")] and found.stays == 1


def test_the_same_page_twice_is_one_redirect_and_two_places_are_a_conflict() -> None:
    fates = {"x": "one", "y": "one", "z": "two"}
    pages = [OldPage(key, key, "https://old.example/a#" + key, "", PageFate(to=to)) for key, to in fates.items()]
    found = resolved(pages, lambda key, _: NewPage(f"{NEW}/{key}"))
    assert [each.page for each in found.redirects] == ["x"]
    assert [(each.page, each.code) for each in found.refused] == [("z", "conflict")]


def test_a_table_is_a_table() -> None:
    assert as_csv([redirect('https://old.example/a,"b"')]) == (
        f'old,new,status\n"https://old.example/a,%22b%22",{NEW}/1-A,301\n'
    )


def test_netlify_takes_no_word_of_an_address_for_its_own() -> None:
    said = as_netlify(
        [redirect("https://old.example/a/*/:b c"), redirect("https://old.example/f?id=3&x=a b"),
         redirect("https://old.example/f?3"), redirect("https://old.example/ü")]
    ).splitlines()  # fmt: skip
    assert said[1] == f"/f id=3 x=a%20b {NEW}/1-A 301!" and said[2].startswith("# Netlify cannot tell")
    assert said[3:] == [f"/a/%2A/%3Ab%20c {NEW}/1-A 301!", f"/%C3%BC {NEW}/1-A 301!"]
    two = as_netlify([redirect("https://old.example/a"), redirect("https://older.example/a")])
    assert f"https://older.example/a {NEW}/1-A 301!" in two


def test_nginx_is_given_texts_and_no_words() -> None:
    said = as_nginx(
        [redirect('https://old.example/a "b"\\{;}$x', f"{NEW}/1-$y"), redirect("https://old.example/articles/7-Some-head/"),
         redirect("https://old.example/Up"), redirect("https://old.example/up"), redirect("https://old.example/q?a=ü"),
         redirect("https://old.example:8443/ü")]
    )  # fmt: skip
    for line in (
        f'"old.example/a \\"b\\"\\\\{{;}}$x" "{NEW}/1-%24y";',
        f'"old.example/articles/7" "{NEW}/1-A";',
        f'"~^old\\\\.example/Up$" "{NEW}/1-A";',
        f'"~^old\\\\.example/up$" "{NEW}/1-A";',
        f'"old.example/q?a=%C3%BC" "{NEW}/1-A";',
        f'"old.example/ü" "{NEW}/1-A";',
    ):
        assert f"    {line}\n" in said, said


def test_rules_of_others_are_left_alone(tmp_path: Path) -> None:
    live = [LiveRule("1", "/a", "/1", 301), LiveRule("2", "/b", "/old", 301), LiveRule("3", "/c", "/x", 301),
            LiveRule("4", "/d", "/9", 301), LiveRule("5", "/e", "/5", 302), LiveRule("6", "/h", "/6", 301),
            LiveRule("7", "/i", "/by-hand", 301)]  # fmt: skip
    made = MadeRules(tmp_path / "ledger" / "made.json")
    made.add({"/b": "/old", "/d": "/9", "/g": "/7", "/e": "/5", "/h": "/before", "/i": "/8"})
    wanted = {"/a": "/1", "/b": "/2", "/c": "/3", "/e": "/5", "/f": "/6", "/h": "/6"}
    found = rule_changes(wanted, live, made.all())
    assert found.changes == [
        RuleChange("change", "/b", "/2", "/old", "2"),
        RuleChange("change", "/e", "/5", "/5", "5"),
        RuleChange("set", "/f", "/6"),
        RuleChange("remove", "/d", was="/9", id="4"),
    ]
    assert (found.there, found.others, found.renewed) == (2, {"/c": "/x"}, {"/h": "/6"})
    other = [LiveRule("1", "/ü x", "https://New.example/%c3%bc", 301)]
    assert rule_changes({"/%C3%BC%20x": "https://new.example/ü"}, other, {}).there == 1
    made.forget(["/b"])
    assert "/b" not in made.all()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Led(301, f"{NEW}/1-A", 200), ""),
        (Led(301, f"{NEW}/1-Renamed", 200), ""),
        (Led(0, why="it takes too long"), "no_answer"),
        (Led(404), "not_led"),
        (Led(302, f"{NEW}/1-A", 200), "not_permanent"),
        (Led(301, f"{NEW}/2-B", 200), "elsewhere"),
        (Led(301, f"{NEW}/1", 301), "chain"),
        (Led(301, f"{NEW}/1-A", 404), "no_page_there"),
    ],
)
def test_an_old_page_leads_there_or_it_is_said_why_not(answer: Led, code: str) -> None:
    found = what_is_wrong(f"{NEW}/1-A", f"{NEW}/1-A", answer)
    assert (found[0] if found else "") == code
