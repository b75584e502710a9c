"""Which captures are chosen: revisits, twins, grades. One row of the index a line."""

from __future__ import annotations

from datetime import date

import pytest

from citecheck.archives.wayback_choice import Closeness, choose, closeness
from citecheck.archives.wayback_rows import Capture, Query, read_rows
from citecheck.records.archive import Grade

URL = "https://example.org/A"
A, B = "A" * 32, "B" * 32


def rows(*lines: str) -> tuple[Capture, ...]:
    return read_rows(Query(URL, 10), "".join(f"org,example)/a {line} 512\n" for line in lines))


def chosen(cited_on: date | None, *lines: str) -> tuple[str, str, Grade, int | None]:
    choice = choose(URL, cited_on, rows(*lines))
    cited = choice.cited.timestamp[:8] if choice.cited else ""
    latest = choice.latest.timestamp[:8] if choice.latest else ""
    return cited, latest, choice.grade, choice.days


DAY = date(2020, 6, 15)


def test_equal_digests_on_both_sides_are_exact() -> None:
    assert chosen(
        DAY,
        f"20200601000000 {URL} text/html 200 {A}",
        f"20200620000000 {URL} text/html 200 {A}",
        f"20210620000000 {URL} text/html 200 {B}",
    ) == ("20200620", "20210620", Grade.EXACT, 5)


def test_different_digests_on_both_sides_are_bracketed() -> None:
    assert chosen(
        DAY,
        f"20200601000000 {URL} text/html 200 {A}",
        f"20200620000000 {URL} text/html 200 {B}",
    ) == ("20200620", "20200620", Grade.BRACKETED, 5)


def test_one_side_alone_is_nearest() -> None:
    line = f"20200615080000 {URL} text/html 200 {A}"
    assert chosen(DAY, line) == ("20200615", "20200615", Grade.NEAREST, 0)


def test_a_revisit_counts_where_its_digest_is_that_of_a_good_capture() -> None:
    assert chosen(
        DAY,
        f"20200101000000 {URL} text/html 200 {A}",
        f"20200614000000 {URL} warc/revisit - {A}",
        f"20200615000000 {URL} warc/revisit - {B}",
        f"20200801000000 {URL} text/html 404 {B}",
    ) == ("20200614", "20200614", Grade.NEAREST, 1)


def test_a_revisit_of_bytes_that_were_also_an_error_page_does_not_count() -> None:
    assert chosen(
        DAY,
        f"20200101000000 {URL} text/html 200 {A}",
        f"20200201000000 {URL} text/html 404 {A}",
        f"20200614000000 {URL} warc/revisit - {A}",
    ) == ("20200101", "20200101", Grade.NEAREST, 166)


def test_twins_count_and_on_equal_days_the_same_address_goes_first() -> None:
    twin = "http://www.example.org/A/"
    assert chosen(DAY, f"20200614000000 {twin} text/html 200 {A}")[0] == "20200614"
    choice = choose(
        URL,
        DAY,
        rows(
            f"20200615120000 {twin} text/html 200 {A}",
            f"20200615200000 {URL} text/html 200 {A}",
        ),
    )
    assert choice.cited is not None
    assert choice.cited.original == URL


def test_another_address_is_taken_only_where_there_is_no_other_and_said() -> None:
    other = "https://example.org/a"
    both = rows(
        f"20200614000000 {other} text/html 200 {A}", f"20220101000000 {URL} text/html 200 {A}"
    )
    assert choose(URL, DAY, both).other == ""
    assert choose(URL, DAY, both).cited == both[1]
    alone = choose(URL, DAY, both[:1])
    assert (alone.cited, alone.grade, alone.other) == (both[0], Grade.NEAREST, other)


def test_a_capture_of_another_host_is_never_taken() -> None:
    assert chosen(DAY, f"20200614000000 https://evil.example/A text/html 200 {A}")[0] == ""


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("https://example.org/A", Closeness.SAME),
        ("https://EXAMPLE.org:443/A#top", Closeness.SAME),
        ("http://example.org/A", Closeness.TWIN),
        ("https://www2.example.org/A", Closeness.TWIN),
        ("https://example.org/A/", Closeness.TWIN),
        ("https://example.org/a", Closeness.OTHER),
        ("https://example.org/A?sid=1", Closeness.OTHER),
        ("https://example.com/A", Closeness.FOREIGN),
        ("https://", Closeness.FOREIGN),
    ],
)
def test_closeness(original: str, expected: Closeness) -> None:
    assert closeness(URL, original) is expected


