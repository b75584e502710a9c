"""Each way in which TLS fails, on real sockets, with its reason and its words."""

from __future__ import annotations

import asyncio
import datetime
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
import trustme

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from citecheck.web.faults import wants_another_protocol
from citecheck.web.tls_faults import tls_fault
from standins.asking import NAME, QUICK
from standins.loopback import Table, page

ASK = Ask(f"https://{NAME}/")
Made = tuple[ssl.SSLContext, trustme.CA]
_YEAR = datetime.timedelta(days=365)


def _server(cert: trustme.LeafCert, *, leaf_only: bool = False) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if not leaf_only:
        cert.configure_cert(context)
        return context
    with cert.private_key_pem.tempfile() as key, cert.cert_chain_pems[0].tempfile() as chain:
        context.load_cert_chain(chain, key)
    return context


def _good() -> Made:
    authority = trustme.CA()
    return _server(authority.issue_cert(NAME)), authority


def _dated(before: int, after: int) -> Callable[[], Made]:
    def made() -> Made:
        authority, now = trustme.CA(), datetime.datetime.now(datetime.UTC)
        cert = authority.issue_cert(
            NAME, not_before=now + before * _YEAR, not_after=now + after * _YEAR
        )
        return _server(cert), authority

    return made


def _other_name() -> Made:
    authority = trustme.CA()
    return _server(authority.issue_cert("b.example")), authority


def _unknown() -> Made:
    return _server(trustme.CA().issue_cert(NAME)), trustme.CA()


def _without_intermediate() -> Made:
    authority = trustme.CA()
    return _server(authority.create_child_ca().issue_cert(NAME), leaf_only=True), authority


def _wants_certificate(version: ssl.TLSVersion) -> Callable[[], Made]:
    def made() -> Made:
        context, authority = _good()
        context.maximum_version = version
        context.verify_mode = ssl.CERT_REQUIRED
        authority.configure_trust(context)
        return context, authority

    return made


def _other_ciphers() -> Made:
    context, authority = _good()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AES128-SHA256")  # none of what the client has in this test
    return context, authority


def _unknown_to_server() -> Made:
    context, authority = _good()
    context.sni_callback = lambda *_: ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
    return context, authority


