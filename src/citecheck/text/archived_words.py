"""How a note says that a page was archived, in the languages that are written (facts, both ways).

Phrases as style guides and the Wikipedias of the languages have them. What is written by `mend` is
read again by `cite` as a remark on the link before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Phrase:
    """`words` with the date in the place of `{}`; `day` is the form of a date where the document
    shows none of its own: a key of `days.FORMS`."""

    words: str
    day: str = "iso"
    opening: str = "("
    colon: str = ": "
    closing: str = ")"
    semicolon: str = "; "


_WIDE = {"opening": "（", "colon": "：", "closing": "）", "semicolon": "；"}

PHRASES: Mapping[str, Phrase] = MappingProxyType(
    {
        "en": Phrase("archived {}"),
        "de": Phrase("archiviert am {}", "dots"),
        "fr": Phrase("archivé le {}", "words", colon=" : "),
        "es": Phrase("archivado el {}", "words"),
        "it": Phrase("archiviato il {}", "words"),
        "pt": Phrase("arquivado em {}", "words"),
        "nl": Phrase("gearchiveerd op {}", "words"),
        "ru": Phrase("архивировано {}", "dots"),
        "uk": Phrase("архівовано {}", "dots"),
        "pl": Phrase("zarchiwizowano {}", "dots"),
        "cs": Phrase("archivováno {}", "dots"),
        "sv": Phrase("arkiverad {}"),
        "da": Phrase("arkiveret {}"),
        "no": Phrase("arkivert {}"),
        "tr": Phrase("arşivlendi: {}", "dots", colon=", "),
        "zh-hans": Phrase("存档于{}", "cjk", **_WIDE),
        "zh-hant": Phrase("存檔於{}", "cjk", **_WIDE),
        "ja": Phrase("{}アーカイブ", "cjk", **_WIDE),
        "ko": Phrase("{} 보존됨", "korean"),
    }
)

# In a field of a record, where nothing stands before it.
IN_RECORDS: Mapping[str, str] = MappingProxyType(
    {
        "en": "Archived at {url} on {day}",
        "de": "Archiviert unter {url} am {day}",
        "fr": "Archivé à l’adresse {url} le {day}",
        "es": "Archivado en {url} el {day}",
        "it": "Archiviato in {url} il {day}",
    }
)

_LONGEST = 60  # characters of a remark before the copy's address
_DAY = r"[^()（）\[\];；]{4,40}?"
_WORDS = "|".join(
    sorted({re.escape(p.words).replace(r"\{\}", _DAY) for p in PHRASES.values()}, reverse=True)
)
_OPENING = r"\s*[(（]|\s*[;；]\s*"
_BEFORE = re.compile(rf"(?i)(?:{_OPENING})(?:{_WORDS})\s*[:：,]\s*<?\Z")
_LINKED = re.compile(rf"(?i)(?:{_WORDS})")
_AFTER = re.compile(r">?([)）])?")


def remark(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The whole remark in which the address or link at `start:end` stands, brackets and the white
    space before them included; None where the words around it are others."""
    after = _AFTER.match(text, end)
    stop = after.end() if after else end
    head = text[max(0, start - _LONGEST) : start]
    before = _BEFORE.search(head)
    if before is None and _LINKED.fullmatch(text, start, end):
        before = re.search(rf"(?:{_OPENING})\Z", head)
    if before is None:
        return None
    opened = before[0].lstrip()[:1] in "(（"
    if opened and not (after and after[1]):
        return None
    if not opened and after and after[1]:
        stop -= 1  # the bracket was there before the remark
    return start - len(head) + before.start(), stop


_IN_RECORDS = "|".join(
    p.format(url=r"(?:\S{8,4000})", day=r"\d{4}-\d\d-\d\d").replace(" ", r"\s+")
    for p in IN_RECORDS.values()
)
_RECORDED = re.compile(rf"(?i)(?:;\s+|\s+|\A)(?P<said>{_IN_RECORDS})(?=\W*\Z)")
_NOTED = re.compile(rf"(?i)\A\W*(?P<said>(?:{_WORDS})\s*:\s*\S+)\s*\Z")
_ADDRESS = re.compile(r"https?://\S+")


def without_remark(text: str) -> tuple[str, str]:
    """A free field of a record without what was put there to say where a copy is, and the address
    of that copy (empty where nothing says so)."""
    for pattern in (_NOTED, _RECORDED):
        found = pattern.search(text)
        copy = _ADDRESS.search(found["said"]) if found else None
        if found and copy:
            return text[: found.start()] + text[found.end() :], copy[0]
    return text, ""
