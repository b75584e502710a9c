"""What the world is made of: cases, hosts, and what passes between a server and a visitor.

A case is one behaviour of the web as a reader meets it: an address in a footnote, and what the
reader would say after opening it in a browser. Nothing here knows any link checker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from urllib.parse import parse_qsl, urlsplit


class Says(Enum):
    """What a person says after opening the address in a browser."""

    WORKS = "works"
    MOVED = "moved"
    DEAD = "dead"
    WRONG = "wrong page"
    BLOCKED = "blocked or unknown"
    DOWN = "does not open now"
    HICCUP = "works at a second look"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `before` counts the earlier requests for this address, `since` is the seconds
    that have passed since the first of them; names of headers are in small letters."""

    method: str
    scheme: str
    host: str
    target: str
    headers: dict[str, str]
    before: int = 0
    since: float = 0.0

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def cookie(self) -> str:
        return self.headers.get("cookie", "")


Header = tuple[str, str]
# Pieces of bytes on the wire, each after a pause in seconds; None breaks the connection off.
Wire = Iterable[tuple[float, bytes | None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sends. With `wire` nothing else counts: its bytes go out as they are."""

    status: int = 200
    body: bytes = b""
    headers: tuple[Header, ...] = ()
    delay: float = 0.0
    wire: Wire | None = None


Handler = Callable[[Ask], Answer]


class Reach(Enum):
    """What becomes of a connection to a host."""

    OPEN = "open"
    REFUSED = "refused"
    SILENT = "silent"  # neither accepted nor refused


class Lookup(Enum):
    """What the resolver says of a host's name."""

    FOUND = "found"
    DEAD_V6_FIRST = "an IPv6 address where nobody answers, and a good IPv4 address"
    NXDOMAIN = "no such name"
    NODATA = "the name has no address"
    SERVFAIL = "failure"
    SILENCE = "no answer"


class Certificate(Enum):
    """What a host shows at the start of TLS; NONE: it speaks only plain http."""

    GOOD = "good"
    EXPIRED = "expired"
    SELF_SIGNED = "unknown authority"
    OTHER_NAME = "made out for another name"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Host:
    """A name of the world. Where it has a certificate, plain http redirects to https."""

    name: str
    handler: Handler | None = None
    reach: Reach = Reach.OPEN
    lookup: Lookup = Lookup.FOUND
    certificate: Certificate = Certificate.GOOD
    nameservers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One row: a behaviour, the footnote that meets it, and what its reader says.

    `why` is told where what the reader says is not plain from the name."""

    name: str
    url: str
    title: str
    says: Says
    hosts: tuple[Host, ...]
    why: str = ""
    author: str = "Anna Lindqvist"


def origin(url: str) -> str:
    """The host's name in an address, as it goes over the wire (IDNA)."""
    host = urlsplit(url).hostname or ""
    return host.encode("idna").decode("ascii").lower()
