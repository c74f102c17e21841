"""What secrets look like: by their own form, and by the name that stands before them.

Known forms only. What could as well be an ordinary word, a text with placeholders or a value of the environment is
none: a finding about something harmless teaches people to switch findings off.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

FORMS = re.compile(
    r"""
      (?P<a_private_key>-----BEGIN[ A-Z]*PRIVATE\ KEY-----.*?(?:-----END[ A-Z]*PRIVATE\ KEY-----|\Z))
    | (?P<a_token_of_Slack>\bxox[abeoprs]-[\w-]{8,} | \bxapp-[\w-]{8,})
    | (?P<a_token_of_GitHub>\bgh[opsur]_[A-Za-z0-9]{20,} | \bgithub_pat_\w{20,})
    | (?P<a_key_of_AWS>\b(?:AKIA|ASIA)[0-9A-Z]{16}\b)
    | (?P<a_key_of_Google>\bAIza[\w-]{30,})
    | (?P<a_secret_key>\b[rs]k_(?:live|test)_\w{10,} | \bsk-(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{16,})
    | (?P<a_token>\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*                        # JSON Web Tokens
        | (?i:(?<=\bBearer\ )|(?<=\bBasic\ ))(?=[\w.~+/-]*(?:\d|[a-z][A-Z]))[\w.~+/-]{12,}=*)
    | (?P<the_key_of_a_Slack_hook>
        (?<=hooks\.slack\.com/services/)\w[\w/]+ | (?<=hooks\.slack\.com/workflows/)\w[\w/]+
        | (?<=hooks\.slack\.com/triggers/)\w[\w/]+)
    | (?P<a_name_and_password>(?<=://)[^\s/@:]+:[^\s/@]+(?=@))
    """,
    re.VERBOSE | re.DOTALL,
)
"""Secrets that are known by themselves. Each group's name, with spaces, says what it is."""

_NAMES = re.compile(
    r"(?:(?:[\w-]*[_-])?(?:token|secret|passw(?:or)?d|passphrase|api[_-]?key|(?:access|private|secret|signing|auth)[_-]?key"
    r"|signature|sig)|key)",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WEAK_NAMES = re.compile(r"(?:signature|sig|^key)$", re.IGNORECASE)
"""Names that also stand before what is no secret: what follows has to look like one."""
_LOOSE_NAME = re.compile(r"token|secret|passw|private|credential|api_?key|_key$|^key$", re.IGNORECASE)
_NAMED = re.compile(
    r"""(?P<before>(?:["']|[?&;]|\b)(?P<name>[\w-]{2,60})(?:["']\s*:\s*["']|=))(?P<value>[^\s"'&#<>]+)"""
)
"""`?token=…`, `&sig=…`, `"api_key": "…"` inside a text."""
_NAMED_LOOSELY = re.compile(
    r"""(?P<before>\b(?P<name>[\w-]{2,60})["']?(?:\s*=\s*|:\s+|:(?=["']))["']?)(?P<value>[^\s"'&#<>,;}]+)"""
)
"""The same as YAML and people write it; what is no secret may well look like this, too (`Password: forgotten`)."""
_PLACEHOLDER = ("{{", "{%", "${", "<")
_SHORTEST, _SHORTEST_WEAK = 8, 16


def secret_in(text: str) -> str | None:
    """What a text holds: `a token of Slack`, or None where it holds no secret."""
    found = FORMS.search(text)
    if found:
        return str(found.lastgroup).replace("_", " ")
    for each in _NAMED.finditer(text):
        if is_secret(each["name"], each["value"]):
            return f"a secret (`{each['name']}`)"
    return None


def secret_in_address(address: str) -> str | None:
    """The same of an address, its path and its query."""
    found = secret_in(address)
    if found:
        return found
    try:
        pairs = parse_qsl(urlsplit(address).query)
    except ValueError:
        return None
    return next((f"a secret (`{name}`)" for name, value in pairs if is_secret(name, value)), None)


def is_secret(name: str, value: Any) -> bool:
    """Whether what stands under a name is a secret that is written out."""
    if not isinstance(value, str) or not names_secret(name):
        return False
    if any(each in value for each in _PLACEHOLDER) or value.startswith("env:") or re.search(r"\s", value):
        return False
    if _WEAK_NAMES.search(name):
        mixed = re.search(r"\d", value) and re.search(r"[A-Za-z]", value)
        words = re.search(r"[_.:/-]", value) and not re.search(r"[a-z][A-Z]|[A-Z][a-z]", value)
        return len(value) >= _SHORTEST_WEAK and bool(mixed) and not words
    return len(value) >= _SHORTEST


def names_secret(name: str) -> bool:
    """Whether a name says that a secret follows: `token`, `X-Api-Key`, `clientSecret`."""
    return bool(_NAMES.fullmatch(_CAMEL.sub("_", name)))


def names_secret_perhaps(name: str) -> bool:
    """The same with less certainty, where hiding too much does no harm."""
    return bool(_LOOSE_NAME.search(name))


def without_secrets(text: str, mask: str) -> str:
    """The text with a mask in place of every secret, and of what may be one."""

    def named(found: re.Match[str]) -> str:
        value = found["value"]
        prose = found["before"].endswith(" ") and not re.search(r"\d", value)  # `PAGER_TOKEN: invalid_token`
        return found["before"] + (mask if is_secret(found["name"], value) and not prose else value)

    return _NAMED_LOOSELY.sub(named, FORMS.sub(mask, text))
