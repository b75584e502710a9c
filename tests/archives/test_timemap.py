"""TimeMaps: which copies they list, and which of them are tried."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.archives.timemap import (
    Memento,
    NotATimeMap,
    Page,
    http_date,
    plain_address,
    raw_address,
    read,
)
from citecheck.archives.timemap_choice import choose, pages_to_read
from citecheck.records.archive import Grade
from citecheck.urls.address import host_of, registrable_domain

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAGE = "http://example.org/page"
ASKED = f"https://arquivo.pt/wayback/timemap/link/{PAGE}"
LINKS = "application/link-format"
DAY = "Fri, 01 Mar 2019 12:00:00 GMT"


def linked(*rows: str) -> str:
    return ",\n".join((f'<{PAGE}>; rel="original"', *rows))


def row(target: str, when: str = DAY, rel: str = "memento") -> str:
    return f'<{target}>; rel="{rel}"; datetime="{when}"'


def test_a_timemap_of_pywb() -> None:
    text = linked(
        row(f"https://arquivo.pt/wayback/20190301120000mp_/{PAGE}", rel="first memento"),
        row(f"/wayback/20190401120000mp_/{PAGE}", "Mon, 01 Apr 2019 12:00:00 GMT"),
    )
    found = read(text, f"{LINKS}; charset=utf-8", ASKED, NOW).mementos
    assert [m.url for m in found] == [
        f"https://arquivo.pt/wayback/20190301120000mp_/{PAGE}",
        f"https://arquivo.pt/wayback/20190401120000mp_/{PAGE}",
    ]
    assert {m.original for m in found} == {PAGE}
    assert plain_address(found[0].url) == f"https://arquivo.pt/wayback/20190301120000/{PAGE}"
    raw = f"https://arquivo.pt/noFrame/replay/20190301120000id_/{PAGE}"
    assert raw_address(found[0].url) == raw
    assert raw_address(f"https://a.example/coll/20190301120000/{PAGE}") == (
        f"https://a.example/coll/20190301120000id_/{PAGE}"
    )
    assert raw_address("https://a.example/copy/7") is None


@pytest.mark.parametrize(
    "bad",
    [
        row(f"https://evil.example/20190301120000/{PAGE}"),
        row(f"https://arquivo.pt.evil.example/20190301120000/{PAGE}"),
        row(f"//evil.example/20190301120000/{PAGE}"),
        row("javascript:alert(1)"),
        row(f"file:///etc/20190301120000/{PAGE}"),
        row(f"https://me:pw@arquivo.pt/20190301120000/{PAGE}"),
        row("https://arquivo.pt/20190301120000/http://me:pw@example.org/page"),
        row("https://arquivo.pt/20190301120000/http://example.org/page?PHPSESSID=5f0c9a7be1d24d3f"),
        row(f"https://arquivo.pt/20190301120000/{PAGE}", "last Friday"),
        row(f"https://arquivo.pt/20190301120000/{PAGE}", "Fri, 01 Mar 2919 12:00:00 GMT"),
        row(f"https://arquivo.pt/19010301120000/{PAGE}", "Fri, 01 Mar 1901 12:00:00 GMT"),
        row(f"https://arquivo.pt/20190301120000/{PAGE}", rel="timegate"),
        f'<https://arquivo.pt/20190301120000/{PAGE}>; rel="memento"',
        row("https://[arquivo.pt/x"),
        row("https://arquivo.pt/" + "x" * 5000),
    ],
)
def test_rows_that_are_no_copies_are_left_out(bad: str) -> None:
    good = row(f"https://arquivo.pt/wayback/20180301120000/{PAGE}")
    found = read(linked(bad, good), LINKS, ASKED, NOW).mementos
    assert [m.url for m in found] == [f"https://arquivo.pt/wayback/20180301120000/{PAGE}"]


def test_a_copy_named_by_http_is_asked_for_as_the_archive_is() -> None:
    (found,) = read(
        linked(row(f"http://arquivo.pt/wayback/20190301120000/{PAGE}")), LINKS, ASKED, NOW
    ).mementos
    assert found.url.startswith("https://arquivo.pt/")


def test_parts_of_a_long_list() -> None:
    text = linked(
        f'<{ASKED}>; rel="self"; from="{DAY}"',
        '<https://arquivo.pt/tm/2>; rel="timemap"; from="Mon, 01 Apr 2019 00:00:00 GMT"; '
        'until="Wed, 01 Jan 2020 00:00:00 GMT"',
        '<https://evil.example/tm/3>; rel="timemap"',
        f'<{ASKED}>; rel="timemap"',
    )
    (page,) = read(text, LINKS, ASKED, NOW).pages
    assert page.url == "https://arquivo.pt/tm/2"
    assert str(page.until) == "2020-01-01 00:00:00+00:00"


def test_which_parts_are_read() -> None:
    def part(year: int) -> Page:
        first = datetime(year, 1, 1, tzinfo=UTC)
        return Page(f"p{year}", first, datetime(year, 12, 31, tzinfo=UTC))

    parts = [part(year) for year in range(2005, 2025)]
    assert pages_to_read(parts, date(2010, 6, 1), 1) == ("p2010",)
    assert pages_to_read(parts, date(1999, 6, 1), 1) == ("p2005",)
    assert pages_to_read(parts, None, 2) == ("p2024", "p2023")
    assert pages_to_read([Page("a"), Page("b")], date(2010, 6, 1), 5) == ("a", "b")


def test_rows_of_json() -> None:
    asked = f"https://arquivo.pt/wayback/timemap/json/{PAGE}"
    one = {"timestamp": "20190301120000", "url": PAGE, "status": "200", "digest": "sha1:A"}
    lines = [
        one,
        {**one, "timestamp": "20190401120000", "status": "404", "digest": "B"},
        {**one, "timestamp": "20190501120000", "status": "-", "mime": "warc/revisit"},
        {**one, "timestamp": "20190600120000"},
        {**one, "timestamp": 5},
        "text",
    ]
    text = "\n".join(json.dumps(line) for line in lines) + "\nbroken {"
    found = read(text, "text/x-ndjson", asked, NOW).mementos
    assert [(m.status, m.digest) for m in found] == [(200, "A"), (404, "B"), (None, "A")]
    assert found[0].url == f"https://arquivo.pt/wayback/20190301120000/{PAGE}"
    choice = choose(PAGE, date(2019, 4, 1), found)
    assert [(m.taken.month, g, d) for m, g, d in choice.near] == [
        (5, Grade.EXACT, 30),
        (3, Grade.EXACT, 31),
    ]


def test_rows_of_the_wayback_machine() -> None:
    asked = f"https://mirror.example/web/timemap/json/{PAGE}"
    rows = [
        ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest"],
        ["org,example)/page", "20190301120000", PAGE, "text/html", "200", "A"],
        ["short"],
    ]
    (found,) = read(json.dumps(rows), "application/json", asked, NOW).mementos
    assert (found.url, found.status) == (f"https://mirror.example/web/20190301120000/{PAGE}", 200)
    assert read("[]", "application/json", asked, NOW).mementos == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<html><body>Verify that you are human</body></html>", "text/html"),
        ("<!DOCTYPE html><p>Not a list", "application/link-format"),
        ("", "text/html"),
        ('{"error": "busy"}', "application/json"),
        ("[1, 2]", "application/json"),
        ("{" * 100_000, "application/json"),
        ("[" * 100_000, "application/json"),
        ("just words", "text/plain"),
    ],
)
def test_what_is_no_timemap(text: str, kind: str) -> None:
    with pytest.raises(NotATimeMap):
        read(text, kind, ASKED, NOW)


def test_an_empty_list_says_that_there_is_nothing() -> None:
    assert read("", LINKS, ASKED, NOW).mementos == ()
    assert read(linked(), LINKS, ASKED, NOW).mementos == ()
    assert read("", "text/x-ndjson", ASKED, NOW).mementos == ()


def memento(stamp: str, original: str = PAGE, digest: str = "") -> Memento:
    taken = datetime.strptime(stamp, "%Y%m%d").replace(hour=12, tzinfo=UTC)
    return Memento(f"https://a.example/{stamp}120000/{original}", taken, original, None, digest)


@pytest.mark.parametrize(
    ("stamps", "first", "grade", "days"),
    [
        (("20190101", "20200101"), "20190101", Grade.BRACKETED, 30),
        (("20190101",), "20190101", Grade.NEAREST, 30),
        (("20190130", "20190203"), "20190130", Grade.BRACKETED, 1),
        (("20200101", "20210101"), "20200101", Grade.NEAREST, 335),
    ],
)
def test_grades_without_digests(
    stamps: tuple[str, ...], first: str, grade: Grade, days: int
) -> None:
    near = choose(PAGE, date(2019, 1, 31), [memento(s) for s in stamps]).near
    assert near[0] == (memento(first), grade, days)


def test_grades_with_digests() -> None:
    same = [memento("20190101", digest="A"), memento("20190301", digest="A")]
    shown = [Memento(m.url, m.taken, m.original, 200, m.digest) for m in same]
    assert choose(PAGE, date(2019, 1, 31), shown).near[0][1] is Grade.EXACT
    other = Memento(shown[1].url, shown[1].taken, PAGE, 200, "B")
    assert choose(PAGE, date(2019, 1, 31), [shown[0], other]).near[0][1] is Grade.BRACKETED


def test_twins_count_and_other_addresses_are_the_last_resort() -> None:
    twin, other = (
        memento("20190101", "https://www.example.org/page/"),
        memento("20190130", "http://example.org/Page"),
    )
    foreign = memento("20190131", "http://elsewhere.example/page")
    assert choose(PAGE, date(2019, 1, 31), [twin, other, foreign]).near[0][0] == twin
    ((found, grade, _),) = choose(PAGE, date(2019, 1, 31), [other, foreign]).near
    assert (found, grade) == (other, Grade.NEAREST)
    assert choose(PAGE, date(2019, 1, 31), [foreign]).near == ()


def test_without_a_day_the_newest_are_tried() -> None:
    choice = choose(PAGE, None, [memento("20190101"), memento("20210101"), memento("20200101")])
    assert [m.taken.year for m in choice.newest] == [2021, 2020, 2019]
    assert choice.near == ()


def test_times() -> None:
    assert str(http_date(DAY)) == "2019-03-01 12:00:00+00:00"
    for bad in ("", "2019", "Fri, 99 Mar 2019 12:00:00 GMT", "x" * 1000, "Fri, 01 Mar 2019 "):
        assert http_date(bad) is None or bad.startswith("Fri, 01")


_PIECES = st.lists(
    st.sampled_from(
        [f"<{PAGE}>", "<https://arquivo.pt/", "20190301120000/", ">", '; rel="', "memento", '"',
         '; datetime="', DAY, ",\n", "\x00", "\ud800", "<//evil.example/>", "<../", "{", "[", "]",
         '{"timestamp": "20190301120000", "url": "http://example.org/"}', "\n", "<https://[/>"]
    ),
    max_size=30,
)  # fmt: skip


@given(_PIECES, st.sampled_from([LINKS, "application/json", "text/plain", "text/html", ""]))
def test_hostile_lists(pieces: list[str], kind: str) -> None:
    try:
        found = read("".join(pieces), kind, ASKED, NOW)
    except NotATimeMap:
        return
    for one in found.mementos:
        assert registrable_domain(host_of(one.url)) == "arquivo.pt"
        assert one.url.isascii()
        assert one.taken.year < 2027
    choose(PAGE, date(2019, 1, 1), found.mementos)
