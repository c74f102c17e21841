"""Whether help centre and account have what articles and texts need: both are a person's to change, since the vendor's
API switches no help centre on and adds no language to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from config.findings import Finding
from config.rules.rule import Rule
from config.words import counted
from provisioners.intent import Intent, PlannedChange
from provisioners.zendesk.account_brand import account_brand
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account
from provisioners.zendesk.asking.rule_entries import entries_of
from provisioners.zendesk.attribute_words import LANGUAGES
from provisioners.zendesk.translations.locales import our_locale

HELP_CENTER = rule_of_account(
    "ZD120",
    "error",
    "The help centre is off, or not there yet.",
    "Articles could not be made, and no interface of Zendesk's switches it on.",
    "Switch it on: in Zendesk choose the four squares at the top, then Knowledge, then “Create help center” for the "
    "brand, and publish it once its theme is as it should be; then run the same command again. Or leave it out for "
    "now:  --exclude help_center",
    source="the account's own list of brands",
)
LANGUAGE = rule_of_account(
    "ZD128",
    "error",
    "A text has a language that the account, or its help centre, does not have.",
    "Zendesk refuses the text.",
    "For articles add it in Knowledge admin, under Settings, Language settings, or leave them out for now:  --exclude "
    "help_center ; otherwise correct the code, or add it in the Admin Center under Account, Localization. Then run the "
    "same command again.",
    source="the account's own lists of languages",
)
LANGUAGE_GOES = rule_of_account(
    "ZD138",
    "warning",
    "The account loses a language in which it has texts.",
    "`settings: languages:` is the whole list: those texts stay in Zendesk, and nobody sees them any more.",
    "Add the language to `settings: languages:`, or take the texts into the files with  golive adopt  and remove them.",
    source="the account's own settings and dynamic content",
)
CATALOGUE = (HELP_CENTER, LANGUAGE, LANGUAGE_GOES)

OBJECTS = ("zendesk:HelpCenterCategory", "zendesk:HelpCenterSection", "zendesk:Article")
TEXTS = ("zendesk:CategoryTranslation", "zendesk:SectionTranslation", "zendesk:ArticleTranslation")


def help_center(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
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
        yield intent.found(HELP_CENTER, ours[0].name, message, _fix(HELP_CENTER, account, ()))


def help_center_languages(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """One finding for each language, at the first text that has it."""
    texts = {str((each.will or {})["locale"]): each for each in reversed(list(intent.of(*TEXTS)))}
    if not texts or _is_off(account_brand(account.listed("brands"))):
        return
    known = account.client.get("help_center/locales").body.get("locales") or []
    for locale, each in texts.items():
        if locale not in known:
            there = ", ".join(our_locale(str(one)) for one in known)
            message = f"the help centre does not have the language {our_locale(locale)}; it has {there}"
            yield intent.found(LANGUAGE, each.name, message, _fix(LANGUAGE, account, [*known, *texts]))


def _fix(rule: Rule, account: AskedAccount, locales: Iterable[str]) -> str:
    """What a person has to do; in the local sandbox there is no Admin Center to do it in."""
    if not account.sandbox:
        return rule.fix
    said = f", locales: [{', '.join(dict.fromkeys(locales))}]" if locales else ""
    return (
        f"{rule.fix} The local sandbox learns it from stacks/sandbox-account.yaml, under `zendesk`:  "
        f"help_centers: [{{state: enabled{said}}}]  and then  golive sandbox reset,  which empties it."
    )


def account_languages(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """Languages of dynamic content, and those that rules ask for and set."""
    wanted: dict[str, PlannedChange] = {}
    for each in intent.of(*_SAYING):
        for language in _languages_in(each):
            wanted.setdefault(language, each)
    if not wanted:
        return
    codes = {identifier: code.lower() for identifier, code in account.client.languages().items()}
    spoken = _spoken(account, intent, codes)
    there = set(codes.values())
    texts = {each for each, by in wanted.items() if by.type == _DYNAMIC_CONTENT and each.lower() in there}
    default = getattr(intent.declared.single("company"), "default_locale", "en-US")
    named = {our_locale(each) for each in (*spoken, *texts)}
    whole = ", ".join(sorted(named, key=lambda each: (each != default, each)))
    for language, each in wanted.items():
        said = our_locale(language)
        if language.lower() not in there:
            yield intent.found(LANGUAGE, each.name, f"Zendesk does not have the language {said}")
        elif language in texts and spoken and language.lower() not in spoken:
            message = f"the language {said} is not switched on in this account"
            yield intent.found(LANGUAGE, each.name, message, f"Say in the files:  settings: {{languages: [{whole}]}}")


def _spoken(account: AskedAccount, intent: Intent, codes: Mapping[str, str]) -> set[str]:
    """The languages that the account has, or that the files give it: texts are for these only."""
    identifiers = account.settings("localization").get("locale_ids") or ()
    live = {codes[str(each)] for each in identifiers if str(each) in codes}
    declared = getattr(intent.declared.single("settings"), "languages", None) or ()
    return live | {each.lower() for each in declared} if live else live


def languages_that_go(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """One finding for each language that the account loses and that a text has which these files do not manage."""
    for change in intent.of("zendesk:AccountSettings"):
        will = {str(each).lower() for each in (change.will or {}).get(LANGUAGES) or ()}
        goes = [str(each) for each in (change.was or {}).get(LANGUAGES) or () if str(each).lower() not in will]
        if not will or not goes:
            continue
        ours = set(intent.ids.values())
        theirs = [each for each in account.listed(*_ITEMS) if str(each["id"]) not in ours]
        identifiers = {code.lower(): identifier for identifier, code in account.client.languages().items()}
        for language in goes:
            locale = identifiers.get(language.lower())
            held = [
                item["name"]
                for item in theirs
                if any(str(variant.get("locale_id")) == locale for variant in item.get("variants") or ())
            ]
            if held:
                more = "" if len(held) == 1 else f" and {counted(len(held) - 1, 'other text')}"
                message = f"the account loses {our_locale(language)}, in which it has the text “{held[0]}”{more}"
                yield intent.found(LANGUAGE_GOES, change.name, message, path=("languages",))


_DYNAMIC_CONTENT = "zendesk:DynamicContent"
_ITEMS = ("dynamic_content/items", "items")
_SAYING = (_DYNAMIC_CONTENT, "zendesk:Trigger", "zendesk:Automation", "zendesk:View", "zendesk:SlaPolicy")


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
    Question("which texts have a language that goes", languages_that_go),
)
