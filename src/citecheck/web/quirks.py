"""What is known of single sites: where else to ask when an answer of theirs tells nothing.

A table of facts, short and certain: the cited address is asked first, always, and a rewritten one
only where the answer says nothing of the work. Each such step is a hop (`how="quirk"`), so that a
report shows what was really asked, and the link stays the one that is cited.

- Elsevier's linking hub forwards by a script of many parts; a PII names the same article at
  ScienceDirect, but a few journals lie elsewhere: a 404 there proves nothing.
- YouTube answers 200 for videos that are gone and for robots alike, with an empty title; its oEmbed
  endpoint (made for programs, no key) answers 404 for a video that does not exist. lychee asks for
  the thumbnail instead, which outlives the video.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from citecheck.records.exchange import Exchange
from citecheck.text.trim import without

_REFUSED = frozenset({401, 403, 405, 406, 418, 429, 503})
_READ = 200_000
_THIN = 40
_NO_VIDEO = re.compile(
    r"(?i)<title>\s*(?:-\s*)?youtube\s*</title>|\"playabilityStatus\":\s*\{\s*\"status\":\s*\"ERROR\""
)


@dataclass(frozen=True, slots=True)
class Quirk:
    """`pattern` finds the address, `rewrite` is the template of the one to ask next (as of
    `re.Match.expand`), `when` says whether an answer tells too little. Only an answer with a status
    in `counts` (empty: any) is believed; else the first one stays."""

    name: str
    pattern: re.Pattern[str]
    rewrite: str
    when: Callable[[Exchange], bool]
    counts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Detour:
    """The next address to ask, and by which quirk."""

    url: str
    quirk: Quirk

    def believes(self, status: int) -> bool:
        return not self.quirk.counts or status in self.quirk.counts


def _tells_nothing(answer: Exchange) -> bool:
    """Refused, or a page without text."""
    if answer.status in _REFUSED:
        return True
    if answer.status != 200 or len(answer.content) > _READ:
        return False
    markup = without(answer.content.decode("utf-8", "replace"))
    return len(re.sub(r"<[^<>]*>?", " ", markup).split()) < _THIN


def _no_video(answer: Exchange) -> bool:
    head = answer.content[: 10 * _READ].decode("utf-8", "replace")
    return answer.status == 200 and _NO_VIDEO.search(head) is not None


_VIDEO = r"([\w-]{11})(?![\w-])"
QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        "elsevier-linking-hub",
        re.compile(r"(?i)^https?://linkinghub\.elsevier\.com/retrieve/pii/([SB][\dX()-]{15,24})"),
        r"https://www.sciencedirect.com/science/article/pii/\1",
        _tells_nothing,
        frozenset({200, *_REFUSED}),
    ),
    Quirk(
        "youtube-oembed",
        re.compile(
            r"^https?://(?:(?:(?:www|m)\.)?youtube\.com/(?:watch\?(?:[^#]{0,200}&)?v=|shorts/|live/|embed/)"
            rf"|youtu\.be/){_VIDEO}"
        ),
        r"https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D\1",
        _no_video,
        frozenset({200, 404}),
    ),
)


def detour(addresses: Iterable[str], answer: Exchange) -> Detour | None:
    """Where to ask next, for the first of these addresses that a quirk knows; None mostly."""
    for address in addresses:
        for quirk in QUIRKS:
            found = quirk.pattern.match(address[:2000])
            if found and quirk.when(answer):
                return Detour(_bare(found.expand(quirk.rewrite)), quirk)
    return None


def _bare(url: str) -> str:
    """PIIs are printed with brackets and hyphens, and written without in addresses."""
    head, mark, pii = url.partition("/pii/")
    return head + mark + re.sub(r"[()-]", "", pii).upper() if mark else url
