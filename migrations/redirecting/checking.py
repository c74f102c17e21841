"""Whether an old page leads where it is to: in one step, for good, to a page that is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from migrations.redirecting.addresses import address_of

PERMANENT = 301
Code = Literal["no_answer", "not_led", "not_permanent", "elsewhere", "chain", "no_page_there"]


@dataclass(frozen=True)
class Led:
    """What an old address answered. status: 0 without an answer. location: where it leads. then: what that answers, 0
    where nobody looked. why: what went wrong."""

    status: int
    location: str = ""
    then: int = 0
    why: str = ""

    @property
    def hops(self) -> int:
        """Steps to a page, as far as they were gone; two stand for all that are more than one."""
        return 0 if not self.location else 2 if 300 <= self.then < 400 else 1


def what_is_wrong(new: str, at: str, led: Led) -> tuple[Code, str] | None:
    """None where it leads to `new`, which is asked for at the address `at`."""
    if not led.status:
        return "no_answer", led.why or "it does not answer"
    if not led.location:
        return "not_led", f"it answers with {led.status} and leads nowhere"
    if not (_is_same(led.location, new) or _is_same(led.location, at)):
        return "elsewhere", f"it leads to {led.location}"
    if led.status != PERMANENT:
        return "not_permanent", f"it leads there with {led.status}; {PERMANENT} says that it is for good"
    if 300 <= led.then < 400:
        return "chain", f"the page to which it leads answers with {led.then} and leads on"
    if led.then != 200:
        said = f"answers with {led.then}" if led.then else f"does not answer ({led.why or 'nobody looked'})"
        return "no_page_there", f"the page to which it leads {said}"
    return None


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses are those of one page."""
    first, second = address_of(one), address_of(other)
    return first is not None and second is not None and first.page == second.page
