"""The web of the sample paper: what each cited address answers on the first day and on the second.

Between the two days one page is rewritten, one shows only a new time stamp, one is taken down, and
one comes back. Every host is there because a note of the paper leads to it, and the archive because
the program asks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import urljoin, urlsplit

from citecheck.archives.keys import Keys
from citecheck.demo.archive import SmallArchive
from citecheck.demo.captures import ACCESS_KEY, SECRET_KEY, captures
from citecheck.demo.server import SmallWeb
from citecheck.demo.site import (
    Answer,
    Certificate,
    Handler,
    Request,
    Site,
    missing,
    page,
    paths,
    redirect,
    spoken,
    validated,
)
from citecheck.demo.texts import text
from citecheck.demo.walls import behind_login, cloudflare_challenge, soft_404
from citecheck.web.clock import SystemClock

ARCHIVE_HOSTS = ("web.archive.org", "archive.org")

_STAMPS = {
    1: "Page generated on 2 March 2026 at 06:10:04 UTC.",
    2: "Page generated on 9 March 2026 at 06:10:11 UTC.",
}


class DemoWeb(SmallWeb):
    """The small web of the demonstration; its archive lets `keys` save pages, and no others."""

    keys = Keys(ACCESS_KEY, SECRET_KEY)


def small_web(day: int, *, now: Callable[[], datetime] | None = None) -> DemoWeb:
    """The web of one day (1 or 2) with its archive, to be entered with `async with`.

    `now` tells the archive the time of what it saves; without it, it looks at the clock.
    """
    hosts = sites(day)
    return DemoWeb(hosts | archive_sites(hosts, now or SystemClock().now))


def sites(day: int) -> dict[str, Site]:
    """The cited hosts on a day: those that stay the same, and those that do not."""
    return _steady() | _changing(day)


def _changing(day: int) -> dict[str, Site]:
    first = day == 1
    history = text("harbour-board" if first else "harbour-board-later").answer()
    bell = text("gazette").answer()
    return {
        "harbour-board.example": _one("/history/tide-tables-1861-1934", history),
        "coastal-gauges.example": _one(
            "/stations/ormsay-old-pier", text("gauge").answer(last=_STAMPS[1 if first else 2])
        ),
        "islander-gazette.example": _one(
            "/2019/03/14/the-bell-that-told-the-tide", bell if first else missing
        ),
        "lighthouse-letters.example": _one(
            "/issues/42/keepers-and-computers", _overloaded if first else text("letters").answer()
        ),
    }


def _steady() -> dict[str, Site]:
    review = "/articles/tide-tables-and-trust"
    gauge_paper = "/papers/reading-the-gauge"
    book = "/books/paper-water"
    return {
        "maritime-museum.example": _one(
            "/collections/ormsay-tide-machine",
            validated(text("museum").answer(), "machine-17"),
        ),
        "coastal-history-review.example": Site(
            paths(
                {
                    "/2016/tide-tables-and-trust": redirect(review),
                    review: text("review").answer(),
                }
            )
        ),
        "hydrographers.example": Site(_upgraded(gauge_paper, text("hydrographers").answer())),
        "doi.org": _one(
            "/10.5555/ormsay.2022.07", redirect(f"https://press-of-the-isles.example{book}", 302)
        ),
        "press-of-the-isles.example": _one(
            book,
            text("paper-water").answer(
                head='<meta name="citation_doi" content="10.5555/ormsay.2022.07">\n'
            ),
        ),
        # The item has been given another number; what is there now is nobody's wages.
        "regional-records.example": _one("/item/4471", text("sheep-fair").answer()),
        "northern-almanac.example": Site(missing),
        "kaiyo-shiryo.example": Site(
            soft_404(
                "ページが見つかりません",
                "お探しのページは移動または削除された可能性があります。",
                lang="ja",
                site="海洋資料室",
            )
        ),
        "sound-pilots.example": Site(_home_for_everything),
        "tidal-engineering.example": Site(cloudflare_challenge),
        "members.seafarers-institute.example": Site(behind_login()),
        "archive.maritime.example.org": _one(
            "/documents/logbook-of-the-pole-star", text("logbook").answer()
        ),
        "tide-office.example": Site(missing, certificate=Certificate.EXPIRED),
        "sea-marks.example": Site(missing, certificate=Certificate.WRONG_HOST),
    }


def archive_sites(hosts: Mapping[str, Site], now: Callable[[], datetime]) -> dict[str, Site]:
    """The small archive under both of its names, with one memory; it saves pages of `hosts`."""
    archive = SmallArchive(
        captures(), now=now, keys=(ACCESS_KEY, SECRET_KEY), visit=partial(visited, hosts)
    )
    return dict.fromkeys(ARCHIVE_HOSTS, Site(spoken(archive.handle)))


def visited(hosts: Mapping[str, Site], url: str) -> tuple[int, str, bytes]:
    """What the archive's own visit to a page finds: status, media type and body.

    It follows at most three redirects, as Save Page Now does.
    """
    for _ in range(4):
        parts = urlsplit(url)
        site = hosts.get(parts.hostname or "")
        if site is None or site.handler is None:
            break
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        answer = site.handler(Request("GET", parts.scheme, parts.hostname or "", target, {}))
        headers = {name.lower(): value for name, value in answer.headers}
        if not 300 <= answer.status < 400 or "location" not in headers:
            return answer.status, headers.get("content-type", "").partition(";")[0], answer.body
        url = urljoin(url, headers["location"])
    return 502, "text/plain", b""


def _one(path: str, answer: Answer | Handler) -> Site:
    return Site(paths({path: answer}))


def _overloaded(_: Request) -> Answer:
    return page(
        "503 Service Unavailable",
        "<h1>Service Unavailable</h1><p>The server is temporarily unable to answer.</p>",
        status=503,
    )


def _home_for_everything(request: Request) -> Answer:
    return text("pilots-home").answer() if request.path == "/" else redirect("/", 302)


def _upgraded(path: str, answer: Answer) -> Handler:
    def handle(request: Request) -> Answer:
        if request.scheme == "http":
            return redirect(f"https://{request.host}{request.target}")
        return answer if request.path == path else missing(request)

    return handle
