"""The languages that the vendor knows: id, code, name, and whether agents can work in it.

Source: developer.zendesk.com, “Locales”, and support.zendesk.com, “Zendesk language support by product”. Of the ids,
1 (English), 2 (Spanish), 8 (German) and 16 (French) are in the vendor's examples; the others are ours.
"""

from __future__ import annotations

from sandbox.store import Row

_LOCALES = """
1 en-US English; 2 es Español; 8 de Deutsch; 16 fr Français; 5 sv Svenska; 10 zh-CN 简体中文; 11 ko 한국어;
13 pl Polski; 14 da Dansk; 19 pt-BR Português (Brasil); 22 it Italiano; 27 ru Русский; 34 no Norsk;
40 uk Українська; 67 ja 日本語; 74 he עברית; 81 fi Suomi; 83 nl Nederlands; 88 tr Türkçe; 92 cs Čeština;
1009 zh-TW 繁體中文; 1011 ar العربية; 1016 pt Português; 1092 hu Magyar; 1101 th ไทย; 1118 vi Tiếng Việt;
1126 ro Română; 1173 id Bahasa Indonesia; 1176 en-GB English (United Kingdom); 1181 en-CA English (Canada);
1184 en-AU English (Australia); 1186 es-ES Español (España); 1194 es-419 Español (Latinoamérica);
1187 fr-CA Français (Canada); 1188 fr-FR Français (France); 1190 de-AT Deutsch (Österreich);
1191 de-CH Deutsch (Schweiz); 1209 sk Slovenčina; 1210 sl Slovenščina; 1211 hr Hrvatski; 1212 bg Български;
1213 el Ελληνικά; 1214 et Eesti; 1215 lv Latviešu; 1216 lt Lietuvių; 1217 nl-BE Nederlands (België);
1218 ga Gaeilge; 1219 en-IE English (Ireland); 1220 hi हिन्दी
"""
LOCALES: dict[int, tuple[str, str]] = {
    int(number): (code, name) for number, code, name in (one.split(maxsplit=2) for one in _LOCALES.split(";"))
}
"""Id → code and name."""
CODES = frozenset(code.lower() for code, _ in LOCALES.values())
"""The codes as help centers write them."""


def locale_row(base: str, number: int, default: int = 1) -> Row:
    """A language as the API echoes it. base: the address before `/api/v2`."""
    code, name = LOCALES[number]
    return {
        "id": number,
        "url": f"{base}/api/v2/locales/{code}.json",
        "locale": code,
        "name": name,
        "native_name": name,
        "presentation_name": name,
        "rtl": code in ("ar", "he"),
        "default": number == default,
        "created_at": "2009-07-20T22:55:29Z",
        "updated_at": "2009-07-20T22:55:29Z",
    }
