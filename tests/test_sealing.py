"""Sealing a run: what gets a manifest, where it lies, what it is chained to, and its time stamp."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from citecheck.auditing import audit
from citecheck.ledger.store import Ledger
from citecheck.proof.manifest import Manifest, parse, sha256
from citecheck.proof.timestamp import verified
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.records.report import Report
from citecheck.sealing import Sealing
from standins.clock import START, FakeClock
from standins.kept import PAGE, memory, page, run, settings_of
from standins.tsa import URL, Authority

OTHER = "https://example.com/other"


def read(root: Path, name: str) -> Manifest:
    return parse((root / "archive" / name).read_bytes())


def named(manifest: Manifest) -> list[str]:
    return [one.name for one in manifest.previous]


def test_a_run_with_news_is_sealed_for_git(tmp_path: Path) -> None:
    name = run(tmp_path, page(), news=[memory(PAGE)])
    assert name == "manifests/20260301120000.json"
    found = read(tmp_path, name)
    assert found.generated == "2026-03-01T12:00:00Z"
    assert found.previous == ()
    (file,) = found.files
    assert (file.name, file.late) == ("citecheck-20260301120000-001.warc.gz", False)


def test_a_quiet_run_leaves_what_git_sees_as_it_was(tmp_path: Path) -> None:
    first = run(tmp_path, page(), news=[memory(PAGE)])
    before = {p: p.read_bytes() for p in (tmp_path / "archive/manifests").iterdir()}
    second = run(tmp_path, page(body=b"more"), day=1)
    assert second == "warc/20260302120000.manifest.json"
    assert {p: p.read_bytes() for p in (tmp_path / "archive/manifests").iterdir()} == before
    assert named(read(tmp_path, second)) == [first]


def test_a_run_that_wrote_nothing_seals_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, news=[memory(PAGE)]) == ""
    assert not (tmp_path / "archive/manifests").exists()


def test_the_chain_holds_with_quiet_runs_and_without_them(tmp_path: Path) -> None:
    one = run(tmp_path, page(), news=[memory(PAGE)])
    quiet = run(tmp_path, page(body=b"2"), day=1)
    two = run(tmp_path, page(body=b"3"), day=2, news=[memory(OTHER)])
    assert named(read(tmp_path, two)) == sorted([one, quiet])
    for previous in read(tmp_path, two).previous:
        data = (tmp_path / "archive" / previous.name).read_bytes()
        assert previous.sha256 == sha256(data)
    three = run(tmp_path, page(body=b"4"), day=3, news=[memory(PAGE + "?3")])
    assert named(read(tmp_path, three)) == [two]


def test_two_branches_that_were_merged_are_both_chained_to(tmp_path: Path) -> None:
    one = run(tmp_path, page(), news=[memory(PAGE)])
    two = run(tmp_path, page(body=b"2"), day=1, news=[memory(OTHER)])
    path = tmp_path / "archive" / two
    branch = path.with_name("20260303120000.json")
    path.rename(branch)  # seen from here, as if it had come with a merge
    mine = run(tmp_path, page(body=b"3"), day=3, news=[memory(PAGE + "?3")])
    assert named(read(tmp_path, mine)) == ["manifests/20260303120000.json"]
    assert one in named(read(tmp_path, "manifests/20260303120000.json"))


def test_what_a_killed_run_left_unsealed_is_sealed_by_the_next(tmp_path: Path) -> None:
    run(tmp_path, page(), news=[memory(PAGE)], seal=False)
    name = run(tmp_path, page(body=b"new"), day=1, news=[memory(OTHER)])
    files = {file.name: file.late for file in read(tmp_path, name).files}
    assert files == {
        "citecheck-20260301120000-001.warc.gz": True,
        "citecheck-20260302120000-001.warc.gz": False,
    }


def test_a_file_that_was_never_closed_is_late_too(tmp_path: Path) -> None:
    run(tmp_path, page(), seal=False)
    (path,) = (tmp_path / "archive/warc").glob("*.warc.gz")
    path.rename(path.with_name(path.name + ".open"))
    name = run(tmp_path, day=1, news=[memory(PAGE)])
    assert [f.late for f in read(tmp_path, name).files] == [True]


def test_nothing_is_sealed_twice_even_where_the_memory_is_lost(tmp_path: Path) -> None:
    run(tmp_path, page(), news=[memory(PAGE)])
    (tmp_path / "archive/.state/manifests.json").unlink()
    assert run(tmp_path, day=1) == ""


def test_a_file_of_this_run_is_sealed_though_another_machine_had_one_of_its_name(
    tmp_path: Path,
) -> None:
    run(tmp_path, page(), news=[memory(PAGE)])
    (copy,) = (tmp_path / "archive/warc").glob("*.warc.gz")
    copy.unlink()
    (tmp_path / "archive/indexes/index.cdxj").unlink()
    second = run(tmp_path, page(body=b"mine"), news=[memory(OTHER)])
    assert second == "manifests/20260301120000-2.json"
    assert [file.name for file in read(tmp_path, second).files] == [copy.name]
    assert audit(settings_of(tmp_path), (), FakeClock()).damage == ()


def test_a_damaged_manifest_counts_for_nothing(tmp_path: Path) -> None:
    first = run(tmp_path, page(), news=[memory(PAGE)])
    path = tmp_path / "archive" / first
    path.write_bytes(path.read_bytes().replace(b"0.1.0", b"0.9.9"))
    second = run(tmp_path, page(body=b"2"), day=1)
    found = read(tmp_path, second)
    assert [file.late for file in found.files] == [True, False]
    assert found.previous == ()


# Time stamps


def finished(
    root: Path,
    authority: Authority,
    url: str = URL,
    *,
    interrupted: bool = False,
    network_down: bool = False,
) -> tuple[str, ...]:
    """The end of a run; what its report says was not done."""
    ledger, clock = Ledger(settings_of(root), FakeClock(START)), FakeClock(START)
    report = Report(
        START, "0.1.0", None, (), (), (), interrupted=interrupted, network_down=network_down
    )

    @asynccontextmanager
    async def client() -> AsyncIterator[Authority]:
        yield authority

    async def inside() -> Report:
        with ledger.lock():
            return await Sealing(ledger, clock).finish(report, (), url, client)

    return tuple(f"{one.what}: {one.why}" for one in asyncio.run(inside()).skipped)


def test_the_stamp_lies_beside_the_manifest_and_holds(tmp_path: Path) -> None:
    name = run(tmp_path, page(), news=[memory(PAGE)])
    assert finished(tmp_path, Authority()) == ()
    stamp = tmp_path / "archive/manifests/20260301120000.tsr"
    assert verified(stamp.read_bytes(), (tmp_path / "archive" / name).read_bytes())


def test_it_is_asked_for_once(tmp_path: Path) -> None:
    run(tmp_path, page(), news=[memory(PAGE)])
    authority = Authority()
    finished(tmp_path, authority)
    finished(tmp_path, authority)
    assert len(authority.asked) == 1


def test_the_newest_of_each_kind_is_stamped_for_it_stands_for_the_others(tmp_path: Path) -> None:
    run(tmp_path, page(), news=[memory(PAGE)])
    run(tmp_path, page(body=b"2"), day=1, news=[memory(OTHER)])
    run(tmp_path, page(body=b"3"), day=2)
    run(tmp_path, page(body=b"4"), day=3)
    finished(tmp_path, Authority())
    stamps = sorted(p.relative_to(tmp_path / "archive") for p in tmp_path.rglob("*.tsr"))
    assert [str(p) for p in stamps] == [
        "manifests/20260302120000.tsr",
        "warc/20260304120000.manifest.tsr",
    ]


def test_an_authority_that_fails_is_told_and_asked_again(tmp_path: Path) -> None:
    run(tmp_path, page(), news=[memory(PAGE)])
    authority = Authority(http_status=503)
    assert finished(tmp_path, authority) == (
        "timestamp: tsa.example: it answered with status 503; the next run asks again",
    )
    assert not list(tmp_path.rglob("*.tsr"))
    assert finished(tmp_path, Authority()) == ()
    assert list(tmp_path.rglob("*.tsr"))


@pytest.mark.parametrize(("interrupted", "down"), [(True, False), (False, True)])
def test_nobody_is_asked_after_a_run_that_was_cut_short(
    tmp_path: Path, interrupted: bool, down: bool
) -> None:
    run(tmp_path, page(), news=[memory(PAGE)])
    authority = Authority()
    assert finished(tmp_path, authority, interrupted=interrupted, network_down=down) == ()
    assert authority.asked == []


def test_nobody_is_asked_where_no_authority_is_named(tmp_path: Path) -> None:
    run(tmp_path, page(), news=[memory(PAGE)])
    authority = Authority()
    assert finished(tmp_path, authority, url="") == ()
    assert authority.asked == []


def test_a_damaged_manifest_is_not_stamped(tmp_path: Path) -> None:
    name = run(tmp_path, page(), news=[memory(PAGE)])
    path = tmp_path / "archive" / name
    path.write_bytes(path.read_bytes() + b" ")
    authority = Authority()
    finished(tmp_path, authority)
    assert not path.with_suffix(".tsr").exists()


class Patient(Authority):
    """One that never answers, until the person at the keyboard loses patience."""

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        await asyncio.sleep(0)
        return Fault(FaultKind.READ_TIMEOUT)


def test_a_person_who_cuts_the_wait_short_has_the_report_all_the_same(tmp_path: Path) -> None:
    run(tmp_path, page(), news=[memory(PAGE)])
    assert finished(tmp_path, Patient()) == (
        "timestamp: tsa.example: cut short; the next run asks again",
    )
