"""What customers find on the client's own pages: the help centre under its own address, the chat, the ways to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field

from checklists.facts import Facts, NotKnown, Page
from checklists.page_parts import PageParts, parts_of
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from config.model import Model, defaults_to, required
from config.web_signs import WebSigns
from config.words import counted, some

What = Literal["widget", "help_links", "widget_and_help_links"]
_SAYS_NOTHING = (401, 403, 429)
"""How pages answer whom they take for a robot; what customers see may be another thing."""


class HelpCenterHost(Probe):
    """The help centre of each brand that has an address of the client's own (`zendesk: {host_mapping: …}`) answers
    there, with a certificate that browsers accept."""

    name = "help_center_host"
    looks_at = ("configuration", "web")

    def pages(self, given: Any, facts: Facts) -> Sequence[str]:
        return list(_help_centers(facts).values())

    def answer(self, given: Any, facts: Facts) -> Answer:
        addresses = _help_centers(facts)
        numbers = {"addresses": len(addresses)}
        if not addresses:
            said = "No brand says an address of the client's own: zendesk: {host_mapping: help.client.example}"
            return Answer("fail", f"{said}.", numbers, [])
        wrong = [why for address in addresses.values() if (why := _wrong_with(_page(facts, address)))]
        looked_at = [sorted(addresses.values()), wrong]
        if wrong:
            return Answer("fail", f"{'; '.join(wrong)}.", numbers, looked_at)
        hosts = some([urlsplit(each).netloc for each in addresses.values()])
        return Answer("pass", f"The help centre answers at {hosts}.", numbers, looked_at)


class WebPage(Probe):
    """A page of the client's shows the chat, links to the help centre, or both. What does not apply to the project
    (`chat`, `help_center`) need not be there. No script is run: what a tag manager loads is not known."""

    name = "web_page"
    looks_at = ("configuration", "web")

    class Parameters(Model):
        """Which page, and what it shows."""

        what: What = required(description="What has to be there.")
        url: str = required(description="The page: a figure of the project.")

    def pages(self, given: Any, facts: Facts) -> Sequence[str]:
        return [given.url]

    def answer(self, given: Any, facts: Facts) -> Answer:
        signs = _signs(facts)
        page = _page(facts, given.url)
        wrong = _wrong_with(page)
        if wrong:
            return Answer("fail", f"{wrong}.", {}, wrong)
        parts = parts_of(page.text, page.url)
        wanted = [each for each in ("widget", "help_links") if each in given.what and _applies(each, facts)]
        if not wanted:
            raise NotKnown("Neither a chat nor a help centre belongs to this project: leave the item out, and say why.")
        shows = {"widget": parts.names(signs.widget), "help_links": bool(_help_links(parts, facts))}
        missing = [each for each in wanted if not shows[each]]
        looked_at = {"page": given.url, "missing": missing, "wanted": wanted}
        host = urlsplit(page.url).netloc
        if "widget" in missing and parts.has_tag_manager:
            raise NotKnown(
                f"The chat does not stand in the page's own code, and {host} loads more by a tag manager, which golive "
                "does not run. Look yourself, and make the item by_hand in your checklists/."
            )
        if missing:
            what = " and ".join(_CALLED[each] for each in missing)
            return Answer("fail", f"{given.url} shows no {what}.", {}, looked_at)
        return Answer("pass", f"{host} shows {' and '.join(_SHOWN[each] for each in wanted)}.", {}, looked_at)


class FormIsEasy(Probe):
    """On the page on which customers look for help there is a way to reach the team (a form, a mail address that is
    declared, a phone number), and customers have to fill in few fields, of which each says what is meant
    (`help.customers`). Whether that stands on the first screen, golive does not see."""

    name = "form_is_easy"
    looks_at = ("configuration", "web")

    class Parameters(Model):
        """Which page, and how many fields."""

        url: str = required(description="The page: a figure of the project.")
        at_most: Annotated[int, Field(ge=0)] = defaults_to(
            5, description="How many fields customers may have to fill in beside subject and message."
        )

    def pages(self, given: Any, facts: Facts) -> Sequence[str]:
        return [given.url]

    def answer(self, given: Any, facts: Facts) -> Answer:
        page = _page(facts, given.url)
        wrong = _wrong_with(page)
        if wrong:
            return Answer("fail", f"{wrong}.", {}, wrong)
        ways = sorted(set(_ways(parts_of(page.text, page.url), facts)))
        asked = {key: bool(each.help and each.help.customers) for key, each in _asked(facts)}
        silent = [key for key, says in asked.items() if not says]
        numbers = {"ways": len(ways), "required": len(asked)}
        looked_at = [given.url, ways, asked]
        if not ways:
            said = f"{given.url} shows neither a form nor a declared address nor a phone number"
            return Answer("fail", f"{said}.", numbers, looked_at)
        if len(asked) > given.at_most:
            said = f"Customers must fill in {counted(len(asked), 'field')}; {given.at_most} are the most"
            return Answer("fail", f"{said} ({some(list(asked))}).", numbers, looked_at)
        if silent:
            said = f"Customers must fill in {some(silent)}, and no help.customers says what is meant"
            return Answer("warn", f"{said}.", numbers, looked_at)
        return Answer("pass", f"{urlsplit(page.url).netloc} shows {some(ways)}.", numbers, looked_at)


_CALLED = {"widget": "chat", "help_links": "link to the help centre"}
_SHOWN = {"widget": "the chat", "help_links": "links to the help centre"}
_PROFILES: dict[str, Any] = {"widget": "chat", "help_links": "help_center"}


def _applies(part: str, facts: Facts) -> bool:
    """Whether something belongs to the project. Raises NotKnown where nobody has said so."""
    applies, _ = facts.checklist.answer([_PROFILES[part]])
    if applies is None:
        raise NotKnown(f"Nobody has said whether the profile `{_PROFILES[part]}` applies to this project.")
    return applies


def _signs(facts: Facts) -> WebSigns:
    """Raises NotKnown where the helpdesk has none."""
    signs = facts.configuration.known().signs
    if signs is None:
        raise NotKnown("golive does not know by what this helpdesk is known on a page.")
    return signs


def _page(facts: Facts, address: str) -> Page:
    """A page that was opened. Raises NotKnown where it says nothing of what customers see."""
    page = facts.web.known().get(address)
    if page is None:
        raise NotKnown(f"{address} was not opened.")
    if page.came in ("silent", "led_away", "refused"):
        also = "; say the address at which it ends" if page.came == "led_away" else ""
        raise NotKnown(f"{page.why}{also}.")
    if page.status in _SAYS_NOTHING or page.status >= 500:
        raise NotKnown(
            f"{urlsplit(address).netloc} answers golive with {page.status}: what customers see is not known."
        )
    return page


def _wrong_with(page: Page) -> str:
    """Why a page is none that customers could read; empty where it is one."""
    if page.came == "no_certificate":
        return page.why
    return "" if page.status == 200 else f"{page.asked} answers with {page.status}"


def _help_centers(facts: Facts) -> dict[str, str]:
    """Brand → where its help centre begins, of those with an address of the client's own."""
    path = _signs(facts).help_center
    hosts = {
        key: str(said["host_mapping"])
        for key, item in active(facts, "brands").items()
        for said in item.value.vendor.values()
        if said.get("host_mapping")
    }
    return {key: f"https://{host}{path}" for key, host in hosts.items()}


