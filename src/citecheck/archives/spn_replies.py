"""What Save Page Now can say, as records, and what of its words can be kept. Pure.

A job id seems to be a hash of the address, always the same: it may be asked for by whoever lost the
answer that gave it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlsplit

from citecheck.archives.spn_codes import Course
from citecheck.records.archive import Snapshot
from citecheck.records.observation import FaultKind
from citecheck.urls.address import has_secret, without_fragment

_ADDRESS = re.compile(r"(?i)https?://[^\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
_MOST_CAPTURES = 1_000_000_000  # a day; what is told beyond is no number of captures
# Where a request failed before anything of it could have been sent.
NEVER_SENT = frozenset(
    {
        FaultKind.DNS_NXDOMAIN,
        FaultKind.DNS_FAILURE,
        FaultKind.CONNECT_TIMEOUT,
        FaultKind.CONNECTION_REFUSED,
        FaultKind.TLS_EXPIRED,
        FaultKind.TLS_HOSTNAME,
        FaultKind.TLS_UNTRUSTED,
        FaultKind.TLS_FAILURE,
        FaultKind.NOT_FROM_HERE,
        FaultKind.RATE_LIMITED,
    }
)


class Kind(Enum):
    """How a reply is to be read.

    ACCEPTED has a job; PENDING, SAVED tell of one; ERROR has a code and a course. NO_SUCH_JOB: the
    archive has forgotten it. LOGGED_OUT: the keys do not hold. LOST: nobody knows whether the
    request arrived. BUSY: it did not, ask again after a pause. DOWN: it did not, ask again. With
    LOST a pause may be wanted as well.
    """

    ACCEPTED = auto()
    PENDING = auto()
    SAVED = auto()
    ERROR = auto()
    NO_SUCH_JOB = auto()
    LOGGED_OUT = auto()
    LOST = auto()
    BUSY = auto()
    DOWN = auto()


@dataclass(frozen=True, slots=True)
class Reply:
    """`existing` marks an accepted job that is a copy made before; `pause` is the silence that the
    archive wants and `wait` how long the job stands in line, in seconds."""

    kind: Kind
    code: str = ""
    course: Course = Course.TRANSIENT
    job: str = ""
    existing: bool = False
    snapshot: Snapshot | None = None
    pause: float = 0.0
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What `/save/status/user` says: sessions that are free and that are at work, captures that a
    day allows and that were made today (None: unsaid)."""

    kind: Kind
    sessions: int | None = None
    processing: int | None = None
    limit: int | None = None
    used: int | None = None
    pause: float = 0.0


def usual_job(url: str) -> str:
    """The job id that an address seems always to get, to ask for where the answer got lost."""
    seed = without_fragment(url).encode("utf-8", "replace")
    return "spn2-" + hashlib.sha1(seed, usedforsecurity=False).hexdigest()


def is_address(value: object) -> bool:
    """Whether what an archive names as a page's address can be kept and shown."""
    if not isinstance(value, str) or len(value) > 4096 or not _ADDRESS.fullmatch(value):
        return False
    try:
        value.encode("utf-8")
        host = urlsplit(value).hostname
    except ValueError:
        return False
    # A session that began on the way to the page is nobody else's business.
    return bool(host) and not has_secret(value)


def number(value: object) -> int | None:
    """A count as told, None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return min(max(0, value), _MOST_CAPTURES)
