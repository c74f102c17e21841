"""Logs of support work kept by hand, or a vendor's tables: CSV and XLSX."""

from migrations.sources.spreadsheet.source import SpreadsheetSource

SOURCE = SpreadsheetSource()