def _help_links(parts: PageParts, facts: Facts) -> list[str]:
    """The page's links to a help centre of the project's: under the client's own address, or the vendor's."""
    signs = _signs(facts)
    hosts = {urlsplit(each).netloc.lower() for each in _help_centers(facts).values()}
    hosts |= {f"{item.value.subdomain}{signs.domain}" for item in active(facts, "brands").values()}
    hosts.add(facts.configuration.known().helpdesk.lower())
    found = []
    for link in parts.links:
        there = urlsplit(link)
        if there.netloc and there.netloc.lower() in hosts and there.path.startswith(signs.help_center):
            found.append(link)
    return found


def _ways(parts: PageParts, facts: Facts) -> Iterator[str]:
    """The ways to reach the team that a page shows."""
    form = _signs(facts).form
    declared = {
        str(address).lower()
        for item in active(facts, "channels").values()
        if getattr(item.value, "type", "") == "email"
        for address in (item.value.address, item.value.forwards_from)
        if address
    }
    for link in parts.links:
        if link.lower().startswith("tel:"):
            yield "a phone number"
        elif link.lower().startswith("mailto:"):
            if link[len("mailto:") :].partition("?")[0].lower() in declared:
                yield "a support address"
        elif urlsplit(link).path.rstrip("/").endswith(form):
            yield "the form"
    if parts.can_be_written:
        yield "a form"


def _asked(facts: Facts) -> Iterator[tuple[str, Any]]:
    """The ticket fields that customers have to fill in."""
    for key, item in active(facts, "ticket_fields").items():
        side = getattr(item.value, "customers", None)
        if side is not None and getattr(side, "required", False) and getattr(side, "can", "") == "edit":
            yield key, item.value
