"""For each rule that a live account answers: an account that keeps it, and one that breaks it.

Each case puts a real stand-in into a state by the vendor's calls, and says what a run would do there.
"""

from __future__ import annotations

from dataclasses import replace

from config.results.plan import Collision
from provisioners.intent import PlannedChange
from provisioners.resource import NotSent, ResourceName, Source
from tests.provisioners.asked_world import Case, World, into, removal

CASES: dict[str, Case] = {}
case = into(CASES)

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
