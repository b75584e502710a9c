"""The day in the words that speak of a copy, when another copy takes its place."""

from __future__ import annotations

import re

from citecheck.cite import dates
from citecheck.mend.days import form_in
from citecheck.mend.edits import Change, Wish
from citecheck.mend.places import leads_to
from citecheck.mend.sheet import Sheet
from citecheck.mend.style import Styles
from citecheck.records.document import Note, TextLink
from citecheck.urls.archived import recognise

_REACH = 60  # characters of words before the address
_ADDRESS = re.compile(r"https?://\S+")


def redated(
    sheet: Sheet, note: Note, link: TextLink, wish: Wish, styles: Styles
) -> tuple[Change, ...]:
    """The day of the copy `wish.url`, in the text of its link or in the words right before it, as
    that of the new copy; nothing where it is not printed."""
    told = recognise(wish.url)
    if told is None or told.taken is None or not leads_to(link.target, wish.url):
        return ()
    old = (told.taken.year, told.taken.month, told.taken.day)
    start, end = sheet.chars(link.span)
    first = max(sheet.chars(note.span)[0], start - _REACH)
    words = _ADDRESS.sub(lambda m: "\n" * len(m[0]), sheet.source.text[first:end])
    for day in reversed(dates.find(words)):
        if tuple(day.parts) != old or "\n" in words[day.end : max(start - first, day.end)]:
            continue
        printed = words[day.start : day.end]
        form = form_in([printed], styles.language) or styles.of(note).form
        return (Change(first + day.start, first + day.end, form(wish.day)),)
    return ()
