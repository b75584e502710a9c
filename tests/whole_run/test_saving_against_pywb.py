"""Saving through the Internet Archive's interfaces with a real pywb that records and replays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from citecheck.records.archive import SaveState, Snapshot
from citecheck.records.finding import State
from standins.archive import BUSY, KEYS
from whole_run.live_origin import live_origin
from whole_run.pywb_rig import LIVE, Rig, at, left, link, shown, visible

pytestmark = pytest.mark.whole


def test_a_page_is_saved_recorded_and_replayed(rig: Rig) -> None:
    url = at("live")
    outcome = rig.keep(link(url), save=True).saves[url]
    assert outcome.state is SaveState.SAVED
    assert isinstance(outcome.snapshot, Snapshot)
    (stamp,) = visible(rig, url)
    assert outcome.snapshot.url == f"{rig.base}/web/{stamp}/{url}"
    raw = rig.pywb.get(f"/web/{stamp}id_/{url}")
    assert (raw.status, raw.body) == (200, LIVE["live.example.org/table"])
    assert raw.header("Memento-Datetime")
    assert [o.state.value for _, o in rig.book.saves] == ["unknown", "pending", "saved"]
    found = rig.find(url, State.OK)
    assert shown(found)["cited"] == f"{stamp}/{url}", "the next run finds it in the index"


def test_a_page_that_is_gone_by_then_fails_for_good(rig: Rig) -> None:
    url = at("live", "/missing")
    outcome = rig.keep(link(url), save=True).saves[url]
    assert (outcome.state, outcome.reason) == (SaveState.FAILED, "error:not-found")
    assert len(rig.ia.asked("/save", url)) == 1


@pytest.mark.parametrize(
    ("code", "state", "tries"),
    [
        ("error:blocked-url", "refused", 1),
        ("error:invalid-host-resolution", "failed", 1),
        ("error:browsing-timeout", "failed", 2),
        ("error:never-heard-of", "failed", 2),
    ],
)
def test_codes_are_classed(rig: Rig, code: str, state: str, tries: int) -> None:
    url = at("force", f"/{code[6:]}")
    rig.ia.force[url] = code
    outcome = rig.keep(link(url), save=True).saves[url]
    assert (outcome.state.value, outcome.reason) == (state, code)
    assert len([r for r in rig.ia.seen if r.path == "/save"]) == tries


def test_an_account_without_captures_left_submits_nothing(rig: Rig) -> None:
    rig.ia.used = rig.ia.quota
    kept = rig.keep(*(link(at("quota", f"/{n}")) for n in range(5)), save=True)
    assert {(o.state.value, o.reason) for o in kept.saves.values()} == {("skipped", "quota")}
    assert not any(r.path == "/save" for r in rig.ia.seen)


def test_a_quota_that_is_met_stops_the_batch(rig: Rig) -> None:
    links = [link(at("quota", f"/{n}")) for n in range(12)]
    for one in links:
        rig.ia.refuse[one.link.url] = {
            "status": "error",
            "status_ext": "error:max-daily-bandwidth",
            "message": "You have reached your daily bandwidth limit.",
        }
    kept = rig.keep(*links, save=True)
    assert all(o.state is not SaveState.SAVED for o in kept.saves.values())
    assert len([r for r in rig.ia.seen if r.path == "/save"]) <= 3, "those under way"
    assert any("quota" in line.why for line in kept.skipped)


def test_a_job_that_is_still_pending_is_taken_up_by_the_next_run(rig: Rig) -> None:
    url = at("stuck")
    rig.ia.polls = 1000
    pending = rig.keep(link(url), save=True).saves[url]
    assert pending.state is SaveState.PENDING
    for job in rig.ia.jobs.values():
        job.polls = 0
    rig.ia.fail("/cdx", (200, (("Content-Type", "text/plain"),), b""), 99, of=url)
    saved = rig.keep(link(url), save=True, records=left(url, pending)).saves[url]
    assert saved.state is SaveState.SAVED
    assert len([r for r in rig.ia.seen if r.path == "/save"]) == 1


def test_a_job_that_the_archive_has_forgotten_is_found_in_the_index(rig: Rig) -> None:
    url = at("expired")
    rig.ia.polls = 1000
    pending = rig.keep(link(url), save=True).saves[url]
    assert pending.state is SaveState.PENDING
    (stamp,) = visible(rig, url)
    rig.ia.jobs.clear()
    rig.clock.advance(7200)
    saved = rig.keep(link(url), save=True, records=left(url, pending)).saves[url]
    assert saved.state is SaveState.SAVED
    assert saved.snapshot is not None
    assert saved.snapshot.url == f"{rig.base}/web/{stamp}/{url}"
    assert len([r for r in rig.ia.seen if r.path == "/save"]) == 1, "not submitted again"


def test_a_copy_that_somebody_made_a_moment_ago_is_taken(rig: Rig) -> None:
    url = at("live", "/twice")
    rig.ia.fail("/cdx", (200, (("Content-Type", "text/plain"),), b""), 9, of=url)  # not yet in it
    first = rig.keep(link(url), save=True).saves[url]
    again = rig.keep(link(url), save=True).saves[url]
    assert (again.state, again.reason) == (SaveState.SAVED, "existing-copy")
    assert again.snapshot is not None
    assert first.snapshot is not None
    assert again.snapshot.url == first.snapshot.url


def test_a_page_captured_too_often_today_is_left_alone(rig: Rig) -> None:
    url = at("twice")
    rig.ia.captured[url] = ["20261122000000"] * 5
    outcome = rig.keep(link(url), save=True).saves[url]
    assert (outcome.state, outcome.reason) == (SaveState.SKIPPED, "error:too-many-daily-captures")
    assert len([r for r in rig.ia.seen if r.path == "/save"]) == 1


def test_a_host_that_is_paused_stops_that_host_alone(rig: Rig) -> None:
    paused = [at("force", f"/paused/{n}") for n in range(6)]
    for url in paused:
        words = "Crawling this host is paused for 5 minutes."
        rig.ia.refuse[url] = {"message": words}
    kept = rig.keep(*(link(url) for url in (*paused, at("live", "/paused"))), save=True)
    assert kept.saves[at("live", "/paused")].state is SaveState.SAVED
    assert len([r for r in rig.ia.seen if r.path == "/save" and "force" in r.params["url"]]) <= 3


def test_keys_that_do_not_hold_stop_it(rig: Rig) -> None:
    rig.ia.fail("/save", (401, (), b'{"message": "You need to be logged in."}'), 100)
    kept = rig.keep(*(link(at("quota", f"/{n}")) for n in range(5)), save=True)
    assert {o.reason for o in kept.saves.values()} == {"bad-keys"}


def test_without_keys_it_can_be_asked_as_anybody(rig: Rig) -> None:
    url = at("anonymous")
    outcome = rig.keep(link(url), save=True, keys=False, anonymous=True).saves[url]
    assert outcome.state is SaveState.SAVED
    assert outcome.snapshot is not None
    (stamp,) = visible(rig, url)
    assert outcome.snapshot.url == f"{rig.base}/web/{stamp}/{url}"


def test_429_while_saving_stops_all_traffic(rig: Rig) -> None:
    rig.ia.fail("/save", BUSY, 1)
    rig.keep(link(at("twice")), save=True)
    asked = next(moment for moment, url in rig.sent if "/save" in url)
    pause = asked + timedelta(seconds=60)
    assert not any(asked < moment < pause for moment, _ in rig.sent)
    assert any(moment >= pause for moment, _ in rig.sent), "and it goes on"


# The whole program


def test_the_whole_program(rig: Rig, tmp_path: Path) -> None:
    live, gone = at("run"), at("gone")
    (tmp_path / "paper.md").write_text(
        "# Paper\n\nOne.<sup>1</sup> Two.<sup>2</sup>\n\n"
        f'<sup>1</sup> Ann Author, "The Table of Run," *Tides*, March 12, 2019, <{live}>\n\n'
        f'<sup>2</sup> Ben Author, "The Table of the Tides," *Tides*, March 12, 2019, <{gone}>\n'
    )
    (tmp_path / "citecheck.toml").write_text(f'save = true\n[archive]\nwayback = "{rig.base}"\n')
    found = program(tmp_path, rig, "run", "paper.md", "--no-probe")
    assert found[live]["state"] == "ok"
    assert found[live]["save"]["state"] in ("saved", "pending")
    assert found[gone]["state"] == "dead"
    assert found[gone]["suggestion"]["url"] == f"{rig.base}/web/20190310080000/{gone}"
    assert found[gone]["save"]["reason"] == "dead"
    visible(rig, live)
    found = program(tmp_path, rig, "archive", "paper.md")
    assert found[live]["save"]["state"] == "saved"
    copy = next(s for s in found[live]["snapshots"] if s["role"] == "saved")
    raw = rig.pywb.get(copy["url"].removeprefix(rig.base).replace("/http", "id_/http", 1))
    assert raw.body == LIVE["run.example.org/table"]
    assert [r.path for r in rig.ia.seen].count("/save") == 1
    for file in (f for f in tmp_path.rglob("*") if f.is_file()):
        assert not any(key.encode() in file.read_bytes() for key in KEYS), file


def program(root: Path, rig: Rig, *arguments: str) -> dict[str, Any]:
    """One run of the program in a process of its own; the report's links by address."""
    with live_origin(LIVE) as proxy:
        done = subprocess.run(
            [sys.executable, "-m", "citecheck", *arguments, "--progress", "none"],
            cwd=root,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(root),
                "HTTP_PROXY": f"http://127.0.0.1:{proxy}",
                "NO_PROXY": "127.0.0.1",
                "IA_ACCESS_KEY_ID": KEYS[0],
                "IA_SECRET_ACCESS_KEY": KEYS[1],
            },
            capture_output=True,
            text=True,
            timeout=90,
        )
    assert done.returncode in (0, 1), done.stderr
    report = json.loads((root / "archive/link-health.json").read_text(encoding="utf-8"))
    return {row["url"]: row for row in report["links"]}
