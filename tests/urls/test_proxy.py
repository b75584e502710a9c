"""Library proxies: what is one, what is behind it, and what is none."""

from __future__ import annotations

import pytest

from citecheck.urls.address import registrable_domain
from citecheck.urls.proxy import Unproxied, unproxy
from citecheck.urls.vendors import VENDOR_HOSTS


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://advance-lexis-com.proxy18.noblenet.org/api/document?collection=news"
            "&id=urn:contentItem:6C7M-T6W1-JB5P-J01J-00000-00&context=1516831",
            Unproxied(
                "https://advance.lexis.com/api/document?collection=news"
                "&id=urn:contentItem:6C7M-T6W1-JB5P-J01J-00000-00&context=1516831",
                "ezproxy-host",
                "high",
            ),
        ),
        (
            "http://www.jstor.org.ezproxy.lib.example.edu/stable/1#a",
            Unproxied("http://www.jstor.org/stable/1#a", "ezproxy-host", "high"),
        ),
        (
            "https://www-bbc-co-uk.ezproxy.example.ac.uk/news",
            Unproxied("https://www.bbc.co.uk/news", "ezproxy-host", "high"),
        ),
        # The original's own hyphens: the shipped list of hosts settles it.
        (
            "https://beck-online-beck-de.proxy.ub.uni-frankfurt.de/x",
            Unproxied("https://beck-online.beck.de/x", "ezproxy-host", "high"),
        ),
        (
            "https://login.ezproxy.example.edu/login?url=https://www.jstor.org/stable/1?a=b&c=d",
            Unproxied("https://www.jstor.org/stable/1?a=b&c=d", "ezproxy-login", "high"),
        ),
        (
            "https://ezproxy.example.edu/login?qurl=https%3A%2F%2Fwww.ft.com%2Fx%3Fa%3Db&auth=shib",
            Unproxied("https://www.ft.com/x?a=b", "ezproxy-login", "high"),
        ),
        (
            "https://libproxy.example.edu/login;jsessionid=12?url=http://www.ft.com/x",
            Unproxied("http://www.ft.com/x", "ezproxy-login", "high"),
        ),
        (
            "https://example.idm.oclc.org/login?url=https://www.ft.com/content/1",
            Unproxied("https://www.ft.com/content/1", "ezproxy-login", "high"),
        ),
        (
            "https://www-nature-com.example.idm.oclc.org/articles/1",
            Unproxied("https://www.nature.com/articles/1", "idm-oclc", "high"),
        ),
        (
            "https://p8080-www-jstor-org.ezproxy.example.edu/x",
            Unproxied("https://www.jstor.org:8080/x", "ezproxy-host", "high"),
        ),
        (
            "http://0-www.jstor.org.library.example.edu/stable/2",
            Unproxied("http://www.jstor.org/stable/2", "innovative", "high"),
        ),
        (
            "http://0-www-jstor-org.library.example.edu/stable/2",
            Unproxied("http://www.jstor.org/stable/2", "innovative", "medium"),
        ),
        (
            "https://go.openathens.net/redirector/example.edu?url=https%3A%2F%2Fwww.ft.com%2Fx",
            Unproxied("https://www.ft.com/x", "openathens-redirector", "high"),
        ),
        (
            "https://www-ft-com.eu1.proxy.openathens.net/content/x",
            Unproxied("https://www.ft.com/content/x", "openathens-proxy", "high"),
        ),
        (
            "https://webvpn.example.edu.cn/https/77726476706e69737468656265737421e7e056d2243e/x",
            Unproxied("", "webvpn", "low"),
        ),
        (
            "https://www-cambridge-org.mutex.gmu.edu/core",
            Unproxied("https://www.cambridge.org/core", "ezproxy-host", "high"),
        ),
    ],
)
def test_the_address_behind_a_proxy(url: str, expected: Unproxied) -> None:
    assert unproxy(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://proxy.example.com/",
        "https://my-app.proxy.example.com/",
        "https://api.proxy.example.com/v1",
        "https://webproxy-docs.github.io/x",
        "https://www.proxy.org/a",
        "https://docs.proxy.io/",
        "https://proxy.golang.org/github.com/x",
        "https://cdn.haproxy.com/blog",
        "https://docs-internal.haproxy.com/blog",
        "https://www.envoyproxy.io/docs",
        "https://a-b.reverse-proxy.com/",
        "https://www.ezproxy.com/",
        "https://help.oclc.org/Library_Management/EZproxy",
        "https://en.wikipedia.org/wiki/EZproxy",
        "https://ezproxy.lib.example.edu/menu",
        "https://help-desk.proxy.example.edu/",
        "https://example.com/login?url=https://other.org",
        "https://login.example.com/login?url=https://other.org",
        "https://proxy.example.com/login?url=/home",
        "https://0-60.com/cars",
        "https://0-60.example.co.uk/cars",
        "https://1-www.example.com/",
        "https://vpn.example.com/https/abc",
        "https://www.example.org/path?url=https://proxy.example.edu",
        "https://192.0.2.1/login?url=https://a.org",
        "https://[2001:db8::1]/",
        "https://localhost/",
        "mailto:a@ezproxy.example.edu",
        "https://[bad",
        "",
    ],
)
def test_no_false_alarm(url: str) -> None:
    assert unproxy(url) is None


@pytest.mark.parametrize(
    ("url", "original"),
    [
        ("https://www-jstor-org.ezproxy.college.example/1", "https://www.jstor.org/1"),
        ("https://www-press-example.ezproxy.college.example/1", "https://www.press.example/1"),
        ("https://www.jstor.org.ezproxy.college.test/1", "https://www.jstor.org/1"),
    ],
)
def test_proxies_under_names_kept_for_tests(url: str, original: str) -> None:
    found = unproxy(url)
    assert found is not None
    assert found.original == original
    assert unproxy("https://docs.proxy.example/1") is None
    assert unproxy("https://my-app.proxy.site.example/1") is None


def test_what_was_seen_elsewhere_settles_an_ambiguous_host() -> None:
    url = "https://some-journal-org.ezproxy.example.edu/1"
    assert unproxy(url) == Unproxied("https://some.journal.org/1", "ezproxy-host", "medium")
    seen = unproxy(url, seen_hosts=["Some-Journal.org"])
    assert seen == Unproxied("https://some-journal.org/1", "ezproxy-host", "high")


def test_many_hyphens_take_no_time() -> None:
    label = "-".join(["a"] * 31)
    assert unproxy(f"https://{label}-com.ezproxy.example.edu/") is not None


def test_the_shipped_hosts_are_hosts() -> None:
    assert len(VENDOR_HOSTS) > 150
    assert all(registrable_domain(host) != host or host.count(".") == 1 for host in VENDOR_HOSTS)
    assert all(host == host.lower() for host in VENDOR_HOSTS)
    assert not any(unproxy(f"https://{host}/") for host in VENDOR_HOSTS)
