"""HubSpot: properties with their groups, and the pipelines of tickets."""

from provisioners.hubspot.system import HubSpotSystem

SYSTEM = HubSpotSystem()

__all__ = ["SYSTEM"]
