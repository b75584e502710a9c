"""An answer's body as a page: title, headings, metadata and texts, read once for all signals.

Media types: HTML and XHTML are parsed, plain text is the page, anything else has no page. A body is
never trusted: it is cut in length and depth before it is parsed, and JSON-LD is read within bounds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from citecheck.records.exchange import Exchange
from citecheck.text.charset import decode
from citecheck.text.main import MainText, main_text, plain_text
from citecheck.text.shingles import tokens
from citecheck.text.trim import MAX_MARKUP, shallow, without

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

HTML = frozenset({"text/html", "application/xhtml+xml", "application/xhtml", "text/xhtml"})
MAX_VISIBLE = 1_000_000
_MAX_META = 400
_APP_ROOTS = (
    "#root, #app, #__next, #__nuxt, #svelte, #___gatsby, app-root, [data-reactroot], [ng-app]"
)


_FOLDED = ("dialog", "template", "details")

_NO_TEXT = MainText("", "")


@dataclass(frozen=True, slots=True)
class PageView:
    """`markup` is the decoded body (bounded, scripts included); `visible` the text of the body,
    `main` its main text. `meta` maps lower-case names and properties to their values in order.
    `parsed` is False where the body is no HTML."""

    media_type: str = ""
    parsed: bool = False
    markup: str = ""
    title: str = ""
    h1: tuple[str, ...] = ()
    h2: tuple[str, ...] = ()
    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)
    canonical: str = ""
    language: str = ""
    linked_data: tuple[dict[str, Any], ...] = ()
    visible: str = ""
    words: int = 0
    main: MainText = _NO_TEXT
    main_words: int = 0
    password: bool = False
    app_root: bool = False
    noscript: str = ""
    anchors: frozenset[str] = frozenset()

    def named(self, *names: str) -> tuple[str, ...]:
        """The values of these meta names, in the order of the names."""
        return tuple(v for name in names for v in self.meta.get(name, ()))


def media_type_of(exchange: Exchange) -> str:
    """The media type as declared, else as the first bytes show."""
    declared = exchange.header("content-type").partition(";")[0].strip().lower()
    if "/" in declared and declared != "application/octet-stream":
        return declared
    start = exchange.content[:512].lstrip().lower()
    if start.startswith(b"%pdf-"):
        return "application/pdf"
    if re.match(rb"<(!doctype html|html|head|body|title)\b", start):
        return "text/html"
    return declared


def read_page(exchange: Exchange) -> PageView:
    """The view of an answer; an empty one where there is nothing to read."""
    media_type = media_type_of(exchange)
    if exchange.undecodable or not exchange.content:
        return PageView(media_type=media_type)
    if media_type in HTML:
        return _read_html(exchange, media_type)
    if media_type.startswith("text/") or media_type in ("application/xml", "application/json"):
        text = decode(exchange.content[:MAX_MARKUP], exchange.header("content-type"))
        main = plain_text(text) if media_type == "text/plain" else _NO_TEXT
        count = len(tokens(main.text))
        return PageView(
            media_type=media_type,
            markup=text,
            visible=main.text,
            words=count,
            main=main,
            main_words=count,
        )
    return PageView(media_type=media_type)


def _read_html(exchange: Exchange, media_type: str) -> PageView:
    from selectolax.lexbor import LexborHTMLParser

    markup = decode(exchange.content[:MAX_MARKUP], exchange.header("content-type"))
    tree = LexborHTMLParser(shallow(without(markup, ("style", "svg", "template"))))
    linked = tuple(_linked_data(tree))
    noscript = " ".join(_text(n) for n in tree.css("noscript")[:20])[:5000]
    meta = _meta(tree)
    canonical = _attribute(tree, 'link[rel="canonical"]', "href")
    base = exchange.url
    password = any(_shown(n) for n in tree.css('input[type="password" i]')[:10])
    app_root = bool(tree.css_first(_APP_ROOTS))
    anchors = frozenset(_anchors(tree))
    tree.strip_tags(["script", "noscript", "style", "template"])
    body = tree.body
    visible = _squeeze(body.text(separator=" ")[:MAX_VISIBLE]) if body else ""
    main = main_text(markup)
    return PageView(
        media_type=media_type,
        parsed=True,
        markup=markup,
        title=_text(tree.css_first("head title") or tree.css_first("title"))[:500],
        h1=tuple(t for n in tree.css("h1")[:20] if (t := _text(n)[:500])),
        h2=tuple(t for n in tree.css("h2")[:40] if (t := _text(n)[:500])),
        meta=meta,
        canonical=_joined(base, canonical),
        language=_attribute(tree, "html", "lang")[:35].lower(),
        linked_data=linked,
        visible=visible,
        words=len(tokens(visible)),
        main=main,
        main_words=len(tokens(main.text)),
        password=password,
        app_root=app_root,
        noscript=noscript,
        anchors=anchors,
    )


def _shown(node: Any) -> bool:
    """Whether nothing around an element hides it: menus keep login forms folded away."""
    for _ in range(40):
        if node is None:
            return True
        style = (node.attributes.get("style") or "").replace(" ", "").lower()
        if "hidden" in node.attributes or "display:none" in style or node.tag in _FOLDED:
            return False
        node = node.parent
    return True


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _text(node: Any) -> str:
    return _squeeze(str(node.text(separator=" "))[:20_000]) if node is not None else ""


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return str((node.attributes.get(name) or "") if node is not None else "").strip()


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)[:2000] if url else ""
    except ValueError:
        return ""


def _meta(tree: LexborHTMLParser) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for node in tree.css("meta[content]")[:_MAX_META]:
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        value = _squeeze((attributes.get("content") or "")[:2000])
        if name and value and len(found.get(name, ())) < 50:
            found[name] = (*found.get(name, ()), value)
    return found


def _anchors(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("[id]")[:50_000]:
        yield str(node.attributes.get("id") or "")
    for node in tree.css("a[name]")[:50_000]:
        yield str(node.attributes.get("name") or "")


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css('script[type="application/ld+json"]')[:10]:
        text = str(node.text() or "")
        if len(text) > 300_000:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _things(data)


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD block: itself, a list's members, those of `@graph`."""
    for item in data[:50] if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (g for g in graph[:50] if isinstance(g, dict))
