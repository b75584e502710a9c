"""What leaves a folder of local copies that is too large, what never does, and kills in between."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from citecheck.warc import pruned
from citecheck.warc.holdings import Holdings, name_of
from citecheck.warc.pruning import Done, Wanted, prune, size_of
from citecheck.warc.recovery import recover
from citecheck.warc.writer import WarcRecorder
from standins.wire import MOMENT, FixedClock, exchange

PAGE, OTHER, STYLE = "https://a.example/p", "https://b.example/q", "https://a.example/s.css"
NOW = MOMENT + timedelta(days=90)


def body(number: int) -> bytes:
    """A page that gzip cannot make small."""
    return b"".join(f"{hash((number, n)):x}".encode() for n in range(300))


def day(number: int) -> datetime:
    return MOMENT + timedelta(days=number)


class Shelf:
    def __init__(self, archive: Path) -> None:
        self.folder, self.index = archive / "warc", archive / "indexes" / "index.cdxj"

    def keep(self, at: datetime, *pages: tuple[str, bytes], status: int = 200) -> None:
        """A run of its own, so a file of its own."""
        with WarcRecorder(
            self.folder, self.index, clock=FixedClock(at), software="citecheck/0.1.0"
        ) as recorder:
            for url, content in pages:
                recorder.record(exchange(url, content, at=at, status=status), url)

    def prune(self, limit: int = 0, wanted: Wanted = Wanted()) -> Done:  # noqa: B008 (frozen)
        return prune(self.folder, self.index, limit, wanted, NOW)

    def held(self) -> list[tuple[str, str, int]]:
        """The answers in all files: address, type, day; every digest is checked on the way."""
        found = []
        for path in sorted(self.folder.glob("*.warc.gz")):
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream, check_digests="raise"):
                    record.content_stream().read()
                    if record.rec_type in ("response", "revisit"):
                        url = record.rec_headers.get_header("WARC-Target-URI")
                        at = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date"))
                        found.append((url, record.rec_type, (at - MOMENT).days))
        return sorted(found)

    def indexed(self) -> list[tuple[str, str]]:
        """Addresses and times, each line having led to the record that it names."""
        found = []
        for line in self.index.read_text("ascii").splitlines():
            _, moment, rest = line.split(" ", 2)
            row = json.loads(rest)
            with (self.folder / row["filename"]).open("rb") as stream:
                stream.seek(int(row["offset"]))
                record = next(iter(ArchiveIterator(stream)))
                assert record.rec_headers.get_header("WARC-Record-ID") == row["id"]
            found.append((row["url"], moment[:8]))
        return sorted(found)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_versions_between_the_first_and_the_newest_go(shelf: Shelf) -> None:
    for number in range(4):
        shelf.keep(day(number), (PAGE, body(number)))
    shelf.keep(day(4), (OTHER, body(9)))
    before = size_of(shelf.folder)
    done = shelf.prune()
    assert (done.before, done.exchanges) == (before, 2)
    assert done.after == size_of(shelf.folder) < before
    assert shelf.held() == [
        (PAGE, "response", 0), (PAGE, "response", 3), (OTHER, "response", 4),
    ]  # fmt: skip
    assert shelf.indexed() == [(PAGE, "20261122"), (PAGE, "20261125"), (OTHER, "20261126")]
    assert recover(shelf.folder, shelf.index) == ()
    assert len(shelf.held()) == 3
    assert shelf.prune() == Done(done.after, done.after, 0)


def test_no_more_goes_than_must(shelf: Shelf) -> None:
    for number in range(4):
        shelf.keep(day(number), (PAGE, body(number)))
    size = size_of(shelf.folder)
    assert shelf.prune(size).exchanges == 0
    assert shelf.prune(size - 1).exchanges == 1
    assert [at for _, _, at in shelf.held()] == [0, 2, 3]


def test_a_revisit_never_loses_its_original(shelf: Shelf) -> None:
    shelf.keep(day(0), (PAGE, body(0)))
    shelf.keep(day(1), (PAGE, body(1)))
    shelf.keep(day(2), (PAGE, body(2)))
    for number in (3, 4, 5):
        shelf.keep(day(number), (PAGE, body(1)))
    assert [kind for _, kind, _ in shelf.held()].count("revisit") == 3
    shelf.prune()
    assert shelf.held() == [
        (PAGE, "response", 0), (PAGE, "response", 1), (PAGE, "response", 2), (PAGE, "revisit", 5),
    ]  # fmt: skip


def test_what_the_ledger_tells_of_and_compares_with_stays(shelf: Shelf) -> None:
    for number in range(5):
        shelf.keep(day(number), (PAGE, body(number)))
    told = Holdings(shelf.folder, shelf.index).copy_of(PAGE, day(1))
    assert told is not None
    compared = hashlib.sha256(body(3)).hexdigest()
    shelf.prune(wanted=Wanted(frozenset({told.record}), frozenset({compared})))
    assert [at for _, _, at in shelf.held()] == [0, 1, 3, 4]
    held = Holdings(shelf.folder, shelf.index)
    assert held.file_of(name_of(told)) == told.file


def test_a_copy_is_found_by_its_name_in_the_file_that_took_the_place(shelf: Shelf) -> None:
    with WarcRecorder(
        shelf.folder, shelf.index, clock=FixedClock(), software="citecheck/0.1.0"
    ) as recorder:
        for number in range(3):
            recorder.record(exchange(PAGE, body(number), at=day(number)), PAGE)
    first = Holdings(shelf.folder, shelf.index).copy_of(PAGE, day(0))
    middle = Holdings(shelf.folder, shelf.index).copy_of(PAGE, day(1))
    assert first is not None
    assert middle is not None
    shelf.prune()
    held = Holdings(shelf.folder, shelf.index)
    assert held.file_of(name_of(first)) == "citecheck-20261122031415-001-p1.warc.gz"
    assert held.file_of(name_of(middle)) == ""
    (line,) = pruned.read(shelf.folder)
    assert (line.file, line.into) == (first.file, "citecheck-20261122031415-001-p1.warc.gz")
    assert [(r.type, r.url, r.why) for r in line.records] == [
        ("response", PAGE, "intermediate"),
        ("request", PAGE, "intermediate"),
        ("metadata", PAGE, "intermediate"),
    ]
    assert line.records[0].id == middle.record


def test_walls_and_errors_between_go_and_the_only_answer_stays(shelf: Shelf) -> None:
    shelf.keep(day(0), (OTHER, body(0)), status=404)
    shelf.keep(day(1), (PAGE, body(1)))
    for number in (2, 3):
        shelf.keep(day(number), (PAGE, body(number)), status=403)
    shelf.prune()
    assert shelf.held() == [
        (PAGE, "response", 1), (PAGE, "response", 3), (OTHER, "response", 0),
    ]  # fmt: skip


def test_a_page_goes_only_where_an_archive_took_a_good_copy_about_then(shelf: Shelf) -> None:
    shelf.keep(day(0), (PAGE, body(0)), (OTHER, body(1)))
    taken = {PAGE: (day(20),), OTHER: (day(40),)}
    shelf.prune(wanted=Wanted(archived=taken))
    assert shelf.held() == [(OTHER, "response", 0)]


def test_what_a_page_is_compared_with_stays_though_an_archive_has_the_page(shelf: Shelf) -> None:
    for number in range(3):
        shelf.keep(day(number), (PAGE, body(number)))
    compared = hashlib.sha256(body(1)).hexdigest()
    shelf.prune(wanted=Wanted(bodies=frozenset({compared}), archived={PAGE: (day(2),)}))
    assert shelf.held() == [(PAGE, "response", 1)]


def test_a_header_that_cannot_be_parsed_hinders_no_pruning(shelf: Shelf) -> None:
    strange = ((b"Message-ID", b"<[>"), (b"From", b'"'), (b"To", b"<" * 3000))
    with WarcRecorder(
        shelf.folder, shelf.index, clock=FixedClock(), software="citecheck/0.1.0"
    ) as recorder:
        for number in range(3):
            seen = exchange(PAGE, body(number), at=day(number), headers=strange)
            recorder.record(seen, PAGE)
    shelf.prune()
    assert [at for _, _, at in shelf.held()] == [0, 2]
    assert len(shelf.indexed()) == 2


def test_the_name_of_a_pruned_file_is_never_taken_again(shelf: Shelf) -> None:
    shelf.keep(day(0), (PAGE, body(0)))
    shelf.prune(wanted=Wanted(archived={PAGE: (day(0),)}))
    assert shelf.held() == []
    shelf.keep(day(0), (PAGE, body(1)))  # the clock was set back
    recover(shelf.folder, shelf.index)
    assert shelf.held() == [(PAGE, "response", 0)]


def test_what_a_page_needs_goes_with_the_last_page_that_needs_it(shelf: Shelf) -> None:
    mine = "https://a.example/mine.css"
    needs = {PAGE: (STYLE, mine), OTHER: (STYLE,)}
    with WarcRecorder(
        shelf.folder, shelf.index, clock=FixedClock(), software="citecheck/0.1.0"
    ) as keep:
        for page in needs:
            keep.record(exchange(page, body(len(page))), page)
        for style in (STYLE, mine):
            keep.record(exchange(style, body(3)), PAGE, via=PAGE)
        for page, named in needs.items():
            copy = keep.copy_of(page, MOMENT)
            assert copy is not None
            keep.note(copy, [("outlink", f"{url} E link/@href") for url in named])
    elsewhere = {PAGE: (day(1),)}
    shelf.prune(wanted=Wanted(archived=elsewhere))
    assert shelf.held() == [(STYLE, "response", 0), (OTHER, "response", 0)]
    shelf.prune(wanted=Wanted(archived=elsewhere | {OTHER: (day(1),)}))
    assert shelf.held() == []
    assert list(shelf.folder.glob("*.warc.gz")) == []
    assert shelf.index.read_bytes() == b""


def test_a_file_that_cannot_be_read_through_is_left_alone(shelf: Shelf) -> None:
    for number in range(4):
        shelf.keep(day(number), (PAGE, body(number)))
    second = sorted(shelf.folder.glob("*.warc.gz"))[1]
    data = second.read_bytes()
    second.write_bytes(data[:900] + bytes([data[900] ^ 0xFF]) + data[901:])
    spoilt = second.read_bytes()
    shelf.prune()
    assert second.read_bytes() == spoilt


STEP = """
import os, sys
from pathlib import Path
from datetime import timedelta
from citecheck.warc import pruning, pruned, recovery
from citecheck import disk
from standins.wire import MOMENT

