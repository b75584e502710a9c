"""Days as the document writes them: a form is told from a day that it prints.

`1/2/2019` could be two days, so it tells no form. A document without a date gets the form that its
language has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from citecheck.cite import dates
from citecheck.mend.words import MONTHS
from citecheck.text.archived_words import PHRASES

Form = Callable[[date], str]

_YMD = re.compile(r"\d{4}([-/.])(\d\d?)\1(\d\d?)")
_DMY = re.compile(r"(\d\d?)([./-])( ?)(\d\d?)\2\3\d{4}")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)(\.?) ?(\d\d?)(?:st|nd|rd|th)?(,?) \d{4}")
_DAY_FIRST = re.compile(
    r"(0?)\d{1,2}(\.|st|nd|rd|th|er|º)?( de | of | )([^\W\d_]+)(\.?)(,? | de | of )\d{4}"
)
_CJK = re.compile(r"\d{4}( ?)([年년])( ?)(\d\d?) ?[月월] ?\d\d? ?[日일]")


def _iso(day: date) -> str:
    return day.isoformat()


def _dots(day: date) -> str:
    return f"{day:%d.%m.}{day.year:04d}"


def _cjk(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _korean(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"


FORMS: Mapping[str, Form] = MappingProxyType(
    {"iso": _iso, "dots": _dots, "cjk": _cjk, "korean": _korean}
)


def form_in(printed: Iterable[str], language: str) -> Form | None:
    """The form that most of some printed days have; None where none of them tells one, or all
    are at odds."""
    found = Counter(key for day in printed if (key := _recognised(day, language)))
    if not found:
        return None
    form, times = found.most_common(1)[0]
    return _form(form) if len(found) == 1 or 3 * times >= found.total() else None


def form_of(language: str) -> Form:
    """The form that a language has where the document shows no date."""
    name = PHRASES[language].day
    if name == "words":
        link = " de " if language in ("es", "pt") else " "
        return _form(("day", "", link, language, "", link, ""))
    return FORMS[name]


def full_dates(text: str) -> tuple[str, ...]:
    """The days that a text prints, year, month and day."""
    found = [d for d in dates.find(text) if len(d.parts) == 3 and not d.until]
    return tuple(text[d.start : d.end] for d in found)


_Key = tuple[str, ...]


def _recognised(printed: str, language: str) -> _Key | None:
    """What makes up the form of a printed day, None where it does not tell."""
    if m := _YMD.fullmatch(printed):
        return "ymd", m[1], "" if _short(m[2], m[3]) else "0"
    if m := _DMY.fullmatch(printed):
        first, second = int(m[1]), int(m[4])
        if m[2] == "/" and first <= 12 and second <= 12:
            return None
        pad = "" if _short(m[1], m[4]) else "0"
        return ("mdy" if m[2] == "/" and second > 12 else "dmy"), m[2], m[3], pad
    if m := _MONTH_FIRST.fullmatch(printed):
        how = _month_form(m[1], m[2], language)
        return ("month", *how, m[4]) if how else None
    if m := _DAY_FIRST.fullmatch(printed):
        how = _month_form(m[4], m[5], language)
        mark = m[2] if m[2] == "." else ""
        return ("day", mark, m[3], *how, m[6], m[1]) if how else None
    if m := _CJK.fullmatch(printed):
        return "cjk", m[2], m[1], m[3]
    return None


def _short(*numbers: str) -> bool:
    return any(len(n) == 1 for n in numbers)


def _month_form(name: str, period: str, language: str) -> tuple[str, str] | None:
    """The language of a month's name and how it is cut: not at all, or `3` or `3.` (English)."""
    folded = name.casefold()
    for known in (language, *MONTHS):
        if not period and any(folded == m.casefold() for m in MONTHS.get(known, ())):
            return known, ""
    english = {m[:3].casefold() for m in MONTHS["en"]}
    return ("en", f"3{period}") if folded in english else None


def _form(key: _Key) -> Form:
    """The form that a key tells: its kind, then what it is made up of."""
    return {
        "ymd": _ymd, "dmy": _numeric, "mdy": _numeric, "month": _month_first, "day": _day_first,
        "cjk": _characters,
    }[key[0]](key)  # fmt: skip


def _month(day: date, language: str, how: str) -> str:
    name = MONTHS.get(language, MONTHS["en"])[day.month - 1]
    return name if not how or len(name) < 4 else name[:3] + how[1:]


def _two(number: int, pad: str) -> str:
    return f"{number:02d}" if pad else str(number)


def _ymd(key: _Key) -> Form:
    _, cut, pad = key
    return lambda d: f"{d.year:04d}{cut}{_two(d.month, pad)}{cut}{_two(d.day, pad)}"


def _numeric(key: _Key) -> Form:
    kind, mark, space, pad = key
    cut = mark + space

    def form(day: date) -> str:
        parts = (day.day, day.month) if kind == "dmy" else (day.month, day.day)
        return f"{cut.join(_two(p, pad) for p in parts)}{cut}{day.year:04d}"

    return form


def _month_first(key: _Key) -> Form:
    _, language, how, comma = key
    return lambda d: f"{_month(d, language, how)} {d.day}{comma} {d.year}"


def _day_first(key: _Key) -> Form:
    _, mark, before, language, how, after, pad = key

    def form(day: date) -> str:
        number = "1er" if language == "fr" and day.day == 1 else f"{_two(day.day, pad)}{mark}"
        return f"{number}{before}{_month(day, language, how)}{after}{day.year}"

    return form


def _characters(key: _Key) -> Form:
    _, year, inner, outer = key
    units = ("년", "월", "일") if year == "년" else ("年", "月", "日")

    def form(day: date) -> str:
        numbers = (day.year, day.month, day.day)
        return outer.join(f"{n}{inner}{u}" for n, u in zip(numbers, units, strict=True))

    return form
