"""Pages that are there: moved for good, or ok with what is worth knowing about it.

`moved` needs every hop permanent (301, 308: RFC 9110, RFC 7538). Temporary redirects and resolvers
of DOIs, handles and PURLs are made to be cited as they are.
"""

from __future__ import annotations

from dataclasses import replace

from citecheck.judging.case import Case
from citecheck.records.finding import Confidence, Evidence, Finding, State, Suggestion
from citecheck.records.observation import Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.resolvers import is_resolver
from citecheck.text.fold import plain
from citecheck.text.similarity import Drift
from citecheck.urls.address import host_of, identity, registrable_domain, scheme_of

_PERMANENT = (301, 308)
_KEPT = frozenset({"ok", "moved", "changed", "mismatch"})


def not_modified(case: Case) -> Finding | None:
    """304 to a conditional request: what was known of the page still holds. Unasked for, a 304 says
    nothing of the page (RFC 9110, 15.4.5)."""
    if not case.observation.not_modified:
        return None
    record = case.record
    seen = Evidence("http-status", "304")
    if record is not None:
        known = (record.state, record.reason)
        if known[0] not in _KEPT and record.previous_state in _KEPT:
            known = (record.previous_state, record.previous_reason)
        if case.observation.hops and (known[0] == "moved" or known == ("ok", "ok")):
            # The page is the same; the way to it may have become permanent, or no longer be.
            found = moved(case)
            if found is not None:
                return replace(found, evidence=(seen, *found.evidence))
            known = ("ok", "ok")
        if known[0] in _KEPT or known == ("dead", "soft-404"):
            same = known == (record.state, record.reason)
            detail = record.detail if same else _KEPT_DETAIL
            return case.find(
                State(known[0]), known[1], _confidence(record.confidence), detail, extra=(seen,)
            )
    return case.find(State.OK, "ok", Confidence.MEDIUM, _KEPT_DETAIL, extra=(seen,))


_KEPT_DETAIL = "The server says that the page has not changed since the last visit."


def moved(case: Case) -> Finding | None:
    hops = case.observation.hops
    if not hops or not case.observation.final_url:
        return None
    if any(h.status not in _PERMANENT or h.how != "http" for h in hops):
        return None
    if any(is_resolver(u) for u in (case.link.url, *(h.url for h in hops))):
        return None
    target = _with_fragment(case)
    if target == case.link.url:
        return None
    reason = _how_moved(case.link.url, target)
    kinds = ("https-upgrade", "host-moved", "redirected")
    said = dict(
        zip(
            kinds,
            (
                (
                    "The site has moved to https for good; change the address in the "
                    "document to https."
                ),
                (
                    f"The page has moved for good to {host_of(target)}; change the "
                    "address in the document."
                ),
                "The page has moved for good; change the address in the document.",
            ),
            strict=True,
        )
    )
    elsewhere = {"redirect-to-shorter", "redirect-to-section", "other-owner"} & case.signals.keys()
    doubt = "sibling-same-address" in case.signals or (
        "title-absent" in case.signals and bool(elsewhere)
    )
    extra: tuple[Evidence, ...] = (Evidence("final-address", case.final),)
    missing = ""
    page = case.observation.page
    if page is not None and page.fragment_found is False:
        what, sign = _place(case)
        extra, missing = (*extra, sign), f" There, {what}."
    return case.find(
        State.MOVED,
        reason,
        Confidence.LOW if doubt else Confidence.HIGH if case.matched else Confidence.MEDIUM,
        f"{said[reason]}{missing}",
        "title-match",
        "doi-match",
        "redirect-to-shorter",
        "sibling-same-address",
        extra=extra,
        suggestion=Suggestion("redirect", target, "ok"),
    )


def too_large(case: Case) -> Finding | None:
    body = case.observation.body
    if body is None or not body.truncated:
        return None
    return _ok(
        case,
        "ok-too-large",
        (
            f"The file is larger than the limit of {case.settings.max_bytes} bytes; its "
            "content is not compared."
        ),
    )


def paywalled(case: Case) -> Finding | None:
    if not case.strong("paywall"):
        return None
    return _ok(
        case,
        "ok-paywalled",
        "The page is there behind a paywall; its text is not compared.",
        "paywall",
    )


def fragment_missing(case: Case) -> Finding | None:
    page = case.observation.page
    if page is None or page.fragment_found is not False:
        return None
    what, sign = _place(case)
    return _ok(
        case,
        "ok-fragment-missing",
        f"The page is there, but {what}; look for the passage and correct the address.",
        extra=(sign,),
    )


