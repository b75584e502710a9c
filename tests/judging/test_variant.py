"""A second try by another way to write the address: a suggestion, never another verdict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.finding import Finding, Suggestion
from citecheck.records.observation import Fault, FaultKind, Hop, Observation, Variant
from citecheck.verdict import network_down
from standins.judged import cited, failed, observed, page, said, verdict_on

LINK = cited("http://press.example/2019/bell")
SECURE = "https://press.example/2019/bell"


def tried(seen: Observation | Fault, kind: str = "https", url: str = SECURE) -> Variant:
    if isinstance(seen, Fault):
        return Variant(kind, url, url, fault=seen)
    return Variant(
        kind, url, seen.final_url, seen.hops, seen.status, None, seen.media_type, seen.body,
        seen.page, seen.signals,
    )  # fmt: skip


def judged(variant: Variant | None, kind: FaultKind = FaultKind.CONNECTION_REFUSED) -> Finding:
    return verdict_on(replace(failed(kind, link=LINK), variant=variant), link=LINK)


def test_what_works_is_suggested() -> None:
    finding = judged(tried(observed(page(), link=cited(SECURE))))
    assert said(finding) == "unreachable/connection-refused"
    assert finding.strike
    assert finding.suggestion == Suggestion("https", SECURE, "ok")
    assert finding.detail == (
        "press.example refused the connection; the same address with https answers: cite that."
    )
    assert finding.evidence[-1].value == f"{SECURE}: ok (ok)"


def test_a_name_that_is_gone_stays_gone() -> None:
    www = "http://www.press.example/2019/bell"
    seen = tried(observed(page(), link=cited(www)), "redirect", www)
    finding = judged(seen, FaultKind.DNS_NXDOMAIN)
    assert said(finding) == "dead/dns-nxdomain"
    assert finding.detail == (
        "The name press.example does not exist; the same address with www. answers: cite that."
    )
    assert finding.suggestion == Suggestion("redirect", www, "ok")


def test_the_end_of_lasting_redirects_is_better_still() -> None:
    there = "https://www.press.example/bell"
    seen = observed(page(), link=cited(SECURE), final=there, hops=(Hop(SECURE, 301),))
    assert judged(tried(seen)).suggestion == Suggestion("https", there, "ok")


@pytest.mark.parametrize(
    "seen",
    [
        Fault(FaultKind.CONNECTION_REFUSED),
        Fault(FaultKind.DNS_NXDOMAIN),
        observed("<p>No</p>", link=cited(SECURE), status=403),
        observed("<p>Gone</p>", link=cited(SECURE), status=404),
        observed("<title>Page not found</title><h1>Page not found</h1>", link=cited(SECURE)),
        observed(
            "<script>window.onload=function(){window.location.href='/lander'}</script>",
            link=cited(SECURE),
        ),
    ],
)
def test_what_does_not_work_is_none(seen: Observation | Fault) -> None:
    finding = judged(tried(seen))
    assert (said(finding), finding.suggestion) == ("unreachable/connection-refused", None)
    assert finding.evidence[-1].signal == "second-try"
    assert judged(None).evidence[-1].signal == "fault"


def test_an_identifier_is_cited_as_it_is() -> None:
    link, www = cited("https://doi.org/10.5555/1"), "https://www.doi.org/10.5555/1"
    seen = tried(observed(page(), link=cited(www)), "redirect", www)
    down = replace(failed(FaultKind.CONNECTION_REFUSED, link=link), variant=seen)
    finding = verdict_on(down, link=link)
    assert (said(finding), finding.suggestion) == ("unreachable/connection-refused", None)


def test_an_answer_shows_that_there_is_a_network() -> None:
    down = [failed(FaultKind.CONNECTION_REFUSED, link=cited(f"http://{n}.example/")) for n in "abc"]
    assert network_down(down)
    seen = tried(observed(page(), link=cited(SECURE)))
    assert not network_down([*down[1:], replace(down[0], variant=seen)])
