"""Answers that settle the matter by their status or by a door that stands before the page."""

from __future__ import annotations

from citecheck.judging.case import Case
from citecheck.judging.faults import failed
from citecheck.records.finding import Confidence, Evidence, Finding, State
from citecheck.urls.address import host_of

_GONE = (404, 410)
_FORBIDDEN = frozenset({402, 403, 405, 406, 407, 418, 423, 444, 493, 999})
_WALLS = ("challenge", "captcha", "forbidden", "rate-limited")
# Signs of a name without its site: "coming soon" is said there too.
_NAMELESS = ("parked", "site-suspended", "default-page")
# Statuses of tests for browsers; with a body of nothing but scripts they are no error of a server.
_TESTS = frozenset({202, 400, 409, 412, 415, 456, 468, 503, 521})
_DOORS = ("library-proxy", "geo-blocked", "consent", "login", "link-expired")
_BY_HAND = {
    "challenge": (
        "{host} tests for a browser before it shows the page; open it yourself to see "
        "whether it is still there."
    ),
    "captcha": (
        "{host} asks to solve a captcha before it shows the page; open it yourself to see "
        "whether it is still there."
    ),
    "forbidden": (
        "{host} refuses robots (status {status}); open the page yourself to see whether "
        "it is still there."
    ),
    "rate-limited": "{host} had too many visits and refuses more for now; run again later.",
    "login": (
        "{host} asks to log in before it shows the page; look whether readers can get in, "
        "or cite an open copy."
    ),
    "consent": "{host} asks for consent to cookies before it shows the page; open it yourself.",
    "geo-blocked": (
        "{host} does not show the page in this country; ask somebody elsewhere, or cite "
        "an archived copy."
    ),
    "legal-451": "{host} withholds the page for legal reasons; cite an archived copy.",
    "link-expired": (
        "This address was made for a limited time and has run out; find the lasting "
        "address of the source."
    ),
    "library-proxy": (
        "The way to the page leads to a library's proxy, which only its members can open; "
        "cite the publisher's own address."
    ),
}
_AT_LEAST = 0.9


def wall(case: Case) -> Finding | None:
    """The decisive mark of a vendor: whatever the status, the answer is not the site's own."""
    for kind in _WALLS:
        if case.decisive(kind):
            return _blocked(case, kind, Confidence.HIGH)
    return None


def refused_in_words(case: Case) -> Finding | None:
    """A small page that refuses its visitor in words, without any vendor's mark.

    With a status that refuses as well the two confirm each other; with a good status the cited
    title must not be there. What a 404 says in words is left to the site.
    """
    well = 200 <= case.status < 300
    if case.status in _GONE or (well and case.matched):
        return None
    for kind in _WALLS:
        if case.strong(kind):
            return _blocked(case, kind, Confidence.MEDIUM if well else Confidence.HIGH)
    return None


def scripts_only(case: Case) -> Finding | None:
    """A refusing status with nothing but scripts: a test for browsers of an unknown make."""
    if case.status not in _TESTS or not case.decisive("needs-javascript"):
        return None
    return _blocked(case, "challenge", Confidence.MEDIUM)


def legal(case: Case) -> Finding | None:
    if case.status == 451 and case.decisive("geo-blocked"):
        return _blocked(case, "geo-blocked", Confidence.HIGH)
    if case.status == 451:
        return _blocked(case, "legal-451", Confidence.HIGH)
    if case.decisive("legal-451") and case.status not in _GONE and not case.matched:
        return _blocked(case, "legal-451", Confidence.MEDIUM)
    return None


def door(case: Case) -> Finding | None:
    for kind in _DOORS:
        if not case.decisive(kind):
            continue
        if case.status in _GONE and kind != "link-expired":
            continue
        if case.matched and kind in ("login", "consent") and case.status == 200:
            # The page with its own title is there; the form beside it is furniture.
            continue
        return _blocked(case, kind, Confidence.HIGH)
    return None


