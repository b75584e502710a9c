"""Foreign text and addresses in Markdown (CommonMark with GitHub's extensions) without effect.

Backslash escapes take the meaning from every character that has one, also that of tables, maths
(`$`), emoji (`:x:`), bare addresses and Liquid (`{{`). GitHub finds mentions and issue numbers
after that, in the finished text: a zero-width space behind `@`, and behind `#` before a number,
stops them; nothing else does outside of code and links.
"""

from __future__ import annotations

import re

from citecheck.reports.visible import http_target, visible

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&#!^])")
_AT_START = re.compile(r"^(?:[-+=:]|\d+[.)](?=\s|$))")
_CHARACTER_REFERENCE = re.compile(r"&(?=#?\w+;)")
_TARGET_SPECIAL = {"`": "%60", "|": "%7C", "{": "%7B", "}": "%7D", "'": "%27", "$": "%24"}


def text(raw: str, limit: int = 300) -> str:
    """Inline text that means itself."""
    shown = _SPECIAL.sub(r"\\\1", visible(raw, limit))
    shown = re.sub(r":(?=\S)", r"\\:", shown)
    shown = re.sub(r"(?i)\bwww\.", r"www\\.", shown)
    shown = shown.replace("@", "@&#8203;")
    shown = re.sub(r"\\#(?=\d)", r"\\#&#8203;", shown)
    shown = re.sub(r"(?i)\b(GH)-(?=\d)", r"\1\\-&#8203;", shown)
    shown = shown.replace("{", "&#123;")  # a backslash between them would leave `{%` to Liquid
    return _AT_START.sub(lambda m: m[0][:-1] + "\\" + m[0][-1], shown)


def address(url: str) -> str:
    """The address as a link that shows itself; what may not be a link stays text."""
    target = http_target(url)
    if not target:
        return text(url, 2000)
    for char, code in _TARGET_SPECIAL.items():
        target = target.replace(char, code)
    return "<" + _CHARACTER_REFERENCE.sub("&amp;", target) + ">"
