"""One name as a CSL name: which part is the family name, and in which order.

Rules, in order: `Family, Given` is as it stands; a token in capitals is the family name; a Korean,
Chinese or Vietnamese family name in front of a given name of their shape stands first
(`static-ordering`); native scripts stand family first; everyone else is given-first with particles.
"""

# ruff: noqa: SIM905
from __future__ import annotations

import re
import unicodedata
from typing import Any

from citecheck.cite import surnames
from citecheck.cite.corporate import is_body
from citecheck.cite.japanese import family_likely
from citecheck.cite.scripts import EAST_ASIAN, script

Name = dict[str, Any]

PARTICLES = frozenset(
    "van von der den de del della di da do dos das du la le les ten ter te zu zum zur af av al el"
    " bin ibn ben abu und y e d' della degli".split()
)
_DROPPING = frozenset({"von", "zu", "zum", "zur", "de", "du", "d'", "af", "av"})
SUFFIX = re.compile(r"(?i)^(jr|sr|ii|iii|iv|esq|phd|ph\.d|md|m\.d)\.?$")
_TITLES = re.compile(
    r"(?i)^(?:(?:dr|prof|professor|mr|mrs|ms|sir|dame|gen|col|lt|amb|ambassador|rev|hon|fr"
    r"|st)\.?\s+)+(?=\S+\s)"
)
# A name with such a word is a body's (`Guild of Bakers`), or it has no family name at all.
_JOINED = frozenset("of for the without against on beyond with".split())
_INITIAL = re.compile(r"^(?:[^\W\d_]\.?-?){1,4}$")


def initials(token: str) -> bool:
    """Whether a token is initials: `J.`, `J.-P.`, `TS`, `В.`"""
    letters = re.sub(r"[^\w]", "", token)
    return bool(
        _INITIAL.match(token)
        and letters.isupper()
        and (len(letters) == 1 or "." in token or len(letters) <= 2)
    )


def person(text: str) -> Name:
    """One name as a CSL name."""
    text = _TITLES.sub("", re.sub(r"\s+", " ", text).strip(" ,;:"))
    if not initials(text.split(" ")[-1]):
        text = text.rstrip(".")
    kind = script(text)
    if kind in EAST_ASIAN:
        return _native(text)
    if "," in text:
        return _inverted(text)
    tokens = text.split()
    if len(tokens) == 1:
        text = text.strip()
        acronym = text.isupper() and len(text) > 1
        plain = text.replace("-", "").replace("’", "").replace("'", "").isalpha()
        return {"literal": text} if acronym or not plain else {"family": text}
    if is_body(text) or len(tokens) > 6 or _JOINED & {t.lower() for t in tokens[1:-1]}:
        return {"literal": text}
    return (
        _capitals(tokens) or _family_first(tokens) or _trailing_initials(tokens) or _western(tokens)
    )


def _native(text: str) -> Name:
    if "・" in text or "·" in text:
        given, _, family = re.sub("·", "・", text).rpartition("・")
        return {"family": family, "given": given}
    bare = text.replace(" ", "")
    if " " in text and len(text.split()) == 2:
        family, given = text.split()
        return {"family": family, "given": given, "static-ordering": True}
    hangul = script(text) == "hangul"
    if bare[:2] in surnames.COMPOUND and len(bare) > 2:
        return {"family": bare[:2], "given": bare[2:], "static-ordering": True}
    if (hangul and 2 <= len(bare) <= 3) or (2 <= len(bare) <= 3 and bare[0] in surnames.HAN):
        return {"family": bare[0], "given": bare[1:], "static-ordering": True}
    if not hangul and len(bare) == 4:
        return {"family": bare[:2], "given": bare[2:], "static-ordering": True}
    return {"literal": text}


def _inverted(text: str) -> Name:
    family, _, given = (p.strip() for p in text.partition(","))
    suffix = ""
    if SUFFIX.match(given):
        name = person(family)
        name["suffix"] = given
        return name
    head, comma, tail = given.rpartition(",")
    if comma and SUFFIX.match(tail.strip()):
        given, suffix = head.strip(), tail.strip()
    name = _with_particles(family.split(), dropping=False)
    if family.isupper() and len(family) > 2:
        name["family"] = _title_case(str(name["family"]))
    if given:
        name["given"] = given
    if suffix:
        name["suffix"] = suffix
    return name


def _title_case(word: str) -> str:
    return re.sub(r"[^\s-]+", lambda m: m[0][:1] + m[0][1:].lower(), word)


