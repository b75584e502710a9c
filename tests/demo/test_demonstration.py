"""`citecheck run --demo`, then `--again`: the whole program on the small web."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from citecheck import wiring
from citecheck.demo.captures import ACCESS_KEY, SECRET_KEY
from citecheck.demo.folder import NAME
from standins.demo_expected import EXPECTED

Runs: TypeAlias = tuple[Path, list[dict[str, Any]]]


def _demonstrate(again: bool) -> int:
    return wiring.perform(
        "run",
        config=None,
        flags={"progress": "none", "color": "never"},
        prune=False,
        verbosity=0,
        demo=(True, again),
    )


def _report(folder: Path) -> dict[str, Any]:
    text = (folder / "archive" / "link-health.json").read_text(encoding="utf-8")
    report: dict[str, Any] = json.loads(text)
    return report


def _verdicts(report: dict[str, Any]) -> dict[str, str]:
    return {row["url"]: f"{row['state']}/{row['reason']}" for row in report["links"]}


@pytest.fixture(scope="module")
def runs(
    tmp_path_factory: pytest.TempPathFactory,
) -> Runs:
    """Both runs in one folder: its path, and the report of each."""
    home = tmp_path_factory.mktemp("home")
    reports = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        for name in [name for name in os.environ if name.startswith(("CITECHECK_", "IA_"))]:
            patch.delenv(name)
        for again in (False, True):
            assert _demonstrate(again) == 0
            reports.append(_report(home / NAME))
    return home, reports


def test_right_state_and_reason_for_each_link_on_both_runs(
    runs: Runs,
) -> None:
    first, second = runs[1]
    assert _verdicts(first) == {one.url: one.first for one in EXPECTED}
    assert _verdicts(second) == {one.url: one.second for one in EXPECTED}
    assert {row["url"] for row in second["links"] if row["news"]} == {
        one.url for one in EXPECTED if one.first != one.second
    }


def test_nothing_is_written_outside_its_folder(
    runs: Runs,
) -> None:
    assert [p.name for p in runs[0].iterdir()] == [NAME]


def test_snapshots_are_found_and_an_archived_error_is_no_evidence(
    runs: Runs,
) -> None:
    rows = {row["url"]: row for row in runs[1][0]["links"]}
    almanac = rows["https://northern-almanac.example/essays/harmonic-analysis-by-hand"]
    assert [(s["role"], s["url"], s["status"]) for s in almanac["snapshots"]] == [
        ("cited", f"https://web.archive.org/web/20171204065910/{almanac['url']}", 200)
    ]
    assert almanac["suggestion"]["url"] == almanac["snapshots"][0]["url"]
    history = rows["https://harbour-board.example/history/tide-tables-1861-1934"]
    assert (history["lookup"]["grade"], history["lookup"]["days"]) == ("exact", 3)


def test_pages_are_saved_with_the_demonstrations_own_keys(
    runs: Runs,
) -> None:
    home, (first, _) = runs
    saved = {row["url"] for row in first["links"] if row["save"]["state"] == "saved"}
    assert "https://maritime-museum.example/collections/ormsay-tide-machine" in saved
    assert all(row["state"] in ("ok", "moved") for row in first["links"] if row["url"] in saved)
    for path in (p for p in home.rglob("*") if p.is_file()):
        kept = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        assert ACCESS_KEY.encode() not in kept
        assert SECRET_KEY.encode() not in kept


def test_it_is_marked_as_a_demonstration(runs: Runs) -> None:
    archive = runs[0] / NAME / "archive"
    for name in ("link-health.md", "link-health.html"):
        assert "demonstration" in (archive / name).read_text(encoding="utf-8").lower()


def test_the_page_behind_the_library_proxy_is_offered(
    runs: Runs,
) -> None:
    (row,) = (r for r in runs[1][0]["links"] if r["reason"] == "library-proxy")
    assert row["suggestion"] == {
        "kind": "unproxied",
        "url": "https://archive.maritime.example.org/documents/logbook-of-the-pole-star",
        "state": "ok",
    }
