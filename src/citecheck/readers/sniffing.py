"""Which format a text is in, told by its content: for files without a name, and misnamed ones."""

from __future__ import annotations

import re

from citecheck.readers.csl_types import CSL_TYPES

_HEAD = 65_536
_HTML = re.compile(
    r"(?is)\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])"
)
_FRAGMENT = re.compile(r"(?i)<(?:p|div|h[1-6]|ol|ul|table|section|article)\b[^>]{0,300}>")
_BIBTEX = re.compile(r"(?im)^[ \t]*@(?!comment|preamble|string)[a-z]+[ \t]*[{(][^\s,{}]{0,200},")
_RIS = re.compile(r"(?m)\A\s*TY {1,2}- [A-Z]{2,9}\s*$")
_MARKDOWN = re.compile(
    r"<sup>\s*\[?\d|\]\((?:https?://|#)|(?m:^[ \t]{0,3}\[\^[^\]\s]+\]:)|\^\[\w|(?m:^[ \t]{0,3}<https?://[^\s>]+>)"
)
_HEADING = re.compile(r"(?m)^#{1,6}[ \t]+\S")
_TYPE = re.compile(r'"type"\s*:\s*"([a-z_-]{3,30})"')
_CSL_KEYS = re.compile(r'"(?:id|title|URL|DOI|issued|author|container-title)"\s*:')
_JSON_ITEMS = re.compile(r'\s*(?:\[\s*\{|\{\s*")')


_WIKI_CITE = re.compile(
    r"(?i)\{\{\s*(?:cit(?:e|ation|a|ar|eer|ace)\b|internetquelle|lien web|webbref|kilde www"
    r"|web kaynağı)[^{}|]{0,40}\|[^{}|=]{1,40}="
)
_WIKI_REF = re.compile(r"(?i)<ref(?:\s+(?:name|group)\s*=[^<>]{1,200})?\s*/?>")
_WIKI_MARK = re.compile(
    r"(?i)\[\[[^\[\]\n]{1,200}\]\]|<references\b|\{\{\s*reflist|''[^'\n]{1,300}''"
    r"|(?m:^==+[^=\n]{1,200}==+[ \t]*$)|\[https?://[^\s\]]+ [^\]\n]{1,300}\](?!\()"
)


def by_content(text: str) -> str:
    """The name of the format that a text gives itself away as, or the empty string."""
    head = text[:_HEAD]
    start = head.lstrip("\ufeff \t\r\n")
    if is_page(head):
        return "html"
    if start[:1] in ("[", "{") and looks_like_csl(head):
        return "csl-json"
    if _RIS.match(head):
        return "ris"
    if start.startswith("@") and _BIBTEX.search(head):
        return "bibtex"
    if _WIKI_CITE.search(text) or (_WIKI_REF.search(text) and _WIKI_MARK.search(text)):
        return "wikitext"
    if start.startswith("<") and len(_FRAGMENT.findall(head[:4000])) >= 2:
        return "html"
    if _MARKDOWN.search(text) or len(_HEADING.findall(head)) >= 2:
        return "markdown"
    return ""


def is_page(head: str) -> bool:
    """Whether a text begins as a whole HTML page does (Markdown may begin with a tag as well)."""
    return _HTML.match(head) is not None


def looks_like_csl(head: str) -> bool:
    """Whether the beginning of a JSON text shows items of CSL's own types."""
    if not _JSON_ITEMS.match(head):
        return False
    typed = any(m[1] in CSL_TYPES for m in _TYPE.finditer(head))
    return typed and _CSL_KEYS.search(head) is not None
