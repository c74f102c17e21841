"""A stand-in for Slack's Web API: people, channels, user groups, messages; and incoming webhooks.

Written from the vendor's documented behaviour; paid plans and message history are left out.
"""

from sandbox.slack.api import public, refuse, routes, writes
from sandbox.slack.seed import seed

__all__ = ["public", "refuse", "routes", "seed", "writes"]
