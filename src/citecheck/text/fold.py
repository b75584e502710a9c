"""Folding: the form in which names, titles and phrases are compared, never shown."""

from __future__ import annotations

import re
import unicodedata

# Letters with a stroke or of their own have no decomposition in Unicode.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def fold(text: str) -> str:
    """Case, accents, quotes, dashes and white space folded; punctuation becomes one space."""
    text = unicodedata.normalize("NFKD", text).casefold()
    if not text.isascii():
        # Asked once a character of the text's alphabet, not once a character of the text.
        marks = {c for c in set(text) if unicodedata.combining(c)}
        text = "".join([c for c in text if c not in marks]) if marks else text
        text = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    return re.sub(r"[\W_]+", " ", text).strip()


def plain(text: str, limit: int = 300) -> str:
    """One line that can be stored and handed to any report: control, bidi and surrogate characters
    become visible as `\\uXXXX`, white space is folded, the rest is cut at `limit` characters."""
    out = []
    for char in " ".join(text.split()):
        category = unicodedata.category(char)
        if category in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and char not in "\u200c\u200d\u00ad":
            out.append(f"\\u{ord(char):04x}")
        else:
            out.append(char)
    shown = "".join(out)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
