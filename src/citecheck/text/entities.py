"""Character references of HTML as characters, whatever number a page writes in them.

Python turns no more than 4,300 digits into a number and raises an error beyond; the standard reads
any number too large as U+FFFD (HTML, 13.2.5.84).
"""

from __future__ import annotations

import html
import re

_ENDLESS = re.compile(r"&#[0-9]{1000,}+;?")


def unescape(text: str) -> str:
    """The text with its character references resolved; never raises."""
    return html.unescape(_ENDLESS.sub("\ufffd", text) if "&#" in text else text)
