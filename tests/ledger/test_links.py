from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from citecheck.ledger.redaction import link_key
from citecheck.ledger.shards import LIMIT, shard_of
from citecheck.ledger.store import Ledger
from citecheck.records.memory import LinkRecord, Memory, Visit
from citecheck.records.observation import Sketch
from citecheck.settings import Settings
from standins.wire import MOMENT, FixedClock

HEADER = '{"schema": "citecheck/links/1"}\n'


def record(url: str, state: str = "ok", since: datetime = MOMENT) -> LinkRecord:
    return LinkRecord(url, state, state, "high", "Fine.", since=since, first_seen=MOMENT)


def visit(url: str, at: datetime = MOMENT) -> Visit:
    return Visit(url, at, etag='"x"', sketch=Sketch(2, 5, (1, 2)))


def ledger(root: Path) -> Ledger:
    return Ledger(Settings(root=root), FixedClock())


def line(url: str, state: str, since: str) -> str:
    row = {"url": url, "state": state, "reason": state, "confidence": "high", "detail": "",
           "since": since, "first_seen": "2026-01-01T00:00:00Z"}  # fmt: skip
    return json.dumps(row) + "\n"


def test_lines_are_sorted_and_short(tmp_path: Path) -> None:
    ledger(tmp_path).save_links([record("https://b.example/"), record("https://a.example/é")])
    assert (tmp_path / "archive" / "links.jsonl").read_bytes().decode() == (
        HEADER + '{"url": "https://a.example/é", "state": "ok", "reason": "ok", '
        '"confidence": "high", "detail": "Fine.", "since": "2026-11-22T03:14:15.123456Z", '
        '"first_seen": "2026-11-22T03:14:15.123456Z"}\n'
        '{"url": "https://b.example/", "state": "ok", "reason": "ok", "confidence": "high", '
        '"detail": "Fine.", "since": "2026-11-22T03:14:15.123456Z", '
        '"first_seen": "2026-11-22T03:14:15.123456Z"}\n'
    )


def test_both_halves_come_back_and_other_links_stay(tmp_path: Path) -> None:
    a, b = "https://a.example/", "https://b.example/"
    ledger(tmp_path).save_links([record(a), record(b)])
    ledger(tmp_path).save_visits([visit(a)])
    ledger(tmp_path).save_links([record(b, "dead")])
    ledger(tmp_path).save_visits([visit("https://c.example/")])
    found = ledger(tmp_path).load()
    assert dict(found) == {
        a: Memory(record(a), visit(a)),
        b: Memory(record(b, "dead"), None),
        "https://c.example/": Memory(None, visit("https://c.example/")),
    }
    assert found.get("https://d.example/") is None
    ledger(tmp_path).save_links([], forget=[a])
    assert ledger(tmp_path).load()[a].record is None


def test_nothing_to_say_makes_no_file_and_no_change_leaves_it_alone(tmp_path: Path) -> None:
    ledger(tmp_path).save_links([])
    assert not (tmp_path / "archive").exists()
    assert dict(ledger(tmp_path).load()) == {}
    ledger(tmp_path).save_links([record("https://a.example/")])
    before = (tmp_path / "archive" / "links.jsonl").stat()
    ledger(tmp_path).save_links([record("https://a.example/")])
    after = (tmp_path / "archive" / "links.jsonl").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_of_doubles_the_newest_wins_whatever_the_order(tmp_path: Path) -> None:
    path = tmp_path / "archive" / "links.jsonl"
    path.parent.mkdir()
    old = line("https://a.example/", "ok", "2026-03-01T00:00:00Z")
    new = line("https://a.example/", "dead", "2026-03-02T00:00:00Z")
    for text in (HEADER + old + HEADER + new, new + old + HEADER):
        path.write_text(text)
        found = ledger(tmp_path).load()["https://a.example/"].record
        assert found is not None
        assert found.state == "dead"


def test_a_torn_end_and_a_spoilt_line_cost_no_other_link(tmp_path: Path) -> None:
    path = tmp_path / "archive" / "links.jsonl"
    path.parent.mkdir()
    whole = line("https://a.example/", "ok", "2026-03-01T00:00:00Z")
    path.write_text(HEADER + "spoilt\n" + whole + whole[:50])
    book = ledger(tmp_path)
    assert list(book.load()) == ["https://a.example/"]
    assert book.warnings == [f"{path}, line 2: cannot be read and was passed over"]