def _capitals(tokens: list[str]) -> Name | None:
    """`WATANABE Takeshi`, `Takeshi WATANABE`: the capitals are the family name."""
    loud = [t for t in tokens if t.isupper() and not initials(t) and len(t) > 1] or [
        t for t in tokens if t.isupper() and len(t) == 2 and t.lower() in surnames.CHINESE
    ]
    quiet = [t for t in tokens if t not in loud]
    if not loud or not quiet or (all(initials(t) for t in quiet) and len(loud) > 1):
        return None
    family = " ".join(_title_case(t) for t in loud)
    name: Name = {"family": family, "given": " ".join(quiet)}
    if tokens[0] in loud:
        name["static-ordering"] = True
    return name


def _family_first(tokens: list[str]) -> Name | None:
    first, rest = tokens[0], tokens[1:]
    low, last = _plain(first), _plain(tokens[-1])
    rest = [_plain(t) if t.isalpha() else t for t in rest]
    if any(initials(t) for t in tokens) or len(tokens) > 4:
        return None
    korean, chinese = low in surnames.KOREAN, low in surnames.CHINESE
    if not (korean or chinese or low in surnames.VIETNAMESE):
        return None
    known = surnames.KOREAN | surnames.CHINESE | surnames.VIETNAMESE
    fits = (korean and _korean_given(rest)) or (chinese and _chinese_given(rest))
    fits = fits or (low in surnames.VIETNAMESE and low in surnames.TOP and len(rest) in (2, 3))
    if not fits:
        return None
    if last in known and "-" not in tokens[-1]:
        # Both ends could be the family: only a far more frequent first one decides.
        if last in surnames.TOP or low not in surnames.TOP:
            return None
        if len(rest) == 1 and surnames.syllable_count(rest[0]) < 2 and low not in surnames.TOP:
            return None
    return {"family": first, "given": " ".join(tokens[1:]), "static-ordering": True}


def native_order(name: Name) -> Name:
    """A given-first reading of a name whose East Asian original stands beside it, turned round
    unless its last part alone looks like a family name: such names are mostly printed natively."""
    family, given = str(name.get("family", "")), str(name.get("given", ""))
    if set(name) != {"family", "given"} or " " in family or " " in given or "." in given:
        return name
    if family_likely(family) and not family_likely(given):
        return name
    return {"family": given, "given": family, "static-ordering": True}


def _plain(word: str) -> str:
    """A romanised word in small letters without tone and length marks."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _korean_given(rest: list[str]) -> bool:
    """`Jung-a`, `Jong Un`, `Du Hyeogn`: two syllables, hyphenated or apart."""
    if len(rest) == 1:
        parts = rest[0].split("-")
        return len(parts) == 2 and all(1 <= len(p) <= 6 for p in parts) and parts[1][:1].isalpha()
    return len(rest) == 2 and all(1 < len(w) <= 6 and w.isalpha() for w in rest)


def _chinese_given(rest: list[str]) -> bool:
    if len(rest) == 1:
        return surnames.is_pinyin(rest[0].replace("-", ""))
    return len(rest) == 2 and all(surnames.syllable_count(w) == 1 for w in rest)


def _trailing_initials(tokens: list[str]) -> Name | None:
    """`Smith J`, `Иванов И. И.`"""
    count = 0
    while count < len(tokens) - 1 and initials(tokens[-1 - count]):
        count += 1
    if not count:
        return None
    cut = len(tokens) - count
    name = _with_particles(tokens[:cut], dropping=False)
    name["given"] = " ".join(tokens[cut:])
    return name


def _with_particles(tokens: list[str], *, dropping: bool) -> Name:
    at = 0
    while at < len(tokens) - 1 and tokens[at].lower() in PARTICLES and tokens[at][:1].islower():
        at += 1
    name: Name = {"family": " ".join(tokens[at:])}
    if at:
        particle = " ".join(tokens[:at])
        slot = (
            "dropping-particle" if dropping and tokens[0] in _DROPPING else "non-dropping-particle"
        )
        name[slot] = particle
    return name


def _western(tokens: list[str]) -> Name:
    suffix = ""
    if len(tokens) > 2 and SUFFIX.match(tokens[-1]):
        suffix = tokens.pop().rstrip(",")
    start = next(
        (i for i, t in enumerate(tokens[1:-1], 1) if t in PARTICLES),
        len(tokens) - 1,
    )
    name = _with_particles(tokens[start:], dropping=True)
    if given := " ".join(tokens[:start]):
        name["given"] = given
    if suffix:
        name["suffix"] = suffix
    return name
