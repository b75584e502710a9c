"""Pages with status 200 that are not there: error pages in disguise, redirects home.

Found pages answer 200 in 99 of 100 cases, so a sign must be decisive or be joined by another of a
different kind; a page that shows the cited title is never called dead, a home page never
`soft-404`.
"""

from __future__ import annotations

from citecheck.judging.case import Case
from citecheck.judging.signs import (
    COMPANY,
    DECISIVE,
    ELSEWHERE,
    FAMILIES,
    NO_LONGER,
    SAYING,
    SIBLINGS,
    SUPPORT,
    UNMISTAKABLE,
    independent,
)
from citecheck.records.finding import Confidence, Evidence, Finding, State
from citecheck.text.titles import script
from citecheck.urls.address import host_of

_UNSPACED = ("han", "hangul", "thai")
# Words of main text: what can be read, hardly more than a message, a text of some length.
_READABLE, _LITTLE, _LONG = 40, 60, 80


def redirect_home(case: Case) -> Finding | None:
    """A deep address that leads to the home page; high confidence only with a further sign."""
    if not case.strong("redirect-to-home") or case.matched or case.home:
        return None
    sure = case.decisive("redirect-to-home") and independent(case, home=True) >= 2
    return case.find(
        State.DEAD,
        "redirect-to-home",
        Confidence.HIGH if sure else Confidence.MEDIUM,
        f"The page is gone: its address leads to the home page {case.final}; "
        "cite an archived copy or find its new address.",
        "redirect-to-home",
        *FAMILIES,
        extra=_no_longer(case),
    )


def soft_404_certain(case: Case) -> Finding | None:
    """One decisive sign is enough; a page that comes for every address needs another beside it.

    A host that shows one page whatever is asked may be a small site with one page, a viewer or an
    application, and a redirect of all its addresses to one may be how a single work has moved:
    only when that page also says that nothing is there, or hides a few words from search engines,
    is it the site's way to say "not found"; after a redirect also when it is certainly another work
    or lies at a list's, a section's or an error's address.
    """
    if case.home:
        return None
    if _echoed(case):
        return _soft(case)
    if case.matched:
        return None
    if any(case.decisive(kind) for kind in DECISIVE):
        return _soft(case)
    says = any(k in case.signals for k in SAYING)
    hides = "noindex" in case.signals and "thin-page" in case.signals
    if (says or hides) and any(case.strong(kind) for kind in (*SIBLINGS, *COMPANY)):
        return _soft(case)
    upwards = any(k in case.signals for k in ("redirect-to-shorter", *ELSEWHERE))
    one_end = case.decisive("sibling-same-address") or "same-end-as-others" in case.signals
    aside = "redirect-to-section" in case.signals and (
        case.strong("redirect-to-section") or case.strong("title-absent")
    )
    if one_end and (upwards or aside or "title-differs" in case.signals):
        return _soft(case, Confidence.MEDIUM)
    # Three works with three titles cannot all be the one page that their addresses lead to.
    if case.strong("same-end-as-others") and "title-absent" in case.signals:
        return _soft(case, Confidence.MEDIUM)
    if _front_for_all(case) or _page_for_all(case) or _farewell_for_all(case):
        return _soft(case, Confidence.MEDIUM)
    return None


