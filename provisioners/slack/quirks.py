"""What Slack does otherwise than one would think, and what only a person can do there, for docs/slack.md."""

from __future__ import annotations

from provisioners.by_hand import Task

QUIRKS: dict[str, tuple[str, ...]] = {
    "slack_channels": (
        "A channel is made, renamed, given topic and purpose, and people are invited, each by a call of its own. "
        "Whoever "
        "joined by themselves, or was invited by somebody else, is left alone; nobody is ever removed.",
        "People come from `people`, and from `groups` everybody whom the files name in them; whoever is `active: "
        "false` is invited nowhere and taken out of user groups, and stays in channels until a person takes them out: "
        "`golive people` says where. Somebody whom Slack does not know by the address is named with the plan, and the "
        "run says so and makes nothing.",
        "Slack deletes no channel: one that leaves the files, or goes with `golive destroy`, is archived and keeps its "
        "name. Bots cannot unarchive: a person does, then `golive adopt` takes it over; or choose another name.",
        "A private channel without the bot is invisible, and its name is taken all the same: the run says so. Its "
        "owner invites the bot, then `golive adopt`; or choose another name.",
        "Public or private is chosen once; later only a person changes it in Slack.",
        "Slack gives topics back with links in angle brackets and three signs as entities; golive reads them as they "
        "were typed. Of a topic and a purpose it tells who set it, of nothing else.",
        "Channels are listed once for a plan, 500 a page, whatever their number.",
    ),
    "slack_user_groups": (
        "Paid plans only. A free workspace answers `paid_teams_only`: that is an error before the run, and at "
        "validation "
        "where the environment file says `plan: free`.",
        "All members are those of the files (`people` and `groups`): whoever was added by hand is shown as changed by "
        "hand and put out by the next `golive up`. Guests and bots cannot be in one.",
        "Slack cannot take out the last member, so a user group needs somebody, or `active: false`.",
        "Slack deletes none: one that leaves the files is switched off, and comes on again, as the same, when it is "
        "back. One that a person has switched off is a name that is taken: `golive adopt` takes it over.",
        "People, channels and user groups share one set of handles. Who has one is asked before the run.",
        "Of one that is off nobody looks who is in it; members are set when it comes on.",
        "`golive adopt slack_user_groups` takes over those whose members all stand under `people`; others are only "
        "named (`existing`), so that nobody is put out of them.",
        "Whether a bot may change user groups is a setting of the workspace: Workspace settings, Permissions, User "
        "groups must say that everybody may; otherwise Slack answers `permission_denied`.",
    ),
    "alerts": (
        "An alert is a rule of the helpdesk that calls a webhook of golive's own: a trigger, or an automation where it "
        "waits for hours. It posts once per ticket.",
        "Without more, the webhook calls Slack's API with the bot's token. Slack refuses with status 200 and "
        "`ok: false`, which the helpdesk takes for success: a bot that is not in the channel is silence. `golive "
        "alerts "
        "test` sees it.",
        "With `incoming_webhook: env:NAME` at the channel, the webhook calls that address: refusals have a status of "
        "their own, no bot has to be in the channel, and no token is handed to the helpdesk.",
        "Both ways, values are escaped and nobody is mentioned, whatever a customer writes.",
        "A channel that is `existing` is never written, so the bot does not join it: a person invites it, or the "
        "channel gets an `incoming_webhook`.",
        "`golive alerts test` makes a ticket that fits, waits until the rule has acted, reads what Slack answered in "
        "the log of the webhook's calls, looks for the post (scope `channels:history`), and deletes ticket and post.",
        "A post that names neither the ticket's title nor its link stays, and the trial is no pass: it may be a real "
        "ticket's. Write `{{ticket.title}}` or `{{ticket.link}}` into the alert's `text`.",
        "Where no ticket can have the rule act now, because it sleeps, waits for hours, or asks for the customer or "
        "the time of day, golive tries a copy of it: a trigger that does the same at once, with this one ticket only, "
        "and is deleted again. What the copy does not show is said. A rule that waits for hours shows itself within an "
        "hour of the first ticket that fits.",
        "The trial stands in the log and under `checklists/evidence/`; the gates ask for one of each alert that is "
        "awake by then, not older than 14 days, and of what the files still say (`slack_flow`). They also ask whether "
        "the app is in every channel that a rule names (`slack_member`).",
        "Warnings and breaches of promises are told by the helpdesk's own hourly rules (`how: hourly`) or by `golive "
        "watch` (`how: watch`), which posts with the bot's token; see watch.md.",
    ),
}
"""Kind → sentences."""


BY_HAND: tuple[Task, ...] = (
    Task(
        "The app is made and installed",
        (
            "At https://api.slack.com/apps choose Create New App, From scratch, and the client's workspace.",
            "Under OAuth & Permissions, Bot Token Scopes, add the scopes above that the files need.",
            "Choose Install to Workspace, and copy the Bot User OAuth Token (`xoxb-…`).",
            "Set it where golive runs, and name it in the environment file:  chat: {type: slack, url: "
            '"https://slack.com", token: env:SLACK_TOKEN}',
        ),
        "`golive doctor` says whose token it is, which scopes it has, and which are missing.",
    ),
    Task(
        "An incoming webhook is made for a channel",
        (
            "In the app open Incoming Webhooks, switch them on, choose Add New Webhook to Workspace and the channel.",
            "Set the variable that `incoming_webhook` names to the address: whoever has it can post.",
        ),
        "whether the variable is set: `golive doctor -e ENV` (the sandbox needs none); whether it works: "
        "`golive alerts test`.",
    ),
    Task(
        "A channel is unarchived, or made public or private",
        ("Open the channel in Slack; its settings have Unarchive and Change to a private channel.",),
        "`golive plan` shows it as changed by hand.",
    ),
    Task(
        "People get an account in the workspace, or leave it",
        ("Invite or deactivate the person under the workspace's Manage members.",),
        "`golive plan` names everybody whom Slack does not know.",
    ),
)
LIMITS = (
    "Slack counts each method by itself, for the app and the workspace: 20 calls a minute for making channels and for "
    "user groups, 50 for inviting, 100 for reading members. golive waits as long as Slack says and goes on.",
    "A channel's name has up to 80 small letters, digits, `-` and `_`; its topic and its purpose 250 characters each.",
    "100 people are invited in one call.",
)
NOT_CHECKED = (
    "The provider is tested against golive's own stand-in, and against the npm package `emulate` 0.11.2, which others "
    "wrote. That one has no user groups, no canvases, no plans and no limits, and shows no scopes of a token: these "
    "are "
    "tested against golive's own stand-in only, which is written from Slack's documentation.",
)
