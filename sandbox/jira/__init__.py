"""A stand-in for Jira Cloud: projects, components, issue types, priorities, people, issues.

Written from the vendor's documentation of its REST API (developer.atlassian.com, “The Jira Cloud platform REST API”,
versions 2 and 3); workflows, schemes, boards and automation are left out.
"""

from sandbox.jira.api import refuse, routes, token
from sandbox.jira.seed import seed

__all__ = ["refuse", "routes", "seed", "token"]
