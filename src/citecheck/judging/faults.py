"""Visits that ended without an answer, and answers of a server that is down.

NXDOMAIN is the resolver's own answer (RFC 2308, rcode 3), asked for twice some seconds apart. One
failed visit is not rot; failures that strike become `dead` after several on different days.
"""

from __future__ import annotations

from citecheck.judging.case import Case
from citecheck.judging.hindsight import UNVISITED
from citecheck.records.finding import Confidence, Evidence, Finding, State, Suggestion
from citecheck.records.memory import Strikes
from citecheck.records.observation import FaultKind, Signal, Strength
from citecheck.records.strikes import STRIKING, counted
from citecheck.signals.logins import login_in_hops
from citecheck.signals.walls import wall_in_hops
from citecheck.text.fold import plain
from citecheck.urls.address import host_of, redact
from citecheck.web.cookies import about_cookies, absent

_UNCHECKED = frozenset(
    {
        FaultKind.PRIVATE_ADDRESS,
        FaultKind.UNSUPPORTED_SCHEME,
        FaultKind.INVALID_URL,
        FaultKind.ROBOTS,
        FaultKind.INTERRUPTED,
        FaultKind.ORDERS_SAVING,
    }
)
_WORDS = {
    "dns-failure": "The name {host} could not be looked up; it may be back later.",
    "connect-timeout": "{host} did not accept a connection in time; it may be back later.",
    "read-timeout": "{host} did not answer in time; it may be back later.",
    "connection-refused": "{host} refused the connection; it may be back later.",
    "connection-reset": "{host} broke the connection off; it may be back later.",
    "tls-expired": (
        "The certificate of {host} has expired; "
        "open the page in a browser to see whether "
        "it is still there."
    ),
    "tls-hostname": (
        "The certificate of {host} is made out for another name; "
        "look whether the address "
        "is still right."
    ),
    "tls-untrusted": (
        "The certificate of {host} is from an authority that is not trusted here; "
        "open "
        "the page in a browser."
    ),
    "tls-failure": "No secure connection to {host} could be made; open the page in a browser.",
    "protocol-error": (
        "{host} answered with something that is no valid HTTP; open the page in a browser."
    ),
    "too-many-redirects": (
        "The redirects of {host} lead in a circle or too far; open the page in a browser."
    ),
    "not-from-here": (
        "{host} cannot be reached from here ({why}), which says nothing about the page; "
        "open it from another network."
    ),
    "incomplete": "{host} broke off in the middle of the page; it may be back later.",
    "http-5xx": "{host} reported an error of its own (status {status}); it may be back later.",
}
_AT_LEAST = 0.9  # of the pause between two tries: clocks are read at different moments


def library_proxy(case: Case) -> Finding | None:
    fault = case.observation.fault
    if not case.link.proxied and not (fault and fault.kind is FaultKind.LIBRARY_PROXY):
        return None
    suggestion = Suggestion("unproxied", case.link.unproxied) if case.link.unproxied else None
    what = (
        "cite the address behind it"
        if suggestion
        else "find the publisher's own address and cite that"
    )
    return case.find(
        State.BLOCKED,
        "library-proxy",
        Confidence.HIGH,
        f"This address goes through a library's proxy, which only its members can open; {what}.",
        extra=(Evidence("proxy-host", plain(host_of(case.link.url))),),
        suggestion=suggestion,
    )


def unvisitable(case: Case) -> Finding | None:
    fault = case.observation.fault
    if fault is None or fault.kind not in _UNCHECKED:
        return None
    return case.find(
        State.UNCHECKED,
        fault.kind.value,
        Confidence.HIGH,
        UNVISITED[fault.kind.value],
        extra=_fault_evidence(case),
    )


def rate_limited_fault(case: Case) -> Finding | None:
    fault = case.observation.fault
    if fault is None or fault.kind is not FaultKind.RATE_LIMITED:
        return None
    return case.find(
        State.BLOCKED,
        "rate-limited",
        Confidence.HIGH,
        (
            f"{host_of(case.link.url)} asks to come back later than this run lasts; run "
            "again another day."
        ),
        extra=_fault_evidence(case),
    )


