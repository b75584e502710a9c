"""Volume, issue and pages, and which of these are the pinpoint that the note cites.

A note cites a place: a number after a book's imprint is a locator. The extent of an article
(`page`) is taken only from a long range, or from a range that a pinpoint follows (`45–67, at 50`).
"""

from __future__ import annotations

import re

from citecheck.cite.piece import GAP, Piece

_RANGE = r"(?:\d{1,2}:(?=\d))?[A-Za-z]?\d{1,5}[a-z]?(?:\s?[-–—]\s?[A-Za-z]?\d{1,5}[a-z]?)?"
_RANGES = (
    rf"{_RANGE}(?:\s?(?:,|&|and|und|u\.|et)\s?{_RANGE}(?!\s*[^\W\d_]))*"
    r"(?:\s?ff?\b\.?|\s?sq{1,2}\.)?"
)
_PAGES = re.compile(
    rf"(?i)(?:(?<=[\s,.:;(\x1f])|^)(?P<cue>(?:hier|here|at|esp\.|especially|insb\.|bes\."
    rf"|notamment|ici)\s*:?\s*)?"
    rf"(?:pp?|pgs?|pages?|S|Seiten?|Sp|Bl|fols?|ff|с|стр|pág|págs|pag|str|s)(?:\.|(?<=pages)"
    rf"|(?<=page)|(?<=pp)|(?<=Seite)|(?<=Seiten))\s*(?P<range>{_RANGES})"
)
_CJK_PAGES = re.compile(rf"第?\s?(?P<range>{_RANGE})\s?(?:頁|页|ページ|쪽|면)")
_VOLUME = re.compile(
    r"(?i)(?:(?<=[\s,.;(\x1f])|^)(?:vol(?:ume)?s?|Bd|Band|Jg|Jahrgang|tome|t|т|том)(?:\."
    r"|(?<=[a-zм])(?=\s))\s*(\d{1,4}|[IVXLC]{1,7})\b"
)
_ISSUE = re.compile(
    r"(?i)(?:(?<=[\s,.;(\x1f])|^)(?P<report>report\s+|(?:working\s+|discussion\s+"
    r"|technical\s+)?paper\s+)?(?:nos?\.|n[°ºo]s?\.?(?=\s?\d)|№|nr\.?(?=\s?\d)|Heft|H\.|issue"
    r"|iss\.|num(?:ber|éro|\.)|núm\.)\s*"
    r"(\d{1,6}(?:[-–/]\d{1,4})?[A-Za-z]?)\b"
)
_CJK_ISSUE = re.compile(
    r"(?:第?\s?(?P<vol>\d{1,4})\s?[卷巻編编輯辑권]\s?[,，]?\s?)?第?\s?(?P<no>\d{1,4})\s?[期号號호]"
)
_APA = re.compile(
    rf"\s*,?\s*(?P<vol>\d{{1,4}})\s?\((?!(?:1[5-9]|20)\d\d\))(?P<no>\d{{1,4}}(?:[-–/]\d{{1,4}})?"
    rf")\)(?:\s*[,:]\s*(?P<range>{_RANGES}))?(?=\W|$)"
)
_VANCOUVER = re.compile(
    rf"(?:;\s?(?P<vol>\d{{1,4}})(?:\((?P<no>[\w-]{{1,9}})\))?"
    rf"|,\s?(?P<vol2>\d{{1,4}})\((?P<no2>[\w-]{{1,9}})\)):(?P<range>{_RANGES})(?=\W|$)"
)
_COLON = re.compile(r"\s*,?\s*(?P<vol>\d{1,4})[:.](?P<no>\d{1,3})(?=\s*(?:\(|,|\x1f))")
_AFTER = re.compile(
    r"\s*,?\s*(?P<vol>\d{1,4}|[IVXLC]{2,7})(?=\s*(?:\x1f|,\s*\x1f|[(（]|:\s*\d|,\s*(?:no|n°|nº|nr"
    r"|heft|h|issue)\b))",
    re.I,
)
_PIN = re.compile(
    rf"(?i)(?P<lead>[,:;]\s*|\x1f\s*|^\s*)(?P<cue>(?:at|hier|here|esp\.|especially|bes\."
    rf"|insb\.)\s+)?(?P<range>{_RANGES})"
    r"(?:n\.?\s?\d{1,3})?(?=\s*[.,;]*\s*(?:\x1f|$|[,;]\s*(?:at|hier|here|esp)\b))"
)
_PARTS = re.compile(
    r"(?i)(?:(?<=[\s,.;(\x1f])|^)((?:chaps?\.|chapter|kap\.|ch\.|§{1,2}|¶{1,2}|paras?\.|arts?\."
    r"|Artikel|Article|Rn\.|Rz\.|Anm\.|nn?\.|fig\.|table|sec\.)\s?\d{1,4}[a-z]?(?:[-–]\d{1,4})?)"
    r"(?![\w])"
)


