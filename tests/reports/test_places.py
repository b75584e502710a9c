"""Order of notes, and the copy to cite instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.archive import Grade, Lookup, LookupState, Snapshot
from citecheck.records.finding import State, Suggestion
from citecheck.records.report import LinkRow
from citecheck.reports.places import Copy, by_state, copy_to_cite, documents, natural, news
from standins.sample_report import NOW, link, paper, sample_report, snapshot

URL = "https://gone.example/"


def dead(*snapshots: Snapshot, state: State = State.DEAD) -> LinkRow:
    return replace(link(URL, state, "x", "d"), snapshots=snapshots)


def test_notes_come_in_the_order_of_their_lines() -> None:
    chapter, paper_ = documents(sample_report())
    assert chapter.path == "book/chapter 2.md"
    assert [n.note for n in chapter.notes] == ["1", "2", "3", "4", "11"]
    assert [(n.note, n.line) for n in paper_.notes][:4] == [
        ("1", 95), ("2", 101), ("3", 104), ("4", 108),
    ]  # fmt: skip
    assert [u.reference for u in paper_.notes[3].unlinked] == ["mearsheimer-2001-tragedy"]


def test_a_link_cited_twice_in_a_note_is_listed_once_there() -> None:
    row = link(URL, State.OK, "ok", "d", paper("1", 5, "a"), paper("1", 5, "b"), paper("2", 6, "a"))
    report = replace(sample_report(), links=(row,), unlinked=(), documents=())
    (only,) = documents(report)
    assert [(n.note, [x.url for x in n.links]) for n in only.notes] == [("1", [URL]), ("2", [URL])]


def test_a_document_without_citations_is_there_too() -> None:
    report = replace(sample_report(), links=(), unlinked=())
    assert [(d.path, d.notes) for d in documents(report)] == [
        ("book/chapter 2.md", ()),
        ("paper.md", ()),
    ]


def test_natural_order() -> None:
    labels = ["10", "9", "*", "12a", "12", "²", "9" * 30]
    assert sorted(labels, key=natural)[:4] == ["9", "10", "12", "12a"]


def test_states_and_news_are_listed_worst_first() -> None:
    assert [s.value for s in by_state(sample_report().links)] == [
        "dead", "changed", "mismatch", "unreachable", "blocked", "moved", "ok", "unchecked",
    ]  # fmt: skip
    assert [row.finding.state.value for row in news(sample_report())] == ["dead", "changed"]


@pytest.mark.parametrize("state", [State.DEAD, State.CHANGED, State.MISMATCH, State.UNREACHABLE])
def test_the_cited_snapshot_is_the_copy(state: State) -> None:
    row = dead(snapshot(URL, "latest", 9), snapshot(URL, "cited", 2), state=state)
    assert copy_to_cite(row) == Copy("snapshot", snapshot(URL).url, "2021-03-02, not looked at")


def test_a_suggestion_goes_first() -> None:
    row = dead(snapshot(URL))
    finding = replace(row.finding, suggestion=Suggestion("https", "https://new.example/", "ok"))
    assert copy_to_cite(replace(row, finding=finding)) == Copy(
        "https", "https://new.example/", "", "ok"
    )


@pytest.mark.parametrize(
    "row",
    [
        dead(),
        dead(snapshot(URL, "cited", 2, 404)),
        dead(snapshot(URL, "cited", 2, 302)),
        dead(snapshot(URL, "latest")),
        dead(snapshot(URL, "local")),
        dead(snapshot(URL), state=State.OK),
        dead(snapshot(URL), state=State.UNCHECKED),
    ],
)
def test_no_copy_is_offered(row: LinkRow) -> None:
    assert copy_to_cite(row) is None


def test_a_snapshot_of_unknown_status_is_offered() -> None:
    assert copy_to_cite(dead(snapshot(URL, "cited", 2, None))) is not None


@pytest.mark.parametrize(
    ("days", "taken"),
    [
        (None, "2021-03-02, not looked at"),
        (1, "2021-03-02, nearest, 1 day from the citation, not looked at"),
        (364, "2021-03-02, nearest, 364 days from the citation, not looked at"),
        (365, "2021-03-02, nearest, 1 year from the citation, not looked at"),
        (-3000, "2021-03-02, nearest, 8 years from the citation, not looked at"),
    ],
)
def test_a_copy_says_how_far_from_the_citation_it_is(days: int | None, taken: str) -> None:
    lookup = Lookup(LookupState.FOUND, NOW, Grade.NEAREST, days)
    row = replace(dead(snapshot(URL)), lookup=lookup)
    copy = copy_to_cite(row)
    assert copy is not None
    assert copy.taken == taken
