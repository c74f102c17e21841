"""The health page of a Zendesk account."""
