from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from citecheck import cli
from citecheck.errors import LedgerError, SettingsError
from citecheck.exporting import export, told
from citecheck.ledger.store import Ledger
from citecheck.settings import Settings
from citecheck.warc.wacz_check import problems
from standins.packing import DAY, GONE, NEW, PLAIN, SECOND, SHARED, project, recorded
from standins.wire import MOMENT, FixedClock

WARCS = ["citecheck-20261122031415-001.warc.gz", "citecheck-20261123031415-001.warc.gz"]


def exported(root: Path, settings: Settings | None = None, title: str = "") -> zipfile.ZipFile:
    settings = settings or project(root)
    done = export(root / "out.wacz", settings, FixedClock(), title)
    assert problems(done.path) == ()
    assert done.sha256 == hashlib.sha256(done.path.read_bytes()).hexdigest()
    return zipfile.ZipFile(done.path)


def pages(wacz: zipfile.ZipFile) -> list[dict[str, object]]:
    return [json.loads(line) for line in wacz.read("pages/pages.jsonl").splitlines()[1:]]


def records(wacz: zipfile.ZipFile) -> list[tuple[str, str, str]]:
    """Type, address and id of all records."""
    found = []
    for name in wacz.namelist():
        if name.startswith("archive/"):
            with wacz.open(name) as stream:
                found += [
                    (r.rec_type, r.rec_headers["WARC-Target-URI"] or "",
                     r.rec_headers["WARC-Record-ID"])
                    for r in ArchiveIterator(stream, check_digests="raise")
                ]  # fmt: skip
    return found


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, ["export", *words], env={"COLUMNS": "80"})


def test_whole_files_go_in_as_they_are_with_what_was_found_out(tmp_path: Path) -> None:
    settings = project(tmp_path)
    (tmp_path / "archive" / "manifests").mkdir()
    (tmp_path / "archive" / "manifests" / "run-1.json").write_text('{"a": 1}\n')
    (tmp_path / "archive" / "link-health.json").write_text("{}\n")
    with exported(tmp_path, settings) as wacz:
        assert wacz.namelist() == [
            *(f"archive/{name}" for name in WARCS),
            "indexes/index.cdx.gz",
            "indexes/index.idx",
            "pages/pages.jsonl",
            "citecheck/link-health.json",
            "citecheck/references.json",
            "manifests/run-1.json",
            "datapackage.json",
            "datapackage-digest.json",
        ]
        for name in WARCS:
            assert wacz.read(f"archive/{name}") == (tmp_path / "archive/warc" / name).read_bytes()
        said = json.loads(wacz.read("datapackage.json"))
        assert said["title"] == "Pages cited in paper.md"
        assert said["software"].startswith("citecheck/")
        assert said["created"] == "2026-11-23T03:14:15Z"
        assert said["mainPageUrl"] == GONE
        references = wacz.read("citecheck/references.json").decode()
        assert [r["id"] for r in json.loads(references)] == [
            "gone", "old", "plain", "shared", "wall",
        ]  # fmt: skip
        assert "SECRET" not in references


def test_the_proofs_of_runs_without_news_go_in_as_well(tmp_path: Path) -> None:
    settings = project(tmp_path)
    for name in ("20261122031415.manifest.json", "20261122031415.manifest.tsr"):
        (tmp_path / "archive" / "warc" / name).write_text("{}")
    with exported(tmp_path, settings) as wacz:
        names = [name for name in wacz.namelist() if name.startswith("manifests/")]
    assert names == [
        "manifests/20261122031415.manifest.json", "manifests/20261122031415.manifest.tsr",
    ]  # fmt: skip


