"""The text of a small page, block by block: what stands in a paragraph, a cell or a heading.

A sentence is told from the menu beside it only where blocks are kept apart. Menus, footers and the
like are left out, since they stand on every page of a site.
"""

from __future__ import annotations

import re

from citecheck.text.trim import shallow, without

_MAX = 300_000
_BREAKS = re.compile(
    r"(?i)</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|t[dhr]|table|section|article|main|header|br|hr|form|title|"
    r"blockquote|pre|center|figure|figcaption|label|option|button|address|body)\b[^<>]{0,2000}>"
)
_MARK = "\N{SYMBOL FOR NEWLINE}"
_BESIDE = ("nav", "footer", "aside", "select", "button", "script", "noscript", "style", "template")


def blocks_of(markup: str) -> tuple[str, ...]:
    """The texts of a page's blocks in order, without those of menus and footers; none of a page
    that is too large to be an error page."""
    from selectolax.lexbor import LexborHTMLParser

    if len(markup) > _MAX:
        return ()
    lean = shallow(without(markup, ("style", "svg", "template", "script", "noscript")))
    # The mark stands after an opening tag and before a closing one, so that it is never dropped.
    marked = _BREAKS.sub(lambda m: m[0] + _MARK if m[0][1] != "/" else _MARK + m[0], lean)
    tree = LexborHTMLParser(marked)
    tree.strip_tags(list(_BESIDE))
    body = tree.body
    if body is None:
        return ()
    texts = (" ".join(piece.split()) for piece in str(body.text(separator="")).split(_MARK))
    return tuple(text for text in texts if text)
