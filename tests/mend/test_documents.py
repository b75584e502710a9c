"""`mend` on two papers as they were published: minimal, right, and done once."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck.urls.archived import recognise
from standins.mending import links_in, mended, report_of

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "documents"
PAPERS = sorted(FOLDER.glob("*.txt")) if FOLDER.is_dir() else []


@pytest.mark.skipif(not PAPERS, reason="the two papers are not beside the project")
@pytest.mark.parametrize("number", [0, 1])
def test_every_dead_link_gets_its_copy_and_nothing_else_changes(number: int) -> None:
    path = PAPERS[number]
    data = path.read_bytes()
    report = report_of(path.name, data)
    found = mended(path.name, data, report)
    assert found.refusals == ()
    assert {e.wish.url for e in found.edits} == {k.url for k in links_in(path.name, data)}
    rebuilt, at = b"", 0
    for change in sorted((c for e in found.edits for c in e.changes), key=lambda c: c.start):
        assert change.start == change.end
        stop = found.sheet.source.byte(change.start)
        rebuilt += data[at:stop] + change.text.encode()
        at = stop
    assert rebuilt + data[at:] == found.data
    after = links_in(path.name, found.data)
    assert [k.url for k in after if not recognise(k.url)] == [
        k.url for k in links_in(path.name, data)
    ]
    again = mended(path.name, found.data, report)
    assert (again.data, again.edits, again.refusals) == (found.data, (), ())