def test_a_page_for_each_link_with_a_copy_that_showed_it_well(tmp_path: Path) -> None:
    """In the order of the notes: no hop, no wall, and of a dead link what it was before."""
    with exported(tmp_path) as wacz:
        found = pages(wacz)
        assert [(p["url"], p["ts"]) for p in found] == [
            (GONE, "2026-11-22T03:14:15Z"),
            (PLAIN, "2026-11-23T03:14:15Z"),
            (NEW, "2026-11-22T03:14:16Z"),
            ("https://example.com/share?token=%E2%80%A6", "2026-11-22T03:14:15Z"),
        ]
        assert [p.get("title") for p in found] == ["On gone", "Hello", "New", "On shared"]
        assert found[2]["citecheck"] == {
            "link": "https://example.com/old",
            "state": "moved",
            "reason": "redirected",
            "cited-on": "2026-11-02",
            "references": ["old"],
            "citations": [{"document": "paper.md", "note": "3", "line": 3, "reference": "old"}],
        }
        assert found[0]["citecheck"]["state"] == "dead"  # type: ignore[index]


def test_the_same_input_makes_the_same_bytes(tmp_path: Path) -> None:
    settings = project(tmp_path)
    first = export(tmp_path / "a.wacz", settings, FixedClock())
    os.utime(tmp_path / "archive" / "warc" / WARCS[0], (1, 1))
    second = export(tmp_path / "b.wacz", settings, FixedClock(MOMENT + DAY))
    assert first.sha256 == second.sha256


def test_chosen_links_bring_what_their_records_refer_to_and_nothing_else(tmp_path: Path) -> None:
    """The second day's copy of the page is a revisit, its body lies in the first day's file."""
    settings = replace(project(tmp_path), include=("/plain$",))
    (tmp_path / "archive" / "link-health.json").write_text(json.dumps({"all": [GONE]}))
    with exported(tmp_path, settings) as wacz:
        kinds = [(kind, url) for kind, url, _ in records(wacz)]
        one = [("request", PLAIN), ("metadata", PLAIN)]
        assert kinds == [
            ("warcinfo", ""), ("response", PLAIN), *one,
            ("warcinfo", ""), ("revisit", PLAIN), *one,
        ]  # fmt: skip
        assert [p["url"] for p in pages(wacz)] == [PLAIN]
        assert [r["id"] for r in json.loads(wacz.read("citecheck/references.json"))] == ["plain"]
        assert "citecheck/link-health.json" not in wacz.namelist()


def test_a_file_without_a_chosen_record_stays_out(tmp_path: Path) -> None:
    settings = replace(project(tmp_path), include=("/old",))
    with exported(tmp_path, settings) as wacz:
        assert [n for n in wacz.namelist() if n.startswith("archive/")] == [f"archive/{WARCS[0]}"]
        assert [p["url"] for p in pages(wacz)] == [NEW]


def test_filters_see_the_address_as_cited(tmp_path: Path) -> None:
    settings = replace(project(tmp_path), include=("token=SECRET",), exclude=("/plain",))
    with exported(tmp_path, settings) as wacz:
        assert {url for _, url, _ in records(wacz)} == {"", SHARED.replace("SECRET", "%E2%80%A6")}


def test_a_damaged_record_is_left_out_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path)
    path = tmp_path / "archive" / "warc" / WARCS[1]
    data = bytearray(path.read_bytes())
    rows = (tmp_path / "archive" / "indexes" / "index.cdxj").read_text().splitlines()
    spoilt = next(json.loads(r.split(" ", 2)[2]) for r in rows if WARCS[1] in r and "plain" in r)
    data[int(spoilt["offset"]) + 30] ^= 1
    path.write_bytes(data)
    monkeypatch.chdir(tmp_path)
    done = run("out.wacz")
    assert done.exit_code == 5
    assert f"Left out of {WARCS[1]}, at byte {spoilt['offset']}: " in done.stderr
    assert "citecheck audit says what is damaged" in done.stderr
    assert problems(tmp_path / "out.wacz") == ()
    with zipfile.ZipFile(tmp_path / "out.wacz") as wacz:
        assert (PLAIN, "2026-11-22T03:14:15Z") in [(p["url"], p["ts"]) for p in pages(wacz)]
        assert ("response", GONE) in [(k, u) for k, u, _ in records(wacz)][10:]


