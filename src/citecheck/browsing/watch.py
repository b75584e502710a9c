"""What happens in a window while a page is open: its answers, its way, and what it is not let do.

Pictures, sound, films and fonts are not loaded; windows that a page opens are closed, dialogs
dismissed, files refused. Events only set fields here, so none of them can break anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from citecheck.browsing.relay import OURS
from citecheck.urls.address import scheme_of

if TYPE_CHECKING:
    from playwright.async_api import (
        BrowserContext,
        Dialog,
        Download,
        Page,
        Request,
        Response,
        Route,
    )

ASTRAY = "the page leads to where it may not"
_NOT_LOADED = frozenset({"image", "media", "font"})
_MOST_REQUESTS = 500
_MOST_STEPS = 40  # documents that the way through a page may have


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer for the page's own document: header names in lower case."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        return next((v for k, v in self.headers if k == name), "")


@dataclass  # without slots: Playwright notes on an object which of its methods are handlers
class Watch:
    """`answers` for the document, oldest first; `end` says why nothing more will come of the page,
    `failure` why its last document did not arrive."""

    moved: Callable[[], float]
    answers: list[Answered] = field(default_factory=list)
    end: str = ""
    failure: str = ""
    last: float = 0.0
    under_way: int = 0
    _requests: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def over(self, context: BrowserContext) -> Page:
        """A page in this window, watched from its first moment."""
        await context.route("**/*", self._route)
        page = await context.new_page()
        context.on("page", lambda other: self._aside(_closed(other)))
        page.on("dialog", lambda dialog: self._aside(_dismissed(dialog)))
        page.on("download", self._download)
        page.on("crash", lambda _: self._ends("the page broke the browser's process down"))
        page.on("close", lambda _: self._ends("the page closed itself"))
        page.on("request", self._request)
        page.on("response", lambda response: self._response(page, response))
        page.on("requestfinished", lambda _: self._done())
        page.on("requestfailed", lambda request: self._failed(page, request))
        self._touch()
        return page

    async def stop(self) -> None:
        """No more events are looked at."""
        self._ends("closed")
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _touch(self) -> None:
        self.last = self.moved()

    def _ends(self, why: str) -> None:
        self.end = self.end or why

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _route(self, route: Route, request: Request) -> None:
        from playwright.async_api import Error

        self._requests += 1
        refused = (
            request.resource_type in _NOT_LOADED
            or scheme_of(request.url) not in ("http", "https")
            or self._requests > _MOST_REQUESTS
            or bool(self.end)
        )
        with suppress(Error):
            await (route.abort("blockedbyclient") if refused else route.continue_())

    def _request(self, _: Request) -> None:
        self.under_way += 1
        self._touch()

    def _done(self) -> None:
        self.under_way -= 1
        self._touch()

    def _failed(self, page: Page, request: Request) -> None:
        self._done()
        if _is_document(page, request):
            self.failure = request.failure or "failed"

    def _response(self, page: Page, response: Response) -> None:
        self._touch()
        if not _is_document(page, response.request):
            return
        self.failure = ""
        if len(self.answers) >= _MOST_STEPS:
            self._ends("the page keeps leading on")
            return
        pairs = tuple((k.lower(), v) for k, v in response.headers.items())
        self.answers.append(Answered(response.url, response.status, response.status_text, pairs))
        if self.answers[-1].header(OURS):
            self._ends(ASTRAY)

    def _download(self, download: Download) -> None:
        kind = self.answers[-1].header("content-type").partition(";")[0] if self.answers else ""
        self._ends(f"a file {f'({kind}) ' if kind else ''}comes instead of a page")
        self._aside(_cancelled(download))


def _is_document(page: Page, request: Request) -> bool:
    from playwright.async_api import Error

    try:
        return bool(request.is_navigation_request() and request.frame == page.main_frame)
    except Error:
        return False


async def _closed(page: Page) -> None:
    from playwright.async_api import Error

    with suppress(Error):
        await page.close()


async def _dismissed(dialog: Dialog) -> None:
    from playwright.async_api import Error

    with suppress(Error):
        await dialog.dismiss()


async def _cancelled(download: Download) -> None:
    from playwright.async_api import Error

    with suppress(Error):
        await download.cancel()
