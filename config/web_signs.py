"""By what the parts of a helpdesk are known on pages of the web."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WebSigns:
    """help_center: the path at which a help centre begins. form: the path, below it, of the form in which customers
    write. widget: what stands in the address of the script that loads the chat. domain: under which each brand has an
    address, with its dot."""

    help_center: str
    form: str
    widget: str
    domain: str
