"""What stands in addresses of web archives: an original address, and a time. Pure.

Both come in every state of repair: one slash after `http:`, no scheme, percent-encoded once or
twice; times that are too short, too long or impossible.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import unquote

from citecheck.urls.address import (
    InvalidAddress,
    fetch_form,
    has_userinfo,
    host_of,
    strip_userinfo,
)

_SCHEME = re.compile(r"(?i)(https?)(?::/+|//+|:(?=[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[/:?#]|\Z)))")
_HOST = re.compile(r"(?i)(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}\.?(?::\d{1,5})?(?=[/?#]|\Z)")
_ENCODED = re.compile(r"(?i)https?%(?:25)*3a")
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def moment(stamp: str) -> datetime | None:
    """The time of 8 to 14 digits; None for fewer, and for a day or hour that does not exist."""
    if not re.fullmatch(r"[0-9]{8}(?:[0-9]{2}){0,3}", stamp):
        return None
    try:
        return datetime.strptime(stamp.ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def begins_address(text: str) -> bool:
    return bool(_SCHEME.match(text) or _ENCODED.match(text))


def original_in(text: str) -> tuple[str, bool] | None:
    """The address that a copy is of, and whether it was written with a password; None for none."""
    for _ in range(3):
        if not _ENCODED.match(text):
            break
        text = unquote(text, errors="replace")
    text = text.lstrip("/") if not begins_address(text) else text
    scheme = _SCHEME.match(text)
    while scheme and (again := _SCHEME.match(text, scheme.end())):
        scheme = again  # http://https://example.org/
    if scheme:
        text = f"{scheme[1].lower()}://{text[scheme.end() :]}"
    elif _HOST.match(text):
        text = f"http://{text}"
    else:
        return None
    text = re.sub(r"\A(https?://[^/?#]*?):80(?=[/?#]|\Z)", r"\1", text)
    try:
        clean = fetch_form(strip_userinfo(text))
    except InvalidAddress:
        return None
    if "." not in host_of(clean) and ":" not in host_of(clean):
        return None
    return clean, has_userinfo(text)


def mended_stamp(stamp: str) -> str:
    """A time of at most 14 digits: cut, and a month or day of `00` made the first."""
    stamp = stamp[:14]
    if len(stamp) >= 6 and stamp[4:6] == "00":
        stamp = f"{stamp[:4]}01{stamp[6:]}"
    if len(stamp) >= 8 and stamp[6:8] == "00":
        stamp = f"{stamp[:6]}01{stamp[8:]}"
    return stamp


def webcite_stamp(code: str) -> str:
    """The time in a WebCite name: microseconds since 1970; empty where it is none."""
    if re.fullmatch(r"\d{15,17}", code):
        micros = int(code)
    elif re.fullmatch(r"[0-9A-Za-z]{9}", code):
        micros = 0
        for char in code:
            micros = micros * 62 + _BASE62.index(char)
    else:
        return ""
    # WebCite took pages from 2003 to 2019.
    if not 1_000_000_000 <= micros // 1_000_000 < 1_700_000_000:
        return ""
    return datetime.fromtimestamp(micros // 1_000_000, UTC).strftime("%Y%m%d%H%M%S")
