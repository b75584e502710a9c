"""Redirects that stand in an answer of status 200: `<meta http-equiv=refresh>` and `Refresh:`.

Only refreshes within five seconds are redirects, later ones reload a page. Read from the first
64 KiB, outside comments, scripts and `noscript`. Syntax as in the HTML standard, "shared
declarative refresh steps".
"""

from __future__ import annotations

import re

from citecheck.records.exchange import Exchange
from citecheck.text.trim import without

LONGEST = 5.0
_READ = 65536
# What a browser with scripts does not read as markup of the page.
_INERT = ("noscript", "script", "style", "template", "textarea", "title", "xmp", "iframe")
_REFRESH = re.compile(
    r"\s{0,9}(\d{0,9})(?:\.\d{0,9})?\s{0,9}[;,\s]\s{0,9}(?:url\s{0,9}=)?(.*)", re.I | re.S
)


def refresh_target(exchange: Exchange) -> str:
    """Where the answer refreshes to (as written, may be relative), or the empty string."""
    if not 200 <= exchange.status < 300:
        return ""
    if header := exchange.header("refresh"):
        return _target(header)
    kind = exchange.header("content-type").partition(";")[0].strip().lower()
    if kind not in ("text/html", "application/xhtml+xml", ""):
        return ""
    head = exchange.content[:_READ]
    if b"refresh" not in head.lower():
        return ""
    return _target(_declared(without(head.decode("utf-8", "replace"), _INERT)))


def _declared(markup: str) -> str:
    """The `content` of the first refresh that the markup declares."""
    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup
    from bs4.filter import SoupStrainer

    # A tag that never ends is none, and the parser would look for its end again and again.
    whole = markup[: markup.rfind(">") + 1]
    try:
        metas = BeautifulSoup(whole, "html.parser", parse_only=SoupStrainer("meta"))
    except ParserRejectedMarkup:  # a marked section such as `<![foo[`, which browsers pass over
        return ""
    for meta in metas.find_all("meta"):
        if str(meta.get("http-equiv", "")).strip().lower() == "refresh":
            return str(meta.get("content", ""))
    return ""


def _target(content: str) -> str:
    found = _REFRESH.match(content[:4096])
    if found is None or not found[1] or float(found[1]) > LONGEST:
        return ""
    target = found[2].strip()
    if target[:1] in ("'", '"'):
        target = target[1:].partition(target[0])[0]
    return target.strip()
