"""Every reason of a save is said to a person."""

from __future__ import annotations

import pytest

from citecheck.archives.eligible import NEVER_ASKED
from citecheck.archives.spn_codes import CODES, MESSAGES
from citecheck.saving_reasons import SAVING_REASONS, explain, sentence


def test_every_code_and_reason_has_a_sentence() -> None:
    known = {*CODES, *(name for _, name, _ in MESSAGES), *NEVER_ASKED}
    assert known <= set(SAVING_REASONS)


@pytest.mark.parametrize("text", SAVING_REASONS.values())
def test_a_sentence_can_stand_after_a_colon_and_before_a_full_stop(text: str) -> None:
    assert text[0].islower()
    assert not text.endswith((".", ";", " "))


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", ""),
        ("captured-404", "the site showed the archive an error page (404), which is no copy"),
        ("http-403", "the archive answered the request with an error (403)"),
        (
            "error:no-such-code",
            "the archive told an error that is not documented (error:no-such-code); "
            "the next run asks again",
        ),
        ("of-a-later-version", "of-a-later-version"),
    ],
)
def test_reasons_that_are_in_no_table(reason: str, said: str) -> None:
    assert sentence(reason) == said


def test_explain_takes_a_code_with_and_without_its_prefix() -> None:
    told = "saving/error:blocked\n\n  the site blocks the archive."
    assert explain("error:blocked") == explain("blocked") == explain("save/blocked") == told
    assert explain("nonsense") is None


@pytest.mark.parametrize(
    "reason", ["rejected", "task-failed", "visit-failed", "visit-not-found", "in-review"]
)
def test_the_reasons_of_software_heritage_have_sentences(reason: str) -> None:
    assert sentence(reason) != reason
    assert explain(reason) is not None
