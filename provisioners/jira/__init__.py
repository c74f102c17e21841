"""Jira: components of projects, and the issues that tickets become."""

from provisioners.jira.system import JiraSystem

SYSTEM = JiraSystem()

__all__ = ["SYSTEM"]