stop = int(sys.argv[2])
steps = 0
def dying(function):
    def called(*args, **options):
        global steps
        steps += 1
        if steps == stop:
            os.kill(os.getpid(), 9)
        return function(*args, **options)
    return called
os.replace = dying(os.replace)
os.fsync = dying(os.fsync)
Path.unlink = dying(Path.unlink)
archive = Path(sys.argv[1])
pruning.prune(
    archive / "warc", archive / "indexes" / "index.cdxj", 0, pruning.Wanted(),
    MOMENT + timedelta(days=90),
)
print(steps)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_at_any_step_leaves_a_folder_that_is_whole(tmp_path: Path) -> None:
    """Before each flush, rename and removal: no good copy is lost, every line of the index leads to
    its record at once, and the next run ends where an undisturbed one would."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    wanted = [(PAGE, "response", 0), (PAGE, "response", 3), (OTHER, "response", 4)]
    stop, killed = 0, 0
    while True:
        stop += 1
        archive = tmp_path / str(stop)
        shelf = Shelf(archive)
        shelf.keep(day(0), (PAGE, body(0)))
        with WarcRecorder(
            shelf.folder, shelf.index, clock=FixedClock(day(4)), software="citecheck/0.1.0"
        ) as keep:
            for number in (1, 2, 3):
                keep.record(exchange(PAGE, body(number), at=day(number)), PAGE)
            keep.record(exchange(OTHER, body(9), at=day(4)), OTHER)
        done = subprocess.run(
            [sys.executable, "-c", STEP, str(archive), str(stop)],
            capture_output=True, text=True, env=environment, check=False,
        )  # fmt: skip
        for left in archive.rglob(".citecheck-*.tmp"):
            left.unlink()  # what `sweep` does, under the lock
        assert set(wanted) <= set(shelf.held())
        assert {url for url, _ in shelf.indexed()} == {PAGE, OTHER}
        recover(shelf.folder, shelf.index)
        shelf.prune()
        assert shelf.held() == wanted
        assert len(shelf.indexed()) == 3
        assert all(
            (shelf.folder / line.into).exists() and not (shelf.folder / line.file).exists()
            for line in pruned.read(shelf.folder)
        )
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        killed += 1
    assert killed >= 6


def test_lines_of_pruned_files_are_read_and_torn_ones_passed_over(tmp_path: Path) -> None:
    name = "citecheck-1.warc.gz"
    line = pruned.Pruned("2026-11-22T03:14:15Z", name, pruned.next_name(name), ())
    pruned.append(tmp_path, line)
    with (tmp_path / pruned.NAME).open("ab") as stream:
        stream.write(b'{"at": "2026", "file": "b.warc.gz", "in')
    assert pruned.read(tmp_path) == (line,)
    pruned.append(tmp_path, line)
    assert pruned.read(tmp_path) == (line, line)


@pytest.mark.parametrize(
    ("file", "into"),
    [("../../notes.txt", ""), ("/etc/passwd", ""), ("citecheck-1.warc.gz", "../x.warc.gz"),
     ("citecheck-1.warc.gz", "citecheck-2.warc.gz"), ("", "")],
)  # fmt: skip
def test_a_list_from_a_stranger_removes_nothing_else(tmp_path: Path, file: str, into: str) -> None:
    folder = tmp_path / "archive" / "warc"
    folder.mkdir(parents=True)
    bystanders = (tmp_path / "notes.txt", folder / "citecheck-1.warc.gz", tmp_path / "x.warc.gz")
    for path in bystanders:
        path.write_text("mine")
    pruned.append(folder, pruned.Pruned("2026", file, into, ()))
    assert pruned.read(folder) == ()
    recover(folder, tmp_path / "index.cdxj")
    assert all(path.read_text() == "mine" for path in bystanders)


def test_names_of_files_written_anew() -> None:
    first = "citecheck-20261122031415-001.warc.gz"
    second = pruned.next_name(first)
    third = pruned.next_name(second)
    assert second == "citecheck-20261122031415-001-p1.warc.gz"
    assert third == "citecheck-20261122031415-001-p2.warc.gz"
    assert [pruned.before(n) for n in (first, second, third)] == [(), (first,), (second,)]
