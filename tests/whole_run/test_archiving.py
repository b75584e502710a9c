"""The whole program with an archive: what is looked up, saved, resumed, and never told."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from citecheck import wiring
from citecheck.archives.keys import Keys, read_keys
from citecheck.demo.archive import Capture
from citecheck.demo.site import Answer, Handler, missing, page, spoken
from citecheck.settings import ArchiveSettings
from standins.archive import BUSY, KEYS, FaultyArchive
from standins.web import loopback_web
from whole_run.reading import brief_settings

STORY = " ".join(f"In the year {n} the board printed its table twice." for n in range(40))
FINE = "https://board.example/table"
GONE = "https://gone.example/table"
SECRET = "https://files.example/table?token=4f0c9a7be1d24d3f"
PAPER = f"""# Paper

One.<sup>1</sup> Two.<sup>2</sup> Three.<sup>3</sup>

<sup>1</sup> Ann Author, "The Table of the Board," *Tide Review*, March 12, 2019, <{FINE}>

<sup>2</sup> Ben Author, "The Lost Table," *Tide Review*, March 12, 2019, <{GONE}>

<sup>3</sup> Cy Author, "The Shared Table," *Tide Review*, March 12, 2019, <{SECRET}>
"""
CAPTURES = (
    Capture(FINE, "20190310080000"),
    Capture(FINE, "20220310080000"),
    Capture(GONE, "20190401080000"),
    Capture(GONE, "20200401080000"),
    Capture(GONE, "20240401080000", 404),
)


def board(_: object) -> Answer:
    return page("The Table of the Board", f"<h1>The Table of the Board</h1><p>{STORY}</p>")


def now() -> datetime:
    return datetime.now(UTC)


def keys() -> Keys:
    found = read_keys(
        {"IA_ACCESS_KEY_ID": KEYS[0], "IA_SECRET_ACCESS_KEY": KEYS[1]}, Path("/nonexistent")
    )
    assert found is not None
    return found


def run(
    root: Path,
    archive: FaultyArchive,
    *,
    save: bool,
    command: str = "run",
    how: ArchiveSettings | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """One run of the program; the report's links by address."""
    settings = replace(brief_settings(root, PAPER, save=save), **changes)
    settings = replace(settings, archive=how or settings.archive)
    hosts: Mapping[str, Handler] = {
        "board.example": board,
        "files.example": board,
        "gone.example": missing,
        "web.archive.org": spoken(archive.handle),
    }

    async def inside() -> None:
        async with loopback_web(hosts) as web:
            world = wiring.World(web.resolver, web.ssl_context, keys())
            await wiring.carry_out(command, settings, world)

    asyncio.run(inside())
    report = json.loads((root / "archive/link-health.json").read_text(encoding="utf-8"))
    return {row["url"]: row for row in report["links"]}


def roles(row: Mapping[str, Any]) -> dict[str, str]:
    """What archives have of a link; the local copy is not theirs."""
    return {s["role"]: s["url"] for s in row["snapshots"] if s["role"] != "local"}


def test_the_copy_near_the_date_is_offered_and_an_archived_404_never(tmp_path: Path) -> None:
    archive = FaultyArchive(CAPTURES, now=now)
    links = run(tmp_path, archive, save=False)
    assert roles(links[FINE]) == {
        "cited": f"https://web.archive.org/web/20190310080000/{FINE}",
        "latest": f"https://web.archive.org/web/20220310080000/{FINE}",
    }
    gone = links[GONE]
    assert gone["state"] == "dead"
    assert gone["suggestion"]["url"] == f"https://web.archive.org/web/20190401080000/{GONE}"
    assert "20240401080000" not in json.dumps(gone)
    assert len(archive.asked("/cdx")) == 2, "one request a link, none for the one with a token"
    assert archive.asked("/save") == [], "keys alone are no consent"
    assert links[FINE]["save"]["state"] == "none"


