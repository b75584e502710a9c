"""What is asked of the web: one request, without any I/O."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `headers` come on top of the client's own (User-Agent, Accept, ...).

    `fresh` wants a connection of its own (a second, different try). `timeout` is the total in
    seconds (None: the client's), `max_bytes` the bound on the decoded body (None: the client's).
    `link` is the link that the exchange is recorded for; empty: it is not recorded.
    `trusted` marks addresses that the settings name (archives): they may be private.
    """

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    content: bytes = b""
    fresh: bool = False
    timeout: float | None = None
    max_bytes: int | None = None
    link: str = ""
    trusted: bool = False
