"""The audit: whatever was altered is found and named, and nothing else is."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from citecheck import audited as audited_text
from citecheck import auditing, cli
from citecheck.errors import LedgerError, SettingsError
from citecheck.ledger import lock
from citecheck.ledger.store import Ledger
from citecheck.proof.damage import Damage, Findings, Room
from citecheck.proof.manifest import sha256
from citecheck.records.archive import Snapshot
from citecheck.records.copies import Held
from citecheck.warc import pruned as prunings
from citecheck.warc import pruning
from standins.clock import START, FakeClock
from standins.kept import PAGE, memory, observed, page, run, settings_of
from standins.tsa import Authority
from standins.warcs import member

OTHER = "https://example.com/other"
HELLO = hashlib.sha256(b"hello").hexdigest()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with news and a quiet one, both stamped."""
    folder = tmp_path_factory.mktemp("kept")
    run(folder, page(), page(OTHER, b"other"), news=[memory(PAGE, HELLO)],
        seen=[observed(page(), HELLO)])  # fmt: skip
    run(folder, page(at=START.replace(day=2)), page(OTHER, b"changed"), day=1)
    ledger = Ledger(settings_of(folder), FakeClock())
    with ledger.lock():
        for name in ledger.manifests.names():
            data = ledger.manifests.read(name) or b""
            reply = Authority().stamp(bytes.fromhex(sha256(data)), 1)
            ledger.manifests.write_stamp(name, reply)
    return folder


@pytest.fixture
def root(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to be altered."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def audited(root: Path, *files: Path) -> Findings:
    return auditing.audit(settings_of(root), files, FakeClock())


def whys(root: Path, *files: Path) -> list[str]:
    return [f"{one.file}: {one.why}" for one in audited(root, *files).damage]


def in_archive(root: Path) -> Iterator[Path]:
    for path in sorted((root / "archive").rglob("*")):
        if path.is_file() and ".state" not in path.parts:
            yield path


def test_what_runs_left_is_well_and_counted(root: Path) -> None:
    found = audited(root)
    assert found.damage == ()
    assert found.counts["WARC files"] == 2
    assert found.counts["records"] == 14
    assert found.counts["manifests"] == 2
    assert found.counts["time stamps"] == 2
    assert found.counts["index lines"] == 4
    assert found.counts["baselines with their body among the copies"] == 1
    assert [n for n in found.notes if "was stamped" not in n] == []


def test_an_audit_writes_nothing(root: Path) -> None:
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in in_archive(root)}
    audited(root)
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in in_archive(root)} == before
    assert not (root / "archive/.state/lock").exists()


