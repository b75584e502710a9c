"""From an exception of the HTTP or TLS library to a fault, one path for real and injected ones.

What only the place of the failure can know (a proxy, a handshake without an end) arrives as `Told`,
with its fault. TLS failures are read in `tls_faults.py`.
"""

from __future__ import annotations

import errno
import re
import ssl
from collections.abc import Iterator

import httpx

from citecheck.records.observation import Fault, FaultKind
from citecheck.text.fold import plain
from citecheck.web.tls_faults import reason_of, tls_fault

# Raised and caught all the time while TLS waits for its socket; they stay behind as context.
_NO_TROUBLE = (ssl.SSLWantReadError, ssl.SSLWantWriteError, ssl.SSLSyscallError)
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})

_BYTES = re.compile(r""":?\s*(?:\b(?:bytearray|memoryview)\()?\bb['"]""")


class Told(httpx.TransportError):
    """A failure whose fault is known where it happened."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.detail)
        self.fault = fault


def as_httpx(error: Exception) -> httpx.TransportError:
    """The httpx exception of the same name as a httpcore one."""
    if isinstance(error, ssl.SSLError):
        return httpx.ReadError(str(error))
    for kind in type(error).__mro__:
        mapped = getattr(httpx, kind.__name__, None)
        if isinstance(mapped, type) and issubclass(mapped, httpx.TransportError):
            return mapped(str(error))
    return httpx.TransportError(str(error))


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


def numbers(error: BaseException) -> frozenset[int]:
    """The error numbers of the operating system behind an exception."""
    return frozenset(
        c.errno for c in _chain(error) if isinstance(c, OSError) and c.errno is not None
    )


def wants_another_protocol(error: BaseException) -> bool:
    """Whether the server ended the handshake because it speaks none of what was offered."""
    return any(
        isinstance(c, ssl.SSLError) and "NO_APPLICATION_PROTOCOL" in reason_of(c)
        for c in _chain(error)
    )


def is_tls(error: BaseException) -> bool:
    """Whether TLS itself failed."""
    return any(
        isinstance(c, ssl.SSLError) and not isinstance(c, _NO_TROUBLE) for c in _chain(error)
    )


def fault_of(error: Exception) -> Fault:
    """The fault for an httpx exception, with one plain line of detail."""
    if isinstance(error, Told):
        return Fault(error.fault.kind, plain(error.fault.detail, 300))
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
        if any(w in str(error).lower() for w in ("disconnected", "closed connection", "hung up")):
            return Fault(FaultKind.CONNECTION_RESET, "the server hung up without an answer")
        return Fault(FaultKind.PROTOCOL_ERROR, _without_bytes(str(error)))
    return Fault(FaultKind.PROTOCOL_ERROR, _without_bytes(f"{type(error).__name__}: {error}"))


def _without_bytes(said: str) -> str:
    """What a parser said, without the bytes that it could not parse: they may be of a cookie."""
    return plain(_BYTES.split(said, maxsplit=1)[0], 200) or "what came could not be parsed"


def _connect_fault(causes: list[BaseException]) -> Fault:
    found = numbers(causes[0])
    if errno.ECONNREFUSED in found:
        return Fault(FaultKind.CONNECTION_REFUSED, "the server refused the connection")
    if found & {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED}:
        return Fault(FaultKind.CONNECTION_RESET, "the connection was cut while it was made")
    if found & _NO_WAY:
        return Fault(
            FaultKind.CONNECT_TIMEOUT, "a router on the way says that the server cannot be reached"
        )
    if errno.ETIMEDOUT in found:
        return Fault(FaultKind.CONNECT_TIMEOUT, "no connection within the time allowed")
    for cause in causes:
        if type(cause).__name__ in ("BrokenResourceError", "EndOfStream"):
            return Fault(FaultKind.CONNECTION_RESET, "the connection was cut while it was made")
    return Fault(FaultKind.CONNECTION_REFUSED, plain(str(causes[0]), 200))
