# ruff: noqa: E501 - patterns and tables are read best on one line
"""Signs that a page with status 200 says "not found".

Decisive: the final or canonical address is that of an error page, or a framework's error shell is
what came. Strong: a full phrase or a bare 404 in the title or the first heading. The rest supports:
a phrase in a second-rank heading or in the few words of a page, `noindex`, hardly any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.page import PageView
from citecheck.signals.phrases import folded, phrase_in
from citecheck.signals.segments import bare_404
from citecheck.text.fold import fold, plain
from citecheck.urls.address import redact

THIN = 250
_ADDRESS = re.compile(
    r"(?i)/(?:404|error[-_]?404|404[-_]?(?:error|page|not[-_]?found)?|not[-_]?found|page[-_]?not[-_]?found|pagenotfound|"
    r"404error|notfound404)(?:\.(?:html?|aspx?|php|jsp|do|shtml))?/?$"
)
_SHELLS = (
    (re.compile(r"<html[^>]{0,200}\bid=[\"']__next_error__"), "Next.js error page"),
    (re.compile(r"\"statusCode\":404\b.{0,200}\"page\":\"/(?:404|_error)\"|\"page\":\"/(?:404|_error)\".{0,400}\"statusCode\":404\b"), "Next.js 404"),
    (re.compile(r"\"page\":\"/404\","), "Next.js 404"),
    (re.compile(r"NEXT_HTTP_ERROR_FALLBACK;404"), "Next.js not-found"),
    (re.compile(r"<body[^>]{0,500}\bclass=[\"'][^\"']{0,400}\berror404\b"), "WordPress error404"),
    (re.compile(r"<body[^>]{0,500}\bid=[\"'](?:error-?404|page-?404|template-404)[\"']"), "error page template"),
)  # fmt: skip
_SENTENCE = re.compile(r"[.!?。！？\n]+")


def soft404_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """Signs of a disguised error page; none for anything but HTML."""
    if not view.parsed:
        return
    yield from _addresses(view, exchange, link)
    for pattern, name in _SHELLS:
        if pattern.search(view.markup):
            yield Signal("error-shell", name, Strength.DECISIVE)
            break
    yield from _headings(view)
    yield from _text(view)
    if "noindex" in " ".join(view.named("robots", "googlebot")).lower():
        yield Signal("noindex", "robots: noindex")
    if view.main_words < THIN:
        yield Signal("thin-page", f"{view.main_words} words")


def _text(view: PageView) -> Iterator[Signal]:
    """A phrase as a sentence of a small page, or within the few words that are all of a page."""
    if view.words > 120:
        return
    found = next((p for s in _SENTENCE.split(view.visible) if (p := phrase_in(s))), "")
    few = view.words <= 40
    if not found and few:
        text = fold(view.visible)
        found = max((w for f, w in folded().items() if _long(f) and f in text), key=len, default="")
    if found:
        telling = few and len(fold(found)) * 4 >= len(fold(view.visible))
        yield Signal("phrase-in-text", found, Strength.STRONG if telling else Strength.SUPPORT)


def _long(phrase: str) -> bool:
    """Long enough to be looked for within other words ("not found" is not)."""
    return len(phrase) >= (12 if phrase.isascii() else 6)


def _headings(view: PageView) -> Iterator[Signal]:
    title = phrase_in(view.title)
    if title:
        yield Signal("title-phrase", title, Strength.STRONG)
    elif bare_404(view.title):
        yield Signal("title-404", plain(view.title, 80), Strength.STRONG)
    # A second-rank heading speaks for the page only where there is no first and little else.
    second = Strength.STRONG if not view.h1 and view.main_words < THIN else Strength.SUPPORT
    for strength, headings in ((Strength.STRONG, view.h1[:2]), (second, view.h2[:3])):
        for heading in headings:
            phrase = phrase_in(heading)
            if phrase or bare_404(heading):
                kind = "heading-phrase" if phrase else "heading-404"
                yield Signal(kind, phrase or plain(heading, 80), strength)
                return


def _addresses(view: PageView, exchange: Exchange, link: Link) -> Iterator[Signal]:
    if _ADDRESS.search(_path(link.url)):
        return
    if _ADDRESS.search(_path(exchange.url)):
        yield Signal("error-address", plain(redact(exchange.url), 160), Strength.DECISIVE)
    for url in (view.canonical, *view.named("og:url")[:1]):
        if _ADDRESS.search(_path(url)):
            yield Signal("error-canonical", plain(redact(url), 160), Strength.DECISIVE)
            return


def _path(url: str) -> str:
    return unquote(parts_of(url).path)
