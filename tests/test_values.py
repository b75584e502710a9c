from __future__ import annotations

from datetime import timedelta

import pytest

from citecheck import values


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0s", 0), ("90s", 90), ("10min", 600), ("5m", 300), ("12h", 43_200), ("1h30m", 5_400),
        ("30d", 2_592_000), ("2w", 1_209_600), ("45", 45), ("1.5h", 5_400), (7, 7), (0.5, 0.5),
    ],
)  # fmt: skip
def test_durations(text: object, seconds: float) -> None:
    assert values.duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "soon", "10 parsecs", "-5s", "1e400d", "9" * 30 + "d", "1" * 500 + "!", -1]
)
def test_what_is_no_duration(text: object) -> None:
    with pytest.raises(ValueError, match="duration"):
        values.duration(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dead", ("dead",)),
        ("dead, Changed", ("dead", "changed")),
        (["mismatch"], ("mismatch",)),
        ("none", ()),
        ("all", ("dead", "changed", "mismatch", "unreachable", "blocked", "unchecked")),
    ],
)
def test_states_to_fail_on(text: object, found: tuple[str, ...]) -> None:
    assert values.states(text) == found


def test_a_misspelt_state_names_the_nearest() -> None:
    with pytest.raises(ValueError, match="did you mean 'blocked'"):
        values.states("bloked")


@pytest.mark.parametrize("value", ["nan", "inf", "x", True, 0, 31, "-1"])
def test_numbers_out_of_bounds(value: object) -> None:
    with pytest.raises(ValueError, match="a number"):
        values.between(1, 30)(value)


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(ValueError, match="whole"):
        values.whole(1, 10)(2.5)


@pytest.mark.parametrize(
    ("value", "found"), [("yes", True), ("0", False), (True, True), ("", False)]
)
def test_flags(value: object, found: bool) -> None:
    assert values.flag(value) is found


def test_a_broken_pattern_is_named() -> None:
    with pytest.raises(ValueError, match="regular expression"):
        values.patterns(["(open"])


def test_a_comma_belongs_to_its_pattern() -> None:
    assert values.patterns("a{1,2}\nb") == ("a{1,2}", "b")


@pytest.mark.parametrize("text", ["ftp://x", "https://a b", "https://user:pw@x.example", "web"])
def test_what_is_no_archive_address(text: str) -> None:
    with pytest.raises(ValueError, match="an address"):
        values.wayback(text)


@pytest.mark.parametrize("value", [[""], ["paper.md", " "]])
def test_an_empty_name_names_nothing(value: object) -> None:
    with pytest.raises(ValueError, match="one of them is empty"):
        values.names(value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 GB", 2_000_000_000), ("500MB", 500_000_000), ("1.5 GiB", 1_610_612_736),
        ("1tb", 10**12), (3_000_000, 3_000_000), ("3000000", 3_000_000), ("none", None),
    ],
)  # fmt: skip
def test_sizes(text: object, found: int | None) -> None:
    assert values.size(text) == found


@pytest.mark.parametrize(
    "text", ["", "much", "2 parsecs", "-1 GB", "10 kB", "0", True, "9e9", "1 EB"]
)
def test_what_is_no_size(text: object) -> None:
    with pytest.raises(ValueError, match="a size"):
        values.size(text)


@pytest.mark.parametrize(
    ("value", "found"),
    [(True, (True, False)), ("no", (False, False)), ("requisites", (True, True))],
)
def test_local_copies(value: object, found: tuple[bool, bool]) -> None:
    assert values.copies(value) == found


def test_what_is_no_word_about_local_copies() -> None:
    with pytest.raises(ValueError, match="true, false or requisites"):
        values.copies("all")


@pytest.mark.parametrize(
    "text",
    ["", "https://tsa.example", "HTTP://tsa.example:8080/tsr", "https://tsa.example/?policy=1"],
)
def test_a_time_stamping_authority(text: str) -> None:
    assert values.authority(f" {text} ") == text


@pytest.mark.parametrize(
    "text",
    ["tsa.example", "ftp://tsa.example/", "https://me:key@tsa.example/", "https:///x",
     "https://tsa.example/a b", "https://tsa.example/#x", "https://tsa.example/\nx", 3],
)  # fmt: skip
def test_what_is_no_time_stamping_authority(text: object) -> None:
    with pytest.raises(ValueError, match=r"an address such as|a text"):
        values.authority(text)
