from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citecheck.exporting import export
from citecheck.settings import Settings
from citecheck.warc import zipnum
from citecheck.warc.wacz_check import problems
from standins.packing import PLAIN, project, recorded
from standins.rezipped import put_together, taken_apart
from standins.warcs import member
from standins.wire import MOMENT, FixedClock, exchange

Files = dict[str, bytes]
Change = Callable[[Files], object]
CDX, IDX, PAGE_LIST = "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl"
WARC = "archive/citecheck-20261122031415-001.warc.gz"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of the project of two days."""
    root = tmp_path_factory.mktemp("project")
    return export(root / "a.wacz", project(root), FixedClock()).path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of one page."""
    root = tmp_path_factory.mktemp("small")
    recorded(root, [(exchange(), PLAIN)], MOMENT)
    return export(root / "a.wacz", Settings(root=root), FixedClock()).path


def flipped(path: Path, places: list[int], to: Path, bit: int) -> list[int]:
    """The places at which a flipped bit is not found."""
    data = path.read_bytes()
    missed = []
    for place in places:
        spoilt = bytearray(data)
        spoilt[place] ^= bit
        to.write_bytes(spoilt)
        if not problems(to):
            missed.append(place)
    return missed


def test_what_was_written_has_no_problem(whole: Path, small: Path) -> None:
    assert problems(whole) == problems(small) == ()


