"""What a page needs to be shown as it was: stylesheets, scripts, images, fonts and icons.

Read from the markup (HTML Living Standard: `link`, `script`, `img`, `srcset`, `picture`, `poster`,
`style`, `base`; SVG `image` and `use`) and from stylesheets (CSS Syntax 3: `url()`, `@import`).
Frames, sound and films are pages and works of their own and are left out. Pure, bounded, and safe
on hostile bytes: nothing here is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from citecheck.records.exchange import Exchange
from citecheck.signals.page import HTML, media_type_of
from citecheck.text.charset import decode
from citecheck.text.trim import MAX_MARKUP, shallow, without
from citecheck.urls.address import InvalidAddress, fetch_form, has_secret, without_fragment

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_MOST = 2_000  # elements that are looked at, of each kind
_LONGEST = 4_000  # characters of an address
_SHEET = 2_000_000  # characters of a stylesheet
_ICONS = frozenset({"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"})
_AHEAD = frozenset({"style", "script", "font", "image"})
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
# Bounded and possessive: linear on any text.
_NAMED = re.compile(
    r"""@import\s*+(?:"([^"\n]{1,4000})"|'([^'\n]{1,4000})'|url\(\s*+["']?([^"')(\s]{1,4000}))"""
    r"""|url\(\s*+(?:"([^"\n]{1,4000})"|'([^'\n]{1,4000})'|([^)("'\s]{1,4000}+)\s*+\))""",
    re.I,
)
_CANDIDATE = re.compile(r"([^\s,]\S*?)(?:,+(?=\s|\Z)|\s+[^,]*(?:,|\Z)|\Z)")


@dataclass(frozen=True, slots=True)
class Requisite:
    """`how` names the element and attribute as crawlers do (`img/@src`); `style`: it is a
    stylesheet, whose own needs count as well."""

    url: str
    how: str
    style: bool = False


def of_page(exchange: Exchange) -> tuple[Requisite, ...]:
    """What an answer needs, each address once: stylesheets first, then scripts, icons and fonts,
    images last. Empty for what is no HTML."""
    if exchange.undecodable or media_type_of(exchange) not in HTML:
        return ()
    from selectolax.lexbor import LexborHTMLParser

    markup = decode(exchange.content[:MAX_MARKUP], exchange.header("content-type"))
    tree = LexborHTMLParser(shallow(without(markup, ("template",))))
    base = exchange.url
    for node in tree.css("base[href]")[:1]:
        named = _joined(base, str(node.attributes.get("href") or ""))
        base = named if named.lower().startswith(("http://", "https://")) else base
    found = [*_linked(tree), *_scripts(tree), *_styles(tree), *_images(tree)]
    ranked = sorted(found, key=lambda named: named[0])
    return tuple(
        _absolute(base, exchange.url, ((raw, how, rank == 0) for rank, raw, how in ranked))
    )


def of_stylesheet(exchange: Exchange, *, imports: bool) -> tuple[Requisite, ...]:
    """What a stylesheet names, each address once; other stylesheets only with `imports`."""
    if exchange.undecodable:
        return ()
    text = decode(exchange.content[:_SHEET], exchange.header("content-type"))
    named = ((raw, how, how == "@import") for raw, how in _in_css(text))
    found = _absolute(exchange.url, exchange.url, named)
    return tuple(one for one in found if imports or not one.style)


def is_stylesheet(exchange: Exchange) -> bool:
    """Whether an answer says that it is a stylesheet."""
    return media_type_of(exchange) == "text/css"


_Named = tuple[int, str, str]  # rank, address as written, where


def _linked(tree: LexborHTMLParser) -> Iterator[_Named]:
    for node in tree.css("link[href]")[:_MOST]:
        href = str(node.attributes.get("href") or "")
        rel = frozenset((node.attributes.get("rel") or "").lower().split())
        kind = (node.attributes.get("as") or "").lower()
        if "stylesheet" in rel:
            yield 0, href, "link/@href"
        elif rel & _ICONS or (rel & {"preload", "modulepreload"} and kind in _AHEAD):
            yield 2, href, "link/@href"
        elif "modulepreload" in rel:
            yield 1, href, "link/@href"


def _scripts(tree: LexborHTMLParser) -> Iterator[_Named]:
    for node in tree.css("script[src]")[:_MOST]:
        yield 1, str(node.attributes.get("src") or ""), "script/@src"


def _styles(tree: LexborHTMLParser) -> Iterator[_Named]:
    for node in tree.css("style")[:_MOST]:
        for raw, how in _in_css(str(node.text() or "")[:_SHEET]):
            yield 0 if how == "@import" else 3, raw, f"style/{how}"
    for node in tree.css("[style]")[:_MOST]:
        for raw, how in _in_css(str(node.attributes.get("style") or "")[:_LONGEST]):
            yield 3, raw, f"@style/{how}"


def _images(tree: LexborHTMLParser) -> Iterator[_Named]:
    single = (
        ("img", ("src", "data-src")),
        ("input[type=image i]", ("src",)),
        ("video", ("poster",)),
        ("image", ("href", "xlink:href")),
        ("use", ("href", "xlink:href")),
        ("body, table, td, th", ("background",)),
    )
    for selector, names in single:
        for node in tree.css(selector)[:_MOST]:
            for name in names:
                if value := str(node.attributes.get(name) or ""):
                    yield 3, value, f"{node.tag}/@{name}"
    sets = (("img", ("srcset", "data-srcset")), ("picture source", ("srcset",)),
            ("link", ("imagesrcset",)))  # fmt: skip
    for selector, names in sets:
        for node in tree.css(selector)[:_MOST]:
            for name in names:
                value = str(node.attributes.get(name) or "")[: 10 * _LONGEST]
                for candidate in _CANDIDATE.finditer(value):
                    yield 3, candidate[1], f"{node.tag}/@{name}"


def _in_css(text: str) -> Iterator[tuple[str, str]]:
    for found in islice(_NAMED.finditer(_COMMENT.sub(" ", text)), _MOST):
        imported = found[1] or found[2] or found[3]
        if imported:
            yield imported, "@import"
        elif raw := found[4] or found[5] or found[6]:
            yield raw, "url()"


def _absolute(base: str, own: str, named: Iterator[tuple[str, str, bool]]) -> Iterator[Requisite]:
    """Addresses that can be asked for and replayed: http(s), without a secret in them (they are
    recorded without it, and found under no name that the page knows), not the page itself."""
    seen = {without_fragment(own)}
    for raw, how, style in named:
        url = without_fragment(_joined(base, raw))
        if url in seen or not re.match(r"(?i)https?://[^/?#]", url):
            continue
        seen.add(url)
        try:
            asked = fetch_form(url)
            secret = has_secret(asked)
        except (InvalidAddress, ValueError):
            continue
        if not secret and "@" not in url.split("/", 3)[2]:
            yield Requisite(asked, how, style)


def _joined(base: str, raw: str) -> str:
    raw = raw.strip()
    if not raw or len(raw) > _LONGEST or raw.startswith("#"):
        return ""
    try:
        return urljoin(base, raw)
    except ValueError:
        return ""
