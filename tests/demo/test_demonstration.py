"""`citecheck run --demo`, then `--again`: the whole program on the small web."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from citecheck import mending, wiring
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


def test_a_nearer_copy_that_shows_an_error_page_is_passed_over(runs: Runs) -> None:
    home, (first, _) = runs
    rows = {row["url"]: row for row in first["links"]}
    row = rows["https://kaiyo-shiryo.example/toudai/kiri-shingo.html"]
    assert row["lookup"]["passed_over"] == [{"stamp": "20110307194420", "why": "error-page"}]
    assert row["suggestion"]["url"].startswith("https://web.archive.org/web/20110319023117/")
    assert [s["verified"] for s in row["snapshots"]] == [True]
    page = (home / NAME / "archive" / "link-health.html").read_text(encoding="utf-8")
    assert "the copy of 2011-03-07 shows an error page" in page
    assert "taken 2011-03-19, nearest, 16 days from the citation, looked at" in page


def test_local_copies_of_lost_pages_are_offered(runs: Runs) -> None:
    text = (runs[0] / NAME / "archive" / "link-health.md").read_text(encoding="utf-8")
    assert text.count("A local copy of ") == 2
    assert "Copies: 11 of 20 links are in a public archive (8 saved by citecheck)" in text.replace(
        "\\", ""
    )


def test_its_folder_is_a_project_that_can_be_mended(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(runs[0] / NAME)
    orders = mending.Orders(("paper.md",), (), (), False, False)
    assert mending.perform(orders, config=None, flags={}) == 1
    assert capsys.readouterr().out.count("\n+<sup>") == 3


def test_what_to_do_next_is_said_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _demonstrate(False) == 0
    told = capsys.readouterr().err
    assert "cd citecheck-demo && citecheck mend paper.md" in told
    assert "citecheck run --demo --again" in told


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
