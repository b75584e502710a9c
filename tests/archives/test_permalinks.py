"""Links at Perma.cc: paid for, so made where they are needed, within a limit, and never twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.archives.perma_key import read_perma
from citecheck.archives.wayback_replies import EXCLUSION
from citecheck.errors import SettingsError
from citecheck.records.archive import (
    PERMA,
    Lookup,
    LookupResult,
    LookupState,
    PassedOver,
    SaveOutcome,
    SaveState,
    Snapshot,
)
from citecheck.records.finding import State
from citecheck.records.observation import FaultKind
from citecheck.settings import ArchiveSettings
from standins.keepers import BUSY, DOWN, KEY, PROOF_OF_WORK, Answer, Keepers, told
from standins.keeping import START, URL, candidate, record

NEEDED = ArchiveSettings(perma="needed")
ALWAYS = ArchiveSettings(perma="always")
REFUSED = {URL: SaveOutcome(SaveState.REFUSED, "error:blocked-url", submitted=START)}
MAKE = "POST /v1/archives/"


def said(outcome: SaveOutcome) -> tuple[str, str]:
    return outcome.state.value, outcome.reason


def posts(keepers: Keepers) -> int:
    return keepers.lines().count(MAKE)


def test_a_page_that_the_wayback_machine_refused_gets_a_link() -> None:
    keepers = Keepers()
    kept = keepers.keep([candidate()], saving=True, saves=REFUSED, settings=NEEDED)
    outcome = kept[URL][PERMA]
    assert said(outcome) == ("saved", "")
    assert outcome.job == "AB00-11YZ"
    assert outcome.snapshot == Snapshot(PERMA, "https://perma.cc/AB00-11YZ", START, "saved")
    assert [(o.state.value, o.job) for _, o in keepers.book.saves] == [
        ("unknown", ""),
        ("pending", "AB00-11YZ"),
        ("saved", "AB00-11YZ"),
    ], "noted before it is asked for, named before it is polled"


@pytest.mark.parametrize(
    ("save", "needed"),
    [
        (SaveOutcome(SaveState.REFUSED, "error:blocked"), True),
        (SaveOutcome(SaveState.REFUSED, "excluded"), True),
        (SaveOutcome(SaveState.FAILED, "error:invalid-server-response"), True),
        (SaveOutcome(SaveState.SAVED), False),
        (SaveOutcome(SaveState.PENDING, job="spn2-1"), False),
        (SaveOutcome(SaveState.UNKNOWN, "no-answer"), False),
        (SaveOutcome(SaveState.SKIPPED, "recent-copy"), False),
        (SaveOutcome(SaveState.SKIPPED, "throttled"), False),
        (SaveOutcome(SaveState.SKIPPED, "no-keys"), False),
        (SaveOutcome(SaveState.REFUSED, "bad-keys"), False),
        (SaveOutcome(SaveState.REFUSED, "error:max-daily-bandwidth"), False),
        (SaveOutcome(SaveState.REFUSED, "host-paused"), False),
        (None, False),
    ],
)
def test_it_is_made_only_where_the_page_itself_was_the_trouble(
    save: SaveOutcome | None, needed: bool
) -> None:
    keepers = Keepers()
    saves = {URL: save} if save else {}
    keepers.keep([candidate()], saving=True, saves=saves, settings=NEEDED)
    assert posts(keepers) == int(needed)


def test_a_site_that_is_excluded_at_the_wayback_machine_needs_one() -> None:
    keepers = Keepers()
    lookups = {URL: LookupResult(URL, Lookup(LookupState.EXCLUDED, START))}
    keepers.keep([candidate()], saving=True, lookups=lookups, settings=NEEDED)
    assert posts(keepers) == 1


def test_a_fresh_copy_elsewhere_makes_it_unnecessary() -> None:
    keepers = Keepers()
    copy = Snapshot("arquivo.pt", "https://arquivo.pt/wayback/1/x", START, "latest", 200)
    lookups = {URL: LookupResult(URL, Lookup(LookupState.FOUND, START), (copy,))}
    keepers.keep([candidate()], saving=True, saves=REFUSED, lookups=lookups, settings=NEEDED)
    assert posts(keepers) == 0


def test_a_fresh_copy_that_shows_something_else_does_not() -> None:
    keepers = Keepers()
    copy = Snapshot("wayback", "https://web.archive.org/web/2/x", START, "latest", 200)
    unfit = PassedOver(f"{START:%Y%m%d%H%M%S}", "wall")
    lookups = {URL: LookupResult(URL, Lookup(LookupState.NONE, START, passed_over=(unfit,)))}
    keepers.keep(
        [candidate()],
        saving=True,
        saves=REFUSED,
        lookups=lookups,
        records={URL: replace(record(), snapshots=(copy,))},
        settings=NEEDED,
    )
    assert posts(keepers) == 1


def test_an_excluded_site_with_an_old_copy_elsewhere_needs_one() -> None:
    keepers = Keepers()
    said = f"the copy is at arquivo.pt; {EXCLUSION}"
    lookups = {URL: LookupResult(URL, Lookup(LookupState.FOUND, START, detail=said))}
    keepers.keep([candidate()], saving=True, lookups=lookups, settings=NEEDED)
    assert posts(keepers) == 1


def test_always_is_for_every_page_that_may_be_saved() -> None:
    keepers = Keepers()
    keepers.keep(
        [
            candidate(),
            candidate("https://a.example.org/gone", State.DEAD, "http-404"),
            candidate("https://a.example.org/in", State.BLOCKED, "login"),
            candidate("https://a.example.org/?token=4f0c9a7be1d24d3f"),
            candidate("http://192.168.0.9/in"),
        ],
        saving=True,
        settings=ALWAYS,
    )
    assert [link["url"] for link in keepers.perma.links.values()] == [URL]


@pytest.mark.parametrize(("saving", "settings"), [(False, ALWAYS), (True, ArchiveSettings())])
def test_nothing_is_made_without_consent(saving: bool, settings: ArchiveSettings) -> None:
    keepers = Keepers()
    keepers.keep([candidate()], saving=saving, saves=REFUSED, settings=settings)
    assert keepers.asked == []


def test_without_a_key_it_says_what_to_do() -> None:
    keepers = Keepers()
    kept = keepers.keep([candidate()], saving=True, key="", settings=ALWAYS)
    assert said(kept[URL][PERMA]) == ("skipped", "no-keys")
    assert keepers.asked == []
    (line,) = keepers.homes.skipped()
    assert line.what == "saving 1 link at Perma.cc"
    assert "PERMA_API_KEY" in line.why


def test_the_limit_of_a_run_holds_and_the_next_goes_on() -> None:
    keepers = Keepers()
    links = [candidate(f"{URL}/{n}") for n in range(5)]
    two = replace(ALWAYS, perma_limit=2)
    kept = keepers.keep(links, saving=True, settings=two)
    assert posts(keepers) == 2
    assert [said(kept[c.link.url][PERMA]) for c in links[2:]] == [("skipped", "limit")] * 3
    assert "perma-limit" in keepers.homes.skipped()[0].why
    keepers.keep(links, saving=True, settings=two, records=keepers.left())
    keepers.keep(links, saving=True, settings=two, records=keepers.left())
    keepers.keep(links, saving=True, settings=two, records=keepers.left())
    assert sorted(link["url"] for link in keepers.perma.links.values()) == [
        c.link.url for c in links
    ], "one each, and never a second"


def test_the_folder_is_in_the_body_and_the_fragment_is_not() -> None:
    keepers = Keepers()
    settings = replace(ALWAYS, perma_folder=27)
    keepers.keep([candidate(f"{URL}#table")], saving=True, settings=settings)
    (link,) = keepers.perma.links.values()
    assert (link["url"], link["folder"]) == (URL, 27)


def test_a_link_that_stays_pending_is_taken_up_by_the_next_run() -> None:
    keepers = Keepers()
    keepers.perma.polls = 1000
    kept = keepers.keep([candidate()], saving=True, settings=ALWAYS)
    assert said(kept[URL][PERMA]) == ("pending", "")
    assert keepers.clock.monotonic() - 1000 <= ALWAYS.poll_limit + 60
    keepers.perma.links["AB00-11YZ"]["looks"] = 0
    keepers.asked.clear()
    kept = keepers.keep([candidate()], settings=ALWAYS, records=keepers.left())
    assert said(kept[URL][PERMA]) == ("saved", ""), "asked about though saving is off now"
    assert keepers.lines() == ["GET /v1/archives/AB00-11YZ/"]


def test_a_capture_that_failed_is_not_paid_for_again() -> None:
    keepers = Keepers()
    keepers.perma.ends = "failed"
    kept = keepers.keep([candidate()], saving=True, settings=ALWAYS)
    assert said(kept[URL][PERMA]) == ("failed", "capture-failed")
    assert kept[URL][PERMA].snapshot is None
    keepers.keep([candidate()], saving=True, settings=ALWAYS, records=keepers.left())
    assert posts(keepers) == 1


def test_a_link_that_only_its_maker_sees_is_offered_to_nobody() -> None:
    keepers = Keepers()
    keepers.perma.private = True
    outcome = keepers.keep([candidate()], saving=True, settings=ALWAYS)[URL][PERMA]
    assert said(outcome) == ("saved", "private")
    assert (outcome.snapshot, outcome.job) == (None, "AB00-11YZ")


@pytest.mark.parametrize(
    ("words", "state", "reason"),
    [
        ({"url": ["Couldn't resolve domain."]}, "failed", "invalid-host-resolution"),
        ({"url": "Couldn't load URL."}, "failed", "cannot-fetch"),
        ({"url": ["Target page is too large (max size 100MB)."]}, "failed", "filesize-limit"),
        ({"detail": "something new"}, "failed", "http-400"),
    ],
)
def test_what_is_wrong_with_a_page_is_told_and_not_tried_at_once(
    words: object, state: str, reason: str
) -> None:
    keepers = Keepers()
    keepers.perma.refusals[URL] = words
    kept = keepers.keep([candidate(), candidate(f"{URL}/2")], saving=True, settings=ALWAYS)
    assert said(kept[URL][PERMA]) == (state, reason)
    assert said(kept[f"{URL}/2"][PERMA]) == ("saved", "")
    keepers.keep([candidate()], saving=True, settings=ALWAYS, records=keepers.left())
    assert posts(keepers) == 2
    keepers.clock.advance(31 * 86400)
    keepers.keep([candidate()], saving=True, settings=ALWAYS, records=keepers.left())
    assert posts(keepers) == 3


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (told(400, {"error": "You've reached your usage limit."}), "usage-limit"),
        (told(400, {"folder": ["Folder not found."]}), "folder"),
        (told(401, {"detail": "Invalid token."}), "bad-keys"),
        (told(403, {"detail": "no"}), "http-403"),
        ((429, {"Retry-After": "9000"}, b""), "throttled"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_account_ends_the_batch(answer: Answer, reason: str) -> None:
    keepers = Keepers(trouble=[("POST", answer)])
    links = [candidate(), candidate(f"{URL}/2")]
    kept = keepers.keep(links, saving=True, settings=ALWAYS)
    assert posts(keepers) == 1
    assert said(kept[URL][PERMA]) == ("none", reason)
    assert said(kept[f"{URL}/2"][PERMA]) == ("skipped", reason)
    keepers.trouble.clear()
    kept = keepers.keep(links, saving=True, settings=ALWAYS, records=keepers.left())
    assert {said(o[PERMA]) for o in kept.values()} == {("saved", "")}


@pytest.mark.parametrize(
    "answer",
    [
        DOWN,
        PROOF_OF_WORK,
        FaultKind.READ_TIMEOUT,
        FaultKind.CONNECTION_RESET,
        told(201, {"guid": "<script>", "captures": []}),
        told(201, {"guid": KEY, "captures": []}),
        told(201, [1, 2]),
    ],
)
@pytest.mark.parametrize("arrived", [False, True])
def test_an_answer_that_is_lost_is_asked_for_and_not_paid_for_twice(
    answer: Answer, arrived: bool
) -> None:
    keepers = Keepers(trouble=[("POST", answer)])
    if arrived:
        keepers.perma.polls = 0

        def make(line: str) -> None:
            if line == MAKE and not keepers.perma.links:
                keepers.perma._make({"url": URL}, keepers.clock.now())

        keepers.sent = make
    kept = keepers.keep([candidate()], saving=True, settings=ALWAYS)
    assert said(kept[URL][PERMA]) == ("unknown", "no-answer")
    assert posts(keepers) == 1
    keepers.sent = lambda line: None
    keepers.clock.advance(86400)
    kept = keepers.keep([candidate()], saving=True, settings=ALWAYS, records=keepers.left())
    assert said(kept[URL][PERMA]) == ("saved", "")
    assert posts(keepers) == (1 if arrived else 2)
    assert len(keepers.perma.links) == 1


def test_a_list_that_cannot_be_read_decides_nothing() -> None:
    keepers = Keepers(trouble=[("POST", DOWN)])
    keepers.keep([candidate()], saving=True, settings=ALWAYS)
    keepers.trouble = [("GET", told(200, {"objects": None}))] * 2
    kept = keepers.keep([candidate()], saving=True, settings=ALWAYS, records=keepers.left())
    assert said(kept[URL][PERMA]) == ("unknown", "no-answer")
    assert posts(keepers) == 1


def test_a_link_older_than_the_request_is_somebody_elses() -> None:
    keepers = Keepers(trouble=[("POST", DOWN)])
    keepers.keep([candidate()], saving=True, settings=ALWAYS)
    keepers.perma._make({"url": URL}, START.replace(year=2024))
    kept = keepers.keep([candidate()], saving=True, settings=ALWAYS, records=keepers.left())
    assert kept[URL][PERMA].job == "AB01-12YZ"


def test_429_is_waited_out_between_looks() -> None:
    keepers = Keepers(trouble=[("GET", BUSY)])
    kept = keepers.keep([candidate()], saving=True, settings=ALWAYS)
    assert said(kept[URL][PERMA]) == ("saved", "")
    looks = [moment for moment, method, _ in keepers.asked if method == "GET"]
    assert looks[1] - looks[0] >= 30


def test_the_key_is_in_nothing_that_is_kept_or_shown() -> None:
    echo = told(400, {"detail": f"Authorization: ApiKey {KEY}", "error": KEY})
    keepers = Keepers(trouble=[("POST", echo), ("POST", told(201, {"guid": KEY}))])
    keepers.keep([candidate(), candidate(f"{URL}/2")], saving=True, settings=ALWAYS)
    assert KEY not in repr((keepers.book.saves, keepers.homes.skipped(), keepers.book.notes))


def test_the_key_is_read_from_the_environment() -> None:
    assert read_perma({}) is None
    assert read_perma({"PERMA_API_KEY": "  "}) is None
    key = read_perma({"PERMA_API_KEY": f" {KEY} "})
    assert key is not None
    assert key.authorization() == ("Authorization", f"ApiKey {KEY}")
    assert KEY not in repr(key.authorization()) + repr(key)
    with pytest.raises(SettingsError, match="PERMA_API_KEY has characters"):
        read_perma({"PERMA_API_KEY": "a\nb"})


def test_records_of_other_archives_are_not_mistaken_for_ones_own() -> None:
    keepers = Keepers()
    heritage = SaveOutcome(SaveState.SAVED, submitted=START, archive="software-heritage")
    known = {URL: replace(record(), saves=(heritage,))}
    keepers.keep([candidate()], saving=True, settings=ALWAYS, records=known)
    assert posts(keepers) == 1


def test_what_an_earlier_run_was_refused_still_needs_a_link() -> None:
    keepers = Keepers()
    known = {URL: replace(record(), save=REFUSED[URL])}
    keepers.keep([candidate()], saving=True, records=known, settings=NEEDED)
    assert posts(keepers) == 1
