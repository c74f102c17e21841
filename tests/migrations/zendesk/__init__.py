"""An old Zendesk as a source."""
