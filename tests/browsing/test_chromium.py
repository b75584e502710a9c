"""How the browser is started, and that it is not waited for without end."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from citecheck.browsing import chromium
from citecheck.browsing.chromium import Chromium, Unusable, environment
from citecheck.browsing.gate import Gate
from citecheck.browsing.ways import Ways
from citecheck.web.guard import Guard
from citecheck.web.resolver import Unresolved


def test_the_browser_is_told_no_secret() -> None:
    environ = {
        "PATH": "/usr/bin",
        "LC_ALL": "C.UTF-8",
        "IA_SECRET_ACCESS_KEY": "secret",
        "CITECHECK_CONTACT": "me@example.org",
        "GITHUB_TOKEN": "secret",
        "HTTPS_PROXY": "http://name:secret@proxy.example",
    }
    assert environment(environ, "/tmp/x") == {
        "PATH": "/usr/bin",
        "LC_ALL": "C.UTF-8",
        "BREAKPAD_DUMP_LOCATION": "/tmp/x",
    }


class Stuck:
    """A browser that is there and answers nothing."""

    def is_connected(self) -> bool:
        return True

    async def new_context(self, **_: object) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        await asyncio.Event().wait()


def test_a_browser_that_opens_no_window_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("playwright")
    monkeypatch.setattr(chromium, "_START_TIME", 0.01)
    monkeypatch.setattr(chromium, "_END_TIME", 0.01)

    async def told() -> None:
        async with (
            Gate(Ways(Unresolved(), Guard(), connect_timeout=1.0)) as gate,
            Chromium(Path("/usr/bin/chromium"), gate, agent="x", sandbox=True) as browser,
        ):
            stuck: Any = Stuck()
            browser._running = chromium._Running(stuck, pid=0, product="x", agent="y")
            with pytest.raises(Unusable, match="opens no window"):
                async with browser.window(gate.admit(frozenset(), 1)):
                    raise AssertionError("there is no window")

    asyncio.run(told())