def soft_404(case: Case) -> Finding | None:
    """A phrase or a bare 404 in title or heading, on a thin page or without the cited title."""
    if case.matched or case.home:
        return None
    drifted = case.drift in NO_LONGER
    if not drifted and _of_a_part(case):
        return None
    support = [k for k in SUPPORT if k in case.signals]
    if any(case.strong(k) for k in SAYING):
        other = {"thin-page", "title-absent", "title-differs"} & set(support)
        if drifted or other or "error-answer" in case.signals:
            return _soft(case)
        return None
    said = [k for k in SAYING if k in case.signals]
    # Among other words of its own a page may say so of anything (a video that is gone): there
    # `noindex` is not enough, nor a title that may be absent because it is cited in translation.
    beside = {"title-differs"} if said == ["phrase-in-text"] else set(SUPPORT)
    if case.strong("title-absent") or _hardly_more(case):
        beside = beside | {"title-absent"}
    if said and "thin-page" in support and (drifted or (beside - {"thin-page"}) & set(support)):
        return _soft(case, Confidence.MEDIUM)
    # A search may show the one record that was asked for; one that shows hardly anything does not.
    bare = bool({"thin-page", "noindex", "no-results"} & case.signals.keys())
    led_away = case.strong("redirect-to-sitemap") or (case.strong("redirect-to-search") and bare)
    if led_away and (drifted or {"title-absent", "title-differs"} & set(support)):
        return _soft(case, Confidence.MEDIUM)
    return None


def _of_a_part(case: Case) -> bool:
    """Whether it is the text alone that says so, on a page with facts of its own: a short record
    tells of its picture, its film or its file that it is not there."""
    said = [kind for kind in SAYING if kind in case.signals]
    return said == ["phrase-in-text"] and "own-facts" in case.signals


def _hardly_more(case: Case) -> bool:
    """Whether a page has hardly more words than its message. A word of a script without spaces
    counts for each of its characters, of which some three make one."""
    page = case.observation.page
    said = " ".join(case.signals[k].value for k in SAYING if k in case.signals)
    most = _LITTLE * (3 if script(said) in _UNSPACED else 1)
    return page is not None and page.words <= most


def _front_for_all(case: Case) -> bool:
    """Whether one text with something to read came for three works with three titles and for a
    made-up address beside them; the frame of a viewer has less of its own to say."""
    page = case.observation.page
    return (
        case.decisive("same-page-as-others")
        and case.decisive("sibling-same-page")
        and bool({"title-absent", "title-differs"} & case.signals.keys())
        and "needs-javascript" not in case.signals
        and page is not None
        and page.words >= _READABLE
    )


def _page_for_all(case: Case) -> bool:
    """Whether a text of some length came for a deep address and for a made-up one beside it, and
    none of the cited title's words is in it. A site of one page is cited by its root, and a frame
    that scripts fill has less to read."""
    page = case.observation.page
    return (
        case.decisive("sibling-same-page")
        and case.strong("title-absent")
        and "needs-javascript" not in case.signals
        and page is not None
        and page.words >= _LONG
    )


def _farewell_for_all(case: Case) -> bool:
    """Whether a site that is closed or lives elsewhere says so at a made-up address too."""
    return (
        "farewell" in case.signals
        and case.decisive("sibling-same-page")
        and bool({"title-absent", "title-differs"} & case.signals.keys())
    )


def _echoed(case: Case) -> bool:
    """Whether an answer only echoes what was asked for: the cited title on it is no match."""
    if "doi-match" in case.signals:
        return False
    if any(case.decisive(kind) for kind in UNMISTAKABLE):
        return True
    return case.strong("no-results") and "thin-page" in case.signals


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


def _soft(case: Case, confidence: Confidence | None = None) -> Finding:
    """High confidence takes two independent signs."""
    said = next((case.signals[k].value for k in SAYING if k in case.signals), "")
    what = f'says "{said}"' if said else "is the site's page for addresses that do not exist"
    sure = Confidence.HIGH if independent(case) >= 2 else Confidence.MEDIUM
    return case.find(
        State.DEAD,
        "soft-404",
        confidence or sure,
        (
            f"The server answers 200 but the page {what}; cite an archived copy or find "
            "its new address."
        ),
        *FAMILIES,
        extra=_no_longer(case),
    )


def _no_longer(case: Case) -> tuple[Evidence, ...]:
    if case.drift not in NO_LONGER:
        return ()
    return (Evidence("text-no-longer-there", case.drift.value),)
