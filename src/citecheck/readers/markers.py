"""What labels of notes look like, and where they stand in a text."""

from __future__ import annotations

import re
from bisect import bisect_right

from citecheck.readers.flow import Flow, FlowLink, Mark, Range
from citecheck.urls.extract import find

_ONE = r"(?:\d{1,4}[a-z]?|[a-z]|[ivxlc]{1,6}|[*†‡§¶]{1,4})"
_LABEL = re.compile(
    rf"\s*[\[(]?\s*(?:note\s|fn\.?\s|n\.\s)?({_ONE}(?:\s?[,;–-]\s?{_ONE})*)\s*[\])]?[.,]?\s*"
)
_BRACKET = re.compile(
    r"\[[ \xa0]?(\d{1,4}(?:[ \xa0]?[,;–-][ \xa0]?\d{1,4}){0,20}|[a-z]|[ivx]{1,6}|[*†‡§]{1,3})"
    r"[ \xa0]?\]"
)
_DIGITS = re.compile(
    r"(?<=[^\W\d_]{2})[⁰¹²³⁴-⁹]{1,3}|(?<=[.,;:!?\"”’»)\]])[⁰¹²³⁴-⁹]{1,3}|(?<=\n)[⁰¹²³⁴-⁹]{1,3}(?=\s)"
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_WIDEST = 60

_SECTION = (
    r"(?:(?:foot|end)?notes?|references?(?:\s+list)?|(?:select(?:ed)?\s+)?bibliography"
    r"|works\s+(?:cited|consulted)|literature(?:\s+cited)?|citations|sources|further\s+reading"
    r"|external\s+links"
    r"|anmerkungen|fußnoten|endnoten|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|einzelnachweise"
    r"|weblinks|références|bibliographie|notas|referencias|bibliografía|fuentes"
    r"|referências|bibliografia|note|riferimenti|примечания|литература|источники|сноски|примітки"
    r"|список\s+(?:использованной\s+)?(?:литературы|источников)"
    r"|注释?|註釋?|注釈|脚注|腳註|参考文献|參考文獻|参考资料|참고\s*문헌|각주|주석|미주)"
)
NOTES_HEADING = re.compile(
    rf"(?i)^\W*(?:\d+\.?\s+)?{_SECTION}(?:\s*(?:\b(?:and|und|et|y|e|и)\b|[&/,])\s*{_SECTION})?\W*$"
)


def labels_of(text: str) -> tuple[str, ...]:
    """The labels that a superscript or a bracket names (`1`, `[2]`, `3, 4`, `5–7`), or none."""
    match = _LABEL.fullmatch(text) if len(text) < _WIDEST else None
    return _expand(match[1]) if match else ()


def _expand(text: str) -> tuple[str, ...]:
    labels: list[str] = []
    for part in re.split(r"\s*[,;]\s*", text.replace("\xa0", " ").strip()):
        ends = re.split(r"\s*[–-]\s*", part)
        if len(ends) == 2 and all(e.isdigit() for e in ends):
            low, high = int(ends[0]), int(ends[1])
            labels += map(str, range(low, high + 1)) if low < high <= low + _WIDEST else ends
        else:
            labels += [e for e in ends if e]
    return tuple(labels)


def complete(flow: Flow) -> None:
    """Find the addresses and the marks that are printed rather than marked up, and put all that
    the flow holds in order."""
    flow.links.sort(key=lambda link: (link.start, link.end))
    taken = sorted(
        [(link.start, link.end) for link in flow.links]
        + flow.code
        + [(mark.start, mark.end) for mark in flow.marks if mark.kind != "inline"]
    )
    for start, end in _free(flow, taken):
        for found in find(flow.text[start:end]):
            at = (start + found.start, start + found.end)
            flow.links.append(FlowLink(*at, found.target, flow.source(*at)))
            taken.append(at)
            flow.drops += [
                (at[0] + gap.start(), at[0] + gap.end())
                for gap in re.finditer(r"\s+", flow.text[at[0] : at[1]])
            ]
    taken.sort()
    for start, end in _free(flow, taken):
        for pattern, kind in ((_BRACKET, "bracket"), (_DIGITS, "digit")):
            for hit in pattern.finditer(flow.text, start, end):
                name = hit[1] if kind == "bracket" else hit[0].translate(_SUPERSCRIPT)
                at = hit.span()
                flow.marks.append(Mark(*at, _expand(name), kind, flow.source(*at)))
    given = sorted(note.source for note in flow.given)
    flow.marks = [m for m in flow.marks if m.kind in ("ref", "inline") or not _within(m, given)]
    flow.marks.sort(key=lambda mark: (mark.start, mark.end))
    flow.links.sort(key=lambda link: (link.start, link.end))
    flow.italics = sorted((a, b) for a, b in flow.italics if b > a)
    flow.drops.sort()


def _within(mark: Mark, given: list[Range]) -> bool:
    """Whether a mark is part of a note that the format itself declares."""
    i = bisect_right(given, (mark.source[0], mark.source[1] + 1)) - 1
    return i >= 0 and mark.source[1] <= given[i][1]


def _free(flow: Flow, taken: list[Range]) -> list[Range]:
    """The ranges of blocks in which nothing has been found yet."""
    free: list[Range] = []
    starts = [start for start, _ in taken]
    for block in flow.blocks:
        at = block.start
        i = max(bisect_right(starts, block.start) - 1, 0)
        while i < len(taken) and taken[i][0] < block.end:
            start, end = taken[i]
            if start > at:
                free.append((at, start))
            at = max(at, end)
            i += 1
        if at < block.end:
            free.append((at, block.end))
    return free
