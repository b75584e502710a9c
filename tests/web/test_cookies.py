"""Cookies of one try: sent back where they belong, nowhere else."""

from __future__ import annotations

from citecheck.web.cookies import Cookies
from standins.exchanges import answered


def after(url: str, *cookies: str) -> Cookies:
    jar = Cookies()
    for cookie in cookies:
        jar.take(answered(url, 200, b"", {"Set-Cookie": cookie}))
    return jar


def test_sent_back_to_the_host_alone() -> None:
    jar = after("https://a.example.org/", "sid=1; Path=/; HttpOnly", "x=2")
    assert jar.header("https://a.example.org/p") == (("Cookie", "sid=1; x=2"),)
    assert jar.header("https://b.example.org/") == ()


def test_domain_cookies_reach_their_own_domain_and_no_suffix() -> None:
    jar = after("https://a.example.co.uk/", "ok=1; Domain=.example.co.uk", "bad=1; Domain=co.uk")
    assert jar.header("https://b.example.co.uk/") == (("Cookie", "ok=1"),)
    assert jar.header("https://other.co.uk/") == ()
    assert len(after("https://a.example.org/", "x=1; Domain=else.org")) == 0


def test_secure_cookies_do_not_travel_in_the_clear() -> None:
    jar = after("https://a.example.org/", "s=1; Secure")
    assert jar.header("http://a.example.org/") == ()
    assert jar.header("https://a.example.org/") == (("Cookie", "s=1"),)


def test_removal_and_bounds() -> None:
    assert after("https://a.example/", "a=1", "a=; Max-Age=0").header("https://a.example/") == ()
    many = after("https://a.example/", *(f"c{i}=1" for i in range(100)))
    assert len(many) == 30
    hostile = ["a=1\r\nX-Evil: 1", "=x", "é=1", "a b=1", "n=" + "v" * 5000, "j=\x1b[0m"]
    assert len(after("https://a.example/", *hostile)) == 0
