"""Identifiers are judged by their registry where the publisher refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.finding import Confidence
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import FaultKind, Hop, Observation
from standins.judged import (
    PARAGRAPH,
    cited,
    failed,
    observed,
    page,
    said,
    verdict_on,
    visited,
)

DOI = cited("https://doi.org/10.5555/ormsay.7")
PUBLISHER = "https://journals.example/doi/10.5555/ormsay.7"
HOPS = (Hop(DOI.url, 302),)
WALL = "<title>Just a moment...</title><p>Checking</p>"


def at_publisher(
    markup: str = page(), status: int = 200, link: Link = DOI, final: str = PUBLISHER, **sent: str
) -> Observation:
    headers = {key.replace("_", "-"): value for key, value in sent.items()}
    hops = (Hop(link.url, 302),)
    return observed(markup, link=link, status=status, final=final, hops=hops, headers=headers)


@pytest.mark.parametrize(
    ("seen", "why", "confidence"),
    [
        (at_publisher(WALL, 403, cf_mitigated="challenge"), "challenge", Confidence.MEDIUM),
        (at_publisher("<p>No</p>", 403), "forbidden", Confidence.MEDIUM),
        (at_publisher("<p>No</p>", 429), "rate-limited", Confidence.MEDIUM),
        (
            at_publisher("<title>Robot check</title><p>Are you human?</p>", 200),
            "captcha",
            Confidence.MEDIUM,
        ),
        (
            at_publisher(
                "<form><input type=password></form>",
                final="https://journals.example/login?returnUrl=%2Fdoi%2F10.5555",
            ),
            "login",
            Confidence.LOW,
        ),
        (
            at_publisher("<div id=root></div><script src=/app.js></script>"),
            "needs-javascript",
            Confidence.LOW,
        ),
    ],
)
def test_a_wall_behind_a_registered_doi(
    seen: Observation, why: str, confidence: Confidence
) -> None:
    finding = verdict_on(seen, link=DOI)
    assert (said(finding), finding.confidence, finding.seen) == ("ok/ok", confidence, False)
    assert finding.detail == (
        "The DOI is registered and leads to journals.example, which refused this program "
        f"({why}), so its page was not seen."
    )
    assert finding.evidence[0].signal == "resolver"
    assert len(finding.evidence) > 1, "the wall's own evidence stays"
    assert (finding.match, finding.similarity, finding.suggestion) == (None, None, None)


def test_a_limit_of_pace_at_the_publisher() -> None:
    seen = replace(failed(FaultKind.RATE_LIMITED, link=DOI, hops=HOPS), final_url=PUBLISHER)
    assert said(verdict_on(seen, link=DOI)) == "ok/ok"
    alone = failed(FaultKind.RATE_LIMITED, link=DOI)
    assert said(verdict_on(alone, link=DOI)) == "blocked/rate-limited"


def test_nothing_of_a_wall_is_kept() -> None:
    wall = at_publisher(WALL, 403, cf_mitigated="challenge", etag='"7"')
    _, memory = visited(Memory(), wall, link=DOI)
    assert memory.record is not None
    assert memory.visit is not None
    assert (memory.record.state, memory.record.baseline, memory.record.sha256) == ("ok", None, "")
    assert (memory.visit.etag, memory.visit.final_url, memory.visit.sketch) == ("", "", None)


def test_a_baseline_outlives_a_wall() -> None:
    _, memory = visited(Memory(), at_publisher(etag='"7"'), link=DOI)
    assert memory.record is not None
    assert memory.visit is not None
    assert memory.record.baseline is not None
    assert (memory.visit.etag, memory.visit.final_url) == ('"7"', PUBLISHER)
    kept = memory.record.baseline, memory.record.text_sha256
    wall = at_publisher(WALL, 403, cf_mitigated="challenge")
    finding, memory = visited(memory, wall, link=DOI)
    assert memory.record is not None
    assert said(finding) == "ok/ok"
    assert (memory.record.baseline, memory.record.text_sha256) == kept
    other = page(
        "A table of prices", PARAGRAPH.replace("bell", "lamp") + "Prices are in marks. " * 40
    )
    finding, _ = visited(memory, at_publisher(other), link=DOI)
    assert finding.state in ("changed", "mismatch")


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_the_publishers_fault(status: int) -> None:
    finding = verdict_on(at_publisher("<p>Gone</p>", status), link=DOI)
    assert said(finding) == f"dead/http-{status}"
    assert "The DOI itself is registered and points there" in finding.detail


def test_a_doi_that_is_not_registered() -> None:
    seen = observed("<title>DOI Not Found</title>", link=DOI, status=404)
    finding = verdict_on(seen, link=DOI)
    assert said(finding) == "dead/http-404"
    assert finding.detail.startswith(
        "This DOI is not registered (doi.org answers 404, asked twice)"
    )
    old = cited("http://dx.doi.org/10.5555/ormsay.7")
    hops = (Hop(old.url, 301),)
    seen = observed("", link=old, status=404, final=DOI.url, hops=hops)
    assert "not registered" in verdict_on(seen, link=old).detail
    handle = cited("https://hdl.handle.net/2027/x")
    assert (
        "This handle is not"
        in verdict_on(observed("", link=handle, status=404), link=handle).detail
    )


def test_through_two_registries() -> None:
    old = cited("http://dx.doi.org/10.5555/ormsay.7")
    hops = (Hop(old.url, 301), Hop(DOI.url, 302))
    seen = observed("<p>No</p>", link=old, status=403, final=PUBLISHER, hops=hops)
    assert said(verdict_on(seen, link=old)) == "ok/ok"


@pytest.mark.parametrize(
    ("link", "final", "hops"),
    [
        # a wall before the registry itself, an address that is no identifier, a prefix resolver
        (DOI, DOI.url, ()),
        (cited(PUBLISHER), "https://b.example/x", (Hop(PUBLISHER, 302),)),
        (cited("https://purl.org/x/1"), "https://b.example/x", (Hop("https://purl.org/x/1", 302),)),
        (DOI, PUBLISHER, (Hop(DOI.url, 200, "meta"),)),
    ],
)
def test_who_vouches_for_nothing(link: Link, final: str, hops: tuple[Hop, ...]) -> None:
    seen = observed("<p>No</p>", link=link, status=403, final=final, hops=hops)
    assert said(verdict_on(seen, link=link)) == "blocked/forbidden"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (FaultKind.CONNECTION_REFUSED, "unreachable/connection-refused"),
        (FaultKind.READ_TIMEOUT, "unreachable/read-timeout"),
    ],
)
def test_a_registry_that_cannot_be_reached(kind: FaultKind, expected: str) -> None:
    assert said(verdict_on(failed(kind, link=DOI), link=DOI)) == expected
    assert said(verdict_on(observed("", link=DOI, status=503), link=DOI)) == "unreachable/http-5xx"


def test_a_service_that_was_asked_instead() -> None:
    video = cited("https://www.youtube.com/watch?v=NlKuICiT470", title="")
    oembed = "https://www.youtube.com/oembed?format=json&url=x"
    hops = (Hop(video.url, 200, "quirk"),)
    json = {"Content-Type": "application/json"}
    seen = observed('{"title": "Bells"}', link=video, final=oembed, hops=hops, headers=json)
    finding, memory = visited(Memory(), seen, link=video)
    assert (said(finding), finding.seen, finding.confidence) == ("ok/ok", False, "medium")
    assert finding.evidence[-1].value == oembed
    assert memory.record is not None
    assert memory.record.baseline is None
    gone = observed("Not Found", link=video, final=oembed, hops=hops, status=404)
    assert said(verdict_on(gone, link=video)) == "dead/http-404"


def test_what_is_withheld_stays_withheld() -> None:
    assert said(verdict_on(at_publisher("<p>No</p>", 451), link=DOI)) == "blocked/legal-451"


def test_a_good_page_is_judged_by_itself() -> None:
    finding = verdict_on(at_publisher(), link=DOI)
    assert (said(finding), finding.seen) == ("ok/ok", True)