def test_a_flipped_byte_anywhere_is_found_and_its_file_named(root: Path) -> None:
    """A dense sample of every file; each byte of a WARC file is flipped in its own test."""
    tried = 0
    for path in in_archive(root):
        data = path.read_bytes()
        for place in sorted(
            {0, len(data) - 1, *range(tried % 7, len(data), max(len(data) // 10, 1))}
        ):
            altered = bytearray(data)
            altered[place] ^= 1 << (place % 8)
            path.write_bytes(bytes(altered))
            found = audited(root).damage
            assert str(path.relative_to(root)) in {one.file for one in found}, place
            tried += 1
        path.write_bytes(data)
    assert tried > 100
    assert audited(root).damage == ()


def test_without_what_the_last_run_noted_copies_and_manifests_guard_themselves(root: Path) -> None:
    shutil.rmtree(root / "archive/.state")
    assert audited(root).damage == ()
    for path in [*root.rglob("*.warc.gz"), *root.rglob("archive/**/*0.json")]:
        data = path.read_bytes()
        for place in range(3, len(data), max(len(data) // 20, 1)):
            altered = bytearray(data)
            altered[place] ^= 4
            path.write_bytes(bytes(altered))
            assert str(path.relative_to(root)) in {one.file for one in audited(root).damage}
        path.write_bytes(data)


def test_damage_is_named_with_record_address_and_what_to_do(root: Path) -> None:
    path = sorted((root / "archive/warc").glob("*.warc.gz"))[0]
    data = bytearray(path.read_bytes())
    start = data.index(b"\x1f\x8b\x08\0\0\0\0\0", 4)
    data[start + 4] = 1  # the time in the gzip header: no reader would notice
    path.write_bytes(bytes(data))
    (damage,) = audited(root).damage
    assert damage.file == "archive/warc/citecheck-20260301120000-001.warc.gz"
    assert (damage.offset, damage.address) == (start, PAGE)
    assert damage.record.startswith("<urn:uuid:")
    assert damage.why == "its stored bytes are not those that were sealed"
    result = CliRunner().invoke(cli.app, ["audit"])
    assert result.exit_code == 1
    assert result.output.startswith(
        "Local copies: 1 damaged place\n"
        f"  {damage.file}, byte {start}, record {damage.record}\n"
        f"    {PAGE}\n"
        "    its stored bytes are not those that were sealed\n"
        "  What to do: Put the file back from a backup"
    )
    assert result.output.endswith("1 damaged place: see above.\n")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("archive/warc/citecheck-20260301120000-001.warc.gz", "it is gone: 7 records were sealed"),
        ("archive/warc/citecheck-20260302120000-001.warc.gz", "it is gone: 7 records were sealed"),
        ("archive/manifests/20260301120000.json", "it is gone: warc/20260302120000.manifest.json"),
        ("archive/warc/20260302120000.manifest.json", "it is gone since the last run"),
        ("archive/manifests/20260301120000.tsr", "it is gone since the last run"),
        ("archive/links.jsonl", "it is gone since the last run"),
        ("archive/indexes/index.cdxj", "none of its"),
        ("references/paper.md.json", "it is gone since the last run"),
    ],
)
def test_what_is_gone_is_named(root: Path, path: str, why: str) -> None:
    (root / path).unlink()
    found = audited(root).damage
    assert any(one.file == path and why in one.why for one in found), found


def test_a_revisit_without_its_original_is_named(root: Path) -> None:
    (root / "archive/warc/citecheck-20260301120000-001.warc.gz").unlink()
    assert any("its body is in the record <urn:uuid:" in why for why in whys(root))


def test_a_clone_has_no_copies_and_that_is_no_damage(root: Path) -> None:
    for folder in ("warc", "indexes", ".state"):
        shutil.rmtree(root / "archive" / folder)
    found = audited(root)
    assert found.damage == ()
    assert "1 WARC file that manifests name is not here, as in a clone" in found.notes


def test_a_later_manifest_tells_of_an_exchanged_one_before_it(root: Path) -> None:
    run(root, page(body=b"three"), day=2, news=[memory(OTHER)])
    for name in ("warc", "indexes", ".state"):
        shutil.rmtree(root / "archive" / name)
    path = root / "archive/manifests/20260301120000.json"
    shutil.copy(root / "archive/manifests/20260303120000.json", path)
    assert any("it is not the one that manifests/20260303120000.json" in why for why in whys(root))


def test_a_file_that_no_run_has_sealed_yet_is_told_and_read_all_the_same(root: Path) -> None:
    run(root, page(body=b"new"), day=3, seal=False)
    found = audited(root)
    name = "archive/warc/citecheck-20260304120000-001.warc.gz"
    assert found.damage == ()
    assert f"{name} is not sealed yet: the next run does that" in found.notes
    path = root / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    assert audited(root).damage[0].file == name


def test_the_index_of_files_of_other_tools_is_theirs(root: Path) -> None:
    warc, index = root / "archive/warc", root / "archive/indexes/index.cdxj"
    theirs = member("response", b"HTTP/1.1 200 OK\r\n\r\nx", {"WARC-Target-URI": PAGE})
    (warc / "wget.warc.gz").write_bytes(theirs)
    run(root, day=3)  # seals it
    assert whys(root) == []
    (warc / "wget.warc").write_bytes(gzip.decompress(theirs))
    place = '{"url": "x", "offset": "7", "length": "1", "filename": "%s"}\n'
    lines = [f"~ 20260101000000 {place % name}" for name in ("wget.warc", "wget.warc.gz")]
    with index.open("a") as stream:
        stream.writelines(lines)
    run(root, day=4)
    assert whys(root) == []
    (warc / "wget.warc").unlink()
    assert whys(root) == ["archive/indexes/index.cdxj: it names wget.warc, which is not there"]


def test_a_file_that_is_being_written_is_left_alone(root: Path) -> None:
    (root / "archive/warc/citecheck-20260305120000-001.warc.gz.open").write_bytes(b"\x1f\x8b")
    found = audited(root)
    assert found.damage == ()
    assert any("it was not closed yet" in note for note in found.notes)


def test_a_running_run_is_told_and_its_writing_no_damage(root: Path) -> None:
    with lock.held(root / "archive/.state/lock", FakeClock()):
        (root / "archive/link-health.json").write_text("{}")
        found = audited(root)
    assert found.damage == ()
    assert f"process {os.getpid()}" in found.notes[0]


@pytest.mark.parametrize("name", ["journal.jsonl", "lock"])
def test_after_a_kill_what_was_written_is_no_damage(root: Path, name: str) -> None:
    left = root / "archive/.state" / name
    left.write_text("{}\n")
    later = (root / "archive/.state/sums.json").stat().st_mtime_ns + 10**9
    os.utime(left, ns=(later, later))
    (root / "archive/link-health.html").write_text("<p>half")
    found = audited(root)
    assert found.damage == ()
    assert any("a run was cut off; the next one sets it right" in note for note in found.notes)


def test_an_edit_is_told_as_what_it_may_be(root: Path) -> None:
    path = root / "references/paper.md.json"
    path.write_text("[ ]\n")
    assert whys(root) == [
        "references/paper.md.json: it is not as the last run left it (an edit, a merge, or damage)"
    ]


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("archive/links.jsonl", "{nonsense}\n", "line 3: cannot be read"),
        ("archive/links.jsonl", '{"url": "x"', "its last line is torn off"),
        ("archive/links.jsonl", '{"schema": "citecheck/links/9"}\n', "newer citecheck"),
        ("archive/history.jsonl", "nonsense\n", "cannot be read"),
        ("references/paper.md.json", "nonsense", "it cannot be read"),
        ("archive/link-health.json", "nonsense", "it is no JSON text"),
    ],
)
def test_what_cannot_be_read_of_the_ledger_is_told_without_sums(
    root: Path, path: str, text: str, why: str
) -> None:
    (root / "archive/.state/sums.json").unlink()
    file = root / path
    file.write_text(file.read_text() + text)
    assert any(why in one for one in whys(root)), whys(root)


def test_pruned_records_are_no_damage(root: Path) -> None:
    warc = root / "archive/warc"
    path = warc / "citecheck-20260302120000-001.warc.gz"
    manifest = json.loads((warc / "20260302120000.manifest.json").read_text())
    (file,) = manifest["files"]
    stays, goes = file["records"][:4], file["records"][4:]
    into = path.with_name("citecheck-20260302120000-001-p1.warc.gz")
    into.write_bytes(path.read_bytes()[: goes[0]["offset"]])
    path.unlink()
    rows = tuple(
        prunings.PrunedRecord(r["id"], r["type"], r["uri"], r["date"], r["sha256"], "archived")
        for r in goes
    )
    prunings.append(warc, prunings.Pruned("2026-04-01T00:00:00Z", path.name, into.name, rows))
    index = root / "archive/indexes/index.cdxj"
    index.write_bytes(
        b"".join(
            line.replace(path.name.encode(), into.name.encode())
            for line in index.read_bytes().splitlines(keepends=True)
            if path.name.encode() not in line or PAGE.encode() in line
        )
    )
    run(root, day=7)  # seals the new file
    assert whys(root) == []
    data = bytearray(into.read_bytes())
    data[stays[1]["offset"] + 5] ^= 1
    into.write_bytes(bytes(data))
    assert {one.file for one in audited(root).damage} == {f"archive/warc/{into.name}"}


def test_what_pruning_leaves_is_well_and_guarded_however_often_it_is_done(root: Path) -> None:
    for day in range(2, 9):
        at, body = START.replace(day=day + 1), b"%d" % day * 4000
        run(root, page(body=body, at=at), page(OTHER, body, at=at), day=day)
    warc, index = root / "archive/warc", root / "archive/indexes/index.cdxj"
    ledger = Ledger(settings_of(root), FakeClock(START.replace(month=5)))
    for size in (0.95, 0.9, 0.9):
        limit = int(pruning.size_of(warc) * size)
        with ledger.lock():
            done = pruning.prune(warc, index, limit, pruning.Wanted(), START.replace(month=5))
        assert done.after < done.before
        assert whys(root) == []
    assert list(warc.glob("*-p1.warc.gz"))
    run(root, day=90)  # seals what was written anew
    assert whys(root) == []
    for path in warc.glob("*-p?.warc.gz"):
        data = path.read_bytes()
        path.write_bytes(data[:-30] + bytes([data[-30] ^ 1]) + data[-29:])
        assert {one.file for one in audited(root).damage} >= {str(path.relative_to(root))}
        path.write_bytes(data)


def test_a_copy_that_this_machine_should_have_is_missed(root: Path) -> None:
    ledger = Ledger(settings_of(root), FakeClock())
    shot = Snapshot("local", "warc/citecheck-x.warc.gz#urn:uuid:0", START, "local", 200)
    with ledger.lock():
        ledger.keep_copies([Held(PAGE, shot)])
    (damage,) = audited(root).damage
    assert (damage.address, damage.why) == (PAGE, "the copy that was made of it is nowhere")


def test_copies_that_the_ledger_names_are_counted_wherever_they_are(root: Path) -> None:
    manifest = json.loads((root / "archive/manifests/20260301120000.json").read_text())
    identity = manifest["files"][0]["records"][1]["id"].strip("<>")
    shots = tuple(
        Snapshot("local", f"warc/x.warc.gz#{name}", START, "local", 200)
        for name in (identity, "urn:uuid:0")
    )
    run(root, day=4, news=[replace(memory(OTHER), snapshots=shots)])
    found = audited(root)
    assert found.damage == ()
    assert found.counts["copies that the ledger names"] == 1
    assert found.counts["copies that the ledger names and are not here"] == 1


def test_names_from_the_web_cannot_steer_the_terminal(root: Path) -> None:
    found = Findings()
    found.add(Damage(Room.COPY, "a\x1b]8;;x", "why\u202e", 3, "<id\x07>", "https://e/\x9b"))
    found.notes.append("\x1b[2J")
    for text in (audited_text.text(found, quiet=False), audited_text.as_json(found)):
        assert not set(text) & set("\x1b\x07\x9b\u202e")


# The command


def test_one_is_told_in_the_singular() -> None:
    found = Findings(counts={"manifests": 1, "lines of links": 1, "WARC files": 2, "records": 0})
    assert audited_text.text(found, quiet=False) == (
        "Verified: 1 manifest, 1 line of links, 2 WARC files\nNo damage was found.\n"
    )


def invoke(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, ["audit", *args])
    return result.exit_code, result.output


def test_all_well_is_exit_code_0(root: Path) -> None:
    code, output = invoke()
    assert code == 0
    assert "2 WARC files, 14 records" in output
    assert output.endswith("No damage was found.\n")
    assert invoke("-q") == (0, "")


def test_json_for_programs(root: Path) -> None:
    (root / "archive/links.jsonl").write_text("")
    code, output = invoke("--format", "json")
    found = json.loads(output)
    assert code == 1
    assert found["schema"] == "citecheck/audit/1"
    assert found["damage"] == [
        {
            "kind": "ledger", "file": "archive/links.jsonl", "offset": None, "record": "",
            "url": "", "why": "it is not as the last run left it (an edit, a merge, or damage)",
        }
    ]  # fmt: skip


def test_single_files_are_held_against_the_manifests_that_name_them(root: Path) -> None:
    path = root / "archive/warc/citecheck-20260301120000-001.warc.gz"
    assert invoke(str(path))[0] == 0
    elsewhere = root / path.name
    shutil.copy(path, elsewhere)
    data = bytearray(elsewhere.read_bytes())
    data[9] ^= 1  # the system in the gzip header
    elsewhere.write_bytes(bytes(data))
    assert "its stored bytes are not those that were sealed" in whys(root, elsewhere)[0]
    stranger = root / "stranger.warc.gz"
    shutil.copy(path, stranger)
    found = audited(root, stranger)
    assert found.damage == ()
    assert found.notes[0].endswith("no manifest names it: it is not sealed")


def test_a_file_that_refers_to_another_is_no_damage(root: Path) -> None:
    found = audited(root, root / "archive/warc/citecheck-20260302120000-001.warc.gz")
    assert found.damage == ()
    assert "the bodies of 1 records are in other files" in found.notes


def test_a_broken_wacz_is_found_in_the_folder_and_alone(root: Path) -> None:
    path = root / "archive/copies.wacz"
    path.write_bytes(b"PK\x03\x04 no zip")
    assert audited(root).damage[0].file == "archive/copies.wacz"
    assert invoke(str(path))[0] == 1


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["paper.md"], "only .wacz and .warc.gz files can be audited"),
        (["none.warc.gz"], "there is no such file"),
        (["--archive", "nowhere"], "there is nothing to audit"),
        (["--format", "xml"], "--format is text or json"),
        (["--save"], "No such option"),
    ],
)
def test_what_cannot_be_asked_is_exit_code_2(root: Path, args: list[str], why: str) -> None:
    code, output = invoke(*args)
    assert code == 2
    assert why in output


