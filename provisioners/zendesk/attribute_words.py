"""What translations, collections and questions to the account must call alike of fields and settings."""

from __future__ import annotations

OPTIONS = "custom_field_options"
"""The attribute of a field's payload that lists its options, each as {name, value}."""
LANGUAGES = "localization.locale_ids"
"""The attribute of the settings' payload that lists the account's languages, by their codes."""
