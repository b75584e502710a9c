"""Saving without keys: what is asked, how the answer is read, every way of failing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from citecheck.archives.plan import Kept
from citecheck.demo.archive import Capture, Reply
from citecheck.records.archive import SaveOutcome, SaveState
from citecheck.settings import ArchiveSettings
from standins.archive import BUSY, OFFLINE, Refusal, Silence
from standins.keeping import START, URL, Run, candidate, keys, start, with_save

ANONYMOUS = ArchiveSettings(anonymous=True)
WEB = "https://web.archive.org/web"
COPY = f"/web/20261122120040/{URL}"


def save(run: Run, *urls: str, **more: object) -> Kept:
    return run.keep(
        [candidate(url) for url in urls or (URL,)],
        save=True,
        **{"archive": ANONYMOUS, **more},  # type: ignore[arg-type]
    )


def answering(status: int, *headers: tuple[str, str], body: bytes = b"") -> Run:
    run = start()
    run.archive.fail("/save/", (status, headers, body))
    return run


def told(kept: Kept, url: str = URL) -> tuple[str, str]:
    return kept.saves[url].state.value, kept.saves[url].reason


LINKS = (
    f'<{URL}>; rel="original", '
    f'<{WEB}/timemap/link/{URL}>; rel="timemap"; type="application/link-format", '
    f'<{WEB}/{URL}>; rel="timegate", '
    f'<{WEB}/20010101000000/{URL}>; rel="first memento"; datetime="Mon, 01 Jan 2001 00:00:00 GMT", '
    f'<{WEB}/20200101000000/{URL}>; rel="prev memento"; datetime="Wed, 01 Jan 2020 00:00:00 GMT", '
    f'<{WEB}/20261122120040/{URL}>; rel="memento"; datetime="Sun, 22 Nov 2026 12:00:40 GMT", '
    f'<{WEB}/20300101000000/{URL}>; rel="last memento"; datetime="Tue, 01 Jan 2030 00:00:00 GMT"'
)


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (302, (("Location", f"https://web.archive.org{COPY}"),)),
        (302, (("location", COPY),)),
        (301, (("Location", f"http://web.archive.org{COPY}"),)),
        (200, (("Content-Location", COPY),)),
        (200, (("Content-Location", f"/web/20261122120040id_/{URL}"),)),
        (200, (("Link", LINKS),)),
        (200, (("Link", f"<{WEB}/20261122120040/{URL}>; rel=memento"),)),
    ],
)
def test_where_the_answer_names_the_copy(status: int, headers: tuple[tuple[str, str], ...]) -> None:
    kept = save(answering(status, *headers))
    saved = kept.saves[URL]
    assert (saved.state, saved.reason, saved.job) == (SaveState.SAVED, "", "")
    assert saved.snapshot is not None
    assert saved.snapshot.url == f"{WEB}/20261122120040/{URL}"
    assert saved.snapshot.taken == datetime(2026, 11, 22, 12, 0, 40, tzinfo=UTC)


def test_what_is_asked() -> None:
    run = answering(302, ("Location", COPY))
    save(run, URL, "https://other.example.org/a b?q=1#part")
    asked = [r for r in run.archive.seen if r.path.startswith("/save")]
    assert [(r.method, r.path) for r in asked] == [
        ("GET", f"/save/{URL}"),
        ("GET", "/save/https://other.example.org/a%20b"),
    ]
    assert asked[1].params == {"q": "1"}
    assert not any("authorization" in r.headers for r in asked)
    assert run.book.states() == ["unknown", "saved"]


def test_without_being_asked_for_it_is_not_used() -> None:
    run = start()
    kept = run.keep([candidate()], save=True)
    assert told(kept) == ("skipped", "no-keys")
    assert "anonymous = true" in kept.skipped[0].why
    run = start()
    assert run.keep([candidate()], archive=ANONYMOUS).saves == {}
    assert run.archive.asked("/save") == []


def test_with_keys_they_are_used() -> None:
    run = start()
    save(run, keys=keys())
    assert [r.method for r in run.archive.seen if r.path == "/save"] == ["POST"]
    assert run.archive.asked("/save/http") == []


def test_a_copy_from_the_cache_is_no_new_one() -> None:
    run = answering(
        200, ("Content-Location", f"/web/20261122115000/{URL}"), ("X-Page-Cache", "HIT")
    )
    assert told(save(run)) == ("saved", "existing-copy")
    run = answering(302, ("Location", f"/web/20261120115000/{URL}"))
    assert told(save(run)) == ("saved", "existing-copy"), "two days old, whatever it says"


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("Location", f"/web/20150101000000/{URL}"),),  # an old one stands for a failure
        (("Location", f"/web/20261399000000/{URL}"),),
        (("Location", "/web/20261122120040/javascript:alert(1)"),),
        (("Location", f"/web/20261122120040/{URL}?token=4f0c9a7be1d24d3f"),),
        (("Link", '<<>>;;rel="memento",,<x'),),
        (("Link", "<" * 50_000),),
        (("Content-Location", "/web/20261122120040/"),),
    ],
    ids=lambda headers: repr(headers)[:60],
)
def test_an_answer_that_names_no_copy(headers: tuple[tuple[str, str], ...]) -> None:
    assert told(save(answering(200, *headers))) == ("unknown", "no-copy")


PREFIX = "org.archive.wayback.exception."


@pytest.mark.parametrize(
    ("reply", "state", "reason"),
    [
        (
            (
                403,
                (("X-Archive-Wayback-Runtime-Error", f"{PREFIX}RobotAccessControlException: x"),),
                b"",
            ),
            "refused",
            "robots",
        ),
        (
            (
                403,
                (("X-Archive-Wayback-Runtime-Error", "AdministrativeAccessControlException"),),
                b"",
            ),
            "refused",
            "excluded",
        ),
        (
            (404, (("X-Archive-Wayback-Runtime-Error", "LiveDocumentNotAvailableException"),), b""),
            "failed",
            "not-live",
        ),
        (
            (502, (("X-Archive-Wayback-Runtime-Error", "LiveWebCacheUnavailableException"),), b""),
            "failed",
            "cannot-reach",
        ),
        ((401, (), b""), "skipped", "no-anonymous"),
        ((403, (), b"You need to be logged in to use Save Page Now."), "skipped", "no-anonymous"),
        ((403, (), b""), "failed", "http-403"),
        ((404, (), b"under load"), "failed", "http-404"),
        (BUSY, "skipped", "throttled"),
        (Refusal, "skipped", "throttled"),
        (OFFLINE, "skipped", "unavailable"),
        ((509, (), b""), "skipped", "sessions-full"),
        ((523, (), b""), "unknown", "no-answer"),
        ((502, (), b""), "unknown", "no-answer"),
        (Silence, "unknown", "no-answer"),
    ],
)
def test_every_way_of_failing(reply: Reply | type[Exception], state: str, reason: str) -> None:
    run = start()
    run.archive.fail("/save/", reply)
    kept = save(run)
    assert told(kept) == (state, reason)
    assert len(run.archive.asked("/save")) == 1, "asked once, whatever it says"


def test_it_waits_two_minutes_and_no_longer() -> None:
    run = start()
    run.archive.fail("/save/", Silence)
    save(run)
    assert timedelta(seconds=100) < run.clock.now() - START < timedelta(seconds=130)


def test_what_became_of_a_lost_answer_is_looked_for_by_the_next_run() -> None:
    lost = SaveOutcome(SaveState.UNKNOWN, "no-answer", "", START - timedelta(hours=2))
    run = start()
    assert told(save(run, records=with_save(lost))) == ("unknown", "no-answer")
    assert run.archive.asked("/save/http") == [], "not again before a day is over"
    run = start(Capture(URL, "20261122100130"))
    kept = save(run, records=with_save(lost))
    assert told(kept) == ("saved", "")
    run = answering(302, ("Location", COPY))
    kept = save(run, records=with_save(replace(lost, submitted=START - timedelta(days=2))))
    assert told(kept) == ("saved", "")


def test_never_more_than_three_a_minute() -> None:
    run = start()
    run.archive.fail("/save/", (302, (("Location", COPY),), b""))
    save(run, *(f"https://site{n}.example.org/" for n in range(12)))
    starts = [r.at for r in run.archive.asked("/save/http")]
    minute = timedelta(seconds=60)
    assert len(starts) == 12
    assert max(sum(at <= s < at + minute for s in starts) for at in starts) <= 3


def test_a_pause_holds_look_ups_as_well() -> None:
    run = start()
    run.archive.fail("/save/", BUSY, times=1)
    urls = [f"https://site{n}.example.org/" for n in range(30)]
    run.archive.fail("/save/", (302, (("Location", COPY),), b""))
    save(run, *urls)
    busy = run.archive.asked("/save/http")[0].at
    assert [r for r in run.archive.seen if busy < r.at < busy + timedelta(seconds=60)] == []


def test_a_service_that_never_answers_is_left_alone() -> None:
    run = start()
    run.archive.fail("/save/", (523, (), b""))
    kept = save(run, *(f"https://site{n}.example.org/" for n in range(20)))
    assert len(run.archive.asked("/save/http")) <= 5
    reasons = [o.reason for o in kept.saves.values()]
    assert set(reasons) == {"no-answer", "unavailable"}


def test_a_day_has_two_hundred_at_most_and_fewer_where_that_is_said() -> None:
    run = start()
    run.archive.fail("/save/", (302, (("Location", COPY),), b""))
    few = replace(ANONYMOUS, saves_per_day=4)
    kept = save(run, *(f"https://site{n}.example.org/" for n in range(9)), archive=few)
    assert len(run.archive.asked("/save/http")) == 4
    assert {o.reason for o in kept.saves.values()} == {"", "quota"}


def test_redirects_among_save_addresses_are_followed_and_no_others() -> None:
    run = start()
    other = "/save/https://journal.example.org/elsewhere"
    run.archive.fail(f"/save/{URL}", (302, (("Location", other),), b""), times=1)
    run.archive.fail(other, (302, (("Location", COPY),), b""))
    assert told(save(run)) == ("saved", "")
    run = start()
    run.archive.fail("/save/", (302, (("Location", "https://evil.example.org/save/x"),), b""))
    assert told(save(run)) == ("unknown", "no-copy")
    assert len(run.archive.asked("/save")) == 1
    run = start()
    run.archive.fail("/save/", (302, (("Location", f"/save/{URL}?again"),), b""))
    assert told(save(run)) == ("unknown", "no-copy")
    assert len(run.archive.asked("/save")) <= 3


def test_no_thread_sleeps_and_nothing_else_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    import requests

    def never(*_: object, **__: object) -> None:
        raise AssertionError(json.dumps("not from here"))

    monkeypatch.setattr(time, "sleep", never)
    monkeypatch.setattr(requests.Session, "send", never)
    for reply in ((302, (("Location", COPY),), b""), (200, (), b""), BUSY, (500, (), b"")):
        run = start()
        run.archive.fail("/save/", reply)
        save(run)
