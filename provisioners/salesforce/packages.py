"""Which packages are installed in an organisation.

Source: developer.salesforce.com, “Tooling API”, InstalledSubscriberPackage. It needs the right “Download AppExchange
Packages”, or a user who may see the setup.
"""

from __future__ import annotations

from typing import Any

from provisioners.salesforce.client import SalesforceClient
from provisioners.system import Connection


def packages(connection: Connection) -> dict[str, Any]:
    """apps: the packages, each by its name and its namespace, in one call."""
    columns = "SubscriberPackage.Name, SubscriberPackage.NamespacePrefix"
    found = SalesforceClient(connection).select("InstalledSubscriberPackage", columns, tooling=True)
    named = (each["SubscriberPackage"] for each in found)
    return {"apps": [f"{each['Name']} ({each['NamespacePrefix']})" if each.get("NamespacePrefix") else str(each["Name"])
                     for each in named]}  # fmt: skip
