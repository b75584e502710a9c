"""Whether a copy stands beside a link already, in whatever archive and style.

An archive's address that tells its original is the copy of that page. One that does not
(`perma.cc/AB12-CD34`) belongs to the link that it follows, or to the only link there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

from citecheck.records.document import Note, TextLink
from citecheck.urls.archived import Archived, Kind, recognise, same_page
from citecheck.urls.extract import find


def copy_beside(note: Note, link: TextLink, new: str = "") -> bool:
    """Whether the note has a copy of what one of its links leads to, or the copy `new` itself."""
    if link.copy:
        return True
    known = [(other, _copy(other.target)) for other in note.links]
    page = same_page(link.target)
    if any(copy and copy.original and same_page(copy.original) == page for _, copy in known):
        return True
    if new and any(same_copy(other.target, new) for other in note.links):
        return True
    nameless = [bool(copy and not copy.original) for _, copy in known]
    if not any(nameless):
        return False
    if sum(copy is None for _, copy in known) == 1:
        return True
    at = next((i for i, (other, _) in enumerate(known) if other.span == link.span), -1)
    return any(
        nameless[i] and all(copy is not None for _, copy in known[at + 1 : i + 1])
        for i in range(at + 1, len(known))
    )


def copy_in(texts: Sequence[str], url: str, new: str = "") -> bool:
    """Whether the fields of a record hold a copy of its page, or the copy `new` itself."""
    for text in texts:
        if new and new in text:
            return True
        for found in find(text):
            copy = _copy(found.target)
            if copy and (not copy.original or same_page(copy.original) == same_page(url)):
                return True
    return False


def same_copy(url: str, other: str) -> bool:
    """Whether two addresses lead to the same copy, however their characters are encoded."""
    if url == other or unquote(url) == unquote(other):
        return True
    one, two = recognise(url), recognise(other)
    return (
        one is not None
        and two is not None
        and one.stamp == two.stamp
        and bool(one.original)
        and same_page(one.original) == same_page(two.original)
    )


def _copy(url: str) -> Archived | None:
    told = recognise(url)
    return told if told is not None and told.kind in (Kind.COPY, Kind.LIST) else None
