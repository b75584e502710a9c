"""Cited repositories at Software Heritage: looked up, asked for, resumed, and told honestly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from citecheck.archives.homes import OtherHomes
from citecheck.archives.perma_key import PermaKey
from citecheck.records.archive import SOFTWARE_HERITAGE, SaveOutcome, SaveState
from citecheck.records.finding import State
from citecheck.records.observation import FaultKind
from citecheck.settings import ArchiveSettings, Settings
from standins.keepers import (
    BUSY,
    DOWN,
    HERITAGE,
    PROOF_OF_WORK,
    Answer,
    Keepers,
    ago,
    day,
    told,
)
from standins.keeping import START, candidate

REPO = "https://github.com/psf/requests"
FILE = f"{REPO}/blob/main/README.md"
ISSUE = f"{REPO}/issues/6655"
OTHER = "https://codeberg.org/forgejo/forgejo"
PAGE = "https://journal.example.org/article"
LOOK = f"GET /api/1/origin/{REPO}/visit/latest/"
ASK = f"POST /api/1/origin/save/git/url/{REPO}/"
TELL = f"GET /api/1/origin/save/git/url/{REPO}/"


def swh(kept: dict[str, dict[str, SaveOutcome]], url: str = REPO) -> SaveOutcome:
    return kept[url][SOFTWARE_HERITAGE]


def said(outcome: SaveOutcome) -> tuple[str, str]:
    return outcome.state.value, outcome.reason


def test_what_it_holds_of_a_dead_repository_is_found_without_saving() -> None:
    keepers = Keepers()
    keepers.heritage.visits[REPO] = "2024-05-01T11:22:33.456789+00:00"
    kept = keepers.keep([candidate(FILE, State.DEAD, "http-404"), candidate(PAGE)])
    outcome = swh(kept, FILE)
    assert said(outcome) == ("none", "has-copy")
    copy = outcome.snapshot
    assert copy is not None
    assert (copy.archive, copy.role, copy.taken) == (
        "software-heritage",
        "latest",
        day(2024, 5, 1) + timedelta(hours=11, minutes=22, seconds=33),
    )
    assert copy.url == (
        f"{HERITAGE}/browse/origin/directory/?origin_url=https%3A%2F%2Fgithub.com%2Fpsf%2Frequests"
        "&timestamp=2024-05-01T11:22:33Z"
    )
    assert keepers.lines() == [LOOK], "nothing is asked about a page that is no repository"
    assert list(kept) == [FILE]


def test_a_copy_of_the_code_is_none_of_an_issue() -> None:
    keepers = Keepers()
    keepers.heritage.visits[REPO] = ago(3)
    kept = keepers.keep([candidate(ISSUE, State.DEAD, "http-404"), candidate(FILE)], saving=True)
    assert said(swh(kept, ISSUE)) == said(swh(kept, FILE)) == ("none", "has-copy")
    assert swh(kept, ISSUE).snapshot is None
    assert swh(kept, FILE).snapshot is not None
    keepers.keep([candidate(ISSUE), candidate(FILE)], saving=True, records=keepers.left())
    assert keepers.lines() == [LOOK]


def test_a_repository_cited_by_its_issues_alone_is_asked_for_once() -> None:
    keepers = Keepers()
    keepers.keep([candidate(ISSUE)], saving=True)
    keepers.heritage.done(REPO)
    keepers.clock.advance(3600)
    kept = keepers.keep([candidate(ISSUE)], saving=True, records=keepers.left())
    assert (said(swh(kept, ISSUE)), swh(kept, ISSUE).snapshot) == (("saved", ""), None)
    kept = keepers.keep([candidate(ISSUE)], saving=True, records=keepers.left())
    assert said(swh(kept, ISSUE)) == ("saved", "")
    assert keepers.lines() == [LOOK, ASK, TELL]


def test_several_links_of_a_repository_are_one_question_and_one_request() -> None:
    keepers = Keepers()
    kept = keepers.keep([candidate(FILE), candidate(ISSUE), candidate(f"{REPO}.git")], saving=True)
    assert keepers.lines() == [LOOK, ASK]
    assert {said(swh(kept, url)) for url in (FILE, ISSUE, f"{REPO}.git")} == {("pending", "")}
    assert swh(kept, FILE).job == "4000"


def test_another_form_of_the_name_is_tried_where_forges_have_two() -> None:
    keepers = Keepers()
    keepers.heritage.visits[f"{OTHER}.git"] = ago(400)
    kept = keepers.keep([candidate(OTHER)])
    assert said(swh(kept, OTHER)) == ("none", "has-copy")
    assert len(keepers.asked) == 2


def test_a_repository_visited_of_late_is_not_asked_for_again() -> None:
    keepers = Keepers()
    keepers.heritage.visits[REPO] = ago(29)
    assert said(swh(keepers.keep([candidate(FILE)], saving=True), FILE)) == ("none", "has-copy")
    assert keepers.lines() == [LOOK]


def test_an_old_visit_is_not_enough() -> None:
    keepers = Keepers()
    keepers.heritage.visits[REPO] = ago(31)
    outcome = swh(keepers.keep([candidate(FILE)], saving=True), FILE)
    assert said(outcome) == ("pending", "")
    assert outcome.snapshot is not None, "what it held before is still known"
    assert keepers.lines() == [LOOK, ASK]


@pytest.mark.parametrize(
    ("state", "reason"),
    [(State.DEAD, "http-404"), (State.BLOCKED, "login"), (State.UNREACHABLE, "http-5xx")],
)
def test_what_is_not_public_and_well_is_not_asked_for(state: State, reason: str) -> None:
    keepers = Keepers()
    keepers.keep([candidate(REPO, state, reason)], saving=True)
    assert not any(line.startswith("POST") for line in keepers.lines())


def test_one_public_page_of_a_repository_is_enough_to_ask_for_it() -> None:
    keepers = Keepers()
    keepers.keep([candidate(FILE, State.DEAD, "http-404"), candidate(REPO)], saving=True)
    assert keepers.lines() == [LOOK, ASK]


def test_switched_off_it_is_told_nothing() -> None:
    keepers = Keepers()
    off = ArchiveSettings(software_heritage="")
    assert keepers.keep([candidate(REPO)], saving=True, settings=off) == {}
    assert keepers.asked == []


def test_a_later_run_asks_what_became_of_it_and_asks_for_nothing_twice() -> None:
    keepers = Keepers()
    keepers.keep([candidate(REPO)], saving=True)
    keepers.asked.clear()
    keepers.clock.advance(600)
    assert said(swh(keepers.keep([candidate(REPO)], saving=True, records=keepers.left()))) == (
        "pending",
        "",
    )
    assert keepers.lines() == [TELL]
    keepers.heritage.done(REPO)
    keepers.clock.advance(3600)
    outcome = swh(keepers.keep([candidate(REPO)], records=keepers.left()))
    assert said(outcome) == ("saved", ""), "asked about though saving is off now"
    assert outcome.snapshot is not None
    assert (outcome.snapshot.role, outcome.snapshot.taken.isoformat()) == (
        "saved",
        "2026-11-22T12:30:00+00:00",
    )
    keepers.asked.clear()
    kept = keepers.keep([candidate(REPO)], saving=True, records=keepers.left())
    assert said(swh(kept)) == ("saved", "")
    assert keepers.lines() == [], "a fresh copy is asked about by nobody"


def test_a_request_that_tells_no_date_is_known_by_its_number() -> None:
    keepers = Keepers()
    keepers.keep([candidate(REPO)], saving=True)
    keepers.heritage.done(REPO)
    del keepers.heritage.requests[REPO]["save_request_date"]
    keepers.clock.advance(7200)
    outcome = swh(keepers.keep([candidate(REPO)], records=keepers.left()))
    assert said(outcome) == ("saved", "")


def test_a_visit_whose_day_is_not_told_is_looked_up() -> None:
    keepers = Keepers()
    keepers.keep([candidate(REPO)], saving=True)
    keepers.heritage.done(REPO, visited="")
    keepers.heritage.visits[REPO] = "2026-11-22T12:40:00Z"
    keepers.clock.advance(7200)
    outcome = swh(keepers.keep([candidate(REPO)], records=keepers.left()))
    assert outcome.state is SaveState.SAVED
    assert outcome.snapshot is not None
    assert outcome.snapshot.taken.isoformat() == "2026-11-22T12:40:00+00:00"


@pytest.mark.parametrize(
    ("change", "state", "reason"),
    [
        ({"save_request_status": "rejected"}, "refused", "rejected"),
        ({"save_request_status": "pending", "save_task_status": ""}, "pending", "in-review"),
        ({"save_task_status": "scheduled"}, "pending", ""),
        ({"save_task_status": "running"}, "pending", ""),
        ({"save_task_status": "failed"}, "failed", "task-failed"),
        (
            {"save_task_status": "succeeded", "visit_status": "not_found"},
            "failed",
            "visit-not-found",
        ),
    ],
)
def test_every_status_is_told_apart(change: dict[str, str], state: str, reason: str) -> None:
    keepers = Keepers()
    keepers.keep([candidate(REPO)], saving=True)
    keepers.heritage.requests[REPO] |= change
    keepers.clock.advance(600)
    kept = keepers.keep([candidate(REPO)], saving=True, records=keepers.left())
    assert said(swh(kept)) == (state, reason)
    again = keepers.keep([candidate(REPO)], saving=True, records=keepers.left())
    assert said(swh(again)) == (state, reason)
    assert keepers.lines().count(ASK) == 1


def test_a_request_that_never_ends_is_given_up_after_a_month() -> None:
    keepers = Keepers()
    keepers.keep([candidate(REPO)], saving=True)
    keepers.clock.advance(31 * 86400)
    kept = keepers.keep([candidate(REPO)], records=keepers.left())
    assert said(swh(kept)) == ("failed", "job-expired")


@pytest.mark.parametrize("status", [400, 403])
def test_an_origin_that_it_does_not_want_is_refused_and_not_asked_again(status: int) -> None:
    keepers = Keepers()
    keepers.trouble = [("POST", told(status, {"exception": "BadInput", "reason": "no"}))]
    kept = keepers.keep([candidate(REPO)], saving=True)
    state = {400: "failed", 403: "refused"}[status]
    assert said(swh(kept)) == (state, f"http-{status}")
    keepers.keep([candidate(REPO)], saving=True, records=keepers.left())
    assert keepers.lines().count(ASK) == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (DOWN, "unavailable"),
        (PROOF_OF_WORK, "unavailable"),
        (FaultKind.READ_TIMEOUT, "unavailable"),
        (told(200, "ok"), "unavailable"),
        (told(200, {"date": "yesterday", "status": "full", "snapshot": "6a"}), "unavailable"),
        (told(500, {"exception": "x"}), "unavailable"),
        (FaultKind.CONNECTION_REFUSED, "throttled"),
        (BUSY, "throttled"),
    ],
)
def test_an_archive_that_does_not_tell_is_never_said_to_have_nothing(
    answer: Answer, reason: str
) -> None:
    keepers = Keepers()
    keepers.trouble = [("GET", answer)] * 2
    kept = keepers.keep([candidate(REPO)], saving=True)
    assert said(swh(kept)) == ("skipped", reason)
    assert 1 <= len(keepers.asked) <= 2, "twice at most"
    keepers.trouble.clear()
    assert keepers.book.saves == [], "nothing was learnt"
    assert [line.what for line in keepers.homes.skipped()] == [
        "asking Software Heritage about 1 link"
    ]
    assert said(swh(keepers.keep([candidate(REPO)]))) == ("none", "no-copy"), "it is well again"


def test_one_failure_is_tried_again_after_a_moment() -> None:
    keepers = Keepers(trouble=[("GET", DOWN)])
    keepers.heritage.visits[REPO] = ago(3)
    assert said(swh(keepers.keep([candidate(REPO)]))) == ("none", "has-copy")
    assert keepers.asked[1][0] - keepers.asked[0][0] >= 5


def test_429_stops_all_traffic_for_its_time() -> None:
    keepers = Keepers(trouble=[("GET", BUSY)])
    keepers.keep([candidate(REPO), candidate(OTHER)])
    moments = [moment for moment, _, _ in keepers.asked]
    assert moments[1] - moments[0] >= 30


def test_a_429_for_a_request_leaves_it_to_the_next_run() -> None:
    keepers = Keepers(trouble=[("POST", BUSY)])
    kept = keepers.keep([candidate(REPO)], saving=True)
    assert said(swh(kept)) == ("none", "throttled")
    kept = keepers.keep([candidate(REPO)], saving=True, records=keepers.left())
    assert said(swh(kept)) == ("pending", "")
    assert keepers.lines().count(ASK) == 2


def test_the_headers_that_count_requests_are_obeyed() -> None:
    reset = str(int(START.timestamp()) + 300)
    headers = {
        "X_RateLimit_Limit": "120",
        "X_RateLimit_Remaining": "12",
        "X_RateLimit_Reset": reset,
    }
    keepers = Keepers(trouble=[("GET", told(404, {}, **headers))])
    keepers.keep([candidate(REPO), candidate("https://github.com/python/cpython")])
    assert [round(moment) for moment, _, _ in keepers.asked] == [0, 300]


def test_never_more_than_ninety_six_requests_an_hour() -> None:
    keepers = Keepers()
    links = [candidate(f"https://github.com/psf/tool-{n}") for n in range(250)]
    long = ArchiveSettings(budget=timedelta(hours=4))
    kept = keepers.keep(links, settings=long)
    moments = [moment for moment, _, _ in keepers.asked]
    assert len(moments) == 250
    assert max(sum(m <= x < m + 3600 for x in moments) for m in moments) <= 96
    assert all(said(swh(kept, c.link.url)) == ("none", "no-copy") for c in links)


def test_what_does_not_fit_into_the_budget_comes_in_the_next_run() -> None:
    keepers = Keepers(latency=20.0)
    links = [candidate(f"https://github.com/psf/tool-{n}") for n in range(9)]
    short = ArchiveSettings(budget=timedelta(seconds=100))
    kept = keepers.keep(links, settings=short)
    assert {said(o[SOFTWARE_HERITAGE]) for o in kept.values()} == {
        ("none", "no-copy"),
        ("skipped", "budget"),
    }
    assert [(line.what, line.why) for line in keepers.homes.skipped()] == [
        (
            "asking Software Heritage about 4 links",
            "the time for the archive was used up; the next run goes on from here",
        )
    ]
    before = len(keepers.asked)
    keepers.keep(links, settings=short, records=keepers.left())
    assert len(keepers.asked) - before == 4, "answers of the first run stand"


def test_answers_are_kept_as_long_as_the_settings_say() -> None:
    keepers = Keepers()
    keepers.keep([candidate(REPO)])
    for days, asked in ((13, 1), (15, 2)):
        keepers.clock.advance((START + timedelta(days=days) - keepers.clock.now()).total_seconds())
        keepers.keep([candidate(REPO)], records=keepers.left())
        assert len(keepers.asked) == asked


class Killed(Exception):
    pass


@pytest.mark.parametrize("arrived", [False, True])
def test_a_run_killed_while_it_asks_is_made_good_by_the_next(arrived: bool) -> None:
    keepers = Keepers()

    def kill(line: str) -> None:
        if line.startswith("POST"):
            if arrived:
                keepers.heritage.answer("POST", line.split()[1], keepers.clock.now())
            raise Killed

    keepers.sent = kill
    with pytest.raises(Killed):
        keepers.keep([candidate(REPO)], saving=True)
    assert [(o.state.value, o.submitted) for _, o in keepers.book.saves][-1] == ("unknown", START)
    keepers.sent = lambda line: None
    keepers.asked.clear()
    kept = keepers.keep([candidate(REPO)], saving=True, records=keepers.left())
    assert said(swh(kept)) == ("pending", "")
    assert keepers.lines() == ([TELL] if arrived else [TELL, ASK])


def test_it_is_one_home_of_two_and_needs_no_key() -> None:
    keepers = Keepers()
    homes = OtherHomes(
        keepers,
        Settings(),
        None,
        jobs=keepers.book,
        records={},
        clock=keepers.clock,
        progress=keepers.book,
    )
    assert homes.skipped() == ()
    assert "5f0c" not in repr(PermaKey("pk-5f0c9a7be1d24d3f"))


@pytest.mark.parametrize("answer", [DOWN, FaultKind.DNS_NXDOMAIN, PROOF_OF_WORK])
def test_one_that_is_down_is_left_alone_after_three_questions(answer: Answer) -> None:
    keepers = Keepers(trouble=[("GET", answer)] * 500)
    links = [candidate(f"https://github.com/psf/tool-{n}") for n in range(40)]
    kept = keepers.keep(links)
    assert {said(o[SOFTWARE_HERITAGE]) for o in kept.values()} == {("skipped", "unavailable")}
    assert len(keepers.asked) <= 6
    assert len(keepers.homes.skipped()) == 1
