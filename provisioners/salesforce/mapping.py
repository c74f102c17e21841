"""`crm_mapping` in Salesforce: a person enters it in the package that Zendesk has for Salesforce."""

from __future__ import annotations

from config.declaration import Declared
from provisioners.mapping_steps import MappingSteps
from provisioners.salesforce.translations import full_name
from provisioners.translation import Context


class CrmMappingTranslation(MappingSteps):
    """The rows of the native package."""

    place = "in the helpdesk's Salesforce package"

    def field_name(self, item: Declared, context: Context) -> str:
        return full_name(item, context)
