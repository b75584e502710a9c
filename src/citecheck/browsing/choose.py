"""Which links a browser is opened for: those alone where running scripts may change the answer.

A captcha, a login or a plain refusal is not for a program to pass, with a browser or without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from citecheck.records.finding import Finding, State
from citecheck.records.link import Link
from citecheck.records.observation import Observation

SEEN = "browser"  # signal: this was seen with a browser
NOT_SEEN = "browser-refused"  # signal: a browser came no further
WORTH = frozenset({"needs-javascript", "challenge"})


def wanted(
    links: Sequence[Link], findings: Mapping[str, Finding], seen: Mapping[str, Observation]
) -> tuple[Link, ...]:
    """The links to open, in the order of the links: judged from a visit of this run, blocked for a
    reason that a browser may pass by itself, and not opened before."""
    return tuple(link for link in links if _wanted(link, findings, seen))


def _wanted(link: Link, findings: Mapping[str, Finding], seen: Mapping[str, Observation]) -> bool:
    finding, observation = findings.get(link.url), seen.get(link.url)
    if finding is None or observation is None or link.proxied:
        return False
    if finding.state is not State.BLOCKED or finding.reason not in WORTH:
        return False
    return not {s.kind for s in observation.signals} & {SEEN, NOT_SEEN}
