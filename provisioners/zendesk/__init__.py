"""The helpdesk Zendesk."""

from provisioners.zendesk.system import ZendeskSystem

SYSTEM = ZendeskSystem()
