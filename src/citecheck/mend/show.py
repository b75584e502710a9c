"""Edits for a person's eyes: a line each that says why, then a unified diff that tools can apply.

The reasons come before the header of the diff, where `patch` and `git apply` pass them over.
Characters that would steer a terminal are shown as escapes; colour only where it is asked for.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from unicodedata import category

from citecheck.mend.edits import Edit, Kind, Refusal, Wish
from citecheck.mend.sheet import Sheet
from citecheck.mend.shelf import Mended
from citecheck.text.fold import plain

_COLORS = {"-": "31", "+": "32", "@": "36", "#": "2"}
_CONTEXT = 1
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r(?!\n)|\Z)")
_STEERING = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_HARMLESS = "\t\u200c\u200d\u00ad"


def shown(mended: Mended, *, color: bool) -> str:
    """The reasons and the diff of one document; empty where there is no edit."""
    if not mended.edits:
        return ""
    path = plain(mended.sheet.document.path)
    lines = [f"# {reason(edit)}" for edit in mended.edits]
    lines += [f"--- a/{path}", f"+++ b/{path}", *_hunks(mended)]
    if color:
        lines = [_colored(line) for line in lines]
    return "".join(f"{line}\n" for line in lines)


def reason(edit: Edit) -> str:
    """What an edit does and why, in one line."""
    does = _does(edit.wish)
    if edit.wish.kind is Kind.ARCHIVE and not any("://" in c.text for c in edit.changes):
        does = f"{plain(edit.wish.url)} marked as {plain(edit.changes[0].text)}"
    return f"{_place(edit.note, edit.line)}: {does} ({_because(edit.wish)})"


def refused(refusal: Refusal) -> str:
    """What is not done, and why."""
    what = plain(refusal.wish.url)
    return f"{_place(refusal.note, refusal.line)}: {what} is left as it is: {refusal.why}"


def _place(note: str, line: int) -> str:
    return f"{plain(note, 60)}, line {line}" if not note.isdigit() else f"note {note}, line {line}"


def _does(wish: Wish) -> str:
    url, new = plain(wish.url), plain(wish.new)
    if wish.kind is Kind.ARCHIVE:
        return f"the copy of {wish.day.isoformat()} beside {url}"
    if wish.kind is Kind.HTTPS:
        return f"https for {url}"
    if wish.kind is Kind.COPY:
        return f"the copy of {wish.day.isoformat()} in the place of {url}"
    if wish.kind is Kind.UNPROXIED:
        return f"{new} in the place of a library's proxy"
    return f"{new} in the place of {url}"


def _because(wish: Wish) -> str:
    why = f"{plain(wish.state)}, {plain(wish.reason)}"
    return f"{why}; {wish.doubt}" if wish.doubt else why


def _hunks(mended: Mended) -> Iterator[str]:
    """The diff without its header; a line keeps its carriage return, which no terminal minds
    before the end of a line and `patch` needs."""
    old, new = _lines(mended.sheet.text), _lines(_decoded(mended.sheet, mended.data))
    for number, line in enumerate(difflib.unified_diff(old, new, n=_CONTEXT, lineterm="")):
        if number < 2:
            continue  # the header, written above
        if line.startswith("@@"):
            yield line
            continue
        bare = line.rstrip("\r\n")
        yield "".join(_safe(bare)) + ("\r" if line.endswith("\r\n") else "")
        if bare == line:
            yield "\\ No newline at end of file"


def _decoded(sheet: Sheet, data: bytes) -> str:
    return data[sheet.source.byte(0) :].decode(sheet.source.encoding)


def _lines(text: str) -> list[str]:
    """The lines with their ends, whichever they are."""
    return [m[0] for m in _LINE.finditer(text) if m[0]]


def _safe(text: str) -> Iterator[str]:
    for char in text:
        steers = char not in _HARMLESS and category(char) in _STEERING
        yield f"\\u{ord(char):04x}" if steers else char


def _colored(line: str) -> str:
    color = _COLORS.get(line[:1])
    return f"\x1b[{color}m{line}\x1b[0m" if color else line
