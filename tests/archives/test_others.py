"""Archives beside the Wayback Machine: what they add to its answer, what their trouble costs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from citecheck.archives.due import kept_lookup
from citecheck.archives.others import DEFAULT, TimeMapArchives, templates_of
from citecheck.archives.shown import Fit, Shown
from citecheck.demo.archive import Reply
from citecheck.records.archive import (
    Answer,
    Grade,
    Lookup,
    LookupResult,
    LookupState,
    Snapshot,
)
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.finding import State
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import ArchiveSettings
from standins.clock import FakeClock
from standins.keeping import START, URL, candidate, record
from standins.timemaps import ByHost, Kept, SmallPywb

NEAR = date(2019, 3, 14)
NONE = LookupResult(URL, Lookup(LookupState.NONE, START, cited_on=NEAR))
GONE = Fault(FaultKind.DNS_NXDOMAIN, "no such name")
EARLY, LATE = Kept("20190301120000", URL), Kept("20190401120000", URL)


async def by_title(link: Link, page: Exchange) -> Shown:
    """A judge that reads the word in the copy."""
    if b"error" in page.content or page.status != 200:
        return Shown(Fit.UNFIT, "error-page")
    return Shown(Fit.POOR, "needs-scripts") if b"script" in page.content else Shown(Fit.GOOD)


class Asked:
    """One run of other archives; `client` has what they were asked."""

    def __init__(
        self,
        *archives: SmallPywb,
        templates: tuple[str, ...] | None = None,
        records: Mapping[str, LinkRecord] | None = None,
        settings: ArchiveSettings | None = None,
    ) -> None:
        self.clock = FakeClock(START)
        self.client = ByHost(self.clock, *archives, elsewhere=GONE)
        self.archives = TimeMapArchives(
            self.client,
            replace(settings or ArchiveSettings(), timemaps=templates),
            records=records or {},
            clock=self.clock,
            judge=by_title,
        )

    def find(
        self,
        wayback: LookupResult = NONE,
        near: date | None = NEAR,
        state: State = State.DEAD,
    ) -> LookupResult:
        return asyncio.run(
            self.archives.find(candidate(wayback.url, state, cited_on=near), near, wayback)
        )


def test_a_copy_elsewhere_is_found_looked_at_and_graded() -> None:
    asked = Asked(SmallPywb([EARLY, LATE]))
    found = asked.find()
    assert found.snapshots == (
        Snapshot(
            "arquivo.pt",
            f"https://arquivo.pt/wayback/20190301120000/{URL}",
            EARLY.taken,
            "cited",
            200,
            verified=True,
        ),
    )
    assert found.lookup == Lookup(
        LookupState.FOUND,
        START,
        Grade.BRACKETED,
        13,
        "the copy is at arquivo.pt",
        cited_on=NEAR,
        others=(Answer("arquivo.pt", LookupState.FOUND, START + timedelta(seconds=1)),),
    )
    assert [a.url for a in asked.client.asks] == [
        f"https://arquivo.pt/wayback/timemap/link/{URL}",
        f"https://arquivo.pt/noFrame/replay/20190301120000id_/{URL}",
    ]


def test_without_a_day_the_newest_is_offered() -> None:
    found = Asked(SmallPywb([EARLY, LATE])).find(near=None)
    (snapshot,) = found.snapshots
    assert (snapshot.role, snapshot.taken) == ("latest", LATE.taken)
    assert (found.lookup.grade, found.lookup.days) == (Grade.NONE, None)


def test_nothing_there_is_its_own_word_and_changes_nothing() -> None:
    found = Asked(SmallPywb([])).find()
    assert found.lookup == replace(
        NONE.lookup, others=(Answer("arquivo.pt", LookupState.NONE, START),)
    )
    assert found.snapshots == ()


def test_copies_that_show_something_else_are_passed_over() -> None:
    spoilt = replace(EARLY, body=b"<p>error")
    found = Asked(SmallPywb([spoilt, LATE])).find()
    assert found.snapshots[0].taken == LATE.taken
    gone = [replace(EARLY, status=404), replace(LATE, body=b"<p>error")]
    found = Asked(SmallPywb(gone)).find()
    assert (found.lookup.state, found.lookup.others[0].state) == (
        LookupState.NONE,
        LookupState.NONE,
    )


def test_a_doubtful_copy_is_the_last_resort() -> None:
    doubtful = replace(EARLY, body=b"<script>")
    assert Asked(SmallPywb([doubtful, LATE])).find().snapshots[0].taken == LATE.taken
    found = Asked(SmallPywb([doubtful])).find()
    assert found.snapshots[0].verified is False
    assert "only with scripts" in found.lookup.detail


def test_no_more_than_three_copies_are_fetched() -> None:
    rows = [Kept(f"2019{m:02}01120000", URL, body=b"error") for m in range(1, 13)]
    asked = Asked(SmallPywb(rows))
    asked.find()
    assert len(asked.client.asks) == 4


def reply(status: int, body: bytes = b"<p>Sorry", kind: str = "text/html") -> Reply:
    return status, (("Content-Type", kind),), body


@pytest.mark.parametrize("body", [b"<h1>Not found</h1>", b"not found", b"", b"<p>Sorry"])
def test_a_404_of_its_own_list_is_none_whatever_page_comes_with_it(body: bytes) -> None:
    found = Asked(SmallPywb([EARLY], replies=[("/wayback/timemap/", reply(404, body))])).find()
    (answer,) = found.lookup.others
    assert (answer.state, answer.checked is None) == (LookupState.NONE, False)


@pytest.mark.parametrize(
    ("trouble", "state", "words"),
    [
        (GONE, LookupState.UNAVAILABLE, "could not be reached (dns-nxdomain)"),
        (Fault(FaultKind.READ_TIMEOUT), LookupState.UNAVAILABLE, "could not be reached"),
        (Fault(FaultKind.CONNECTION_REFUSED), LookupState.UNAVAILABLE, "could not be reached"),
        (reply(503), LookupState.UNAVAILABLE, "answered with an error (503)"),
        (reply(403), LookupState.UNAVAILABLE, "answered with an error (403)"),
        (
            reply(404, b"<title>Just a moment...</title>"),
            LookupState.UNAVAILABLE,
            "answered with an error (404)",
        ),
        (
            reply(404, b"<h1>502 Bad Gateway</h1>"),
            LookupState.UNAVAILABLE,
            "answered with an error (404)",
        ),
        (reply(200), LookupState.UNAVAILABLE, "answered what could not be understood"),
        (
            reply(200, b"", "text/html"),
            LookupState.UNAVAILABLE,
            "answered what could not be understood",
        ),
        (reply(429), LookupState.THROTTLED, "asked for a pause"),
    ],
)
def test_its_trouble_is_said_and_is_no_answer(
    trouble: Reply | Fault, state: LookupState, words: str
) -> None:
    found = Asked(SmallPywb([EARLY], replies=[("/wayback/timemap/", trouble)])).find()
    assert found.lookup.state is LookupState.NONE  # the Wayback Machine's own word
    assert found.lookup.others == (Answer("arquivo.pt", state),)
    assert f"arquivo.pt {words}" in found.lookup.detail


@pytest.mark.parametrize(
    "said",
    [
        reply(404, b"", "application/link-format"),
        reply(404, b"", "text/plain"),
        reply(404, b"<h1>Resource Not In Archive</h1>"),
        reply(404, b"The url could not be found in this collection."),
        reply(404, b'{"message": "No Captures found for: x"}', "application/json"),
        reply(200, b"", "application/link-format"),
    ],
)
def test_the_ways_to_say_nothing_there(said: Reply) -> None:
    found = Asked(SmallPywb([EARLY], replies=[("/wayback/timemap/", said)])).find()
    assert found.lookup.others[0].state is LookupState.NONE


@pytest.mark.parametrize(
    ("trouble", "most"),
    [
        (GONE, 1),
        (Fault(FaultKind.CONNECTION_REFUSED), 1),
        (Fault(FaultKind.CONNECT_TIMEOUT), 2),
        (reply(500), 2),
        (reply(429), 1),
    ],
)
def test_an_archive_in_trouble_is_left_alone(trouble: Reply | Fault, most: int) -> None:
    asked = Asked(SmallPywb([], replies=[("/", trouble)]))

    async def many() -> None:
        pages = [f"{URL}/{n}" for n in range(20)]
        await asyncio.gather(
            *(asked.archives.find(candidate(p), NEAR, replace(NONE, url=p)) for p in pages)
        )

    asyncio.run(many())
    assert len(asked.client.asks) == most
    assert asked.clock.monotonic() - 1000 < 5  # nobody waits for it


def test_after_the_pause_it_is_asked_again() -> None:
    archive = SmallPywb([], replies=[("/", (429, (("Retry-After", "90"),), b""))])
    asked = Asked(archive)
    assert asked.find().lookup.others[0].state is LookupState.THROTTLED
    archive.replies.clear()
    asked.clock.advance(80)
    assert asked.find().lookup.others[0].state is LookupState.THROTTLED
    asked.clock.advance(11)
    assert asked.find().lookup.others[0].state is LookupState.NONE
    assert len(asked.client.asks) == 2


def test_an_archive_that_takes_long_is_left_alone() -> None:
    asked = Asked(SmallPywb([]))
    at_once = asked.client.fetch

    async def slowly(ask: Ask) -> Exchange | Fault:
        await asked.clock.sleep(12)
        return await at_once(ask)

    asked.client.fetch = slowly  # type: ignore[method-assign]
    said = [asked.find().lookup.others[0].state.value for _ in range(4)]
    assert said == ["none", "none", "none", "unavailable"]
    assert len(asked.client.asks) == 3


def test_requests_are_a_second_apart() -> None:
    asked = Asked(SmallPywb([]))

    async def many() -> None:
        for n in range(70):
            page = f"{URL}/{n}"
            await asked.archives.find(candidate(page), NEAR, replace(NONE, url=page))

    asyncio.run(many())
    assert asked.clock.monotonic() - 1000 >= 69
    assert len(asked.client.asks) == 70


def test_the_budget_holds_for_it_too() -> None:
    asked = Asked(SmallPywb([EARLY]), settings=ArchiveSettings(budget=timedelta(seconds=5)))
    asked.clock.advance(6)
    found = asked.find()
    assert found.lookup.others == (Answer("arquivo.pt", LookupState.NOT_ASKED),)
    assert asked.client.asks == []


def test_copies_that_cannot_be_fetched_are_not_offered() -> None:
    archive = SmallPywb([EARLY], replies=[("/noFrame/", reply(403))])
    found = Asked(archive).find()
    assert found.lookup.state is LookupState.NONE
    assert found.lookup.others == (Answer("arquivo.pt", LookupState.UNAVAILABLE),)
    assert "showed none of them" in found.lookup.detail
    unseen = Asked(archive, settings=ArchiveSettings(verify=False)).find()
    assert (unseen.lookup.state, unseen.snapshots[0].verified) == (LookupState.FOUND, None)


def test_a_silent_wayback_machine_is_asked_again_though_another_has_a_copy() -> None:
    silent = LookupResult(URL, Lookup(LookupState.UNAVAILABLE, detail="It was down."))
    found = Asked(SmallPywb([EARLY])).find(silent)
    assert (found.lookup.state, found.lookup.provisional) == (LookupState.FOUND, True)
    assert "It was down." in found.lookup.detail
    said = Asked(SmallPywb([])).find(silent)
    assert said.lookup.state is LookupState.UNAVAILABLE


@pytest.mark.parametrize(("days", "role"), [(400, "latest"), (2, "cited")])
def test_a_nearer_copy_stands_before_a_far_one(days: int, role: str) -> None:
    taken = datetime(2020, 4, 17, 12, tzinfo=UTC)
    far = Snapshot("wayback", f"https://web.archive.org/web/2020/{URL}", taken, "cited", 200)
    wayback = LookupResult(URL, Lookup(LookupState.FOUND, START, Grade.NEAREST, days), (far,))
    found = Asked(SmallPywb([EARLY])).find(wayback)
    assert [s.role for s in found.snapshots if s.archive == "wayback"] == [role]
    cited = next(s for s in found.snapshots if s.role == "cited")
    assert cited.archive == ("arquivo.pt" if days == 400 else "wayback")
    assert found.lookup.days == (13 if days == 400 else 2)


def remembered(state: LookupState, days_ago: int, near: date | None = NEAR) -> LinkRecord:
    when = START - timedelta(days=days_ago)
    copy = Snapshot("arquivo.pt", f"https://arquivo.pt/wayback/2019/{URL}", EARLY.taken, "cited")
    lookup = Lookup(
        LookupState.FOUND, when, Grade.NEAREST, 13, cited_on=near,
        others=(Answer("arquivo.pt", state, when),),
    )  # fmt: skip
    copies = (copy,) if state is LookupState.FOUND else ()
    return replace(record(), lookup=lookup, snapshots=copies)


@pytest.mark.parametrize(
    ("known", "asks"),
    [
        (remembered(LookupState.NONE, 13), 0),
        (remembered(LookupState.NONE, 15), 2),
        (remembered(LookupState.FOUND, 89), 0),
        (remembered(LookupState.FOUND, 91), 2),
        (remembered(LookupState.FOUND, 5, date(2018, 1, 1)), 2),
        (remembered(LookupState.UNAVAILABLE, 1), 2),
    ],
)
def test_answers_are_kept(known: LinkRecord, asks: int) -> None:
    asked = Asked(SmallPywb([EARLY]), records={URL: known})
    found = asked.find()
    assert len(asked.client.asks) == asks
    said = known.lookup and known.lookup.others[0].state
    expected = LookupState.NONE if said is LookupState.NONE and not asks else LookupState.FOUND
    assert found.lookup.state is expected


@pytest.mark.parametrize(("days", "stands"), [(13, True), (15, False)])
def test_the_wayback_machine_is_asked_again_where_only_another_had_a_copy(
    days: int, stands: bool
) -> None:
    kept = kept_lookup(
        candidate(URL, State.DEAD, "http-404", NEAR),
        remembered(LookupState.FOUND, days),
        ArchiveSettings(),
        START,
    )
    assert (kept is not None) is stands


def test_what_an_earlier_run_said_of_others_is_not_said_again() -> None:
    trouble = "arquivo.pt could not be reached (dns-failure)"
    said = replace(NONE, lookup=replace(NONE.lookup, detail=f"Said so; {trouble}"))
    assert Asked(SmallPywb([])).find(said).lookup.detail == "Said so"
    assert Asked(SmallPywb([EARLY])).find(said).lookup.detail == (
        "the copy is at arquivo.pt; Said so"
    )
    gone = Asked(SmallPywb([], replies=[("/", GONE)])).find(NONE)
    again = Asked(SmallPywb([], replies=[("/", reply(503))])).find(gone)
    assert again.lookup.detail == "arquivo.pt answered with an error (503)"


def test_no_archive_hears_of_a_barred_link() -> None:
    asked = Asked(SmallPywb([]))
    for url in ("https://x.example/?access_token=1", "http://10.0.0.1/", "https://archive.ph/abc"):
        wayback = LookupResult(url, Lookup(LookupState.NOT_ASKED))
        assert asked.find(wayback) == wayback
    assert asked.client.asks == []


def test_several_archives_are_asked_in_order_until_one_has_it() -> None:
    empty = SmallPywb([], root="https://one.example")
    has = SmallPywb([EARLY], root="https://two.example", raw="/wayback/")
    never = SmallPywb([EARLY], root="https://three.example")
    asked = Asked(
        empty, has, never,
        templates=tuple(f"{a.root}/wayback/timemap/link/{{url}}" for a in (empty, has, never)),
    )  # fmt: skip
    found = asked.find()
    assert [(a.archive, a.state.value) for a in found.lookup.others] == [
        ("one.example", "none"),
        ("two.example", "found"),
    ]
    assert found.snapshots[0].url == f"https://two.example/wayback/20190301120000/{URL}"
    assert never.seen == []
    assert all(ask.trusted for ask in asked.client.asks)


def test_a_list_with_digests_is_graded_exact_without_fetching_equal_copies_again() -> None:
    archive = SmallPywb(
        [replace(EARLY, digest="A"), replace(LATE, digest="A")],
        root="https://one.example",
        raw="/wayback/",
    )
    asked = Asked(archive, templates=("https://one.example/wayback/timemap/json/{url}",))
    assert asked.find().lookup.grade is Grade.EXACT
    archive.kept = [replace(k, body=b"error") for k in archive.kept]
    asked.client.asks.clear()
    assert asked.find().lookup.state is LookupState.NONE
    assert len(asked.client.asks) == 2


def test_only_a_host_of_the_settings_may_be_private() -> None:
    day = "Fri, 01 Mar 2019 12:00:00 GMT"
    body = f'<https://in.one.example/20190301120000/{URL}>; rel="memento"; datetime="{day}"'
    said = reply(200, body.encode(), "application/link-format")
    archive = SmallPywb([], root="https://one.example", replies=[("/", said)])
    asked = Asked(archive, templates=("https://one.example/tm/{url}",))
    asked.find()
    assert [a.trusted for a in asked.client.asks] == [True, False]
    assert asked.clock.slept != []  # the second try of a replay is not sent


def test_whose_templates() -> None:
    assert templates_of(ArchiveSettings()) == DEFAULT
    assert templates_of(ArchiveSettings(timemaps=())) == ()
    assert templates_of(ArchiveSettings(wayback="http://127.0.0.1:8000")) == ()
    mine = ("https://one.example/tm/{url}",)
    assert templates_of(ArchiveSettings(wayback="http://x.example", timemaps=mine)) == mine


def test_nothing_is_asked_where_none_is_named() -> None:
    asked = Asked(templates=())
    assert asked.find() is NONE


def test_what_is_unfit_stands_for_no_side_of_the_day() -> None:
    near = Kept("20190312120000", URL, b"<p>error", digest="A" * 32)
    found = Asked(SmallPywb([near, replace(LATE, digest="B" * 32)])).find()
    assert (found.lookup.grade, found.lookup.days) == (Grade.NEAREST, 18)


def test_the_wayback_machines_own_timemaps_are_not_asked_beside_its_index() -> None:
    mirror, other = "http://mirror.example:8080", "http://mirror.example:8080/law/timemap/{url}"
    listed = (f"{mirror}/web/timemap/link/{{url}}", other)
    assert templates_of(ArchiveSettings(wayback=f"{mirror}/", timemaps=listed)) == (other,)
