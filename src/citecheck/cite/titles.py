"""The title: the first quotation, italic run or linked words, with its translation.

A bracket at the end of the title or right after it is a translation when it is Latin script, the
original when it is another script than the title's; round ones with the title's own script belong
to the imprint. A sentence's comma or period inside the quotation is not the title's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from citecheck.cite import marks
from citecheck.cite.piece import Piece
from citecheck.cite.scripts import EAST_ASIAN, same_family, script

_NO_TITLE = re.compile(
    r"(?i)^(?:ibid|ibidem|id|idem|ebd|ders|dies|et al|inter alia|supra|infra|see|see also|cf"
    r"|e\.g|i\.e|loc\. cit|op\. cit|"
    r"sic|passim|viz|vgl|siehe|voir|in|ed|eds|trans|and|accessed|available at|quoted in|v|vs"
    r"|emphasis (?:added|mine))[.,:;]*$"
)
_NO_TRANSLATION = re.compile(
    r"(?i)^(?:sic|pdf|video|online|podcast|audio|blog(?: post)?|tweet|press release|web(?:site)?"
    r"|dvd|film|"
    r"electronic resource|preprint|working paper|transcript|speech|interview|thread|post|review"
    r"|abstract|"
    r"(?:in |auf |en )?(?:english|german|french|russian|japanese|chinese|korean|spanish)"
    r"|emphasis .*|my .*|our .*|hereinafter .*|hereafter .*)$"
)
_IMPRINT = re.compile(r"^[^:]{2,40}:\s[^:]{2,60},\s(?:1[5-9]|20)\d\d$")
_CLOSE = {"“": "”", "„": "“", '"': '"', "‘": "’", "'": "'", "«": "»", "»": "«", "‚": "‘"}


# `*Chángjiāng shuǐyùn shǐ* 长江水运史 [A History]`: letters of East Asia right after the title.
_OTHER_SCRIPT = re.compile(
    r"\s*([\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][^\x1f\[\](（),，。;\"“]{1,80})"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch that could be a title: `kind` is quote, italic, book (`『』`) or anchor."""

    start: int
    end: int
    kind: str
    repaired: bool = False


def candidates(piece: Piece) -> list[Marked]:
    """What is marked as a title, outside brackets, in order."""
    mask = marks.inside(piece.text, piece.brackets, ())
    found = [
        Marked(q.start, q.end, "book" if q.mark == "『" else "quote", q.repaired)
        for q in piece.quotes
    ]
    spans = [(q.start, q.end) for q in found]
    for start, end in piece.italics:
        around = next((q for q in found if start <= q.start and q.end <= end), None)
        if around is not None:
            continue
        if not any(a < end and start < b for a, b in spans):
            found.append(Marked(start, end, "italic"))
    found.extend(Marked(a, b, "anchor") for a, b in piece.anchors)
    out: list[Marked] = []
    for mark in sorted(found, key=lambda m: (m.start, m.kind == "anchor")):
        inner = piece.text[mark.start : mark.end].strip("“”\"'‘’«»„ ,.")
        letters = sum(c.isalpha() for c in inner)
        if (
            mask[mark.start]
            or letters < 2
            or _NO_TITLE.match(inner)
            or not piece.free(mark.start, mark.end)
        ):
            continue
        if out and mark.kind == "anchor" and mark.start < out[-1].end:
            continue
        out.append(mark)
    return out


def bare(piece: Piece, mark: Marked) -> str:
    """The words of a marked stretch without its marks, a lost closing mark put back."""
    text = piece.text[mark.start : mark.end].strip()
    if mark.kind in ("quote", "book"):
        opening, text = text[0], text[1:-1].strip()
        if mark.repaired:
            text = text.rstrip(",.") + _CLOSE.get(opening, '"')
    return clean(text)