def test_errors_are_of_the_kinds_that_a_person_is_told(root: Path) -> None:
    with pytest.raises(SettingsError):
        audited(root, Path("none.warc.gz"))
    shutil.rmtree(root / "archive")
    with pytest.raises(LedgerError):
        audited(root)


def test_an_empty_folder_is_nothing_to_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archive" / "warc").mkdir(parents=True)
    code, output = invoke()
    assert code == 2
    assert "there is nothing to audit; `citecheck run` makes copies" in output


def test_a_ledger_without_copies_is_audited_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(tmp_path, news=[memory(PAGE)])
    code, output = invoke()
    assert code == 0, output
    assert "no local copies are here" in output


def test_uncompressed_files_of_other_tools_are_named(root: Path) -> None:
    for number in range(5):
        (root / "archive/warc" / f"{number}.warc").write_bytes(b"")
    notes = [note for note in audited(root).notes if "stamped" not in note]
    assert notes == [
        "not audited, as only .warc.gz files are read: 0.warc, 1.warc, 2.warc and 2 more"
    ]


def test_whatever_is_counted_has_a_singular(root: Path) -> None:
    (root / "archive/x.wacz").write_bytes(b"")
    found = audited(root)
    assert found.counts.keys() <= audited_text._ONE.keys()


@pytest.mark.whole
def test_bytes_all_over_each_file_are_guarded(root: Path) -> None:
    """Every third, which takes a minute: each bit, and each kind of file, has its turn."""
    for number, path in enumerate(in_archive(root)):
        data = path.read_bytes()
        for place in range(number % 3, len(data), 3):
            altered = bytearray(data)
            altered[place] ^= 1 << (place % 8)
            path.write_bytes(bytes(altered))
            found = audited(root).damage
            assert str(path.relative_to(root)) in {one.file for one in found}, (path, place)
        path.write_bytes(data)
    assert audited(root).damage == ()