def test_a_revisit_alone_is_a_candidate_that_a_look_decides_on() -> None:
    found = rows(
        f"20200614000000 {URL} warc/revisit - {A}",
        f"20200613000000 {URL} text/html 404 {B}",
        f"20200612000000 {URL} warc/revisit - {B}",
    )
    choice = choose(URL, date(2020, 6, 14), found)
    assert choice.cited is not None
    assert (choice.cited.timestamp, choice.grade, choice.sure) == (
        "20200614000000",
        Grade.NEAREST,
        False,
    )
    assert choose(URL, None, found, without={"20200614000000"}).latest is None
    better = (*found, *rows(f"20100614000000 {URL} text/html 200 {'C' * 32}"))
    found_better = choose(URL, date(2020, 6, 14), better)
    assert found_better.cited is not None
    assert (found_better.cited.timestamp, found_better.sure) == ("20100614000000", True)


def test_more_columns_than_there_should_be() -> None:
    found = rows(
        f"20200614000000 https://example.org/A b text/html 200 {A}",
        f"20200615000000 {URL} text/html 200 {A} 500 1234 x.warc.gz",
    )
    assert [(c.original, c.status, c.digest) for c in found] == [
        ("https://example.org/A%20b", 200, A),
        (URL, 200, A),
    ]


def test_rows_that_cannot_be_read_are_dropped_and_the_rest_kept() -> None:
    good = f"20200615080000 {URL} text/html 200 {A}"
    found = rows(
        f"20200600000000 {URL} text/html 200 {A}",  # day 00
        f"20200014000000 {URL} text/html 200 {A}",  # month 00
        f"202006140000 {URL} text/html 200 {A}",  # twelve digits
        f"20200614000000 https://example.org/\x1b]52;c;x text/html 200 {A}",
        f"20200614000000 javascript:alert(1) text/html 200 {A}",
        f"20200614000000 {URL} unk - {A}",
        good,
    )
    assert [(c.timestamp, c.status, c.media_type) for c in found] == [
        ("20200614000000", None, "unk"),
        ("20200615080000", 200, "text/html"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            Query("https://example.org/ä?x=1&y=2#part", 1000),
            "gzip=false&url=https%3A%2F%2Fexample.org%2F%C3%A4%3Fx%3D1%26y%3D2&limit=1000",
        ),
        (
            Query("https://example.org/all*", -1, good=True),
            "gzip=false&filter=statuscode%3A200&url=https%3A%2F%2Fexample.org%2Fall%252A&limit=-1",
        ),
        (
            Query("https://example.org/", 20, near="20200615120000"),
            "gzip=false&closest=20200615120000&sort=closest"
            "&url=https%3A%2F%2Fexample.org%2F&limit=20",
        ),
        (
            Query("https://example.org/", 20, since="20200615120000"),
            "from=20200615120000&gzip=false&url=https%3A%2F%2Fexample.org%2F&limit=20",
        ),
    ],
)
def test_what_is_asked(query: Query, expected: str) -> None:
    base = "https://web.archive.org/"
    assert query.address(base) == f"https://web.archive.org/cdx/search/cdx?{expected}"


def test_a_password_in_the_index_is_not_repeated() -> None:
    secret = "https://user:password@example.org/A"
    assert rows(f"20200601000000 {secret} text/html 200 {A}") == ()


def test_captures_without_content_are_no_evidence() -> None:
    nothing = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
    empty = [f"20200{n}01000000 {URL} text/html 200 {nothing}" for n in (5, 7)]
    assert chosen(DAY, *empty) == ("", "", Grade.NONE, None)
    assert chosen(DAY, *empty, f"20190601000000 {URL} text/html 200 {A}") == (
        "20190601",
        "20190601",
        Grade.NEAREST,
        380,
    )


def test_a_capture_of_somebodys_session_is_not_offered() -> None:
    session = f"20200601000000 {URL}?PHPSESSID=5f0c9a7be1d24d3f text/html 200 {A}"
    assert chosen(DAY, session) == ("", "", Grade.NONE, None)
