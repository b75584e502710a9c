"""What each report shows of cited works."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

import jsonschema
import pytest

from citecheck.errors import LedgerError
from citecheck.records.link import Cited
from citecheck.records.report import Report
from citecheck.records.work import Difference, Notice, Work, WorkRow, WorkState
from citecheck.reports import html, json_report, jsonl, markdown, terminal
from standins.sample_report import sample_report

DAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
NOTE = (Cited("paper.md", "4", 41, "x"),)


def row(state: WorkState, title: str, **more: object) -> WorkRow:
    work = Work(title.split(maxsplit=1)[0].lower(), state, checked=DAY, **more)  # type: ignore[arg-type]
    return WorkRow(work, title, (replace(NOTE[0], reference=work.reference),))


WORKS = (
    row(
        WorkState.RETRACTED,
        "Cells in Culture",
        by="doi",
        where="Crossref",
        identifier="10.1000/cells",
        notices=(Notice("retraction", "10.1000/note", "2021-03-04"),),
        detail="Crossref tells of a retraction. Read the notice.",
    ),
    row(
        WorkState.DIFFERS,
        "Rot in Courts",
        by="doi",
        where="Crossref",
        identifier="10.1000/rot",
        differences=(Difference("year", "2014", "2012"),),
        detail="Crossref has it with other particulars (year).",
    ),
    row(WorkState.NOT_FOUND, "Village Notes", detail="Crossref has no such work."),
    row(
        WorkState.FOUND,
        "Birds of the Shore",
        by="title",
        where="Crossref",
        identifier="10.1000/birds",
        suggestion="https://doi.org/10.1000/birds",
        detail="Crossref has this work.",
    ),
    row(
        WorkState.FOUND,
        "Seeing Things",
        by="isbn",
        where="Open Library",
        identifier="OL7M",
        detail="Open Library has this work.",
    ),
)
REPORT = replace(sample_report(), works=WORKS)


def test_json_is_valid_and_comes_back() -> None:
    text = json_report.render(REPORT)
    path = files("citecheck.reports") / "schema" / "link-health-1.schema.json"
    jsonschema.Draft202012Validator(json.loads(path.read_text("utf-8"))).validate(json.loads(text))
    by_reference = tuple(sorted(WORKS, key=lambda r: r.work.reference))
    assert json_report.parse(text).works == by_reference
    assert jsonl.parse(jsonl.render(REPORT)).works == by_reference
    assert json.loads(text)["works"][0] == {
        "reference": "birds",
        "title": "Birds of the Shore",
        "state": "found",
        "by": "title",
        "where": "Crossref",
        "identifier": "10.1000/birds",
        "differences": [],
        "notices": [],
        "detail": "Crossref has this work.",
        "suggestion": "https://doi.org/10.1000/birds",
        "checked": "2026-11-22T03:00:00Z",
        "citations": [{"document": "paper.md", "note": "4", "line": 41}],
    }


@pytest.mark.parametrize("spoilt", ['"state": "fine"', '"state": 7'])
def test_json_that_is_no_report_is_an_error_for_people(spoilt: str) -> None:
    text = json_report.render(Report(DAY, "1", None, (), (), (), works=WORKS[:1]))
    with pytest.raises(LedgerError, match="cannot be read"):
        json_report.parse(text.replace('"state": "retracted"', spoilt))


def test_without_look_ups_no_report_speaks_of_works() -> None:
    plain = sample_report()
    assert "works" not in json.loads(json_report.render(plain))
    assert "## Works" not in markdown.render(plain)
    assert 'id="works"' not in html.render(plain)
    assert "Works" not in terminal.render(plain)


def test_the_terminal_shows_those_that_ask_for_an_eye() -> None:
    lines = terminal.render(REPORT).splitlines()
    begin = lines.index("Works: retracted or withdrawn (1)")
    assert lines[begin : begin + 29] == [
        "Works: retracted or withdrawn (1)",
        "  Cells in Culture",
        "    Crossref tells of a retraction. Read the notice.",
        "      Retraction of 2021-03-04: https://doi.org/10.1000/note",
        "      https://doi.org/10.1000/cells",
        "    cited in note 4 (paper.md:41)",
        "",
        "Works: registered with differences (1)",
        "  Rot in Courts",
        "    Crossref has it with other particulars (year).",
        "      year: cited “2014”, registered “2012”",
        "      https://doi.org/10.1000/rot",
        "    cited in note 4 (paper.md:41)",
        "",
        "Works: in no registry that was asked (1)",
        "  Village Notes",
        "    Crossref has no such work.",
        "    cited in note 4 (paper.md:41)",
        "",
        "Works: registered as cited (1)",
        "  Birds of the Shore",
        "    Crossref has this work.",
        "    Address that could be added to the reference:",
        "      https://doi.org/10.1000/birds",
        "    cited in note 4 (paper.md:41)",
        "",
        "1 other work is registered as cited.",
        "",
        "2 sources have no address: nothing to visit, nothing wrong.",
    ]


def test_quietly_only_what_was_retracted() -> None:
    shown = terminal.render(REPORT, verbosity=-1)
    assert "Cells in Culture" in shown
    assert "Rot in Courts" not in shown and "Village Notes" not in shown


def test_markdown() -> None:
    section = markdown.render(REPORT).partition("## Works\n\n")[2].partition("\n\n## ")[0]
    assert section == (
        "### Retracted or withdrawn (1)\n\n"
        "- Cells in Culture  \n"
        "  Crossref tells of a retraction. Read the notice.\n"
        "  - Retraction of 2021-03-04: <https://doi.org/10.1000/note>\n"
        "  - Crossref: <https://doi.org/10.1000/cells>\n"
        "  - Cited in note 4 (paper.md:41)\n\n"
        "### Registered with differences (1)\n\n"
        "- Rot in Courts  \n"
        "  Crossref has it with other particulars (year).\n"
        "  - year: cited “2014”, registered “2012”\n"
        "  - Crossref: <https://doi.org/10.1000/rot>\n"
        "  - Cited in note 4 (paper.md:41)\n\n"
        "### In no registry that was asked (1)\n\n"
        "- Village Notes  \n"
        "  Crossref has no such work.\n"
        "  - Cited in note 4 (paper.md:41)\n\n"
        "### Registered as cited (1)\n\n"
        "- Birds of the Shore  \n"
        "  Crossref has this work.\n"
        "  - Address that could be added to the reference: <https://doi.org/10.1000/birds>\n"
        "  - Cited in note 4 (paper.md:41)\n\n"
        "1 other work is registered as cited."
    )


def test_html() -> None:
    page = html.render(REPORT)
    section = page.partition('id="works">')[2].partition("</section>")[0]
    for said in (
        "<h3>Retracted or withdrawn <span",
        'href="https://doi.org/10.1000/note"',
        '<th scope="row">year</th><td dir="auto">2014</td><td dir="auto">2012</td>',
        'href="https://doi.org/10.1000/birds"',
        "1 other work is registered as cited.",
    ):
        assert said in section
    assert "Seeing Things" not in section
