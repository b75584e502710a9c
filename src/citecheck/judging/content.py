"""Whether the page still says what it said, and whether it is the cited work at all.

Any change is found on three of four cited pages, so small ones are a quiet note. A page that shows
its baseline's text is never a mismatch, whatever its title.
"""

from __future__ import annotations

from citecheck.judging.case import Case
from citecheck.records.finding import Confidence, Evidence, Finding, State
from citecheck.text.quotes import stood_in
from citecheck.text.similarity import Drift

_PAGES = ("text/html", "application/xhtml")
_NO_PAGE = frozenset({"dead", "blocked", "unreachable", "unchecked"})


def quote_missing(case: Case) -> Finding | None:
    """A quote that stood in the baseline and stands in the page no longer."""
    if case.drift in (None, Drift.SAME) or case.old_sketch is None:
        return None
    found = dict(case.observation.quotes_found)
    gone = [
        quote
        for expected in case.link.expected
        for quote in expected.quotes
        if quote.shingles
        and found.get(quote.shingles[0]) is False
        and stood_in(case.old_sketch, quote)
    ]
    if not gone or "paywall" in case.signals:
        return None
    return case.find(
        State.CHANGED,
        "quote-missing",
        Confidence.HIGH if case.drift is not Drift.TRUNCATED else Confidence.MEDIUM,
        f"Words that the document quotes stood on this page on {taken(case)} and are gone; "
        "compare it with an archived copy.",
        extra=(Evidence("quotes-gone", f"{len(gone)} of {len(found)}"),),
    )


def content(case: Case) -> Finding | None:
    """A materially different main text."""
    drift = case.drift
    if drift is None or drift in (Drift.SAME, Drift.EDITED, Drift.APPENDED, Drift.TRUNCATED):
        return None
    if _quotes_hold(case):
        return None
    if case.old_sketch is None and (known := _known_change(case)):
        return known
    if case.matched and drift is Drift.CANNOT_TELL:
        return None
    if case.home and case.titles_agree is not False:
        return None
    if drift is Drift.REPLACED:
        return _replaced(case)
    if drift is Drift.CHANGED:
        kept = case.comparison.kept if case.comparison else 0.0
        confidence = Confidence.LOW if case.short else Confidence.MEDIUM
        return _changed(case, confidence, f"{kept:.0%} of it is still there")
    emptied = case.old_sketch is not None and case.old_sketch.tokens >= 80
    words = case.observation.sketch.tokens if case.observation.sketch else 0
    if emptied and words < 12:
        return _changed(case, Confidence.LOW, "hardly any text is left")
    if case.titles_agree is False and not case.matched:
        return _changed(case, Confidence.LOW, "the title is another one")
    return None


def binary_became_page(case: Case) -> Finding | None:
    """A file (PDF, image) that is a web page now."""
    record, page, visit = case.record, case.observation.page, case.memory.visit
    if record is None or page is None or case.matched:
        return None
    was_file = record.baseline is not None and bool(record.sha256) and not record.text_sha256
    if not was_file or not case.observation.media_type.startswith(_PAGES):
        return None
    before = visit.media_type if visit else ""
    if not before or before.startswith(("text/", "application/xhtml")):
        same = case.observation.body is not None and case.observation.body.sha256 == record.sha256
        return None if same else _known_change(case)
    return _changed(case, Confidence.LOW, f"it was {before} and is a web page now")


def mismatch(case: Case) -> Finding | None:
    """Certainly not the cited work; only without a baseline that this page still shows."""
    if case.matched or case.drift in (Drift.SAME, Drift.EDITED, Drift.APPENDED, Drift.TRUNCATED):
        return None
    if any(found for _, found in case.observation.quotes_found):
        return None
    page = case.observation.page
    shown = page.titles[0] if page and page.titles else ""
    if case.decisive("doi-differs") and page:
        return case.find(
            State.MISMATCH,
            "identifier-mismatch",
            Confidence.HIGH,
            (
                f"The page is another work: it names the DOI {page.doi}; correct the "
                "address in the document."
            ),
            "doi-differs",
            extra=_shown(shown),
        )
    if case.decisive("title-differs"):
        return case.find(
            State.MISMATCH,
            "title-mismatch",
            Confidence.MEDIUM,
            (
                f'The page is another work: its title is "{shown}"; correct the address '
                "in the document."
            ),
            "title-differs",
            "sibling-same-page",
            extra=_shown(shown),
        )
    return None


def _replaced(case: Case) -> Finding:
    if case.short and case.titles_agree is not False:
        return _changed(case, Confidence.LOW, "hardly any of it is still there")
    return case.find(
        State.CHANGED,
        "content-replaced",
        Confidence.HIGH if case.titles_agree is False and not case.short else Confidence.MEDIUM,
        (
            f"The page shows another text than on {taken(case)}; cite an archived copy "
            "of what you read."
        ),
        extra=titles(case),
    )


def _changed(case: Case, confidence: Confidence, how: str) -> Finding:
    return case.find(
        State.CHANGED,
        "content-changed",
        confidence,
        f"The text differs from that of {taken(case)}: {how}; "
        "see whether it still supports the citation, else cite an archived copy.",
        extra=titles(case),
    )


def _known_change(case: Case) -> Finding | None:
    """The change that the ledger tells of, where what it was measured with is lost (a sketch, a
    media type: both stand in `.state/`) and the page still is not the baseline's."""
    record = case.record
    if record is None:
        return None
    state, reason = record.state, record.reason
    if state in _NO_PAGE:
        state, reason = record.previous_state, record.previous_reason
    if state != State.CHANGED.value:
        return None
    return case.find(
        State.CHANGED,
        reason,
        Confidence.LOW,
        f"The text still differs from that of {taken(case)}; see whether it supports the "
        "citation, else cite an archived copy.",
        extra=titles(case),
    )


def _quotes_hold(case: Case) -> bool:
    """Whether every reference of the link quotes words and all of them are still there."""
    found = case.observation.quotes_found
    quoted = bool(case.link.expected) and all(e.quotes for e in case.link.expected)
    return quoted and bool(found) and all(there for _, there in found)


def taken(case: Case) -> str:
    """The day of the baseline, as it is told."""
    baseline = case.record.baseline if case.record else None
    return baseline.taken[:10] if baseline else "an earlier day"


def titles(case: Case) -> tuple[Evidence, ...]:
    """The title of the baseline and the present one, where they differ."""
    old = case.record.title if case.record else ""
    new = case.observation.page.title if case.observation.page else ""
    if not old or not new or old == new:
        return ()
    return (Evidence("title-before", old), Evidence("title-now", new))


def _shown(title: str) -> tuple[Evidence, ...]:
    return (Evidence("title-now", title),) if title else ()
