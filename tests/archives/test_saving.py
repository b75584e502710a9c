"""Saving as a whole: accepted, pending, saved; every way of failing; jobs of earlier runs; keys."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from citecheck.archives.keys import Keys
from citecheck.archives.plan import Kept
from citecheck.demo.archive import Capture
from citecheck.records.archive import SaveOutcome, SaveState
from citecheck.records.finding import State
from citecheck.settings import ArchiveSettings
from standins.archive import BUSY, KEYS, OFFLINE, Refusal, Silence, echo
from standins.keeping import START, URL, Notebook, Run, candidate, keys, record, start, with_save

OTHER = "https://other.example.org/page"


def outcome(kept: Kept, url: str = URL) -> tuple[str, str]:
    return kept.saves[url].state.value, kept.saves[url].reason


def copy(kept: Kept, url: str = URL) -> str:
    snapshot = kept.saves[url].snapshot
    return snapshot.url if snapshot else ""


def save(run: Run, *urls: str, **more: object) -> Kept:
    return run.keep(
        [candidate(url) for url in urls or (URL,)],
        save=True,
        keys=keys(),
        **more,  # type: ignore[arg-type]
    )


def test_accepted_pending_saved() -> None:
    run = start(pending=2)
    kept = save(run)
    saved = kept.saves[URL]
    assert (saved.state, saved.reason) == (SaveState.SAVED, "")
    assert saved.job.startswith("spn2-")
    assert saved.snapshot is not None
    assert saved.snapshot.url == f"https://web.archive.org/web/20261122120000/{URL}"
    assert (saved.snapshot.role, saved.snapshot.status) == ("saved", 200)
    assert run.book.states() == ["unknown", "pending", "saved"]
    assert [o.reason for _, o in run.book.saves] == ["submitting", "", ""]
    assert [o.job for _, o in run.book.saves] == ["", saved.job, saved.job]
    assert [(r.method, r.path.split("/spn2")[0]) for r in run.archive.seen] == [
        ("GET", "/cdx/search/cdx"),
        ("GET", "/save/status/user"),
        ("GET", "/save/status/system"),
        ("POST", "/save"),
        ("GET", "/save/status"),
        ("GET", "/save/status"),
        ("GET", "/save/status"),
    ]
    polls = [r.at - START for r in run.archive.asked("/save/status/spn2")]
    assert polls == [timedelta(seconds=6), timedelta(seconds=11), timedelta(seconds=16)]
    assert run.archive.asked("/save")[2].params == {
        "url": URL,
        "skip_first_archive": "1",
        "if_not_archived_within": "2592000",
    }


def test_all_is_kept_before_the_request_that_it_is_of() -> None:
    run = start()
    asked: list[tuple[str, int, int]] = []

    class Counting(Notebook):
        def save_changed(self, url: str, outcome: SaveOutcome) -> None:
            posts = sum(r.method == "POST" for r in run.archive.seen)
            asked.append((outcome.reason, posts, len(run.archive.asked("/save/status/spn2"))))

    run.book = Counting()
    save(run)
    assert asked == [("submitting", 0, 0), ("", 1, 0), ("", 1, 2)]


def test_nothing_is_saved_without_consent_but_counted() -> None:
    run = start()
    kept = run.keep([candidate(), candidate(OTHER, State.DEAD, "http-404")], keys=keys())
    assert (kept.saves, kept.savable) == ({}, 1)
    assert run.archive.asked("/save") == []


def test_consent_without_keys_says_how_to_get_them() -> None:
    run = start()
    kept = run.keep([candidate(), candidate(OTHER)], save=True)
    assert outcome(kept) == outcome(kept, OTHER) == ("skipped", "no-keys")
    assert kept.savable == 2
    (line,) = kept.skipped
    assert line.what == "saving 2 links at the Wayback Machine"
    assert "https://archive.org/account/s3.php" in line.why
    assert "IA_SECRET_ACCESS_KEY" in line.why


def test_keys_that_do_not_hold_refuse_the_whole_batch() -> None:
    run = start()
    kept = run.keep(
        [candidate(), candidate(OTHER)], save=True, keys=Keys("AKwrong", "SKwrong-secret")
    )
    assert outcome(kept) == outcome(kept, OTHER) == ("refused", "bad-keys")
    assert [r.path for r in run.archive.asked("/save")] == ["/save/status/user"]
    assert "does not know the keys" in kept.skipped[0].why


@pytest.mark.parametrize(
    ("state", "reason", "why"),
    [
        (State.DEAD, "http-404", "dead"),
        (State.CHANGED, "content-changed", "changed"),
        (State.MISMATCH, "title-mismatch", "mismatch"),
        (State.UNREACHABLE, "http-5xx", "unreachable"),
        (State.BLOCKED, "login", "login"),
        (State.BLOCKED, "consent", "consent"),
        (State.BLOCKED, "legal-451", "legal-451"),
        (State.BLOCKED, "link-expired", "has-secret"),
        (State.BLOCKED, "library-proxy", "library-proxy"),
        (State.UNCHECKED, "robots", "unchecked"),
        (State.UNCHECKED, "private-address", "not-public"),
    ],
)
def test_what_is_not_to_be_saved(state: State, reason: str, why: str) -> None:
    run = start()
    kept = run.keep([candidate(state=state, reason=reason)], save=True, keys=keys())
    assert outcome(kept) == ("skipped", why)
    assert (kept.savable, run.archive.asked("/save")) == (0, [])


@pytest.mark.parametrize(
    "reason",
    ["forbidden", "challenge", "captcha", "rate-limited", "geo-blocked", "needs-javascript"],
)
def test_a_page_that_refuses_robots_is_worth_a_try(reason: str) -> None:
    run = start()
    blocked = candidate(state=State.BLOCKED, reason=reason)
    assert outcome(run.keep([blocked], save=True, keys=keys())) == ("saved", "")


def test_a_copy_from_the_future_is_no_recent_copy() -> None:
    run = start(Capture(URL, "20281101000000"))
    # It is asked for, though this archive takes it for one; what it shows for it is no copy.
    assert outcome(save(run)) == ("skipped", "recent-copy")
    assert len([r for r in run.archive.seen if r.path == "/save"]) == 1


def test_a_recent_copy_makes_a_new_one_unnecessary() -> None:
    run = start(Capture(URL, "20261101000000"))
    kept = save(run)
    assert outcome(kept) == ("skipped", "recent-copy")
    assert (kept.savable, run.archive.asked("/save")) == (0, [])


def test_the_same_snapshot_of_somebody_else_counts_as_a_copy() -> None:
    run = start()
    run.archive.fail("/cdx", (200, (("Content-Type", "text/plain"),), b""))
    run.archive.captures.append(Capture(URL, "20261122115800"))  # not in the index yet
    kept = save(run)
    assert outcome(kept) == ("saved", "existing-copy")
    assert copy(kept) == f"https://web.archive.org/web/20261122115800/{URL}"


@pytest.mark.parametrize(
    ("code", "state", "times"),
    [
        ("error:not-found", "failed", 1),
        ("error:invalid-host-resolution", "failed", 1),
        ("error:blocked-url", "refused", 1),
        ("error:blocked", "refused", 1),
        ("error:service-unavailable", "failed", 2),
        ("error:never-heard-of", "failed", 2),
        ("error:user-session-limit", "failed", 2),
        ("error:too-many-requests", "failed", 2),
        ("error:too-many-daily-captures", "skipped", 1),
    ],
)
def test_errors_of_a_job(code: str, state: str, times: int) -> None:
    run = start()
    run.archive.job_errors[URL] = [code] * 9
    assert outcome(save(run)) == (state, code)
    assert len([r for r in run.archive.seen if r.path == "/save"]) == times


def test_a_passing_error_is_got_over() -> None:
    run = start()
    run.archive.job_errors[URL] = ["error:no-browsers-available"]
    assert outcome(save(run)) == ("saved", "")
    assert run.book.states() == ["unknown", "pending", "failed", "unknown", "pending", "saved"]


@pytest.mark.parametrize(
    ("told", "state", "reason"),
    [
        (
            {"status": "error", "status_ext": "error:bad-request", "message": "no"},
            "failed",
            "error:bad-request",
        ),
        (
            {"message": "You have already reached the limit of active Save Page Now sessions."},
            "failed",
            "error:user-session-limit",
        ),
        ({"message": "Crawling this host is paused for 5 minutes."}, "refused", "host-paused"),
        (
            {"message": "You cannot make more than 30000 captures per day."},
            "refused",
            "daily-quota",
        ),
        ({"message": "Cannot start capture."}, "failed", "cannot-start"),
        ({"job_id": 7}, "failed", "unknown-reply"),
        ({}, "failed", "unknown-reply"),
        (["nothing"], "unknown", "no-answer"),
    ],
)
def test_errors_that_come_with_status_200(told: object, state: str, reason: str) -> None:
    run = start()
    run.archive.refusals[URL] = json.dumps(told).encode()
    assert outcome(save(run)) == (state, reason)


def test_a_quota_of_the_account_stops_the_batch() -> None:
    run = start()
    urls = [f"https://site{n}.example.org/" for n in range(9)]
    run.archive.job_errors[urls[0]] = ["error:max-daily-bandwidth"]
    kept = save(run, *urls)
    assert outcome(kept, urls[0]) == ("refused", "error:max-daily-bandwidth")
    assert outcome(kept, urls[8]) == ("skipped", "quota")
    assert len(run.archive.submitted) <= 3  # those already under way
    assert any("quota is used up" in line.why for line in kept.skipped)


def test_a_quota_of_a_host_stops_that_host() -> None:
    run = start()
    urls = [f"https://big.example.org/{n}" for n in range(6)]
    run.archive.job_errors[urls[0]] = ["error:max-daily-bandwidth-host"]
    kept = save(run, *urls, OTHER)
    assert outcome(kept, urls[5]) == ("skipped", "host-quota")
    assert outcome(kept, OTHER) == ("saved", "")


def test_an_allowance_that_is_used_up_submits_nothing() -> None:
    run = start()
    told = b'{"available": 3, "daily_captures": 30000, "daily_captures_limit": 30000}'
    run.archive.fail("/save/status/user", (200, (), told))
    assert outcome(save(run)) == ("skipped", "quota")
    assert run.archive.submitted == []


@pytest.mark.parametrize("reply", [(404, (), b"Not Found"), (200, (), b'{"status": "error"}')])
def test_a_service_that_knows_no_allowance_is_asked_to_save(reply: object) -> None:
    run = start()
    run.archive.fail("/save/status/user", reply)  # type: ignore[arg-type]
    assert outcome(save(run)) == ("saved", "")


def test_busy_once_is_waited_for() -> None:
    run = start()
    run.archive.fail("/save", BUSY, times=1)
    assert outcome(save(run)) == ("saved", "")
    assert run.clock.now() - START > timedelta(seconds=60)
    assert run.book.notes == ["waiting 60 s for the archive, which asked for a pause"]


def test_busy_stops_all_traffic_with_the_archive() -> None:
    run = start()
    urls = [f"https://site{n}.example.org/" for n in range(30)]
    run.archive.fail("/save", BUSY, times=1, of=urls[0])
    save(run, *urls)
    busy = next(r.at for r in run.archive.seen if r.path == "/save")
    minute = [r for r in run.archive.seen if busy < r.at < busy + timedelta(seconds=60)]
    assert minute == []
    assert len(run.archive.asked("/cdx")) == 30


@pytest.mark.parametrize(
    ("reply", "state", "reason"),
    [
        (BUSY, "skipped", "throttled"),
        (Refusal, "skipped", "throttled"),
        (OFFLINE, "skipped", "unavailable"),
        (Silence, "unknown", "no-answer"),
        ((401, (), b'{"message": "You need to be logged in."}'), "refused", "bad-keys"),
        ((400, (), b"Bad Request"), "failed", "http-400"),
        ((502, (), b"Bad Gateway"), "unknown", "no-answer"),
        ((200, (), b"<html>not json</html>"), "unknown", "no-answer"),
    ],
)
def test_a_submission_that_fails(reply: object, state: str, reason: str) -> None:
    run = start()
    run.archive.fail("/save", reply, of=URL)  # type: ignore[arg-type]
    assert outcome(save(run)) == (state, reason)


def test_pending_for_ever_stays_pending_with_its_job() -> None:
    run = start()
    run.archive.stuck.add(URL)
    kept = save(run)
    assert kept.saves[URL].state is SaveState.PENDING
    assert kept.saves[URL].job.startswith("spn2-")
    assert timedelta(seconds=165) < run.clock.now() - START < timedelta(seconds=185)


def test_a_capture_of_an_error_page_is_no_copy() -> None:
    run = start()
    told = {"status": "success", "timestamp": "20261122120000", "http_status": 404}
    run.archive.fail("/save/status/spn2", (200, (), json.dumps(told).encode()))
    assert outcome(save(run)) == ("failed", "captured-404")


def pending(minutes_ago: int, job: str) -> SaveOutcome:
    return SaveOutcome(SaveState.PENDING, "", job, START - timedelta(minutes=minutes_ago))


def test_the_next_run_takes_up_a_job() -> None:
    run = start()
    run.archive.stuck.add(URL)
    first = save(run).saves[URL]
    run.archive.stuck.clear()
    run.archive.jobs[first.job].polls_left = 1
    run.archive.seen.clear()
    kept = run.keep([candidate()], records=with_save(first))  # without consent, without keys
    assert kept.saves[URL].state is SaveState.PENDING
    kept = save(run, records=with_save(first))
    assert outcome(kept) == ("saved", "")
    assert kept.saves[URL].job == first.job
    assert run.archive.submitted == [URL]
    assert run.book.states()[-1] == "saved"


def test_an_expired_job_is_looked_for_in_the_index() -> None:
    run = start(Capture(URL, "20200101000000"))
    run.archive.captures.append(Capture(URL, "20261122092900"))
    kept = save(run, records=with_save(pending(150, "spn2-gone")))
    assert outcome(kept) == ("saved", "")
    assert copy(kept) == f"https://web.archive.org/web/20261122092900/{URL}"
    since = [r.params["from"] for r in run.archive.asked("/cdx") if "from" in r.params]
    assert since == ["20261122092800"]
    assert run.archive.submitted == []


def test_an_expired_job_without_a_capture_is_unknown() -> None:
    run = start()
    kept = save(run, records=with_save(pending(150, "spn2-gone")))
    assert outcome(kept) == ("unknown", "job-expired")
    assert run.archive.submitted == []
    assert run.book.states() == ["unknown"]


def test_an_unknown_outcome_is_cleared_by_the_index_later() -> None:
    lost = SaveOutcome(SaveState.UNKNOWN, "no-answer", "", START - timedelta(days=2))
    run = start(Capture(URL, "20261120120030"))
    assert outcome(save(run, records=with_save(lost))) == ("saved", "")
    run = start()
    assert outcome(save(run, records=with_save(lost))) == ("saved", "")
    assert run.archive.submitted == [URL]  # after a day it is asked for anew


def test_a_lasting_refusal_is_not_asked_for_again_before_long() -> None:
    refused = SaveOutcome(
        SaveState.REFUSED, "error:blocked-url", "spn2-1", START - timedelta(days=20)
    )
    run = start()
    kept = save(run, records=with_save(refused))
    assert kept.saves[URL] == refused
    assert run.archive.submitted == []
    run = start()
    longer = replace(refused, submitted=START - timedelta(days=40))
    save(run, records=with_save(longer))
    assert run.archive.submitted == [URL]


def test_a_job_of_a_link_that_is_cited_no_more_is_taken_up() -> None:
    run = start(Capture(OTHER, "20261122092900"))
    kept = save(run, URL, records=with_save(pending(150, "spn2-gone"), OTHER))
    assert outcome(kept, OTHER) == ("saved", "")


def test_an_excluded_site_is_not_submitted() -> None:
    run = start()
    run.archive.fail("/cdx", (403, (), b"Blocked By Robots RobotAccessControlException"))
    assert outcome(save(run)) == ("skipped", "excluded")
    assert run.archive.submitted == []


def test_at_most_so_many_at_once_and_a_minute() -> None:
    run = start(pending=3)
    save(run, *(f"https://site{n}.example.org/" for n in range(20)))
    starts = [r.at for r in run.archive.seen if r.path == "/save"]
    minute = timedelta(seconds=60)
    assert len(starts) == 20
    assert max(sum(1 for s in starts if at <= s <= at + minute) for at in starts) <= 6


def test_what_does_not_fit_the_budget_is_left() -> None:
    run = start()
    mine = ArchiveSettings(budget=timedelta(seconds=30))
    kept = save(run, *(f"https://site{n}.example.org/" for n in range(9)), archive=mine)
    states = sorted(o.state.value for o in kept.saves.values())
    assert states == ["saved"] * 6 + ["skipped"] * 3
    assert {o.reason for o in kept.saves.values()} == {"", "budget"}


def test_keys_are_shown_nowhere() -> None:
    shown: list[str] = []
    places = ("/cdx", "/save/status/user", "/save/status/system", "/save/status/spn2", "/save")
    for path in places:
        for status in (200, 401, 403, 429, 500):
            run = start()
            run.archive.fail(path, (status, *echo()[1:]))
            kept = save(run)
            shown += [repr(kept), repr(run.book.saves), repr(run.book.lookups), *run.book.notes]
    run = start()
    hostile = {"status": "success", "timestamp": "20261122120000", "http_status": 200}
    hostile["original_url"] = f"https://x.example.org/{KEYS[1]}"
    run.archive.fail("/save/status/spn2", (200, (), json.dumps(hostile).encode()))
    run.archive.refusals[OTHER] = json.dumps({"job_id": KEYS[1]}).encode()
    shown += [repr(save(run, URL, OTHER)), repr(run.book.saves)]
    assert not [text for text in shown if KEYS[0] in text or KEYS[1] in text]
    assert all(r.headers["authorization"] for r in run.archive.asked("/save"))
    assert not any("authorization" in r.headers for r in run.archive.asked("/cdx"))


def test_a_record_of_another_kind_does_not_get_in_the_way() -> None:
    kept = save(start(), records={URL: record()})
    assert outcome(kept) == ("saved", "")
