"""Which proxy is asked, as the settings and the environment have it."""

from __future__ import annotations

import pytest

from citecheck.configuration import from_environment
from citecheck.errors import SettingsError
from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.proxies import DIRECT, Proxy, here, parse, proxies_of
from citecheck.web.resolver import Unresolved
from standins.clock import FakeClock

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "REQUEST_METHOD")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("http://proxy.example:3128", Proxy("http", "proxy.example", 3128)),
        ("proxy.example:3128", Proxy("http", "proxy.example", 3128)),
        ("https://proxy.example", Proxy("https", "proxy.example", 443)),
        ("socks5://127.0.0.1", Proxy("socks5", "127.0.0.1", 1080)),
        ("socks5h://[::1]:9050/", Proxy("socks5h", "::1", 9050)),
        ("http://me:p%40ss@proxy.example", Proxy("http", "proxy.example", 80, (b"me", b"p@ss"))),
    ],
)
def test_addresses_of_proxies(text: str, proxy: Proxy) -> None:
    assert parse(text) == proxy


@pytest.mark.parametrize(
    "text", ["ftp://me:hush@proxy.example", "socks4://me:hush@a", "http://me:hush@", "http://[hush"]
)
def test_what_is_no_proxy_is_not_repeated(text: str) -> None:
    with pytest.raises(SettingsError) as error:
        open_client(Settings(proxy=text), clock=FakeClock())
    assert str(error.value).startswith("proxy must be an address such as")
    assert "hush" not in str(error.value)


def test_a_password_is_never_shown() -> None:
    proxy = parse("http://me:hush@proxy.example:3128")
    assert proxy.shown == "proxy.example:3128"
    assert "hush" not in repr(proxy)
    assert "hush" not in repr(Settings(proxy="http://me:hush@proxy.example:3128"))


def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://one.example")
    monkeypatch.setenv("ALL_PROXY", "socks5://all.example")
    found = proxies_of("", True)
    assert found.of("http", "a.example", 80) == Proxy("http", "one.example", 80)
    assert found.of("https", "a.example", 443) == Proxy("socks5", "all.example", 1080)
    monkeypatch.setenv("https_proxy", "http://low.example")
    monkeypatch.setenv("HTTPS_PROXY", "http://high.example")
    assert proxies_of("", True).of("https", "a.example", 443) == Proxy("http", "low.example", 80)
    assert proxies_of("", False) is DIRECT
    won = proxies_of("http://mine.example", True)
    assert won.of("https", "a.example", 443) == Proxy("http", "mine.example", 80)


def test_a_web_server_could_have_set_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://header.example")
    monkeypatch.setenv("REQUEST_METHOD", "GET")
    assert not proxies_of("", True)


def test_an_environment_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks4://me:hush@old.example")
    with pytest.raises(SettingsError) as error:
        open_client(Settings(), clock=FakeClock())
    assert str(error.value).startswith("ALL_PROXY must be an address such as")
    assert "hush" not in str(error.value)


@pytest.mark.parametrize(
    ("said", "host", "port", "asked"),
    [
        ("a.example", "a.example", 80, False),
        ("a.example", "www.a.example", 80, False),
        ("a.example", "wwwa.example", 80, True),
        (".a.example", "www.A.example.", 80, False),
        ("*.a.example b.example", "b.example", 80, False),
        ("a.example:8080", "a.example", 8080, False),
        ("a.example:8080", "a.example", 80, True),
        ("10.0.0.0/8, 192.0.2.7", "10.1.2.3", 80, False),
        ("10.0.0.0/8, 192.0.2.7", "192.0.2.7", 80, False),
        ("10.0.0.0/8, 192.0.2.7", "192.0.2.8", 80, True),
        ("[2001:db8::1]", "2001:db8::1", 80, False),
        ("x, *", "a.example", 80, False),
        ("", "a.example", 80, True),
        ("", "localhost", 80, False),
        ("", "127.3.2.1", 80, False),
        ("", "[::1]", 80, False),
    ],
)
def test_who_is_asked_without_one(
    said: str, host: str, port: int, asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", said)
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example")
    for found in (proxies_of("", True), proxies_of("http://proxy.example", True)):
        assert (found.of("http", host, port) is not None) is asked


def test_what_this_machine_is_called() -> None:
    assert [here(h) for h in ("localhost", "x.localhost.", "127.9.9.9", "::1")] == [True] * 4
    assert not here("10.0.0.1")


def test_the_keys_of_the_configuration() -> None:
    said = {
        "CITECHECK_PROXY": "socks5://proxy.example",
        "CITECHECK_TRUST_ENV": "no",
        "CITECHECK_HTTP2": "off",
    }
    settings = from_environment(Settings(), said)
    assert (settings.proxy, settings.trust_env, settings.http2) == (
        "socks5://proxy.example", False, False,
    )  # fmt: skip
    assert (Settings().proxy, Settings().trust_env, Settings().http2) == ("", True, True)


def test_a_run_on_the_open_network_takes_them_and_a_made_up_one_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    asked = [
        open_client(Settings(), clock=FakeClock()),
        open_client(Settings(trust_env=False), clock=FakeClock()),
        open_client(Settings(), clock=FakeClock(), resolver=Unresolved()),  # as a demonstration
    ]
    found = [client.proxies.of("https", "a.example", 443) is not None for client in asked]
    assert found == [True, False, False]
