"""Plain text: the copy in words after the printed address, in angle brackets where it has them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from citecheck.mend.edits import Change, Kind, Settled, Unmendable, Wish
from citecheck.mend.places import Spot
from citecheck.mend.present import copy_beside
from citecheck.mend.prose import Beside, inserted
from citecheck.mend.sheet import Sheet
from citecheck.mend.style import Styles
from citecheck.mend.swap import secured, swapped
from citecheck.records.document import TextLink
from citecheck.urls.extract import find

formats = ("text",)

# Formats that are read as text for want of a reader, and in which words are not free to stand.
_MARKUP = re.compile(
    r"tex|latex|ltx|bbl|rst|org|adoc|asciidoc|typ|textile|rtf|xml|tei|dbk|fodt|svg|ya?ml|toml"
    r"|[ct]sv|jsonl|ipynb"
)
_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\[\]]*\])?\{\s*\Z")


def write(sheet: Sheet, spot: Spot, wish: Wish, styles: Styles) -> tuple[Change, ...]:
    """The changes of a wish in a note of plain text."""
    assert spot.note is not None
    suffix = PurePosixPath(sheet.document.path).suffix.lower()
    if _MARKUP.fullmatch(suffix[1:]):
        raise Unmendable(f"{suffix} files have a markup that is not understood")
    if wish.kind is not Kind.ARCHIVE:
        return tuple(change for link in spot.links for change in swap(sheet, link, wish))
    link = spot.links[0]
    begins = sheet.chars(link.span)[0]
    if _COMMAND.search(sheet.text[max(begins - 40, 0) : begins]):
        raise Unmendable("the address is part of a TeX command")
    if copy_beside(spot.note, link, wish.new):
        raise Settled
    start, end = around(sheet, link)
    angled = sheet.text[start] == "<"
    style = styles.of(spot.note)
    words = style.words(wish.day)
    address = printable(wish.new, words, angled=angled)
    said = inserted(sheet, spot.note, start, end, Beside(words, address), style, glued=True)
    return (Change(end, end, said),)


def around(sheet: Sheet, link: TextLink) -> tuple[int, int]:
    """The characters of a printed address with the angle brackets that hold it."""
    start, end = sheet.chars(link.span)
    if sheet.text[end : end + 1] == ">":
        if sheet.text[start - 1 : start] == "<":
            return start - 1, end + 1
        if sheet.text[max(start - 5, 0) : start].upper() == "<URL:":
            return start - 5, end + 1
    return start, end


def swap(sheet: Sheet, link: TextLink, wish: Wish) -> tuple[Change, ...]:
    """The printed address replaced by another one."""
    start, end = sheet.chars(link.span)
    if wish.kind is Kind.HTTPS:
        return (secured(sheet.text, start),)
    if not _survives(f"{wish.new}{sheet.text[end : end + 2]}", wish.new):
        raise Unmendable("the new address would not be read again as it is")
    return (swapped(sheet.text, start, end, wish.new),)


def printable(url: str, words: str, *, angled: bool | None) -> str:
    """An address as text prints it so that it is read again as it is: bare or in angle brackets
    (`angled` None: never), its last character encoded where a reader would take it for the
    sentence's. Raises Unmendable where none of these helps."""
    encoded = f"{url[:-1]}%{ord(url[-1]):02X}" if url.isascii() else url
    for known in (url, encoded):
        if not angled and _survives(f"({words}: {known})", known):
            return known
        if angled is not None and _survives(f"({words}: <{known}>)", known):
            return f"<{known}>"
    raise Unmendable("the copy's address would not be read again as it is")


def _survives(text: str, url: str) -> bool:
    return any(found.target == url for found in find(text))
