"""The TLS context of a run: whom it trusts, and what it is content with."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from citecheck.errors import SettingsError
from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.trust import default_context
from standins.asking import NAME, one
from standins.loopback import page, saying

OURS, OTHER = trustme.CA(), trustme.CA()


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment names a file with one authority."""
    file = tmp_path / "authorities.pem"
    OURS.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    return file


def asked(server: ssl.SSLContext) -> Exchange | Fault:
    ask = Ask(f"https://{NAME}/")
    return one(saying(page(b"x")), ask, tls=server, ssl_context=default_context())


def serving(authority: trustme.CA, ciphers: str = "") -> ssl.SSLContext:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME, key_type=trustme.KeyType.RSA).configure_cert(server)
    if ciphers:
        server.maximum_version = ssl.TLSVersion.TLSv1_2
        server.set_ciphers(ciphers)
    return server


def test_the_authorities_that_the_environment_names(named: Path) -> None:
    assert isinstance(asked(serving(OURS)), Exchange)
    answer = asked(serving(OTHER))
    assert isinstance(answer, Fault)
    assert answer.kind is FaultKind.TLS_UNTRUSTED


@pytest.mark.parametrize("ciphers", ["AES128-SHA256", "ECDHE+AES+SHA1", "ECDHE+AESGCM"])
def test_servers_that_browsers_still_open(ciphers: str, named: Path) -> None:
    answer = asked(serving(OURS, ciphers))
    assert isinstance(answer, Exchange), answer
    assert answer.tls == "TLSv1.2"


def test_what_is_too_weak_stays_out() -> None:
    context = default_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    names = {row["name"] for row in context.get_ciphers()}
    assert not [n for n in names if any(w in n for w in ("NULL", "RC4", "DES", "MD5", "EXP"))]


def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from citecheck.settings import Settings
    from citecheck.web.build import open_client
    from standins.clock import FakeClock

    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent.pem")
    with pytest.raises(SettingsError, match="SSL_CERT_FILE"):
        open_client(Settings(), clock=FakeClock())
