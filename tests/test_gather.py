"""Sources of every kind become references; what cannot be read is told, and the rest is done."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from citecheck.errors import LedgerError
from citecheck.gather import Gathered, gather
from citecheck.ledger.store import Ledger
from citecheck.progress import NoProgress
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from standins.exchanges import answered
from standins.wire import FixedClock

NOTE = 'Said.<sup>1</sup>\n\n<sup>1</sup> Ann Author, "A Page," *Review*, May 1, 2020, <{}>\n'
PAPER = NOTE.format("https://a.example/x")


def collect(
    root: Path,
    *sources: str,
    typed: str = "",
    web: Mapping[str, Exchange | Fault] | None = None,
) -> Gathered:
    async def fetch(url: str) -> Exchange | Fault:
        return (web or {})[url]

    settings = Settings(root=root, references=root / "references", sources=sources)
    ledger = Ledger(settings, FixedClock())
    return asyncio.run(gather(settings, ledger, fetch, typed.encode(), NoProgress()))


def write_records(root: Path, gathered: Gathered) -> None:
    Ledger(Settings(root=root), FixedClock()).write_references(gathered.writable)


def paths(gathered: Gathered) -> list[str]:
    return [document.path for document, _ in gathered.sources.by_document]


def test_files_standard_input_and_records(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(PAPER)
    (tmp_path / "r.bib").write_text(
        "@article{k, author={Ann Author}, title={Work}, year={2020}, url={https://b.example/}}"
    )
    gathered = collect(tmp_path, "p.md", "-", "r.bib", typed=NOTE.format("https://c.example/"))
    assert paths(gathered) == ["p.md", "stdin", "r.bib"]
    urls = {u for _, rs in gathered.sources.by_document for r in rs for u in r.urls}
    assert urls == {"https://a.example/x", "https://b.example/", "https://c.example/"}
    assert gathered.sources.unread == 0
    assert [path for path, _ in gathered.writable] == paths(gathered)


def test_a_document_on_the_web(tmp_path: Path) -> None:
    url = "https://papers.example/p.md"
    answer = answered(url, 200, PAPER.encode(), {"Content-Type": "text/markdown; charset=utf-8"})
    assert paths(collect(tmp_path, url, web={url: answer})) == ["papers.example/p.md"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Fault(FaultKind.DNS_NXDOMAIN), "cannot be fetched: dns-nxdomain"),
        (answered("https://papers.example/p.md", 404, b""), "the server answered 404"),
        (
            replace(answered("https://papers.example/p.md", 200, b"x"), truncated="length"),
            "it was cut off",
        ),
    ],
)
def test_a_document_on_the_web_that_does_not_come(
    tmp_path: Path, answer: Exchange | Fault, why: str
) -> None:
    url = "https://papers.example/p.md"
    gathered = collect(tmp_path, url, web={url: answer})
    (skipped,) = gathered.sources.skipped
    assert skipped.what == "papers.example/p.md"
    assert why in skipped.why
    assert gathered.sources.unread == 1


def test_what_cannot_be_read_is_named_once_and_the_rest_is_done(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text(PAPER)
    (tmp_path / "b.json").write_text("{broken")
    gathered = collect(tmp_path, "paper.md", "papr.md", "b.json", str(tmp_path / "gone.md"))
    assert paths(gathered) == ["paper.md"]
    told = [(s.what, s.why.split(";")[0].split(":")[0]) for s in gathered.sources.skipped]
    assert sorted(told) == [
        ("b.json", "this is not valid JSON"),
        ("gone.md", "no such file"),
        ("papr.md", "no such file"),
    ]
    assert gathered.sources.unread == 3


def test_without_a_source_the_records_are_read_and_nothing_is_to_be_written(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(PAPER)
    write_records(tmp_path, collect(tmp_path, "p.md"))
    gathered = collect(tmp_path)
    assert paths(gathered) == ["p.md"]
    assert gathered.sources.citations == 1
    assert gathered.writable == ()


def test_records_are_not_read_beside_their_document(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(PAPER)
    write_records(tmp_path, collect(tmp_path, "p.md"))
    (tmp_path / "citecheck-demo").mkdir()
    (tmp_path / "citecheck-demo/paper.md").write_text(PAPER)
    for wide in (".", "**/*"):
        assert paths(collect(tmp_path, wide)) == ["p.md"]
    assert paths(collect(tmp_path, "references")) == ["references/p.md.json"]
    (tmp_path / "p.md").unlink()
    assert paths(collect(tmp_path, ".")) == ["references/p.md.json"], "records without a document"


def test_records_that_are_sources_are_only_read(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(PAPER)
    write_records(tmp_path, collect(tmp_path, "p.md"))
    assert collect(tmp_path, "references").writable == ()


def test_broken_records_end_the_run_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(PAPER)
    (tmp_path / "references").mkdir()
    (tmp_path / "references/p.md.json").write_text("{broken")
    with pytest.raises(LedgerError, match=r"p\.md\.json, line 1"):
        collect(tmp_path, "p.md")
