"""Whether a mended document is still the document that it was, but for what was meant to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from citecheck.mend.edits import Edit, Kind, Wish
from citecheck.mend.places import leads_to
from citecheck.mend.present import same_copy
from citecheck.records.document import Document, Note
from citecheck.urls.archived import recognise

# Fields of a record that a copy may add to.
_ADDED = frozenset({"archive", "archive_location", "note", "accessed", "URL"})


def sound(before: Document, after: Document, edits: Sequence[Edit]) -> bool:
    """Whether the same notes lead to the same places, and each edit did what it was for."""
    if before.format != after.format or len(before.notes) != len(after.notes):
        return False
    if [e.label for e in before.entries] != [e.label for e in after.entries]:
        return False
    swaps = [e.wish for e in edits if e.wish.kind is not Kind.ARCHIVE]
    wanted: dict[tuple[str, int], list[Edit]] = {}  # a label may be that of several notes
    records: dict[tuple[str, int], list[Edit]] = {}
    for edit in edits:
        (records if edit.record else wanted).setdefault((edit.note, edit.line), []).append(edit)
    for old, new in zip(before.notes, after.notes, strict=True):
        if old.label != new.label:
            return False
        if not _note(old, new, wanted.get((old.label, old.line), []), swaps):
            return False
    return all(
        _same(old.csl, new.csl, records.get((old.label, old.line), []))
        for old, new in zip(before.entries, after.entries, strict=True)
    )


def _note(old: Note, new: Note, edits: Sequence[Edit], swaps: Sequence[Wish]) -> bool:
    """Whether a note has the links that it had, the new addresses, and nothing else; an address
    that is replaced in a shared definition (`[name]: …`) is replaced for every note."""
    if not edits and old.text == new.text:
        return True
    lost = Counter(link.target for link in old.links)
    lost.subtract(link.target for link in new.links)
    gone = [url for url, times in lost.items() if times > 0]
    come = [url for url, times in lost.items() if times < 0]
    copies = [e.wish.new for e in edits if e.wish.kind is Kind.ARCHIVE]
    if any(not any(leads_to(url, wish.url) for wish in swaps) for url in gone):
        return False
    printed = [e.wish.new for e in edits if e.wish.kind is Kind.ARCHIVE and _prints(e)]
    if any(not any(same_copy(url, copy) for url in come) for copy in printed):
        return False
    tied = [link.copy for link in new.links if link.copy]
    for edit in edits:
        hidden = edit.wish.kind is Kind.ARCHIVE and not _prints(edit) and recognise(edit.wish.new)
        if hidden and not any(same_copy(copy, edit.wish.new) for copy in tied):
            return False
    return all(
        any(leads_to(url, wish.new) for wish in swaps)
        or any(same_copy(url, copy) for copy in copies)
        for url in come
    )


def _prints(edit: Edit) -> bool:
    """Whether an edit prints the copy's address, not only an attribute of a tag."""
    return not any("data-versionurl" in change.text for change in edit.changes)


def _same(old: dict[str, Any], new: dict[str, Any], edits: Sequence[Edit]) -> bool:
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    if not edits:
        return not changed
    swapped = any(e.wish.kind is not Kind.ARCHIVE for e in edits)
    if "URL" in changed and not swapped:
        return False
    return changed <= _ADDED
