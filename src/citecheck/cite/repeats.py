"""Citations that point back: short forms, ibid and its kin, supra note N, `ders.`

Full citations form a list in reading order; a short form means the last one that fits. A short
form has a name or a title and a pinpoint, but no date, imprint or address. `ibid.` means the one
citation right before it; after a note with several it is ambiguous and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from citecheck.cite.draft import Draft, year
from citecheck.cite.piece import Piece, Segment
from citecheck.records.document import TextLink
from citecheck.text.fold import fold

_IBID = re.compile(
    r"(?i)^\W*(?:ibid(?:em)?|id|ebd|ebenda|ibíd|a\.\s?a\.\s?o|там\s+же|同上|同前|동게서|위의\s?(?:책"
    r"|글))(?=\W|$)\.?"
)
_SUPRA = re.compile(
    r"(?i)\b(?:supra|above|see|oben|siehe|wie|cited\s+(?:at|in))\s*,?\s*(?:\(?\s*)(?:note|n\."
    r"|fn\.|anm\.|fußn\.|Fn\.?)\s*(\d{1,4})"
)
_OP_CIT = re.compile(
    r"(?i)\b(?:op\.?\s*cit|loc\.?\s*cit|a\.\s?a\.\s?o|wie\s+anm|supra|前掲|указ\.\s*соч)\b\.?"
)
_NAME_ONLY = re.compile(
    r"^(?P<name>[^\W\d_][^\d,()\"“:;\x1f]{1,60}?),?\s+\(?(?P<year>(?:1[5-9]"
    r"|20)\d\d)?[a-z]?\)?[,:]?\s*"
    r"(?:(?:pp?\.|S\.|at)\s*)?(?P<pin>\d{1,4}(?:\s?[–-]\s?\d{1,4})?(?:,\s?\d{1,4}(?:[–-]\d{1,4})"
    r"?)*)?(?:\s?ff?\.)?\s*\.?$"
)
_SAME_AUTHOR = re.compile(r"^\s*(?:(?i:ders|dies|idem|id|он\s+же)\.?|[—–-]{2,4}|———)[.,:]\s+(?=\S)")
_PIN = re.compile(r"\d{1,4}(?:\s?[–-]\s?\d{1,4})?(?:\s?ff?\.)?(?:,\s?\d{1,4}(?:[–-]\d{1,4})?)*")


def is_ibid(text: str) -> bool:
    """Whether a citation is nothing but a pointer to the one before (and a pinpoint)."""
    match = _IBID.match(text)
    return bool(match) and sum(c.isalpha() for c in text[match.end() :]) <= 8 if match else False


def same_author(segment: Segment, head: str) -> Segment:
    """`ders., Title …` with the names of the citation before it in the place of `ders.`"""
    match = _SAME_AUTHOR.match(segment.text)
    if match is None or not head:
        return segment
    lead = head + ", "
    shift = len(lead) - match.end()
    return Segment(
        lead + segment.text[match.end() :],
        tuple((a + shift, b + shift) for a, b in segment.italics if a >= match.end()),
        tuple(
            TextLink(k.start + shift, k.end + shift, k.target, k.printed, k.span)
            for k in segment.links
            if k.start >= match.end()
        ),
    )


def head_of(segment: Segment, piece: Piece) -> str:
    """The names as printed before the title, for `same_author`."""
    if piece.title is None or "author" not in piece.csl:
        return ""
    return segment.text[: piece.title[0]].strip(" ,:.")


def may_be_short(piece: Piece) -> bool:
    """Whether a piece has nothing that only a full citation has."""
    full = {
        "issued",
        "publisher",
        "publisher-place",
        "DOI",
        "volume",
        "issue",
        "accessed",
        "edition",
    }
    return not piece.urls and not (full & piece.csl.keys())


def resolve(draft: Draft, piece: Piece, earlier: Sequence[Draft]) -> str:
    """Finds the earlier citation that a draft repeats in short form and points it there.

    Returns a sentence where a pointer was seen and could not be followed, else an empty string.
    """
    if is_ibid(draft.words):
        return _ibid(draft, earlier)
    target: Draft | None = None
    noted = _SUPRA.search(draft.words)
    if noted:
        same = [d for d in earlier if d.document == draft.document and d.note == noted[1]]
        target = _by_name(draft, same) or (same[0] if len(same) == 1 else None)
    if target is None and may_be_short(piece) and piece.csl.get("title"):
        target = _by_title(draft, earlier)
    if target is None and "title" not in piece.csl and not piece.urls:
        target = _by_line(draft, earlier)
    if target is not None:
        _point(draft, target)
        return ""
    pointer = noted or _OP_CIT.search(draft.words)
    return "points to an earlier citation that was not found" if pointer else ""


def _point(draft: Draft, target: Draft) -> None:
    draft.target = target.target or target
    draft.short = True


def _ibid(draft: Draft, earlier: Sequence[Draft]) -> str:
    before = [d for d in earlier if d.document == draft.document]
    if not before:
        return "points to the citation before it, and there is none"
    last = before[-1]
    siblings = [d for d in before if d.note == last.note and d.line == last.line]
    if last.note != draft.note and len({id(d.target or d) for d in siblings}) > 1:
        return "points to a note with several citations, so it cannot be told which is meant"
    _point(draft, last)
    rest = _IBID.sub("", draft.words, count=1)
    if not draft.locator and (pin := _PIN.search(rest)):
        draft.locator = pin[0]
    return ""


def _by_title(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """The last earlier citation with that family whose title begins with (or holds) these words."""
    short = fold(draft.reference.title)
    for other in reversed(earlier):
        if other.target is not None or other.document != draft.document:
            continue
        if draft.families and not draft.families & other.families:
            continue
        full = fold(other.reference.title)
        words = len(short.split())
        if not draft.families and words < 2:
            # `(*Wheat*, 44)`: the sentence names the author, the bracket the work and the page.
            main = fold(re.split(r"[:.]\s", other.reference.title)[0])
            if not draft.locator or short not in (full, main):
                continue
            return other
        held = f" {short} " in f" {full} " and (words >= 2 or full.startswith(short + " "))
        if full == short or full.startswith(short + " ") or held:
            return other
    return None


def _by_name(draft: Draft, candidates: Sequence[Draft]) -> Draft | None:
    words = f" {fold(draft.words)} "
    return next((d for d in candidates if any(f" {f} " in words for f in d.families)), None)


def _by_line(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """`Waltz, 170`; `Waltz 1979, 170`: only where one earlier work of the name can be meant."""
    text = re.sub(
        r"[,\s]*" + _OP_CIT.pattern.removeprefix("(?i)") + r"[,\s]*", ", ", draft.words, flags=re.I
    ).strip(" ,")
    match = _NAME_ONLY.match(text)
    if match is None or not (match["pin"] or match["year"] or _OP_CIT.search(draft.words)):
        return None
    wanted = frozenset(
        fold(n) for n in re.split(r"\s+(?:and|&|und|et)\s+|,\s*", match["name"]) if n
    )
    found: list[Draft] = []
    for other in earlier:
        fits = other.target is None and other.document == draft.document
        if fits and wanted & other.families and match["year"] in (None, year(other.reference.csl)):
            found.append(other)
    if len({fold(d.reference.title) for d in found}) != 1:
        return None
    if match["pin"] and not draft.locator:
        draft.locator = match["pin"]
    return found[-1]
