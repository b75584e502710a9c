"""Where sentences end."""

from __future__ import annotations

import pytest

from citecheck.readers.sentences import Sentences


def _sentence(text: str) -> str:
    """The sentence of a callout that stands at `|`."""
    at = text.index("|")
    return Sentences(text.replace("|", ""), {at}).at(at)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.| Three.", "Two."),
        ("One. Two goes| on. Three.", "Two goes on."),
        ("He said “stop.”| Then more.", "He said “stop.”"),
        ("It is so.”| The next", "It is so.”"),
        ("Allies of the U.S. and Japan agree.| Next.", "Allies of the U.S. and Japan agree."),
        ("It belongs to the U.S. The rest is ours.| A.", "The rest is ours."),
        ("It threatens the U.S.| But not", "It threatens the U.S."),
        (
            "Dr. J. R. Smith of No. 5, St. James, wrote it.| Yes.",
            "Dr. J. R. Smith of No. 5, St. James, wrote it.",
        ),
        ("I said no. Then I went.| So.", "Then I went."),
        ("It grew by 3.5 percent, e.g. in May.| So.", "It grew by 3.5 percent, e.g. in May."),
        ("What? Really!| Yes.", "Really!"),
        ("(So it was.)| Then.", "(So it was.)"),
        ("Ends without space.|Next one.", "Ends without space."),
        ("他说了。这是第二句。|第三句。", "这是第二句。"),
        ("“他说了。”然后走了|。", "然后走了。"),
        ("Это первое. Это второе, т.е. здесь.| Ещё.", "Это второе, т.е. здесь."),
        ("|Starts with it. Then more.", "Starts with it."),
        ("No stop at all|", "No stop at all"),
    ],
)
def test_the_sentence_of_a_callout(text: str, sentence: str) -> None:
    assert _sentence(text) == sentence


def test_a_sentence_without_end_is_cut() -> None:
    text = "word " * 100_000
    assert 1000 < len(Sentences(text).at(250_000)) <= 2000
