"""Who reads and writes articles, and their files."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Answer, Zendesk
from tests.sandbox.test_zendesk_help_center import article, category, group, section

PICTURE = b"\x89PNG\r\n\x1a\n--not-the-boundary\r\n\x00"


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk({"plan": "enterprise"})


def upload(zendesk: Zendesk, path: str, content: bytes = PICTURE, **fields: str) -> Answer:
    parts = [
        b'Content-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n' + content
    ]
    parts += [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{text}'.encode() for name, text in fields.items()]
    body = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    return zendesk.call("POST", path, raw=body, headers={"content-type": "multipart/form-data; boundary=edge"})


# User segments


def test_the_vendors_segments_are_there_and_stay(zendesk: Zendesk) -> None:
    segments = zendesk.get("help_center/user_segments").json()["user_segments"]
    found = [(one["name"], one["user_type"], one["built_in"]) for one in segments]
    assert found == [("Signed-in users", "signed_in_users", True), ("Agents and admins", "staff", True)]
    path = f"help_center/user_segments/{segments[0]['id']}"
    assert zendesk.put(path, {"user_segment": {"name": "Everybody"}}).status_code == 403
    assert zendesk.delete(path).status_code == 403


def test_a_segment_is_narrowed_by_what_fits_its_people(zendesk: Zendesk) -> None:
    own = zendesk.make("groups", "group", name="Tier 2")
    firm = zendesk.make("organizations", "organization", name="Acme")
    staff = {"name": "Second line", "user_type": "staff", "group_ids": [own["id"]]}
    made = zendesk.make("help_center/user_segments", "user_segment", **staff, tags=["vip"])
    assert (made["group_ids"], made["tags"], made["built_in"]) == ([own["id"]], ["vip"], False)
    other = {"user_segment": {"user_type": "signed_in_users", "tags": []}}
    changed = zendesk.put(f"help_center/user_segments/{made['id']}", other).json()["user_segment"]
    assert (changed["user_type"], changed["tags"]) == ("staff", [])
    assert zendesk.titles("help_center/user_segments?built_in=false", "user_segments", "name") == ["Second line"]
    for wrong in (
        {"name": "second line"},
        {"name": "X", "user_type": "robots"},
        {"name": "X", "group_ids": [1]},
        {"name": "X", "organization_ids": [firm["id"]]},
        {"name": "X", "user_type": "signed_in_users"},
        {"name": ""},
    ):
        answer = zendesk.post("help_center/user_segments", {"user_segment": {**staff, **wrong}})
        assert answer.status_code == 422, wrong


def test_a_segment_in_use_is_not_deleted(zendesk: Zendesk) -> None:
    made = zendesk.make("help_center/user_segments", "user_segment", name="Partners", user_type="signed_in_users")
    text = article(zendesk, section(zendesk, category(zendesk)), user_segment_id=made["id"])
    path = f"help_center/user_segments/{made['id']}"
    assert zendesk.delete(path).json()["details"]["base"][0]["error"] == "InUse"
    zendesk.delete(f"help_center/articles/{text['id']}")
    assert zendesk.delete(path).status_code == 204


def test_the_smallest_plan_has_no_segments_or_groups_of_its_own() -> None:
    zendesk = Zendesk({"plan": "team"})
    sent = {"user_segment": {"name": "X", "user_type": "staff"}}
    assert zendesk.post("help_center/user_segments", sent).status_code == 403
    assert zendesk.post("guide/permission_groups", {"permission_group": {"name": "X"}}).status_code == 403
    assert zendesk.get("help_center/user_segments").json()["count"] == 2


# Permission groups


def test_permission_groups_name_segments(zendesk: Zendesk) -> None:
    assert zendesk.titles("guide/permission_groups", "permission_groups", "name") == ["Admins", "Agents and admins"]
    staff = zendesk.get("help_center/user_segments").json()["user_segments"][1]["id"]
    made = zendesk.make("guide/permission_groups", "permission_group", name="Editors", edit=[staff], publish=[])
    assert (made["edit"], made["publish"], made["built_in"]) == ([staff], [], False)
    path = f"guide/permission_groups/{made['id']}"
    assert "edit" in zendesk.put(path, {"permission_group": {"edit": [1]}}).json()["details"]
    built_in = f"guide/permission_groups/{group(zendesk)}"
    assert zendesk.put(built_in, {"permission_group": {"name": "Mine"}}).status_code == 403
    text = article(zendesk, section(zendesk, category(zendesk)), permission_group_id=made["id"])
    assert zendesk.delete(path).status_code == 422
    zendesk.put(f"help_center/articles/{text['id']}", {"article": {"permission_group_id": group(zendesk)}})
    assert zendesk.delete(path).status_code == 204


def test_the_privilege_to_edit_is_for_enterprise() -> None:
    zendesk = Zendesk({"plan": "professional"})
    staff = zendesk.get("help_center/user_segments").json()["user_segments"][1]["id"]
    sent: dict[str, Any] = {"name": "Editors", "publish": [staff]}
    assert zendesk.post("guide/permission_groups", {"permission_group": sent}).status_code == 201
    sent = {"name": "More", "edit": [staff]}
    assert zendesk.post("guide/permission_groups", {"permission_group": sent}).status_code == 403


# Files


def test_a_file_is_put_to_an_article_and_read_back(zendesk: Zendesk) -> None:
    text = article(zendesk, section(zendesk, category(zendesk)))
    path = f"help_center/articles/{text['id']}/attachments"
    answer = upload(zendesk, path, inline="true")
    made = answer.json()["article_attachment"]
    assert (answer.status_code, made["article_id"], made["inline"]) == (201, text["id"], True)
    assert (made["file_name"], made["content_type"], made["size"]) == ("a.png", "image/png", len(PICTURE))
    assert "_content" not in made
    seen = zendesk.as_token(None).get(made["content_url"])
    assert (seen.content, seen.headers["content-type"]) == (PICTURE, "image/png")
    upload(zendesk, path)
    for part, count in (("", 2), ("/inline", 1), ("/block", 1)):
        assert len(zendesk.get(path + part).json()["article_attachments"]) == count
    one = f"help_center/articles/attachments/{made['id']}"
    assert zendesk.get(one).json()["article_attachment"]["size"] == len(PICTURE)
    assert zendesk.delete(one).status_code == 204
    assert zendesk.get(one).status_code == 404


def test_files_may_come_before_their_article(zendesk: Zendesk) -> None:
    text = article(zendesk, section(zendesk, category(zendesk)))
    made = upload(zendesk, "help_center/articles/attachments").json()["article_attachment"]
    assert made["article_id"] is None
    path = f"help_center/articles/{text['id']}/bulk_attachments"
    assert zendesk.post(path, {"attachment_ids": [made["id"]] * 21}).status_code == 400
    assert zendesk.post(path, {"attachment_ids": [made["id"]]}).status_code == 200
    seen = zendesk.get(f"help_center/articles/{text['id']}/attachments").json()["article_attachments"]
    assert [one["id"] for one in seen] == [made["id"]]


def test_bad_files_are_refused(zendesk: Zendesk) -> None:
    text = article(zendesk, section(zendesk, category(zendesk)))
    path = f"help_center/articles/{text['id']}/attachments"
    large = upload(zendesk, path, b"x" * (20 * 1024 * 1024 + 1))
    assert large.json()["details"]["file"][0]["error"] == "TooLarge"
    assert upload(zendesk, path, b"x" * (20 * 1024 * 1024)).status_code == 201
    assert "locale" in upload(zendesk, path, locale="en-us").json()["details"]
    assert "file" in zendesk.post(path, {"file": "text"}).json()["details"]
    broken = zendesk.call("POST", path, raw=b"x", headers={"content-type": "multipart/form-data"})
    assert broken.status_code == 400