_ROMAN = re.compile(r"(?<=[,\x1f:])\s*([ivxlc]{1,8}(?:[-–][ivxlc]{1,8})?)\.?\s*$")


def read_labelled_numbers(piece: Piece) -> None:
    """Takes volume and issue right after the container, then those that carry their label."""
    start = piece.container[1] if piece.container else piece.tail
    for pattern in (_APA, _COLON, _AFTER) if piece.container or piece.title_kind == "plain" else ():
        match = pattern.match(piece.text, start)
        if match is None or (piece.title_kind == "italic" and pattern is _AFTER):
            continue
        groups = match.groupdict()
        if pattern is _AFTER and len(groups["vol"]) == 4 and groups["vol"][:2] in ("19", "20"):
            continue
        piece.set("volume", groups["vol"])
        piece.set("issue", groups.get("no"))
        if groups.get("range"):
            _store_pages(piece, groups["range"], "")
        piece.take(*match.span())
        break
    if found := _VANCOUVER.search(piece.text, piece.tail):
        piece.set("volume", found["vol"] or found["vol2"])
        piece.set("issue", found["no"] or found["no2"])
        _store_pages(piece, found["range"], "")
        piece.take(*found.span())
    for pattern, name in ((_VOLUME, "volume"), (_ISSUE, "issue")):
        if found := pattern.search(piece.text, piece.tail):
            piece.set(name, found[found.re.groups])
            if name == "issue" and found["report"]:
                piece.csl.setdefault("type", "report")
                piece.confidence.setdefault("type", "high")
            piece.take(*found.span())
    if found := _CJK_ISSUE.search(piece.text, piece.tail):
        piece.set("volume", found["vol"])
        piece.set("issue", found["no"])
        piece.take(*found.span())


def read_pages(piece: Piece) -> None:
    """Takes labelled pages, parts (`chap. 3`, `§ 5`) and at last the bare pinpoint."""
    for pattern in (_PAGES, _CJK_PAGES):
        for match in list(pattern.finditer(piece.text, piece.tail)):
            if piece.free(*match.span()):
                _store_pages(piece, match["range"], match.groupdict().get("cue") or "")
                start, end = match.span()
                if start and piece.text[start - 1] == "(" and piece.text[end : end + 1] == ")":
                    start, end = start - 1, end + 1
                piece.take(start, end)
    for match in list(_PARTS.finditer(piece.text, piece.tail)):
        piece.take(*match.span())
        _add_locator(piece, match[1])


def read_pinpoint(piece: Piece) -> None:
    """Takes bare numbers at the end of the citation, when dates are gone."""
    for match in list(_PIN.finditer(piece.text, max(piece.tail - 1, 0))):
        before = piece.text[piece.tail : match.start("range")]
        if piece.tail == 0 and not before.strip(f" ,.:{GAP}"):
            continue
        if re.fullmatch(r"(?:1[5-9]|20)\d\d", match["range"]) and "issued" not in piece.csl:
            continue
        _store_pages(piece, match["range"], match["cue"] or "")
        piece.take(match.start("range"), match.end())


def read_roman(piece: Piece) -> None:
    """Takes the pages of a preface at the end of the citation: `ix–xi`."""
    match = _ROMAN.search(piece.text, piece.tail)
    if match and not piece.locator and "issued" in piece.csl:
        _add_locator(piece, match[1])
        piece.take(*match.span(1))


def _store_pages(piece: Piece, text: str, cue: str) -> None:
    text = re.sub(r"\s*([-–—])\s*", r"\1", text.strip(" ,"))
    part = "container-title" in piece.csl or (piece.title_kind == "plain" and "volume" in piece.csl)
    if not cue and part and "page" not in piece.csl and not piece.locator and _extent(text) >= 6:
        piece.set("page", re.sub("[–—]", "-", text), "medium")
        return
    _add_locator(piece, text)


def _extent(text: str) -> int:
    """How many pages a single range spans; 0 for anything else."""
    match = re.fullmatch(r"(\d+)[-–—](\d+)", text)
    if not match:
        return 0
    first, last = match[1], match[2]
    last = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    return int(last) - int(first) + 1


def _add_locator(piece: Piece, text: str) -> None:
    if text and text not in piece.locator.split(", "):
        piece.locator = f"{piece.locator}, {text}" if piece.locator else text
    piece.confidence["locator"] = "high"
