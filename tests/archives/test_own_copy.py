"""A copy that the document cites itself: enough for a page that is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from citecheck.archives.candidate import Candidate
from citecheck.demo.archive import Capture
from citecheck.records.archive import Grade, LookupState
from citecheck.records.finding import State
from citecheck.records.link import CitedCopy
from standins.keeping import URL, candidate, keys, record, start

COPY = f"https://web.archive.org/web/20190310080000/{URL}"


def citing(
    copy: str = COPY, day: date | None = date(2019, 3, 14), state: State = State.OK
) -> Candidate:
    one = candidate(cited_on=day, state=state)
    taken = datetime(2019, 3, 10, 8, tzinfo=UTC)
    return replace(one, link=replace(one.link, archived=(CitedCopy("wayback", copy, taken),)))


def test_the_index_is_not_asked_about_a_page_whose_copy_the_document_cites() -> None:
    run = start()
    result = run.keep([citing()]).lookups[URL]
    assert run.archive.seen == []
    assert [(s.role, s.url) for s in result.snapshots] == [("cited", COPY)]
    lookup = result.lookup
    assert (lookup.state, lookup.grade, lookup.days) == (LookupState.FOUND, Grade.NEAREST, 4)
    known = replace(record(), lookup=lookup, snapshots=result.snapshots)
    again = run.keep([citing()], records={URL: known})
    assert again.lookups[URL].lookup == lookup, "nothing is written anew"
    assert len(run.book.lookups) == 1
    run.keep([citing(state=State.DEAD)], records={URL: known})
    assert len(run.archive.asked("/cdx")) == 1, "of a lost page everything is asked for"


@pytest.mark.parametrize(
    "one",
    [
        citing(state=State.DEAD),
        citing(state=State.UNREACHABLE),
        citing(day=date(2021, 1, 1)),
        citing("https://web.archive.org/web/2019/" + URL),
        citing("https://web.archive.org/web/20190310080000/https://other.example/"),
        citing("https://web.archive.org/save/" + URL),
    ],
)
def test_otherwise_the_index_is_asked(one: Candidate) -> None:
    run = start()
    run.keep([one])
    assert len(run.archive.asked("/cdx")) == 1


def test_saving_needs_to_know_of_recent_copies() -> None:
    run = start(Capture(URL, "20261120080000"))
    kept = run.keep([citing()], save=True, keys=keys())
    assert len(run.archive.asked("/cdx")) == 1
    assert kept.saves[URL].reason == "recent-copy"
