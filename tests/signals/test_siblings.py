"""The answer for an address that cannot exist, beside that for the cited one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.finding import Confidence
from citecheck.records.memory import Memory
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.look import look
from citecheck.signals.siblings import compare
from standins.exchanges import answered
from standins.judged import HTML, OTHER, URL, cited, observed, page, said, verdict_on, visited

SIBLING = "https://press.example/2019/03/14/qjxkzvwpyt"


def pair(sibling: str, cited_page: str, status: int = 200) -> Signal | None:
    return compare(
        answered(SIBLING, status, sibling.encode(), HTML),
        answered(URL, 200, cited_page.encode(), HTML),
    )


def test_the_same_page_for_both() -> None:
    sign = pair(page("Gazette", OTHER), page("Gazette", OTHER))
    assert sign == Signal("sibling-same-page", "Gazette", Strength.DECISIVE)


def test_the_same_final_address_for_both() -> None:
    lost = answered("https://press.example/lost", 200, b"<p>lost", HTML)
    sign = compare(lost, lost)
    assert sign is not None
    assert sign.kind == "sibling-same-address"


def test_a_hard_error_for_the_sibling_proves_nothing() -> None:
    assert pair(page("Not found", "x"), page(), status=404) is None


def test_different_pages_and_empty_shells_prove_nothing() -> None:
    assert pair(page("Gazette", OTHER), page("Gazette")) is None
    shell = "<title>App</title><div id=root></div><script src=a.js></script>"
    assert pair(shell, shell) is None
    assert pair("", "") is None


def test_the_sign_makes_a_soft_404_with_another_unless_the_title_is_there() -> None:
    sign = Signal("sibling-same-page", "Gazette", Strength.DECISIVE)
    link = cited(title="")
    generic = observed(page("Gazette", OTHER), link=link)
    alone = verdict_on(replace(generic, signals=(*generic.signals, sign)), link=link)
    assert (said(alone), alone.confidence) == ("ok/ok", Confidence.LOW)
    hidden = Signal("noindex", "noindex", Strength.SUPPORT)
    both = verdict_on(replace(generic, signals=(*generic.signals, sign, hidden)), link=link)
    assert (said(both), both.confidence) == ("dead/soft-404", Confidence.HIGH)
    right = observed(page())
    assert said(verdict_on(replace(right, signals=(*right.signals, sign)))) == "ok/ok"


def test_a_genuine_page_of_a_host_that_answers_everything_with_it_is_not_dead() -> None:
    sign = Signal("sibling-same-page", "Gazette", Strength.DECISIVE)
    link = cited(title="Minimum wages in the pilot service reconsidered")
    seen = observed(page("Garden furniture of recycled timber", OTHER * 2), link=link)
    seen = replace(seen, signals=(*seen.signals, sign))
    assert said(verdict_on(seen, link=link)) == "mismatch/title-mismatch"


@pytest.mark.parametrize(
    ("target", "status", "expected"),
    [
        # the one page of a host that has moved as a whole: nothing says that the work is not on it
        ("https://press.example/archive/2019/bell", 301, "moved/redirected low"),
        ("https://islander.example/archive/bell", 308, "moved/host-moved low"),
        ("https://press.example/archive/2019/bell", 302, "ok/ok low"),
        # where lists and errors lie
        ("https://press.example/2019/03/", 301, "dead/soft-404 medium"),
        ("https://press.example/Error.aspx", 302, "dead/soft-404 medium"),
        ("https://press.example/search", 302, "dead/soft-404 medium"),
    ],
)
def test_a_host_that_sends_every_address_to_one(target: str, status: int, expected: str) -> None:
    link = cited(title="A work of which the little page does not speak")
    hops = (Hop(URL, status),)
    seen = observed(page("Gazette", "A few words."), link=link, final=target, hops=hops)
    sign = Signal("sibling-same-address", target, Strength.DECISIVE)
    finding = verdict_on(replace(seen, signals=(*seen.signals, sign)), link=link)
    assert f"{said(finding)} {finding.confidence}" == expected


def test_a_doubt_is_no_less_on_the_second_visit() -> None:
    link = cited(title="A work of which the little page does not speak")
    seen = observed(page("Gazette", "A few words."), link=link)
    sign = Signal("sibling-same-page", "Gazette", Strength.DECISIVE)
    doubtful = replace(seen, signals=(*seen.signals, sign))
    memory = Memory()
    for _ in range(2):
        finding, memory = visited(memory, doubtful, link=link)
        assert (said(finding), finding.confidence) == ("ok/ok", Confidence.LOW)


def test_resolvers_are_never_asked_for_an_invented_identifier() -> None:
    for url, doubt in ((URL, True), ("https://doi.org/10.5555/bell", False)):
        link = cited(url, title="A work of which the little page does not speak")
        answer = answered(URL, 200, page("Gazette", "A few words.").encode(), HTML)
        assert look(answer, link, ()).suspicious is doubt
