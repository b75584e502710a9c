"""The ways in which good pages are served."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from benchmarks.comparison.behaviour import Answer, Ask, Handler
from benchmarks.comparison.pages import HTML, html, magazine, not_found, old_page, redirect


def not_by_head(title: str, status: int) -> Handler:
    """A server that only knows GET."""
    page = magazine(title)
    return lambda ask: (
        Answer(status, b"", (("Allow", "GET"), HTML)) if ask.method == "HEAD" else html(page)
    )


def zipped(title: str) -> Handler:
    body = gzip.compress(magazine(title).encode())
    return lambda ask: Answer(200, body, (("Content-Encoding", "gzip"), HTML))


def in_chunks(title: str) -> Handler:
    """Chunked, in uneven pieces, with a trailer."""
    page = magazine(title).encode()

    def handle(ask: Ask) -> Answer:
        def wire() -> Iterator[tuple[float, bytes]]:
            yield (
                0,
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                b"Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n",
            )
            if ask.method == "HEAD":
                return
            for start in range(0, len(page), 611):
                piece = page[start : start + 611]
                yield 0.01, b"%x\r\n%s\r\n" % (len(piece), piece)
            yield 0, b"0\r\nX-Sum: 1\r\n\r\n"

        return Answer(wire=wire())

    return handle


def as_in_1996(title: str) -> Handler:
    """HTTP/1.0: no length, no reason phrase, and the end is the end of the connection."""
    page = old_page(title).encode()

    def handle(ask: Ask) -> Answer:
        head = b"HTTP/1.0 200 \r\nServer: NCSA/1.5.2\r\nContent-type: text/html\r\n\r\n"
        return Answer(wire=[(0, head), (0.1, b"" if ask.method == "HEAD" else page)])

    return handle


def large(ask: Ask) -> Answer:
    """60 MB of data, sent as fast as they are taken."""

    def wire() -> Iterator[tuple[float, bytes]]:
        yield (
            0,
            b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 60000000\r\n"
            b"Accept-Ranges: bytes\r\n\r\n",
        )
        if ask.method != "HEAD":
            yield 0, b"PK\x03\x04" + b"\x00" * 59_996
            for _ in range(999):
                yield 0, b"\x00" * 60_000

    return Answer(wire=wire())


def with_cookie(title: str) -> Handler:
    """Redirects to the same address until its cookie comes back."""
    page = magazine(title)

    def handle(ask: Ask) -> Answer:
        if "visit=" in ask.cookie:
            return html(page)
        return redirect(ask.target, 302, ("Set-Cookie", "visit=1; Path=/"))

    return handle


def only_for(header: str, wanted: str, title: str, status: int) -> Handler:
    page = magazine(title)
    return lambda ask: html(page) if wanted in ask.headers.get(header, "") else Answer(status)


def spaced(title: str) -> Handler:
    """A database: the answer depends on the query."""
    page = magazine(title)
    return lambda ask: html(page) if ask.query.get("q") == "salt roads" else not_found(ask)


def past_a_wall(title: str) -> Handler:
    """The page itself, with everything that protection services leave on pages they let through."""
    scripts = (
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js" defer></script>'
        '<script src="https://www.google.com/recaptcha/api.js" async></script>'
    )
    page = magazine(title, head=scripts).replace(
        "</main>", '<form><h3>Leave a comment</h3><div class="g-recaptcha"></div></form></main>'
    )
    marks = (
        ("Server", "cloudflare"),
        ("CF-RAY", "8e1f0c2ab9d4-FRA"),
        ("Set-Cookie", "__cf_bm=abc; Path=/; HttpOnly"),
        ("X-DataDome", "protected"),
    )
    return lambda ask: html(page, 200, *marks)


def russian_page(title: str) -> str:
    text = "Книга хранилась в конторе порта, и листы её были пронумерованы позднее. " * 12
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p>"
        '<a href="index.html">Назад</a></body></html>'
    )


def teaser(title: str) -> str:
    data = (
        '<script type="application/ld+json">{"@context":"https://schema.org",'
        f'"@type":"NewsArticle","headline":"{title}","isAccessibleForFree":false}}</script>'
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - The Morning'
        f" Telegraph</title>{data}</head><body><article><h1>{title}</h1><p>The council will look"
        " again at three contracts that were signed in the spring.</p><div>To read on, subscribe"
        ' or sign in.</div><a href="/subscribe">Subscribe now</a></article></body></html>'
    )
