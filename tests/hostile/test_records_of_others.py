"""Reference records, corrections and reports that other hands have written: a wrong type anywhere
is a value that is left out or an error for a person, never a traceback."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from citecheck.cite.links import links
from citecheck.cite.machine import extract
from citecheck.cli import app
from citecheck.errors import LedgerError, SourceError
from citecheck.ledger.references import text_of
from citecheck.readers.shelf import read
from citecheck.reports.json_report import parse, render
from standins.sample_report import sample_report

# 1e400 reads as infinity, ten to the thirtieth is beyond any machine integer.
_WRONG: tuple[Any, ...] = (
    None, "x", 1, -1, True, [], {}, [[]], [1], [{}], {"a": 1}, 1e400, 10**30,
    "\ud800\x1b[2J\n::error::x", "javascript:alert(1)", "http://u:p@[::1", "http://x\ud800/",
)  # fmt: skip
_CITED = {"document": "p.md", "note": "1", "index": 1, "line": 1, "locator": "", "short": False,
          "quotes": [{"tokens": 5, "shingles": ["aa"]}]}  # fmt: skip
_ITEM: dict[str, Any] = {
    "id": "a", "type": "book", "title": "T", "author": [{"family": "F"}], "volume": "1",
    "issued": {"date-parts": [[2019, 5, 1]]}, "accessed": {"date-parts": [[2019, 5, 1]]},
    "URL": "https://a.example/x", "DOI": "10.1000/x",
    "custom": {"citecheck": 1, "cited": [_CITED], "urls": ["https://a.example/x"],
               "confidence": {"title": "high"}, "url-printed": "x", "url-unproxied": "x"},
}  # fmt: skip


def bent(value: Any) -> Iterator[Any]:
    """The value with each of its parts in turn replaced by each wrong thing."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from ({**value, key: other} for other in (*_WRONG, *bent(part)))
    elif isinstance(value, list) and value:
        yield from ([other] for other in (*_WRONG, *bent(value[0])))


def test_records_with_a_wrong_type_anywhere() -> None:
    for item in bent(_ITEM):
        try:
            found = extract([read("a.json", json.dumps([item]).encode())])
        except SourceError:
            continue
        references = found.by_document[0][1]
        links(references)
        text_of(references).encode()


@pytest.mark.parametrize("fields", _WRONG, ids=repr)
def test_corrections_with_a_wrong_type(fields: Any) -> None:
    document = read("a.json", json.dumps([_ITEM]).encode())
    wrong = {key: fields for key in _ITEM if key != "id"}
    links(extract([document], (), {"a": wrong}).by_document[0][1])
    links(extract([document], (), {"a": fields}).by_document[0][1])


def check(folder: Path, items: object, monkeypatch: pytest.MonkeyPatch) -> Result:
    (folder / "references").mkdir()
    (folder / "citecheck.toml").touch()
    (folder / "references" / "p.md.json").write_text(json.dumps(items))
    monkeypatch.chdir(folder)
    return CliRunner().invoke(app, ["check"])


@pytest.mark.parametrize(
    "field",
    [
        {"author": "x"},
        {"author": [1]},
        {"issued": [1]},
        {"issued": {"date-parts": [[10**30, 1]]}},
        {"title": {}},
        {"type": []},
        {"DOI": ["x"]},
    ],
    ids=str,
)
def test_stored_records_with_wrong_values_are_checked_without_them(
    field: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = {**_ITEM, "URL": "ftp://a.example/x", **field}
    item["custom"] = {"citecheck": 1, "cited": [_CITED]}
    done = check(tmp_path, [item], monkeypatch)
    assert (done.exception, done.exit_code) == (None, 0)
    (link,) = json.loads((tmp_path / "archive/link-health.json").read_text())["links"]
    assert (link["state"], link["reason"]) == ("unchecked", "unsupported-scheme")


def test_stored_records_that_make_no_sense_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {**_CITED, "line": 1e400}
    done = check(tmp_path, [{**_ITEM, "custom": {"citecheck": 1, "cited": [row]}}], monkeypatch)
    assert done.exit_code == 2
    assert "p.md.json, line 1: reference 1 of the file cannot be understood" in done.output


def test_a_report_with_a_wrong_type_anywhere_is_an_error_for_a_person() -> None:
    good = json.loads(render(sample_report()))
    good["links"] = good["links"][:1]
    texts = [json.dumps(report) for report in bent(good)]
    for text in (*texts, '{"schema":' + "[" * 100_000):
        try:
            report = parse(text)
        except LedgerError:
            continue
        render(report).encode()


def test_thousands_of_records_without_a_field_get_their_ids_in_time() -> None:
    began = time.process_time()
    found = extract([read("a.ris", b"TY  - JOUR\n" * 5000)])
    ids = {r.id for r in found.by_document[0][1]}
    assert len(ids) == 5000
    assert time.process_time() - began < 4


@pytest.mark.parametrize(
    ("link", "command"),
    [
        ("archive/links.jsonl", "check"),
        ("archive/link-health.md", "check"),
        ("archive/.state/visits.jsonl", "check"),
        ("references/p.md.json", "extract"),
    ],
)
def test_a_link_in_a_strangers_project_leads_nowhere(
    link: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    (project / link).parent.mkdir(parents=True)
    (project / "citecheck.toml").touch()
    (project / "p.md").write_text("A.[^1]\n\n[^1]: Jane Roe, *Wheat*, 1990, ftp://a.example/x.\n")
    (project / link).symlink_to(outside)
    monkeypatch.chdir(project)
    done = CliRunner().invoke(app, [command, "p.md"])
    assert done.exit_code == 2
    assert "is a link that leads out of the project" in done.output
    assert not outside.exists()
