"""Reading pages in threads: small ones at once, large ones one at a time, none in another's way."""

from __future__ import annotations

import asyncio
import threading

from citecheck.engines.aside import Aside
from citecheck.web.clock import SystemClock


def test_small_work_is_done_where_it_is_asked_for() -> None:
    async def main() -> bool:
        aside = Aside(SystemClock())
        try:
            return await aside(threading.get_ident, 100) == threading.get_ident()
        finally:
            aside.close()

    assert asyncio.run(main())


def test_large_pages_are_read_one_at_a_time_and_keep_no_small_one_waiting() -> None:
    running: list[str] = []
    most = {"large": 0}
    go_on = threading.Event()

    def large() -> None:
        running.append("large")
        most["large"] = max(most["large"], running.count("large"))
        go_on.wait(10)
        running.remove("large")

    async def main() -> None:
        aside = Aside(SystemClock())
        try:
            tasks = [asyncio.create_task(aside(large, 3_000_000)) for _ in range(4)]
            while not running:  # noqa: ASYNC110 (it begins in a thread)
                await asyncio.sleep(0)
            assert await asyncio.wait_for(aside(lambda: "small", 9_000), 10) == "small"
            go_on.set()
            await asyncio.gather(*tasks)
        finally:
            go_on.set()
            aside.close()

    asyncio.run(main())
    assert most == {"large": 1}
