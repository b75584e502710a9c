"""Keys as pywb 2.10 computes them; each expected value was read off pywb's own `canonicalize`."""

from __future__ import annotations

import pytest

from citecheck.warc.surt import index_key

SESSION = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://example.com", "com,example)/"),
        ("https://www2.Example.com/A/b/?b=2&a=1", "com,example)/a/b?a=1&b=2"),
        ("http://127.0.0.1:8911/plain", "1,0,0,127:8911)/plain"),
        ("https://example.com:443/x?", "com,example)/x"),
        ("https://ex.com/a//b/./c/../d", "com,ex)/a/b/d"),
        ("https://ex.com/?a&b=&c=%2F", "com,ex)/?a&b=&c=/"),
        ("https://ex.com/x?b=1&&a=2", "com,ex)/x?&a=2&b=1"),
        ("https://ex.com/%25zz%2541", "com,ex)/%25zza"),
        ("https://ex.com/中?q=é", "com,ex)/%e4%b8%ad?q=%c3%a9"),
        ("https://xn--mnchen-3ya.de/", "de,xn--mnchen-3ya)/"),
        ("https://münchen.de/", "de,xn--mnchen-3ya)/"),
        (f"http://ex.com/?PHPSESSID={SESSION}&x=1", "com,ex)/?x=1"),
        (f"http://ex.com/p?sid={SESSION}", "com,ex)/p"),
        ("http://ex.com/(S(lit3py55t21z5v55vlm25s55))/x.aspx", "com,ex)/x.aspx"),
        ("https://user:word@ex.com/x#part", "com,ex)/x"),
        ("https://ex.com/..", "com,ex)/.."),
        ("ftp://ex.com/a b", "ftp://ex.com/a%20b"),
    ],
)
def test_keys(url: str, key: str) -> None:
    assert index_key(url) == key


def test_a_key_never_breaks_the_index_line() -> None:
    hostile = "https://ex.com/a b\n%0A%20\x7f\ud800?x y=\r\n"
    key = index_key(hostile)
    assert key.isascii()
    assert not any(c.isspace() for c in key)
