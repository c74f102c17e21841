"""Intercom, over its API."""

from migrations.sources.intercom.source import IntercomSource

SOURCE = IntercomSource()
