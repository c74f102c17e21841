"""What the vendor's answers mean: errors in its own words, and warnings that come with a success."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from provisioners.errors import FaultCode, SystemFault, remedy

WARNING_HEADER = "x-zendesk-api-warn"
REQUEST_TIMEOUT = 408
"""Somebody on the way has waited long enough."""
NOT_FOUND = "RecordNotFound"
NOT_GIVEN = (403, 404)
"""How the vendor answers for what the account's plan, or the token's user, does not have."""

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LIST = re.compile(rf":(?P<word>[a-z_]+) ?=> ?\[(?P<names>(?:{_QUOTED.pattern}|[,\s])*)\]")
_FOR_PROGRAMS = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+|[a-z]+(?:_[a-z]+)+|[A-Z]+(?:_[A-Z]+)+")
_MARKED = re.compile(r"<(\w+)[^>]*>(.*?)</\1>")
_MARK = re.compile(r"</?\w+[^>]*>")
_SAYS_NOTHING = re.compile(r"RecordInvalid|Record ?validation errors|Validation failed", re.I)
"""What stands above the details of a refusal, and says nothing without them."""
_WHOLE = "base"
"""What the vendor calls the object as a whole, where it tells problems field by field."""
_CORRECT = (
    "Correct in the files what it names, and run the same command again. Where the files are right, look at the object "
    "in Zendesk's admin centre: make the same change there by hand and see what it says."
)
_CURES = (
    (
        re.compile(r"DuplicateValue|already (?:been taken|in use|exists|used)|must be unique", re.I),
        "Something in the account has this already; it may be switched off. Give yours another value in the files, or "
        "take over the one that is there (`golive adopt`), and run the same command again.",
    ),
    (
        re.compile(r"BlankValue|(?:cannot|can't|can not) be (?:blank|empty)|is required", re.I),
        "Give it a value in the files and run the same command again.",
    ),
    (
        re.compile(r"TooLong|TooLarge|too (?:long|large|big)", re.I),
        "Shorten it in the files and run the same command again.",
    ),
    (
        re.compile(r"InUse|(?:still|currently|being) (?:in use|used)|in use by|is (?:in use|used)", re.I),
        "Something still uses it: take it out there first, in the files or, where golive does not look after it, in "
        "Zendesk's admin centre. Then run the same command again.",
    ),
    (
        re.compile(r"LimitExceeded|TooMany|limit (?:of|is|has|reached)|maximum number|too many", re.I),
        "The account has as many as it may have: remove one in Zendesk, or ask for a larger plan, and run the same "
        "command again.",
    ),
)
"""How the vendor words a problem, in its codes or sentences → what to do. The shape of `details` is that of
developer.zendesk.com, “Requests”; no page lists all codes and sentences, so what fits none gets general advice."""


def warnings_in(headers: Mapping[str, str]) -> tuple[str, ...]:
    """What the vendor says it left out of a write that it answered with success."""
    said = headers.get(WARNING_HEADER, "").strip()
    if not said:
        return ()
    try:
        parsed = json.loads(said)
    except ValueError:
        parsed = _printed_hash(said)
    if not isinstance(parsed, dict):
        return (said,)  # words of its own
    return tuple(f"{word.replace('_', ' ')}: {_listed(value)}" for word, value in parsed.items() if value)


def _printed_hash(said: str) -> dict[str, list[str]] | None:
    """The lists of names in a hash as Ruby prints it, `{:allowed_parameters=>{…, :unpermitted_keys=>["a.b"], …}}`;
    None for any other text."""
    lists = {found["word"]: _QUOTED.findall(found["names"]) for found in _LIST.finditer(said)}
    return lists or None


def _listed(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} ({item})" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    return str(value)


def words_of(body: Any) -> str:
    """What the vendor says to people in any of its three error envelopes, empty where it gave none.

    `{error, description, details}` with details by field; `{error: {title, message}}`;
    `{errors: [{code, title, detail}]}`. Names that are for programs (`RecordInvalid`) are left out where the vendor
    says anything else.
    """
    if not isinstance(body, Mapping):
        return ""
    error, errors = body.get("error"), body.get("errors")
    if isinstance(errors, list):
        return _several(_one_of_errors(item) for item in errors)
    if details := _several(_details(body.get("details") or errors)):
        return details
    if isinstance(error, Mapping):
        return _joined(error.get("title"), error.get("message"))
    said = body.get("description") or body.get("error_description") or body.get("message")
    if said and not _SAYS_NOTHING.fullmatch(_text(said)):
        return _text(said)
    return "" if _SAYS_NOTHING.fullmatch(str(error or "")) else _in_words(str(error or ""))


def _one_of_errors(item: Any) -> str:
    if isinstance(item, Mapping):
        title = item.get("title") or _in_words(str(item.get("code") or ""))
        return _joined(title, item.get("detail") or item.get("message")) or _text(item)
    return _text(item)


def _details(details: Any, field: str = "") -> Iterator[str]:
    """Every problem in the vendor's details with the field that it is about, however deep it stands."""
    if isinstance(details, Mapping):
        said = details.get("description") or details.get("message") or details.get("error")
        if said and not isinstance(said, (Mapping, list)):
            yield _about(field, str(said))
            return
        for name, problems in details.items():
            yield from _details(problems, field if str(name) == _WHOLE else str(name))
    elif isinstance(details, (list, tuple)):
        for problem in details:
            yield from _details(problem, field)
    elif details:
        yield _about(field, str(details))