def test_standard_output_is_what_sha256sum_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path)
    monkeypatch.chdir(tmp_path)
    done = run("out.wacz", "--title", "My copies")
    assert done.exit_code == 0
    digest = hashlib.sha256((tmp_path / "out.wacz").read_bytes()).hexdigest()
    assert done.stdout == f"{digest}  out.wacz\n"
    assert "out.wacz: 26 records from 2 WARC files, " in done.stderr
    assert "A copy of 4 of 5 cited links can be opened as a page." in done.stderr
    with zipfile.ZipFile(tmp_path / "out.wacz") as wacz:
        assert json.loads(wacz.read("datapackage.json"))["title"] == "My copies"
    quiet = run("out.wacz", "-q")
    assert (quiet.exit_code, quiet.stderr) == (0, "")


def test_options_are_those_of_the_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path)
    (tmp_path / "archive").rename(tmp_path / "kept")
    (tmp_path / "references").rename(tmp_path / "refs")
    monkeypatch.chdir(tmp_path)
    for word in ("--archive", "--references", "--config", "--include", "--exclude", "--title"):
        assert word in run("--help").stdout
    assert run("out.wacz").exit_code == 2
    done = run("out.wacz", "--archive", "kept", "--references", "refs", "--exclude", "example")
    assert done.exit_code == 2
    assert "no local copy is of an address that --include and --exclude leave" in done.stderr
    assert not (tmp_path / "out.wacz").exists()
    assert not (tmp_path / "archive").exists()
    done = run("out.wacz", "--archive", "kept", "--references", "refs", "--include", "(")
    assert done.exit_code == 2
    assert run("out.wacz", "--archive", "kept", "--references", "refs").exit_code == 0


def test_nothing_to_export_is_said(tmp_path: Path) -> None:
    settings = Settings(root=tmp_path)
    with pytest.raises(LedgerError, match="there are no local copies to export; make some with"):
        export(tmp_path / "out.wacz", settings, FixedClock())
    recorded(tmp_path, (), MOMENT)
    with pytest.raises(LedgerError, match="there are no local copies"):
        export(tmp_path / "out.wacz", settings, FixedClock())
    assert [p.name for p in tmp_path.iterdir()] == ["archive"]


def test_without_references_the_ledger_says_what_was_cited(tmp_path: Path) -> None:
    settings = project(tmp_path)
    for path in (tmp_path / "references").iterdir():
        path.unlink()
    with exported(tmp_path, settings) as wacz:
        shared = SHARED.replace("SECRET", "%E2%80%A6")
        assert [p["url"] for p in pages(wacz)] == [GONE, NEW, PLAIN, shared]
        assert "citecheck/references.json" not in wacz.namelist()


def test_without_a_ledger_the_copies_go_in_without_a_page(tmp_path: Path) -> None:
    recorded(tmp_path, SECOND, MOMENT)
    with exported(tmp_path, Settings(root=tmp_path)) as wacz:
        assert pages(wacz) == []
        assert len(records(wacz)) == 7


def test_what_a_killed_run_left_goes_in(tmp_path: Path) -> None:
    settings = project(tmp_path)
    path = tmp_path / "archive" / "warc" / WARCS[1]
    path.rename(path.with_name(f"{WARCS[1]}.open"))
    with exported(tmp_path, settings) as wacz:
        assert f"archive/{WARCS[1]}" in wacz.namelist()


def test_only_a_wacz_is_written_over(tmp_path: Path) -> None:
    settings = project(tmp_path)
    target = tmp_path / "out.wacz"
    target.write_text("my thesis")
    with pytest.raises(SettingsError, match="is there already and is no WACZ file"):
        export(target, settings, FixedClock())
    assert target.read_text() == "my thesis"
    with zipfile.ZipFile(target, "w") as other:
        other.writestr("datapackage.json", '{"name": "tables"}')
    with pytest.raises(SettingsError, match="is no WACZ file"):
        export(target, settings, FixedClock())
    target.write_bytes(b"")
    first = export(target, settings, FixedClock())
    assert export(target, settings, FixedClock(), "Again").sha256 != first.sha256
    with pytest.raises(SettingsError, match=r"must end in \.wacz"):
        export(tmp_path / "out.zip", settings, FixedClock())
    (tmp_path / "folder.wacz").mkdir()
    with pytest.raises(SettingsError, match="is there already"):
        export(tmp_path / "folder.wacz", settings, FixedClock())


