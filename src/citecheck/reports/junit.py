"""JUnit XML, for test views: a suite for each document, a case for each link it cites.

A state of `fail_on` is a failure. What could not be judged (`unchecked`, `blocked`, `unreachable`)
is skipped, with its sentence. The rest passes; a link that moved passes with its sentence as
output. A source that was not read is a skipped case of the suite `skipped`; a network that was down
is an error, for then no case says anything.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from citecheck.records.finding import State
from citecheck.records.report import LinkRow, Report
from citecheck.reports.options import DEFAULT, RenderOptions
from citecheck.reports.places import DocumentNotes, NoteRow, copy_to_cite, documents
from citecheck.reports.visible import stamp
from citecheck.reports.words import COPY_TITLES, UNCLEAR
from citecheck.reports.xml_text import child, document


def render(report: Report, options: RenderOptions = DEFAULT) -> str:
    name = "citecheck (demonstration)" if report.demo else "citecheck"
    root = Element("testsuites", {"name": name})
    for notes in (*documents(report), *_uncited(report)):
        _suite(root, notes, report, options)
    if report.skipped:
        suite = child(root, "testsuite", name="skipped")
        for row in report.skipped:
            child(
                child(suite, "testcase", name=row.what, classname="skipped"),
                "skipped",
                message=row.why,
            )
    if report.network_down:
        suite = child(root, "testsuite", name="network")
        case = child(suite, "testcase", name="network", classname="network")
        child(
            case, "error", message="The network was down, so nothing was concluded.", type="network"
        )
    _totals(root, report)
    return document(root)


def _uncited(report: Report) -> tuple[DocumentNotes, ...]:
    rows = tuple(row for row in report.links if not row.citations)
    return (DocumentNotes("(no document)", (NoteRow("", 0, rows, ()),)),) if rows else ()


def _suite(root: Element, notes: DocumentNotes, report: Report, options: RenderOptions) -> None:
    suite = child(root, "testsuite", name=notes.path)
    if report.demo:
        child(child(suite, "properties"), "property", name="demo", value="true")
    places: dict[str, tuple[LinkRow, list[str]]] = {}
    for note in notes.notes:
        for row in note.links:
            where = f"note {note.note}, line {note.line}" if note.line else ""
            places.setdefault(row.url, (row, []))[1].append(where)
    for row, cited in places.values():
        _case(suite, row, notes.path, "; ".join(filter(None, cited)), options)


def _case(suite: Element, row: LinkRow, path: str, where: str, options: RenderOptions) -> None:
    finding = row.finding
    case = child(suite, "testcase", name=row.url, classname=path)
    copy = copy_to_cite(row)
    also = f" {COPY_TITLES.get(copy.kind, 'Another address')}: {copy.url}" if copy else ""
    body = f"{finding.detail} ({where}){also}" if where else finding.detail + also
    if finding.state.value in options.fail_on:
        child(
            case, "failure", body, message=finding.detail, type=f"{finding.state}/{finding.reason}"
        )
    elif finding.state in UNCLEAR:
        child(case, "skipped", message=f"{finding.state}/{finding.reason}: {finding.detail}")
    elif finding.state is not State.OK:
        child(case, "system-out", body)


def _totals(root: Element, report: Report) -> None:
    for suite in (root, *root):
        counts = {
            "tests": len(list(suite.iter("testcase"))),
            "failures": len(list(suite.iter("failure"))),
            "errors": len(list(suite.iter("error"))),
            "skipped": len(list(suite.iter("skipped"))),
        }
        for name, number in counts.items():
            suite.set(name, str(number))
        suite.set("time", "0")
        if suite is not root:
            suite.set("timestamp", stamp(report.generated).removesuffix("Z"))