def test_a_flipped_byte_in_any_header_of_the_zip_is_found(small: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(small) as found:
        heads = [
            (i.header_offset, i.header_offset + 30 + len(i.filename)) for i in found.infolist()
        ]
        heads.append((found.start_dir, small.stat().st_size))
    places = [place for start, end in heads for place in range(start, end)]
    for bit in (0x01,):
        assert flipped(small, places, tmp_path / "b.wacz", bit) == []


def test_a_flipped_byte_anywhere_is_found(whole: Path, tmp_path: Path) -> None:
    rng = random.Random(7)
    places = rng.sample(range(whole.stat().st_size), 120)
    assert flipped(whole, places, tmp_path / "b.wacz", 0x10) == []


@pytest.mark.whole
def test_each_single_flipped_byte_is_found(small: Path, tmp_path: Path) -> None:
    places = list(range(small.stat().st_size))
    assert flipped(small, places, tmp_path / "b.wacz", 0x01) == []


def test_a_file_that_was_cut_off_or_lengthened_is_found(small: Path, tmp_path: Path) -> None:
    data = small.read_bytes()
    target = tmp_path / "b.wacz"
    for size in (0, 1, 21, 22, len(data) // 2, len(data) - 1):
        target.write_bytes(data[:size])
        assert problems(target) != ()
    for spoilt in (data + b"\0", b"\0" + data, data + data):
        target.write_bytes(spoilt)
        assert problems(target) != ()


def rows(files: Files) -> list[bytes]:
    return gzip.decompress(files[CDX]).splitlines(keepends=True)


def reindexed(files: Files, lines: list[bytes]) -> None:
    out = bytearray()
    files[IDX] = zipnum.write(lines, out.extend)
    files[CDX] = bytes(out)


def swapped(old: bytes, new: bytes, number: int = -1) -> Change:
    """Change all rows of the index, or one of them."""

    def change(files: Files) -> None:
        lines = rows(files)
        for at in range(len(lines)):
            if number in (-1, at):
                lines[at] = lines[at].replace(old, new)
        reindexed(files, lines)

    return change


def paged(old: bytes, new: bytes) -> Change:
    return lambda f: f.update({PAGE_LIST: f[PAGE_LIST].replace(old, new)})


# What is changed, with all hashes made right again, and what is said of it.
CHANGES: tuple[tuple[str, Change, str], ...] = (
    ("a page list is missing", lambda f: f.pop(PAGE_LIST), "pages/pages.jsonl is missing"),
    ("no WARC", lambda f: [f.pop(n) for n in list(f) if n.startswith("archive/")],
     "archive/ is missing"),
    ("no index", lambda f: [f.pop(CDX), f.pop(IDX)], "indexes/ is missing"),
    ("a stranger in archive/", lambda f: f.update({"archive/a.exe": b"MZ"}),
     "archive/a.exe: is no WARC file by its name"),
    ("a stranger in indexes/", lambda f: f.update({"indexes/a.txt": b""}), "is no index"),
    ("a stranger in pages/", lambda f: f.update({"pages/a.html": b""}), "is no list of pages"),
    ("a name that leads out", lambda f: f.update({"x/../../a": b""}), "leads out of the file"),
    ("an absolute name", lambda f: f.update({"/etc/passwd": b""}), "leads out of the file"),
    ("a WARC that no index names", lambda f: f.update({"archive/b.warc.gz": f[WARC]}),
     "archive/b.warc.gz, byte 3"),
    ("an index without its rows", lambda f: reindexed(f, rows(f)[1:]), "no index names this"),
    ("rows out of order", lambda f: reindexed(f, rows(f)[::-1]), "is out of order or double"),
    ("a row twice", lambda f: reindexed(f, rows(f) + rows(f)[-1:]), "is out of order or double"),
    ("another address", swapped(b'/plain", "mime', b'/other", "mime'), "is another: address"),
    ("another time", swapped(b" 20261123031415 ", b" 20251123031415 "), "is another: addr"),
    ("another status", swapped(b'"status": "200"', b'"status": "404"'), "is another"),
    ("another digest", swapped(b'"digest": "', b'"digest": "A'), "digest or length"),
    ("another length", swapped(b'"length": "', b'"length": "1'), "digest or length"),
    ("another place", swapped(b'"offset": "', b'"offset": "9'), "there is no record at byte 9"),
    ("another file", swapped(b"-001.warc", b"-002.warc"), "there is no record at byte"),
    ("another key", swapped(b"com,example)/new", b"com,example)/neu"), "its key is not that of"),
    ("no JSON in a row", swapped(b'{"url"', b'{url"'), "is no row of an index"),
    ("blocks of another index", lambda f: f.update({IDX: f[IDX].replace(b"com,", b"org,", 1)}),
     "its block begins with another line"),
    ("a hash of another block", lambda f: f.update({IDX: f[IDX].replace(b"256:", b"256:0")}),
     "its block is not the one of its digest"),
    ("no blocks", lambda f: f.update({IDX: f[IDX].splitlines(keepends=True)[0]}),
     "does not name all blocks"),
    ("a block elsewhere", lambda f: f.update({IDX: f[IDX].replace(b": 0,", b": 5,")}),
     "does not say where a block lies"),
    ("a page that no index knows", paged(b"com/plain", b"com/plaim"), "is in no index"),
    ("a page of another time", paged(b"2026-11-23T", b"2025-11-23T"), "is in no index"),
    ("a page without an address", paged(b'"url": "', b'"uri": "'), "a page needs an address"),
    ("a page of no moment", paged(b"T03:14:15Z", b" a.m."), "and a moment (ts)"),
    ("a page list that is no JSON", paged(b'{"id"', b'{id"'), "line 2: is no JSON object"),
    ("pages of another format", paged(b"json-pages-1.0", b"json-pages-7.0"), "its format is not"),
    ("a title that is no text", paged(b'"title": "Hello"', b'"title": 7'), "its title is no text"),
    ("a record that is not its digest", lambda f: f.update({WARC: f[WARC] + member(
        "response", b"HTTP/1.1 200 OK\r\n\r\nx", {"WARC-Payload-Digest": "sha1:AAAA"})}),
     "its payload is not the one of its digest"),
    ("a WARC that is cut off", lambda f: f.update({WARC: f[WARC][:-9]}), "in the middle of it"),
    ("bytes after the last record", lambda f: f.update({WARC: f[WARC] + b"\0\0"}), "record at"),
    ("a bomb", lambda f: f.update({WARC: f[WARC] + member("response", bytes(70_000_000))}),
     "it unpacks to far more"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "why"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_what_is_wrong_is_said(whole: Path, tmp_path: Path, change: Change, why: str) -> None:
    files = taken_apart(whole)
    assert problems(put_together(tmp_path / "a.wacz", files)) == ()
    change(files)
    found = problems(put_together(tmp_path / "a.wacz", files))
    assert any(why in one for one in found), found


SAYINGS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"profile": "tabular-data-package"}, "its profile is not data-package"),
    ({"wacz_version": "0.1.0"}, "wacz_version is not one that is known: '0.1.0'"),
    ({"wacz_version": None}, "wacz_version is not one that is known: None"),
    ({"title": ["a"]}, "title is no text"),
    ({"created": "yesterday"}, "created is no moment (RFC 3339)"),
    ({"created": "2026-13-22T03:14:15Z"}, "created is no moment (RFC 3339)"),
    ({"mainPageUrl": "https://nowhere.example/"}, "its main page is in no list of pages"),
)


@pytest.mark.parametrize(("said", "why"), SAYINGS)
def test_what_a_datapackage_says_wrongly_is_told(
    whole: Path, tmp_path: Path, said: dict[str, Any], why: str
) -> None:
    found = problems(put_together(tmp_path / "a.wacz", taken_apart(whole), **said))
    assert found == (f"datapackage.json: {why}",)


def changed_package(files: Files, row: dict[str, object] | None) -> Files:
    package = json.loads(files["datapackage.json"])
    if row is None:
        package["resources"].pop()
    else:
        package["resources"][0].update(row)
    return files | {"datapackage.json": json.dumps(package).encode()}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"hash": "sha256:" + "0" * 64}, f"{WARC}: is not what the hash in datapackage.json says"),
        ({"hash": "sha256:xyz"}, f"{WARC}: its hash is missing or of no kind that is known"),
        ({"hash": 7}, f"{WARC}: its hash is missing or of no kind that is known"),
        ({"bytes": 7}, f"{WARC}: has another size than datapackage.json says"),
        ({"path": "archive/other.warc.gz"}, f"{WARC}: is not listed in datapackage.json"),
        (
            {"path": ["x"]},
            "datapackage.json: a resource has no path, or one that another has: ['x']",
        ),
        ({"name": ""}, f"{WARC}: its resource has no name"),
        (None, "citecheck/references.json: is not listed in datapackage.json"),
    ],
)
def test_a_resource_that_is_not_as_listed_is_told(
    whole: Path, tmp_path: Path, row: dict[str, object] | None, why: str
) -> None:
    files = changed_package(taken_apart(whole), row)
    found = problems(put_together(tmp_path / "a.wacz", files, listed=False))
    assert why in found
    assert "datapackage.json: is not what datapackage-digest.json says" in found


