"""Text and addresses from the web in a form that no output can be steered by.

Titles, headers and addresses may hold terminal sequences, bidirectional overrides, lone surrogates
and runner commands. `visible` makes the dangerous characters readable instead of active; each
format still escapes its own syntax. GitHub's runner reads `##[command]` anywhere in a line and
`::command::` at the start of one: the first is broken here, for the second no format begins a line
with foreign text.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from citecheck.text.fold import plain

LONGEST = 4000
_NONCHARACTERS = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_HTTP = re.compile(r"(?i)https?://[^\s/?#]")
_URL_SAFE = "%/:?#[]@!$&'()*+,;=~-._"


def visible(text: str, limit: int = LONGEST) -> str:
    """One line without active characters: those of the categories Cc, Cf, Cs, Co, Zl and Zp, and
    the noncharacters (which XML forbids), are shown as `\\uXXXX`."""
    folded = " ".join(text.split())
    if folded.isprintable() and len(folded) <= limit:  # nothing of those categories: the usual case
        shown = folded
    else:
        shown = _NONCHARACTERS.sub(lambda m: f"\\u{ord(m[0]):04x}", plain(text, limit))
    return shown.replace("##[", "#\\u0023[")


def http_target(url: str) -> str:
    """The address as a link's target, every character outside RFC 3986 percent-encoded; empty for
    what must not or cannot be a link: other schemes (`javascript:`), no host, userinfo (it dresses
    one host up as another), control characters, lone surrogates, and addresses with a secret value
    shown as an ellipsis."""
    if not _HTTP.match(url) or "…" in url or _CONTROL.search(url):
        return ""
    try:
        parts = urlsplit(url)
        if not parts.hostname or "@" in parts.netloc:
            return ""
        return quote(url, safe=_URL_SAFE).replace("##[", "##%5B")  # no runner command either
    except ValueError:  # UnicodeEncodeError is one
        return ""


def stamp(moment: datetime) -> str:
    """A moment as `2026-11-22T03:14:15Z`; one without a zone is UTC already."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    moment = moment.astimezone(UTC)
    return f"{moment.year:04d}-{moment:%m-%dT%H:%M:%SZ}"  # strftime does not pad every year


def day(moment: datetime | None) -> str:
    """The day of a moment in UTC, `2026-11-22`; empty where there is none."""
    return stamp(moment)[:10] if moment else ""
