"""One link opened in a private window, until it shows something or its time is over.

What comes out is an ordinary exchange: the status of the page's own document after all redirects
and reloads, its headers, and the document as it stands in the browser (UTF-8) in the place of the
body. That is not what was on the wire, so it is for no WARC, and what belongs to the bytes of the
wire (ETag, Last-Modified, lengths, encodings, cookies) is taken off. An address that scripts only
write into the address bar (History API) is no redirect.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from citecheck.browsing.chromium import Chromium
from citecheck.browsing.gate import Gate, Pass
from citecheck.browsing.shown import Shown, read_page
from citecheck.browsing.watch import ASTRAY, Answered, Watch
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Hop
from citecheck.records.ports import Clock
from citecheck.settings import Settings
from citecheck.text.fold import plain
from citecheck.urls.address import fetch_form, host_of, redact, scheme_of, without_fragment

if TYPE_CHECKING:
    from playwright.async_api import CDPSession

PAGES = frozenset({"text/html", "application/xhtml+xml"})
_STEP = 0.3  # seconds between two looks
_QUIET = 0.8  # without anything new on the way
_LONG_QUIET = 3.0  # with something on the way that does not end, as streams do not
_PATIENCE = 10.0  # for a page that shows nothing yet and does not change
_RESTLESS = 6.0  # after which a page that keeps changing or asking is judged as it stands
_REDIRECTS = range(300, 400)
_WIRE = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "content-type", "etag",
     "last-modified", "set-cookie", "connection", "keep-alive", "content-range", "digest"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """A page as the browser shows it; `final_url` with its fragment, `hops` the way there."""

    exchange: Exchange
    final_url: str
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class Unopened:
    """Why a browser shows nothing that can be judged: one plain line."""

    why: str


# satisfied(opened): whether what the page shows now is what one was waiting for.
Satisfied = Callable[[Opened], Awaitable[bool]]


async def open_link(
    url: str,
    *,
    chromium: Chromium,
    gate: Gate,
    settings: Settings,
    clock: Clock,
    satisfied: Satisfied,
    ports: frozenset[int] = frozenset(),
) -> Opened | Unopened:
    """Open an address once, for `settings.timeout` seconds at most. Nothing that a page does is an
    exception; raises Unusable where there is no browser to open it with."""
    from playwright.async_api import Error

    granted = gate.admit(ports | _port(url), 4 * settings.max_bytes)
    visit = _Visit(fetch_form(url), granted, settings, clock, satisfied)
    try:
        async with chromium.window(granted) as context:
            try:
                async with asyncio.timeout(settings.timeout + 5.0):
                    page = await visit.watch.over(context)
                    session = await context.new_cdp_session(page)
                    await visit.begin(page.goto)
                    return await visit.settle(session)
            finally:
                await visit.watch.stop()
    except TimeoutError:
        return visit.outcome("the page does not come to rest")
    except Error as error:
        return visit.outcome(_said(error))
    finally:
        await gate.revoke(granted)


class _Visit:
    """What is known while one link is open."""

    def __init__(
        self, url: str, granted: Pass, settings: Settings, clock: Clock, satisfied: Satisfied
    ) -> None:
        self._url, self._pass, self._settings = url, granted, settings
        self._clock, self._satisfied = clock, satisfied
        self._at, self._began = clock.now(), clock.monotonic()
        self._until = self._began + settings.timeout
        self._last: Opened | None = None
        self.watch = Watch(clock.monotonic)

    async def begin(self, goto: Callable[..., Awaitable[object]]) -> None:
        """Ask for the page, and wait until some document has come."""
        from playwright.async_api import Error

        try:
            await goto(self._url, wait_until="commit", timeout=self._settings.timeout * 1000)
        except Error as error:
            # The page may have been led on, or become a download: what was seen decides.
            self.watch.failure = self.watch.failure or _said(error)

    async def settle(self, session: CDPSession) -> Opened | Unopened:
        """Look again and again until the page is quiet and satisfies, or nothing more happens."""
        before: tuple[int, Shown] | None = None
        changed = self._clock.monotonic()
        judged = False
        while (now := self._clock.monotonic()) < self._until and not self.watch.end:
            await self._clock.sleep(_STEP)
            here = len(self.watch.answers)
            shown = await self._look(session) if here else None
            if shown is None or here != len(self.watch.answers):
                if not here and self.watch.failure and not self.watch.under_way:
                    break
                continue
            if (here, shown) != before:
                before, changed, judged = (here, shown), now, False
                if now - self._began < _RESTLESS:
                    continue
            if shown.loading or not (self._quiet(now) or now - self._began >= _RESTLESS):
                continue
            if not judged:
                judged = True
                opened = self._opened(shown)
                self._last = opened if isinstance(opened, Opened) else None
                if isinstance(opened, Opened) and await self._satisfied(opened):
                    return opened
            if now - changed >= _PATIENCE:
                break
        return self.outcome("")

    def outcome(self, why: str) -> Opened | Unopened:
        """What is left to say when a page is given up."""
        kept_out = "ERR_TUNNEL" in self.watch.failure or self.watch.end == ASTRAY
        if self._pass.refused and kept_out:
            return Unopened(plain(self._pass.refused[-1], 200))
        if self._pass.spent:
            return Unopened("the page loads more than a page may")
        if self.watch.end and self.watch.end != "closed":
            return Unopened(self.watch.end)
        if self.watch.failure:
            return Unopened(plain(self.watch.failure, 200))
        return self._last or Unopened(why or "the page does not come to rest")

    async def _look(self, session: CDPSession) -> Shown | None:
        from playwright.async_api import Error

        try:
            async with asyncio.timeout(10.0):
                return await read_page(session, self._settings.max_bytes)
        except (Error, TimeoutError):
            return None

    def _quiet(self, now: float) -> bool:
        still = now - self.watch.last
        return still >= (_LONG_QUIET if self.watch.under_way > 0 else _QUIET)

    def _opened(self, shown: Shown) -> Opened | Unopened:
        if self.watch.failure:
            return Unopened(self.watch.failure)
        if scheme_of(shown.href) not in ("http", "https") or shown.media_type not in PAGES:
            return Unopened(f"what comes is no page ({plain(shown.media_type, 60)})")
        *way, end = self.watch.answers
        fragment = self._url.partition("#")[2]
        final = f"{end.url}#{fragment}" if fragment and "#" not in end.url else end.url
        host = host_of(end.url)
        return Opened(
            exchange_of(
                end,
                shown,
                at=self._at,
                elapsed=self._clock.monotonic() - self._began,
                address=self._pass.addresses.get(host, ""),
                most=self._settings.max_bytes,
            ),
            final,
            hops_of(self._url, way, end),
        )


def exchange_of(
    end: Answered, shown: Shown, *, at: datetime, elapsed: float, address: str, most: int
) -> Exchange:
    """The exchange that a page in the browser stands for."""
    content = shown.markup.encode("utf-8", "replace")
    headers = tuple(
        (k.encode("utf-8", "replace"), v.encode("utf-8", "replace"))
        for k, v in end.headers
        if k not in _WIRE
    )
    kind = f"{shown.media_type}; charset=utf-8".encode("ascii", "replace")
    return Exchange(
        method="GET",
        url=without_fragment(end.url),
        at=at,
        request_headers=(),
        status=end.status,
        reason=end.reason,
        headers=((b"content-type", kind), *headers),
        raw=content[:most],
        content=content[:most],
        truncated="length" if shown.cut or len(content) > most else "",
        protocol="browser",
        address=address,
        elapsed=round(elapsed, 3),
    )


def hops_of(url: str, way: list[Answered], end: Answered) -> tuple[Hop, ...]:
    """The hops to where a page ended: by status, else led on by the page. A way that comes back to
    the address it began with (a challenge, a reload) leads nowhere else: it has none."""
    if without_fragment(end.url) == without_fragment(url):
        return ()
    return tuple(
        Hop(step.url, step.status, "http" if step.status in _REDIRECTS else "script")
        for step, onward in zip(way, [*way[1:], end], strict=True)
        if without_fragment(step.url) != without_fragment(onward.url)
    )


def _port(url: str) -> frozenset[int]:
    try:
        port = urlsplit(url).port
    except ValueError:
        port = None
    return frozenset({port} if port else ())


def _said(error: Exception) -> str:
    """The first line of what Playwright says, without the address that stands in it."""
    line = str(error).strip().partition("\n")[0].partition(": ")
    said = (line[2] or line[0]).partition(" at http")[0]
    return plain(redact(said) if "://" in said else said, 200)
