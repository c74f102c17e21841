"""Files that macros add to comments, as large as the account takes them."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.intent import Intent
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account
from provisioners.zendesk.macro_words import FILES

_MEGABYTE = 1024 * 1024
LARGE = rule_of_account(
    "ZD135",
    "error",
    "A file of a macro is larger than the account takes.",
    "Zendesk refuses the file, and so the macro.",
    "Make it smaller, or link to it in the text.",
    source="the account's own setting `limits.attachment_size`",
)
CATALOGUE = (LARGE,)


def files(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    sent = [(each, file) for each in intent.of("zendesk:Macro") for file in (each.will or {}).get(FILES) or ()]
    limit = int(account.settings("limits").get("attachment_size") or 0) if sent else 0
    for macro, file in sent:
        if limit and file["size"] > limit:
            message = (
                f"{macro.said} adds {file['file']} to the comment, which has {file['size'] / _MEGABYTE:.1f} MB, and "
                f"this account takes files of up to {limit / _MEGABYTE:.1f} MB"
            )
            yield intent.found(LARGE, macro.name, message)


QUESTIONS = (Question("how large a file may be", files),)
