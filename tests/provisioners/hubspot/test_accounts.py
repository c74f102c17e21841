"""HubSpot's companies: counted by searches, read page by page, with the names of their owners."""

from __future__ import annotations

from typing import Any

from provisioners.hubspot.accounts import HubSpotAccounts
from provisioners.hubspot.client import HubSpotClient
from provisioners.translation import Context
from tests.live_sandbox import LiveSandbox
from tests.provisioners.declared import connection, context, declaration

FIELDS: dict[str, Any] = {
    "account_name": {"object": "Account", "type": "text", "existing": "name"},
    "arr": {"object": "Account", "type": "currency", "existing": "annualrevenue"},
    "csm": {"object": "Account", "type": "lookup", "existing": "hubspot_owner_id"},
    "renewal": {"object": "Account", "type": "date", "existing": "renewal"},
    "segment": {
        "object": "Account",
        "type": "dropdown",
        "existing": "segment",
        "options": {"big": "Big", "small": "S"},
    },
}
ROWS = ["account_name", "arr", "csm.Name", "renewal", "segment"]


def accounts_context() -> Context:
    return context(declaration(crm_fields=FIELDS), "crm", "hubspot")


def test_companies_are_counted_and_read(live: LiveSandbox, client: HubSpotClient) -> None:
    accounts = HubSpotAccounts(client, accounts_context())
    dana = next(each.id for each in client.owners() if each.name == "Dana Ruiz")
    ids = []
    for number in range(230):
        values = {"annualrevenue": "1200.5"} if number % 2 else {}
        more = {"segment": "A" if number < 100 else "small"} if number < 200 else {}
        owner = {"hubspot_owner_id": dana, "renewal": "2027-01-31"} if number == 1 else {}
        body = {"properties": {"name": f"Shop {number:03}", **values, **more, **owner}}
        ids.append(str(client.create("objects/companies", body)["id"]))
    live.clear_log()
    found = {
        each.segment: (each.total, each.fields["arr"], each.fields["renewal"])
        for each in accounts.filled(["arr", "renewal"], "segment")
    }
    assert found == {"big": (100, 50, 1), "small": (100, 50, 0), "": (30, 15, 0)}
    assert len([each for each in live.log() if each["path"].endswith("/search")]) == 9
    left = [{"label": "Big", "value": "A"}]
    client.update("properties/companies/segment", {"options": left})
    fewer = HubSpotAccounts(HubSpotClient(connection("hubspot", live.url)), accounts_context())
    found = {each.segment: (each.total, each.fields["arr"]) for each in fewer.filled(["arr"], "segment")}
    assert found == {"big": (100, 50), "": (130, 65)}, "what holds an option that is gone is counted, too"
    client.update("properties/companies/segment", {"options": [*left, {"label": "Small", "value": "small"}]})
    [whole] = accounts.filled(["arr"], "")
    assert (whole.total, whole.fields) == (230, {"arr": 115})
    read = list(accounts.all(ROWS))
    assert [each.id for each in read] == ids, "all pages"
    assert read[1].values == {
        "account_name": "Shop 001", "arr": 1200.5, "csm.Name": "Dana Ruiz", "renewal": "2027-01-31", "segment": "big",
    }  # fmt: skip
    assert set(read[0].values.values()) == {"Shop 000", None, "big"}
    assert [each.id for each in accounts.some([ids[3], "999"], ["arr"])] == [ids[3]]
    worst = accounts.incomplete(["arr", "renewal", "segment"], 3)
    assert [(each.name, each.missing) for each in worst] == [
        (f"Shop {number}", ("arr", "renewal", "segment")) for number in (200, 202, 204)
    ]
    assert accounts.uncountable(["csm.Phone", "csm.Email", "arr"]).keys() == {"csm.Phone"}
    assert (accounts.id_of(" 123 "), accounts.id_of("001ABC")) == ("123", "")
