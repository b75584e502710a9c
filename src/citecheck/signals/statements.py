# ruff: noqa: E501 - patterns are read best on one line
"""Sentences that say nothing else than that a page is not there, recognised by their words.

A whole sentence must be made of the words of one language's row in `sayings`: the name of what is
missing, the telling of its absence, and words that may stand between. A sentence with any other word
("Page not found in Django") is about something else.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from citecheck.signals.sayings import SAYINGS
from citecheck.text.fold import fold

_UNSPACED = frozenset({"zh", "ja", "th", "my"})
_UNSPACED_LETTER = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
_LONGEST = 240
_SENTENCE_END = r"[.!?։؟。！？…\n]+|(?<=\S)[:：]\s|\s[-–—|·»]+\s|(?<=[^\x00-\x7f])[，,、]"
# A sentence with the mark that ends it.
_SENTENCES = re.compile(rf"(?s).+?(?:{_SENTENCE_END}|$)")
# Of folded text: a record whose source has no digital copy is there itself.
_NO_COPY = re.compile(
    r"\bnot (?:yet |currently )?(?:be )?(?:available|accessible|digiti[sz]ed) (?:online|on line|digitally)"
    r"|\bnicht (?:online|digital) (?:verfugbar|zuganglich|vorhanden)|\bonline nicht (?:verfugbar|vorhanden)"
    r"|\b(?:pas|non) (?:encore )?(?:disponible|consultable|accessible) en ligne"
    r"|\bno (?:esta |se encuentra )?(?:disponible|accesible) en linea|\bnon disponibile (?:online|on line|in rete)"
    r"|\bnao (?:esta )?disponivel (?:online|em linha)|\bniet online (?:beschikbaar|raadpleegbaar)"
    r"|\b(?:ikke|inte|ikkje) (?:tilgjengeli[gk]|tilgaengelig|tillganglig\w*) (?:online|pa nett\w*)"
)
_ASKS = ("?", "؟", "？", ";")
_CLOSING = " \"'»”’)]"


class _Grammar(NamedTuple):
    missing: re.Pattern[str]
    absent: re.Pattern[str]
    between: re.Pattern[str]
    spaced: bool


@cache
def _grammar(name: str) -> _Grammar:
    words, spaced = SAYINGS[name], name not in _UNSPACED
    return _Grammar(
        _any(words.missing.split("|"), spaced),
        _any(words.absent.split("|"), spaced),
        _any(words.between.split(), spaced),
        spaced,
    )


def _any(entries: list[str], spaced: bool) -> re.Pattern[str]:
    """A pattern for any of the entries, the longest first."""
    forms = {(fold(entry.rstrip("*")), entry.endswith("*")) for entry in entries}
    written = (
        re.escape(text) + (r"\w*" if more else "")
        for text, more in sorted(forms, key=lambda f: -len(f[0]))
        if text
    )
    inner = "|".join(written)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)" if spaced else f"(?:{inner})")


@cache
def _by_name() -> tuple[dict[str, list[tuple[str, str]]], tuple[str, ...]]:
    """Languages by the first letters of what is missing, and those that are written unspaced: most
    sentences name nothing of the kind, and cost one look-up a word."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, words in SAYINGS.items():
        if name in _UNSPACED:
            continue
        for entry in words.missing.split("|"):
            first = fold(entry.rstrip("*")).split()[0]
            found.setdefault(first[:2], []).append((first, name))
    return found, tuple(name for name in SAYINGS if name in _UNSPACED)


def _languages(text: str) -> set[str]:
    """The languages in which a folded text may name what is missing."""
    spaced, unspaced = _by_name()
    names = {
        name
        for word in set(text.split())
        for first, name in spaced.get(word[:2], ())
        if word.startswith(first)
    }
    return names | set(unspaced) if _UNSPACED_LETTER.search(text) else names


def says_absent(sentence: str, *, loosely: bool = False) -> bool:
    """Whether a sentence, folded or not, says that something is not there, and nothing else;
    `loosely`: and little else, at most a quarter of its words."""
    if len(sentence) > _LONGEST:
        return False
    text = fold(sentence)
    if _NO_COPY.search(text):
        return False
    slack = len(text.split()) / 4 if loosely else 0.0
    return any(_fits(text, _grammar(name), slack) for name in sorted(_languages(text)))


def _fits(text: str, grammar: _Grammar, slack: float) -> bool:
    rest, absences = grammar.absent.subn(" ", text)
    if not absences:
        return False
    rest, names = grammar.missing.subn(" ", rest)
    if not names:
        return False
    rest = re.sub(r"[\d_]+", " ", grammar.between.sub(" ", rest))
    if grammar.spaced:
        return len(rest.split()) <= slack
    return len(rest.replace(" ", "")) <= max(1, len(text) // (4 if slack else 12))


def statement_in(text: str, *, loosely: bool = False) -> str:
    """The first sentence of a text that says that a page is not there, or the empty string.

    A question ("Page not found?") introduces something else.
    """
    pieces = [m[0] for m in _SENTENCES.finditer(text)]
    for sentence in (*pieces, text):
        if says_absent(sentence, loosely=loosely):
            asks = sentence.rstrip(_CLOSING).endswith(_ASKS)
            return "" if asks else " ".join(sentence.split())
    return ""


def opens_with_statement(text: str) -> bool:
    """Whether a block says it at once: what comes after other words may be quoted."""
    first = next((m[0] for m in _SENTENCES.finditer(text) if not _mere_regret(m[0])), "")
    whole = not text.rstrip(_CLOSING).endswith(_ASKS) and says_absent(text)
    return whole or (not first.rstrip(_CLOSING).endswith(_ASKS) and says_absent(first))


def _mere_regret(sentence: str) -> bool:
    """Whether a sentence has no word that names or tells anything ("Sorry!", "Oops")."""
    text = fold(sentence)
    if not text or text.isdigit():
        return True
    return len(text) < 60 and any(
        not re.sub(r"[\W\d_]+", "", grammar.between.sub(" ", text))
        for grammar in map(_grammar, SAYINGS)
    )
