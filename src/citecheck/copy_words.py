"""The words that reports put on archived copies, and what `citecheck explain` says of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

COPY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "exact": "The archive has the same bytes from before and from after the day of the "
        "citation: this copy is what was cited.",
        "bracketed": "The archive has copies from before and from after the day of the citation. "
        "They differ or cannot be compared; this is the nearer one.",
        "nearest": "The copy nearest to the day of the citation, and no more is known. The fewer "
        "days between, the surer.",
        "looked-at": "citecheck has fetched the copy, and it shows a page: no error page, wall, "
        "redirect or parked name.",
        "local": "A copy on this machine, under archive/warc/: `pywb -d archive` shows it. It is "
        "not public.",
        "saved": "An archive has made a new copy because citecheck asked it to.",
        "pending": "An archive is at work on a new copy; the next run asks what came of it.",
        "refused": "An archive or the site does not want the page to be kept; the report says why.",
        "failed": "An archive tried to keep the page and could not; the report says why.",
        "unknown": "The archive's answer was lost; the next run asks what came of it.",
        "skipped": "No archive was asked to keep the page; the report says why.",
    }
)


def explain(word: str) -> str | None:
    """What `citecheck explain` prints for a word on a copy, or None if there is none such."""
    name = word.strip().lower().removeprefix("copy/").replace(" ", "-")
    return f"copy/{name}\n\n  {COPY_WORDS[name]}" if name in COPY_WORDS else None
