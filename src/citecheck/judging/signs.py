"""The signs of a page that is not there, and which of them are independent of each other.

Signs of one family come from one source (what the page says in title, heading or text; what its
makers wrote into the markup; where the request ended; …) and count once: a template that says
"not found" twice has said it once.
"""

from __future__ import annotations

from citecheck.judging.case import Case
from citecheck.text.similarity import Drift

DECISIVE = ("error-address", "error-canonical", "error-shell")
SIBLINGS = ("sibling-same-address", "sibling-same-page")
SAYING = (
    "title-phrase",
    "title-404",
    "heading-phrase",
    "heading-404",
    "phrase-in-text",
    "text-404",
    "no-results",
    "error-answer",
)
SUPPORT = ("noindex", "thin-page", "title-absent", "title-differs")
COMPANY = ("same-end-as-others", "same-page-as-others")
UNMISTAKABLE = ("no-entry",)
ELSEWHERE = ("redirect-to-search", "redirect-to-sitemap", "redirect-to-error")
NO_LONGER = (Drift.REPLACED, Drift.CHANGED)

# Kind of sign -> family, in the order in which evidence is listed.
FAMILIES: dict[str, str] = {
    **dict.fromkeys(SAYING, "says"),
    "farewell": "says",
    "error-code": "number",
    **dict.fromkeys(UNMISTAKABLE, "markup"),
    "error-shell": "markup",
    "error-address": "way",
    "redirect-to-home": "way",
    "redirect-to-shorter": "way",
    "redirect-to-section": "way",
    **dict.fromkeys(ELSEWHERE, "way"),
    "other-owner": "way",
    "error-canonical": "canonical",
    **dict.fromkeys(SIBLINGS, "sibling"),
    **dict.fromkeys(COMPANY, "company"),
    "noindex": "robots",
    "thin-page": "size",
    "empty-body": "size",
    "title-absent": "citation",
    "title-differs": "citation",
}
# What any home page may be: no sign that an address led there for want of its page.
_OF_ANY_HOME = frozenset({"size", "robots"})


def independent(case: Case, *, home: bool = False) -> int:
    """How many independent signs there are that a page is not there; a baseline that the page does
    not show any longer is one. `home`: the page is a home page."""
    found = {FAMILIES[kind] for kind in case.signals if kind in FAMILIES}
    return len(found - _OF_ANY_HOME if home else found) + (case.drift in NO_LONGER)
