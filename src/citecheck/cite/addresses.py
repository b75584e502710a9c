"""First step: addresses and identifiers leave the citation's text.

The address is always the link's target, never its text. Identifiers that are printed without an
address (DOI, arXiv, Handle, PMID, URN:NBN) get the address of their resolver. ISBN and ISSN are
kept when their check digit is right.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from citecheck.cite.copies import pages_first
from citecheck.cite.piece import Piece
from citecheck.records.document import TextLink
from citecheck.urls.address import host_of, identity, mask_userinfo, scheme_of, strip_userinfo
from citecheck.urls.extract import find
from citecheck.urls.proxy import unproxy

_NO_VISIT = frozenset({"mailto", "tel", "javascript", "data", "news", "about", "blob", "sms"})
_DOI = re.compile(
    r"(?i)(?:\bdoi\s*[:.]?\s*)?\b(10\.\d{4,9}/[^\s\"“”‘’«»<>\x1f，。；、）】》]{1,200})"
)
_DOI_URL = re.compile(r"(?i)^https?://(?:dx\.|www\.)?doi\.org/(10\.\d{4,9}/[^?#]+)")
_BARE = re.compile(
    r"(?<![\w@/.:-])(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,5}"
    r"(?:com|org|net|edu|gov|mil|int|info|museum|io|eu|uk|us|ca|au|nz|ie|in|za|sg|hk|de|at|ch|fr|be|nl"
    r"|lu|es|pt|it|gr|pl|cz|sk|hu|ro|bg|hr|rs|si|se|no|dk|fi|is|ee|lv|lt|ru|ua|by|kz|tr|il|ir|jp|kr|kp"
    r"|cn|tw|vn|th|id|my|ph|br|ar|mx|cl|co|pe|ve|cu|eg|ke|ng)"
    r"/[^\s<>\"“”«»\x1f，。；、（）【】《》]{1,400}"
)
_ARXIV_URL = re.compile(r"(?i)^https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/([\w.-]+(?:/\d{7})?)")
_ARXIV = re.compile(
    r"(?i)\barxiv\s*(?:preprint\s*)?(?:arxiv\s*)?:?\s*(\d{4}\.\d{4,5}(?:v\d{1,2})?"
    r"|[a-z-]{2,12}(?:\.[a-z]{2})?/\d{7})"
    r"(?:\s*\[[\w.-]+\])?"
)
_OTHERS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"(?i)\bPMID\s*:?\s*(\d{4,9})\b"), "PMID", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    (
        re.compile(r"(?i)\bPMCID\s*:?\s*(PMC\d{4,9})\b"),
        "PMCID",
        "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    ),
    (
        re.compile(r"(?i)\b(?:hdl|handle)\s*:\s*(\d[\w.]{1,20}/[\w./-]{1,60})"),
        "",
        "https://hdl.handle.net/{}",
    ),
    (re.compile(r"(?i)\b(urn:nbn:[a-z]{2}[\w:./-]{3,60})"), "", "https://nbn-resolving.org/{}"),
)
_ISBN = re.compile(r"(?i)\bISBN(?:-1[03])?\s*:?\s*((?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dX])\b")
_ISSN = re.compile(r"(?i)\be?-?ISSN\s*:?\s*(\d{4}-\d{3}[\dX])\b")


def trim_doi(text: str) -> str:
    """The DOI without what a sentence or a bracket around it added, in lower case."""
    while text:
        if text[-1] in ".,;:'!?*_~" or (
            text[-1] in ")]}" and text.count(text[-1]) > text.count("([{"[")]}".index(text[-1])])
        ):
            text = text[:-1]
        else:
            break
    return text.lower()


def _is_address(link: TextLink) -> bool:
    """Whether what is printed for a link is an address, not words."""
    shown = link.printed.strip()
    return "://" in shown or (" " not in shown and ("." in shown or "/" in shown)) or not shown


def read_addresses(piece: Piece, hosts: Collection[str]) -> None:
    """Takes links and identifiers; `hosts` are those seen in the documents (for proxies)."""
    for link in piece.segment.links:
        if scheme_of(link.target) in _NO_VISIT:
            continue
        add_address(piece, link.target, link.target)
        if _is_address(link):
            start, end = _with_brackets(piece.text, link.start, link.end)
            piece.take(start, end)
        else:
            piece.anchors.append((link.start, link.end))
        if doi := _DOI_URL.match(link.target):
            piece.set("DOI", trim_doi(doi[1]))
        if arxiv := _ARXIV_URL.match(link.target):
            piece.set("number", f"arXiv:{arxiv[1].removesuffix('.pdf')}")
    _schemeless(piece)
    _identifiers(piece)
    if piece.urls:
        _pages_first(piece)
        piece.confidence["URL"] = "high"
        behind = unproxy(piece.urls[0], frozenset(hosts))
        if behind is not None:
            piece.unproxied = behind.original


def _pages_first(piece: Piece) -> None:
    """A citation is of the page, not of the archived copy that may stand before it."""
    ordered = pages_first(piece.urls)
    if ordered[0] != piece.urls[0] and ordered[0] not in piece.guarded:
        piece.urls, piece.printed = ordered, ordered[0]


def _schemeless(piece: Piece) -> None:
    """`museum.example.org/collections/bread`, as MLA prints addresses: host and path, no scheme."""
    for match in list(_BARE.finditer(piece.text)):
        found = find(f"https://{match[0]}")
        if not found:
            continue
        raw = match[0][: found[0].end - len("https://")]
        add_address(piece, found[0].target, raw)
        piece.take(match.start(), match.start() + len(raw))
        if doi := _DOI_URL.match(found[0].target):
            piece.set("DOI", trim_doi(doi[1]))


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the `<…>` or `(…)` that encloses nothing but it."""
    if start > 0 and end < len(text) and text[start - 1] + text[end] in ("<>", "()", "[]"):
        return start - 1, end + 1
    return start, end


