"""The Chromium of a run: started once it is needed, started anew when it died, ended for good.

Playwright (Apache-2.0) drives it over a pipe, so it ends with this process whatever happens. Each
page has a context of its own, as a private window has: no cookie, cache or permission is shared.
"""

from __future__ import annotations

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from citecheck.browsing.flags import launch_flags
from citecheck.browsing.gate import Gate, Pass
from citecheck.text.fold import plain

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Playwright

_STARTS = 4  # of one run: a page that brings the browser down may do it again
_START_TIME = 30.0
_END_TIME = 5.0
_TOLD = frozenset(
    {"PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP",
     "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "LD_LIBRARY_PATH",
     "FONTCONFIG_FILE", "FONTCONFIG_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC",
     "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)"}
)  # fmt: skip


class Unusable(Exception):
    """The browser cannot be started; `str()` is one line for a person."""


@dataclass(slots=True)
class _Running:
    browser: Browser
    pid: int
    product: str
    agent: str


class Chromium:
    """An asynchronous context manager. `agent` is added to the browser's own User-Agent."""

    def __init__(self, program: Path, gate: Gate, *, agent: str, sandbox: bool) -> None:
        self._program, self._gate = program, gate
        self._agent, self._sandbox = agent, sandbox
        self._playwright: Playwright | None = None
        self._stack = AsyncExitStack()
        self._scratch = ""
        self._running: _Running | None = None
        self._starts = 0
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> Self:
        self._scratch = self._stack.enter_context(
            tempfile.TemporaryDirectory(prefix="citecheck-browser-", ignore_cleanup_errors=True)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        if self._playwright is not None:
            await _within(_END_TIME, self._playwright.stop())
        await self._stack.aclose()

    @property
    def product(self) -> str:
        """Name and version, once it has been started."""
        return self._running.product if self._running else "Chromium"

    @asynccontextmanager
    async def window(self, granted: Pass) -> AsyncIterator[BrowserContext]:
        """A private window that shows this pass at the gate. Raises Unusable."""
        context = await self._context(await self._ready(), granted)
        try:
            yield context
        finally:
            if not await _within(_END_TIME, context.close()):
                # A window that does not close would be there to the end of the run.
                await self.stop()

    async def _context(self, running: _Running, granted: Pass) -> BrowserContext:
        try:
            async with asyncio.timeout(_START_TIME):
                return await running.browser.new_context(
                    user_agent=f"{running.agent} {self._agent}",
                    proxy={
                        "server": f"http://127.0.0.1:{self._gate.port}",
                        "bypass": "<-loopback>",
                        "username": granted.user,
                        "password": granted.secret,
                    },
                    accept_downloads=False,
                    service_workers="block",
                    ignore_https_errors=False,
                    permissions=[],
                )
        except TimeoutError:
            await self.stop()
            raise Unusable(f"{self._program} opens no window") from None

    async def stop(self) -> None:
        """End the browser, by force where it does not end by itself."""
        running, self._running = self._running, None
        if running is None:
            return
        if not await _within(_END_TIME, running.browser.close()) and running.pid:
            with suppress(OSError):
                os.kill(running.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

    async def _ready(self) -> _Running:
        async with self._lock:
            if self._running is not None and self._running.browser.is_connected():
                return self._running
            if self._starts >= _STARTS:
                raise Unusable("the browser broke down again and again")
            self._starts += 1
            self._running = await self._start()
            return self._running

    async def _start(self) -> _Running:
        from playwright.async_api import Error, async_playwright

        try:
            async with asyncio.timeout(2 * _START_TIME):
                if self._playwright is None:
                    self._playwright = await async_playwright().start()
                browser = await self._playwright.chromium.launch(
                    executable_path=self._program,
                    headless=True,
                    chromium_sandbox=self._sandbox,
                    args=launch_flags(self._gate.port),
                    timeout=_START_TIME * 1000,
                    env=environment(os.environ, self._scratch),
                    # Signals are the program's own: it ends the visits and keeps what was seen.
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                )
                session = await browser.new_browser_cdp_session()
                version = await session.send("Browser.getVersion")
                processes = await session.send("SystemInfo.getProcessInfo")
                await session.detach()
        except (Error, OSError, TimeoutError) as error:
            raise Unusable(f"{self._program} cannot be started: {_why(error)}") from None
        return _Running(browser, _pid(processes), _product(browser), str(version["userAgent"]))


def environment(environ: Mapping[str, str], scratch: str) -> dict[str, str | float | bool]:
    """What the browser is told of its surroundings: nothing that is a secret of this program or of
    others, such as an archive's keys. What it notes of a breakdown stays in `scratch`."""
    kept = {k: v for k, v in environ.items() if k.upper() in _TOLD or k.startswith("LC_")}
    return {**kept, "BREAKPAD_DUMP_LOCATION": scratch}


def _why(error: Exception) -> str:
    said = str(error).strip()
    if "sandbox" in said.partition("Call log")[0]:
        return "its sandbox cannot be set up here (unprivileged user namespaces are off)"
    return plain(said.partition("\n")[0] or "it does not answer", 200)


def _product(browser: Browser) -> str:
    return f"Chromium {browser.version}"


def _pid(processes: dict[str, Any]) -> int:
    rows = processes.get("processInfo", [])
    return next((int(row["id"]) for row in rows if row.get("type") == "browser"), 0)


async def _within(seconds: float, work: Awaitable[object]) -> bool:
    """Await the end of something; False where it did not come in time, or in another way."""
    from playwright.async_api import Error

    try:
        async with asyncio.timeout(seconds):
            await work
    except (Error, OSError, TimeoutError):
        return False
    return True
