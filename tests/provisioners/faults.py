"""The fault that a call to a system ends with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from provisioners.errors import SystemFault


def fault_of(call: Callable[..., object], *arguments: Any, **more: Any) -> SystemFault:
    with pytest.raises(SystemFault) as raised:
        call(*arguments, **more)
    return raised.value
