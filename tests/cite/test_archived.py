"""Remarks that a page was archived leave a note before it is read."""

from __future__ import annotations

import pytest

from citecheck.cite.archived import without_remarks
from citecheck.readers import shelf
from citecheck.text.archived_words import without_remark

COPY = "https://web.archive.org/web/20190316102030/https://example.org/a"


@pytest.mark.parametrize(
    ("note", "bare"),
    [
        (f"Ait, “A,” https://example.org/a (archived 16 March 2019: {COPY}), accessed 2019.",
         "Ait, “A,” https://example.org/a, accessed 2019."),
        (f"Ait, “A,” <https://example.org/a> (archived 2019-03-16: <{COPY}>).",
         "Ait, “A,” https://example.org/a."),
        (f"Ait, [A](https://example.org/a) ([archived March 16, 2019]({COPY}))", "Ait, A"),
        (f"Ait, “A” (https://example.org/a; archived 2019-03-16: {COPY}).",
         "Ait, “A” (https://example.org/a)."),
        (f"王：《题》，<https://example.org/a>（存档于2019年3月16日：<{COPY}>）。",
         "王：《题》，https://example.org/a。"),
        (f"Ait, *A* (https://perma.cc/AB12-CD34), {COPY}", None),
        (f"Ait archived 2019: {COPY} it all", None),
    ],
)  # fmt: skip
def test_a_remark_leaves_and_its_copy_stays_with_the_link(note: str, bare: str | None) -> None:
    (read,) = shelf.read("a.md", f"Text.[^1]\n\n[^1]: {note}\n".encode()).notes
    found = without_remarks(read)
    if bare is None:
        assert found.note == read
        assert found.copies == ()
        return
    assert found.note.text == bare
    assert [copy for _, copy in found.copies] == [COPY]
    (link,) = found.note.links
    assert found.copies[0][0] == link.span
    assert found.note.text[link.start : link.end] == link.printed


@pytest.mark.parametrize(
    ("field", "left", "copy"),
    [
        (f"Old; archived at {COPY} on 2019-03-16", "Old", COPY),
        (f"It ends. Archived at  {COPY}  on 2019-03-16", "It ends.", COPY),
        (f"Archived 2019-03-16: {COPY}", "", COPY),
        ("Archived at the museum on Monday", "Archived at the museum on Monday", ""),
        (f"See {COPY}", f"See {COPY}", ""),
    ],
)
def test_a_remark_leaves_a_field_of_a_record(field: str, left: str, copy: str) -> None:
    assert without_remark(field) == (left, copy)
