"""Tokens and 4-token shingles, the measure in which texts are compared.

A token is a run of word characters, or one character of a script written without spaces (Han, kana,
hangul, Thai, Lao, Khmer, Burmese): so that one edited character weighs as much as one edited word.
Text is NFKC-normalised and case-folded first. A shingle's hash is the first 64 bits of BLAKE2b over
its tokens joined by one space, so stored hashes are comparable for good.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

from citecheck.records.observation import Sketch

SHINGLE = 4
SKETCH = 512

_UNSPACED = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


def tokens(text: str) -> list[str]:
    """The tokens of a text, folded."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def shingle_hashes(words: Sequence[str], n: int = SHINGLE) -> list[int]:
    """The hashes of all n-token shingles in order; a text shorter than n is one shingle."""
    if not words:
        return []
    if len(words) < n:
        spans = [" ".join(words)]
    else:
        spans = [" ".join(span) for span in zip(*(words[i:] for i in range(n)), strict=False)]
    # All numbers are read at once: a long page has tens of thousands of shingles.
    digests = b"".join([blake2b(s.encode(), digest_size=8).digest() for s in spans])
    return list(struct.unpack(f">{len(spans)}Q", digests))


def to_hex(value: int) -> str:
    return f"{value:016x}"


def sketch(words: Sequence[str]) -> Sketch:
    """The bottom-k sketch of a text's distinct shingles."""
    distinct = sorted(set(shingle_hashes(words)))
    return Sketch(size=len(distinct), tokens=len(words), hashes=tuple(distinct[:SKETCH]))
