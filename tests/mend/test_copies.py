"""Copies that are there already: in attributes, in templates, dead ones; and copies refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.cite.machine import extract
from citecheck.mend.edits import Kind
from citecheck.mend.wanted import Terms
from citecheck.readers import shelf
from citecheck.records.archive import Snapshot
from citecheck.records.finding import State
from standins.mending import TAKEN, dead_mended, links_in, mended, report_of, row

A = "https://example.org/a"
WAYBACK = "https://web.archive.org/web/20190316102030/"
OLD = f"https://web.archive.org/web/20150102030405/{A}"
PAGE = (
    '<html lang="en"><body><p>Text<a href="#n1">1</a></p><ol><li id="n1">Ann Ait, '
    "{}, 2018.</li></ol></body></html>"
)


def tied(path: str, text: str) -> list[str]:
    """The copies that a run ties to the page."""
    return [c.url for k in links_in(path, text.encode()) if k.url == A for c in k.archived]


def ids(path: str, text: str) -> list[str]:
    ((_, references),) = extract((shelf.read(path, text.encode()),)).by_document
    return [reference.id for reference in references]


def test_a_copy_in_the_attributes_of_an_anchor_is_that_of_the_link() -> None:
    text = PAGE.format(f'<a href="{A}">A Title of It</a>')
    after = dead_mended("a.html", text)
    assert tied("a.html", after) == [WAYBACK + A]
    assert ids("a.html", after) == ids("a.html", text)
    note = f"# P\n\nText.[^1]\n\n[^1]: Ann, <a href='{A}' data-versionurl='{OLD}'>T</a>, 2018.\n"
    assert tied("a.md", note) == [OLD]


@pytest.mark.parametrize(
    ("versions", "copies"),
    [
        (f"{OLD}, 2015-01-02 {WAYBACK}{A}", [OLD]),
        (f"  {OLD}\n", [OLD]),
        ("https://example.net/kept/a", []),
        ("javascript:alert(1)", []),
        (" " * 100_000 + OLD, []),
    ],
)
def test_attributes_name_the_first_copy_that_an_archive_keeps(
    versions: str, copies: list[str]
) -> None:
    text = PAGE.format(f'<a href="{A}" data-versionurl="{versions}">A Title</a>')
    assert tied("a.html", text) == copies


def test_each_of_two_notes_of_one_label_is_mended() -> None:
    text = (
        "One\n\nThe text of it.[1]\n\nNotes\n\n[1] Ann Ait, “A,” 2018, https://example.org/a.\n\n"
        "Two\n\nThe text of that.[1]\n\nNotes\n\n[1] Bo Bee, “B,” 2017, https://example.org/b.\n"
    )
    found = mended("a.txt", text)
    assert found.refusals == ()
    assert [e.wish.url for e in found.edits] == [A, "https://example.org/b"]


def test_a_copy_whose_archive_adds_a_slash_is_found_again() -> None:
    text = "Text.[^1]\n\n[^1]: Ann Ait, “A,” 2018, https://example.org/a.\n"
    (link,) = links_in("a.md", text.encode())
    slashed = Snapshot("wayback", f"{WAYBACK}{A}/", TAKEN, "cited", 200, True)
    report = report_of("a.md", text.encode(), (row(link, snapshots=(slashed,)),))
    once = mended("a.md", text, report)
    assert len(once.edits) == 1
    assert mended("a.md", once.data, report).edits == ()


@pytest.mark.parametrize(
    "copy",
    [
        f"{WAYBACK}https://elsewhere.example/a",
        f"{WAYBACK}{A}\u202egpj",
        f"{WAYBACK}{A}\u2066\u200b",
        "https://kept.example/x?token=0123456789abcdef",
    ],
    ids=["another site", "direction", "invisible", "secret"],
)
@pytest.mark.parametrize("path", ["a.md", "a.html", "a.wiki", "a.ris"])
def test_a_copy_that_may_not_be_written_is_not(path: str, copy: str) -> None:
    text = {
        "a.md": f"Text.[^1]\n\n[^1]: Ann Ait, [A]({A}), 2018.\n",
        "a.html": PAGE.format(f'<a href="{A}">A Title</a>'),
        "a.wiki": f"T.<ref>{{{{cite web|url={A}|title=T}}}}</ref>\n",
        "a.ris": f"TY  - ELEC\nTI  - T\nUR  - {A}\nER  - \n",
    }[path]
    (link,) = links_in(path, text.encode())
    snapshot = Snapshot("wayback", copy, TAKEN, "cited", 200, True)
    report = report_of(path, text.encode(), (row(link, snapshots=(snapshot,)),))
    assert mended(path, text, report).data == text.encode()


NEW = WAYBACK + A
RENEWED = [
    (
        "a.md",
        f"Text.[^1]\n\n[^1]: Ann Ait, “A,” May 3, 2018, {A} (archived January 2, 2015: {OLD}).\n",
        ("January 2, 2015", "March 16, 2019"),
    ),
    (
        "b.md",
        f"T.[^1]\n\n[^1]: Ann, read 2 Jan. 2015, [A]({A}) ([archived 2 January 2015]({OLD})).\n",
        ("2 January 2015", "16 March 2019"),
    ),
    (
        "a.html",
        PAGE.format(f'<a href="{A}" data-versionurl="{OLD}" data-versiondate="2014-05-06">A</a>'),
        ("", ""),
    ),
    (
        "a.wiki",
        f"T.<ref>{{{{cite web|url={A}|title=T|archive-url={OLD}|archive-date=2 January 2015"
        "|url-status=dead}}</ref>\n",
        ("2 January 2015", "16 March 2019"),
    ),
    (
        "a.json",
        f'[{{"id":"k","type":"webpage","title":"T","URL":"{A}","archive_location":"{OLD}"}}]',
        ("", ""),
    ),
]


@pytest.mark.parametrize(("path", "text", "days"), RENEWED, ids=[r[0] for r in RENEWED])
def test_a_dead_copy_is_replaced_where_that_is_asked_for(
    path: str, text: str, days: tuple[str, str]
) -> None:
    data = text.encode()
    report = report_of(path, data)
    assert mended(path, data, report).data == data
    terms = Terms(kinds=frozenset({Kind.COPY}))
    found = mended(path, data, report, terms)
    assert found.data.decode() == text.replace(OLD, NEW).replace(*days)
    again = mended(path, found.data, report, terms)
    assert (again.edits, again.refusals) == ((), ())


def test_a_copy_that_lives_is_not_replaced() -> None:
    text = RENEWED[0][1]
    report = report_of("a.md", text.encode())
    alive = tuple(r if r.url == A else replace(r, finding=replace(r.finding, state=State.OK))
                  for r in report.links)  # fmt: skip
    terms = Terms(kinds=frozenset({Kind.COPY}))
    assert mended("a.md", text, replace(report, links=alive), terms).edits == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.wiki", f"T.<ref>[{A} T] {{{{webarchive|url={OLD}}}}}</ref>\n"),
        ("a.bib", f"@misc{{k, title={{T}}, url={{{A}}}, note={{Archived at \\url{{{OLD}}} on"
         " 2015-01-02}}\n"),
    ],
)  # fmt: skip
def test_a_dead_copy_that_cannot_be_replaced_safely_is_left_to_a_person(
    path: str, text: str
) -> None:
    found = mended(path, text, terms=Terms(kinds=frozenset({Kind.COPY})))
    assert found.edits == ()
    assert len(found.refusals) == 1


@pytest.mark.parametrize("form", ["[A Title]({}) 2018", "Ait, <{}>, 2018"])
def test_a_copy_whose_address_had_to_be_encoded_is_the_copy(form: str) -> None:
    text = f"Text.[^1]\n\n[^1]: {form.format('https://example.org/t?x=1|2')}.\n"
    found = mended("a.md", text)
    assert found.refusals == ()
    assert "t?x=1%7C2" in found.data.decode()
    assert mended("a.md", found.data, report_of("a.md", text.encode())).edits == ()


def test_edits_that_do_not_hold_are_looked_for_with_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = 0

    def unsound(*_: object) -> bool:
        nonlocal read
        read += 1
        return False

    monkeypatch.setattr("citecheck.mend.shelf.sound", unsound)
    monkeypatch.setattr("citecheck.mend.shelf._TRIALS", 20)
    records = "".join(f"@misc{{k{i}, title={{T{i}}}, url={{{A}{i}}}}}\n" for i in range(60))
    found = mended("a.bib", records)
    assert (found.edits, len(found.refusals), read) == ((), 60, 20)
