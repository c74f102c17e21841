"""Freshdesk: over its API, or from the export of a whole account."""

from migrations.sources.freshdesk.source import FreshdeskSource

SOURCE = FreshdeskSource()
