"""Samples of rules about texts, placeholders and secrets."""

from __future__ import annotations

from tests.config.cases.forms import VENDORS_OFF, call, mail, trigger

CASES: list[tuple[str, str, str]] = [
    ("placeholders.syntax", trigger(then=mail("{{ticket.id}")), trigger(then=mail("{{ticket.id}}"))),
    ("placeholders.syntax", trigger(then=mail("{% if x %")), trigger(then=mail("{% if x %}{{x.y}}{% endif %}"))),
    ("placeholders.unknown", trigger(then=mail("{{ticket.fields.nte}}")), trigger(then=mail("{{ticket.fields.note}}"))),
    ("placeholders.unknown", trigger(then=mail("{{dc:closing}}")), trigger(then=mail("{{ticket.link}}"))),
    ("placeholders.unknown", trigger(then=mail("{{requester.name}}")), trigger(then=mail("{{requester.fields.job}}"))),
    ("placeholders.unknown", trigger(then=mail("{{tiket.id}}")), trigger(then=mail("{{ ticket.id | escape }}"))),
    (
        "placeholders.unknown",
        'ticket_fields: {a: {name: A, type: text, help: {customers: "{{dc:gone}}"}}}',
        'ticket_fields: {a: {name: A, type: pattern, pattern: "a{{x", samples: {good: ["a{{x"], bad: [b]}}}',
    ),
    (
        "placeholders.syntax",
        'webhooks: {a: {name: A, url: "https://a.example/{{ticket.id}"}}',
        'webhooks: {a: {name: A, url: "https://a.example/{{ticket.id}}"}}',
    ),
    ("placeholders.unknown", trigger(then=mail("{{- tiket.id -}}")), trigger(then=mail("{{- ticket.id -}}"))),
    (
        "placeholders.owner",
        trigger(then=mail("{{organization.fields.job}}")),
        trigger(then=mail("{{organization.fields.csm}} {{requester.fields.job}} {{ticket.fields.note}}")),
    ),
    (
        "placeholders.part",
        trigger(then=mail("{{ticket.fields.note.tag}}")),
        trigger(then=mail("{{ticket.fields.area.tag}} {{ ticket.fields.area | upcase }}")),
    ),
    (
        "placeholders.part",
        trigger(then=mail("{{ticket.fields.area .tag}}")),
        trigger(then=mail("{{- ticket.fields.area.tag | upcase -}}")),
    ),
    (
        "placeholders.part",
        trigger(then=mail("{{ticket.fields.note[0]}}")),
        trigger(then=mail("{{ ticket.fields.note -}}")),
    ),
    (
        "placeholders.part",
        trigger(then=mail("{{organization.fields.csm.title}}")),
        trigger(then=mail("{{organization.fields.csm}}")),
    ),
    (
        "placeholders.blank",
        trigger("{event: created}", mail("{{ticket.title}}")) + VENDORS_OFF,
        trigger("{event: updated}, {field: type, changed_to: task}", mail("{{ticket.title}}")),
    ),
    (
        "placeholders.blank",
        trigger("{event: created}, {field: current_user, is: customer}", mail("{{ticket.title}}")) + VENDORS_OFF,
        trigger("{event: created}, {field: current_user, is_not: customer}", mail("{{ticket.title}}")) + VENDORS_OFF,
    ),
    (
        "secrets.written-out",
        "webhooks: {a: {name: A, url: 'https://golive:s3cret@a.example/x'}}",
        "webhooks: {a: {name: A, url: 'https://a.example/x?to=golive@a.example'}}",
    ),
    (
        "secrets.written-out",
        "webhooks: {a: {name: A, url: 'https://hooks.slack.com/services/T000/B000/abcdefgh'}}",
        "webhooks: {a: {name: A, url: 'https://a.example/services/T000/B000/abcdefgh?q=1&key=7'}}",
    ),
    (
        "secrets.written-out",
        "webhooks: {a: {name: A, url: 'https://a.example/x?sig=abcdef0123456789'}}",
        "webhooks: {a: {name: A, url: 'https://a.example/x?sig=a&token={{ticket.id}}&kind=Donaudampfschifffahrt'}}",
    ),
    ("secrets.written-out", call("{key: {api_key: '0123456789abcdef'}}"), call("{key: {api_key: '{{ticket.id}}'}}")),
    ("secrets.written-out", call("{note: 'use xoxb-1234567890-abcdef'}"), call("{note: a xoxb- token, token: none}")),
    (
        "secrets.written-out",
        trigger(then=mail("Send  Bearer a1b2c3d4e5f6g7")),
        trigger(then=mail("Bearer authentication, Basic troubleshooting-guide, desk-support-handbook-2026")),
    ),
    ("secrets.place", call("{key: {inner: 'env:pager_token'}}"), call("{key: 'environment: env'}")),
    ("secrets.place", call("{key: 'Bearer env:pager_token'}"), call("{key: 'https://x/env:y'}")),
    ("placeholders.spelling", trigger(then=mail("{{ticket.titel}}")), trigger(then=mail("{{ticket.link_with_title}}"))),
    (
        "placeholders.spelling",
        trigger(then=mail("{{ ticket.organisation.name | upcase }}")),
        trigger(then=mail("{{ticket.ticket_field_12}} {{ticket.organization.name}}")),
    ),
    (
        "placeholders.undocumented",
        trigger(then=mail("{{ticket.internal_note}}")),
        trigger(then=mail("{{ticket.follower_reply_type_message}} {{ticket.requester.details}}")),
    ),
    ("placeholders.undocumented", trigger(then=mail("{{ticket.area}}")), trigger(then=mail("{{ticket.fields.area}}"))),
    ("texts.control", 'groups: {a: {name: "Billing\\e[2J"}}', "groups: {a: {name: Billing}}"),
    ("texts.hidden", 'groups: {a: {name: "Bil\\u200bling"}}', "groups: {a: {name: Billing 👩‍💻}}"),
    (
        "secrets.written-out",
        "webhooks: {a: {name: A, url: https://a.example, auth: {basic: {username: u, password: p}}}}",
        "webhooks: {a: {name: A, url: https://a.example, auth: {basic: {username: u, password: env:P}}}}",
    ),
    ("secrets.place", "groups: {a: {name: env:SECRET}}", "groups: {a: {name: environment}}"),
    (
        "secrets.place",
        "webhooks: {a: {name: A, url: https://a.example, auth: {api_key: {header: env:H, value: env:V}}}}",
        "webhooks: {a: {name: A, url: env:URL, auth: {api_key: {header: H, value: env:V}}}}",
    ),
    (
        "texts.default-locale",
        "company: {name: C}\ndynamic_content: {a: {name: A, text: {de: x}}}",
        "company: {name: C, default_locale: de}\ndynamic_content: {a: {name: A, text: {de: x}}}",
    ),
    (
        "texts.default-language",
        "company: {name: C}\nhelp_center: {categories: {a: {name: {de: x}}}}",
        "company: {name: C}\nhelp_center: {categories: {a: {name: {de: x}, x-allow: {texts.default-language: few}}}}",
    ),
    (
        "texts.locale",
        "company: {name: C, locales: [de]}\ndynamic_content: {a: {name: A, text: {en-US: x, fr: y}}}",
        "company: {name: C, locales: [de]}\ndynamic_content: {a: {name: A, text: {en-US: x, de: y}}}",
    ),
]
