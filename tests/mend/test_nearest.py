"""A page that several notes cite, on several days: each note gets the copy nearest to its own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from citecheck.records.archive import Lookup, LookupState, Snapshot
from standins.mending import links_in, mended, report_of, row

PAGE = "https://example.org/a"


def copy(stamp: str, role: str, verified: bool | None = True) -> Snapshot:
    taken = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    url = f"https://web.archive.org/web/{stamp}/{PAGE}"
    return Snapshot("wayback", url, taken, role, 200, verified)


OLD, NEW = copy("20150301101010", "cited"), copy("20200301101010", "latest")


def stamps(path: str, text: str, *copies: Snapshot) -> list[str]:
    """The year of the copy that each line of the mended document has, where it has one."""
    data = text.encode()
    (link,) = links_in(path, data)
    known = Lookup(LookupState.FOUND, cited_on=date(2015, 3, 3), basis="access")
    report = report_of(path, data, (replace(row(link, snapshots=copies), lookup=known),))
    once = mended(path, data, report).data
    again = mended(path, once, report_of(path, once, report.links))
    assert again.data == once
    lines = once.decode().splitlines()
    return [line.split("archive.org/web/")[1][:4] for line in lines if "archive.org/web/" in line]


MARKDOWN = f"""A.[^1] B.[^2] C.[^3] D.[^4]

[^1]: Roe, "Tides", {PAGE} (accessed 3 March 2015).
[^2]: Roe, "Tides", {PAGE} (accessed 5 March 2020).
[^3]: Roe, "Tides", {PAGE}.
[^4]: Roe, "Tides", {PAGE} (accessed 5 March 2020); Doe, "Ebb" (accessed 4 April 2016).
"""
WIKI = "".join(
    f"A.<ref>{{{{cite web |url={PAGE} |title=T |access-date={day}}}}}</ref>\n"
    for day in ("3 March 2015", "5 March 2020")
)
CSL = json.dumps(
    [
        {"id": i, "title": i, "URL": PAGE, "accessed": {"date-parts": [day]}}
        for i, day in (("a", [2015, 3, 3]), ("b", [2020, 3, 5]))
    ],
    indent=1,
)


@pytest.mark.parametrize(
    ("path", "text", "copies", "years"),
    [
        ("a.md", MARKDOWN, (OLD, NEW), ["2015", "2020", "2015", "2015"]),
        ("a.wiki", WIKI, (OLD, NEW), ["2015", "2020"]),
        ("a.json", CSL, (OLD, NEW), ["2015", "2020"]),
        # One that nobody is sure of is no better for being nearer.
        ("a.md", MARKDOWN, (OLD, copy("20200301101010", "latest", None)), ["2015"] * 4),
        ("a.md", MARKDOWN, (OLD,), ["2015"] * 4),
    ],
)
def test_each_note_has_the_copy_nearest_to_its_access_date(
    path: str, text: str, copies: tuple[Snapshot, ...], years: list[str]
) -> None:
    assert stamps(path, text, *copies) == years
