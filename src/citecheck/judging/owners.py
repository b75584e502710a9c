"""Names that have lost their site: parked, suspended, empty, or in other hands.

A name on the market is settled by one decisive mark, with high confidence where another sign that
the cited page is not there stands beside it. A hoster's page in place of a site is as clear, but a
site that moves or has not paid may come back, so that verdict is of medium confidence. Other hands
need two signs that know nothing of each other: what the page advertises, and that the
cited title (or, where there is a baseline, its text and title) is gone.
"""

from __future__ import annotations

from citecheck.judging.case import Case
from citecheck.judging.content import taken, titles
from citecheck.judging.signs import FAMILIES, independent
from citecheck.records.finding import Confidence, Evidence, Finding, State
from citecheck.text.similarity import Drift
from citecheck.text.titles import script
from citecheck.urls.address import host_of

_NO_LONGER = (Drift.REPLACED, Drift.CHANGED)
_ABSENT = ("title-differs", "title-absent")


def parked(case: Case) -> Finding | None:
    """On the market, or shown by a parking service."""
    if "parked" not in case.signals or case.matched:
        return None
    decisive = case.decisive("parked")
    beside = (
        "other-owner" in case.signals
        or any(kind in case.signals for kind in _ABSENT)
        or case.drift in _NO_LONGER
    )
    if not decisive and not (case.strong("parked") and (beside or case.home)):
        return None
    seconded = independent(case, home=case.home) > 0
    return case.find(
        State.DEAD,
        "parked",
        Confidence.HIGH if decisive and seconded else Confidence.MEDIUM,
        (
            f"The name {host_of(case.link.url)} is parked or for sale; cite an archived "
            "copy, and do not link there."
        ),
        "parked",
        *FAMILIES,
    )


def without_site(case: Case) -> Finding | None:
    """The hoster's own page where the site was: suspended, or nothing there but the server."""
    if case.matched:
        return None
    host = host_of(case.link.url)
    if case.decisive("site-suspended"):
        said = (
            f"The site {host} has been switched off by its hoster; cite an archived copy, and "
            "look again in some weeks."
        )
    elif case.decisive("default-page"):
        said = (
            f"There is no site at {host} any more, only its hoster's page "
            f'"{case.signals["default-page"].value}"; cite an archived copy, and look again in '
            "some weeks."
        )
    else:
        return None
    return case.find(
        State.DEAD,
        "parked",
        Confidence.MEDIUM,
        said,
        "site-suspended",
        "default-page",
        *_ABSENT,
        extra=(Evidence("http-status", str(case.status)),),
    )


def usurped(case: Case) -> Finding | None:
    """Another business on a lapsed name: with a baseline its text and title are gone, at first
    sight the page advertises a trade that the citation does not speak of and lacks its title."""
    if "foreign-trade" not in case.signals or case.matched or case.titles_agree:
        return None
    if any(found for _, found in case.observation.quotes_found):
        return None
    first_sight = case.record is None or case.record.baseline is None
    if first_sight:
        absent = any(kind in case.signals for kind in _ABSENT)
        if not case.decisive("foreign-trade") or not absent:
            return None
        since = "its cited title is nowhere on it"
        confidence = Confidence.MEDIUM
    else:
        if case.drift not in (*_NO_LONGER, Drift.CANNOT_TELL):
            return None
        since = f"first seen well on {taken(case)}"
        replaced = case.drift is Drift.REPLACED or _other_script(case)
        confidence = Confidence.HIGH if replaced else Confidence.MEDIUM
    return case.find(
        State.CHANGED,
        "usurped",
        confidence,
        f"Somebody else uses this address now ({since}); "
        "remove the link and cite an archived copy.",
        "foreign-trade",
        "other-owner",
        *_ABSENT,
        extra=titles(case),
    )


def _other_script(case: Case) -> bool:
    """Whether the page's title is written in another script than the baseline's."""
    old = case.record.title if case.record else ""
    new = case.observation.page.title if case.observation.page else ""
    return bool(old and new) and script(old) != script(new)