def _about(field: str, said: str) -> str:
    """A problem with the field before it, which the vendor's own words often begin with (`Name: cannot be blank`)."""
    name = field.replace("_", " ")
    said = _in_words(_plain(said)).strip()
    return said if not name or said.lower().startswith(name.lower()) else f"{name}: {said}"


def _in_words(name: str) -> str:
    """A name that is for programs as words: `InvalidValue` → `invalid value`; other texts stay."""
    if not _FOR_PROGRAMS.fullmatch(name):
        return name
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", name).lower()


def _text(value: Any) -> str:
    """A value that the vendor gives in place of a sentence, without the signs of its notation."""
    if isinstance(value, Mapping):
        return "; ".join(f"{str(name).replace('_', ' ')}: {_text(each)}" for name, each in value.items() if each)
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(each) for each in value)
    return _plain(str(value))


def _plain(text: str) -> str:
    """A sentence without the marks of the vendor's own pages (`The tag <strong>other</strong> is …`)."""
    return unescape(_MARK.sub("", _MARKED.sub(r"“\2”", text)))


def _several(pieces: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(piece.strip().rstrip(".") for piece in pieces if piece))


def _joined(*pieces: Any) -> str:
    return ": ".join(dict.fromkeys(_text(piece) for piece in pieces if piece))


def is_gone(status: int, body: Any) -> bool:
    """Whether the vendor itself says that the object does not exist.

    A 404 for a path that the account does not have (`InvalidEndpoint`) or without words is not that.
    """
    if status != 404 or not isinstance(body, Mapping):
        return False
    if body.get("error") == NOT_FOUND:
        return True
    errors = body.get("errors")
    return isinstance(errors, list) and any(
        isinstance(item, Mapping) and NOT_FOUND in (item.get("code"), item.get("title")) for item in errors
    )


def fault(what: str, status: int, body: Any, *, reads: bool) -> SystemFault:
    """The vendor's refusal as golive's own error. `body` is None for an answer that is not JSON."""
    words = words_of(body)
    told = words or f"the answer was {status} without a reason"
    if status >= 500 or 300 <= status < 400 or status == REQUEST_TIMEOUT:
        return unreachable(what, told, reads=reads, status=status)
    code, do = _meaning(status, body)
    if not do and code == "refused" and not reads:
        do = _cure(body, words)
    return SystemFault(code, what, told, do, status=status)


def _meaning(status: int, body: Any) -> tuple[FaultCode, str]:
    """What a refusal is, and what a person can do about it where the status alone says it."""
    if status == 401:
        return "credentials", "The token is wrong, expired or was revoked: make a new one and set it."
    if status == 403:
        return "refused", "Either the token's user lacks the right for this, or the account's plan does not have it."
    if status == 404:
        if is_gone(status, body):
            return "not_found", ""
        return "refused", "The account does not have this feature, or the address in the environment file is wrong."
    if status == 409:
        return "refused", "Somebody changed the same thing at the same time: run the same command again."
    return "refused", ""


def _cure(body: Any, words: str) -> str:
    """What a person can do about what the vendor does not take, going by what it says of it."""
    if not words:
        return (
            "Make the same change by hand in Zendesk's admin centre, which mostly says what it does not take, and "
            "correct the files."
        )
    said = f"{body} {words}"
    return next((do for pattern, do in _CURES if pattern.search(said)), _CORRECT)


def unreachable(what: str, why: str, *, reads: bool, status: int | None = None) -> SystemFault:
    """An answer that is no answer. After a write nobody knows whether it took effect."""
    return SystemFault(
        "unreachable",
        what,
        why,
        remedy(status),
        status=status,
        took_effect=False if reads else None,
    )
