"""The team: settings, groups, roles, people with their seats, skills, hours, addresses and brands."""

from __future__ import annotations

from tests.whole_account.making import Maker

DAY = 24 * 60
GROUPS = 22
AGENTS = 48
CITIES = ("Oslo", "Bergen", "Malmö", "Århus", "Tampere")


def build_team(maker: Maker) -> None:
    """Everything that rules and screens name."""
    _settings(maker)
    _groups(maker)
    _roles(maker)
    _people(maker)
    _skills(maker)
    _hours(maker)
    _brands(maker)


def _settings(maker: Maker) -> None:
    said = {
        "user": {"tagging": True},
        "rule": {"macro_order": "position"},
        "localization": {"locale_ids": [1, 8, 16, 2]},
    }
    maker.call("PUT", "account/settings", {"settings": said})


def _groups(maker: Maker) -> None:
    for number in range(1, GROUPS + 1):
        maker.make("groups", "group", name=f"Team {number}")
    for name in ("Billing", "billing  desk", "Ünïted & Söhne", "no", "24/7", "日本"):
        maker.make("groups", "group", name=name)
    maker.make("groups", "group", name="Hidden", is_public=False, description="Only its members\nsee it.")
    gone = maker.make("groups", "group", name="Dissolved")
    maker.remove(f"groups/{gone['id']}", "groups")


def _roles(maker: Maker) -> None:
    roles = {
        "Team lead": {"ticket_access": "all", "macro_access": "full", "view_access": "full", "ticket_editing": True},
        "Auditor": {"ticket_access": "all", "ticket_comment_access": "none", "report_access": "readonly"},
        "Night shift": {"ticket_access": "within-groups-and-public-groups", "ticket_comment_access": "public"},
        "Rule maker": {"manage_triggers": True, "manage_automations": True, "manage_slas": True},
        "Writer": {"forum_access": "full", "forum_access_restricted_content": True, "explore_access": "edit"},
    }
    for name, configuration in roles.items():
        described = {"description": f"{name}, as agreed in 2023."} if name != "Writer" else {}
        maker.make("custom_roles", "custom_role", name=name, configuration=configuration, **described)


def _people(maker: Maker) -> None:
    light = next(each["id"] for each in maker.call("GET", "custom_roles")["custom_roles"] if each["role_type"] == 1)
    own = [maker.id("custom_roles", name) for name in ("Team lead", "Auditor", "Night shift", "Writer")]
    for number in range(1, AGENTS + 1):
        name = "Kim Larsen" if number in (11, 12) else f"Agent {number}"  # two of one name
        email = f"agent{number}@halden.example"
        role = {"role": "admin"} if number < 4 else {"role": "agent"}
        if 20 <= number < 26:
            role["custom_role_id"] = light
        elif 26 <= number < 38:
            role["custom_role_id"] = own[number % len(own)]
        maker.make("users", "user", email, name=name, email=email, skip_verify_email=True, **role)
        if 20 <= number < 26:
            continue
        for group in {f"Team {number % GROUPS + 1}", f"Team {(number * 5) % GROUPS + 1}"}:
            maker.make(
                "group_memberships", "group_membership", f"{email} {group}",
                user_id=maker.id("users", email), group_id=maker.id("groups", group),
            )  # fmt: skip
    for number in (5, 14, 30):
        maker.change(f"users/{maker.id('users', f'agent{number}@halden.example')}", "user", suspended=True)
    maker.change(f"users/{maker.id('users', 'agent6@halden.example')}", "user", alias="Sam")
    second = maker.call("GET", f"users/{maker.id('users', 'agent7@halden.example')}/group_memberships")
    other = next(each for each in second["group_memberships"] if not each["default"])
    maker.call("PUT", f"users/{other['user_id']}/group_memberships/{other['id']}/make_default")
    for name in ("gone", "customer"):
        maker.make("users", "user", name=name, email=f"{name}@customer.example", skip_verify_email=True)
    left = maker.make("users", "user", name="Left", email="left@halden.example", role="agent", skip_verify_email=True)
    maker.remove(f"users/{left['id']}", "users")
    maker.remove(f"users/{maker.id('users', 'gone')}", "users")
    maker.make("organizations", "organization", name="Firm")


def _skills(maker: Maker) -> None:
    skills = {
        "Languages": ("French", "German", "Nordic & Baltic", "日本語"),
        "Parts": ("Brakes", "Forks", "E-drives", '24" wheels'),
        "Level": ("1", "2", "3"),
    }
    for place, (name, values) in enumerate(skills.items()):
        sort = maker.make("routing/attributes", "attribute", name=name)
        for value in values:
            maker.make(f"routing/attributes/{sort['id']}/values", "attribute_value", f"{name} {value}", name=value)
        for number in range(1, 20):
            if number in (5, 14):
                continue
            agent = maker.id("users", f"agent{number}@halden.example")
            held = [
                each["id"] for each in maker.call("GET", f"routing/agents/{agent}/instance_values")["attribute_values"]
            ]
            if number % 3 == place:
                held += [maker.id("values", f"{name} {values[number % len(values)]}")]
            maker.call("POST", f"routing/agents/{agent}/instance_values", {"attribute_value_ids": held})


def _hours(maker: Maker) -> None:
    weeks = {
        "Office": [(day * DAY + 540, day * DAY + 1020) for day in range(1, 6)],
        "Round the clock": [(day * DAY, (day + 1) * DAY) for day in range(7)],
        "With lunch": [
            span
            for day in (1, 2, 3, 4)
            for span in ((day * DAY + 480, day * DAY + 720), (day * DAY + 765, day * DAY + 1050))
        ],
        "Sundays": [(600, 840)],
    }  # fmt: skip
    zones = ("Berlin", "UTC", "Stockholm", "Eastern Time (US & Canada)")
    for zone, (name, spans) in zip(zones, weeks.items(), strict=True):
        made = maker.make("business_hours/schedules", "schedule", name=name, time_zone=zone)
        intervals = [{"start_time": start, "end_time": end} for start, end in spans]
        maker.call("PUT", f"business_hours/schedules/{made['id']}/workweek", {"workweek": {"intervals": intervals}})
    days = (
        ("Christmas", "2026-12-25", "2026-12-26"), ("New Year", "2027-01-01", "2027-01-01"),
        ("Grunnlovsdag", "2027-05-17", "2027-05-17"), ("Summer", "2027-07-05", "2027-07-23"),
    )  # fmt: skip
    for name in ("Office", "With lunch"):
        schedule = maker.id("schedules", name)
        for day, start, end in days:
            maker.make(
                f"business_hours/schedules/{schedule}/holidays", "holiday", f"{name} {day}",
                name=day, start_date=start, end_date=end,
            )  # fmt: skip


def _brands(maker: Maker) -> None:
    for name, more in (
        ("Halden Pro", {}),
        ("Halden Kids", {"active": False}),
        ("Halden Outlet", {"signature_template": "{{agent.name}}\nOutlet", "host_mapping": "help.outlet.example"}),
    ):
        maker.make("brands", "brand", name=name, subdomain=name.lower().replace(" ", "-"), **more)
    for word in ("help", "sales", "press", "parts", "warranty", "dealers", "billing"):
        brand = {"brand_id": maker.id("brands", "Halden Pro")} if word in ("dealers", "parts") else {}
        maker.make(
            "recipient_addresses", "recipient_address", name=word.title(), email=f"{word}@halden.example", **brand
        )
