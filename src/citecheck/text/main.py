"""The main text of a page, and the digest and sketch by which it is recognised.

Whole-page text drifts with every new site shell, so the main text is extracted first (trafilatura,
`fast`; where it finds nothing: the text of `article` or `main`, then of the body). Extractors
differ by up to 23 % on the same page, so the name and version of the method go with every digest
and two texts are compared only where they agree. The digest is that of the folded tokens, after
masking what changes by itself.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from citecheck.records.observation import Sketch
from citecheck.text.masks import masked
from citecheck.text.shingles import sketch, tokens
from citecheck.text.trim import shallow, without

PLAIN = "plain 1"
BROWSER = "browser+"  # before the name of the method, where a browser rendered the page
MAX_TEXT = 700_000
MAX_EXTRACT = 600_000
_METHOD = "1"  # rises when masking, folding or the fall-backs below change


@dataclass(frozen=True, slots=True)
class MainText:
    """`text` as a reader sees it; `extractor` names the method and its version."""

    text: str
    extractor: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`sha256` is the hex digest of the masked, folded tokens; empty where there are none."""

    sha256: str
    sketch: Sketch
    words: int


@cache
def extractor_name(large: bool = False) -> str:
    """Name and versions of the method, as recorded; pages above a size take the plain method."""
    from importlib.metadata import version

    if large:
        return f"selectolax {version('selectolax')} main/{_METHOD}"
    return f"trafilatura {version('trafilatura')} fast/{_METHOD}"


def seen_by_browser(extractor: str) -> bool:
    """Whether a text was read from a page as a browser shows it."""
    return extractor.startswith(BROWSER)


def main_text(markup: str) -> MainText:
    """The main text of an HTML page, bounded; the empty text where there is none."""
    markup = shallow(without(markup))
    if len(markup) > MAX_EXTRACT:
        return MainText(_marked_text(markup)[:MAX_TEXT], extractor_name(large=True))
    text = _extracted(markup) or _marked_text(markup)
    return MainText(text[:MAX_TEXT], extractor_name())


def plain_text(text: str) -> MainText:
    """A text that is no markup, as its own main text."""
    return MainText(text[:MAX_TEXT], PLAIN)


def fingerprint(text: str) -> Fingerprint:
    """What a text is recognised by."""
    words = tokens(masked(text[:MAX_TEXT]))
    digest = hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest() if words else ""
    return Fingerprint(digest, sketch(words), len(words))


def _extracted(markup: str) -> str:
    import trafilatura

    try:
        found = trafilatura.extract(
            markup, fast=True, include_comments=False, include_tables=True, with_metadata=False
        )
    except Exception:  # a page that the extractor stumbles over still has its visible text
        return ""
    return found or ""


def _marked_text(markup: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(markup)
    tree.strip_tags(["noscript", "nav", "header", "footer", "aside", "form", "dialog"])
    for selector in ("article", "main", "[role=main]", "body"):
        found = [node.text(separator="\n", strip=True) for node in tree.css(selector)]
        text = max(found, key=len, default="")
        if text:
            return text
    return ""
