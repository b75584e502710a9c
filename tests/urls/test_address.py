"""Addresses: the form to fetch, the identity, the archive's key, and secrets that must not show."""

from __future__ import annotations

import pytest

from citecheck.urls import address
from citecheck.urls.address import InvalidAddress


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("https://example.org", "https://example.org/"),
        (" https://EXAMPLE.org:443/A ", "https://example.org/A"),
        ("http://example.org:80/", "http://example.org/"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://user:word@example.org/a", "https://example.org/a"),
        (
            "https://bücher.example/ä?ö=ü#ß",
            "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC#%C3%9F",
        ),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a%20b%2Fc", "https://example.org/a%20b%2Fc"),
        (
            "https://example.org/?id=urn:contentItem:6C7M&b=[1]",
            "https://example.org/?id=urn:contentItem:6C7M&b=[1]",
        ),
        ("https://example.org./a", "https://example.org/a"),
        ("http://[2001:DB8::1]/a", "http://[2001:db8::1]/a"),
        ("https://exa\nmple.org/a", "https://example.org/a"),
        ("ftp://example.org/a", "ftp://example.org/a"),
    ],
)
def test_the_form_to_fetch(url: str, fetched: str) -> None:
    assert address.fetch_form(url) == fetched
    assert address.fetch_form(fetched) == fetched


@pytest.mark.parametrize(
    "url",
    [
        "example.org/a",
        "https://",
        "https:///a",
        "https://exa mple.org/",
        "https://a..b/",
        "https://[x]/",
        "https://h:99999/",
        f"https://{'a' * 64}.org/",
        "https://-\u2028.org/",
    ],
)
def test_an_impossible_address(url: str) -> None:
    with pytest.raises(InvalidAddress):
        address.fetch_form(url)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://example.org/a", "https://EXAMPLE.org/a/", True),
        ("https://example.org/a?utm_source=x&b=1", "https://example.org/a?b=1", True),
        ("https://example.org/a/../b/./c", "https://example.org/b/c", True),
        ("https://example.org/%7Ea%2f", "https://example.org/~a%2F", True),
        ("https://example.org/a#part", "https://example.org/a", True),
        ("https://example.org/#!/a", "https://example.org/#!/b", False),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1", False),
        ("https://example.org/A", "https://example.org/a", False),
        ("https://www.example.org/", "https://example.org/", False),
        ("https://example.org:8443/", "https://example.org/", False),
    ],
)
def test_identity(one: str, other: str, same: bool) -> None:
    assert (address.identity(one) == address.identity(other)) is same


def test_identity_of_what_is_no_address_is_itself() -> None:
    assert address.identity("not an address") == "not an address"
    assert address.identity("ftp://example.org/a") == "ftp://example.org/a"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.example.org/Path/?b=2&a=1", "org,example)/path?a=1&b=2"),
        ("http://example.org/", "org,example)/"),
        ("http://www2.example.co.uk:8080/a/", "uk,co,example:8080)/a"),
        ("https://example.org/a/../b", "org,example)/b"),
    ],
)
def test_surt(url: str, key: str) -> None:
    assert address.surt(url) == key


def test_user_names_and_passwords_go() -> None:
    url = "https://me:word@example.org/a?b=c@d"
    assert address.strip_userinfo(url) == "https://example.org/a?b=c@d"
    assert address.mask_userinfo(url) == "https://***@example.org/a?b=c@d"
    assert address.has_userinfo(url)
    assert not address.has_userinfo("https://example.org/a@b")


@pytest.mark.parametrize("inner", ["https://me:pw@a.example/x@y", "http:/me@a.example/"])
def test_those_of_an_address_within_go_as_well(inner: str) -> None:
    before = "https://web.archive.org/web/2020/"
    bare = inner.replace("me:pw@", "").replace("me@", "")
    assert address.strip_userinfo(before + inner) == before + bare
    assert "***@a.example" in address.mask_userinfo(before + inner)
    assert "pw" not in address.redact(before + inner)
    assert address.has_secret(before + inner)
    assert address.strip_userinfo(f"https://b.example/?u={inner}") == f"https://b.example/?u={bare}"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/https://medium.com/@user/post",
        "https://a.example/?u=https://b.example:80&m=me@b.example",
        "https://a.example/?u=https://b.example:80/x@y",
    ],
)
def test_an_at_sign_further_on_is_no_user(url: str) -> None:
    assert address.strip_userinfo(url) == url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/?token=abc&b=1", "https://example.org/?token=…&b=1"),
        (
            "https://example.org/a?X-Amz-Signature=1&Expires=2",
            "https://example.org/a?X-Amz-Signature=…&Expires=…",
        ),
        ("https://example.org/#access_token=abc", "https://example.org/#access_token=…"),
        ("https://me:word@example.org/", "https://example.org/"),
        ("https://example.org/a;jsessionid=ABC?b=1", "https://example.org/a;jsessionid=…?b=1"),
        (
            "https://nytimes.com/a?unlocked_article_code=1.x",
            "https://nytimes.com/a?unlocked_article_code=…",
        ),
    ],
)
def test_secrets_are_not_shown(url: str, shown: str) -> None:
    assert address.has_secret(url)
    assert address.redact(url) == shown


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/?code=7&key=a&policy=b&session=2024",
        "https://example.org/?id=1788498560043824409",
        "https://example.org/#section-2",
        "https://example.org/?st=1&sp=2",
    ],
)
def test_common_words_are_no_secrets(url: str) -> None:
    assert not address.has_secret(url)
    assert address.redact(url) == url


def test_broken_addresses_are_no_crash() -> None:
    for url in ("https://[bad", "https://[bad]:x/?token=1", "//", "http://a:b:c@"):
        address.has_secret(url)
        address.redact(url)
        assert isinstance(address.host_of(url), str)
        assert isinstance(address.scheme_of(url), str)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.news.bbc.co.uk", "bbc.co.uk"),
        ("a.github.io", "a.github.io"),
        ("192.0.2.1", "192.0.2.1"),
        ("localhost", "localhost"),
        ("co.uk", "co.uk"),
        ("Example.ORG.", "example.org"),
    ],
)
def test_registrable_domain(host: str, domain: str) -> None:
    assert address.registrable_domain(host) == domain
