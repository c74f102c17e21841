"""Which channels are posted into, and by what."""

from __future__ import annotations

from config.posting import channels_posted_to, channels_told
from tests.config.samples import declared

FILES = """
people: {ada: {name: Ada, email: ada@acme.example, role: agent}}
roles: {agent: {name: Agent, like: agent}}
trigger_categories: {c: {name: C}}
triggers:
  t: {name: T, category: c, when: [{event: created}], then: [{slack: slack_channels/by_trigger, text: x}]}
automations:
  a:
    name: A
    when: [{field: status, is: open}, {hours_since: open, is: 4h}]
    then: [{slack: slack_channels/by_automation, text: x}, {add_tags: [told]}]
sla_policies:
  s:
    name: S
    targets: {first_reply: {urgent: 4h, high: none, normal: none, low: none}}
    hours: calendar
    warn: {at: 50%, to: [slack_channels/by_warning, people/ada], how: watch}
    breach: {to: [slack_channels/by_breach]}
integrations:
  slack:
    channels:
      by_trigger: {name: a}
      by_automation: {name: b}
      by_warning: {name: c}
      by_breach: {name: d}
      by_alert: {name: e}
    alerts: {x: {name: X, to: by_alert, when: [{event: created}], text: x}}
"""


def test_rules_of_every_sort_and_watches() -> None:
    files = declared(FILES).declaration
    assert set(channels_posted_to(files)) == {"by_alert", "by_trigger", "by_automation"}
    assert set(channels_told(files)) == {"by_warning", "by_breach"}
    hourly = declared(FILES.replace("how: watch", "how: hourly")).declaration
    assert "by_warning" in set(channels_posted_to(hourly))