def test_a_package_without_its_digest_is_told(whole: Path, tmp_path: Path) -> None:
    files = taken_apart(whole)
    del files["datapackage-digest.json"]
    found = problems(put_together(tmp_path / "a.wacz", files, listed=False))
    assert found == ("datapackage-digest.json is missing",)


def test_a_warc_that_is_compressed_again_is_told(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in taken_apart(whole).items():
            made.writestr(name, data)
    assert f"{WARC}: is compressed twice, so that no part of it can be read on its own" in problems(
        path
    )


def test_a_bomb_in_an_index_is_not_unpacked(whole: Path, tmp_path: Path) -> None:
    files = taken_apart(whole)
    files["indexes/other.cdx.gz"] = gzip.compress(bytes(70_000_000), 9)
    found = problems(put_together(tmp_path / "a.wacz", files))
    assert "indexes/other.cdx.gz: has a line that is far too long" in found
    files["indexes/other.cdx.gz"] = gzip.compress(b"\n" * 5_000_000, 9)
    assert problems(put_together(tmp_path / "a.wacz", files))[-1] == "and at least 800 more"
    files["indexes/other.cdx.gz"] = gzip.compress((b"!" + bytes(999) + b"\n") * 70_000, 9)
    found = problems(put_together(tmp_path / "a.wacz", files))
    assert "indexes/other.cdx.gz: unpacks to far more than a file of its size should" in found


def test_texts_from_strangers_cannot_speak_to_the_terminal(whole: Path, tmp_path: Path) -> None:
    files = taken_apart(whole) | {"archive/\x1b]0;x\x07": b""}
    found = problems(put_together(tmp_path / "a.wacz", files))
    assert any("\\u001b]0;x\\u0007" in one for one in found)
    assert not any("\x1b" in one for one in found)


def test_many_problems_are_counted(whole: Path, tmp_path: Path) -> None:
    files = taken_apart(whole) | {f"pages/{n}.html": b"" for n in range(300)}
    found = problems(put_together(tmp_path / "a.wacz", files))
    assert len(found) == 201
    assert found[-1] == "and 100 more"


def test_what_is_not_there_or_no_wacz_is_said(tmp_path: Path) -> None:
    assert problems(tmp_path / "a.wacz") == ("it cannot be read: no such file or directory",)
    assert problems(tmp_path) != ()
    (tmp_path / "a.zip").write_text("text")
    assert problems(tmp_path / "a.zip") == (
        "its name does not end in .wacz",
        "it is no ZIP file, or its end is missing",
    )
    (tmp_path / "b.wacz").write_bytes(b"")
    assert problems(tmp_path / "b.wacz") == ("it is no ZIP file, or its end is missing",)


def test_a_moment_before_all_years_is_a_problem_not_a_crash(whole: Path, tmp_path: Path) -> None:
    for moment in (b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59-14:00"):
        files = taken_apart(whole)
        files[PAGE_LIST] = files[PAGE_LIST].replace(b"2026-11-23T03:14:15Z", moment)
        files[WARC] += member("response", b"HTTP/1.1 200 OK\r\n\r\nx",
                              {"WARC-Date": moment.decode(), "WARC-Target-URI": PLAIN})  # fmt: skip
        found = problems(put_together(tmp_path / "a.wacz", files))
        assert any("is in no index" in one for one in found)
        assert any("no index names this record" in one for one in found)


def test_nested_json_is_a_problem_not_a_crash(whole: Path, tmp_path: Path) -> None:
    for name in ("datapackage.json", "datapackage-digest.json", PAGE_LIST):
        files = taken_apart(whole) | {name: b"[" * 200_000}
        assert problems(put_together(tmp_path / "a.wacz", files, listed=False)) != ()


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_bytes_end_in_an_exception(small: Path, tmp_path: Path, data: st.DataObject) -> None:
    files = taken_apart(small)
    name = data.draw(st.sampled_from(sorted(files)))
    inside = data.draw(st.booleans())
    spoilt = bytearray(files[name] if inside else small.read_bytes())
    if inside and name == CDX:
        spoilt = bytearray(gzip.decompress(bytes(spoilt)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=9))
    target = tmp_path / "b.wacz"
    if inside:
        files[name] = gzip.compress(bytes(spoilt)) if name == CDX else bytes(spoilt)
        put_together(target, files, listed="datapackage" not in name)
    else:
        target.write_bytes(spoilt)
    assert all(isinstance(one, str) for one in problems(target))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(
    max_examples=70, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_values_end_in_an_exception(small: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Right JSON in the right places, of the wrong kinds."""
    files = taken_apart(small)
    package = json.loads(files["datapackage.json"])
    for name in data.draw(st.lists(st.sampled_from([*package, "modified"]), max_size=3)):
        package[name] = data.draw(JUNK)
    if isinstance(package["resources"], list) and package["resources"]:
        row = package["resources"][-1]
        if isinstance(row, dict):
            row[data.draw(st.sampled_from(["name", "path", "hash", "bytes"]))] = data.draw(JUNK)
    files["datapackage.json"] = json.dumps(package).encode()
    page = {"url": data.draw(JUNK), "ts": data.draw(JUNK | st.just("2026-11-22T03:14:15Z")),
            "id": data.draw(JUNK), "title": data.draw(JUNK)}  # fmt: skip
    files[PAGE_LIST] += json.dumps(page).encode() + b"\n"
    row = json.loads(rows(files)[0].split(b" ", 2)[2])
    row[data.draw(st.sampled_from(list(row)))] = data.draw(JUNK)
    lines = [b" ".join(rows(files)[0].split(b" ", 2)[:2]) + b" " + json.dumps(row).encode() + b"\n"]
    reindexed(files, lines)
    found = problems(put_together(tmp_path / "b.wacz", files, listed=False))
    assert found
    assert all(isinstance(one, str) for one in found)


@pytest.mark.whole
def test_the_files_of_py_wacz_have_no_problem(whole: Path, tmp_path: Path) -> None:
    tool = shutil.which(
        "wacz", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if tool is None:
        pytest.skip("wacz is not installed (pip install wacz)")
    files = taken_apart(whole)
    for name in (WARC, PAGE_LIST):
        (tmp_path / Path(name).name).write_bytes(files[name])
    (tmp_path / "pages.jsonl").write_bytes(files[PAGE_LIST].replace(b"2026-11-23T", b"2026-11-22T"))
    words = [tool, "create", "-o", "a.wacz", "-p", "pages.jsonl", Path(WARC).name]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    assert problems(tmp_path / "a.wacz") == ()
