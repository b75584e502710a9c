"""A run of the program in a process of its own, on a web where one host never answers."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from citecheck import wiring
from citecheck.demo.site import Answer, Handler, page
from standins.web import loopback_web
from whole_run.reading import brief_settings

STORY = " ".join(f"In the year {n} the gauge was read by lamplight." for n in range(40))


def _fine(_: object) -> Answer:
    return page("A page", f"<h1>A page</h1><p>{STORY}</p>")


HOSTS: Mapping[str, Handler] = dict.fromkeys(("a.example", "b.example", "c.example"), _fine)
URLS = (*(f"https://{host}/x" for host in HOSTS), "https://stuck.example/x")


async def run(root: Path) -> int:
    stuck: Mapping[str, Handler] = {"stuck.example": lambda _: Answer(silent=True)}
    settings = replace(brief_settings(root, (root / "paper.md").read_text()), timeout=60.0)
    async with loopback_web({**HOSTS, **stuck}) as web:
        world = wiring.World(web.resolver, web.ssl_context)
        return await wiring.carry_out("check", settings, world)


if __name__ == "__main__":
    sys.exit(asyncio.run(run(Path(sys.argv[1]))))
