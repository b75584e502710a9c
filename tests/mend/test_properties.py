"""What holds of every document: bytes outside of the edits stay, and the next run is calm."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citecheck.cite.machine import extract
from citecheck.mend.edits import Kind
from citecheck.mend.shelf import Mended
from citecheck.mend.wanted import Terms
from citecheck.readers import shelf
from citecheck.records.reference import Reference
from citecheck.urls.archived import recognise
from standins.mending import mended, report_of

HOSTS = st.sampled_from(("example.org", "www.example.com", "beispiel.de", "例え.jp", "doi.org"))
PATHS = st.text("abcXYZ019-_~.,;:!()[]*'&=%?#/|é中", max_size=20).map(
    lambda t: t.replace("%", "%20").replace("..", ".")
)
URLS = st.builds(lambda s, h, p: f"{s}://{h}/{p}", st.sampled_from(("http", "https")), HOSTS, PATHS)
VOCABULARY = (
    *("Ann", "Bo", "“Title”", "‘x’", "*The Paper*,", "2018.", "3 May", "(ed.);", "see", "am"),
    *("accessed", "vol.", "12", "の", "题目", "<b>", "[a]", "archived", "é"),
)
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
AFTER = (".", "", ", accessed 3 May 2020.", " and more", "\n    on a second line", ">")


def link(kind: str, url: str) -> str:
    if kind == "link":
        return f"[words]({url})" if "(" not in url and ")" not in url else f"[words](<{url}>)"
    return {"angled": f"<{url}>", "paren": f"({url})"}.get(kind, url)


NOTES = st.builds(
    lambda before, kind, url, after: f"{before} {link(kind, url)}{after}",
    WORDS,
    st.sampled_from(("bare", "link", "angled", "paren")),
    URLS,
    st.sampled_from(
        (".", "", ", accessed 3 May 2020.", " and more", "\n    on a second line", ">")
    ),
)
PROSE = st.lists(NOTES, min_size=1, max_size=4)
ENDS = st.sampled_from(("\n", "\r\n"))
CALM = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def markdown(notes: list[str]) -> str:
    calls = "".join(f" Text.[^{i}]" for i, _ in enumerate(notes, 1))
    return f"# T\n\n{calls}\n\n" + "\n".join(f"[^{i}]: {n}" for i, n in enumerate(notes, 1)) + "\n"


def text(notes: list[str]) -> str:
    calls = "".join(f" Text.[{i}]" for i, _ in enumerate(notes, 1))
    return f"T\n\n{calls}\n\nNotes\n\n" + "\n".join(f"[{i}] {n}" for i, n in enumerate(notes, 1))


def html(notes: list[str]) -> str:
    calls = "".join(f'Text<a href="#n{i}">{i}</a> ' for i, _ in enumerate(notes, 1))
    items = "".join(f'<li id="n{i}">{n}</li>' for i, n in enumerate(notes, 1))
    return f"<html><body><p>{calls}</p><ol>{items}</ol></body></html>"


def wiki(notes: list[str]) -> str:
    refs = "".join(f"Text.<ref>{n}</ref>\n" for n in notes)
    return f"{refs}More.<ref>{{{{cite web |url=https://example.org/w |title=W}}}}</ref>\n"


def check(path: str, data: bytes) -> Mended:
    report = report_of(path, data)
    found = mended(path, data, report, Terms(frozenset({Kind.ARCHIVE})))
    assert_inserted(found, data)
    again = mended(path, found.data, report)
    # What was refused once may not be done later either, and nothing is done twice.
    assert {e.wish.url for e in again.edits} <= {r.wish.url for r in found.refusals}
    assert again.data == found.data or again.edits
    assert told(path, found.data, data) == told(path, data, data)
    return found


def assert_inserted(found: Mended, data: bytes) -> None:
    """The bytes are the old ones with the words of the edits put in between."""
    at, rebuilt = 0, b""
    places = sorted((c.start, c.text) for e in found.edits for c in e.changes)
    assert all(c.start == c.end for e in found.edits for c in e.changes)
    for start, said in places:
        stop = found.sheet.source.byte(start)
        rebuilt += data[at:stop] + found.sheet.encoded(said)
        at = stop
    assert rebuilt + data[at:] == found.data


def told(path: str, data: bytes, known: bytes) -> list[dict[str, Any]]:
    """The references but for copies and lines: ids are those that an earlier run gave."""
    first = extract((shelf.read(path, known),)).by_document[0][1]
    found = extract((shelf.read(path, data),), known=first).by_document[0][1]
    return [bare(reference) for reference in found]


def bare(reference: Reference) -> dict[str, Any]:
    item = reference.to_item()
    custom = item["custom"]
    urls = [url for url in reference.urls if not recognise(url)]
    cited = [{**row, "line": 0} for row in custom["cited"]]
    for field in ("archive", "archive_location"):
        item.pop(field, None)
        custom["confidence"].pop(field, None)
    return {**item, "custom": {**custom, "urls": urls, "cited": cited}}


@CALM
@given(PROSE, ENDS)
def test_markdown(notes: list[str], end: str) -> None:
    check("a.md", markdown(notes).replace("\n", end).encode())


@CALM
@given(PROSE, ENDS, st.sampled_from(("utf-8", "utf-8-sig", "utf-16")))
def test_plain_text(notes: list[str], end: str, encoding: str) -> None:
    check("a.txt", text(notes).replace("\n", end).encode(encoding))


@CALM
@given(PROSE, ENDS)
def test_html(notes: list[str], end: str) -> None:
    check("a.html", html(notes).replace("\n", end).encode())


@CALM
@given(PROSE, ENDS)
def test_wikitext(notes: list[str], end: str) -> None:
    check("a.wiki", wiki(notes).replace("\n", end).encode())


FIELD = st.tuples(
    st.sampled_from(("title", "author", "year", "journal", "publisher")),
    st.sampled_from(('"A {B} c"', '{A \\"{o} b}', "2018", "{}", '""')),
)


@CALM
@given(
    st.lists(FIELD, max_size=4, unique_by=lambda f: f[0]),
    st.sampled_from((", ", ",\n  ", "\n , ", ",\n\n\t")),
    st.sampled_from(("", ",", ",\n", "\n")),
    st.sampled_from(("=", " = ", "   =")),
    st.sampled_from(("", "{Old}", '"Old."', "{Old} # { more}", "{}")),
    ENDS,
)
def test_bibtex(
    fields: list[tuple[str, str]], between: str, last: str, equals: str, note: str, end: str
) -> None:
    written = [*fields, ("url", "{https://example.org/a%20b?c=1#d}")]
    written += [("note", note)] if note else []
    entry = between.join(["@misc{key", *(f"{k}{equals}{v}" for k, v in written)]) + last + "}"
    text = f"% first\n{entry}\n\n@book{{b, title={{B}}}}\n"
    found = check("a.bib", text.replace("\n", end).encode())
    assert len(found.edits) == 1
