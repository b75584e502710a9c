"""How often the checker cries wolf: genuine pages are served to it, plain and behind walls' marks.

    python benchmarks/false_alarms.py FOLDER [--limit N] [--without LIST]

FOLDER holds pages that are known to be what they say, one file each, and `manifest.tsv` with the
columns file, url, title (and any more), one line a page. Every page is served from a host of its
own on loopback, at the path of its url; any other path of that host is 404. The engine visits it
as in a real run: as it is, with the headers and scripts that bot walls leave on pages that they
let through, and without a known title. LIST names files, a line each, that a person has looked at
and that are no pages (a wall that was saved for one, an empty stub). An alarm is any state but `ok`
and `moved`. The upper bound of the rate is that of Clopper and Pearson (1934), one-sided, at 95 %:
what so many pages support.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import math
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from citecheck.demo.server import SmallWeb
from citecheck.demo.site import Answer, Request, Site
from citecheck.engines.local import observe
from citecheck.progress import NoProgress
from citecheck.records.finding import Finding, State
from citecheck.records.link import Expected, Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.signals.siblings import compare
from citecheck.urls.address import InvalidAddress, fetch_form
from citecheck.verdict import judge
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock

# Each is on genuine pages: the vendor stands in the way and has let the page through.
TRANSIT_HEADERS = (
    ("server", "cloudflare"),
    ("cf-ray", "8f2b6c1d2e3f4a5b-FRA"),
    ("cf-cache-status", "DYNAMIC"),
    ("x-iinfo", "9-12345678-0 0NNN RT(1700000000000 0) q(0 0 0 -1) r(0 0)"),
    ("x-cdn", "Incapsula"),
    ("x-datadome", "protected"),
    ("x-sucuri-id", "11005"),
    ("x-sucuri-cache", "HIT"),
    ("x-amz-cf-id", "x1y2z3"),
    ("x-vercel-id", "fra1::abcde-1700000000000-0123456789ab"),
    ("x-px-client", "1"),
    ("akamai-grn", "0.1d2e3f4a.1700000000.1a2b3c4d"),
)
TRANSIT_MARKUP = (
    '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js" defer></script>'
    '<script src="https://www.google.com/recaptcha/api.js" async></script>'
    '<script src="https://js.datadome.co/tags.js" async></script>'
    '<div class="g-recaptcha" data-sitekey="6Le"></div>'
)


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    url: str
    title: str
    content: bytes


class Kept:
    """A sink that keeps what is observed."""

    def __init__(self) -> None:
        self.rows: dict[str, Observation] = {}

    def observed(self, observation: Observation) -> None:
        self.rows[observation.url] = observation


def upper_bound(alarms: int, pages: int, confidence: float = 0.95) -> float:
    """The largest rate of alarms that so few of so many pages leave possible (Clopper-Pearson)."""
    if alarms >= pages:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(60):
        rate = (low + high) / 2
        seen = sum(
            math.comb(pages, k) * rate**k * (1 - rate) ** (pages - k) for k in range(alarms + 1)
        )
        low, high = (rate, high) if seen > 1 - confidence else (low, rate)
    return high


def read_pages(folder: Path, limit: int | None, without: frozenset[str]) -> list[Page]:
    pages = []
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            path = folder / row["file"]
            if path.is_file() and path.stat().st_size and row["file"] not in without:
                pages.append(Page(row["file"], row["url"], row["title"], path.read_bytes()))
    return pages[:limit]


def site(page: Page, path: str, *, transit: bool) -> Site:
    body = page.content
    headers = [("Content-Type", "text/html")]
    if transit:
        headers += TRANSIT_HEADERS
        head, tag, tail = body.rpartition(b"</body>")
        body = head + TRANSIT_MARKUP.encode() + tag + tail if tag else body
    there = Answer(200, body, tuple(headers))
    gone = Answer(404, b"<h1>Not Found</h1>", (("Content-Type", "text/html"),))

    def handler(request: Request) -> Answer:
        return there if request.target.partition("#")[0] == path else gone

    return Site(handler)


def address(number: int, page: Page) -> tuple[str, str]:
    """The host that a page is served from, and the path with query that it had where it was."""
    try:
        parts = urlsplit(fetch_form(page.url))
    except InvalidAddress:
        parts = urlsplit("")
    path = parts.path if len(parts.path) > 1 else f"/articles/{number}.html"
    return f"page-{number}.example", path + (f"?{parts.query}" if parts.query else "")


async def trial(pages: list[Page], *, transit: bool) -> list[tuple[Page, Finding]]:
    settings = Settings(delay=0.0, allow_private=True, confirm_after=0.0, retries=0)
    sites: dict[str, Site] = {}
    links: list[Link] = []
    for number, page in enumerate(pages):
        host, path = address(number, page)
        sites[host] = site(page, path, transit=transit)
        links.append(Link(f"https://{host}{path}", expected=(Expected("r", title=page.title),)))
    clock, kept = SystemClock(), Kept()
    async with (
        SmallWeb(sites) as web,
        open_client(
            settings, resolver=web.resolver, ssl_context=web.ssl_context, clock=clock
        ) as client,
    ):
        await observe(
            links,
            client=client,
            sink=kept,
            visits={},
            settings=settings,
            clock=clock,
            progress=NoProgress(),
            look=look,
            compare=compare,
        )
    found = []
    for link, page in zip(links, pages, strict=True):
        seen = kept.rows[link.url]
        found.append((page, judge(link, seen, Memory(), settings=settings, now=seen.at)))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--without", type=Path)
    arguments = parser.parse_args()
    without = arguments.without.read_text("utf-8").split() if arguments.without else ()
    pages = read_pages(arguments.folder, arguments.limit, frozenset(without))
    print(f"{len(pages)} genuine pages")  # noqa: T201
    worst = 0
    for name, transit, known in (
        ("plain", False, True),
        ("with transit marks of walls", True, True),
        ("cited title unknown", False, False),
    ):
        asked = pages if known else [replace(p, title="") for p in pages]
        found = asyncio.run(trial(asked, transit=transit))
        alarms = [
            (page, finding)
            for page, finding in found
            if finding.state not in (State.OK, State.MOVED)
        ]
        worst = max(worst, len(alarms))
        states = Counter(f"{f.state.value}/{f.reason}" for _, f in found)
        rate = upper_bound(len(alarms), len(pages))
        print(f"{name}: {len(alarms)} alarms, rate at most {rate:.2%} (95 %)")  # noqa: T201
        print("   " + ", ".join(f"{k} {n}" for k, n in states.most_common()))  # noqa: T201
        for page, finding in alarms:
            told = "; ".join(f"{e.signal}={e.value[:50]}" for e in finding.evidence)
            print(f"   {page.name}: {finding.state.value}/{finding.reason} {told}")  # noqa: T201
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main())
