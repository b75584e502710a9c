# ruff: noqa: SIM905 - word lists are read best as words
"""Whether two titles are the same title.

Token-set similarity was measured on 6,918 wrong pairs of real titles: none reached 85, all but one
in a thousand stay below 54; the popular WRatio calls 13 % of the wrong pairs equal. Its traps are
short titles ("Introduction") and series that differ in a number only ("Statistics 2019", "2023"),
so both are told apart here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from citecheck.text.fold import fold
from citecheck.text.shingles import tokens

_STOP = {
    "en": "the of and in to a is for on with by from at as that are its be an or this".split(),
    "de": "der die das und in von zu den mit im für auf ist des dem ein eine nicht als".split(),
    "fr": "le la les de des et en du un une pour dans sur au aux est par que qui avec".split(),
    "es": "el la los las de y en del un una para por con que se es al su como más".split(),
    "it": "il la di e del della che un una per in con dei delle nel alla da gli non".split(),
    "pt": "o a os as de e do da em um uma para com no na dos das que por ao".split(),
    "nl": "de het een van en in op te voor met dat is zijn aan bij niet door uit".split(),
    "ru": "и в на с по к о от для из не что за как у при его об".split(),
}
_ALL_STOP = frozenset(word for words in _STOP.values() for word in words)
_SCRIPTS = (
    ("han", r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff]"),
    ("hangul", r"[\uac00-\ud7af\u1100-\u11ff]"),
    ("cyrillic", r"[\u0400-\u052f]"),
    ("arabic", r"[\u0600-\u06ff]"),
    ("greek", r"[\u0370-\u03ff]"),
    ("hebrew", r"[\u0590-\u05ff]"),
    ("thai", r"[\u0e00-\u0e7f]"),
    ("indic", r"[\u0900-\u0dff]"),
    ("latin", r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
)

# Scripts written without spaces.
_LETTER_BY_LETTER = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{3}"
)


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """`score` in 0..100: below 50 the titles cannot be one; `same` where they are."""

    score: float
    same: bool


def informative(title: str) -> list[str]:
    """The tokens of a title that tell it from others: no stop words, no single letters."""
    words = tokens(_clean(title))
    return [w for w in words if w not in _ALL_STOP and (len(w) > 1 or not w.isascii())]


def _clean(title: str) -> str:
    return re.sub(r"(?i)\[(?:in \w+|title translated)\]|\(title translated\)", " ", title)


def enough(title: str, count: int = 3) -> bool:
    """Whether a title is long enough to be told from others (6 characters where they are words)."""
    words = informative(title)
    unspaced = sum(len(w) == 1 for w in words)
    return unspaced >= 2 * count or len(words) - unspaced >= count


def script(text: str) -> str:
    """The script that most letters of a text belong to; empty where it has none."""
    text = unicodedata.normalize("NFKC", text[:5000])
    counts = {name: len(re.findall(pattern, text)) for name, pattern in _SCRIPTS}
    # Two Han characters say as much as a word of six letters.
    counts["latin"] //= 3
    counts["cyrillic"] = (counts["cyrillic"] + 1) // 2
    best = max(counts, key=lambda name: counts[name])
    if counts[best]:
        return best
    return "latin" if re.search(_SCRIPTS[-1][1], text) else ""


def language(text: str) -> str:
    """The language by its function words, or the empty string: two of them, and more than of any
    other language."""
    words = re.findall(r"\w+", text[:20_000].casefold())
    if not words:
        return ""
    counts = sorted(
        ((sum(w in stop for w in words), name) for name, stop in _STOP.items()), reverse=True
    )
    (first, name), (second, _) = counts[0], counts[1]
    return name if first >= 2 and first > second else ""


def numbers(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", unicodedata.normalize("NFKC", title)))


def compare(cited: str, seen: str) -> TitleMatch:
    """Compare a cited title with one candidate of a page."""
    from rapidfuzz import fuzz

    a, b = " ".join(tokens(_clean(cited))), " ".join(tokens(seen))
    if not a or not b:
        return TitleMatch(0.0, False)
    score = float(fuzz.token_set_ratio(a, b))
    if _LETTER_BY_LETTER.search(cited):
        # Their tokens are single characters: in whatever order, most titles are made of the same.
        score = min(score, float(fuzz.partial_ratio(a.replace(" ", ""), b.replace(" ", ""))))
    conflict = bool(
        numbers(cited)
        and numbers(seen)
        and not (numbers(cited) <= numbers(seen))
        and not (numbers(seen) <= numbers(cited))
    )
    folded_a, folded_b = fold(cited), fold(seen)
    if folded_a == folded_b:
        return TitleMatch(100.0, True)
    spaced = script(cited) not in ("han", "thai")
    inside = f" {folded_a} " in f" {folded_b} " if spaced else folded_a in folded_b
    within = enough(cited) and inside
    shortened = enough(seen) and enough(cited) and score >= 85
    return TitleMatch(score, (within or shortened) and not conflict)
