"""The method's figures that rules compare with, each once. The gates keep theirs, which decide, in checklists/."""

from __future__ import annotations

FEW_RULES, MANY_RULES, OVERBUILT_RULES = 5, 10, 30
"""Rules that act by themselves at a launch: 5 to 10 are usual, from 30 on it is over-built."""
FEW_MACROS, MANY_MACROS = 10, 15
"""Macros that agents have at a launch."""
MANY_CHANNELS = 5
"""Sorts of channels from which on a launch goes in phases."""
TIERED_FROM, SUPERVISED_FROM = 6, 21
"""Agents from which on a team needs groups, and supervisors with an admin of its own."""
MOST_TIERS = 3
SEGMENTS_FROM = 3
"""Agents from which on promises by segment can be kept."""
REQUIRED_FIELDS = 5
"""Fields that customers can be made to fill in."""
FEW_ARTICLES, ENOUGH_ARTICLES = 10, 20
"""Articles below which self-service does not work, and from which on it does."""
WARNING_AT = "75%"
"""The share of a promise at which the team is warned."""
