"""The public Python client against the sandbox over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter
from zenpy import Zenpy
from zenpy.lib.api_objects import Comment, Group, GroupMembership, Macro, Organization, Request, Ticket, Trigger, User
from zenpy.lib.api_objects.help_centre_objects import Article, Category, Section, Translation
from zenpy.lib.exception import APIException, RecordNotFoundException

from tests.live_sandbox import LiveSandbox, running_sandbox


class Loopback(HTTPAdapter):
    """Sends what is meant for the vendor's host to the sandbox."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.base = url

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        parts = urlsplit(request.url)
        query = f"?{parts.query}" if parts.query else ""
        redirected = request.copy()
        redirected.url = f"{self.base}/zendesk{parts.path}{query}"
        response = super().send(redirected, *args, **kwargs)
        response.request = request
        return response


@pytest.fixture(scope="module")
def sandbox() -> Iterator[LiveSandbox]:
    organizations = [{"name": f"Org {number:03}"} for number in range(120)]
    centers = [{"locales": ["en-us", "de"]}]
    seed = {"subdomain": "acme", "organizations": organizations, "help_centers": centers}
    with running_sandbox({"zendesk": seed}) as live:
        yield live


@pytest.fixture
def zenpy(sandbox: LiveSandbox) -> Zenpy:
    session = requests.Session()
    session.mount("https://", Loopback(sandbox.url))
    return Zenpy(subdomain="acme", session=session, oauth_token="sandbox", disable_cache=True)


def test_lists_are_read_over_pages(zenpy: Zenpy) -> None:
    assert len(list(zenpy.groups())) >= 1
    titles = [trigger.title for trigger in zenpy.triggers()]
    assert "Notify group of assignment" in titles
    names = [one.name for one in zenpy.organizations(cursor_pagination=50)]
    assert names == [f"Org {number:03}" for number in range(120)]
    assert len(list(zenpy.organizations(cursor_pagination=False))) == 120


def test_objects_are_made_changed_and_deleted(zenpy: Zenpy) -> None:
    group = zenpy.groups.create(Group(name="Tier 2"))
    group.description = "Second line"
    assert zenpy.groups.update(group).description == "Second line"
    user = zenpy.users.create(User(name="Ada", email="ada@example.com", role="agent"))
    membership = zenpy.group_memberships.create(GroupMembership(user_id=user.id, group_id=group.id))
    assert membership.default is False
    zenpy.groups.delete(group)
    assert zenpy.groups(id=group.id).deleted is True
    organization = zenpy.organizations.create(Organization(name="Made"))
    zenpy.organizations.delete(organization)
    with pytest.raises(RecordNotFoundException):
        zenpy.organizations(id=organization.id)


def test_rules_come_back_as_sent(zenpy: Zenpy) -> None:
    conditions = {"all": [{"field": "status", "operator": "is", "value": "open"}], "any": []}
    actions = [{"field": "priority", "value": "high"}]
    made = zenpy.triggers.create(Trigger(title="From zenpy", conditions=conditions, actions=actions))
    assert zenpy.triggers(id=made.id).to_dict()["conditions"] == conditions
    macro = zenpy.macros.create(Macro(title="From zenpy", actions=actions))
    assert macro.position == 10000


def test_refusals_are_the_clients_own_errors(zenpy: Zenpy, sandbox: LiveSandbox) -> None:
    with pytest.raises(APIException, match="RecordInvalid"):
        zenpy.organizations.create(Organization(name="Org 001"))
    sandbox.fault(system="zendesk", kind="cut_before", times=1)
    with pytest.raises(requests.exceptions.ConnectionError):
        list(zenpy.groups())
    assert len(list(zenpy.groups())) >= 1


def test_tickets_live_and_end(zenpy: Zenpy) -> None:
    first = Comment(body="It is broken")
    made = zenpy.tickets.create(Ticket(subject="Help", comment=first, requester=User(name="Dana", email="d@x.org")))
    assert (made.ticket.status, made.ticket.requester.email, made.ticket.via.channel) == ("new", "d@x.org", "api")
    assert {event["type"] for event in made.audit.events} >= {"Create", "Comment", "Notification"}
    ticket = zenpy.tickets(id=made.ticket.id)
    ticket.comment, ticket.status = Comment(body="Between us", public=False), "pending"
    assert zenpy.tickets.update(ticket).ticket.status == "pending"
    comments = list(zenpy.tickets.comments(ticket=ticket.id))
    assert [(one.body, one.public, one.author.role) for one in comments] == [
        ("It is broken", True, "admin"),
        ("Between us", False, "admin"),
    ]
    audits = list(zenpy.tickets.audits(ticket=ticket.id))
    assert [one.author.role for one in audits] == ["admin", "admin"]
    assert [one.id for one in zenpy.search("Help", type="ticket")] == [ticket.id]
    assert [one.id for one in zenpy.users.requested(user=ticket.requester_id)] == [ticket.id]
    zenpy.tickets.delete(ticket)
    with pytest.raises(RecordNotFoundException):
        zenpy.tickets(id=ticket.id)
    assert zenpy.tickets.permanently_delete(ticket).status == "queued"
    zenpy.users.delete(zenpy.users(id=ticket.requester_id))


def test_requests_are_made_and_read(zenpy: Zenpy) -> None:
    made = zenpy.requests.create(Request(subject="Question", comment=Comment(body="How?")))
    assert zenpy.requests(id=made.id).description == "How?"
    assert [one.body for one in zenpy.requests.comments(made.id)] == ["How?"]


def test_the_help_center_is_written_and_read(zenpy: Zenpy, tmp_path: Path) -> None:
    center = zenpy.help_center
    category = center.categories.create(Category(name="Guides", locale="en-us"))
    section = center.sections.create(Section(name="Start", locale="en-us", category_id=category.id))
    assert (section.category_id, section.name) == (category.id, "Start")
    group = next(iter(center.permission_groups()))
    sent = Article(title="Hello", body="<p>Hi</p>", locale="en-us", permission_group_id=group.id, user_segment_id=None)
    article = center.articles.create(section.id, sent)
    assert [one.title for one in center.sections.articles(section=section.id)] == ["Hello"]
    text = center.articles.create_translation(article, Translation(locale="de", title="Hallo", body="<p>Hallo</p>"))
    assert (text.source_type, text.title) == ("Article", "Hallo")
    assert list(center.articles.missing_translations(article)) == []
    file = tmp_path / "a.txt"
    file.write_text("Hello")
    attached = center.attachments.create(article, str(file), inline=False)
    assert (attached.article_id, attached.file_name, attached.size) == (article.id, "a.txt", 5)
    assert [one.id for one in center.attachments(article)] == [attached.id]
    assert [one.name for one in center.user_segments()] == ["Signed-in users", "Agents and admins"]
    center.categories.delete(category)
    with pytest.raises(RecordNotFoundException):
        center.articles(id=article.id)
