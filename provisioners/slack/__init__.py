"""Slack: channels and who is in them."""

from provisioners.slack.system import SlackSystem

SYSTEM = SlackSystem()

__all__ = ["SYSTEM"]
