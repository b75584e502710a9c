"""Several cited addresses of a host that end on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from citecheck.judging.together import in_company
from citecheck.records.finding import Confidence, Finding
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory, Visit
from citecheck.records.observation import Hop, Observation, Signal, Strength
from standins.judged import OTHER, STORY, cited, observed, page, said, verdict_on

TITLES = (
    "The bell that told the tide on Ormsay pier",
    "Rainfall in the northern parishes since 1850",
    "How the ferry company lost its charter",
    "Minutes of the harbour board for 1903",
)
ENDS = "https://press.example/about/archive-policy"


def links(count: int, titles: Sequence[str] = TITLES) -> list[Link]:
    return [
        cited(f"https://press.example/2019/0{n}/story-{n}", titles[n] if titles else "")
        for n in range(count)
    ]


def ended(link: Link, final: str = ENDS, markup: str = "", status: int = 200) -> Observation:
    hops = (Hop(link.url, 302),) if final != link.url else ()
    markup = markup or page("The archive of the Gazette", OTHER * 5)
    return observed(markup, link=link, final=final, hops=hops, status=status)


def findings(visits: dict[str, Observation], cited_links: Sequence[Link]) -> list[Finding]:
    seen = in_company(cited_links, visits)
    return [verdict_on(seen[link.url], link=link) for link in cited_links]


def test_three_works_cannot_all_be_one_page() -> None:
    three = links(3)
    visits = {link.url: ended(link) for link in three}
    assert [said(verdict_on(visits[link.url], link=link)) for link in three[:1]] == [
        "mismatch/title-mismatch"
    ]
    for finding in findings(visits, three):
        assert said(finding) == "dead/soft-404"
        assert "same-end-as-others" in [e.signal for e in finding.evidence]


def test_two_are_too_few() -> None:
    two = links(2)
    visits = {link.url: ended(link) for link in two}
    assert in_company(two, visits) == visits


def test_the_order_of_visits_does_not_matter() -> None:
    three = links(3)
    visits = {link.url: ended(link) for link in three}
    told = in_company(three, visits)
    for order in permutations(three):
        assert in_company(order, {u: visits[u] for u in reversed(visits)}) == told


def test_where_one_of_them_is_the_page_none_is_dead_for_it() -> None:
    three = links(3)
    markup = page(TITLES[1], OTHER)
    visits = {link.url: ended(link, markup=markup) for link in three}
    assert in_company(three, visits) == visits


def test_one_work_under_three_addresses_has_moved() -> None:
    same = links(3, [TITLES[0]] * 3)
    visits = {link.url: ended(link) for link in same}
    assert in_company(same, visits) == visits


def test_without_known_titles_it_only_supports() -> None:
    untitled = links(3, ())
    visits = {link.url: ended(link) for link in untitled}
    seen = in_company(untitled, visits)
    signs = [s for s in seen[untitled[0].url].signals if s.kind == "same-end-as-others"]
    assert [s.strength for s in signs] == [Strength.SUPPORT]
    assert {said(f) for f in findings(visits, untitled)} == {"ok/ok"}


@pytest.mark.parametrize("kind", ["login", "consent", "challenge", "needs-javascript", "paywall"])
def test_what_stands_before_all_pages_is_no_sign(kind: str) -> None:
    three = links(3)
    door = Signal(kind, "x", Strength.DECISIVE)
    visits = {
        link.url: replace(o, signals=(*o.signals, door)) for link in three for o in (ended(link),)
    }
    assert in_company(three, visits) == visits


def test_answers_that_are_no_pages_are_no_sign() -> None:
    three = links(3)
    visits = {link.url: ended(link, status=403) for link in three}
    assert in_company(three, visits) == visits


def test_a_host_with_one_page_for_all_paths_stays_ok() -> None:
    three = links(3)
    markup = page("Ormsay", STORY * 4)
    visits = {link.url: ended(link, link.url, markup.replace("Ormsay pier", "x")) for link in three}
    seen = in_company(three, visits)
    assert all("same-page-as-others" in {s.kind for s in o.signals} for o in seen.values())
    untitled = links(3, ())
    visits = {link.url: ended(link, link.url, markup) for link in untitled}
    for finding in findings(visits, untitled):
        assert said(finding) == "ok/ok"
        assert finding.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("text", "probed", "expected"),
    [
        (OTHER, True, "dead/soft-404"),
        (OTHER[:380], True, "dead/soft-404"),
        (OTHER, False, "mismatch/title-mismatch"),  # no made-up address was asked for
        (OTHER[:380], False, "ok/ok"),
        ("Search, browse and read our books, maps and prints, all of them free.", True, "ok/ok"),
    ],
)
def test_one_text_for_three_works_and_for_an_address_that_cannot_exist(
    text: str, probed: bool, expected: str
) -> None:
    three = links(3)
    markup = page("Gazette", text)
    sibling = (Signal("sibling-same-page", "Gazette", Strength.DECISIVE),) if probed else ()
    visits = {
        link.url: replace(o, signals=(*o.signals, *sibling))
        for link in three
        for o in (ended(link, link.url, markup),)
    }
    found = findings(visits, three)
    assert {said(f) for f in found} == {expected}
    assert Confidence.HIGH not in {f.confidence for f in found}


def test_one_text_that_says_it_is_not_there() -> None:
    untitled = links(3, ())
    markup = page("Ormsay Gazette", "We have looked everywhere. " + OTHER, h1="Page not found")
    visits = {link.url: ended(link, link.url, markup) for link in untitled}
    for finding in findings(visits, untitled):
        assert (said(finding), finding.confidence) == ("dead/soft-404", Confidence.HIGH)


def test_a_link_that_is_visited_alone_has_the_company_that_earlier_runs_found() -> None:
    cited_links = links(3)
    alone = ended(cited_links[0])
    record = LinkRecord("", "dead", "soft-404", "medium", "", since=alone.at, first_seen=alone.at)
    memory = {
        link.url: Memory(replace(record, url=link.url), Visit(link.url, alone.at, final_url=ENDS))
        for link in cited_links
    }
    seen = in_company(cited_links, {alone.url: alone}, memory)
    assert set(seen) == {alone.url}
    assert "same-end-as-others" in {s.kind for s in seen[alone.url].signals}
    well = {url: replace(m, record=replace(record, state="ok")) for url, m in memory.items()}
    assert in_company(cited_links, {alone.url: alone}, well) == {alone.url: alone}
