"""The language that a document is written in: what it says itself, else its letters and words.

Notes cite works in every language, so it is the whole document that is asked, not the note.
"""

from __future__ import annotations

import re
from collections import Counter

from citecheck.mend.words import COMMON
from citecheck.text.archived_words import PHRASES

_SAMPLE = 200_000
_ENOUGH = 4  # common words of a language that tell it
_DECLARED = re.compile(
    r"""(?i)<html\b[^>]{0,300}?\slang\s*=\s*["']?([a-z]{2,3}(?:-[a-z0-9]{2,8})*)"""
    r"""|\A---[ \t]*\r?\n(?:.{0,200}\r?\n){0,40}?"""
    r"""lang(?:uage)?:[ \t]*["']?([a-z]{2,3}(?:-[a-z]{2,8})*)"""
)
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_TRADITIONAL = re.compile("[這個們來說時國會對學與從後發經過還沒關開動無點網頁該報導處於檔據]")
_SIMPLIFIED = re.compile("[这个们来说时国会对学与从后发经过还没关开动无点网页该报导处于档据]")
_ADDRESS = re.compile(r"https?://\S+")
_NAMED = {
    "german": "de",
    "ngerman": "de",
    "austrian": "de",
    "naustrian": "de",
    "ger": "de",
    "deu": "de",
    "french": "fr",
    "fre": "fr",
    "fra": "fr",
    "spanish": "es",
    "spa": "es",
    "italian": "it",
    "ita": "it",
}
_CODES = {"nb": "no", "nn": "no"}


def language_of(text: str) -> str:
    """A key of `PHRASES`; English where nothing tells."""
    declared = _DECLARED.search(text[:4000])
    if declared:
        code = (declared[1] or declared[2]).lower()
        code = _CODES.get(code[:2], code[:2])
        if code == "zh":
            return _chinese(text, (declared[1] or declared[2]).lower())
        if code in PHRASES:
            return code
    words = _ADDRESS.sub(" ", text[:_SAMPLE])
    script = _script(words)
    if script:
        return script
    counts: Counter[str] = Counter()
    for word, times in Counter(_WORD.findall(words.casefold())).items():
        for language, common in COMMON.items():
            if word in common:
                counts[language] += times
    best = max(counts, key=lambda language: (counts[language], language == "en"), default="en")
    return best if counts[best] > counts["en"] and counts[best] >= _ENOUGH else "en"


def language_named(name: str) -> str:
    """The language of a record's own field (`de`, `de-AT`, `german`, `ngerman`); English for one
    that is not known."""
    code = name.strip().lower()
    code = _NAMED.get(code, re.split(r"[-_]", code)[0])
    return code if code in PHRASES else "en"


def _script(text: str) -> str:
    """The language of a script of its own that carries the text, or nothing."""
    letters = sum(len(word) for word in _WORD.findall(text)) or 1
    han, kana, hangul = (len(p.findall(text)) for p in (_HAN, _KANA, _HANGUL))
    if 5 * (han + kana + hangul) < letters:
        return ""
    if hangul > han:
        return "ko"
    return "ja" if 20 * kana > han else _chinese(text, "")


def _chinese(text: str, code: str) -> str:
    if re.search(r"hant|-tw|-hk|-mo", code):
        return "zh-hant"
    if re.search(r"hans|-cn|-sg", code):
        return "zh-hans"
    traditional, simplified = (len(p.findall(text[:_SAMPLE])) for p in (_TRADITIONAL, _SIMPLIFIED))
    return "zh-hant" if traditional > simplified else "zh-hans"
