"""The archive's other host: a copy is believed, no copy never."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from citecheck.archives.shown import Fit, Shown
from citecheck.demo.archive import Capture
from citecheck.records.archive import Grade, LookupState
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from standins.archive import BUSY, OFFLINE, Refusal, Silence
from standins.keeping import START, URL, candidate, record, start

NEAR = Capture(URL, "20190310080000", body=b"near")


def told(url: str, **changes: object) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    closest = {"status": "200", "available": True, "url": url, "timestamp": "20190310080000"}
    body = {"archived_snapshots": {"closest": closest | changes}}
    return 200, (("Content-Type", "application/json"),), json.dumps(body).encode()


@pytest.mark.parametrize("trouble", [OFFLINE, Silence, Refusal])
def test_while_the_index_is_down_the_other_host_knows_of_a_copy(trouble: object) -> None:
    run = start(NEAR)
    run.archive.fail("/cdx", trouble)  # type: ignore[arg-type]
    result = run.keep([candidate()]).lookups[URL]
    assert (result.lookup.state, result.lookup.grade) == (LookupState.FOUND, Grade.NEAREST)
    assert (result.lookup.days, result.lookup.provisional) == (4, True)
    (copy,) = result.snapshots
    assert (copy.role, copy.url) == ("cited", f"https://web.archive.org/web/20190310080000/{URL}")
    (asked,) = run.archive.asked("/wayback/available")
    assert asked.params == {"url": URL, "timestamp": "20190314"}
    again = run.keep(
        [candidate()],
        records={URL: replace(record(), lookup=result.lookup, snapshots=result.snapshots)},
    )
    assert len(run.archive.asked("/cdx")) > 2, "what is provisional is asked about again"
    assert again.lookups[URL].lookup.state is LookupState.FOUND


def test_no_answer_of_it_means_no_copy() -> None:
    run = start()
    run.archive.fail("/cdx", OFFLINE)
    result = run.keep([candidate()]).lookups[URL]
    assert result.lookup.state is LookupState.UNAVAILABLE
    assert len(run.archive.asked("/wayback/available")) == 1


def test_it_is_not_asked_where_the_archive_wants_fewer_questions_or_excludes() -> None:
    run = start(NEAR)
    run.archive.fail("/cdx", BUSY)
    assert run.keep([candidate()]).lookups[URL].lookup.state is LookupState.THROTTLED
    assert run.archive.asked("/wayback/available") == []


@pytest.mark.parametrize(
    "reply",
    [
        told("http://web.archive.org/web/20190310080000/https://evil.example/"),
        told(f"http://web.archive.org/web/20190310080000/{URL}", status="404"),
        told(f"http://web.archive.org/web/20190310080000/{URL}", available=False),
        told(f"http://web.archive.org/web/20190300080000/{URL}"),
        told("\x1b]0;x\x07"),
        (200, (), b"[" * 100_000),
        (200, (), b'{"archived_snapshots": {"closest": [1]}}'),
        (200, (), b"<html>"),
    ],
)
def test_what_it_says_is_checked(reply: object) -> None:
    run = start()
    run.archive.fail("/cdx", OFFLINE)
    run.archive.fail("/wayback/available", reply)  # type: ignore[arg-type]
    assert run.keep([candidate()]).lookups[URL].lookup.state is LookupState.UNAVAILABLE


def test_without_a_date_its_copy_is_not_graded() -> None:
    run = start(NEAR)
    run.archive.fail("/cdx", OFFLINE)
    result = run.keep([candidate(cited_on=None)]).lookups[URL]
    assert [s.role for s in result.snapshots] == ["latest"]
    assert (result.lookup.grade, result.lookup.days) == (Grade.NONE, None)


def test_it_keeps_a_pause_that_was_asked_for_and_a_pace_of_its_own() -> None:
    run = start()
    run.archive.fail("/cdx", OFFLINE, times=4)
    run.archive.fail("/cdx", BUSY, times=1)
    run.archive.fail("/cdx", OFFLINE)
    urls = [f"{URL}/{n}" for n in range(30)]
    run.keep([candidate(url, cited_on=date(2019, 1, 1)) for url in urls])
    asked = [request.at for request in run.archive.asked("/wayback/available")]
    index = [request.at for request in run.archive.asked("/cdx")]
    assert asked
    minute = timedelta(seconds=60)
    silence = min(at - index[4] for at in asked if at > index[4])
    assert silence >= minute
    assert max(sum(1 for a in asked if at <= a <= at + minute) for at in asked) <= 12
    assert asked[-1] - START < timedelta(minutes=10)


def test_connections_that_the_other_host_refuses_are_no_pause_of_this_one() -> None:
    run = start(*(Capture(f"{URL}/{n}", "20190310080000") for n in range(8)))
    run.archive.fail("/cdx", Refusal)
    kept = run.keep([candidate(f"{URL}/{n}") for n in range(8)])
    asked = [request.at for request in run.archive.asked("/wayback/available")]
    refused = [request.at for request in run.archive.asked("/cdx")]
    assert {r.lookup.state for r in kept.lookups.values()} == {LookupState.FOUND}
    assert len(asked) == 8, "those that the index was not asked about as well"
    assert min(at - said for at in asked for said in refused if at > said) < timedelta(seconds=30)


async def judge(link: Link, page: Exchange) -> Shown:
    wanting = page.content.startswith(b"error")
    return Shown(Fit.UNFIT, "error-page") if wanting else Shown(Fit.GOOD)


def test_its_copies_are_looked_at_once_the_host_answers_again() -> None:
    run = start(Capture(URL, "20190310080000", body=b"error 404"), Capture(f"{URL}/2", "2019"))
    run.archive.fail("/cdx", OFFLINE, of=URL)
    kept = run.keep([candidate(), candidate(f"{URL}/2")], judge=judge).lookups[URL]
    assert kept.snapshots == (), "nobody is offered an error page"
    assert [p.why for p in kept.lookup.passed_over] == ["error-page"]


@pytest.mark.parametrize(("trouble", "looked"), [(OFFLINE, 6), (Refusal, 0)])
def test_copies_are_tried_while_the_index_alone_is_down(trouble: object, looked: int) -> None:
    run = start(*(Capture(f"{URL}/{n}", "20190310080000") for n in range(6)))
    run.archive.fail("/cdx", trouble)  # type: ignore[arg-type]
    kept = run.keep([candidate(f"{URL}/{n}") for n in range(6)], judge=judge)
    seen = [s.verified for r in kept.lookups.values() for s in r.snapshots]
    assert (len(seen), seen.count(True)) == (6, looked)
    assert len(run.archive.asked("/web/")) == looked


def test_one_copy_is_tried_while_all_of_the_host_is_down() -> None:
    run = start(*(Capture(f"{URL}/{n}", "20190310080000") for n in range(6)))
    run.archive.fail("/cdx", OFFLINE)
    run.archive.fail("/web/", OFFLINE)
    kept = run.keep([candidate(f"{URL}/{n}") for n in range(6)], judge=judge)
    assert len({r.path for r in run.archive.asked("/web/")}) == 1
    assert [s.what for s in kept.skipped] == [
        "looking at the copies of 6 links at the Wayback Machine"
    ]


def test_it_is_left_alone_when_it_fails_too() -> None:
    run = start()
    run.archive.fail("/", OFFLINE)
    run.keep([candidate(f"{URL}/{n}") for n in range(20)])
    assert len(run.archive.asked("/wayback/available")) <= 6


def test_an_index_that_is_down_is_soon_asked_once_and_then_only_now_and_then() -> None:
    run = start(*(Capture(f"{URL}/{n:03}", "20190310080000") for n in range(60)))
    run.archive.fail("/cdx", OFFLINE)
    kept = run.keep([candidate(f"{URL}/{n:03}") for n in range(60)])
    assert len(run.archive.asked("/cdx")) < 30
    assert {r.lookup.state for r in kept.lookups.values()} == {LookupState.FOUND}
    assert run.clock.now() - START < timedelta(minutes=6)
    later = start(*(Capture(f"{URL}/{n:03}", "20190310080000") for n in range(60)))
    later.archive.fail("/cdx", OFFLINE, times=13)
    kept = later.keep([candidate(f"{URL}/{n:03}") for n in range(60)])
    sure = [r for r in kept.lookups.values() if not r.lookup.provisional]
    assert len(sure) > 20, "it is asked again once it is back"
