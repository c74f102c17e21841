"""Salesforce: fields of the CRM and who may see them."""

from provisioners.salesforce.system import SalesforceSystem

SYSTEM = SalesforceSystem()

__all__ = ["SYSTEM"]
