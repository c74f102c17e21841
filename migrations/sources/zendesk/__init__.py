"""An old Zendesk: through its API, or from the export that an administrator has made there."""

from migrations.sources.zendesk.source import ZendeskSource

SOURCE = ZendeskSource()
