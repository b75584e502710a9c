"""From an exception of the HTTP or TLS library to a fault, one path for real and injected ones.

TLS verification codes are OpenSSL's X509_V_ERR numbers (x509_vfy.h).
"""

from __future__ import annotations

import errno
import ssl
from collections.abc import Iterator

import httpx

from citecheck.records.observation import Fault, FaultKind
from citecheck.text.fold import plain

_NOT_YET_VALID, _EXPIRED = 9, 10
_HOSTNAME = frozenset({62, 64})  # name mismatch, IP address mismatch
_UNTRUSTED = frozenset({2, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28})
# Raised and caught all the time while TLS waits for its socket; they stay behind as context.
_NO_TROUBLE = (ssl.SSLWantReadError, ssl.SSLWantWriteError, ssl.SSLSyscallError)


def _chain(fault: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [fault]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__context__, one.__cause__]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions


def fault_of(error: Exception) -> Fault:
    """The fault for an httpx exception, with one plain line of detail."""
    causes = list(_chain(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, _NO_TROUBLE):
            return tls_fault(cause)
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return Fault(FaultKind.CONNECT_TIMEOUT, "no connection within the time allowed")
    if isinstance(error, httpx.TimeoutException):
        return Fault(FaultKind.READ_TIMEOUT, "no answer within the time allowed")
    if isinstance(error, httpx.InvalidURL):
        return Fault(FaultKind.INVALID_URL, plain(str(error), 200))
    if isinstance(error, httpx.UnsupportedProtocol):
        return Fault(FaultKind.UNSUPPORTED_SCHEME, plain(str(error), 200))
    if isinstance(error, httpx.ConnectError):
        return _connect_fault(causes)
    if isinstance(error, httpx.NetworkError):
        return Fault(FaultKind.CONNECTION_RESET, "the connection was cut before an answer")
    if isinstance(error, httpx.RemoteProtocolError):
        if "disconnected" in str(error).lower() or "closed connection" in str(error).lower():
            return Fault(FaultKind.CONNECTION_RESET, "the server hung up without an answer")
        return Fault(FaultKind.PROTOCOL_ERROR, plain(str(error), 200))
    return Fault(FaultKind.PROTOCOL_ERROR, plain(f"{type(error).__name__}: {error}", 200))


def _connect_fault(causes: list[BaseException]) -> Fault:
    numbers = {c.errno for c in causes if isinstance(c, OSError) and c.errno is not None}
    if errno.ECONNREFUSED in numbers:
        return Fault(FaultKind.CONNECTION_REFUSED, "the server refused the connection")
    if numbers & {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED}:
        return Fault(FaultKind.CONNECTION_RESET, "the connection was cut while it was made")
    if numbers & {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}:
        return Fault(FaultKind.CONNECT_TIMEOUT, "there is no route to the server")
    if errno.ETIMEDOUT in numbers:
        return Fault(FaultKind.CONNECT_TIMEOUT, "no connection within the time allowed")
    for cause in causes:
        if type(cause).__name__ in ("BrokenResourceError", "EndOfStream"):
            return Fault(FaultKind.CONNECTION_RESET, "the connection was cut while it was made")
    return Fault(FaultKind.CONNECTION_REFUSED, plain(str(causes[0]), 200))


def tls_fault(error: ssl.SSLError) -> Fault:
    """Expired, wrong host and untrusted told apart by OpenSSL's verification code."""
    if not isinstance(error, ssl.SSLCertVerificationError):
        why = plain(error.reason or str(error), 120)
        if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            why = "the server hung up during the TLS handshake"
        return Fault(FaultKind.TLS_FAILURE, why)
    code, why = error.verify_code, plain(error.verify_message or str(error), 160)
    if code == _EXPIRED:
        return Fault(FaultKind.TLS_EXPIRED, "the certificate has expired")
    if code == _NOT_YET_VALID:
        return Fault(FaultKind.TLS_EXPIRED, "the certificate is not valid yet")
    if code in _HOSTNAME:
        return Fault(FaultKind.TLS_HOSTNAME, why)
    if code in _UNTRUSTED:
        return Fault(FaultKind.TLS_UNTRUSTED, why)
    return Fault(FaultKind.TLS_FAILURE, why)
