"""What a second try by another way to write the address adds: a suggestion, never another verdict.

It is judged by the same rules as any visit, as a link of its own without memory; only where it is
well it is suggested.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from citecheck.judging.case import Case
from citecheck.records.finding import WELL, Evidence, Finding, State, Suggestion
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation, Variant
from citecheck.signals.resolvers import is_resolver
from citecheck.text.fold import plain
from citecheck.urls.address import host_of, redact


def with_variant(case: Case, finding: Finding, judge: Callable[[Case], Finding]) -> Finding:
    """The finding with what the second try saw; the state is that of the cited address."""
    variant = case.observation.variant
    if variant is None or case.observation.fault is None:
        return finding
    visit = _as_visit(variant, case.observation)
    link = replace(case.link, url=variant.url)
    seen = judge(Case(link, visit, Memory(), case.settings, case.now))
    what = f"{redact(variant.url)}: {seen.state} ({seen.reason})"
    finding = replace(finding, evidence=(*finding.evidence, Evidence("second-try", plain(what))))
    named = is_resolver(case.link.url)  # an identifier is cited as it is
    if seen.state not in WELL or finding.suggestion is not None or named:
        return finding
    url = seen.suggestion.url if seen.state is State.MOVED and seen.suggestion else variant.url
    fact = finding.detail.partition("; ")[0].removesuffix(".")  # another advice comes in its place
    return replace(
        finding,
        detail=plain(f"{fact}; the same address {_written(variant)} answers: cite that.", 600),
        suggestion=Suggestion(variant.kind, url, "ok"),
    )


def _written(variant: Variant) -> str:
    if variant.kind == "https":
        return "with https"
    return "with www." if host_of(variant.url).startswith("www.") else "without www."


def _as_visit(variant: Variant, first: Observation) -> Observation:
    return Observation(
        url=variant.url,
        at=first.at,
        final_url=variant.final_url,
        hops=variant.hops,
        status=variant.status,
        fault=variant.fault,
        media_type=variant.media_type,
        body=variant.body,
        page=variant.page,
        signals=variant.signals,
    )