def add_address(piece: Piece, url: str, printed: str) -> None:
    """One more address of the citation, unless it has it already."""
    if not piece.urls:
        piece.printed = mask_userinfo(printed)
    clean = strip_userinfo(url)
    if clean != url:
        piece.guarded.append(clean)
    if identity(clean) not in {identity(u) for u in piece.urls}:
        piece.urls.append(clean)


def _identifiers(piece: Piece) -> None:
    for match in list(_DOI.finditer(piece.text)):
        doi = trim_doi(match[1])
        piece.take(match.start(), match.start(1) + len(doi))
        piece.set("DOI", doi)
        if not any(host_of(u).endswith("doi.org") for u in piece.urls):
            add_address(piece, f"https://doi.org/{doi}", f"https://doi.org/{doi}")
    for match in list(_ARXIV.finditer(piece.text)):
        piece.take(*match.span())
        piece.set("number", f"arXiv:{match[1]}")
        if not any(host_of(u).endswith("arxiv.org") for u in piece.urls):
            url = f"https://arxiv.org/abs/{match[1]}"
            add_address(piece, url, url)
    for pattern, name, form in _OTHERS:
        for match in list(pattern.finditer(piece.text)):
            piece.take(*match.span())
            if name:
                piece.set(name, match[1])
            if not piece.urls:
                add_address(piece, form.format(match[1]), form.format(match[1]))
    _numbers(piece)


def _numbers(piece: Piece) -> None:
    for match in list(_ISBN.finditer(piece.text)):
        piece.take(*match.span())
        digits = re.sub(r"[- ]", "", match[1]).upper()
        if isbn_ok(digits):
            piece.set("ISBN", digits)
    for match in list(_ISSN.finditer(piece.text)):
        piece.take(*match.span())
        digits = match[1].replace("-", "").upper()
        total = sum((8 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
        if total % 11 == 0:
            piece.set("ISSN", match[1].upper())


def isbn_ok(digits: str) -> bool:
    """Whether the check digit of an ISBN-10 or ISBN-13 is right."""
    if len(digits) == 13 and digits.isdigit():
        return sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(digits)) % 10 == 0
    if len(digits) == 10 and digits[:9].isdigit():
        return sum((10 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits)) % 11 == 0
    return False
