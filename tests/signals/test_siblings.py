"""The answer for an address that cannot exist, beside that for the cited one."""

from __future__ import annotations

from dataclasses import replace

from citecheck.records.finding import Confidence
from citecheck.records.observation import Signal, Strength
from citecheck.signals.siblings import compare
from standins.exchanges import answered
from standins.judged import HTML, OTHER, URL, cited, observed, page, said, verdict_on

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
    moved = replace(sign, kind="sibling-same-address")
    same = verdict_on(replace(generic, signals=(*generic.signals, moved)), link=link)
    assert (said(same), same.confidence) == ("dead/soft-404", Confidence.MEDIUM)
    right = observed(page())
    assert said(verdict_on(replace(right, signals=(*right.signals, sign)))) == "ok/ok"
