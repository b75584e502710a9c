"""Quotation marks and brackets paired with a stack, tolerant of what people forget.

Facts relied on: straight quotes nest (`"A "B" C,"`), so their direction comes from their
neighbours; `“` closes after `„`; `»…«` is the German reversal; an apostrophe between letters closes
nothing; a title may have two opening marks and one closing (the last one stands for both); a title
may open with `"` and close with `”`. Everything is one pass over the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_DOUBLE_OPEN, _DOUBLE_CLOSE = "“„‟", "”"
_PAIRS = {"「": "」", "『": "』", "《": "》", "〈": "〉", "‹": "›"}
_CLOSERS = {v: k for k, v in _PAIRS.items()}
_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "【": "】", "〔": "〕"}
_BRACKET_ENDS = {v: k for k, v in _BRACKETS.items()}
_TERMINAL = ",.?!,。，？！…"


@dataclass(frozen=True, slots=True)
class Range:
    """A paired stretch with its marks, half-open. `mark` is the opening mark; `repaired` says that
    one closing mark was taken for two."""

    start: int
    end: int
    mark: str
    repaired: bool = False


@dataclass(slots=True)
class _Open:
    start: int
    mark: str
    family: str
    children: list[Range] = field(default_factory=list)


def _word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _direction(text: str, at: int, family: str, stack: list[_Open]) -> str:
    """`open`, `close` or nothing for a mark whose shape does not tell."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    is_open = any(o.family == family for o in stack[-8:])
    if family == "single":
        if _word(before) and _word(after):
            return ""
        if text[at] == "’":
            return "close" if is_open else ""
        if not _word(before) and not after.isspace() and before not in ".,?!":
            return "open"
        return "close" if is_open and not after.isalnum() else ""
    starts = before.isspace() or before in "([{（［—–-/\x1f“‘«"
    ends = after.isspace() or after in ")]}）］,.;:?!—–-/\x1f”’»'。，、"
    if starts and not after.isspace() and not (ends and is_open):
        return "open"
    if ends and not starts:
        return "close"
    return "close" if is_open else "open"


def _classify(text: str, at: int, stack: list[_Open]) -> tuple[str, str]:
    """(direction, family) of the character at a place; direction is empty for no mark."""
    char = text[at]
    top = stack[-1] if stack else None
    if char in '"＂':
        return _direction(text, at, "double", stack), "double"
    if char in _DOUBLE_OPEN:
        german = top is not None and top.mark == "„" and char == "“"
        return ("close" if german else "open"), "double"
    if char in _DOUBLE_CLOSE:
        return "close", "double"
    if char in "‘‚'’‛":
        return ("open" if char == "‚" else _direction(text, at, "single", stack)), "single"
    if char == "«":
        return ("close" if top is not None and top.mark == "»" else "open"), "guillemet"
    if char == "»":
        return ("close" if any(o.mark == "«" for o in stack[-8:]) else "open"), "guillemet"
    if char in _PAIRS:
        return "open", char
    if char in _CLOSERS:
        return "close", _CLOSERS[char]
    return "", ""


def _finish(stack: list[_Open], top: list[Range], text: str) -> list[Range]:
    """What is still open at the end: closed by its first child that ends a title, else dropped."""
    for left in reversed(stack):
        kids = left.children
        ender = next(
            (i for i, kid in enumerate(kids) if text[kid.end - 2] in _TERMINAL),
            None,
        )
        if ender is not None and left.family in ("double", "guillemet"):
            whole = Range(left.start, kids[ender].end, left.mark, repaired=True)
            kids = [whole, *kids[ender + 1 :]]
        top.extend(kids)
    return sorted(top, key=lambda r: r.start)


def quoted(text: str) -> tuple[Range, ...]:
    """The outermost quotations of a text, in order."""
    stack: list[_Open] = []
    top: list[Range] = []
    for at, char in enumerate(text):
        if char not in "\"＂“„‟”‘‚'’‛«»「」『』《》〈〉‹›":
            continue
        direction, family = _classify(text, at, stack)
        if direction == "open":
            stack.append(_Open(at, char, family))
        elif direction == "close":
            depth = next(
                (i for i in range(1, min(len(stack), 8) + 1) if stack[-i].family == family), 0
            )
            if not depth or (family == "single" and depth > 1):
                continue
            orphans: list[Range] = []
            for _ in range(depth - 1):
                orphans.extend(stack.pop().children)
            done = stack.pop()
            (stack[-1].children if stack else top).append(Range(done.start, at + 1, done.mark))
    return tuple(_finish(stack, top, text))


def bracketed(text: str) -> tuple[Range, ...]:
    """The outermost bracket pairs of a text, in order; a bracket without partner is none."""
    stack: list[_Open] = []
    top: list[Range] = []
    for at, char in enumerate(text):
        if char in _BRACKETS:
            stack.append(_Open(at, char, char))
        elif char in _BRACKET_ENDS:
            family = _BRACKET_ENDS[char]
            depth = next(
                (i for i in range(1, min(len(stack), 8) + 1) if stack[-i].family == family), 0
            )
            if not depth:
                continue
            for _ in range(depth - 1):
                stack.pop()
            done = stack.pop()
            (stack[-1].children if stack else top).append(Range(done.start, at + 1, done.mark))
    for left in stack:
        top.extend(left.children)
    return tuple(sorted(top, key=lambda r: r.start))


def inside(text: str, ranges: tuple[Range, ...], more: tuple[tuple[int, int], ...]) -> bytearray:
    """A mask of the text: 1 where a character stands in one of the ranges."""
    mask = bytearray(len(text))
    for start, end in [(r.start, r.end) for r in ranges] + list(more):
        start, end = max(0, start), min(len(text), end)
        if end > start:
            mask[start:end] = b"\x01" * (end - start)
    return mask
