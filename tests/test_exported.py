from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from citecheck.exported import PageList
from citecheck.ledger.news import News
from citecheck.records.archive import Snapshot
from citecheck.records.finding import Baseline
from citecheck.records.link import Cited, Link
from citecheck.records.memory import Memory, Visit
from citecheck.warc.captures import Capture
from citecheck.warc.index import EMPTY_DIGEST, REVISIT, Place
from citecheck.warc.records import warc_date
from standins.packing import DAY, NEW, OLD, PLAIN, line
from standins.wire import MOMENT

HOUR = timedelta(hours=1)


def capture(
    at: datetime = MOMENT,
    url: str = PLAIN,
    link: str = PLAIN,
    *,
    status: str = "200",
    mime: str = "text/html",
    digest: str = "AAAA",
    truncated: str = "",
    record: str = "<1>",
    refers_to: tuple[str, ...] = (),
) -> Capture:
    place = Place(
        url, warc_date(at), mime, status, digest, 1, 0, "a.warc.gz", record, truncated
    )  # fmt: skip
    return Capture(place, link, refers_to)


def chosen(
    memory: Memory, *captures: Capture, news: tuple[News, ...] = ()
) -> list[tuple[str, str]]:
    """Address and time of the pages of a project with one link."""
    link = Link(captures[0].link or PLAIN)
    pages = PageList([link], {link.url: memory}, news)
    for one in captures:
        pages.take(one)
    return [(page.url, page.ts[8:16]) for page in pages.pages()]


WELL = Memory(line(PLAIN, "ok", "ok"), Visit(PLAIN, MOMENT + DAY, last_ok=MOMENT + DAY))
GONE = Memory(line(PLAIN, "dead", "http-404", MOMENT + DAY), Visit(PLAIN, MOMENT + DAY))


def test_the_newest_copy_of_a_link_that_is_well() -> None:
    assert chosen(WELL, capture(MOMENT + DAY), capture()) == [(PLAIN, "23T03:14")]


def test_of_a_link_that_is_lost_the_copy_from_before() -> None:
    later = capture(MOMENT + DAY)  # a page that says "not found"
    assert chosen(GONE, capture(), later) == [(PLAIN, "22T03:14")]
    assert chosen(GONE, later) == []


def test_what_never_was_well_has_no_page() -> None:
    for state, reason in (
        ("blocked", "captcha"),
        ("mismatch", "title-mismatch"),
        ("dead", "parked"),
    ):
        assert chosen(Memory(line(PLAIN, state, reason), None), capture()) == []
    assert chosen(Memory(None, None), capture()) == []


def test_only_a_whole_body_is_a_page() -> None:
    for one in (
        capture(status="301"), capture(status="404"), capture(status="206"), capture(status=""),
        capture(truncated="length"), capture(digest=EMPTY_DIGEST),
    ):  # fmt: skip
        assert chosen(WELL, one) == []
    assert chosen(WELL, capture(mime=REVISIT, status="200")) == [(PLAIN, "22T03:14")]
    assert chosen(WELL, capture(mime="application/pdf")) == [(PLAIN, "22T03:14")]


def test_where_a_redirect_ends_is_the_page() -> None:
    memory = Memory(line(OLD, "moved", "redirected"), None)
    hop, end = capture(MOMENT - HOUR, OLD, OLD, status="301"), capture(MOMENT, NEW, OLD)
    assert chosen(memory, hop, end) == [(NEW, "22T03:14")]


def test_another_page_that_was_asked_for_on_the_way_is_none() -> None:
    """A sibling that a host was asked for, or an image of the page."""
    other = capture(MOMENT + DAY + HOUR, "https://example.com/made-up-name")
    assert chosen(WELL, capture(), other) == [(PLAIN, "22T03:14")]


def test_where_the_moment_was_lost_the_address_and_the_state_count() -> None:
    record = replace(line(PLAIN, "ok", "ok"), baseline=Baseline("record", NEW, "2026-11-22"))
    memory = Memory(record, None)
    assert chosen(memory, capture(MOMENT + HOUR, NEW)) == [(NEW, "22T04:14")]
    assert chosen(memory, capture(MOMENT - HOUR, NEW)) == []
    assert chosen(memory, capture(), capture(MOMENT + HOUR)) == [(PLAIN, "22T03:14")]


def test_the_history_tells_when_a_link_was_well() -> None:
    memory = Memory(line(PLAIN, "dead", "parked", MOMENT + 3 * DAY), None)
    told = (
        News(PLAIN, MOMENT + DAY, "blocked", "captcha"),
        News(PLAIN, MOMENT + 2 * DAY, "ok", "ok"),
    )
    copies = [capture(MOMENT + n * DAY) for n in (1, 2, 3)]
    assert chosen(memory, *copies, news=told) == [(PLAIN, "24T03:14")]


def test_a_copy_that_the_ledger_names_is_the_page() -> None:
    name = Snapshot("local", "warc/a.warc.gz#urn:uuid:7", MOMENT, "local")
    record = replace(line(PLAIN, "ok", "ok"), snapshots=(name,))
    late = capture(MOMENT + HOUR, NEW, record="<urn:uuid:7>")
    assert chosen(Memory(record), late, capture()) == [(NEW, "22T04:14")]
    again = capture(
        MOMENT + HOUR, NEW, record="<urn:uuid:8>", mime=REVISIT, refers_to=("<urn:uuid:7>",)
    )
    assert chosen(Memory(record), again) == [(NEW, "22T04:14")]
    unnamed = capture(MOMENT + HOUR, NEW)
    assert chosen(Memory(record), unnamed) == []


def test_a_copy_of_what_a_page_has_changed_to_is_not_the_page() -> None:
    name = Snapshot("local", "warc/a.warc.gz#urn:uuid:7", MOMENT, "local")
    since = MOMENT + DAY
    record = replace(line(PLAIN, "changed", "content-changed", since), snapshots=(name,))
    changed = capture(since, record="<urn:uuid:7>")
    assert chosen(Memory(record), capture(), changed) == [(PLAIN, "22T03:14")]
    first_look = capture(since - timedelta(seconds=3), record="<urn:uuid:7>")
    assert chosen(Memory(record), capture(), first_look, changed) == [(PLAIN, "22T03:14")]
    assert chosen(Memory(record), first_look, changed) == []


def test_links_that_differ_in_a_secret_only_share_their_page() -> None:
    first, second = (
        Link(f"https://example.com/s?token={n}", (Cited("a.md", n, 1, f"r{n}"),)) for n in "12"
    )
    shown = "https://example.com/s?token=%E2%80%A6"
    pages = PageList([first, second], {first.url: Memory(line(first.url, "ok", "ok"))}, ())
    pages.take(capture(url=shown, link=shown))
    (page,) = pages.pages()
    assert page.more["citecheck"]["references"] == ["r1", "r2"]
    assert "token=1" not in page.line().decode()


def test_a_page_says_for_what_it_was_cited() -> None:
    link = Link(PLAIN, (Cited("b.md", "2", 9, "r"), Cited("a.md", "1", 3, "r")),
                cited_on=date(2020, 5, 1))  # fmt: skip
    pages = PageList([link], {PLAIN: WELL}, ())
    pages.take(capture())
    (page,) = pages.pages()
    assert page.more["citecheck"] == {
        "link": PLAIN,
        "state": "ok",
        "reason": "ok",
        "cited-on": "2020-05-01",
        "references": ["r"],
        "citations": [
            {"document": "a.md", "note": "1", "line": 3, "reference": "r"},
            {"document": "b.md", "note": "2", "line": 9, "reference": "r"},
        ],
    }
