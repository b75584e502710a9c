"""What one visit saw: facts only, no judgement.

An observation is written to the journal as it arrives, so all of it is plain, bounded data: the
body itself is not part of it, only its digests, the facts read from the page, the signals found in
it and a sketch of its main text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FaultKind(StrEnum):
    """How a visit ended without an answer that can be judged (closed set)."""

    DNS_NXDOMAIN = "dns-nxdomain"
    DNS_FAILURE = "dns-failure"
    CONNECT_TIMEOUT = "connect-timeout"
    READ_TIMEOUT = "read-timeout"
    CONNECTION_REFUSED = "connection-refused"
    CONNECTION_RESET = "connection-reset"
    TLS_EXPIRED = "tls-expired"
    TLS_HOSTNAME = "tls-hostname"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_FAILURE = "tls-failure"
    PROTOCOL_ERROR = "protocol-error"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    INCOMPLETE = "incomplete"
    PRIVATE_ADDRESS = "private-address"
    UNSUPPORTED_SCHEME = "unsupported-scheme"
    INVALID_URL = "invalid-url"
    LIBRARY_PROXY = "library-proxy"
    ROBOTS = "robots"
    NOT_FROM_HERE = "not-from-here"  # the trouble is on this side: no IPv6, a proxy
    RATE_LIMITED = "rate-limited"  # Retry-After lies beyond this run's budget: not asked again
    INTERRUPTED = "interrupted"
    ORDERS_SAVING = "orders-saving"  # a look at it would have an archive take a copy


@dataclass(frozen=True, slots=True)
class Fault:
    """`detail` is one line for a person, already free of control characters and secrets."""

    kind: FaultKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect answered on the way: the address asked and its status.

    `how` is `http` for a status 3xx, `meta` or `script` for a redirect in the page, `quirk` where
    what is known of the site said where to ask next.
    """

    url: str
    status: int
    how: str = "http"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try in a visit (a visit retries and confirms): what it asked and how that ended."""

    at: datetime
    url: str
    status: int | None
    fault: FaultKind | None


@dataclass(frozen=True, slots=True)
class Body:
    """The body as received: `size` in decoded bytes, `sha256` hex of the decoded body.

    With `truncated` the limit on bytes cut it off and the digest covers what was read.
    """

    size: int
    sha256: str
    truncated: bool = False


class Strength(StrEnum):
    """`decisive` settles a question alone, `strong` needs one more of its side, `support` two."""

    DECISIVE = "decisive"
    STRONG = "strong"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign found in an answer: `kind` is kebab-case, `value` short and plain."""

    kind: str
    value: str = ""
    strength: Strength = Strength.SUPPORT


@dataclass(frozen=True, slots=True)
class Sketch:
    """Bottom-k sketch of a text's distinct 4-token shingles: at most 512 hashes of 64 bits, sorted.

    `size` counts all distinct shingles; where `size == len(hashes)` the sketch is the whole set.
    `tokens` counts the text's tokens.
    """

    size: int
    tokens: int
    hashes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What was read from a page that could be read (HTML, plain text).

    `titles` are candidates for the work's title, best first; `words` counts tokens of the main
    text; `text_sha256` is the hex digest of the normalised main text; `extractor` names the tool
    and its version. `fragment_found` is None where the link has no fragment, or where it cannot be
    told; with several cited places it is False where any is missing, and these are named.
    """

    title: str = ""
    headings: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    canonical: str = ""
    doi: str = ""
    language: str = ""
    words: int = 0
    text_sha256: str = ""
    extractor: str = ""
    fragment_found: bool | None = None
    fragments_missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """What a second try saw by another way to write an address that could not be reached.

    `kind` as in a suggestion: `https`, or `redirect` where `www.` was put before the host or taken
    away. All other fields are as in an observation of `url`.
    """

    kind: str
    url: str
    final_url: str
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    fault: Fault | None = None
    media_type: str = ""
    body: Body | None = None
    page: PageFacts | None = None
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One visit. `url` is the link's; exactly one of `status` and `fault` is set.

    `headers` are those of the final answer that matter (lower-case names, bounded). `address` is
    the IP address that was spoken to, `elapsed` seconds for the whole visit, `attempts` every try
    including the last, oldest first. `not_modified` means a 304 to a conditional request: what was
    known of the body still holds. `quotes_found` answers, per quote of the citing texts (keyed by
    its first shingle), whether its words stand in the page. `variant` is the second try, if one
    was made.
    """

    url: str
    at: datetime
    final_url: str
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    fault: Fault | None = None
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = ""
    body: Body | None = None
    page: PageFacts | None = None
    signals: tuple[Signal, ...] = ()
    sketch: Sketch | None = None
    attempts: tuple[Attempt, ...] = ()
    not_modified: bool = False
    address: str = ""
    elapsed: float = 0.0
    quotes_found: tuple[tuple[str, bool], ...] = ()
    variant: Variant | None = None

    def header(self, name: str) -> str:
        """The value of a header of the final answer, or the empty string."""
        return next((v for k, v in self.headers if k == name.lower()), "")
