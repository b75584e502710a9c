"""Identifiers whose registry has answered: what that says where the publisher refuses, or has lost
the page.

A registry (doi.org, hdl.handle.net, URN:NBN) redirects an identifier only where it is registered.
So its redirect says that the source exists and where it lies, though a wall stands before the page:
such a finding never makes a baseline. A page that is gone stays gone, by the publisher's fault,
and is said so.
"""

from __future__ import annotations

from dataclasses import replace

from citecheck.judging.case import Case
from citecheck.records.finding import Confidence, Evidence, Finding, State
from citecheck.signals.resolvers import registry_of
from citecheck.text.fold import plain
from citecheck.urls.address import host_of, redact

_WALLS = {
    "challenge": Confidence.MEDIUM,
    "captcha": Confidence.MEDIUM,
    "forbidden": Confidence.MEDIUM,
    "rate-limited": Confidence.MEDIUM,
    "consent": Confidence.LOW,
    "login": Confidence.LOW,
    "needs-javascript": Confidence.LOW,
}
_GONE = frozenset({"http-404", "http-410"})
_REDIRECTS = range(300, 400)


def by_resolver(case: Case, finding: Finding) -> Finding:
    """The finding in the light of what the registry of a cited identifier has answered."""
    kind = registry_of(case.link.url)
    if not kind:
        return finding
    landing = _landing(case)
    if not landing:
        at_registry = bool(registry_of(case.observation.final_url or case.link.url))
        if finding.state is State.DEAD and finding.reason in _GONE and at_registry:
            return _unregistered(case, finding, kind)
        return finding
    host = host_of(landing)
    said = Evidence("resolver", plain(f"{host_of(case.link.url)} leads to {redact(landing)}"))
    if finding.state is State.BLOCKED and finding.reason in _WALLS:
        return replace(
            finding,
            state=State.OK,
            reason="ok",
            confidence=_WALLS[finding.reason],
            detail=plain(
                f"The {kind} is registered and leads to {host}{_refused_by(case, host)} this "
                f"program ({finding.reason}), so its page was not seen.",
                600,
            ),
            evidence=(said, *finding.evidence),
            match=None,
            similarity=None,
            suggestion=None,
            seen=False,
        )
    if finding.state is State.DEAD and finding.reason != "unreachable-confirmed":
        words = f"The {kind} itself is registered and points there: tell {host}."
        return replace(
            finding,
            detail=plain(f"{finding.detail} {words}", 600),
            evidence=(*finding.evidence, said),
        )
    return finding


def by_service(case: Case, finding: Finding) -> Finding:
    """The finding with what was really asked, where a quirk of the site said what to ask; what a
    service says of a page is not the page."""
    quirk = next((hop for hop in case.observation.hops if hop.how == "quirk"), None)
    if quirk is None:
        return finding
    seen = Evidence("asked-instead", plain(case.final))
    finding = replace(finding, evidence=(*finding.evidence, seen))
    if "json" not in case.observation.media_type or finding.state is not State.OK:
        return finding
    return replace(
        finding,
        confidence=Confidence.MEDIUM,
        detail=(
            f"The page shows nothing to programs, but {host_of(case.final)} answers for it: it is "
            "there."
        ),
        match=None,
        similarity=None,
        seen=False,
    )


def _landing(case: Case) -> str:
    """The address that the registry redirects the identifier to; empty where it does not."""
    hops = case.observation.hops
    addresses = [*(hop.url for hop in hops), case.observation.final_url]
    for hop, after in zip(hops, addresses[1:], strict=True):
        if hop.how != "http" or hop.status not in _REDIRECTS or not registry_of(hop.url):
            return ""
        if not registry_of(after):
            return after
    return ""


def _refused_by(case: Case, host: str) -> str:
    end = host_of(case.final) or host
    return ", which refused" if end == host else f"; {end} refused"


def _unregistered(case: Case, finding: Finding, kind: str) -> Finding:
    host = host_of(case.observation.final_url or case.link.url)
    return replace(
        finding,
        detail=(
            f"This {kind} is not registered ({host} answers {case.status}, asked twice); look for "
            "a slip in it, or cite another address of the source."
        ),
    )