def clean(text: str) -> str:
    """A title without the sentence's punctuation at its end; `?`, `!` and `U.S.` stay."""
    text = re.sub(r"\s+", " ", text.replace("\x1f", " ")).strip(" ,;:，、")
    if text.endswith(".") and not re.search(r"(?:\b[^\W\d_]\.|\.\.)$", text):
        text = text[:-1]
    return text.strip(" ,;:")


def split_bracket(text: str) -> tuple[str, str]:
    """`Title [Translation]` as its two parts; the second is empty where there is none."""
    pairs = marks.bracketed(text)
    if not pairs:
        return text, ""
    last = pairs[-1]
    if text[last.end :].strip(" .,") or not text[: last.start].strip() or last.mark not in "[［（(":
        return text, ""
    inside = text[last.start + 1 : last.end - 1].strip()
    main = text[: last.start].strip()
    if not _is_other_form(main, inside, square=last.mark in "[［"):
        return text, ""
    return clean(main), clean(inside)


def _is_other_form(main: str, inside: str, *, square: bool) -> bool:
    """Whether a bracket holds the same title in another language or script."""
    kind = script(inside)
    if not kind or _NO_TRANSLATION.match(inside) or _IMPRINT.search(inside):
        return False
    if not same_family(kind, script(main)):
        return not re.search(r"\b(?:1[5-9]|20)\d\d\b", inside) or kind in EAST_ASIAN or square
    return square and inside[:1].upper() == inside[:1] and not inside.isdigit()


def other_form(main: str, inside: str) -> str:
    """Which slot a bracket's words take: `translated` (Latin), or `original`."""
    if script(inside) == "latin":
        return "translated"
    return "original" if script(main) == "latin" else "translated"


def read_title(piece: Piece) -> None:
    """Takes the title and what stands with it for another form."""
    if piece.title is not None:
        return
    found = candidates(piece)
    if not found:
        return
    chosen = found[0]
    if len(found) > 1 and chosen.kind == "italic" and found[1].kind == "quote":
        between = piece.text[chosen.end : found[1].start]
        # *The Guardian*, "Headline": the italic run in front is where it appeared.
        if not piece.text[: chosen.start].strip(" ,.") and between.strip() in (",", ":", "."):
            chosen = found[1]
    piece.title_kind = chosen.kind
    title, inside = split_bracket(bare(piece, chosen))
    if inside:
        _store_other(piece, title, inside)
    piece.set("title", title, "medium" if chosen.repaired or chosen.kind == "anchor" else "high")
    end = _brackets_after(piece, chosen.end, title)
    piece.title = (chosen.start, end)
    piece.take(chosen.start, end)


def _store_other(piece: Piece, title: str, inside: str) -> None:
    if other_form(title, inside) == "translated":
        if not piece.title_translated:
            piece.title_translated = inside
            piece.confidence["title-translated"] = "high"
    elif not piece.title_original:
        piece.title_original = inside
        piece.confidence["title-original"] = "high"


def _brackets_after(piece: Piece, end: int, title: str) -> int:
    """Reads the other forms that follow a title, in brackets or (another script) without; returns
    where they end."""
    plain = _OTHER_SCRIPT.match(piece.text, end)
    if plain and not same_family(script(plain[1]), script(title)):
        _store_other(piece, title, clean(plain[1]))
        end = plain.end()
    for pair in piece.brackets:
        if pair.start < end or piece.text[end : pair.start].strip(" ,."):
            continue
        inside = piece.text[pair.start + 1 : pair.end - 1].strip(" ,")
        if "\x1f" in inside or not _is_other_form(title, inside, square=pair.mark in "[［"):
            break
        _store_other(piece, title, clean(_unquoted(inside)))
        end = pair.end
    return end


def _unquoted(text: str) -> str:
    """A translation that is quoted within its bracket, without those marks."""
    pairs = marks.quoted(text)
    if len(pairs) == 1 and pairs[0].start == 0 and pairs[0].end >= len(text.rstrip(" ,.")):
        return text[1 : pairs[0].end - 1]
    return text
