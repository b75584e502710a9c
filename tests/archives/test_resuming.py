"""Saves that a run left open: jobs, intents without a job, and when a page is asked for again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from citecheck.archives.plan import Kept
from citecheck.demo.archive import Capture
from citecheck.records.archive import SaveOutcome, SaveState
from citecheck.settings import ArchiveSettings
from standins.archive import BUSY, OFFLINE
from standins.keeping import START, URL, Run, candidate, keys, record, start, with_save

LOST = SaveOutcome(SaveState.UNKNOWN, "submitting", "", START - timedelta(seconds=20))
ACCOUNT = {"available": 3, "processing": 0, "daily_captures": 1, "daily_captures_limit": 30000}


def save(run: Run, before: SaveOutcome, **more: object) -> Kept:
    return run.keep(
        [candidate()],
        save=True,
        keys=keys(),
        records=with_save(before),
        **more,  # type: ignore[arg-type]
    )


def told(kept: Kept) -> tuple[str, str]:
    return kept.saves[URL].state.value, kept.saves[URL].reason


def account(run: Run, **changes: int) -> None:
    body = json.dumps(ACCOUNT | changes).encode()
    run.archive.fail("/save/status/user", (200, (), body))


def accepted(run: Run) -> str:
    """The archive has accepted the page for the run that was killed."""
    run.archive.save(
        {"authorization": f"LOW {':'.join(run.archive._keys)}"},
        {"url": [URL], "if_not_archived_within": ["2592000"]},
    )
    return next(iter(run.archive.jobs))


def test_a_request_that_arrived_is_found_by_the_job_that_the_address_gets() -> None:
    run = start()
    job = accepted(run)
    kept = save(run, LOST)
    assert told(kept) == ("saved", "")
    assert kept.saves[URL].job == job
    assert run.archive.submitted == [URL]


def test_a_request_that_arrived_is_found_in_the_index() -> None:
    run = start()
    job = accepted(run)
    run.archive.forget_jobs()
    kept = save(run, LOST)
    assert (told(kept), job in run.archive.jobs) == (("saved", ""), False)
    assert run.archive.submitted == [URL]


def test_a_capture_before_the_request_is_not_what_came_of_it() -> None:
    run = start()
    accepted(run)
    old = Capture(URL, "20261122113000")
    for job in run.archive.jobs.values():
        job.capture, job.polls_left = old, 0
    kept = save(run, LOST, archive=ArchiveSettings(fresh=timedelta(minutes=5)))
    assert told(kept) == ("saved", "")
    copy = kept.saves[URL].snapshot
    assert copy is not None and copy.taken != old.taken
    assert run.archive.submitted == [URL, URL]


def test_a_request_that_did_not_arrive_is_made_again_once_that_is_known() -> None:
    run = start()
    account(run)
    kept = save(run, LOST)
    assert told(kept) == ("saved", "")
    assert run.archive.submitted == [URL]
    post = next(r for r in run.archive.seen if r.method == "POST")
    assert post.at - START >= timedelta(seconds=100), "two minutes since the first request"
    assert [o.reason for _, o in run.book.saves] == ["not-arrived", "submitting", "", ""]


def test_the_second_request_reaches_back_before_the_first() -> None:
    run = start()
    account(run)
    lost = replace(LOST, submitted=START - timedelta(hours=5))
    save(run, lost, archive=ArchiveSettings(fresh=timedelta(hours=1)))
    (post,) = (r for r in run.archive.seen if r.method == "POST")
    within = timedelta(seconds=int(post.params["if_not_archived_within"]))
    assert within >= post.at - (START - timedelta(hours=5))


def test_a_copy_of_the_first_request_is_no_second_one() -> None:
    run = start()
    account(run)
    run.archive.fail("/cdx", (200, (("Content-Type", "text/plain"),), b""))  # it lags behind
    accepted(run)
    (taken,) = (job.capture for job in run.archive.jobs.values())
    assert taken is not None
    run.archive.captures.append(taken)
    run.archive.jobs.clear()
    kept = save(run, LOST)
    assert told(kept) == ("saved", ""), "its own, not one that was there before"
    assert run.archive.submitted == [URL]


def test_while_the_account_is_at_work_nothing_is_made_again() -> None:
    run = start()
    account(run, processing=1)
    assert told(save(run, LOST)) == ("unknown", "submitting")
    assert run.archive.submitted == []


def test_after_ten_minutes_nothing_is_at_work_any_more() -> None:
    run = start()
    account(run, processing=1)
    lost = replace(LOST, submitted=START - timedelta(minutes=11))
    assert told(save(run, lost)) == ("saved", "")
    assert run.archive.submitted == [URL]


@pytest.mark.parametrize("trouble", [BUSY, OFFLINE])
def test_an_archive_that_says_nothing_leaves_it_open(trouble: object) -> None:
    run = start()
    run.archive.fail("/", trouble)  # type: ignore[arg-type]
    assert told(save(run, LOST)) == ("unknown", "submitting")
    assert run.archive.submitted == []


def test_without_consent_or_keys_it_is_only_looked_for() -> None:
    run = start()
    kept = run.keep([candidate()], records=with_save(LOST))
    assert told(kept) == ("unknown", "submitting")
    assert not [r for r in run.archive.seen if r.method == "POST"]
    run.archive.captures.append(Capture(URL, "20261122115950"))
    kept = run.keep([candidate()], records=with_save(LOST))
    assert told(kept) == ("saved", "")


def test_a_lost_request_of_a_page_that_is_cited_no_more_is_not_made_again() -> None:
    run = start()
    account(run)
    kept = run.keep([], save=True, keys=keys(), records=with_save(LOST))
    assert told(kept) == ("failed", "not-arrived")
    assert run.archive.submitted == []


def test_a_page_that_has_died_since_is_not_asked_for_again() -> None:
    from citecheck.records.finding import State

    run = start()
    account(run)
    dead = candidate(state=State.DEAD, reason="http-404")
    kept = run.keep([dead], save=True, keys=keys(), records=with_save(LOST))
    assert told(kept) == ("skipped", "dead")
    assert run.archive.submitted == []


def test_a_lost_request_older_than_a_week_is_forgotten() -> None:
    run = start()
    lost = replace(LOST, submitted=START - timedelta(days=8))
    assert told(save(run, lost)) == ("saved", "")
    assert run.archive.submitted == [URL]


def test_a_clock_that_was_years_ahead_holds_nothing_up() -> None:
    for before in (LOST, SaveOutcome(SaveState.PENDING, "", "spn2-1")):
        run = start()
        account(run)
        ahead = replace(before, submitted=START + timedelta(days=700))
        assert told(save(run, ahead)) == ("saved", ""), before
        assert run.archive.submitted == [URL]


def test_a_job_that_is_still_at_work_is_waited_for_at_the_end() -> None:
    run = start()
    job = accepted(run)
    run.archive.jobs[job].polls_left = 4
    before = SaveOutcome(SaveState.PENDING, "", job, START - timedelta(minutes=3))
    assert told(save(run, before)) == ("saved", "")
    assert run.archive.submitted == [URL]


def test_many_open_jobs_hold_nobody_up() -> None:
    run = start()
    urls = [f"https://site{n}.example.org/" for n in range(40)]
    before = {
        url: replace(
            record(url),
            save=SaveOutcome(SaveState.PENDING, "", f"spn2-{n}", START - timedelta(minutes=3)),
        )
        for n, url in enumerate(urls)
    }
    run.archive.fail("/save/status/spn2", (200, (), b'{"status": "pending"}'))
    kept = run.keep([candidate()], save=True, keys=keys(), records=before)
    first = next(r.at for r in run.archive.seen if r.path.startswith("/cdx"))
    assert first - START < timedelta(seconds=5)
    assert {o.state for u, o in kept.saves.items() if u != URL} == {SaveState.PENDING}