def door_on_the_way(case: Case) -> Finding | None:
    """Redirects in a circle are what a robot without cookies gets at a login or a wall."""
    fault = case.observation.fault
    if fault is None or fault.kind is not FaultKind.TOO_MANY_REDIRECTS:
        return None
    hops = case.observation.hops
    sign = wall_in_hops(hops) or login_in_hops(hops) or _cookies_in(case)
    if sign is None:
        return None
    return case.find(
        State.BLOCKED,
        sign.kind,
        Confidence.MEDIUM,
        "The way to the page leads through a page that keeps robots out; open it in a browser.",
        extra=(Evidence(sign.kind, plain(sign.value)),),
    )


def _cookies_in(case: Case) -> Signal | None:
    """A page that sets cookies and is never content with those that come back."""
    hops = case.observation.hops
    for url in (*(hop.url for hop in hops), case.observation.final_url):
        if about_cookies(url):
            return Signal("challenge", f"cookies: {redact(url)}", Strength.DECISIVE)
    return None


def cookies_absent(case: Case) -> Finding | None:
    """The page that is there for those without cookies came again, with cookies sent."""
    final = case.observation.final_url
    if not absent(final) or absent(case.link.url) or not 200 <= case.status < 500:
        return None
    if case.status in (404, 410):
        return None
    return case.find(
        State.BLOCKED,
        "challenge",
        Confidence.HIGH,
        f"{host_of(final)} lets nobody in whose cookies it does not know; open the page yourself "
        "to see whether it is still there.",
        extra=(Evidence("challenge", plain(f"cookies: {redact(final)}")),),
    )


def nxdomain(case: Case) -> Finding | None:
    fault = case.observation.fault
    if fault is None or fault.kind is not FaultKind.DNS_NXDOMAIN:
        return None
    tries = [a.at for a in case.observation.attempts if a.fault is FaultKind.DNS_NXDOMAIN]
    apart = (max(tries) - min(tries)).total_seconds() if tries else 0.0
    if len(tries) < 2 or apart < _AT_LEAST * case.settings.nxdomain_after:
        return failed(case, "dns-failure")
    host = host_of(case.observation.final_url) or host_of(case.link.url)
    return case.find(
        State.DEAD,
        "dns-nxdomain",
        Confidence.HIGH,
        (
            f"The name {host} does not exist; look for a slip in it, or cite an archived copy or "
            "another source."
        ),
        extra=_fault_evidence(case),
    )


def fault(case: Case) -> Finding | None:
    seen = case.observation.fault
    return failed(case, seen.kind.value) if seen else None


def failed(case: Case, reason: str, *kinds: str) -> Finding:
    """`unreachable` for this reason, or `dead` where it is the last strike."""
    host = host_of(case.observation.final_url) or host_of(case.link.url)
    why = plain(case.observation.fault.detail, 200) if case.observation.fault else ""
    words = _WORDS[reason].format(host=host, status=case.status, why=why or "no way there")
    evidence = _fault_evidence(case)
    strike = reason in STRIKING
    known = case.record.strikes if case.record else Strikes()
    if strike:
        strikes = counted(known, case.now, case.settings.strike_days)
        if strikes.count >= case.settings.strikes and strikes.first:
            return case.find(
                State.DEAD,
                "unreachable-confirmed",
                Confidence.MEDIUM,
                f"{host} failed on {strikes.count} visits since "
                f"{strikes.first:%Y-%m-%d} ({reason}); "
                "cite an archived copy or another source.",
                *kinds,
                extra=(*evidence, Evidence("last-failure", reason)),
                strike=True,
            )
    return case.find(
        State.UNREACHABLE, reason, Confidence.MEDIUM, words, *kinds, extra=evidence, strike=strike
    )


def _fault_evidence(case: Case) -> tuple[Evidence, ...]:
    seen = case.observation.fault
    if seen is None:
        return (Evidence("http-status", str(case.status)),)
    return (Evidence("fault", plain(seen.detail or seen.kind.value)),)
