"""What a finding advises where archives have no copy."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from citecheck import judging
from citecheck.judging.advice import advised
from citecheck.records.archive import Lookup, LookupState, Snapshot
from citecheck.records.finding import State
from citecheck.records.report import LinkRow
from standins.clock import START
from standins.sample_report import link

GONE = "The page is gone; cite an archived copy or find its new address."
COPY = Snapshot("wayback", "https://web.archive.org/web/2020/https://a.example/", START, "latest")


def row(state: LookupState | None, detail: str = GONE) -> LinkRow:
    plain = link("https://a.example/", State.DEAD, "http-404", detail)
    return replace(plain, lookup=Lookup(state) if state else None, snapshots=())


def sentences() -> Iterator[str]:
    """All that judging says of archived copies, with `x` for what it puts in."""
    assert judging.__file__ is not None
    for path in sorted(Path(judging.__file__).parent.glob("*.py")):
        if path.stem in ("advice", "hindsight"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            said = "".join(
                (p.value if isinstance(p.value, str) else "x")
                if isinstance(p, ast.Constant | ast.FormattedValue)
                else ""
                for p in parts
            )
            if "archived" in said and " " in said and "; " in said + "; " and "cite" in said:
                yield said


@pytest.mark.parametrize("state", [LookupState.NONE, LookupState.EXCLUDED, LookupState.NOT_ASKED])
def test_no_copy_is_advised_where_there_is_none(state: LookupState) -> None:
    assert advised(row(state)).finding.detail == "The page is gone; find its new address."
    own = replace(COPY, role="local", url="warc/a.warc.gz#urn:uuid:1")
    kept = replace(row(state), snapshots=(own,))
    assert "archived copy" not in advised(kept).finding.detail


@pytest.mark.parametrize(
    "state", [None, LookupState.FOUND, LookupState.THROTTLED, LookupState.UNAVAILABLE]
)
def test_else_the_advice_stands(state: LookupState | None) -> None:
    assert advised(row(state)) == row(state)


def test_a_copy_that_another_archive_has_may_be_cited() -> None:
    known = replace(row(LookupState.NONE), snapshots=(COPY,))
    assert advised(known) == known


def test_every_sentence_has_another_way_out() -> None:
    found = [s for s in sentences() if "archived copy" in s]
    assert len(found) >= 10
    for said in found:
        detail = advised(row(LookupState.NONE, said)).finding.detail
        assert "archived copy" not in detail, said
        assert detail.endswith("."), detail
