"""What a plan asks of a person is what docs/zendesk.md says."""

from __future__ import annotations

import pytest

from provisioners.zendesk.quirks import BY_HAND
from tests.config.samples import declared
from tests.provisioners.zendesk_workspace import compiled


@pytest.mark.parametrize(("type_", "words"), [("voice", "Telephones: "), ("social", "All others: ")])
def test_channels_that_a_person_connects_have_the_steps_of_the_page(type_: str, words: str) -> None:
    channel = f"channels: {{line: {{type: {type_}, name: Line, by_hand: true}}}}"
    (task,) = (each.reason for each in compiled(declared(channel).declaration).by_hand)
    (step,) = (step.removeprefix(words) for each in BY_HAND for step in each.steps if step.startswith(words))
    assert task == f"In Zendesk's admin centre {step}"
