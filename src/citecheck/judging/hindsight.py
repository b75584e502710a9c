"""What is known beyond one visit: archives, the whole run, links that were not visited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from citecheck.records.archive import Snapshot
from citecheck.records.finding import WELL, Confidence, Evidence, Finding, State, Suggestion
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory, Unsteady
from citecheck.records.observation import FaultKind, Observation
from citecheck.records.report import Skipped
from citecheck.signals.addresses import parts_of
from citecheck.text.fold import plain
from citecheck.urls.address import host_of, registrable_domain

_NO_CONNECTION = frozenset(
    {
        FaultKind.DNS_NXDOMAIN,
        FaultKind.DNS_FAILURE,
        FaultKind.CONNECT_TIMEOUT,
        FaultKind.CONNECTION_REFUSED,
        FaultKind.NOT_FROM_HERE,
    }
)
_NOT_ATTEMPTED = frozenset(
    {
        FaultKind.PRIVATE_ADDRESS,
        FaultKind.UNSUPPORTED_SCHEME,
        FaultKind.INVALID_URL,
        FaultKind.LIBRARY_PROXY,
        FaultKind.ROBOTS,
        FaultKind.RATE_LIMITED,
        FaultKind.INTERRUPTED,
        FaultKind.ORDERS_SAVING,
    }
)
_DOMAINS = 3
_AWAY = frozenset({"dead", "unreachable"})
_SWINGS = " Its answers swing: they have changed "
_OFFERED = (State.DEAD, State.CHANGED, State.BLOCKED)
_NOTES = {
    True: "",
    None: " Nobody has looked at the archived copy yet.",
    False: " The archived copy was looked at, but whether it shows the page cannot be told.",
}
_STAYS = frozenset({"offline", "interrupted", "not-due"})
# What is said of a link that was not visited, by reason.
UNVISITED = {
    "excluded": "Left out by the settings of this run.",
    "ignored": "Left out by the project's configuration.",
    "unsupported-scheme": "This kind of address cannot be visited over the web; check it by hand.",
    "invalid-url": "This is no valid address; correct it in the document.",
    "private-address": (
        "The address leads into a private network and was not visited; allow it with "
        "--allow-private."
    ),
    "orders-saving": "To visit this address would have an archive take a copy; cite the copy.",
    "robots": "The site's robots.txt asks not to be visited; open the page yourself.",
    "offline": "The network was down, so nothing is concluded; run again.",
    "not-due": "Visited not long ago and not due yet; --max-age 0s visits it now.",
    "interrupted": "The run ended before this link was visited; run again.",
}


def reconsider(
    finding: Finding, record: LinkRecord | None, snapshots: Sequence[Snapshot]
) -> Finding:
    """The finding in the light of archives.

    A link that fails here is not dead if an archive elsewhere captured it well since the first
    failure; dead, changed and blocked links get a snapshot as suggestion, one that was looked at
    before one that was not, and the detail says where nobody has.
    """
    finding = replace(finding, detail=_without_note(finding.detail))
    if finding.reason == "unreachable-confirmed" and finding.state is State.DEAD:
        first = record.strikes.first if record else None
        later = [
            s
            for s in snapshots
            if s.status == 200 and s.role != "local" and first is not None and s.taken > first
        ]
        if later:
            return _not_from_here(finding, max(later, key=lambda s: s.taken))
    kept = finding.suggestion
    if finding.state not in _OFFERED or (kept is not None and kept.kind != "snapshot"):
        return finding
    chosen = _offered(snapshots, finding.state)
    if chosen is None:
        return replace(finding, suggestion=None)
    return replace(
        finding,
        detail=finding.detail + _NOTES[chosen.verified],
        suggestion=offer(chosen),
    )


def offer(copy: Snapshot) -> Suggestion:
    """A copy as suggestion: it is `ok` only where it was seen to show the page."""
    return Suggestion("snapshot", copy.url, "ok" if copy.verified else "unchecked")


def network_down(observations: Sequence[Observation], probes: Sequence[Observation] = ()) -> bool:
    """Whether every attempted host failed at DNS or connect, and either three or more registrable
    domains were tried or all `probes` (web.archive.org, doi.org) failed so too."""
    tried = [o for o in observations if _attempted(o)]
    if not tried or not all(_no_connection(o) for o in tried):
        return False
    if len(_domains(tried)) >= _DOMAINS:
        return True
    return bool(probes) and all(_no_connection(o) for o in probes)


def down_because(observations: Iterable[Observation]) -> tuple[Skipped, ...]:
    """What is wrong on this side where the network is down and the visits could tell (a proxy)."""
    faults = [o.fault for o in observations if o.fault is not None]
    told = dict.fromkeys(plain(f.detail) for f in faults if f.kind is FaultKind.NOT_FROM_HERE)
    return tuple(Skipped("network", why) for why in list(told)[:3])


def needs_probe(observations: Sequence[Observation]) -> bool:
    """Whether web.archive.org and doi.org must be asked to tell a dead network from dead links."""
    tried = [o for o in observations if _attempted(o)]
    return bool(tried) and all(_no_connection(o) for o in tried) and len(_domains(tried)) < _DOMAINS


def unvisited(link: Link, memory: Memory, why: str) -> Finding:
    """The finding for a link that was not visited; `why` is a reason of `unchecked`.

    With `offline`, `interrupted` and `not-due` a link keeps the state it had.
    """
    record = memory.present
    reason = Evidence("not-visited", why)
    if why in _STAYS and record is not None:
        return Finding(
            state=State(record.state),
            reason=record.reason,
            confidence=Confidence(record.confidence),
            detail=record.detail,
            evidence=(reason,),
            suggestion=_kept_suggestion(link, memory),
        )
    return Finding(State.UNCHECKED, why, Confidence.HIGH, UNVISITED[why], (reason,))


def unsteady(finding: Finding, mark: Unsteady | None) -> Finding:
    """The finding of a link that swings: it says so, and its confidence is `medium` at most. Any
    finding but those that the link swings among stands for itself."""
    finding = replace(finding, detail=finding.detail.partition(_SWINGS)[0])
    if mark is None or f"{finding.state.value}/{finding.reason}" not in mark.among:
        return finding
    among = [reason if reason == state else f"{state} ({reason})" for state, reason in _words(mark)]
    shown = f"{', '.join(among[:-1])} and {among[-1]}"
    note = (
        f"{_SWINGS}{mark.times} times since {_day(mark.since)} between {shown}; an archived copy "
        "is the safer one to cite."
    )
    high = finding.confidence is Confidence.HIGH
    return replace(
        finding,
        confidence=Confidence.MEDIUM if high else finding.confidence,
        detail=finding.detail + note,
        evidence=(*finding.evidence, Evidence("unsteady", f"{mark.times} changes")),
    )


def recovered(finding: Finding, before: LinkRecord | None) -> Finding:
    """The finding of a link that is well again after it was gone: it says since when it was."""
    if before is None or before.state not in _AWAY or finding.state not in WELL:
        return finding
    if not finding.seen:
        return finding
    since = before.strikes.first or before.since
    detail = f"{finding.detail} It is back, after it had been away since {_day(since)}."
    seen = Evidence("was-away", f"{before.reason} since {_day(since)}")
    return replace(finding, detail=detail, evidence=(*finding.evidence, seen))


def _words(mark: Unsteady) -> list[tuple[str, str]]:
    pairs = (one.partition("/") for one in mark.among)
    return [(plain(state), plain(reason)) for state, _, reason in pairs]


def _not_from_here(finding: Finding, capture: Snapshot) -> Finding:
    day = _day(capture.taken)
    return replace(
        finding,
        state=State.UNREACHABLE,
        reason="not-from-here",
        confidence=Confidence.MEDIUM,
        detail=plain(
            f"It fails from here, but {capture.archive} captured it well on {day} ({capture.url}); "
            "open it from another network.",
            600,
        ),
        evidence=(*finding.evidence, Evidence("capture-since", plain(capture.url))),
        suggestion=offer(capture),
    )


def _offered(snapshots: Sequence[Snapshot], state: State) -> Snapshot | None:
    """The snapshot to use instead: that of the cited date, and of a dead page also another, where
    that one was looked at or there is no other. What was archived as an error is no evidence."""
    roles = ("cited", "saved", "latest") if state is State.DEAD else ("cited",)
    good = [s for s in snapshots if s.role in roles and s.status in (None, 200)]

    def worth(s: Snapshot) -> tuple[bool, int, bool, datetime]:
        return s.verified is True, -roles.index(s.role), s.status == 200, s.taken

    return max(good, key=worth, default=None)


def _without_note(detail: str) -> str:
    for note in _NOTES.values():
        detail = detail.removesuffix(note) if note else detail
    return detail


def _kept_suggestion(link: Link, memory: Memory) -> Suggestion | None:
    record, visit = memory.present, memory.visit
    if record is None:
        return None
    if record.state == "moved" and visit and visit.final_url:
        fragment = parts_of(link.url).fragment
        return Suggestion("redirect", visit.final_url + (f"#{fragment}" if fragment else ""), "ok")
    if record.reason == "library-proxy" and link.unproxied:
        return Suggestion("unproxied", link.unproxied)
    if record.state in _OFFERED:
        chosen = _offered(record.snapshots, State(record.state))
        return offer(chosen) if chosen else None
    return None


def _attempted(observation: Observation) -> bool:
    return observation.fault is None or observation.fault.kind not in _NOT_ATTEMPTED


def _no_connection(observation: Observation) -> bool:
    """No host answered anything on this visit, not even a redirect."""
    return (
        observation.fault is not None
        and observation.fault.kind in _NO_CONNECTION
        and not observation.hops
        and all(a.status is None for a in observation.attempts)
        and (observation.variant is None or observation.variant.status is None)
    )


def _domains(observations: Sequence[Observation]) -> frozenset[str]:
    return frozenset(registrable_domain(host_of(o.url)) for o in observations)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
