"""For each rule that a live account answers: an account that keeps it, and one that breaks it.

Each case puts a real stand-in into a state by the vendor's calls, and says what a run would do there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from unittest import mock

from config.results.plan import Collision
from provisioners.intent import Intent, PlannedChange
from provisioners.lasting import FORMER
from provisioners.resource import NotSent, ResourceName, Source, with_symbols
from tests.provisioners.asked_world import World, removal

Case = Callable[[World], None]
CASES: dict[str, Case] = {}


def case(rule: str) -> Callable[[Case], Case]:
    def kept(function: Case) -> Case:
        assert rule not in CASES
        CASES[rule] = function
        return function

    return kept


CATEGORY = "trigger_categories: {c: {name: C}}\n"
TRIGGER = CATEGORY + "triggers: {t: {name: T, category: c, when: [{field: reopens, more_than: 1}], then: [%s]}}"
TAGS = TRIGGER % "{add_tags: [x]}"


@case("ZD100")
def no_answer(world: World) -> None:
    intent = world.first_run(TAGS)
    world.keeps(intent)
    world.sandbox.fault(system="zendesk", kind="forbidden", path="triggers/definitions")
    world.breaks(intent, "did not say what triggers can ask and do")


@case("ZD101")
def name_taken(world: World) -> None:
    intent = world.first_run("groups: {g: {name: Support}}")
    world.keeps(intent)
    there = Collision("helpdesk", "groups", "g", "Support", "1", "Take it over:  golive adopt groups/g")
    world.breaks(replace(intent, in_the_way=[there]), "“Support” is there already")


@case("ZD102")
def not_there(world: World) -> None:
    intent = world.first_run("groups: {g: {existing: Gone}}")
    world.keeps(intent)
    world.breaks(replace(intent, missing=[NotSent(Source("groups", "g", "", 0), "helpdesk", "there is none")]), "none")


ANN = "people: {ann: {existing: true, name: Ann, email: ann@acme.example}}\n"


@case("ZD103")
def nobody_to_take_it(world: World) -> None:
    ann = world.made("users", "user", {"name": "Ann", "email": "ann@acme.example", "role": "agent"})
    intent = world.first_run(ANN + TRIGGER % "{set: assignee, to: ann}", {"helpdesk/people/ann": ann})
    world.keeps(intent)
    world.call("PUT", f"users/{ann}", {"user": {"suspended": True}})
    world.breaks(intent, "gives tickets to Ann, who is suspended")
    world.call("PUT", f"users/{ann}", {"user": {"suspended": False, "role": "end-user"}})
    world.breaks(intent, "who has no seat")


LIGHT_PERSON = """\
roles: {r: {name: R, like: light_agent}}
people: {lia: {name: Lia, email: lia@a.example, role: r, invite: now}}
"""


@case("ZD104")
def too_few_seats(world: World) -> None:
    team = "roles: {r: {name: R, like: agent}}\npeople:\n"
    intent = world.first_run(
        team + "".join(f"  p{n}: {{name: P{n}, email: p{n}@a.example, role: r, invite: now}}\n" for n in (1, 2))
    )
    there = len([each for each in world.rows("users") if each["role"] in ("agent", "admin")])
    world.keeps(intent)
    world.keeps(intent, seats=there + 2)
    too_many = f"{there + 2} people have a seat, and {there + 1} are paid for"
    world.breaks(intent, too_many, seats=there + 1)

    light = {"helpdesk/people/lia/role": "77"}
    lia = {"name": "Lia", "role": "agent", "custom_role_id": "77"}
    leaves = removal("zendesk:User", "people/lia", "5", lia, label="Lia")
    world.breaks(replace(intent, changes=[*intent.changes, leaves], ids=light), too_many, seats=there + 1)
    agent = removal("zendesk:User", "people/ole", "6", {"name": "Ole", "role": "agent"}, label="Ole")
    world.keeps(replace(intent, changes=[*intent.changes, agent], ids=light), seats=there + 1)
    becomes = replace(leaves, does="update", will={**lia, "custom_role_id": None})
    world.breaks(replace(world.leaving(becomes), ids=light), f"with “Lia” {there + 1} people", seats=there)
    renamed = replace(leaves, does="update", will={**lia, "name": "Lea"})
    world.keeps(replace(world.leaving(renamed), ids=light), seats=there)
    world.keeps(world.first_run(LIGHT_PERSON), seats=there)


@case("ZD105")
def not_in_its_vocabulary(world: World) -> None:
    world.keeps(world.first_run(TAGS))
    strange = "{zendesk: {field: status, operator: within_previous_n_days, value: '1'}}"
    world.breaks(world.first_run(TAGS.replace("{field: reopens, more_than: 1}", strange)), "cannot ask `status` for")


FIELD = "ticket_fields: {f: {name: F, type: %s%s}}"


@case("ZD106")
def another_type(world: World) -> None:
    intent = world.first_run(FIELD % ("text", ""))
    was = dict(intent.changes[0].will or {})
    world.keeps(replace(intent, changes=[replace(intent.changes[0], does="replace", id="7", was=was)]))
    other = world.first_run(FIELD % ("integer", ""))
    changed = replace(other.changes[0], does="replace", id="7", was=was)
    world.breaks(replace(other, changes=[changed]), "the type of “F” is text, and would have to become integer")


@case("ZD107")
def another_default_form(world: World) -> None:
    intent = world.first_run("ticket_forms: {f: {name: F, fields: [subject], default: true}}")
    form = next(str(each["id"]) for each in world.rows("ticket_forms") if each["default"])
    world.keeps(replace(intent, ids={"helpdesk/ticket_forms/f": form}))
    world.breaks(intent, "the default form is “Default Ticket Form”")


STATUSES = "ticket_statuses: {s: {name: In review, category: open%s}}"


@case("ZD108")
def statuses_off(world: World) -> None:
    intent = world.first_run(STATUSES % "")
    world.keeps(intent)
    world.settings(tickets={"custom_statuses_enabled": False})
    world.breaks(intent, "“In review” cannot be made")


@case("ZD109")
def another_category(world: World) -> None:
    intent = world.first_run(STATUSES % "")
    was = dict(intent.changes[0].will or {})
    world.keeps(replace(intent, changes=[replace(intent.changes[0], does="update", id="7", was=was)]))
    was["status_category"] = "pending"
    changed = replace(intent.changes[0], does="replace", id="7", was=was)
    world.breaks(replace(intent, changes=[changed]), "the category of “In review” is pending")


@case("ZD110")
def role_in_use(world: World) -> None:
    world.plan("enterprise")
    role = world.made("custom_roles", "custom_role", {"name": "Lead", "configuration": {}})
    goes = removal("zendesk:CustomRole", "roles/lead", role, {"name": "Lead"}, label="Lead")
    world.keeps(world.leaving(goes))
    person = {"name": "Ann", "email": "ann@a.example", "role": "agent", "custom_role_id": int(role)}
    ann = world.made("users", "user", person)
    world.breaks(world.leaving(goes), "1 person has the role “Lead”")
    world.keeps(world.leaving(goes, removal("zendesk:User", "people/ann", ann, {"custom_role_id": role})))
    other = PlannedChange(ResourceName.of("helpdesk/people/ann"), "zendesk:User", "update", ann, person, {})
    world.keeps(world.leaving(goes, replace(other, was={"custom_role_id": role}, will={"custom_role_id": None})))
    kept = {"custom_role_id": role}
    world.breaks(world.leaving(goes, replace(other, was=kept, will=kept)), "1 person has the role “Lead”")
    world.call("PUT", f"users/{ann}", {"user": {"custom_role_id": None}})
    world.keeps(world.leaving(goes))


@case("ZD111")
def default_group(world: World) -> None:
    other = world.made("groups", "group", {"name": "Other"})
    world.keeps(world.leaving(removal("zendesk:Group", "groups/g", other, {"name": "Other"})))
    default = next(str(each["id"]) for each in world.rows("groups") if each["default"])
    world.breaks(world.leaving(removal("zendesk:Group", "groups/g", default, {}, label="Support")), "default group")


@case("ZD112")
def side_conversations_off(world: World) -> None:
    intent = world.first_run(
        TRIGGER % "{zendesk: {field: side_conversation_slack, value: [C1, hello]}}",
    )
    world.settings(side_conversations={"slack_channel": True})
    world.keeps(intent)
    world.settings(side_conversations={"slack_channel": False})
    world.breaks(intent, "side conversations in Slack are off")


@case("ZD113")
def rule_of_the_vendors(world: World) -> None:
    category = str(world.rows("trigger_categories")[0]["id"])
    body = {"title": "Ours", "category_id": category, "conditions": {"all": [], "any": []}}
    conditions = {"all": [{"field": "status", "operator": "is", "value": "open"}], "any": []}
    actions = [{"field": "current_tags", "value": "x"}]
    ours = world.made("triggers", "trigger", {**body, "conditions": conditions, "actions": actions})
    world.keeps(world.leaving(removal("zendesk:Trigger", "triggers/t", ours, {})))
    theirs = next(str(each["id"]) for each in world.rows("triggers") if each["default"])
    world.breaks(world.leaving(removal("zendesk:Trigger", "triggers/t", theirs, {})), "is a rule of Zendesk's")


@case("ZD114")
def full_category(world: World) -> None:
    category = world.made("trigger_categories", "trigger_category", {"name": "Routing"})
    goes = removal("zendesk:TriggerCategory", "trigger_categories/c", category, {"name": "Routing"}, label="Routing")
    world.keeps(world.leaving(goes))
    conditions = {"all": [{"field": "status", "operator": "is", "value": "open"}], "any": []}
    actions = [{"field": "current_tags", "value": "x"}]
    inside = {"title": "By hand", "category_id": category, "conditions": conditions, "actions": actions}
    trigger = world.made("triggers", "trigger", inside)
    world.breaks(world.leaving(goes), "“Routing” would be deleted, and holds “By hand”")
    also = removal("zendesk:Trigger", "triggers/t", trigger, {"category_id": category})
    world.keeps(world.leaving(goes, also))
    stays = PlannedChange(ResourceName.of("helpdesk/alerts/a"), "zendesk:Trigger", "update", trigger, dict(inside))
    world.breaks(world.leaving(goes, replace(stays, will=inside)), "holds “By hand”")
    world.keeps(world.leaving(goes, replace(stays, will={**inside, "category_id": "7"})))
    waits = replace(stays, type="zendesk:Automation", does="replace", will={"title": "By hand"})
    world.keeps(world.leaving(goes, waits))  # an alert that waits for hours from now on is in no category


@case("ZD115")
def content_in_use(world: World) -> None:
    item = {"name": "Bye", "default_locale_id": 1, "variants": [{"locale_id": 1, "default": True, "content": "Bye"}]}
    content = world.made("dynamic_content/items", "item", item)
    goes = removal("zendesk:DynamicContent", "dynamic_content/bye", content, {"placeholder": "bye"}, label="Bye")
    world.keeps(world.leaving(goes))
    actions = [{"field": "comment_value", "value": "{{ dc.bye }}"}]
    macro = world.made("macros", "macro", {"title": "Says bye", "actions": actions})
    world.breaks(world.leaving(goes), "“Says bye” still name it")
    world.keeps(world.leaving(goes, removal("zendesk:Macro", "macros/m", macro, {})))


@case("ZD116")
def another_placeholder(world: World) -> None:
    text = "dynamic_content: {bye: {name: Bye, text: Bye%s}}"
    intent = world.first_run(text % "")
    was = dict(intent.changes[0].will or {})
    world.keeps(replace(intent, changes=[replace(intent.changes[0], does="update", id="7", was=was)]))
    other = world.first_run(text % ", zendesk: {placeholder: farewell}")
    changed = replace(other.changes[0], does="replace", id="7", was=was)
    world.breaks(replace(other, changes=[changed]), "the placeholder of “Bye” is bye")


@case("ZD117")
def webhook_of_an_app(world: World) -> None:
    body = {
        "name": "App",
        "endpoint": "https://a.example",
        "http_method": "POST",
        "request_format": "json",
        "status": "active",
    }
    webhook = world.made("webhooks", "webhook", {**body, "subscriptions": []})
    intent = world.first_run("webhooks: {w: {name: App, url: https://a.example}}")
    changed = replace(intent, changes=[replace(intent.changes[0], does="update", id=webhook)])
    world.keeps(changed)
    world.sandbox.store.table("zendesk", "webhooks")[webhook]["external_source"] = {"type": "zendesk_app"}
    world.breaks(changed, "“App” belongs to an app")


@case("ZD118")
def subdomain_taken(world: World) -> None:
    intent = world.first_run("brands: {b: {name: B, subdomain: acme-shop}}")
    world.keeps(intent)
    world.sandbox.settings("zendesk", taken_subdomains=["acme-shop"])
    world.breaks(intent, "the subdomain acme-shop is not free")


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
    world.breaks(replace(intent, resources=[resource]), "the option “Web”")
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
