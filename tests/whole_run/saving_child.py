"""`citecheck archive --save` in a process of its own and in a hurry, against one on loopback."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from citecheck import wiring
from citecheck.archives.keys import Keys
from citecheck.settings import ArchiveSettings, Settings
from citecheck.web.guard import is_literal
from citecheck.web.resolver import Resolved
from standins.archive import KEYS


class _Anywhere:
    """Every name is somewhere public; nothing is asked there."""

    async def resolve(self, host: str, port: int) -> Resolved:
        return Resolved(((host if is_literal(host) else "93.184.215.14", port),))


HURRIED = ArchiveSettings(
    lookups_per_minute=100_000,
    saves_per_minute=100_000,
    concurrent_saves=8,
    poll_first=0.1,
    poll_every=0.1,
    save_settles=0.6,
    budget=timedelta(minutes=5),
)


def settings(root: Path, base: str) -> Settings:
    return Settings(
        root=root,
        sources=(str(root / "paper.md"),),
        references=root / "references",
        archive_dir=root / "archive",
        save=True,
        quiet=True,
        progress="none",
        delay=0.0,
        per_host=32,
        trust_env=False,
        archive=replace(HURRIED, wayback=base),
    )


async def run(root: Path, base: str) -> int:
    world = wiring.World(resolver=_Anywhere(), keys=Keys(*KEYS))
    return await wiring.carry_out("archive", settings(root, base), world)


if __name__ == "__main__":
    sys.exit(asyncio.run(run(Path(sys.argv[1]), sys.argv[2])))
