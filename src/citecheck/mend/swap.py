"""One address in the place of another, with no character changed that need not be."""

from __future__ import annotations

from citecheck.mend.edits import Change, Unmendable


def secured(text: str, start: int) -> Change:
    """`http:` at `start` becomes `https:`."""
    if text[start : start + 5].lower() != "http:":
        raise Unmendable("the address is not printed with http:// there")
    letter = "S" if text[start : start + 4].isupper() else "s"
    return Change(start + 4, start + 4, letter)


def swapped(text: str, start: int, end: int, new: str) -> Change:
    """The characters `start:end` become `new`."""
    if text[start:end] == new:
        raise Unmendable("the address is printed so already")
    return Change(start, end, new)
