"""A stand-in for Slack's Web API: people, channels, user groups, messages.

Written from the vendor's documented behaviour; paid plans and message history are left out.
"""

from sandbox.slack.api import refuse, routes, writes
from sandbox.slack.seed import seed

__all__ = ["refuse", "routes", "seed", "writes"]
