"""Whether help centre and account have what articles and texts need: both are a person's to change, since the vendor's
API switches no help centre on and adds no language to one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from config.findings import Finding
from provisioners.intent import Intent, PlannedChange
from provisioners.zendesk.account_brand import account_brand
from provisioners.zendesk.asking.live_account import LiveAccount
from provisioners.zendesk.asking.question import Question, rule_of_account
from provisioners.zendesk.asking.rule_entries import entries_of
from provisioners.zendesk.translations.locales import our_locale

HELP_CENTER = rule_of_account(
    "ZD120",
    "error",
    "The help centre is off, or not there yet.",
    "Articles could not be made, and no interface of Zendesk's switches it on.",
    "Switch it on: in Zendesk choose the four squares at the top, then Knowledge, then “Create help center” for the "
    "brand, and publish it once its theme is as it should be; then run the same command again. Or leave it out for "
    "now:  --exclude articles",
    source="the account's own list of brands",
)
LANGUAGE = rule_of_account(
    "ZD128",
    "error",
    "A text has a language that the account, or its help centre, does not have.",
    "Zendesk refuses the text.",
    "For articles add it in Knowledge admin, under Settings, Language settings; otherwise correct the code, or add it "
    "in the Admin Center under Account, Localization. Then run the same command again.",
    source="the account's own lists of languages",
)
CATALOGUE = (HELP_CENTER, LANGUAGE)

OBJECTS = ("zendesk:HelpCenterCategory", "zendesk:HelpCenterSection", "zendesk:Article")
TEXTS = ("zendesk:CategoryTranslation", "zendesk:SectionTranslation", "zendesk:ArticleTranslation")


def help_center(account: LiveAccount, intent: Intent) -> Iterator[Finding]:
    """One finding for all that is in it."""
    ours = list(intent.of(*OBJECTS, *TEXTS))
    if not ours:
        return
    brand = account_brand(account.listed("brands"))
    if _is_off(brand):
        many = len({each.name.object for each in ours})
        message = (
            f"the help centre of “{brand.get('name')}” is off, so that "
            f"{'its object' if many == 1 else f'its {many} objects'} cannot be made"
        )
        yield intent.found(HELP_CENTER, ours[0].name, message)


def help_center_languages(account: LiveAccount, intent: Intent) -> Iterator[Finding]:
    """One finding for each language, at the first text that has it."""
    texts = {str((each.will or {})["locale"]): each for each in reversed(list(intent.of(*TEXTS)))}
    if not texts or _is_off(account_brand(account.listed("brands"))):
        return
    known = account.client.get("help_center/locales").body.get("locales") or []
    for locale, each in texts.items():
        if locale not in known:
            there = ", ".join(our_locale(str(one)) for one in known)
            yield intent.found(
                LANGUAGE, each.name, f"the help centre does not have the language {our_locale(locale)}; it has {there}"
            )


def account_languages(account: LiveAccount, intent: Intent) -> Iterator[Finding]:
    """Languages of dynamic content, and those that rules ask for and set."""
    wanted: dict[str, PlannedChange] = {}
    for each in intent.of(*_SAYING):
        for language in _languages_in(each):
            wanted.setdefault(language, each)
    if not wanted:
        return
    codes = {identifier: code.lower() for identifier, code in account.client.languages().items()}
    spoken = _spoken(account, intent, codes)
    for language, each in wanted.items():
        said = our_locale(language)
        if language.lower() not in codes.values():
            yield intent.found(LANGUAGE, each.name, f"Zendesk does not have the language {said}")
        elif each.type == "zendesk:DynamicContent" and spoken and language.lower() not in spoken:
            yield intent.found(LANGUAGE, each.name, f"the language {said} is not switched on in this account")


def _spoken(account: LiveAccount, intent: Intent, codes: Mapping[str, str]) -> set[str]:
    """The languages that the account has, or that the files give it: texts are for these only."""
    identifiers = account.settings("localization").get("locale_ids") or ()
    live = {codes[str(each)] for each in identifiers if str(each) in codes}
    declared = getattr(intent.declared.single("settings"), "languages", None) or ()
    return live | {each.lower() for each in declared} if live else live


_SAYING = ("zendesk:DynamicContent", "zendesk:Trigger", "zendesk:Automation", "zendesk:View", "zendesk:SlaPolicy")


def _languages_in(change: PlannedChange) -> Iterator[str]:
    will = change.will or {}
    yield from (str(language) for language in will.get("texts") or ())
    for each in entries_of(will):
        if each.get("field") == "locale_id":
            value = each.get("value")
            yield from (str(one) for one in (value if isinstance(value, list) else [value]) if not str(one).isdecimal())


def _is_off(brand: Mapping[str, Any]) -> bool:
    return brand.get("help_center_state") == "disabled" or brand.get("has_help_center") is False


QUESTIONS = (
    Question("whether the help centre is on", help_center),
    Question("which languages the help centre has", help_center_languages),
    Question("which languages there are", account_languages),
)