def shaken(server: ssl.SSLContext, client: ssl.SSLContext) -> Exchange | Fault:
    """What comes of asking a server whose handshake fails: one that says why, which asyncio's does
    not, and that hears its guest out, so that no reset overtakes what it said."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        guest, _ = listener.accept()
        with server.wrap_socket(guest, server_side=True, do_handshake_on_connect=False) as tls:
            with suppress(OSError):
                tls.do_handshake()
            with suppress(OSError):
                socket.socket.shutdown(tls, socket.SHUT_WR)
                while socket.socket.recv(tls, 4096):
                    pass

    async def main() -> Exchange | Fault:
        table = Table({NAME: [[("127.0.0.1", listener.getsockname()[1])]]})
        async with open_client(
            QUICK, resolver=table, ssl_context=client, clock=SystemClock()
        ) as polite:
            return await polite.fetch(ASK)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with listener:
        answer = asyncio.run(main())
        thread.join(5.0)
    return answer


@pytest.mark.parametrize(
    ("made", "kind", "words"),
    [
        (_dated(-2, -1), FaultKind.TLS_EXPIRED, "has expired"),
        (_dated(1, 2), FaultKind.TLS_EXPIRED, "not valid yet"),
        (_other_name, FaultKind.TLS_HOSTNAME, "not valid for 'a.example'"),
        (_unknown, FaultKind.TLS_UNTRUSTED, "issuer of the certificate is unknown"),
        (_without_intermediate, FaultKind.TLS_UNTRUSTED, "browsers may still open the page"),
        (_wants_certificate(ssl.TLSVersion.TLSv1_3), FaultKind.TLS_FAILURE, "of its visitors"),
        (_wants_certificate(ssl.TLSVersion.TLSv1_2), FaultKind.TLS_FAILURE, ""),
        (_other_ciphers, FaultKind.TLS_FAILURE, "no way to encrypt in common"),
        (_unknown_to_server, FaultKind.TLS_FAILURE, "does not know this name"),
    ],
)
def test_tls_faults_are_told_apart(made: Callable[[], Made], kind: FaultKind, words: str) -> None:
    server, authority = made()
    client = ssl.create_default_context()
    client.set_ciphers("ECDHE+AESGCM")
    authority.configure_trust(client)
    answer = shaken(server, client)
    assert isinstance(answer, Fault), answer
    assert answer.kind is kind
    assert words in answer.detail


def test_a_name_with_its_last_dot_has_the_same_certificate() -> None:
    server, authority = _good()
    client = ssl.create_default_context()
    authority.configure_trust(client)

    async def main() -> Exchange | Fault:
        async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(page(b"x"))
            await writer.drain()
            writer.close()

        listener = await asyncio.start_server(say, "127.0.0.1", 0, ssl=server)
        port = listener.sockets[0].getsockname()[1]
        table = Table({n: [[("127.0.0.1", port)]] for n in (NAME, f"{NAME}.")})
        settings = Settings(allow_private=True, delay=0.0)
        async with (
            listener,
            open_client(
                settings, resolver=table, ssl_context=client, clock=SystemClock()
            ) as polite,
        ):
            return await polite.fetch(Ask(f"https://{NAME}./"))

    answer = asyncio.run(main())
    assert isinstance(answer, Exchange), answer


def test_a_handshake_without_an_end() -> None:
    async def main() -> Exchange | Fault:
        async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await reader.read()
            finally:
                writer.close()

        listener = await asyncio.start_server(hold, "127.0.0.1", 0)
        port = listener.sockets[0].getsockname()[1]
        settings = Settings(allow_private=True, delay=0.0, connect_timeout=0.1)
        async with (
            listener,
            open_client(
                settings,
                resolver=Table({NAME: [[("127.0.0.1", port)]]}),
                ssl_context=ssl.create_default_context(),
                clock=SystemClock(),
            ) as polite,
        ):
            return await polite.fetch(ASK)

    assert asyncio.run(main()) == Fault(
        FaultKind.READ_TIMEOUT,
        "the server accepted the connection and then said nothing during the TLS handshake",
    )


def _verification(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, "said"
    return error


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (18, FaultKind.TLS_UNTRUSTED, "self-signed"),
        (23, FaultKind.TLS_UNTRUSTED, "revoked"),
        (66, FaultKind.TLS_FAILURE, "too weak"),
        (68, FaultKind.TLS_FAILURE, "hash that is too weak"),
        (47, FaultKind.TLS_UNTRUSTED, "said"),
    ],
)
def test_what_openssl_says_of_a_certificate(code: int, kind: FaultKind, words: str) -> None:
    fault = tls_fault(_verification(code))
    assert fault.kind is kind
    assert words in fault.detail


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("TLSV1_ALERT_PROTOCOL_VERSION", "only old versions of TLS"),
        ("UNSUPPORTED_PROTOCOL", "only old versions of TLS"),
        ("UNSAFE_LEGACY_RENEGOTIATION_DISABLED", "an unsafe form of TLS"),
        ("DH_KEY_TOO_SMALL", "keys are too weak"),
        ("WRONG_VERSION_NUMBER", "does not speak TLS"),
        ("SOMETHING_NEW", "SOMETHING_NEW"),
    ],
)
def test_what_openssl_says_of_a_handshake(reason: str, words: str) -> None:
    error = ssl.SSLError(1, f"[SSL: {reason}] said")
    error.reason = reason
    fault = tls_fault(error)
    assert fault.kind is FaultKind.TLS_FAILURE
    assert words in fault.detail


def test_a_reason_that_python_has_no_name_for() -> None:
    error = ssl.SSLError(1, "[SSL] tlsv1 alert no application protocol (_ssl.c:1006)")
    assert tls_fault(error) == Fault(
        FaultKind.TLS_FAILURE,
        "the server speaks no HTTP that is known here (NO_APPLICATION_PROTOCOL)",
    )
    assert wants_another_protocol(error)
