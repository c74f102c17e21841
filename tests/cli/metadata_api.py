"""A person's hands on custom objects of the sandbox's Salesforce: plain envelopes, without the vendor's library."""

from __future__ import annotations

import urllib.request
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from tests.cli.workspace import Workspace

_OURS = "http://soap.sforce.com/2006/04/metadata"
_ENVELOPE = """<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns="{ours}"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><env:Header><SessionHeader><sessionId>sandbox</sessionId>
  </SessionHeader></env:Header><env:Body><{operation}>{inside}</{operation}></env:Body></env:Envelope>"""


def object_listed(workspace: Workspace) -> dict[str, str]:
    """Id of each object that the organisation has made → its API name."""
    found = _asked(workspace, "listMetadata", "<queries><type>CustomObject</type></queries>")
    return {str(each.findtext(f"{{{_OURS}}}id")): str(each.findtext(f"{{{_OURS}}}fullName")) for each in found}


def object_read(workspace: Workspace, name: str) -> dict[str, Any]:
    """What an object is called, who sees its records, and its records' name."""
    inside = f"<type>CustomObject</type><fullNames>{escape(name)}</fullNames>"
    [[record]] = _asked(workspace, "readMetadata", inside)
    said = {each.tag.rpartition("}")[2]: each for each in record}
    of_name = {each.tag.rpartition("}")[2]: each.text for each in said["nameField"]}
    words = ("fullName", "label", "pluralLabel", "sharingModel")
    return {**{word: said[word].text for word in words}, "nameField": of_name}


def object_written(workspace: Workspace, operation: str, body: dict[str, Any]) -> None:
    """Make (`createMetadata`) or change (`updateMetadata`) an object."""
    parts = "".join(f"<{word}>{escape(str(body[word]))}</{word}>" for word in ("fullName", "label", "pluralLabel"))
    of_name = "".join(f"<{word}>{escape(str(text))}</{word}>" for word, text in body["nameField"].items())
    parts += f"<nameField>{of_name}</nameField><sharingModel>{body['sharingModel']}</sharingModel>"
    parts += "<deploymentStatus>Deployed</deploymentStatus>"
    [result] = _asked(workspace, operation, f'<metadata xsi:type="CustomObject">{parts}</metadata>')
    assert result.findtext(f"{{{_OURS}}}success") == "true", ElementTree.tostring(result)


def _asked(workspace: Workspace, operation: str, inside: str) -> list[Any]:
    text = _ENVELOPE.format(ours=_OURS, operation=operation, inside=inside)
    url = f"{workspace.sandbox.url}/salesforce/services/Soap/m/59.0"
    request = urllib.request.Request(url, text.encode(), {"Content-Type": "text/xml"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return list(ElementTree.fromstring(answer.read())[0][0])
