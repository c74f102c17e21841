"""What Zendesk does otherwise than people expect, kind by kind, and what golive does about it; and what its API cannot
do at all. docs/zendesk.md is made from it. The sources stand in the modules that hold the behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping

from provisioners.by_hand import Task

QUIRKS: Mapping[str, tuple[str, ...]] = {
    "settings": (
        "A write changes what it names and answers with success where it changed nothing; golive reads the answer, and "
        "what was left out is an error.",
        "The languages of the account are a list that is replaced whole.",
    ),
    "roles": (
        "A role that is sent whole is refused, so only the rights that change are sent.",
        "A role that somebody has cannot be deleted, and some names are the vendor's own.",
    ),
    "groups": ("A deleted group stays in lists and is passed over.",),
    "people": (
        "Deleting is soft: the tickets stay, without their assignee. An agent becomes a customer first.",
        "A mail address that is sent in a change becomes a further one, so golive refuses to change it.",
        "Each new agent is put into the default group; that membership is taken, and not made twice.",
        "A customer with the agent's address is in no list of agents and is found all the same.",
    ),
    "schedules": (
        "The hours are no attribute of the schedule: they take a call of their own.",
        "Holidays lie within two years, and time zones have names of one table.",
    ),
    "dynamic_content": (
        "The placeholder comes from the first name and never changes: golive makes the item under the placeholder that "
        "it is to have, and then gives it its name.",
        "One text for each language; new ones come first, the default one moves, those that leave go last.",
        "What something still names is not deleted.",
    ),
    "brands": (
        "The default brand cannot be switched off, so another one becomes the default before.",
        "A subdomain exists once in all of Zendesk.",
    ),
    "channels": (
        "Only a verified address can be the default one: golive makes it that with the first `up` after somebody has "
        "verified it.",
        "An address never changes; its successor is made first.",
    ),
    "ticket_statuses": (
        "The category never changes; a change of it is answered with success and ignored.",
        "A default status stays on: the default moves before the old one is switched off.",
    ),
    "ticket_fields": (
        "The type never changes.",
        "An option that a write leaves out is deleted with all values that tickets hold: golive sends those that it "
        "does not know along, each with its id.",
        "The name for customers follows the agents' name, and the description the title, until they are said.",
        "What a form's conditions name cannot be switched off: the form lets go of it first.",
    ),
    "customer_fields": (
        "The key is chosen once; a renamed field keeps it.",
        "Rules know these fields by their key and not by an id.",
    ),
    "ticket_forms": (
        "A field does not leave a form in one call with the conditions that name it: the conditions go before.",
        "The default form stays on: another one becomes the default before.",
        "The message, the status, the group and the assignee are in each form, named or not.",
    ),
    "webhooks": (
        "Credentials are never shown. golive keeps a keyed digest of them and sends new ones when it differs.",
        "A change is answered without a body, so the webhook is read again.",
        "With POST, PUT and PATCH in JSON or XML rules send a body; with another method or as a form they send names "
        "and values, which Zendesk encodes. Placeholders in a body are escaped for its form.",
        "Zendesk makes the signing secret itself and takes no other. golive reads it for each plan, compares it with "
        "the variable that `signing` names, keeps and shows nothing of it, and never resets it.",
    ),
    "slack_channels": ("Rules post through a webhook of golive's own; placeholders are escaped, nobody is mentioned.",),
    "trigger_categories": (
        "Deleting one deletes the triggers in it that are switched off, so golive leaves it while any is in it.",
    ),
    "triggers": (
        "A write replaces all conditions and actions.",
        "Their order is set by one call for a category; what is not golive's keeps its place.",
        "What customers wrote is left out of mails to them about their new ticket.",
    ),
    "automations": (
        "They count whole hours and run once an hour.",
        "One that does not end itself, or is the same as another, is refused.",
    ),
    "skills": ("The skills of an agent are a list that is replaced whole; golive adds and takes away single ones.",),
    "queues": ("An order of queues needs the id of every queue, also of those that are not golive's.",),
    "sla_policies": (
        "Both lists of conditions are always sent; values come back as numbers.",
        "A customer's field is known only by the tag of its option.",
        "Hourly warnings become automations, which ask for the ticket's next breach, whichever promise that is.",
    ),
    "macros": (
        "A list without `access=shared` holds everybody's personal ones; golive never sees those.",
        "Who may use one is echoed twice, as one id and as a list.",
        "Files are uploaded first and put to the macro as one list. Zendesk does not say what is in them: golive goes "
        "by name, size and what it has sent, and sends a file again only when it is another one.",
        "Files of a macro that is taken over stay; only `files` replaces them.",
    ),
    "views": (
        "Written as `all`, `any` and `output`, read as `conditions` and `execution`.",
        "There are no columns for customers' fields.",
    ),
    "group_sla_policies": (
        "They ask for groups and for nothing else, and know one time: how long a group keeps a ticket.",
    ),
    "custom_objects": (
        "The key is chosen once, for an object and for each of its fields; a renamed one keeps it.",
        "A field that leaves the files stays, with what records hold; declared again, it is the same field.",
        "An object that a lookup field still points to is not deleted.",
    ),
    "deletion_schedules": (
        "What a schedule deletes is gone for good, so that each plan that makes or changes one which is on says so.",
        "One for each sort of record can be on; with the vendor's add-on for data privacy it is ten.",
        "Zendesk names no conditions of their own for them. golive sends those of its conditions reference, which "
        "count hours: if they were days, more would stay than was asked for, and never less.",
        "A default schedule is never deleted; it is switched off.",
    ),
    "surveys": ("No page says how one is made; rules can send them.",),
    "alerts": ("A trigger in a category of its own that comes last, or an automation; a tag lets it post once.",),
    "escalations": (
        "A trigger in a category of its own before the alerts', a macro, a webhook and a view; a tag lets a ticket "
        "become "
        "one issue only. What the tracker gets, and how its status comes back: [engineering.md](engineering.md).",
        "Zendesk sends a webhook's call again only where the receiver gives no answer; what it refuses is shown on the "
        "webhook's page, under Activity.",
    ),
    "rollout": ("The mark is a checkbox of organisations; a box that nobody ticked counts as not ticked.",),
    "help_center_categories": (
        "Texts are translations of their own; the language of the source has a call of its own.",
    ),
    "help_center_sections": ("The section above is sent alone, or it is passed over.",),
    "articles": (
        "Deleting archives. Each article needs a permission group.",
        "Pictures are uploaded first and named by their address; they are sent again only when the file changes.",
        "Writes collide, so they go one after the other, and their limit is counted apart.",
    ),
}
"""Kind → sentences."""


TELEPHONES = "under Channels > Talk and email > Talk buy or bring the number, and choose group and hours."
SOCIAL = "under Channels > Messaging and social choose the service; its owner signs in."
BY_HAND: tuple[Task, ...] = (
    Task(
        "A help centre is switched on",
        (
            "Open Knowledge (the square of products at the top right) and choose “Create help center”.",
            "Under Settings > Language settings add every language of `languages:`.",
            "An address of the company's own: IT points it to `SUBDOMAIN.zendesk.com`; then enter it at the brand.",
        ),
        "`golive plan` says while it is off or lacks a language, and sends no articles until then.",
        ("help_center_host_answers",),
    ),
    Task(
        "The chat widget is made and put on the site",
        (
            "Under Channels > Messaging and social > Messaging choose “Add channel”, “Web widget”.",
            "Choose the brand, write the greeting, take over the company's colours.",
            "Under its responses choose the schedule of `hours:`, and write `when_closed:` for the time outside.",
            "Give the snippet under Installation to whoever looks after the site.",
        ),
        "nothing of the widget itself.",
        ("widget_in_brand", "widget_on_site", "chat_hours"),
    ),
    Task(
        "Telephones, social media, WhatsApp and text messages are connected",
        (
            f"Telephones: {TELEPHONES}",
            f"All others: {SOCIAL}",
        ),
        "nothing; a try shows it: `golive try channels`.",
        ("more_channels_connected", "phone_line_routed", "channels_tried"),
    ),
    Task(
        "Mail is forwarded to a support address",
        (
            "At the mail server forward the address to `SUPPORT@SUBDOMAIN.zendesk.com`.",
            "Under Channels > Talk and email > Email, at the address, choose “Verify forwarding”.",
            "Let IT enter the vendor's SPF and DKIM records, and confirm them at the same place.",
        ),
        "whether an address is verified; the first `golive up` after that makes it the default one.",
        ("support_address_forwards",),
    ),
    Task(
        "Single sign-on is switched on",
        (
            "Under Account > Security > Single sign-on create a configuration with the identity provider's values.",
            "Under Account > Security > Team member authentication choose it, and take passwords away.",
            "Sign in once in another browser before the first session is closed.",
        ),
        "what the gate's items say.",
        ("sso_details", "sso_before_people", "sso_on"),
    ),
    Task(
        "Customer satisfaction is switched on",
        (
            "Under People > Configuration > End users > Satisfaction switch it on, and write the question.",
            "Switch the vendor's own automation off where rules of golive's ask the question.",
        ),
        "the answers that come in.",
        ("survey_on_solve",),
    ),
    Task(
        "Apps are signed in: Slack, Salesforce, Jira",
        (
            "Under Apps and integrations > Integrations choose the vendor's package; sign in as an administrator of "
            "both sides.",
            "Give it the least rights that its page names.",
        ),
        "golive's own app in Slack: `golive doctor`.",
        ("slack_signed_in", "crm_connector_installed"),
    ),
    Task(
        "The receiver of a webhook gets the signing secret",
        (
            "Under Apps and integrations > Webhooks open the webhook, and choose “Reveal secret”.",
            "Give the secret to whoever looks after the receiver, by a way that is meant for secrets.",
            "Set the variable that `signing:` names to it where golive runs, and run `golive plan`.",
            "If the secret has come into wrong hands, choose “Reset secret” there: from then on the old one fails.",
        ),
        "whether the secret in the variable is the webhook's: `golive plan` says where it is not.",
        ("left_to_people",),
    ),
    Task(
        "Seats, plan and billing",
        ("Under Account > Billing buy seats or a larger plan.",),
        "how many seats a run takes: `golive plan` says it.",
        ("licences_approved",),
    ),
)
