"""Pages with status 200 that are not there: error pages in disguise, redirects home, parked names.

Found pages answer 200 in 99 of 100 cases, so a sign must be decisive or be joined by another of a
different kind; a page that shows the cited title is never called dead, a home page never
`soft-404`.
"""

from __future__ import annotations

import re

from citecheck.judging.case import Case
from citecheck.records.finding import Confidence, Finding, State
from citecheck.signals.addresses import parts_of
from citecheck.text.similarity import Drift
from citecheck.urls.address import host_of

_DECISIVE = ("error-address", "error-canonical", "error-shell")
_SIBLINGS = ("sibling-same-address", "sibling-same-page")
_STRONG = ("title-phrase", "title-404", "heading-phrase", "heading-404", "phrase-in-text")
_SUPPORT = ("noindex", "thin-page", "title-absent", "title-differs")
_NOWHERE = re.compile(
    r"(?i)/(?:err|errors?|sorry|oops|missing|unavailable|search|sitemap|site-?map)"
    r"(?:[-_]?page)?(?:\.[a-z]{2,5})?/?$"
)
_NO_LONGER = (Drift.REPLACED, Drift.CHANGED)


def parked(case: Case) -> Finding | None:
    if "parked" not in case.signals or case.matched:
        return None
    decisive = case.decisive("parked")
    beside = (
        "other-owner" in case.signals
        or "title-differs" in case.signals
        or "title-absent" in case.signals
        or case.drift in _NO_LONGER
    )
    if not decisive and not (case.strong("parked") and (beside or case.home)):
        return None
    return case.find(
        State.DEAD,
        "parked",
        Confidence.HIGH if decisive else Confidence.MEDIUM,
        (
            f"The name {host_of(case.link.url)} is parked or for sale; cite an archived "
            "copy, and do not link there."
        ),
        "parked",
        "other-owner",
        "title-absent",
    )


def redirect_home(case: Case) -> Finding | None:
    if not case.strong("redirect-to-home") or case.matched or case.home:
        return None
    return case.find(
        State.DEAD,
        "redirect-to-home",
        Confidence.HIGH if case.decisive("redirect-to-home") else Confidence.MEDIUM,
        f"The page is gone: its address leads to the home page {case.final}; "
        "cite an archived copy or find its new address.",
        "redirect-to-home",
        "other-owner",
        "title-absent",
    )


def soft_404_certain(case: Case) -> Finding | None:
    """One decisive sign is enough; a page that comes for every address needs another beside it.

    A host that shows one page whatever is asked may be a small site with one page, a viewer or an
    application, and a redirect of all its addresses to one may be how a single work has moved:
    only when that page also says that nothing is there, or hides a few words from search engines,
    is it the site's way to say "not found"; after a redirect also when it is certainly another work
    or lies at a list's or an error's address.
    """
    if case.matched or case.home:
        return None
    if any(case.decisive(kind) for kind in _DECISIVE):
        return _soft(case, Confidence.HIGH)
    says = any(k in case.signals for k in _STRONG)
    hides = "noindex" in case.signals and "thin-page" in case.signals
    if (says or hides) and any(case.decisive(kind) for kind in _SIBLINGS):
        return _soft(case, Confidence.HIGH)
    upwards = "redirect-to-shorter" in case.signals or _NOWHERE.search(parts_of(case.final).path)
    if case.decisive("sibling-same-address") and (upwards or "title-differs" in case.signals):
        return _soft(case, Confidence.MEDIUM)
    return None


def soft_404(case: Case) -> Finding | None:
    """A phrase or a bare 404 in title or heading, on a thin page or without the cited title."""
    if case.matched or case.home:
        return None
    drifted = case.drift in _NO_LONGER
    support = [k for k in _SUPPORT if k in case.signals]
    if any(case.strong(k) for k in _STRONG):
        if not drifted and not {"thin-page", "title-absent", "title-differs"} & set(support):
            return None
        groups = {k.partition("-")[0] for k in _STRONG if case.strong(k)} | set(support)
        return _soft(case, Confidence.HIGH if len(groups) + drifted >= 2 else Confidence.MEDIUM)
    in_text = any(k in case.signals for k in ("phrase-in-text", "heading-phrase", "heading-404"))
    if in_text and "thin-page" in support and (len(support) > 1 or drifted):
        return _soft(case, Confidence.MEDIUM)
    return None


def needs_javascript(case: Case) -> Finding | None:
    sign = case.signals.get("needs-javascript")
    if sign is None or case.matched:
        return None
    old = case.old_sketch
    if not case.decisive("needs-javascript") and not (case.comparable and old and old.tokens >= 80):
        return None
    return case.find(
        State.BLOCKED,
        "needs-javascript",
        Confidence.MEDIUM,
        (
            f"{host_of(case.final)} shows the page only to browsers that run scripts; "
            "open it yourself."
        ),
        "needs-javascript",
        "thin-page",
    )


def nothing_to_read(case: Case) -> Finding | None:
    """A page without a word, a picture or a script."""
    if "no-text" not in case.signals or case.matched:
        return None
    return case.find(
        State.UNREACHABLE,
        "incomplete",
        Confidence.LOW,
        f"{host_of(case.final)} answered with an empty page; open it in a browser.",
        "no-text",
    )


def _soft(case: Case, confidence: Confidence) -> Finding:
    said = next((case.signals[k].value for k in _STRONG if k in case.signals), "")
    what = f'says "{said}"' if said else "is the site's page for addresses that do not exist"
    return case.find(
        State.DEAD,
        "soft-404",
        confidence,
        (
            f"The server answers 200 but the page {what}; cite an archived copy or find "
            "its new address."
        ),
        *_STRONG,
        *_DECISIVE,
        *_SIBLINGS,
        *_SUPPORT,
    )
