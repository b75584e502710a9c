"""Faults of servers, names and certificates: some last, some are gone at a second look."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.comparison.behaviour import (
    Answer,
    Ask,
    Case,
    Certificate,
    Handler,
    Lookup,
    Reach,
    Says,
)
from benchmarks.comparison.pages import article, html, magazine, not_found
from benchmarks.comparison.world.making import host_case, page_case

ERROR_500 = "<html><head><title>500 Internal Server Error</title></head><h1>500</h1></html>"
ERROR_522 = (
    "<!DOCTYPE html><html><head><title>far-basin.org | 522: Connection timed out</title></head>"
    "<body><h1>Connection timed out <span>Error code 522</span></h1></body></html>"
)
MAINTENANCE = (
    "<!DOCTYPE html><html lang='en'><head><title>Down for maintenance</title></head><body>"
    "<h1>We'll be back soon</h1><p>The site is undergoing scheduled maintenance. Please check back"
    " in a few hours.</p></body></html>"
)


def down(name: str, url: str, title: str, handler: Handler | None = None, why: str = "") -> Case:
    return host_case(name, url, title, Says.DOWN, handler, why=why)


def wired(*pieces: tuple[float, bytes | None]) -> Handler:
    return lambda ask: Answer(wire=iter(pieces))


def flood(ask: Ask) -> Answer:
    """Header fields without end (as far as 20 MB)."""

    def wire() -> Iterator[tuple[float, bytes]]:
        yield 0, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        for n in range(2_000):
            yield 0, b"".join(b"X-Flood-%d-%d: %s\r\n" % (n, m, b"x" * 980) for m in range(10))

    return Answer(wire=wire())


def endless(title: str) -> Handler:
    """The article, and then line after line for an hour, as live pages do."""
    page = magazine(title).replace("</body></html>", "").encode()

    def handle(ask: Ask) -> Answer:
        def wire() -> Iterator[tuple[float, bytes]]:
            yield (
                0,
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                b"Connection: close\r\n\r\n",
            )
            if ask.method == "HEAD":
                return
            yield 0, page
            for n in range(3600):
                yield 1, b"<p>%d: still here.</p>\n" % n

        return Answer(wire=wire())

    return handle


def cut_short(title: str) -> Handler:
    """Announces more bytes than it sends, every time."""
    page = magazine(title).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"

    def handle(ask: Ask) -> Answer:
        begin = head % (2 * len(page))
        return Answer(wire=[(0, begin if ask.method == "HEAD" else begin + page)])

    return handle


def at_second(title: str, first: Answer) -> Handler:
    """`first` for the first request; afterwards the page."""
    page = article(title)
    return lambda ask: page(ask) if ask.before else first


def busy(title: str, status: int) -> Handler:
    """Asks to come back after five seconds, and means it: whoever comes sooner hears it again."""
    page = article(title)
    wait = (("Retry-After", "5"),)
    refusal = html("<html><head><title>Busy</title></head><h1>Busy</h1></html>", status, *wait)
    return lambda ask: page(ask) if ask.since >= 4.9 else refusal


LASTING: tuple[Case, ...] = (
    host_case(
        "connection refused",
        "https://closed-shutters.org/essays/shutters",
        "Shutters of the Old Town",
        Says.DOWN,
        reach=Reach.REFUSED,
    ),
    host_case(
        "no connection at all",
        "https://silence-bay.org/essays/silence",
        "The Silence of the Bay",
        Says.DOWN,
        reach=Reach.SILENT,
    ),
    down(
        "connection reset",
        "https://broken-hawser.org/essays/hawser",
        "The Broken Hawser",
        wired((0, None)),
    ),
    down(
        "takes the request and never answers",
        "https://patient-listener.org/essays/echo",
        "Echoes in the Tunnel",
        wired((600, b"")),
    ),
    down(
        "answer is not HTTP",
        "https://gibberish-wharf.org/essays/noise",
        "Noise on the Wharf",
        wired((0, b"\x15\x03\x01\x00\x02\x02\x50 no protocol\r\n\r\n")),
    ),
    host_case(
        "certificate expired",
        "https://expired-seal.org/essays/seal",
        "The Seal of the Board",
        Says.DOWN,
        article("The Seal of the Board"),
        certificate=Certificate.EXPIRED,
        why="browsers warn and stop",
    ),
    host_case(
        "certificate self-signed",
        "https://own-hand.org/essays/hand",
        "Signed with His Own Hand",
        Says.DOWN,
        article("Signed with His Own Hand"),
        certificate=Certificate.SELF_SIGNED,
        why="browsers warn and stop",
    ),
    host_case(
        "certificate for another name",
        "https://mistaken-name.org/essays/name",
        "A Mistaken Name",
        Says.DOWN,
        article("A Mistaken Name"),
        certificate=Certificate.OTHER_NAME,
        why="browsers warn and stop",
    ),
    host_case(
        "DNS: SERVFAIL",
        "https://failing-names.org/essays/names",
        "The Naming of Rocks",
        Says.DOWN,
        lookup=Lookup.SERVFAIL,
        reach=Reach.REFUSED,
    ),
    host_case(
        "DNS: name without an address",
        "https://name-without-place.org/essays/place",
        "A Name without a Place",
        Says.DOWN,
        lookup=Lookup.NODATA,
        reach=Reach.REFUSED,
    ),
    host_case(
        "DNS: no answer",
        "https://deaf-names.org/essays/deaf",
        "Deaf to the Bell",
        Says.DOWN,
        lookup=Lookup.SILENCE,
        reach=Reach.REFUSED,
    ),
    down(
        "500",
        "https://stumbling-server.org/essays/stumble",
        "The Stumbling Stone",
        lambda ask: html(ERROR_500, 500),
    ),
    down(
        "522 of a content network",
        "https://far-basin.org/essays/basin",
        "The Far Basin",
        lambda ask: html(ERROR_522, 522, ("Server", "cloudflare"), ("CF-RAY", "8e1f0c2-FRA")),
    ),
    down(
        "maintenance, 503",
        "https://scaffolded.org/essays/scaffold",
        "Scaffolds on the Tower",
        lambda ask: html(MAINTENANCE, 503),
    ),
    down(
        "maintenance, 200",
        "https://painted-over.org/essays/paint",
        "Paint on the Tower",
        lambda ask: html(MAINTENANCE),
        "a notice in the place of the page",
    ),
    down(
        "200 and not a single byte",
        "https://blank-leaves.org/essays/leaves",
        "Blank Leaves in the Ledger",
        lambda ask: html(""),
        "a blank page; nothing to read",
    ),
    down(
        "header fields without end",
        "https://flood-of-fields.org/essays/flood",
        "The Flood of 1953",
        flood,
        "browsers give up",
    ),
)

PASSING: tuple[Case, ...] = (
    page_case(
        "503 once, then fine",
        "https://hiccup-herald.org/essays/cough",
        "A Cough in the Engine Room",
        Says.HICCUP,
        at_second("A Cough in the Engine Room", html("<h1>Service Unavailable</h1>", 503)),
    ),
    page_case(
        "503 with Retry-After, then fine",
        "https://come-back-later.org/essays/later",
        "The Late Ferry",
        Says.HICCUP,
        busy("The Late Ferry", 503),
    ),
    page_case(
        "429 with Retry-After, then fine",
        "https://one-at-a-time.org/essays/queue",
        "The Queue at the Turnstile",
        Says.HICCUP,
        busy("The Queue at the Turnstile", 429),
    ),
    page_case(
        "404 once, then fine",
        "https://blinking-light.org/essays/blink",
        "The Blinking Light",
        Says.HICCUP,
        at_second("The Blinking Light", not_found(Ask("GET", "https", "", "/", {}))),
        why="one of several servers behind the name lags",
    ),
    page_case(
        "reset once, then fine",
        "https://slack-line.org/essays/line",
        "The Slack Line",
        Says.HICCUP,
        at_second("The Slack Line", Answer(wire=((0, None),))),
    ),
    page_case(
        "fewer bytes than announced, every time",
        "https://torn-page.org/essays/torn",
        "The Torn Page",
        Says.HICCUP,
        cut_short("The Torn Page"),
        why="a browser shows what came: the whole article",
    ),
    page_case(
        "page that never ends",
        "https://endless-log.org/live/log",
        "The Endless Log",
        Says.HICCUP,
        endless("The Endless Log"),
        why="a browser shows the article and goes on loading",
    ),
)

CASES = LASTING + PASSING
