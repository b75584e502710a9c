"""A report with every state, every kind of suggestion and every corner, for tests of what shows it.

All addresses are made up (`example` domains); links are sorted as `link-health.json` has them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from citecheck.records.archive import Grade, Lookup, LookupState, SaveOutcome, SaveState, Snapshot
from citecheck.records.finding import (
    Baseline,
    Confidence,
    Evidence,
    Finding,
    Match,
    Similarity,
    State,
    Suggestion,
)
from citecheck.records.link import Cited
from citecheck.records.observation import Hop
from citecheck.records.report import (
    Content,
    DocumentRow,
    LinkRow,
    Previous,
    Report,
    Skipped,
    UnlinkedRow,
)

NOW = datetime(2026, 11, 22, 3, 14, 15, tzinfo=UTC)
BEFORE = datetime(2026, 11, 15, 3, 14, 10, tzinfo=UTC)
FIRST = datetime(2026, 9, 6, 3, 14, 9, tzinfo=UTC)
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
TEXT_SHA = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"
EXTRACTOR = "trafilatura 2.3.1"


def snapshot(url: str, role: str = "cited", day: int = 2, status: int | None = 200) -> Snapshot:
    taken = datetime(2021, 3, day, 11, 22, 33, tzinfo=UTC)
    address = f"https://web.archive.org/web/202103{day:02d}112233/{url}"
    return Snapshot("wayback", address, taken, role, status)


def link(
    url: str,
    state: State,
    reason: str,
    detail: str,
    *places: Cited,
    confidence: Confidence = Confidence.HIGH,
) -> LinkRow:
    """A plain row: seen since September, looked at now, without news."""
    return LinkRow(
        url=url,
        finding=Finding(state, reason, confidence, detail),
        since=FIRST,
        news=False,
        checked=NOW,
        first_seen=FIRST,
        final_url=url,
        citations=places,
    )


def paper(note: str, line: int, reference: str) -> Cited:
    return Cited("paper.md", note, line, reference)


def chapter(note: str, line: int, reference: str) -> Cited:
    return Cited("book/chapter 2.md", note, line, reference)


def _dead() -> tuple[LinkRow, ...]:
    soft = "http://news.example.cn/2017/0612/c1-293.html"
    gone = "https://reports.example.org/annual/2016.pdf"
    parked = "https://small-journal.example/articles/7"
    return (
        replace(
            link(
                soft,
                State.DEAD,
                "soft-404",
                "The server answers 200, but the page says that it does not exist. "
                "Cite the archived copy of 2 March 2021.",
                paper("10", 133, "li-2017-border-trade"),
                chapter("3", 58, "li-2017-border-trade"),
            ),
            finding=Finding(
                State.DEAD,
                "soft-404",
                Confidence.HIGH,
                "The server answers 200, but the page says that it does not exist. "
                "Cite the archived copy of 2 March 2021.",
                evidence=(Evidence("title-phrase", "页面不存在"), Evidence("words", "41")),
                suggestion=Suggestion("snapshot", snapshot(soft).url),
            ),
            since=NOW,
            news=True,
            previous=Previous("ok", "ok", FIRST),
            http_status=200,
            hops=(Hop("http://news.example.cn/old", 302), Hop(soft, 200, "meta")),
            last_ok=BEFORE,
            title="页面不存在 - 新闻",
            media_type="text/html",
            content=Content(1820, SHA, TEXT_SHA, EXTRACTOR),
            lookup=Lookup(LookupState.FOUND, NOW, Grade.BRACKETED, 3),
            snapshots=(snapshot(soft), snapshot(soft, "latest", 29, 404)),
            save=SaveOutcome(SaveState.SKIPPED, "dead"),
        ),
        replace(
            link(
                gone,
                State.DEAD,
                "http-410",
                "The server says that the page is gone for good. No archive has a copy: "
                "look for the report by its title.",
                paper("7", 120, "agency-2016-annual-report"),
            ),
            http_status=410,
            last_ok=FIRST,
            lookup=Lookup(LookupState.NONE, NOW),
            media_type="text/html",
        ),
        replace(
            link(
                parked,
                State.DEAD,
                "parked",
                "The domain is parked: its owner has changed. Cite the archived copy.",
                chapter("11", 90, "okafor-2015-reading"),
                confidence=Confidence.MEDIUM,
            ),
            http_status=200,
            title="small-journal.example is for sale",
            lookup=Lookup(LookupState.FOUND, BEFORE, Grade.NEAREST, 212),
            snapshots=(snapshot(parked, day=9),),
        ),
    )


def _doubtful() -> tuple[LinkRow, ...]:
    changed = "https://magazine.example/features/long-read"
    other = "https://shop.example/item?id=44"
    slow = "https://slow.example/paper"
    return (
        replace(
            link(
                changed,
                State.CHANGED,
                "content-changed",
                "Only 31 % of the cited text is still there. Compare with the archived copy "
                "before you rely on it.",
                paper("12", 150, "ait-2018-long-read"),
            ),
            finding=Finding(
                State.CHANGED,
                "content-changed",
                Confidence.MEDIUM,
                "Only 31 % of the cited text is still there. Compare with the archived copy "
                "before you rely on it.",
                evidence=(Evidence("similarity", "0.31"),),
                match=Match("match", "title"),
                similarity=Similarity("containment-4", 0.3125, "full"),
            ),
            since=NOW,
            news=True,
            previous=Previous("ok", "ok-edited", BEFORE),
            http_status=200,
            last_ok=BEFORE,
            title="The long read",
            media_type="text/html",
            content=Content(
                20311,
                SHA,
                TEXT_SHA,
                EXTRACTOR,
                Baseline("snapshot", snapshot(changed).url, "2021-03-02"),
            ),
            lookup=Lookup(LookupState.FOUND, NOW, Grade.EXACT, 0),
            snapshots=(snapshot(changed),),
            save=SaveOutcome(SaveState.SAVED, "", "spn2-0f", NOW, snapshot(changed, "saved", 22)),
        ),
        replace(
            link(
                other,
                State.MISMATCH,
                "title-mismatch",
                "The page is about something else than the work that is cited. Check the address.",
                paper("13", 155, "smith-2012-forests"),
            ),
            finding=Finding(
                State.MISMATCH,
                "title-mismatch",
                Confidence.HIGH,
                "The page is about something else than the work that is cited. Check the address.",
                evidence=(Evidence("page-title", "Garden chairs, set of four"),),
                match=Match("mismatch", "title"),
            ),
            http_status=200,
            title="Garden chairs, set of four",
        ),
        replace(
            link(
                slow,
                State.UNREACHABLE,
                "connect-timeout",
                "The server did not answer (failure 2 of 3). The next run looks again.",
                paper("14", 160, "brown-2020-slow"),
                confidence=Confidence.LOW,
            ),
            final_url="",
            failures=2,
            last_ok=FIRST,
            lookup=Lookup(LookupState.THROTTLED, NOW, detail="The archive asked us to wait."),
            save=SaveOutcome(SaveState.PENDING, "", "spn2-1a", NOW),
        ),
    )


def _blocked() -> tuple[LinkRow, ...]:
    wall = "https://publisher.example/doi/10.1000/182"
    proxied = "https://www-jstor-org.proxy.example.edu/stable/2151"
    return (
        replace(
            link(
                wall,
                State.BLOCKED,
                "challenge",
                "The site lets no program in. Open it in a browser to see whether it is there.",
                paper("15", 166, "garcia-2019-wall"),
            ),
            http_status=403,
            title="Just a moment...",
        ),
        replace(
            link(
                proxied,
                State.BLOCKED,
                "library-proxy",
                "This is the address of a library's proxy: only its members can open it. "
                "Cite the address behind it.",
                chapter("4", 61, "waltz-1990-nuclear"),
            ),
            finding=Finding(
                State.BLOCKED,
                "library-proxy",
                Confidence.HIGH,
                "This is the address of a library's proxy: only its members can open it. "
                "Cite the address behind it.",
                suggestion=Suggestion("unproxied", "https://www.jstor.org/stable/2151", "ok"),
            ),
            final_url="",
        ),
    )


def _fine() -> tuple[LinkRow, ...]:
    moved = "http://ministry.example/whitepaper/2018.html"
    return (
        replace(
            link(
                moved,
                State.MOVED,
                "host-moved",
                "The page has moved for good. Cite the new address.",
                paper("2", 101, "ministry-2018-white-paper"),
            ),
            finding=Finding(
                State.MOVED,
                "host-moved",
                Confidence.HIGH,
                "The page has moved for good. Cite the new address.",
                suggestion=Suggestion("redirect", "https://gov.example/papers/2018", "ok"),
            ),
            since=BEFORE,
            http_status=200,
            final_url="https://gov.example/papers/2018",
            hops=(Hop(moved, 301), Hop("https://gov.example/whitepaper/2018.html", 308)),
            title="White paper 2018",
        ),
        replace(
            link(
                "https://archive.example/letters/1950-10-13",
                State.OK,
                "ok",
                "The page answers and fits what is cited.",
                paper("1", 95, "anon-1950-letter"),
                paper("9", 130, "anon-1950-letter"),
            ),
            http_status=200,
            last_ok=NOW,
            title="Letter of 13 October 1950",
            media_type="text/html",
        ),
        replace(
            link(
                "https://press.example/release?token=…",
                State.OK,
                "ok-edited",
                "The page answers; its text has small edits since it was first seen.",
                paper("3", 104, "press-2022-release"),
            ),
            http_status=200,
            last_ok=NOW,
        ),
        link(
            "ftp://files.example/data.zip",
            State.UNCHECKED,
            "unsupported-scheme",
            "Only http and https addresses are visited.",
            chapter("1", 40, "lab-2003-data"),
        ),
    )


def sample_report() -> Report:
    """One run over two documents: twelve links in all eight states, two of them news."""
    rows = (*_dead(), *_doubtful(), *_blocked(), *_fine())
    return Report(
        generated=NOW,
        version="0.1.0",
        vantage="an office network",
        documents=(
            DocumentRow("book/chapter 2.md", SHA, 12, 9, 8, 4),
            DocumentRow("paper.md", TEXT_SHA, 19, 24, 22, 9),
        ),
        links=tuple(sorted(rows, key=lambda row: row.url)),
        unlinked=(
            UnlinkedRow(
                "mearsheimer-2001-tragedy",
                "The Tragedy of Great Power Politics",
                (paper("4", 108, "mearsheimer-2001-tragedy"),),
            ),
            UnlinkedRow(
                "shen-2003-mao",
                "毛泽东、斯大林与朝鲜战争",
                (paper("5", 110, "shen-2003-mao"), chapter("2", 50, "shen-2003-mao")),
            ),
        ),
        skipped=(
            Skipped("old notes.docx", "this kind of file cannot be read; save it as Markdown"),
        ),
        savable=3,
    )
