"""What people look at before they accept a migration, beside what is drawn by itself."""

from __future__ import annotations

from config.model import Model, defaults_to


class Acceptance(Model):
    """Which tickets matter more than others."""

    vip: list[str] = defaults_to(
        ["vip"], description="Customers that matter most, by address, domain or tag: half of their tickets are drawn."
    )
    golden: list[str] = defaults_to([], description="Old ids of tickets that are always looked at.")