def _place(case: Case) -> tuple[str, Evidence]:
    """What a fragment names that is not in the page, in words and as evidence."""
    page = case.observation.page
    missing = page.fragments_missing if page else ()
    names = dict.fromkeys(f"#{one}" for one in missing if ":~:" not in one)
    if not names:
        sign = Evidence("fragment-missing", "text fragment")
        return "the passage that the address points to is not in its text", sign
    listed = ", ".join(names)
    what = "the place" if len(names) == 1 else "the places"
    return (
        f"{what} {listed} in it {'is' if len(names) == 1 else 'are'} not",
        Evidence("fragment-missing", plain(listed)),
    )


def edited(case: Case) -> Finding | None:
    drift = case.drift
    if drift is None or drift is Drift.SAME:
        return None
    detail = {
        Drift.EDITED: "The text has been edited a little since it was first seen.",
        Drift.APPENDED: (
            "Text has been added since the page was first seen; what stood there still does."
        ),
        Drift.TRUNCATED: (
            "Only a part of the text first seen is shown now, as a teaser would; see "
            "whether the cited part is there."
        ),
        Drift.CANNOT_TELL: (
            "The text differs from the one first seen, and there is too little of it to "
            "say how much."
        ),
    }.get(
        drift,
        (
            "The text differs from the one first seen, as is usual for such a page; the title "
            "or the quoted words are still there."
        ),
    )
    if case.old_sketch is None:
        detail = "The text differs from the one first seen; how much can no longer be told."
    low = drift not in (Drift.EDITED, Drift.APPENDED)
    return _ok(case, "ok-edited", detail, low=low)


def insecure(case: Case) -> Finding | None:
    if scheme_of(case.observation.final_url or case.link.url) != "http":
        return None
    page = case.observation.page
    known = ""
    if page and page.canonical.startswith("https://"):
        same = identity(page.canonical) == identity(case.observation.final_url or case.link.url)
        known = page.canonical if same else ""
    doubts = ("sibling-same-address", "sibling-same-page", "title-absent", "title-unclear")
    return _ok(
        case,
        "ok-insecure",
        (
            "The page is there, but only over plain http, so what arrives may have been "
            "altered on the way."
        ),
        *doubts,
        low=not case.matched and any(kind in case.signals for kind in doubts),
        suggestion=Suggestion("https", known) if known else None,
    )


def ok(case: Case) -> Finding:
    doubts = [
        s.kind
        for s in case.signals.values()
        if s.strength is not Strength.SUPPORT
        and s.kind
        in (
            "title-phrase",
            "title-404",
            "heading-phrase",
            "parked",
            "foreign-trade",
            "site-suspended",
            "default-page",
            "other-owner",
            "sibling-same-page",
            "sibling-same-address",
            "same-page-as-others",
            "same-end-as-others",
        )
    ]
    detail = "The page answers with content that fits."
    if _bytes_differ(case):
        detail = (
            "The file is there; its bytes differ from those first seen and its text is "
            "not compared."
        )
        return _ok(case, "ok", detail, low=True)
    if doubts and not case.matched:
        detail = "The page answers, with a sign that something may be wrong; have a look at it."
        return _ok(case, "ok", detail, *doubts, low=True)
    if "title-absent" in case.signals and not case.matched:
        detail = "The page answers, but the cited title was not found on it; have a look at it."
        return _ok(case, "ok", detail, "title-absent", low=True)
    if "title-unclear" in case.signals and not case.matched:
        detail = "The page answers with a title like the cited one, but not certainly the same one."
        return _ok(case, "ok", detail, "title-unclear", low=True)
    return _ok(case, "ok", detail, "doi-match", "title-match")


def _ok(
    case: Case,
    reason: str,
    detail: str,
    *kinds: str,
    low: bool = False,
    suggestion: Suggestion | None = None,
    extra: tuple[Evidence, ...] = (),
) -> Finding:
    sure = case.matched or case.drift is Drift.SAME
    confidence = Confidence.LOW if low else Confidence.HIGH if sure else Confidence.MEDIUM
    return case.find(
        State.OK, reason, confidence, detail, *kinds, suggestion=suggestion, extra=extra
    )


def _bytes_differ(case: Case) -> bool:
    record, body = case.record, case.observation.body
    if record is None or record.baseline is None or not record.sha256 or body is None:
        return False
    return not record.text_sha256 and body.sha256 != record.sha256


def _with_fragment(case: Case) -> str:
    target = case.observation.final_url
    fragment = parts_of(case.link.url).fragment
    return f"{target}#{fragment}" if fragment and "#" not in target else target


def _how_moved(start: str, end: str) -> str:
    before, after = host_of(start), host_of(end)
    bare = (before.removeprefix("www."), after.removeprefix("www."))
    if (
        identity(start) == identity(end)
        and scheme_of(start) == "http"
        and scheme_of(end) == "https"
    ):
        return "https-upgrade"
    if bare[0] != bare[1] or registrable_domain(before) != registrable_domain(after):
        return "host-moved"
    return "redirected"


def _confidence(text: str) -> Confidence:
    return Confidence(text) if text in tuple(Confidence) else Confidence.MEDIUM