def test_a_second_run_asks_the_archive_nothing(tmp_path: Path) -> None:
    archive = FaultyArchive(CAPTURES, now=now)
    first = run(tmp_path, archive, save=False)
    asked = len(archive.seen)
    second = run(tmp_path, archive, save=False)
    assert len(archive.seen) == asked
    assert roles(second[GONE]) == roles(first[GONE])


def test_an_address_with_a_token_is_told_to_no_archive(tmp_path: Path) -> None:
    archive = FaultyArchive(CAPTURES, now=now)
    links = run(tmp_path, archive, save=True)
    (shared,) = (row for url, row in links.items() if "files.example" in url)
    assert "4f0c9a7be1d24d3f" not in shared["url"]
    assert shared["state"] == "ok"
    assert shared["lookup"]["state"] == "not-asked"
    assert shared["save"]["state"] == "skipped"
    assert not any("files.example" in r.params.get("url", "") for r in archive.seen)


def test_saving_is_accepted_pending_and_resumed_by_the_next_run(tmp_path: Path) -> None:
    archive = FaultyArchive(CAPTURES, now=now)
    archive.stuck.add(FINE)
    quick = replace(brief_settings(tmp_path, PAPER).archive, poll_limit=0.2)
    first = run(tmp_path, archive, save=True, how=quick)
    assert first[FINE]["save"]["state"] == "pending"
    assert first[FINE]["save"]["job"] in archive.jobs
    assert first[GONE]["save"] == {**first[GONE]["save"], "state": "skipped", "reason": "dead"}
    archive.stuck.clear()
    for job in archive.jobs.values():
        job.polls_left = 0
    second = run(tmp_path, archive, save=True)
    assert second[FINE]["save"]["state"] == "saved"
    assert "saved" in roles(second[FINE])
    assert [r.path for r in archive.seen].count("/save") == 1, "submitted once"


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("error:blocked-url", "refused"),
        ("error:invalid-host-resolution", "failed"),
        ("error:no-browsers-available", "failed"),
    ],
)
def test_what_the_archive_says_of_a_save_is_told(tmp_path: Path, code: str, state: str) -> None:
    archive = FaultyArchive(CAPTURES, now=now)
    archive.job_errors[FINE] = [code] * 5
    links = run(tmp_path, archive, save=True)
    assert (links[FINE]["save"]["state"], links[FINE]["save"]["reason"]) == (state, code)


def test_a_busy_archive_is_not_an_empty_one(tmp_path: Path) -> None:
    archive = FaultyArchive(CAPTURES, now=now)
    archive.fail("/", BUSY)
    impatient = replace(
        brief_settings(tmp_path, PAPER).archive,
        budget=timedelta(seconds=1),
        pause_after_429=2.0,
    )
    links = run(tmp_path, archive, save=False, how=impatient)
    assert links[GONE]["state"] == "dead"
    assert links[GONE]["lookup"]["state"] in ("throttled", "not-asked")
    assert len(archive.seen) <= 4, "a 429 stops all traffic"
    archive.troubles.clear()
    links = run(tmp_path, archive, save=False)
    assert links[GONE]["lookup"]["state"] == "found"


def test_the_keys_are_in_no_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    archive = FaultyArchive(CAPTURES, now=now)
    run(tmp_path, archive, save=True, warc=True, verbosity=2)
    shown = "".join(capfd.readouterr())
    for file in (f for f in tmp_path.rglob("*") if f.is_file()):
        data = file.read_bytes()
        data += gzip.decompress(data) if file.suffix == ".gz" else b""
        assert not any(key.encode() in data for key in KEYS), file
    assert not any(key in shown for key in KEYS)
    assert any("authorization" in r.headers for r in archive.seen), "they were used"


def test_archive_alone_visits_no_page(tmp_path: Path) -> None:
    archive = FaultyArchive(CAPTURES, now=now)
    links = run(tmp_path, archive, save=False, command="archive")
    assert {row["state"] for row in links.values()} == {"unchecked"}
    assert roles(links[FINE])["cited"] == f"https://web.archive.org/web/20190310080000/{FINE}"
    assert not (tmp_path / "archive/warc").exists()
