"""What several rooms must call alike of fields, settings, people and addresses."""

from __future__ import annotations

OPTIONS = "custom_field_options"
"""The attribute of a field's payload that lists its options, each as {name, value}."""
LANGUAGES = "localization.locale_ids"
"""The attribute of the settings' payload that lists the account's languages, by their codes."""
UNINVITED = "skip_verify_email"
"""The attribute of a person's payload that keeps the vendor from mailing an invitation."""
OWN_DOMAIN = ".zendesk.com"
"""Addresses that end so belong to the vendor and need no verification."""
