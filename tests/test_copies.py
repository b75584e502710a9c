"""Local copies over several days: what is recorded, told of, asked for whole, and completed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest

from citecheck import verdict
from citecheck.copies import copies_of, settle
from citecheck.engines.local import observe
from citecheck.ledger.store import Ledger
from citecheck.progress import NoProgress
from citecheck.records.archive import Snapshot
from citecheck.records.finding import Finding
from citecheck.records.link import Cited, Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation
from citecheck.remember import Remembered, remember
from citecheck.settings import ArchiveSettings, Settings
from citecheck.sinks import Aside
from citecheck.web.build import open_client
from standins.clock import FakeClock
from standins.judged import STORY, page
from standins.replay import asked, command, replaying
from standins.wire import unpacked

URL, END = "https://a.example/old", "https://a.example/page"
TEXT = STORY * 2
PAGE = page("The bell that told the tide", TEXT)
NEW = page(
    "Nine ways to cook a pumpkin", "Quite other words about the kitchen stand here now. " * 80
)
CITED = Link(URL, (Cited("paper.md", "7", 12, "ann-2020"),))
Answer = httpx.Response


@dataclass
class Web:
    """Pages by address; `asked` is what was asked for on the last day."""

    pages: dict[str, Callable[[], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def page(self, url: str, body: str | bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.pages[url] = lambda: Answer(
            200, content=body, headers={"Content-Type": kind, "ETag": f'"{hash(body)}"'}
        )

    def __call__(self, request: httpx.Request) -> Answer:
        url = str(request.url)
        self.asked.append(url)
        assert "cookie" not in request.headers
        answer = self.pages.get(url, lambda: Answer(404, content=b"none"))()
        tag = answer.headers.get("etag")
        if tag and request.headers.get("if-none-match") == tag:
            return Answer(304, headers={"ETag": tag})
        return answer


class Project:
    """A ledger in a folder, and runs over it a day apart."""

    def __init__(self, root: Path, links: tuple[Link, ...] = (CITED,)) -> None:
        self.settings = Settings(root=root, delay=0.0, probe=False, contact="me@example.org")
        self.links = links
        self.clock = FakeClock()
        self.web = Web({URL: lambda: Answer(302, headers={"Location": END})})
        self.web.page(END, PAGE)
        self.told = ""

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.settings, self.clock)

    def day(self, *, until: float | None = None) -> Remembered:
        self.clock.advance(86_400)
        self.web.asked.clear()
        return asyncio.run(self._run(until))

    async def _run(self, until: float | None) -> Remembered:
        ledger, clock, settings = self.ledger, self.clock, self.settings
        recorder = ledger.recorder("citecheck/0.1.0")
        copies = copies_of(recorder, ledger.copies(), settings, clock)
        assert copies is not None
        memory, sink = ledger.load(), Aside()

        async def serve(request: httpx.Request) -> Answer:
            return self.web(request)

        with recorder:
            async with open_client(
                settings, clock=clock, recorder=recorder, inner=httpx.MockTransport(serve)
            ) as client:
                await observe(
                    self.links, client=client, sink=sink, visits=copies.visits(memory),
                    settings=settings, clock=clock, progress=NoProgress(), look=copies.look,
                )  # fmt: skip
                seen = {o.url: o for o in sink.found}
                findings = {u.url: self._judged(u, seen[u.url], memory.get(u.url, Memory()))
                            for u in self.links}  # fmt: skip
                await copies.complete(findings, seen, client, until, NoProgress())
            told = copies.noted(
                remember(self.links, findings, seen, {}, {}, memory, settings, clock.now())
            )
        ledger.keep(told.memory, told.news)
        self.told = settle(copies, ledger, settings)
        return told

    def _judged(self, link: Link, seen: Observation, known: Memory) -> Finding:
        return verdict.judge(link, seen, known, settings=self.settings, now=seen.at)

    def snapshots(self) -> tuple[Snapshot, ...]:
        record = self.ledger.load()[self.links[0].url].record
        return record.snapshots if record else ()

    def links_file(self) -> bytes:
        return (self.settings.root / "archive" / "links.jsonl").read_bytes()

    def warcs(self) -> list[str]:
        return sorted(p.name for p in (self.settings.root / "archive" / "warc").glob("*.gz"))

    def text(self) -> bytes:
        return unpacked(self.settings.root / "archive" / "warc")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_the_first_good_copy_is_told_of_and_quiet_runs_change_nothing(project: Project) -> None:
    row = project.day().rows[0]
    (copy,) = project.snapshots()
    assert row.snapshots == (copy,)
    assert (copy.archive, copy.role, copy.status) == ("local", "local", 200)
    assert copy.taken == project.clock.now()
    assert copy.url.startswith(f"warc/{project.warcs()[0]}#urn:uuid:")
    before = project.links_file()
    project.day()
    assert project.web.asked == [URL, END]
    project.web.page(END, PAGE.replace("</body>", "<!-- another day --></body>"))
    project.day()
    assert project.links_file() == before


def test_the_hash_of_the_main_text_lies_beside_the_copy(project: Project) -> None:
    project.day()
    record = project.ledger.load()[URL].record
    assert record is not None
    said = f"citecheck-sha256-text: {record.text_sha256}\r\ncitecheck-extractor: trafilatura"
    assert project.text().count(said.encode()) == 1
    assert b"citecheck-ref-id: ann-2020\r\ncitecheck-doc: paper.md note 7\r\n" in project.text()
    project.day()
    assert project.text().count(said.encode()) == 1
    assert b"operator: me@example.org\r\nrobots: ignore\r\n" in project.text()


@pytest.mark.parametrize(
    "answer",
    [
        Answer(404, text="Not here"),
        Answer(403, text="Forbidden"),
        Answer(503, text="Later"),
        Answer(200, html=page("Just a moment...", "Checking your browser before accessing."),
               headers={"Server": "cloudflare", "cf-mitigated": "challenge"}),
    ],
    ids=["dead", "forbidden", "broken", "wall"],
)  # fmt: skip
def test_an_error_or_a_wall_is_no_copy(project: Project, answer: Answer) -> None:
    project.web.pages[END] = lambda: answer
    project.day()
    assert project.snapshots() == ()
    assert project.warcs()
    assert project.ledger.copies() == {}


def test_a_changed_page_has_one_more_copy_and_the_first_stays(project: Project) -> None:
    project.day()
    (first,) = project.snapshots()
    project.web.page(END, NEW)
    row = project.day().rows[0]
    assert row.finding.state == "changed"
    assert project.snapshots()[0] == first
    assert [s.taken.day - first.taken.day for s in project.snapshots()] == [0, 1]
    before = project.links_file()
    project.web.page(END, NEW + "<p>and more</p>")
    project.day()
    assert project.links_file() == before
    project.web.pages[END] = lambda: Answer(404)
    project.day()
    assert project.snapshots()[0] == first


def test_a_page_without_a_copy_is_asked_for_whole(project: Project) -> None:
    project.day()
    before = project.links_file()
    for name in project.warcs():
        (project.settings.root / "archive" / "warc" / name).unlink()
    (old,) = project.snapshots()
    assert project.ledger.holdings().file_of(old.url) == ""
    project.day()
    held = project.ledger.copies()[URL].snapshot
    assert project.ledger.holdings().file_of(held.url) == project.warcs()[0]
    assert project.links_file() == before, "quiet on another machine, too"


def complete(project: Project) -> None:
    project.settings = replace(project.settings, warc_requisites=True)
    html = PAGE.replace(
        "</head>",
        '<link rel="stylesheet" href="/s.css"><script src="https://cdn.example/j.js"></script></head>',
    ).replace("</body>", '<img src="/i.png"><img src="/gone.png"></body>')
    project.web.page(END, html)
    project.web.page(
        "https://a.example/s.css", "@import 'm.css';p{background:url(b.png)}", "text/css"
    )
    project.web.page(
        "https://a.example/m.css", "@import 'never.css';p{background:url(d.png)}", "text/css"
    )
    project.web.pages["https://a.example/b.png"] = lambda: Answer(
        301, headers={"Location": "/c.png"}
    )
    for name in ("c", "d", "i"):
        project.web.page(f"https://a.example/{name}.png", f"image {name}".encode(), "image/png")
    project.web.page("https://cdn.example/j.js", "1", "text/javascript")


NEEDED = [
    "https://a.example/b.png", "https://a.example/c.png", "https://a.example/d.png",
    "https://a.example/gone.png", "https://a.example/i.png", "https://a.example/m.css",
    "https://a.example/s.css", "https://cdn.example/j.js",
]  # fmt: skip


def test_a_page_is_completed_once_and_again_when_it_is_another(project: Project) -> None:
    complete(project)
    project.day()
    assert project.web.asked[:2] == [URL, END]
    assert sorted(project.web.asked[2:]) == NEEDED
    assert project.told == "Files that pages need to be shown: 6 kept, 1 could not be fetched."
    text = project.text()
    assert b"image d" in text
    assert f"via: {END}\r\nhopsFromSeed: E\r\n".encode() in text
    assert b"outlink: https://a.example/m.css E @import\r\n" in text
    project.day()
    assert project.web.asked == [URL, END], "a page that is not modified needs nothing new"
    assert project.told == ""
    body = project.web.pages[END]().text
    project.web.page(END, body.replace("</body>", "<p>one word more</p></body>"))
    project.day()
    assert sorted(project.web.asked[2:]) == NEEDED


@pytest.mark.whole
def test_pywb_shows_a_completed_page_with_all_that_it_needs(project: Project) -> None:
    command()
    complete(project)
    project.day()
    project.day()
    moment = project.snapshots()[0].taken.strftime("%Y%m%d%H%M%S")
    with replaying(project.settings.root / "archive") as web:
        assert asked(f"{web}/{moment}id_/{URL}")[0] == 302
        status, _, body = asked(f"{web}/{moment}/{END}")
        assert status == 200
        rewritten = re.findall(rb'(?:href|src)="([^"]*/web/[^"]+)"', body)
        assert len(rewritten) >= 4
        found = {url: asked(f"{web}/{moment}id_/{url}")[0] for url in NEEDED}
        style = asked(f"{web}/{moment}cs_/https://a.example/s.css")
        assert b"url(b.png)" in style[2]
    assert found == dict.fromkeys(NEEDED, 200) | {
        "https://a.example/b.png": 301,
        "https://a.example/gone.png": 404,
    }


def test_a_copy_of_before_the_option_is_completed_too(project: Project) -> None:
    whole = project.settings
    complete(project)
    project.settings = whole
    project.day()
    assert project.web.asked == [URL, END]
    project.settings = replace(whole, warc_requisites=True)
    project.day()
    assert sorted(project.web.asked[2:]) == NEEDED


def test_a_page_that_is_the_same_needs_nothing_once_more(project: Project) -> None:
    """It is read in full, for this server knows no validators: what is kept of it is enough, but
    for what the server could not give."""
    complete(project)
    broken = "https://a.example/broken.png"
    project.web.pages[broken] = lambda: Answer(503)
    body = project.web.pages[END]().text.replace("</body>", f'<img src="{broken}"></body>')
    project.web.pages[END] = lambda: Answer(200, html=body)
    project.day()
    assert sorted(project.web.asked[2:]) == sorted([*NEEDED, broken])
    project.day()
    assert project.web.asked == [URL, END, broken]


def test_what_two_pages_need_is_fetched_once_and_named_for_both(tmp_path: Path) -> None:
    other = "https://a.example/other"
    project = Project(tmp_path, (Link(URL), Link(other)))
    complete(project)
    project.web.page(other, project.web.pages[END]().text.replace("bell", "book"))
    project.day()
    assert project.web.asked.count("https://a.example/s.css") == 1
    assert project.text().count(b"outlink: https://a.example/d.png E url()") == 2


def test_only_well_pages_are_completed(project: Project) -> None:
    complete(project)
    body = project.web.pages[END]().content
    project.web.pages[END] = lambda: Answer(404, content=body)
    project.day()
    assert set(project.web.asked) == {URL, END}


def test_a_failing_host_is_left_alone_and_the_time_is_kept(project: Project) -> None:
    complete(project)
    names = [f"https://down.example/{n}.png" for n in range(9)]
    images = "".join(f'<img src="{name}">' for name in names)
    project.web.page(END, PAGE.replace("</body>", f"{images}</body>"))

    def down() -> Answer:
        raise httpx.ConnectError("refused")

    project.web.pages |= dict.fromkeys(names, down)
    project.day()
    asked = sum(url in names for url in project.web.asked)
    assert 3 <= asked < 9
    assert f"{asked} could not be fetched, {9 - asked} left out" in project.told
    project.web.page(END, PAGE.replace("</body>", f"{images}<p>x</p></body>"))
    project.day(until=0.0)
    assert project.web.asked == [URL, END]


def test_a_page_may_need_no_more_than_so_much(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citecheck.requisites.A_PAGE", 4)
    complete(project)
    project.day()
    assert len(project.web.asked) <= 2 + 4 + 1
    assert "left out" in project.told


def test_robots_are_obeyed_where_they_shall_be(project: Project) -> None:
    complete(project)
    project.settings = replace(project.settings, robots=True)
    rules = "User-agent: *\nDisallow: /i.png\n"
    project.web.page("https://a.example/robots.txt", rules, "text/plain")
    project.day()
    assert "https://a.example/i.png" not in project.web.asked
    assert "https://a.example/s.css" in project.web.asked


def test_private_addresses_are_not_asked_for(project: Project) -> None:
    complete(project)
    inside = '<img src="http://127.0.0.1/x.png"><img src="http://192.168.1.1/y.png"></body>'
    project.web.page(END, PAGE.replace("</body>", inside))
    project.day()
    assert project.web.asked == [URL, END]
    assert "2 could not be fetched" in project.told


def test_the_folder_is_kept_within_its_limit(project: Project) -> None:
    for number in range(5):
        noise = "".join(f"<!-- {hash((number, n)):x} -->" for n in range(3_000))
        project.web.page(END, PAGE.replace("</body>", f"{noise}</body>"))
        project.day()
    limited = ArchiveSettings(warc_limit=100_000)
    project.settings = replace(project.settings, archive=limited)
    before = project.snapshots()
    project.day()
    assert "exchanges (0." in project.told
    assert "were removed (warc-limit)" in project.told
    assert project.snapshots() == before
    assert project.ledger.holdings().file_of(before[0].url)
