"""Redirects as files for the servers at which the old pages were.

Sources: nginx.org, “ngx_http_map_module” (texts are compared without regard to capital letters, expressions with it);
docs.netlify.com, “Redirects and rewrites” (a line for each; paths are encoded; the first one that fits counts).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import parse_qsl, quote

from migrations.redirecting.addresses import Address
from migrations.redirecting.resolving import Redirect

STATUS = 301
_PORT = re.compile(r":\d+$")


def as_csv(redirects: Sequence[Redirect]) -> str:
    """Old address, new address, status."""
    said = io.StringIO()
    writer = csv.writer(said, lineterminator="\n")
    writer.writerow(("old", "new", "status"))
    writer.writerows((each.old.url, each.new, STATUS) for each in redirects)
    return said.getvalue()


# ---------------------------------------------------------------- Netlify


def as_netlify(redirects: Sequence[Redirect]) -> str:
    """A file `_redirects`. Where pages were on several hosts, each line names its host."""
    several = len({each.old.host for each in redirects}) > 1
    lines = ["# Old pages and where they are now (golive migrate redirects). Goes into the published folder."]
    for each in sorted(redirects, key=lambda one: not one.old.query):  # the first line that fits counts
        start = _netlify_start(each.old)
        if start is None:
            lines.append(f"# Netlify cannot tell this one by its query: {each.old.url}")
        else:
            lines.append(f"{f'https://{each.old.host}' if several else ''}{start} {each.new} {STATUS}!")
    return "\n".join(lines) + "\n"


def _netlify_start(old: Address) -> str | None:
    """Path and query; None for a query that is no list of names with values. `*` and `:` have a meaning there."""
    path = old.path.replace("*", "%2A").replace(":", "%3A")
    if not old.query:
        return path
    pairs = parse_qsl(old.query, keep_blank_values=True)
    if len(pairs) != len(old.query.split("&")) or any(not value or value.startswith(":") for _, value in pairs):
        return None
    return " ".join([path, *(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)])


# ---------------------------------------------------------------- nginx

_NGINX = """\
# Old pages and where they are now (golive migrate redirects). Include this file within  http {{ … }},  and write into
# the server of  {hosts}:
#
#     if ($golive_new_page) {{ return {status} $golive_new_page; }}

map_hash_bucket_size 1024;
map_hash_max_size {size};

# The page that is asked for, without a slash at its end, and without the headline behind an article's number.
map $uri $golive_old_page {{
    default $uri;
    "~^(?<golive_number>.*/(?:articles|sections|categories|folders)/\\\\d+)-[^/]*/?$" $golive_number;
    "~^(?<golive_plain>.+?)/+$" $golive_plain;
}}

map "$host$golive_old_page" $golive_by_path {{
{paths}}}

map "$host$request_uri" $golive_by_query {{
{queries}}}

map $golive_by_query $golive_new_page {{
    default $golive_by_query;
    "" $golive_by_path;
}}
"""


def as_nginx(redirects: Sequence[Redirect]) -> str:
    """Maps to be included, and the line that uses them."""
    paths = {_nginx_page(each.old): each.new for each in redirects if not each.old.query}
    queries = {f"{_name(each.old)}{each.old.target}": each.new for each in redirects if each.old.query}
    size = 2048
    while size < 2 * len(redirects):
        size *= 2
    hosts = ", ".join(sorted({_name(each.old) for each in redirects})) or "the old pages"
    return _NGINX.format(
        hosts=hosts, status=STATUS, size=size, paths="".join(_entries(paths)), queries="".join(_entries(queries))
    )


def _nginx_page(old: Address) -> str:
    """What `$host$golive_old_page` is for an address: nginx compares paths decoded."""
    plain = Address(old.scheme, _name(old), old.without_slug)
    return f"{plain.host}{plain.decoded.rstrip('/') or '/'}"


def _name(old: Address) -> str:
    """The host without its port, as nginx has it."""
    return _PORT.sub("", old.host)


def _entries(pages: Mapping[str, str]) -> Iterator[str]:
    """A line each; pages that differ by capital letters only are expressions, which tell them apart."""
    alike = Counter(each.lower() for each in pages)
    for page, new in pages.items():
        said = f"~^{re.escape(page)}$" if alike[page.lower()] > 1 else page
        yield f"    {_quoted(said)} {_quoted(new.replace('$', '%24'))};\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


FORMATS: Mapping[str, Callable[[Sequence[Redirect]], str]] = {
    "nginx": as_nginx,
    "csv": as_csv,
    "netlify": as_netlify,
}
