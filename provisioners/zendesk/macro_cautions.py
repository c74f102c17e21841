"""What an account does not take of the files that macros add to comments: told before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provisioners.errors import SystemFault
from provisioners.resource import Resource
from provisioners.zendesk.live_settings import Settings
from provisioners.zendesk.macro_words import FILES

_MEGABYTE = 1024 * 1024


def macro_cautions(settings: Settings, resources: Iterable[Resource]) -> Iterator[str]:
    """A line for each file that is larger than the account's own limit."""
    sent = [(each, file) for each in resources if each.mode != "found" for file in each.payload.get(FILES) or []]
    if not sent:
        return
    try:
        limit = int(settings.section("limits").get("attachment_size") or 0)
    except SystemFault as fault:
        yield f"How large a file may be in this account could not be read: {fault.why}"
        return
    for macro, file in sent:
        if limit and file["size"] > limit:
            yield (
                f"“{macro.payload['title']}” adds {file['file']} to the comment, which has "
                f"{file['size'] / _MEGABYTE:.1f} MB, and this account takes files of up to {limit / _MEGABYTE:.0f} MB. "
                "Make it smaller, or link to it in the text."
            )
