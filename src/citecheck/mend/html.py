"""HTML: attributes of Robust Links on anchors, words after an address that is only printed."""

from __future__ import annotations

import html
import re

from citecheck.mend.anchor import decorated, href_swapped, version_swapped
from citecheck.mend.edits import Change, Kind, Settled, Wish
from citecheck.mend.places import Spot, leads_to
from citecheck.mend.plain import printable
from citecheck.mend.present import copy_beside
from citecheck.mend.prose import Beside, inserted
from citecheck.mend.sheet import Sheet
from citecheck.mend.style import Styles
from citecheck.mend.swap import secured, swapped
from citecheck.records.document import TextLink

formats = ("html",)


def write(sheet: Sheet, spot: Spot, wish: Wish, styles: Styles) -> tuple[Change, ...]:
    """The changes of a wish in a note of a page."""
    assert spot.note is not None
    if wish.kind is not Kind.ARCHIVE:
        return tuple(change for link in spot.links for change in _swap(sheet, link, wish))
    link = spot.links[0]
    start, end = sheet.chars(link.span)
    if copy_beside(spot.note, link, wish.new):
        raise Settled
    if _anchored(sheet.text, start):
        return decorated(sheet, spot.note, start, wish)
    style = styles.of(spot.note)
    words = style.words(wish.day)
    copy = Beside(words, html.escape(printable(wish.new, words, angled=None), quote=False))
    said = inserted(sheet, spot.note, start, end, copy, style, glued=True)
    return (Change(end, end, said),)


def _anchored(text: str, start: int) -> bool:
    return re.match(r"(?i)<a[\s/>]", text[start : start + 3]) is not None


def _swap(sheet: Sheet, link: TextLink, wish: Wish) -> tuple[Change, ...]:
    start, end = sheet.chars(link.span)
    if _anchored(sheet.text, start):
        if wish.kind is Kind.COPY and not leads_to(link.target, wish.url):
            return version_swapped(sheet, start, wish)
        return href_swapped(sheet, start, end, link, wish)
    if wish.kind is Kind.HTTPS:
        return (secured(sheet.text, start),)
    return (swapped(sheet.text, start, end, html.escape(wish.new, quote=False)),)
