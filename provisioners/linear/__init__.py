"""Linear: labels, templates and webhooks of teams, and the issues that tickets become."""

from provisioners.linear.system import LinearSystem

SYSTEM = LinearSystem()

__all__ = ["SYSTEM"]
