"""The names of months, in English, German, Dutch, French, Spanish and Italian."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = (
    "january januar jänner januari janvier enero gennaio jan jän janv ene gen",
    "february februar februari février fevrier febrero febbraio feb fév fevr févr",
    "march märz maerz maart mars marzo mar mär mrz mrt",
    "april avril abril aprile apr avr abr",
    "may mai mei mayo maggio mag",
    "june juni juin junio giugno jun giu",
    "july juli juillet julio luglio jul juil lug",
    "august augustus août aout agosto aug aoû ago",
    "september septembre septiembre settembre sep sept set",
    "october oktober octobre octubre ottobre oct okt ott",
    "november novembre noviembre nov",
    "december dezember décembre decembre diciembre dicembre dec dez déc dic",
)
MONTHS: Mapping[str, int] = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
"""The name or its beginning, in small letters → 1 to 12."""
