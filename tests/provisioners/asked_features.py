"""For each rule about languages, sizes, plans and what the files do not manage: an account that keeps it, and one that
breaks it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from unittest import mock

from provisioners.intent import Intent, PlannedChange
from provisioners.lasting import FORMER
from provisioners.resource import ResourceName, with_symbols
from tests.provisioners.asked_accounts import CATEGORY, STATUSES
from tests.provisioners.asked_world import Case, World, into, removal

CASES: dict[str, Case] = {}
case = into(CASES)

CENTRE = """
company: {name: Acme, default_locale: en-US, locales: [en-US, de]}
help_center:
  categories: {a: {name: %s}}
"""


@case("ZD120")
def help_center_off(world: World) -> None:
    intent = world.first_run(CENTRE % "{en-US: A}")
    world.keeps(intent)
    own = world.rows("brands")[0]
    shop = world.call("POST", "brands", {"brand": {"name": "Shop", "subdomain": "acme-shop"}})["brand"]
    world.call("PUT", f"brands/{shop['id']}", {"brand": {"default": True}})
    assert own["has_help_center"] and not shop["has_help_center"] and not own["default"]
    world.keeps(intent)
    for brand in world.rows("brands"):
        brand.update(has_help_center=False, help_center_state="disabled")
    world.breaks(intent, "is off, so that its object cannot be made")
    assert "Create help center" in world.said[-1].hint


@case("ZD121")
def status_in_a_form(world: World) -> None:
    intent = world.first_run("ticket_forms: {f: {name: F, fields: [subject, status]}}")
    world.settings(tickets={"custom_statuses_enabled": False})
    world.keeps(intent)
    world.settings(tickets={"custom_statuses_enabled": True})
    world.breaks(intent, "ticket statuses of its own")


@case("ZD122")
def webhooks_of_a_trial(world: World) -> None:
    lines = [f"  w{n}: {{name: W{n}, url: 'https://a.example/{n}'}}\n" for n in range(11)]
    eleven, ten = world.first_run("webhooks:\n" + "".join(lines)), world.first_run("webhooks:\n" + "".join(lines[:10]))
    world.keeps(eleven)
    world.keeps(ten, plan="trial")
    world.breaks(eleven, "takes 10 webhooks, and has 0", plan="trial")


QUEUE = "groups: {g: {name: G}}\nqueues: {q: {name: Q, when: [{field: status, is: open}], groups: [g]}}"


@case("ZD127")
def not_in_its_plan(world: World) -> None:
    intent = world.first_run(QUEUE)
    world.keeps(intent)
    world.plan("growth")
    world.breaks(intent, "does not have a queue")
    assert world.said[-1].hint == "Route by triggers and groups."


@case("ZD128")
def language_unknown(world: World) -> None:
    world.keeps(world.first_run(CENTRE % "{en-US: A}"))
    world.breaks(world.first_run(CENTRE % "{en-US: A, de: B}"), "does not have the language de")
    said = "company: {name: Acme, default_locale: en-US, locales: [en-US, %s]}\n" + (
        "dynamic_content: {bye: {name: Bye, text: {en-US: Bye, %s: Ade}}}\n"
    )
    world.keeps(world.first_run(said % ("de", "de")))
    world.settings(localization={"locale_ids": [1]})
    world.breaks(world.first_run(said % ("de", "de")), "the language de is not switched on in this account")
    assert world.said[-1].hint == "Say in the files:  settings: {languages: [en-US, de]}"
    world.keeps(world.first_run(said % ("de", "de") + "settings: {languages: [en-US, de]}\n"))
    world.breaks(world.first_run(said % ("gsw", "gsw")), "does not have the language gsw")


@case("ZD129")
def too_many_objects(world: World) -> None:
    def objects(many: int) -> Intent:
        lines = [f"  o{n}: {{name: O{n}, plural: Os{n}}}\n" for n in range(many)]
        return world.first_run("custom_objects:\n" + "".join(lines))

    world.plan("growth")
    world.keeps(objects(5))
    world.breaks(objects(6), "takes 5 custom objects, and has 0")
    brand = world.first_run("brands: {b: {name: B, subdomain: acme-shop}}")
    world.keeps(brand)
    world.keeps(brand, plan="suite_growth")
    world.breaks(brand, "takes 1 brand, and has 1", plan="suite_team")


SEGMENTED = """
segments: {big: {name: Big}}
customer_fields: {size: {of: organization, name: Size, type: dropdown, options_from: segments}}
sla_policies:
  big:
    name: Big customers
    when: [{field: organization.size, is: big}]
    hours: calendar
    targets: {first_reply: {urgent: 1h, high: 1h, normal: 1h, low: 1h}}