def test_a_line_of_a_newer_version_survives_writing(tmp_path: Path) -> None:
    path = tmp_path / "archive" / "links.jsonl"
    path.parent.mkdir()
    path.write_text(HEADER + '{"url": "https://a.example/", "state": {"new": "shape"}}\n')
    book = ledger(tmp_path)
    assert dict(book.load()) == {}
    assert len(book.warnings) == 1
    book.save_links([record("https://b.example/")])
    assert '{"url": "https://a.example/", "state": {"new": "shape"}}\n' in path.read_text()


def test_links_that_differ_in_a_secret_alone_are_kept_apart_without_it(tmp_path: Path) -> None:
    one, two = (f"https://ex.com/a?token=hunter{n}" for n in (1, 2))
    book = ledger(tmp_path)
    book.save_links([replace(record(one, "dead"), detail=f"gone: {one}"), record(two)])
    book.save_visits([visit(one), visit(two)])
    found = ledger(tmp_path).load()
    states = [m.record.state for m in (found[one], found[two]) if m.record]
    assert states == ["dead", "ok"]
    assert one in found
    # A run hands back what it loaded beside what it made anew: the new one, last, counts.
    moved = record(one, "moved")
    book.keep({**found, one: Memory(moved, visit(one))}, [moved])
    found = ledger(tmp_path).load()
    assert len(found) == 2
    assert [m.record.state for m in (found[one], found[two]) if m.record] == ["moved", "ok"]
    assert [n.url for n in book.read_history()] == [link_key(one)]
    everything = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"hunter" not in everything


def test_above_the_limit_links_and_history_become_shards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LIMIT == 10_000
    limit = 1_000
    monkeypatch.setattr("citecheck.ledger.links.LIMIT", limit)
    book = ledger(tmp_path)
    records = [record(f"https://host{n}.example/") for n in range(limit)]
    book.keep({r.url: Memory(r, Visit(r.url, MOMENT)) for r in records}, records[:3])
    archive = tmp_path / "archive"
    assert (archive / "links.jsonl").exists()
    more = record("https://one-more.example/")
    book.keep({more.url: Memory(more, visit(more.url))}, [more])
    assert not (archive / "links.jsonl").exists()
    assert not (archive / "history.jsonl").exists()
    shard = archive / "links" / f"{shard_of(more.url)}.jsonl"
    assert shard.read_text().startswith(HEADER)
    assert '"url": "https://one-more.example/"' in shard.read_text()
    assert len(list((archive / "links").iterdir())) <= 256
    again = ledger(tmp_path)
    assert len(again.load()) == limit + 1
    assert {n.url for n in again.read_history()} == {more.url, *(r.url for r in records[:3])}
    # It stays a folder, and a change touches one shard alone.

    def times() -> dict[str, int]:
        return {p.name: p.stat().st_mtime_ns for p in (archive / "links").iterdir()}

    before = times()
    again.save_links([replace(more, state="dead")], forget=[records[0].url])
    changed = {name for name, moment in times().items() if before[name] != moment}
    assert changed <= {shard.name, f"{shard_of(records[0].url)}.jsonl"}
    assert len(ledger(tmp_path).load()) == limit + 1  # the visit of the forgotten link is left
    assert again.warnings == []


def test_a_kill_between_the_shards_and_the_old_file_changes_nothing(tmp_path: Path) -> None:
    a = "https://a.example/"
    archive = tmp_path / "archive"
    (archive / "links").mkdir(parents=True)
    ledger(tmp_path).save_links([record(a, "dead", MOMENT + timedelta(days=1))])
    assert [p.name for p in (archive / "links").iterdir()] == [f"{shard_of(a)}.jsonl"]
    (archive / "links.jsonl").write_text(HEADER + line(a, "ok", "2026-03-01T00:00:00Z"))
    found = ledger(tmp_path).load()[a].record
    assert found is not None
    assert found.state == "dead"
    ledger(tmp_path).save_links([])
    assert not (archive / "links.jsonl").exists()


def test_the_shard_is_that_of_the_registrable_domain() -> None:
    # printf '%s' example.co.uk | sha256sum
    assert shard_of("https://www.example.co.uk/a") == shard_of("http://example.co.uk:8080/b")
    assert shard_of("https://example.com/") == "a3"
