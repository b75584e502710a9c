"""The language that a document is written in: what it says itself, else its letters and words.

Notes cite works in every language, so it is the whole document that is asked. Only where that does
not tell (few words, or a list in many languages) a note is asked: the months that its dates print,
and how it says that a page was visited.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from citecheck.mend.words import COMMON, MONTHS, VISITED
from citecheck.text.archived_words import PHRASES

_SAMPLE = 200_000
_ENOUGH = 4  # common words of a language that tell it, three of them different ones
_DIFFERENT = 3
_LEAD = 1.5  # how often as many as of English and of any other language that is no near kin
_KIN = ({"da", "no", "sv"}, {"es", "pt", "it"}, {"ru", "uk"})
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
_NO_WORDS = re.compile(
    r"https?://\S+|<[^<>\n]{0,500}>|\{\{[^{}|\n]{0,60}|\|[^{}|=\n]{1,40}=|\[\^[^\[\]\n]{1,60}\]"
)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэёЫЭЁ]")
_MONTHS = {code: frozenset(map(str.casefold, names)) for code, names in MONTHS.items()}
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
    """A key of `PHRASES`; empty where nothing tells."""
    declared = _DECLARED.search(text[:4000])
    if declared:
        code = (declared[1] or declared[2]).lower()
        code = _CODES.get(code[:2], code[:2])
        if code == "zh":
            return _chinese(text, (declared[1] or declared[2]).lower())
        if code in PHRASES:
            return code
    words = _NO_WORDS.sub(" ", text[:_SAMPLE])
    return _script(words) or _by_words(words)


def _by_words(text: str) -> str:
    """The language whose commonest words a text has far more often than those of others."""
    counts: Counter[str] = Counter()
    different: Counter[str] = Counter()
    for word, times in Counter(_WORD.findall(text.casefold())).items():
        if len(word) == 1 and word.isascii():
            continue  # a label, an initial
        for language, common in COMMON.items():
            if word in common:
                counts[language] += times
                different[language] += 1
    best = max(counts, key=lambda language: (counts[language], language == "en"), default="")
    if not best or counts[best] < _ENOUGH or different[best] < _DIFFERENT:
        return ""
    kin: set[str] = next((group for group in _KIN if best in group), {best})
    others = max((times for code, times in counts.items() if code not in kin), default=0)
    return best if counts[best] > _LEAD * others else ""


def language_of_note(text: str, days: Iterable[str]) -> str:
    """The language that a note alone tells by its letters, its words for a visit and the months of
    the days that it prints; empty where these leave more than one, or none."""
    script = _script(_NO_WORDS.sub(" ", text))
    signs = [{k for k, p in VISITED.items() if p.search(text)}, {script} if script else set()]
    for day in days:
        words = frozenset(_WORD.findall(day.casefold()))
        signs.append({code for code, names in _MONTHS.items() if names & words})
    left: set[str] = set()
    for codes in filter(None, signs):
        left = left & codes or left or codes
    return left.pop() if len(left) == 1 else ""


def language_named(name: str) -> str:
    """The language of a record's own field (`de`, `de-AT`, `german`, `ngerman`); English for one
    that is not known."""
    code = name.strip().lower()
    code = _NAMED.get(code, re.split(r"[-_]", code)[0])
    return code if code in PHRASES else "en"


def _script(text: str) -> str:
    """The language of a script of its own that carries the text, or nothing."""
    letters = sum(len(word) for word in _WORD.findall(text)) or 1
    cyrillic = _CYRILLIC.findall(text)
    if 2 * len(cyrillic) > letters:
        ukrainian, russian = _UKRAINIAN.search(text), _RUSSIAN.search(text)
        return "uk" if ukrainian and not russian else "" if len(cyrillic) > 400 else "ru"
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