"""


@case("ZD130")
def customers_tags_off(world: World) -> None:
    intent = world.first_run(SEGMENTED)
    world.breaks(intent, "it matches no ticket that nobody tags by hand")
    world.breaks(Intent(intent.declared), "it matches no ticket")  # also while nothing changes
    mark = world.first_run("rollout: {soft_launch: {cohort: {share: 15%, internal: [acme.example]}}}")
    world.breaks(mark, "tickets do not bear `in_rollout`")
    world.keeps(Intent(mark.declared))  # and not each time: the fence does without
    world.settings(user={"tagging": True})
    world.keeps(intent)
    world.keeps(mark)


@case("ZD131")
def default_switched_off(world: World) -> None:
    intent = world.first_run(STATUSES % ", active: false")
    world.keeps(intent)
    made = world.made("custom_statuses", "custom_status", {"status_category": "open", "agent_label": "In review"})
    world.call("PUT", "custom_status/default", {"ids": made})
    world.breaks(intent, "is the default of its category")
    moves = STATUSES % ", active: false}, t: {name: At work, category: open, default: true"
    world.keeps(world.first_run(moves))
    brand = world.first_run("brands: {b: {name: Sandbox, subdomain: sandbox, active: false}}")
    world.breaks(brand, "is the default one")


LIGHT = """
roles: {light: {name: Light, like: light_agent}}
people: {kim: {name: Kim, email: kim@acme.example, role: light, invite: now}}
"""


@case("ZD132")
def no_light_agents(world: World) -> None:
    intent = world.first_run(LIGHT)
    world.breaks(intent, "this account lists no roles")
    world.plan("enterprise")
    world.keeps(intent)


DELETION = "deletion_schedules: {old: {name: Old, of: tickets%s, when: [{hours_since: updated, more_than: 400d}]}}"


@case("ZD133")
def deletes_for_good(world: World) -> None:
    world.keeps(world.first_run(DELETION % ", active: false"))
    world.breaks(world.first_run(DELETION % ""), "“Old” deletes archived tickets, with everything")


_SCHEDULE = "zendesk:DeletionSchedule"


@case("ZD134")
def second_deletion_schedule(world: World) -> None:
    intent = world.first_run(DELETION % "")
    world.keeps(intent)
    conditions: Sequence[Mapping[str, str]] = [{"field": "updated_at", "operator": "greater_than", "value": "9000"}]
    there = {"title": "Theirs", "object": "zen:user", "active": True, "conditions": {"all": conditions, "any": []}}
    world.made("deletion_schedules", "deletion_schedule", there)
    world.keeps(intent)
    world.made("deletion_schedules", "deletion_schedule", {**there, "object": "zen:ticket"})
    world.breaks(intent, "“Theirs” is another")
    there_id = next(str(each["id"]) for each in world.rows("deletion_schedules") if each["object"] == "zen:ticket")
    world.keeps(Intent(intent.declared, [*intent.changes, removal(_SCHEDULE, "deletion_schedules/b", there_id, {})]))
    off = removal(_SCHEDULE, "deletion_schedules/b", there_id, {"active": True}, does="update")
    world.keeps(Intent(intent.declared, [*intent.changes, replace(off, will={"active": False})]))
    world.call("PUT", f"deletion_schedules/{there_id}", {"deletion_schedule": {"active": False}})
    world.keeps(intent)


@case("ZD135")
def file_too_large(world: World) -> None:
    (world.folder / "terms.txt").write_text("Within 30 days.")
    intent = world.first_run("macros: {m: {name: M, then: [{reply: public, text: x}], files: [terms.txt]}}")
    world.keeps(intent)
    macro = intent.changes[0]
    large = {**(macro.will or {}), "attachments": [{"file": "terms.txt", "digest": "", "size": 60 * 1024 * 1024}]}
    world.breaks(
        replace(intent, changes=[replace(macro, will=large)]), "adds terms.txt to the comment, which has 60.0 MB"
    )


@case("ZD136")
def another_signing_secret(world: World) -> None:
    intent = world.first_run("webhooks: {w: {name: W, url: 'https://w.example/', signing: env:W_SIGNING}}")
    hook = {"endpoint": "https://w.example/", "http_method": "POST", "request_format": "json", "status": "active"}
    made = world.made("webhooks", "webhook", {"name": "W", **hook})
    there = replace(intent, changes=(), ids={"helpdesk/webhooks/w": made})
    secret = str(world.call("GET", f"webhooks/{made}/signing_secret")["signing_secret"]["secret"])
    with mock.patch.dict(os.environ, {"W_SIGNING": secret}):
        world.keeps(there)
        world.keeps(intent)
        world.call("POST", f"webhooks/{made}/signing_secret")
        world.breaks(there, "“W” signs with another secret than the one in W_SIGNING")


@case("ZD137")
def existing_rule_off(world: World) -> None:
    text = "triggers: {t: {existing: Notify requester and CCs of comment update}}"
    rule = next(each for each in world.rows("triggers") if each["title"].endswith("CCs of comment update"))
    intent = world.first_run(text, {"helpdesk/triggers/t": str(rule["id"])})
    world.keeps(intent)
    world.call("PUT", f"triggers/{rule['id']}", {"trigger": {"active": False}})
    world.breaks(intent, "is switched off in Zendesk, and these files count on it")


@case("ZD138")
def language_goes(world: World) -> None:
    text = "settings: {languages: [en-US]}"
    settings = ResourceName.of("helpdesk/settings/settings")
    spoken = {"localization.locale_ids": ["en-US", "de"]}
    change = PlannedChange(settings, "zendesk:AccountSettings", "update", "account", spoken, {**spoken})
    less = replace(change, will={"localization.locale_ids": ["en-US"]})
    declared = world.declared(text)
    variants = [{"locale_id": 8, "content": "Ade", "default": True}]
    world.keeps(Intent(declared, [less]))
    ids = [
        world.made("dynamic_content/items", "item", {"name": name, "default_locale_id": 8, "variants": variants})
        for name in ("Bye", "Later")
    ]
    world.keeps(Intent(declared, [change]))
    world.breaks(Intent(declared, [less]), "the account loses de, in which it has the text “Bye” and 1 other text")
    ours = {f"helpdesk/dynamic_content/{identifier}": identifier for identifier in ids}
    world.keeps(Intent(declared, [less], ours))


@case("ZD139")
def option_of_theirs(world: World) -> None:
    text = "ticket_fields: {area: {name: Area, type: dropdown, options: {api: API, web: Web}}}"
    options = [{"name": name, "value": f"area_{name.lower()}"} for name in ("API", "Web")]
    body = {"type": "tagger", "title": "Area", "custom_field_options": options}
    made = world.made("ticket_fields", "ticket_field", body)
    there = {"helpdesk/ticket_fields/area": made}
    intent = world.first_run(text, there)
    world.keeps(intent)
    theirs = [*options, *({"name": name, "value": name.lower()} for name in ("Old", "New", "Odd", "Even"))]
    world.call("PUT", f"ticket_fields/{made}", {"ticket_field": {"custom_field_options": theirs[:3]}})
    world.breaks(intent, "“Area” has in Zendesk the option “Old”, which these files do not name")
    was = {"custom_field_options": theirs[:3]}
    leaves = PlannedChange(ResourceName.of(*there), "zendesk:TicketField", "update", made, was)
    world.keeps(replace(intent, changes=[leaves]))
    world.call("PUT", f"ticket_fields/{made}", {"ticket_field": {"custom_field_options": theirs}})
    world.breaks(intent, "has in Zendesk options “Old”, “New”, “Odd” and 1 more, which these files do not name")
    renamed = "{area: {name: Area, type: dropdown, options: {api: API, web: {name: Web, tag: x_web}}}}"
    notes = {FORMER: {"x_web": "area_web"}}
    (resource,) = world.first_run(f"ticket_fields: {renamed}", there).resources
    world.call("PUT", f"ticket_fields/{made}", {"ticket_field": {"custom_field_options": options}})
    assert all("same name" not in each.hint for each in world.said)
    world.breaks(replace(intent, resources=[resource]), "the option “Web”")
    assert "“Web”: one of the files' options has the same name" in world.said[-1].hint
    world.keeps(replace(intent, resources=[replace(resource, notes=notes)]))


CALLS = CATEGORY + (
    "webhooks: {w: {existing: Pager%s}}\n"
    "triggers: {t: {name: T, category: c, when: [{event: created}], then: [{call: webhooks/w, %s}]}}"
)
BODY, QUERY = "body: {text: Look}", "query: [[text, Look]]"


@case("ZD140")
def another_format(world: World) -> None:
    hook = {
        "name": "Pager",
        "endpoint": "https://pager.example/in",
        "http_method": "POST",
        "request_format": "json",
        "status": "active",
        "subscriptions": ["conditional_ticket_events"],
    }
    pager = world.made("webhooks", "webhook", hook)
    there = {"helpdesk/webhooks/w": pager}

    def lives(**more: str) -> None:
        world.call("PUT", f"webhooks/{pager}", {"webhook": {**hook, **more}})

    json, xml, form = (world.first_run(CALLS % (said, BODY), there) for said in ("", ", format: xml", ", format: form"))
    query = world.first_run(CALLS % ("", QUERY), there)
    world.keeps(json)
    world.keeps(world.first_run(CALLS % ("", BODY)))
    world.breaks(query, "“T” sends names and values to the webhook “Pager”, which takes JSON")
    lives(request_format="xml")
    world.breaks(json, "“T” sends JSON to the webhook “Pager”, which takes XML")
    world.keeps(xml)
    lives(request_format="form_encoded")
    world.breaks(json, "sends JSON to the webhook “Pager”, which takes names and values")
    world.breaks(xml, "sends XML to the webhook “Pager”, which takes names and values")
    world.keeps(form)
    world.keeps(query)
    lives(http_method="GET")
    world.breaks(json, "sends JSON to the webhook “Pager”, which takes names and values")
    world.keeps(query)
    ours = world.first_run(CALLS.replace("existing: Pager%s", "name: Pager, url: 'https://pager.example/in'") % BODY)
    changes = [each for each in ours.changes if each.type == "zendesk:Trigger"]
    world.keeps(replace(ours, changes=changes, ids=there))
    remembered = replace(changes[0], will=with_symbols(changes[0].will, there))
    world.breaks(replace(world.leaving(remembered), ids=there), "sends JSON to the webhook “Pager”")
