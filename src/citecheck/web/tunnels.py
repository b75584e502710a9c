"""The way through a proxy: CONNECT (RFC 9110, 9.3.6) and SOCKS5 (RFC 1928, 1929).

A proxy that is down, wants a password or lets nobody through says nothing about the link: the fault
is `not-from-here`. A proxy that could not reach the host says what a failed connection says. The
host is named to the proxy, which looks it up by its own means; no credential is in any message.
"""

from __future__ import annotations

import ipaddress
import re
from base64 import b64encode
from typing import NoReturn

import httpcore

from citecheck.records.observation import Fault, FaultKind
from citecheck.web.faults import Told
from citecheck.web.proxies import Proxy

_HEAD = 32_768  # octets of a proxy's answer
_REPLIES = {
    1: (FaultKind.CONNECT_TIMEOUT, "could not connect"),
    2: (FaultKind.NOT_FROM_HERE, "does not let us through to this site"),
    3: (FaultKind.CONNECT_TIMEOUT, "found no way to the network of the site"),
    4: (FaultKind.CONNECT_TIMEOUT, "could not reach the host"),
    5: (FaultKind.CONNECTION_REFUSED, "was refused the connection"),
    6: (FaultKind.CONNECT_TIMEOUT, "found no way to the site in time"),
}


def authorization(proxy: Proxy) -> list[tuple[bytes, bytes]]:
    """The header that opens the proxy, where it needs one."""
    if proxy.auth is None:
        return []
    return [(b"Proxy-Authorization", b"Basic " + b64encode(b":".join(proxy.auth)))]


def ours(proxy: Proxy, what: str) -> Told:
    """Trouble with the proxy itself."""
    return Told(Fault(FaultKind.NOT_FROM_HERE, f"the proxy {proxy.shown} {what}"))


def refusal(proxy: Proxy, status: int) -> Told:
    """What it means that the proxy answered CONNECT with this status."""
    if status == 407:
        does = (
            "does not take the name and password" if proxy.auth else "wants a name and a password"
        )
        return ours(proxy, f"{does} (status 407)")
    if status in (502, 503, 504):
        return Told(
            Fault(
                FaultKind.CONNECT_TIMEOUT,
                f"the proxy {proxy.shown} could not connect to the site (status {status})",
            )
        )
    return ours(proxy, f"does not let us through to this site (status {status})")


async def connect(
    stream: httpcore.AsyncNetworkStream, proxy: Proxy, host: bytes, port: int, seconds: float
) -> None:
    """Have an HTTP proxy connect to a host; raises Told."""
    target = b"%b:%d" % (b"[" + host + b"]" if b":" in host else host, port)
    lines = [b"CONNECT " + target + b" HTTP/1.1", b"Host: " + target]
    lines += [name + b": " + value for name, value in authorization(proxy)]
    try:
        await stream.write(b"\r\n".join([*lines, b"", b""]), seconds)
        head = b""
        while b"\r\n\r\n" not in head and len(head) < _HEAD:
            part = await stream.read(4096, seconds)
            if not part:
                raise ours(proxy, "hung up")
            head += part
    except httpcore.TimeoutException:
        _late(proxy)
    except httpcore.NetworkError:
        raise ours(proxy, "hung up") from None
    found = re.match(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?![0-9])", head)
    if found is None:
        raise ours(proxy, "gave an answer that is no HTTP")
    if not found[1].startswith(b"2"):
        raise refusal(proxy, int(found[1]))


async def socks5(
    stream: httpcore.AsyncNetworkStream, proxy: Proxy, host: bytes, port: int, seconds: float
) -> None:
    """Have a SOCKS5 proxy connect to a host; raises Told."""
    try:
        await _greet(stream, proxy, seconds)
        await stream.write(b"\5\1\0" + _address(host) + port.to_bytes(2, "big"), seconds)
        version, reply, _, kind = await _exactly(stream, 4, seconds)
        if version != 5:
            raise ours(proxy, "gave an answer that is no SOCKS5")
        if reply:
            fault, why = _REPLIES.get(reply, (FaultKind.NOT_FROM_HERE, f"failed (code {reply})"))
            raise Told(Fault(fault, f"the proxy {proxy.shown} {why}"))
        size = {1: 4, 4: 16}.get(kind) or (await _exactly(stream, 1, seconds))[0]
        await _exactly(stream, size + 2, seconds)
    except httpcore.TimeoutException:
        _late(proxy)
    except httpcore.NetworkError:
        raise ours(proxy, "hung up") from None


async def _greet(stream: httpcore.AsyncNetworkStream, proxy: Proxy, seconds: float) -> None:
    methods = b"\0\2" if proxy.auth else b"\0"
    await stream.write(bytes([5, len(methods)]) + methods, seconds)
    version, method = await _exactly(stream, 2, seconds)
    if version != 5:
        raise ours(proxy, "gave an answer that is no SOCKS5")
    if method == 2 and proxy.auth:
        name, password = proxy.auth
        said = bytes([1, len(name)]) + name + bytes([len(password)]) + password
        await stream.write(said, seconds)
        if (await _exactly(stream, 2, seconds))[1]:
            raise ours(proxy, "does not take the name and password")
    elif method:
        raise ours(proxy, "wants a name and a password")


def _address(host: bytes) -> bytes:
    try:
        literal = ipaddress.ip_address(host.decode("ascii"))
    except ValueError:
        return b"\3" + bytes([len(host)]) + host
    return (b"\1" if literal.version == 4 else b"\4") + literal.packed


async def _exactly(stream: httpcore.AsyncNetworkStream, size: int, seconds: float) -> bytes:
    found = b""
    while len(found) < size:
        part = await stream.read(size - len(found), seconds)
        if not part:
            raise httpcore.ReadError("hung up")
        found += part
    return found


def _late(proxy: Proxy) -> NoReturn:
    raise Told(
        Fault(
            FaultKind.CONNECT_TIMEOUT,
            f"the proxy {proxy.shown} made no connection within the time allowed",
        )
    ) from None
