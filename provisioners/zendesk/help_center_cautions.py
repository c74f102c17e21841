"""What a help centre cannot take of what is declared: it is off, or it does not have a language. Both are a person's
to change, since the vendor's API switches no help centre on and adds no language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provisioners.errors import SystemFault
from provisioners.resource import Resource
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.translations.locales import our_locale

TYPES = ("zendesk:HelpCenterCategory", "zendesk:HelpCenterSection", "zendesk:Article")
_TEXTS = ("zendesk:CategoryTranslation", "zendesk:SectionTranslation", "zendesk:ArticleTranslation")
SWITCH_ON = (
    "Switch it on: in Zendesk choose the four squares at the top, then Knowledge, then “Create help center” for the "
    "brand, and publish it once its theme is as it should be; then run the same command again"
)
ADD_LANGUAGE = "Add it in Knowledge admin, under Settings, Language settings; then run the same command again"


def help_center_cautions(client: ZendeskClient, resources: Iterable[Resource]) -> Iterator[str]:
    """A line for each thing that keeps articles from being written, before anything is sent. resources: what a run
    would make or change."""
    ours = [each for each in resources if each.mode == "managed" and each.type in (*TYPES, *_TEXTS)]
    if not ours:
        return
    try:
        brands = client.pages("brands", "brands")
    except SystemFault as fault:
        yield f"Whether the help centre is on could not be read: {fault.why}"
        return
    brand = next((each for each in brands if each.get("default")), brands[0] if brands else {})
    many = sum(each.type in TYPES for each in ours)
    if brand.get("help_center_state") == "disabled" or brand.get("has_help_center") is False:
        yield (
            f"The help centre of “{brand.get('name')}” is off, so that {many or 'some'} of its objects cannot be made. "
            f"{SWITCH_ON}."
        )
        return
    yield from _languages(client, ours)


def _languages(client: ZendeskClient, ours: Iterable[Resource]) -> Iterator[str]:
    wanted = dict.fromkeys(str(each.payload["locale"]) for each in ours if each.type in _TEXTS)
    try:
        known = client.get("help_center/locales").body.get("locales") or []
    except SystemFault as fault:
        yield f"Which languages the help centre has could not be read: {fault.why}"
        return
    for locale in wanted:
        if locale not in known:
            yield (
                f"The help centre does not have the language {our_locale(locale)}, in which it is written; it "
                f"has {', '.join(our_locale(str(each)) for each in known)}. {ADD_LANGUAGE}."
            )
