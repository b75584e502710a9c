"""What the ledger keeps of local copies on this machine, and what must stay of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from citecheck.ledger import copies
from citecheck.records.archive import Snapshot
from citecheck.records.copies import Held
from citecheck.records.memory import LinkRecord
from standins.wire import MOMENT

URL = "https://example.com/plain"
NAME = "warc/citecheck-20261122031415-001.warc.gz#urn:uuid:{}"


def local(number: int) -> Snapshot:
    return Snapshot("local", NAME.format(number), MOMENT, "local", 200)


def record(*snapshots: Snapshot) -> LinkRecord:
    return LinkRecord(
        url=URL, state="ok", reason="ok", confidence="high", detail="", since=MOMENT,
        first_seen=MOMENT, sha256="ab", snapshots=snapshots,
    )  # fmt: skip


def test_they_are_laid_over_those_of_before(tmp_path: Path) -> None:
    path = tmp_path / "copies.jsonl"
    copies.write(path, [])
    assert not path.exists()
    first, second = Held(URL, local(1)), Held("https://example.com/b", local(2), complete=True)
    copies.write(path, [second, first])
    copies.write(path, [Held(URL, local(3), complete=True)])
    assert copies.read(path) == {
        "https://example.com/b": second,
        URL: Held(URL, local(3), complete=True),
    }
    assert path.read_text().splitlines()[0] == '{"schema": "citecheck/copies/1"}'


def test_a_secret_is_in_no_name_and_a_torn_line_costs_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "copies.jsonl"
    copies.write(path, [Held(f"{URL}?access_token=hunter2", local(1))])
    assert "hunter2" not in path.read_text()
    path.write_text(path.read_text() + '{"url": 7}\n{"url": "https://e')
    assert len(copies.read(path)) == 1


def test_what_must_stay() -> None:
    wanted = copies.wanted([record(local(1), local(2)), None], [Held(URL, local(3))])
    assert wanted.records == {f"<urn:uuid:{n}>" for n in (1, 2, 3)}
    assert wanted.bodies == {"ab"}
    assert wanted.archived == {}


def test_only_a_copy_that_is_sure_stands_for_ours() -> None:
    address = "https://web.archive.org/web/20261122031415/https://example.com/plain"
    shown = Snapshot("wayback", address, MOMENT, "cited", 200, verified=True)
    made = Snapshot("wayback", address, MOMENT, "saved", 200)
    for sure in (shown, made):
        assert copies.wanted([record(sure)], []).archived == {URL: (MOMENT,)}
    for unsure in (
        replace(shown, verified=None),
        replace(shown, verified=False),
        replace(made, verified=False),
        replace(shown, status=404),
        replace(shown, status=None),
        replace(made, archive="software-heritage"),
        local(1),
    ):
        assert copies.wanted([record(unsure)], []).archived == {}


def test_a_folder_that_cannot_be_smaller_is_not_read_through_by_every_run(tmp_path: Path) -> None:
    path = tmp_path / "pruning.json"
    assert copies.worth_pruning(path, 2_000, 1_000)
    copies.note_pruned(path, 2_000, 1_000)
    assert not copies.worth_pruning(path, 2_050, 1_000)
    assert copies.worth_pruning(path, 2_200, 1_000)
    assert copies.worth_pruning(path, 2_000, 1_500), "another limit"
    path.write_text("[torn")
    assert copies.worth_pruning(path, 2_000, 1_000)
