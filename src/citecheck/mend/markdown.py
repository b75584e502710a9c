"""Markdown: a link beside a link, an address in angle brackets beside one, a bare one beside bare.

Anchors written in HTML get the attributes of Robust Links. What CommonMark would read as markup in
a bare address is kept from it by angle brackets, `|` (the end of a table's cell) by its encoding.
"""

from __future__ import annotations

import html
import re

from citecheck.mend.anchor import decorated, href_swapped, version_swapped
from citecheck.mend.edits import Change, Kind, Settled, Unmendable, Wish
from citecheck.mend.places import Spot, leads_to
from citecheck.mend.plain import printable
from citecheck.mend.present import copy_beside
from citecheck.mend.prose import Beside, inserted
from citecheck.mend.sheet import Sheet
from citecheck.mend.style import Styles
from citecheck.mend.swap import secured, swapped
from citecheck.records.document import TextLink

formats = ("markdown",)

_INLINE = re.compile(
    r"\]\(\s*(?:<([^<>\n]*)>|([^\s<>]+?))(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)\Z"
)
_MARKUP = re.compile(r"[*~`\[\]()\\^$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|__")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def write(sheet: Sheet, spot: Spot, wish: Wish, styles: Styles) -> tuple[Change, ...]:
    """The changes of a wish in a note of a Markdown text."""
    assert spot.note is not None
    if wish.kind is not Kind.ARCHIVE:
        return tuple(change for link in spot.links for change in _swap(sheet, link, wish))
    link = spot.links[0]
    start, end = sheet.chars(link.span)
    if copy_beside(spot.note, link, wish.new):
        raise Settled
    style = styles.of(spot.note)
    form = _form(sheet.text, start, end)
    if form == "anchor":
        return decorated(sheet, spot.note, start, wish)
    words = style.words(wish.day)
    address = wish.new.replace("|", "%7C")
    wide = style.phrase.opening != "("
    if form == "link":
        place = f"<{address}>" if re.search(r"[()\\]", address) else address
        copy = Beside(f"[{words}]({place})", "", linked=True)
    elif form == "angled" or wide or _MARKUP.search(address):
        copy = Beside(words, f"<{address}>")
    else:
        copy = Beside(words, printable(address, words, angled=False))
    said = inserted(sheet, spot.note, start, end, copy, style, glued=form != "bare")
    return (Change(end, end, said),)


def _form(text: str, start: int, end: int) -> str:
    """How a link is written: `link`, `angled`, `anchor` or `bare`."""
    if text[start] == "<":
        tag = re.match(r"(?i)<a[\s/>]", text[start : start + 3])
        return "anchor" if tag else "angled"
    return "link" if text[start] == "[" and text[end - 1] in ")]" else "bare"


def _swap(sheet: Sheet, link: TextLink, wish: Wish) -> tuple[Change, ...]:
    start, end = sheet.chars(link.span)
    text = sheet.text
    form = _form(text, start, end)
    if form == "anchor":
        if wish.kind is Kind.COPY and not leads_to(link.target, wish.url):
            return version_swapped(sheet, start, wish)
        return href_swapped(sheet, start, end, link, wish)
    if form == "bare":
        return (_put(text, start, end, wish, bare=True),)
    if form == "angled":
        return (_put(text, start + 1, end - 1, wish),)
    inline = _INLINE.search(text, start, end)
    if inline is None:
        return (_definition(text, start, end, link, wish),)
    group = 1 if inline[1] is not None else 2
    if _meant(inline[group]) != link.target:
        raise Unmendable("the link is written in a way that is not understood")
    changes = [_put(text, *inline.span(group), wish, group=group)]
    printed = text[start + 1 : inline.start()]
    if _meant(printed.strip()) == link.target:
        at = start + 1 + len(printed) - len(printed.lstrip())
        changes.append(_put(text, at, at + len(printed.strip()), wish, escaped=True))
    return tuple(changes)


def _put(
    text: str,
    start: int,
    end: int,
    wish: Wish,
    *,
    bare: bool = False,
    escaped: bool = False,
    group: int = 0,
) -> Change:
    if wish.kind is Kind.HTTPS:
        return secured(text, start)
    new = wish.new.replace("|", "%7C")
    if escaped:
        new = re.sub(r"([\\*_~`\[\]])", r"\\\1", new)
    elif (bare and _MARKUP.search(new)) or (group == 2 and re.search(r"[()\\]", new)):
        new = f"<{new}>"
    return swapped(text, start, end, new)


def _definition(text: str, start: int, end: int, link: TextLink, wish: Wish) -> Change:
    """The address in the definition of a link by reference (`[text][name]`, `[name]: …`)."""
    label = re.search(r"\[([^\[\]]+)\](?:\[\])?\Z", text[start:end])
    named = re.escape(" ".join(label[1].split())).replace(r"\ ", r"\s+") if label else "(?!)"
    found = list(
        re.finditer(rf"(?im)^[ \t>]{{0,12}}\[\s*{named}\s*\]:\s*(?:<([^<>\n]*)>|(\S+))", text)
    )
    if len(found) != 1:
        raise Unmendable("the definition of its address is not found, or there are several")
    group = 1 if found[0][1] is not None else 2
    if _meant(found[0][group]) != link.target:
        raise Unmendable("the definition of its address says something else")
    return _put(text, *found[0].span(group), wish)


def _meant(written: str) -> str:
    return html.unescape(_ESCAPE.sub(r"\1", written))
