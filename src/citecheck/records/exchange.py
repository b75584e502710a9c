"""One request and its answer on the wire, for the client's callers and for the WARC writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Exchange:
    """One HTTP exchange, complete or cut off by a limit.

    Header pairs keep order, case and doubles as sent. `raw` is the entity body after
    transfer-decoding and before content-decoding (what a WARC record holds); `content` is the
    decoded body, bounded. `truncated` names the limit that cut it: "" | "length" | "time" |
    "disconnect". `protocol` is `http/1.1` or `h2`; `address` the IP spoken to; `elapsed` seconds.
    """

    method: str
    url: str
    at: datetime
    request_headers: tuple[tuple[bytes, bytes], ...]
    status: int
    reason: str
    headers: tuple[tuple[bytes, bytes], ...]
    raw: bytes
    content: bytes
    truncated: str = ""
    protocol: str = "http/1.1"
    tls: str = ""
    address: str = ""
    elapsed: float = 0.0
    undecodable: bool = False

    def header(self, name: str) -> str:
        """The first value of a header, decoded leniently, or the empty string."""
        wanted = name.lower().encode("ascii")
        for key, value in self.headers:
            if key.lower() == wanted:
                return value.decode("utf-8", "replace").strip()
        return ""
