"""What reports say of a local copy: only what is there, and only where it helps."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from citecheck.ledger.store import Ledger
from citecheck.publish import with_copies
from citecheck.records.archive import Snapshot
from citecheck.records.copies import Held
from citecheck.records.finding import State
from citecheck.records.report import LinkRow, Report
from citecheck.reports import csv_report, html, json_report, markdown, terminal
from citecheck.reports.words import headline
from citecheck.settings import Settings
from citecheck.warc.holdings import name_of
from standins.sample_report import sample_report
from standins.wire import MOMENT, FixedClock, exchange

URL = "https://example.com/plain"
FILE = "archive/warc/citecheck-20261122031415-001.warc.gz"


def kept(root: Path) -> tuple[Ledger, Snapshot]:
    """A ledger with one local copy, and the copy's name in it."""
    ledger = Ledger(Settings(root=root, archive_dir=root / "archive"), FixedClock())
    with ledger.recorder("citecheck/0.1.0") as recorder:
        recorder.record(exchange(), URL)
        copy = recorder.copy_of(URL, MOMENT)
    assert copy is not None
    return ledger, Snapshot("local", name_of(copy), MOMENT, "local", 200)


def report(state: State, *snapshots: Snapshot) -> Report:
    whole = sample_report()
    row: LinkRow = next(r for r in whole.links if r.finding.state is State.DEAD)
    finding = replace(row.finding, state=state)
    return replace(whole, links=(replace(row, url=URL, finding=finding, snapshots=snapshots),))


def texts(told: Report) -> tuple[str, str, str]:
    printed = " ".join(terminal.render(told).split())
    return printed, markdown.render(told), html.render(told)


def test_a_copy_that_is_there_is_offered_with_its_file(tmp_path: Path) -> None:
    ledger, snapshot = kept(tmp_path)
    told = with_copies(report(State.DEAD, snapshot), ledger)
    for text in texts(told):
        assert "A local copy of 2026-11-22 is kept" in text
        assert "pywb -d archive" in text
        assert "/web/20261122031415/" in text
        assert FILE in text


def test_the_headline_knows_of_it(tmp_path: Path) -> None:
    ledger, snapshot = kept(tmp_path)
    told = report(State.DEAD, snapshot)
    bare = replace(told.links[0], finding=replace(told.links[0].finding, suggestion=None))
    told = with_copies(replace(told, links=(bare,)), ledger)
    assert headline(told).todo == (
        "No other address to cite is known yet, but of it a local copy is kept."
    )


def test_a_copy_that_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    ledger, snapshot = kept(tmp_path)
    (tmp_path / FILE).unlink()
    for text in texts(with_copies(report(State.DEAD, snapshot), ledger)):
        assert "A local copy was made on 2026-11-22, but it is not in this folder" in text
        assert "is kept" not in text


def test_a_copy_of_this_machine_stands_in_for_one_of_another(tmp_path: Path) -> None:
    ledger, snapshot = kept(tmp_path)
    elsewhere = replace(snapshot, url="warc/citecheck-20260101000000-001.warc.gz#urn:uuid:0")
    ledger.keep_copies([Held(URL, snapshot)])
    (row,) = with_copies(report(State.DEAD, elsewhere), ledger).links
    assert row.kept is not None
    assert row.kept.url == FILE


@pytest.mark.parametrize("state", [State.OK, State.MOVED, State.UNCHECKED])
def test_a_page_that_is_well_needs_none(tmp_path: Path, state: State) -> None:
    ledger, snapshot = kept(tmp_path)
    for text in texts(with_copies(report(state, snapshot), ledger)):
        assert "local copy of" not in text.lower()


def test_reports_for_machines_tell_of_it_the_same_on_every_machine(tmp_path: Path) -> None:
    ledger, snapshot = kept(tmp_path)
    told = report(State.DEAD, snapshot)
    seen = with_copies(told, ledger)
    assert json_report.render(seen) == json_report.render(told)
    (row,) = json.loads(json_report.render(seen))["links"]
    assert [(s["archive"], s["role"], s["url"]) for s in row["snapshots"]] == [
        ("local", "local", snapshot.url)
    ]
    assert "warc/" not in csv_report.render(seen), "it is no address to cite"
