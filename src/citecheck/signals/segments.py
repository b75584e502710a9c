# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""Titles taken apart: the pieces between separators, without the words that error pages add."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.text.fold import fold

_BREAK = re.compile(
    r"\s+[-–—:/>]+\s+|\s*[|·•»«｜¦!！。…?？;；]+\s*|[.:：](?:\s+|$)|(?<=404)\s*[-–—:_]\s*|\s*[-–—_]+\s*(?=404)|_|\s*——\s*"
    r"|\s*-\s*(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s*-\s*"
)
_NOISE = re.compile(
    r"^(?:(?:http|error|code|fehler|erreur|ошибка|错误|错误代码|oops|ups|ooops|uh oh|sorry|whoops|hoppla|oups|entschuldigung|"
    r"desole|lo sentimos|抱歉|对不起|很抱歉|404|提示|信息提示|系统提示)[\s,，]*)+(?=\S)"
)
# Words of regret within a sentence: "Die Seite konnte leider nicht gefunden werden".
_REGRET = re.compile(
    r"\b(?:leider|sorry|unfortunately|malheureusement|desole|lamentablemente|purtroppo|infelizmente|helaas|"
    r"niestety|tyvarr|desvaerre|к сожалению|на жаль|извините|죄송합니다|عذرا|عفوا)\b *"
)
_TAIL = re.compile(r"[\s,，]*(?:\(?404\)?|error|fehler)+$")


def parts(heading: str) -> Iterator[str]:
    """The folded heading, its pieces, and each without a leading or trailing 404, error, sorry."""
    seen: set[str] = set()
    for piece in (heading, *_BREAK.split(heading)):
        for form in forms(piece):
            if form not in seen:
                seen.add(form)
                yield form


def forms(piece: str) -> Iterator[str]:
    """The folded piece as it is, and without what error pages put before, after or within it."""
    text = fold(piece)
    bare = _NOISE.sub("", text)
    for form in (text, bare, _TAIL.sub("", text), _TAIL.sub("", bare), _REGRET.sub("", text)):
        if form.strip():
            yield form.strip()


def bare_404(heading: str) -> bool:
    """Whether a title or heading is the number 404, alone or set off from the site's name."""
    return any(is_404(piece) for piece in _BREAK.split(heading))


def is_404(piece: str) -> bool:
    """Whether a piece of a heading is the number 404 and nothing else."""
    return bool(
        re.fullmatch(
            r"(?:http |error |error code |erreur |fehler |ошибка |错误 ?)?404(?: error| not found| ページ| 页面| 错误)?",
            fold(piece),
        )
    )
