"""The names of time zones that the vendor takes: Rails' own, not IANA's; and what each of them is."""

from __future__ import annotations

from zoneinfo import ZoneInfo

_ZONES = """
International Date Line West: Etc/GMT+12; American Samoa, Midway Island: Pacific/Pago_Pago; Hawaii: Pacific/Honolulu;
Alaska: America/Juneau; Pacific Time (US & Canada): America/Los_Angeles; Tijuana: America/Tijuana;
Arizona: America/Phoenix; Chihuahua: America/Chihuahua; Mazatlan: America/Mazatlan;
Mountain Time (US & Canada): America/Denver; Central America: America/Guatemala;
Central Time (US & Canada): America/Chicago; Guadalajara, Mexico City: America/Mexico_City;
Monterrey: America/Monterrey; Saskatchewan: America/Regina; Bogota: America/Bogota;
Eastern Time (US & Canada): America/New_York; Indiana (East): America/Indiana/Indianapolis; Lima, Quito: America/Lima;
Atlantic Time (Canada): America/Halifax; Caracas: America/Caracas; Georgetown: America/Guyana;
La Paz: America/La_Paz; Puerto Rico: America/Puerto_Rico; Santiago: America/Santiago;
Newfoundland: America/St_Johns; Brasilia: America/Sao_Paulo; Buenos Aires: America/Argentina/Buenos_Aires;
Montevideo: America/Montevideo; Greenland: America/Nuuk; Mid-Atlantic: Atlantic/South_Georgia;
Azores: Atlantic/Azores; Cape Verde Is.: Atlantic/Cape_Verde; Casablanca: Africa/Casablanca; Dublin: Europe/Dublin;
Edinburgh, London: Europe/London; Lisbon: Europe/Lisbon; Monrovia: Africa/Monrovia; UTC: Etc/UTC;
Amsterdam: Europe/Amsterdam; Belgrade: Europe/Belgrade; Berlin: Europe/Berlin; Bern, Zurich: Europe/Zurich;
Bratislava: Europe/Bratislava; Brussels: Europe/Brussels; Budapest: Europe/Budapest; Copenhagen: Europe/Copenhagen;
Ljubljana: Europe/Ljubljana; Madrid: Europe/Madrid; Paris: Europe/Paris; Prague: Europe/Prague; Rome: Europe/Rome;
Sarajevo: Europe/Sarajevo; Skopje: Europe/Skopje; Stockholm: Europe/Stockholm; Vienna: Europe/Vienna;
Warsaw: Europe/Warsaw; West Central Africa: Africa/Algiers; Zagreb: Europe/Zagreb; Athens: Europe/Athens;
Bucharest: Europe/Bucharest; Cairo: Africa/Cairo; Harare: Africa/Harare; Helsinki: Europe/Helsinki;
Jerusalem: Asia/Jerusalem; Kaliningrad: Europe/Kaliningrad; Kyiv: Europe/Kyiv; Pretoria: Africa/Johannesburg;
Riga: Europe/Riga; Sofia: Europe/Sofia; Tallinn: Europe/Tallinn; Vilnius: Europe/Vilnius; Baghdad: Asia/Baghdad;
Istanbul: Europe/Istanbul; Kuwait: Asia/Kuwait; Minsk: Europe/Minsk; Moscow, St. Petersburg: Europe/Moscow;
Nairobi: Africa/Nairobi; Riyadh: Asia/Riyadh; Volgograd: Europe/Volgograd; Tehran: Asia/Tehran;
Abu Dhabi, Muscat: Asia/Muscat; Baku: Asia/Baku; Samara: Europe/Samara; Tbilisi: Asia/Tbilisi; Yerevan: Asia/Yerevan;
Kabul: Asia/Kabul; Almaty, Astana: Asia/Almaty; Ekaterinburg: Asia/Yekaterinburg; Islamabad, Karachi: Asia/Karachi;
Tashkent: Asia/Tashkent; Chennai, Kolkata, Mumbai, New Delhi: Asia/Kolkata; Sri Jayawardenepura: Asia/Colombo;
Kathmandu: Asia/Kathmandu; Dhaka: Asia/Dhaka; Urumqi: Asia/Urumqi; Rangoon: Asia/Yangon;
Bangkok, Hanoi: Asia/Bangkok; Jakarta: Asia/Jakarta; Krasnoyarsk: Asia/Krasnoyarsk; Novosibirsk: Asia/Novosibirsk;
Beijing: Asia/Shanghai; Chongqing: Asia/Chongqing; Hong Kong: Asia/Hong_Kong; Irkutsk: Asia/Irkutsk;
Kuala Lumpur: Asia/Kuala_Lumpur; Perth: Australia/Perth; Singapore: Asia/Singapore; Taipei: Asia/Taipei;
Ulaanbaatar: Asia/Ulaanbaatar; Osaka, Sapporo, Tokyo: Asia/Tokyo; Seoul: Asia/Seoul; Yakutsk: Asia/Yakutsk;
Adelaide: Australia/Adelaide; Darwin: Australia/Darwin; Brisbane: Australia/Brisbane;
Canberra: Australia/Canberra; Guam: Pacific/Guam; Hobart: Australia/Hobart; Melbourne: Australia/Melbourne;
Port Moresby: Pacific/Port_Moresby; Sydney: Australia/Sydney; Vladivostok: Asia/Vladivostok; Magadan: Asia/Magadan;
New Caledonia: Pacific/Noumea; Solomon Is.: Pacific/Guadalcanal; Srednekolymsk: Asia/Srednekolymsk;
Auckland, Wellington: Pacific/Auckland; Fiji: Pacific/Fiji; Kamchatka: Asia/Kamchatka;
Marshall Is.: Pacific/Majuro; Chatham Is.: Pacific/Chatham; Nuku'alofa: Pacific/Tongatapu; Samoa: Pacific/Apia;
Tokelau Is.: Pacific/Fakaofo
"""
IANA = {
    name.strip(): zone.strip()
    for names, _, zone in (entry.partition(": ") for entry in _ZONES.replace("\n", " ").split(";"))
    for name in names.split(", ")
}
"""The vendor's name → the zone, as Rails' `ActiveSupport::TimeZone` has them."""
NAMES = frozenset(IANA)


def zone_of(name: str) -> ZoneInfo:
    """The zone behind one of the vendor's names."""
    return ZoneInfo(IANA.get(name, "Etc/UTC"))
