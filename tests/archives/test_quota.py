"""What the account allows: its figures, the owner's reserve, sessions, an overloaded service."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from citecheck.archives.plan import Kept
from citecheck.archives.quota import reserved
from citecheck.demo.archive import Reply
from citecheck.records.archive import SaveOutcome, SaveState
from citecheck.settings import ArchiveSettings
from standins.archive import BUSY, OFFLINE
from standins.keeping import START, Run, candidate, keys, record, start

URLS = [f"https://site{n}.example.org/" for n in range(12)]


def account(run: Run, times: int = 10**9, **told: object) -> None:
    run.archive.fail("/save/status/user", (200, (), json.dumps(told).encode()), times)


def save(run: Run, **own: object) -> Kept:
    return run.keep(
        [candidate(url) for url in URLS],
        save=True,
        keys=keys(),
        archive=ArchiveSettings(**own),  # type: ignore[arg-type]
    )


def reasons(kept: Kept) -> list[str]:
    return sorted({o.reason for o in kept.saves.values()})


@pytest.mark.parametrize(
    ("wanted", "limit", "left"),
    [
        (None, 30_000, 100),
        (None, 200, 20),
        (None, 4, 0),
        (0, 30_000, 0),
        (500, 30_000, 500),
        (8, 10, 8),
        (500, 200, 100),
        (1, 1, 0),
    ],
)
def test_the_reserve_of_the_owner_is_never_all(wanted: int | None, limit: int, left: int) -> None:
    assert reserved(wanted, limit) == left


@pytest.mark.parametrize(
    ("told", "own", "submitted"),
    [
        ({"daily_captures_limit": 30000, "daily_captures": 0}, {}, 12),
        ({"daily_captures_limit": 30000, "daily_captures": 29895}, {}, 5),
        ({"daily_captures_limit": 30000, "daily_captures": 29895}, {"reserve": 102}, 3),
        ({"daily_captures_limit": 30000, "daily_captures": 29998}, {"reserve": 0}, 2),
        ({"daily_captures_limit": 5, "daily_captures": 0}, {"saves_per_day": 1000}, 5),
        ({"daily_captures_limit": 30000, "daily_captures": 9}, {"saves_per_day": 4}, 4),
        ({}, {"saves_per_day": 4, "reserve": 1}, 3),
        ({"daily_captures_limit": "many", "daily_captures": None}, {}, 12),
        ({"daily_captures_limit": -3, "daily_captures": True}, {}, 0),
    ],
)
def test_the_accounts_own_figures_win(
    told: dict[str, object], own: dict[str, object], submitted: int
) -> None:
    run = start()
    account(run, available=3, processing=0, **told)  # type: ignore[arg-type]
    kept = save(run, **own)
    assert len(run.archive.submitted) == submitted
    assert set(reasons(kept)) <= {"", "quota"}
    if submitted < len(URLS):
        assert any("left to its owner" in line.why for line in kept.skipped)


def test_saves_of_today_count_against_a_limit_of_ones_own() -> None:
    run = start()
    made = SaveOutcome(SaveState.SAVED, "", "spn2-1", START - timedelta(hours=3))
    before = [f"https://earlier{n}.example.org/" for n in range(3)]
    run.keep(
        [candidate(url) for url in URLS],
        save=True,
        keys=keys(),
        records={url: replace(record(url), save=made) for url in before},
        archive=ArchiveSettings(saves_per_day=5),
    )
    assert len(run.archive.submitted) == 2


def test_no_more_at_once_than_the_account_has_free() -> None:
    run = start(pending=3)
    account(run, available=1, processing=2)
    run.latency = 1.0
    save(run)
    posts = [r.at for r in run.archive.seen if r.method == "POST"]
    polls = [r.at for r in run.archive.asked("/save/status/spn2")]
    for first, second in pairwise(posts):
        assert any(first < poll < second for poll in polls), "one after the other"


def test_a_free_session_is_waited_for() -> None:
    run = start()
    account(run, 3, available=0, processing=3)
    kept = save(run)
    first = next(r.at for r in run.archive.seen if r.method == "POST")
    assert first - START >= timedelta(seconds=60)
    assert reasons(kept) == [""]


def test_an_account_that_is_always_busy_is_left_alone() -> None:
    run = start()
    account(run, available=0, processing=3)
    kept = save(run)
    assert (reasons(kept), run.archive.submitted) == (["sessions-full"], [])
    assert "as many captures under way as it may" in kept.skipped[0].why


def test_sessions_that_others_have_taken_in_the_meantime() -> None:
    run = start()
    words = b'{"message": "You have already reached the limit of active Save Page Now sessions."}'
    run.archive.fail("/save", (200, (), words), 5, of=URLS[0])
    kept = save(run)
    assert kept.saves[URLS[0]].reason == "error:user-session-limit"
    assert {kept.saves[url].state for url in URLS[1:]} == {SaveState.SAVED}
    run = start()
    run.archive.fail("/save", (200, (), words))
    run.archive.troubles[-1].path = "/save"
    account(run, available=3, processing=0)
    run.archive.troubles.reverse()
    kept = save(run)
    posts = [r for r in run.archive.seen if r.method == "POST"]
    assert len(posts) <= 12, "nobody goes on asking"
    assert "sessions-full" in reasons(kept)


@pytest.mark.parametrize(
    ("reply", "most"),
    [
        ((200, (), b'{"status": "ok"}'), 3),
        ((200, (), b'{"status": "Save Page Now is currently overloaded"}'), 1),
        ((404, (), b"Not Found"), 3),
        ((200, (), b"<html>fine</html>"), 3),
    ],
)
def test_an_overloaded_service_gets_one_page_at_a_time(reply: Reply, most: int) -> None:
    run = start(pending=2)
    run.archive.fail("/save/status/system", reply)
    under_way: set[str] = set()
    at_once = 0

    class Watching(type(run.book)):  # type: ignore[misc]
        def save_changed(self, url: str, outcome: SaveOutcome) -> None:
            nonlocal at_once
            if outcome.reason == "submitting":
                under_way.add(url)
            elif outcome.state is SaveState.SAVED:
                under_way.discard(url)
            at_once = max(at_once, len(under_way))

    run.book = Watching()
    assert reasons(save(run)) == [""]
    assert at_once == most


@pytest.mark.parametrize(
    ("reply", "reason"),
    [(OFFLINE, "unavailable"), ((502, (), b""), "unavailable"), (BUSY, "throttled")],
)
def test_a_service_that_is_down_gets_nothing(reply: Reply, reason: str) -> None:
    run = start()
    run.archive.fail("/save/status/system", reply)
    kept = save(run)
    assert (reasons(kept), run.archive.submitted) == ([reason], [])
    assert len(run.archive.asked("/save")) <= 3


def test_a_capture_that_stands_in_line_is_polled_when_its_turn_comes() -> None:
    run = start()
    told = {
        "url": URLS[0],
        "job_id": "spn2-1",
        "message": "Your capture will begin in 90s because our service is currently overloaded.",
    }
    run.archive.refusals[URLS[0]] = json.dumps(told).encode()
    done = {"status": "success", "timestamp": "20261122120130", "http_status": 200}
    run.archive.fail("/save/status/spn2-1", (200, (), json.dumps(done).encode()))
    kept = run.keep([candidate(URLS[0])], save=True, keys=keys())
    (poll,) = run.archive.asked("/save/status/spn2")
    assert poll.at - START >= timedelta(seconds=96)
    assert kept.saves[URLS[0]].state is SaveState.SAVED


def test_a_capture_in_line_without_a_job_is_not_asked_for_again() -> None:
    run = start()
    words = b'{"message": "Your capture will start in ~2 minutes, as our service is overloaded."}'
    run.archive.refusals[URLS[0]] = words
    kept = run.keep([candidate(URLS[0])], save=True, keys=keys())
    assert (kept.saves[URLS[0]].state, kept.saves[URLS[0]].reason) == (
        SaveState.UNKNOWN,
        "no-answer",
    )
    assert len([r for r in run.archive.seen if r.method == "POST"]) == 1


def test_a_host_that_slows_the_archive_down_is_left_alone_for_a_minute() -> None:
    run = start()
    slow = [f"https://slow.example.org/{n}" for n in range(3)]
    run.archive.job_errors[slow[0]] = ["error:too-many-requests"]
    own = ArchiveSettings(concurrent_saves=1)
    kept = run.keep([candidate(url) for url in slow], save=True, keys=keys(), archive=own)
    assert {o.state for o in kept.saves.values()} == {SaveState.SAVED}
    posts = [r.at for r in run.archive.seen if r.method == "POST"]
    assert posts[1] - posts[0] >= timedelta(seconds=60)


def test_a_page_that_waits_for_another_try_holds_no_session() -> None:
    run = start()
    account(run, available=1, processing=0)
    run.archive.job_errors = {URLS[0]: ["error:too-many-requests"]}
    save(run)
    posts = [(r.at, r.params["url"]) for r in run.archive.seen if r.method == "POST"]
    first, again = (at for at, url in posts if url == URLS[0])
    assert again - first >= timedelta(seconds=60)
    assert sum(first < at < again for at, _ in posts) > 2, "others are saved meanwhile"


def test_a_capture_that_is_left_running_counts_until_it_is_over() -> None:
    run = start()
    account(run, available=1, processing=0)
    run.archive.stuck = {URLS[0]}
    save(run, poll_limit=20.0)
    posts = [r.at for r in run.archive.seen if r.method == "POST"]
    first, second, third = posts[:3]
    assert second - first >= timedelta(seconds=120)
    assert third - second < timedelta(seconds=60)