def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = project(tmp_path)
    target = tmp_path / "out" / "a.wacz"
    before = export(target, settings, FixedClock()).sha256

    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("citecheck.warc.zipnum.write", full)
    with pytest.raises(LedgerError, match="the disk is full"):
        export(target, settings, FixedClock())
    assert hashlib.sha256(target.read_bytes()).hexdigest() == before
    assert [p.name for p in target.parent.iterdir()] == ["a.wacz"]


def test_one_page_is_told_in_few_words(tmp_path: Path) -> None:
    recorded(tmp_path, SECOND, MOMENT)
    done = export(tmp_path / "a.wacz", Settings(root=tmp_path), FixedClock())
    assert told(done).splitlines()[1] == "A copy of 0 of 0 cited links can be opened as a page."


def test_an_export_changes_nothing_in_the_archive(tmp_path: Path) -> None:
    """Above all not what the last run noted: damage since then would be taken for meant."""
    settings = project(tmp_path)
    (tmp_path / "archive" / "links.jsonl").write_text("")
    inside = sorted(p for p in (tmp_path / "archive").rglob("*") if p.is_file())
    before = {p: p.read_bytes() for p in inside}
    export(tmp_path / "a.wacz", settings, FixedClock())
    assert {p: p.read_bytes() for p in inside} == before


def test_an_archive_that_takes_no_lock_is_exported_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = project(tmp_path)
    left = tmp_path / "archive" / "warc" / "citecheck-20261124031415-001.warc.gz.open"
    left.write_bytes(b"")

    def read_only(path: Path) -> None:
        raise LedgerError(f"{path} cannot be made: the file system is read-only")

    monkeypatch.setattr("citecheck.ledger.lock.make_folder", read_only)
    monkeypatch.setattr("citecheck.ledger.store.make_folder", read_only)
    done = export(tmp_path / "a.wacz", settings, FixedClock())
    assert done.contents.files == 2
    assert "Left out what a killed run was writing" in told(done)


def test_no_export_while_a_run_is_at_work(tmp_path: Path) -> None:
    settings = project(tmp_path)
    with Ledger(settings, FixedClock()).lock(), pytest.raises(LedgerError, match="at work here"):
        export(tmp_path / "a.wacz", settings, FixedClock())
    a_run = Ledger(settings, FixedClock()).lock()
    with Ledger(settings, FixedClock()).undisturbed() as locked:
        assert locked
        with pytest.raises(LedgerError, match="at work here"):
            a_run.__enter__()


def test_uncompressed_files_of_other_tools_are_named(tmp_path: Path) -> None:
    settings = project(tmp_path)
    (tmp_path / "archive" / "warc" / "wget.warc").write_bytes(b"")
    done = export(tmp_path / "a.wacz", settings, FixedClock())
    assert "Left out, as only .warc.gz files are read: wget.warc." in told(done)


def test_a_file_that_git_would_take_along_is_told(tmp_path: Path) -> None:
    settings = project(tmp_path)
    (tmp_path / ".git").mkdir()
    said = "git would take a.wacz along"
    assert said in told(export(tmp_path / "a.wacz", settings, FixedClock()))
    (tmp_path / ".gitignore").write_text("*.wacz\n")
    assert said not in told(export(tmp_path / "a.wacz", settings, FixedClock()))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_a_killed_export_left_goes_with_the_next_one(tmp_path: Path) -> None:
    settings = project(tmp_path / "project")
    target = tmp_path / "out" / "a.wacz"
    program = (
        "import sys; from pathlib import Path; from citecheck import disk\n"
        "with disk.replacing(Path(sys.argv[1])) as stream:\n"
        "    print('there', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"there\n"
    other = target.with_name(".citecheck-1-1.tmp")
    other.write_bytes(b"of something else")
    export(target, settings, FixedClock())  # beside one that lives
    assert len(list(target.parent.glob(".citecheck-*"))) == 2
    child.kill()
    child.communicate()
    export(target, settings, FixedClock())
    assert sorted(target.parent.iterdir()) == [other, target]
