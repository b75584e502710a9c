"""How many signs it takes to call a page with status 200 dead."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.judging.signs import DECISIVE, FAMILIES, SUPPORT, UNMISTAKABLE
from citecheck.records.finding import Confidence, Finding, State
from citecheck.records.observation import Observation, PageFacts, Signal, Strength
from standins.clock import START
from standins.judged import URL, cited, verdict_on

KINDS = tuple(FAMILIES)
ROT = frozenset({"soft-404", "redirect-to-home"})
SIGNS = tuple(
    Signal(kind, f"<{kind}>", strength)
    for kind in KINDS
    for strength in (
        (Strength.SUPPORT,)
        if kind in SUPPORT or kind in ("other-owner", "redirect-to-shorter")
        else (Strength.DECISIVE,)
        if kind in (*DECISIVE, *UNMISTAKABLE)
        else (Strength.SUPPORT, Strength.STRONG, Strength.DECISIVE)
    )
)


def judged(*signs: Signal, url: str = URL) -> Finding:
    page = PageFacts(title="Gazette", titles=("Gazette",), words=100, text_sha256="a" * 64)
    link = cited(url)
    seen = Observation(
        url, START, url, status=200, media_type="text/html", page=page, signals=signs
    )
    return verdict_on(seen, link=link)


def is_rot(finding: Finding) -> bool:
    return finding.state is State.DEAD and finding.reason in ROT


def keeps_the_rule(finding: Finding) -> None:
    """High confidence stands on two independent signs, and both are told."""
    if is_rot(finding) and finding.confidence is Confidence.HIGH:
        told = {FAMILIES[e.signal] for e in finding.evidence if e.signal in FAMILIES}
        assert len(told) >= 2, finding.evidence


def test_no_sign_alone_makes_a_page_dead_with_high_confidence() -> None:
    for sign in SIGNS:
        finding = judged(sign)
        assert not is_rot(finding) or finding.confidence is not Confidence.HIGH, sign


def test_all_pairs_and_threes_of_signs() -> None:
    # Of threes those alone in which each sign is as strong as it can be.
    strongest = tuple({sign.kind: sign for sign in SIGNS}.values())
    dead = 0
    for signs in (*combinations(SIGNS, 2), *combinations(strongest, 3)):
        finding = judged(*signs)
        keeps_the_rule(finding)
        dead += is_rot(finding)
    assert dead > 1000


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=12))
def test_any_signs_together(signs: list[Signal]) -> None:
    keeps_the_rule(judged(*signs))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=12))
def test_a_home_page_is_never_dead_for_what_it_shows(signs: list[Signal]) -> None:
    assert not is_rot(judged(*signs, url="https://press.example/"))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=12), st.sampled_from(["title-match", "doi-match"]))
def test_the_cited_work_is_never_dead(signs: list[Signal], match: str) -> None:
    """But where the answer only echoes the title that was asked for."""
    echo = match == "title-match" and {"no-entry", "no-results"} & {s.kind for s in signs}
    finding = judged(*signs, Signal(match, "x", Strength.DECISIVE))
    assert not is_rot(finding) or echo


def test_what_supports_does_not_decide() -> None:
    support = [s for s in SIGNS if s.kind in SUPPORT]
    assert not is_rot(judged(*support))


def test_a_redirect_home_needs_more_than_what_any_home_page_is() -> None:
    home = Signal("redirect-to-home", "https://press.example/", Strength.DECISIVE)
    alone = judged(home, Signal("thin-page"), Signal("noindex"))
    assert (alone.reason, alone.confidence) == ("redirect-to-home", Confidence.MEDIUM)
    with_title = judged(home, Signal("title-absent"))
    assert (with_title.reason, with_title.confidence) == ("redirect-to-home", Confidence.HIGH)
    assert [e.signal for e in with_title.evidence] == ["redirect-to-home", "title-absent"]


def test_a_parked_name_too_takes_a_second_sign_for_high_confidence() -> None:
    mark = Signal("parked", "sedoparking.com", Strength.DECISIVE)
    alone = judged(mark)
    assert (alone.reason, alone.confidence) == ("parked", Confidence.MEDIUM)
    seconded = judged(mark, Signal("title-absent"))
    assert (seconded.reason, seconded.confidence) == ("parked", Confidence.HIGH)
    assert [e.signal for e in seconded.evidence] == ["parked", "title-absent"]
