"""Saves that one run leaves open and another closes, also where the link is cited no more."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from citecheck import wiring
from citecheck.archives.keys import Keys
from citecheck.demo.site import Answer, Handler, page, spoken
from citecheck.ledger.journal import Journal
from citecheck.records.archive import SaveOutcome, SaveState
from citecheck.web.clock import SystemClock
from standins.archive import KEYS, FaultyArchive
from standins.web import loopback_web
from whole_run.reading import brief_settings

STORY = " ".join(f"In the year {n} the board printed its table twice." for n in range(40))
HERE, THERE = "https://board.example/table", "https://press.example/table"


def table(_: object) -> Answer:
    return page("The Table of the Board", f"<h1>The Table of the Board</h1><p>{STORY}</p>")


def now() -> datetime:
    return datetime.now(UTC)


def paper(url: str) -> str:
    return (
        "# Paper\n\nOne.<sup>1</sup>\n\n<sup>1</sup> Ann Author, "
        f'"The Table of the Board," *Tide Review*, March 12, 2019, <{url}>\n'
    )


def run(root: Path, archive: FaultyArchive, url: str, command: str = "run", **own: Any) -> None:
    settings = brief_settings(root, paper(url), save=True)
    settings = replace(settings, archive=replace(settings.archive, verify=False, **own))
    hosts: Mapping[str, Handler] = {
        "board.example": table,
        "press.example": table,
        "web.archive.org": spoken(archive.handle),
    }

    async def inside() -> None:
        async with loopback_web(hosts) as web:
            world = wiring.World(web.resolver, web.ssl_context, Keys(*KEYS))
            await wiring.carry_out(command, settings, world)

    asyncio.run(inside())


def saves(root: Path) -> dict[str, dict[str, Any]]:
    """By link, what the ledger has of its save."""
    lines = (root / "archive/links.jsonl").read_text(encoding="utf-8").splitlines()[1:]
    rows = (json.loads(line) for line in lines)
    return {row["url"]: row["save"] for row in rows if row.get("save")}


def test_a_job_of_a_link_that_is_cited_no_more_is_closed(tmp_path: Path) -> None:
    archive = FaultyArchive(now=now)
    archive.stuck.add(HERE)
    run(tmp_path, archive, HERE, poll_limit=0.2)
    assert saves(tmp_path)[HERE]["state"] == "pending"
    archive.stuck.clear()
    for job in archive.jobs.values():
        job.polls_left = 0
    run(tmp_path, archive, THERE)
    held = saves(tmp_path)
    assert (held[HERE]["state"], held[THERE]["state"]) == ("saved", "saved")
    assert sorted(archive.submitted) == [HERE, THERE]


def test_what_a_killed_run_journalled_of_other_links_outlives_a_run_that_only_checks(
    tmp_path: Path,
) -> None:
    archive = FaultyArchive(now=now)
    submitted = now() - timedelta(minutes=2)
    (tmp_path / "archive/.state").mkdir(parents=True)
    journal = Journal(tmp_path / "archive/.state/journal.jsonl", "killed", SystemClock())
    journal.save_changed(HERE, SaveOutcome(SaveState.UNKNOWN, "submitting", "", submitted))
    journal.close(finished=False)
    run(tmp_path, archive, THERE, command="check")
    held = saves(tmp_path)[HERE]
    assert (held["state"], held["reason"]) == ("unknown", "submitting")
    assert not (tmp_path / "archive/.state/journal.jsonl").exists()
    run(tmp_path, archive, HERE, save_settles=0.1)
    assert saves(tmp_path)[HERE]["state"] == "saved"
    assert archive.submitted.count(HERE) == 1


def test_a_pause_outlives_the_run_that_was_asked_for_it(tmp_path: Path) -> None:
    archive = FaultyArchive(now=now)
    archive.fail("/cdx", (429, (), b""), times=1)
    run(tmp_path, archive, HERE, budget=timedelta(seconds=1), pause_after_429=2.0)
    first = archive.seen[0].at
    run(tmp_path, archive, HERE, budget=timedelta(seconds=30))
    assert archive.seen[1].at - first >= timedelta(seconds=1.9)
    assert saves(tmp_path)[HERE]["state"] == "saved"
