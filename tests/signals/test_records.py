"""Short records that say of their picture, film or file that it is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.finding import State
from citecheck.records.observation import Signal, Strength
from standins.judged import observed, page, verdict_on

SAME = Signal("sibling-same-page", "for all", Strength.DECISIVE)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Bibliografia de pescadores", "Vídeo no disponible. Duración 40 min, 1988."),
        ("О приливах Белого моря", "Файл не найден. Бюллетень, 1957, с. 4."),
        ("Chants de pêcheurs", "Enregistrement 1951. Ce document n'est plus disponible."),
        ("Order 12", "This document is no longer available. Repealed by the order of 1950."),
    ],
)
def test_a_record_with_facts_of_its_own_is_there(title: str, text: str) -> None:
    assert verdict_on(observed(page(title, text))).state is State.OK


@pytest.mark.parametrize(
    "text",
    [
        "This document is no longer available.",
        "This document is no longer available. Error 404, request id ab12-3456.",
        "This document is no longer available. Go back to the home page.",
    ],
)
def test_a_message_alone_is_rot(text: str) -> None:
    found = verdict_on(observed(page("The Gazette", text)))
    assert (found.state, found.reason) == (State.DEAD, "soft-404")


def test_a_message_with_facts_for_every_address_is_rot() -> None:
    text = "This document is no longer available. The paper was founded in 1871."
    seen = observed(page("The Gazette", text))
    found = verdict_on(replace(seen, signals=(*seen.signals, SAME)))
    assert (found.state, found.reason) == (State.DEAD, "soft-404")
