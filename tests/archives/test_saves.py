"""The line of pages to save: one page under several addresses, what it is asked as, and a long one
under every limit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from citecheck.archives.pages import page_of
from citecheck.archives.plan import Kept
from citecheck.demo.archive import Capture, Reply
from citecheck.records.archive import (
    SOFTWARE_HERITAGE,
    Lookup,
    LookupState,
    SaveOutcome,
    SaveState,
    Snapshot,
)
from citecheck.settings import ArchiveSettings
from standins.archive import BUSY, OFFLINE, FaultyArchive, Refusal
from standins.keeping import START, URL, Run, candidate, keys, record, start, with_save

PLAIN = URL.replace("https:", "http:")
WWW = URL.replace("https://", "https://www.")


def save(run: Run, *urls: str, **more: object) -> Kept:
    return run.keep(
        [candidate(url) for url in urls],
        save=True,
        keys=keys(),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (URL, PLAIN, True),
        (URL, WWW, True),
        (URL, f"{URL}#part", True),
        (URL, URL.replace("https://", "HTTPS://").replace("journal", "Journal"), True),
        (URL, URL.replace(".org/", ".org:443/"), True),
        ("https://a.example", "https://a.example/", True),
        (URL, f"{URL}/", False),
        (URL, f"{URL}?page=2", False),
        (URL, URL.replace("article", "Article"), False),
        (URL, URL.replace(".org/", ".org:8443/"), False),
        ("not an address", "https://not an address", False),
    ],
)
def test_which_addresses_are_one_page(one: str, other: str, same: bool) -> None:
    assert (page_of(one) == page_of(other)) is same


def test_one_page_under_several_addresses_is_submitted_once() -> None:
    run = start()
    kept = save(run, URL, PLAIN, WWW)
    assert len(run.archive.submitted) == 1
    assert {o.state for o in kept.saves.values()} == {SaveState.SAVED}
    assert len({o.job for o in kept.saves.values()}) == 1
    assert {url for url, o in run.book.saves if o.state is SaveState.SAVED} == {URL, PLAIN, WWW}


def test_a_copy_or_a_job_of_the_other_address_counts() -> None:
    taken = START - timedelta(days=3)
    copy = Snapshot(
        "wayback", f"https://web.archive.org/web/20261119120000/{PLAIN}", taken, "saved"
    )
    for outcome in (
        SaveOutcome(SaveState.SAVED, "", "spn2-1", taken, copy),
        SaveOutcome(SaveState.PENDING, "", "spn2-1", START - timedelta(minutes=5)),
    ):
        run = start()
        run.archive.fail("/save/status/spn2", (200, (), b'{"status": "pending"}'))
        kept = save(run, URL, records=with_save(outcome, PLAIN))
        assert run.archive.submitted == []
        assert kept.saves[URL].state is outcome.state
        assert kept.saves[URL].job == "spn2-1"


def test_a_refusal_of_the_other_address_does_not() -> None:
    run = start()
    gone = SaveOutcome(SaveState.FAILED, "error:not-found", "spn2-1", START - timedelta(days=1))
    assert save(run, URL, records=with_save(gone, PLAIN)).saves[URL].state is SaveState.SAVED
    assert run.archive.submitted == [URL]


def test_a_copy_of_the_repository_is_none_of_the_page() -> None:
    swh = Snapshot(SOFTWARE_HERITAGE, "https://archive.softwareheritage.org/x", START, "saved")
    run = start()
    known = replace(record(), snapshots=(swh,), lookup=Lookup(LookupState.NONE, START))
    save(run, URL, records={URL: known})
    assert run.archive.submitted == [URL]


@pytest.mark.parametrize(
    ("media_type", "forced"),
    [
        ("", False),
        ("text/html", False),
        ("application/xhtml+xml", False),
        ("application/pdf", True),
        ("text/csv", True),
        ("image/png", True),
    ],
)
def test_what_is_no_page_needs_no_browser(media_type: str, forced: bool) -> None:
    run = start()
    run.keep([replace(candidate(), media_type=media_type)], save=True, keys=keys())
    (post,) = (r for r in run.archive.seen if r.method == "POST")
    assert (post.params.get("force_get") == "1") is forced
    assert "capture_all" not in post.params


def test_that_the_copy_is_shown_later_may_be_asked_for() -> None:
    run = start()
    save(run, URL, archive=ArchiveSettings(delay_availability=True))
    (post,) = (r for r in run.archive.seen if r.method == "POST")
    assert post.params["delay_wb_availability"] == "1"


def test_no_request_is_made_twice_on_one_connection() -> None:
    run = start()
    seen: list[tuple[str, bool]] = []
    from standins.archive import Direct

    whole = Direct.fetch

    async def watched(self: Direct, ask: object) -> object:
        seen.append((ask.method, ask.fresh))  # type: ignore[attr-defined]
        return await whole(self, ask)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Direct, "fetch", watched)
        save(run, URL)
    assert {fresh for method, fresh in seen if method == "POST"} == {True}


def most_within(run: Run, path: str, method: str, seconds: float) -> int:
    starts = [r.at for r in run.archive.seen if r.path == path and r.method == method]
    span = timedelta(seconds=seconds)
    return max(sum(at <= s < at + span for s in starts) for at in starts)


class _Forgetful(FaultyArchive):
    """It keeps no copies: to search them all takes its time."""

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        self.captures.clear()
        return super().handle(method, target, headers, body)


@pytest.mark.parametrize("pages", [300, pytest.param(2000, marks=pytest.mark.whole)])
def test_a_crowd_of_pages_keeps_every_limit_and_never_gets_stuck(pages: int) -> None:
    run = start()
    run.archive = _Forgetful(now=run.clock.now, pending=2)
    run.latency = 3.0
    urls = [f"https://site{n % 50}.example.org/{n}" for n in range(pages)]
    day = ArchiveSettings(budget=timedelta(hours=30))
    kept = save(run, *urls, archive=day)
    assert {o.state for o in kept.saves.values()} == {SaveState.SAVED}
    assert sorted(run.archive.submitted) == sorted(urls)
    assert most_within(run, "/save", "POST", 60) <= 6
    assert most_within(run, "/cdx/search/cdx", "GET", 60) <= 24
    assert run.clock.now() - START < timedelta(minutes=pages / 6 * 1.08), (
        "six a minute, and little more"
    )


def test_a_service_that_falters_all_the_time_gets_there_in_the_end() -> None:
    run = start()
    urls = [f"https://site{n}.example.org/" for n in range(40)]
    troubles: tuple[tuple[str, Reply | type[Exception]], ...] = (
        ("/cdx", OFFLINE),
        ("/save/status/spn2", OFFLINE),
        ("/save/status/spn2", (200, (), b"<html>oops</html>")),
    )
    known: dict[str, SaveOutcome] = {}
    for day in range(9):
        for path, reply in troubles:
            run.archive.fail(path, reply, times=3)
        run.archive.fail("/save", OFFLINE, times=3, of=urls[day])
        if day % 3 == 1:
            run.archive.fail("/save", BUSY, times=1, of=urls[day + 20])
        if day % 3 == 2:
            run.archive.fail("/cdx", Refusal, times=1)
        kept = save(
            run,
            *urls,
            records={u: replace(record(u), save=o) for u, o in known.items()},
        )
        known |= {u: o for u, o in kept.saves.items() if o.state is not SaveState.SKIPPED}
        run.clock.advance(86_400)
    assert {known[url].state for url in urls} == {SaveState.SAVED}
    assert sorted(run.archive.submitted) == sorted(urls), "each of them once"


def test_pauses_get_longer_and_then_the_archive_is_left_alone() -> None:
    run = start()
    run.archive.fail("/save", BUSY)
    run.archive.troubles[-1].path = "/save"
    kept = save(run, *(f"https://site{n}.example.org/" for n in range(9)))
    told = [r.at for r in run.archive.asked("/save")]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(told)]
    assert [gap for gap in gaps if gap > 2] == [60.0, 120.0][: len([g for g in gaps if g > 2])]
    assert len(told) <= 4
    assert {o.reason for o in kept.saves.values()} == {"throttled"}


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"null",
        b"[]",
        b"[" * 100_000,
        b'{"job_id": ["spn2-1"]}',
        b'{"job_id": "../../etc/passwd"}',
        b'{"job_id": "spn2-1\\u001b]52;c;aGk=\\u0007"}',
        b'{"status": "error", "status_ext": {"a": 1}}',
        b'{"status": "error", "status_ext": "error:\\u202eevil"}',
        b'{"status": "error", "message": ["x"]}',
        b'{"message": ' + b'"A' * 50_000,
        b'{"job_id": "' + b"a" * 5_000 + b'"}',
        b"\xff\xfe\x00",
    ],
    ids=lambda told: repr(told[:24]),
)
def test_hostile_replies_come_to_nothing_worse_than_a_failure(told: bytes) -> None:
    run = start()
    run.archive.fail("/save", (200, (), told), of=URL)
    kept = save(run, URL)
    outcome = kept.saves[URL]
    assert outcome.state in (SaveState.UNKNOWN, SaveState.FAILED)
    assert outcome.reason in ("no-answer", "unknown-reply")
    assert not outcome.job


@pytest.mark.parametrize(
    "told",
    [
        {"status": "success"},
        {"status": "success", "timestamp": "20261399999999", "http_status": 200},
        {"status": "pending" * 1000},
        {"status": ["success"], "timestamp": "20261122120000"},
        {"status": "success", "timestamp": "２０２６１１２２１２００００"},
    ],
    ids=repr,
)
def test_a_hostile_status_saves_nothing(told: object) -> None:
    run = start()
    run.archive.fail("/save/status/spn2", (200, (), json.dumps(told).encode()))
    outcome = save(run, URL).saves[URL]
    assert (outcome.snapshot, outcome.state) in (
        (None, SaveState.UNKNOWN),
        (None, SaveState.PENDING),
    )


def test_an_address_in_a_status_that_holds_a_session_is_not_kept() -> None:
    run = start()
    told = {"status": "success", "timestamp": "20261122120000", "http_status": 200}
    for hostile in (
        "https://journal.example.org/article;jsessionid=1?token=4f0c9a7be1d24d3f",
        "javascript:alert(1)",
        "https://x.example.org/\u202egpj.exe",
        "https://another-site.example.net/article",
        7,
    ):
        run = start()
        body = json.dumps(told | {"original_url": hostile}).encode()
        run.archive.fail("/save/status/spn2", (200, (), body))
        copy = save(run, URL).saves[URL].snapshot
        assert copy is not None
        assert copy.url == f"https://web.archive.org/web/20261122120000/{URL}"


def test_a_quota_of_the_page_counts_as_kept_today() -> None:
    run = start(Capture(URL, "20200101000000"))
    words = b'{"status": "error", "message": "This URL has been already captured 5 times today."}'
    run.archive.fail("/save", (200, (), words), of=URL)
    kept = save(run, URL, PLAIN.replace("article", "other"))
    assert (kept.saves[URL].state, kept.saves[URL].reason) == (
        SaveState.SKIPPED,
        "error:too-many-daily-captures",
    )
    assert len(run.archive.submitted) == 1, "the others go on"