def gone(case: Case) -> Finding | None:
    """404 and 410, confirmed by a second try some seconds later."""
    if case.status not in _GONE:
        return None
    tries = [a.at for a in case.observation.attempts if a.status in _GONE]
    apart = (max(tries) - min(tries)).total_seconds() if tries else 0.0
    status = Evidence("http-status", str(case.status))
    host = host_of(case.final)
    if len(tries) < 2 or apart < _AT_LEAST * case.settings.confirm_after:
        return case.find(
            State.UNREACHABLE,
            "incomplete",
            Confidence.LOW,
            f"{host} answered {case.status} once, and a second try did not confirm it; run again.",
            extra=(status,),
        )
    said = "was not found" if case.status == 404 else "has been removed for good"
    return case.find(
        State.DEAD,
        f"http-{case.status}",
        Confidence.MEDIUM if case.matched else Confidence.HIGH,
        (
            f"The page {said} (status {case.status}, asked twice); cite an archived copy "
            "or find its new address."
        ),
        "title-phrase",
        "heading-phrase",
        "title-match",
        extra=(status,),
    )


def refused(case: Case) -> Finding | None:
    if case.status == 401:
        return _blocked(case, "login", Confidence.HIGH)
    if case.status == 429:
        return _blocked(case, "rate-limited", Confidence.HIGH)
    if case.status in _FORBIDDEN:
        return _blocked(case, "forbidden", Confidence.HIGH)
    if case.status == 202 and "empty-body" in case.signals:
        return _blocked(case, "challenge", Confidence.LOW)
    return None


def maintenance(case: Case) -> Finding | None:
    """A notice in title or first heading, with status 503 or on a page with little else."""
    if "maintenance" not in case.signals or case.matched:
        return None
    if any(case.decisive(kind) for kind in _NAMELESS):
        return None
    if case.status != 503 and not 200 <= case.status < 300:
        return None
    return case.find(
        State.UNREACHABLE,
        "maintenance",
        Confidence.HIGH if case.status == 503 else Confidence.MEDIUM,
        f"{host_of(case.final)} is under maintenance; run again later.",
        "maintenance",
        extra=(Evidence("http-status", str(case.status)),),
    )


def server_error(case: Case) -> Finding | None:
    if case.status == 511:
        return case.find(
            State.UNREACHABLE,
            "protocol-error",
            Confidence.LOW,
            "The network here asks to log in first (status 511); do so, and run again.",
            extra=(Evidence("http-status", "511"),),
        )
    told = case.decisive("server-error") and not case.matched and 200 <= case.status < 300
    return failed(case, "http-5xx", "server-error") if told or 500 <= case.status < 600 else None


def odd_status(case: Case) -> Finding | None:
    """What is left of the statuses without a page: 3xx without a target, other 4xx, 204, 205."""
    if case.status == 408:
        return failed(case, "read-timeout")
    if 200 <= case.status < 300 and "undecodable" in case.signals:
        return case.find(
            State.UNREACHABLE,
            "incomplete",
            Confidence.LOW,
            (
                f"{host_of(case.final)} sent a page in a coding that was not asked for or is "
                "broken, so nothing is known of it; open the page in a browser."
            ),
            "undecodable",
            extra=(Evidence("http-status", str(case.status)),),
        )
    if case.status in (204, 205) or (case.status == 200 and "empty-body" in case.signals):
        return case.find(
            State.UNREACHABLE,
            "incomplete",
            Confidence.LOW,
            f"{host_of(case.final)} answered without any content; open the page in a browser.",
            "empty-body",
            extra=(Evidence("http-status", str(case.status)),),
        )
    if case.status == 300 and case.observation.page:
        return None
    if not 200 <= case.status < 300:
        return _odd(case, f"status {case.status}")
    return None


def _odd(case: Case, what: str) -> Finding:
    return case.find(
        State.UNREACHABLE,
        "protocol-error",
        Confidence.LOW,
        (
            f"{host_of(case.final)} could not make sense of the request ({what}); open "
            "the page in a browser."
        ),
        extra=(Evidence("http-status", str(case.status)),),
    )


def _blocked(case: Case, reason: str, confidence: Confidence) -> Finding:
    return case.find(
        State.BLOCKED,
        reason,
        confidence,
        _BY_HAND[reason].format(host=host_of(case.final), status=case.status),
        reason,
        "transit",
        "needs-javascript",
        extra=(Evidence("http-status", str(case.status)),),
    )
