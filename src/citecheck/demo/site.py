"""What a host of the small web does: a request comes in, an answer is described.

Plain data and pure functions; `server.py` puts them on the wire.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from citecheck.records.observation import FaultKind


@dataclass(frozen=True, slots=True)
class Request:
    """One request: header names in lower case, `count` how often this address was asked before."""

    method: str
    scheme: str
    host: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    count: int = 0

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.target}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `delay` in seconds; `reset` ends the connection with RST before a byte is sent;
    `silent` never answers."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    reset: bool = False
    silent: bool = False

    @property
    def phrase(self) -> str:
        """The reason phrase that goes with the status, or an empty one."""
        try:
            return HTTPStatus(self.status).phrase
        except ValueError:
            return ""


Handler = Callable[[Request], Answer]
Spoken = tuple[int, Iterable[tuple[str, str]], bytes]


def spoken(handle: Callable[[str, str, Mapping[str, str], bytes], Spoken]) -> Handler:
    """A handler from a service in plain data: method, path with query, headers and body in; status,
    headers and body out."""

    def handler(request: Request) -> Answer:
        status, headers, body = handle(
            request.method, request.target, request.headers, request.body
        )
        return Answer(status, body, tuple(headers))

    return handler


class Certificate(StrEnum):
    """What a host shows on the TLS port."""

    VALID = "valid"
    EXPIRED = "expired"
    WRONG_HOST = "wrong-host"
    UNTRUSTED = "untrusted"


@dataclass(frozen=True, slots=True)
class Site:
    """A host: how it answers, with which certificate, and what becomes of its name.

    `dns` is the fault that a look-up of its name meets; `refuses` takes no connection.
    """

    handler: Handler | None = None
    certificate: Certificate = Certificate.VALID
    dns: FaultKind | None = None
    refuses: bool = False


HTML = ("Content-Type", "text/html; charset=utf-8")


def page(
    title: str,
    body: str,
    *,
    status: int = 200,
    lang: str = "en",
    head: str = "",
    headers: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """An HTML page: `title` is text, `body` and `head` are markup."""
    shown = html.escape(title)
    text = (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{shown}</title>\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
    return Answer(status, text.encode("utf-8"), (HTML, *headers))


def redirect(to: str, status: int = 301) -> Answer:
    """A redirect with a small body, as servers send it."""
    body = f'<html><body><a href="{html.escape(to)}">Moved</a></body></html>'.encode()
    return Answer(status, body, (HTML, ("Location", to)))


def article(
    title: str,
    paragraphs: tuple[str, ...],
    *,
    site: str,
    byline: str = "",
    lang: str = "en",
    head: str = "",
    footer: str = "",
) -> Answer:
    """A page as magazines and museums have it: navigation, one article, a footer."""
    by = f'<p class="byline">{html.escape(byline)}</p>\n' if byline else ""
    author = f'<meta name="author" content="{html.escape(byline)}">\n' if byline else ""
    text = "\n".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
    body = (
        f'<header><a href="/">{html.escape(site)}</a><nav><ul><li><a href="/about">About</a></li>'
        '<li><a href="/contact">Contact</a></li></ul></nav></header>\n'
        f"<main><article>\n<h1>{html.escape(title)}</h1>\n{by}{text}\n</article></main>\n"
        f"<footer><p>{html.escape(site)}</p>{html.escape(footer)}</footer>"
    )
    named = f'<meta property="og:title" content="{html.escape(title)}">\n'
    return page(f"{title} | {site}", body, lang=lang, head=named + author + head)


def missing(request: Request) -> Answer:
    """An honest 404."""
    return page(
        "404 Not Found",
        f"<h1>Not Found</h1><p>The requested address {html.escape(request.path)} was not found on "
        "this server.</p>",
        status=404,
    )


def paths(table: Mapping[str, Answer | Handler]) -> Handler:
    """A host by its paths (with query where the table says so); anything else is a 404."""

    def handle(request: Request) -> Answer:
        found = table.get(request.target) or table.get(request.path)
        if found is None:
            return missing(request)
        return found if isinstance(found, Answer) else found(request)

    return handle


def validated(answer: Answer, etag: str) -> Handler:
    """The answer with an ETag, and 304 for a client that has it already (RFC 9110, 13.1.2)."""

    def handle(request: Request) -> Answer:
        quoted = f'"{etag}"'
        if request.headers.get("if-none-match") == quoted:
            return Answer(304, b"", (("ETag", quoted),))
        return Answer(answer.status, answer.body, (*answer.headers, ("ETag", quoted)))

    return handle
