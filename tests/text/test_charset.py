# ruff: noqa: E501 - patterns and tables are read best on one line
"""Encodings: declared, contradicted, missing, hostile."""

from __future__ import annotations

import pytest

from citecheck.text.charset import decode

RUSSIAN = "Страница не найдена, попробуйте ещё раз"
CHINESE = "您访问的页面不存在，请返回首页"


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), 'text/html; charset="KOI8-R"', RUSSIAN),
        (b"<meta charset=gb2312>" + CHINESE.encode("gb18030"), "text/html", "<meta charset=gb2312>" + CHINESE),
        (CHINESE.encode(), "text/html", CHINESE),
        (CHINESE.encode(), "text/html; charset=us-ascii-not", CHINESE),
        (b"\xef\xbb\xbf" + CHINESE.encode(), "text/html; charset=iso-8859-1", CHINESE),
        ("ページ".encode("shift_jis"), "text/html; charset=Shift_JIS", "ページ"),
        ("ページ".encode("utf-16"), "text/html", "ページ"),
        ("“quoted”".encode("cp1252"), "text/html; charset=iso-8859-1", "“quoted”"),
        (b"plain", "text/html; charset=unicode_escape", "plain"),
        (b"+ADw-script", "text/html; charset=utf-7", "+ADw-script"),
        (b"", "", ""),
    ],
)  # fmt: skip
def test_decode(content: bytes, content_type: str, expected: str) -> None:
    assert decode(content, content_type) == expected


def test_a_wrong_header_gives_way_to_the_page() -> None:
    body = b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">' + (
        RUSSIAN * 5
    ).encode("cp1251")
    assert RUSSIAN in decode(body, "text/html; charset=utf-8")


def test_bytes_of_no_encoding_never_raise() -> None:
    assert decode(bytes(range(256)) * 10, "text/html")
