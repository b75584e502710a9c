"""One connection to an origin, straight or through a proxy; TLS settles what is spoken on it.

ALPN (RFC 7301) offers `h2` and `http/1.1`; without TLS there is no HTTP/2. A TLS context is shared
by all: what it offers is set in the same breath in which a handshake begins, as httpcore does it.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Any

import httpcore

from citecheck.records.observation import Fault, FaultKind
from citecheck.web import tunnels
from citecheck.web.dial import Dialler
from citecheck.web.faults import Told, wants_another_protocol
from citecheck.web.http1 import Http1Connection
from citecheck.web.proxies import Proxy

ENDPOINTS = "citecheck.endpoints"
TRUSTED = "citecheck.trusted"
_CONNECT = 10.0  # seconds, where a request does not say
_KEPT = 8  # idle connections to one origin
_SILENT_TLS = "the server accepted the connection and then said nothing during the TLS handshake"


class OnlyHttp2(httpcore.ConnectError):
    """The server would not speak HTTP/1.1 alone (TLS alert 120)."""


class Line(httpcore.AsyncConnectionInterface):
    """A connection that is made with its first request. `http2`: it may turn out as such."""

    def __init__(
        self,
        origin: httpcore.Origin,
        dialler: Dialler,
        ssl_context: ssl.SSLContext,
        *,
        proxy: Proxy | None,
        http2: bool,
        expiry: float,
    ) -> None:
        self._origin = origin
        self._dialler = dialler
        self._ssl = ssl_context
        self._proxy = proxy
        self._http2 = http2
        self._expiry = expiry
        self._failed = False
        self._inner: httpcore.AsyncConnectionInterface | None = None
        # Without a tunnel the proxy itself is asked, by the whole address.
        self._forwards = proxy is not None and not proxy.socks and origin.scheme == b"http"

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        if self._inner is None:
            try:
                self._inner = await self._open(request)
            except BaseException:
                self._failed = True
                raise
        if not self._forwards:
            return await self._inner.handle_async_request(request)
        return await self._forwarded(self._inner, request)

    async def _open(self, request: httpcore.Request) -> httpcore.AsyncConnectionInterface:
        seconds = request.extensions.get("timeout", {}).get("connect") or _CONNECT
        if self._proxy is not None:
            stream = await self._through(self._proxy, seconds)
        else:
            stream = await self._dialler.to_host(
                self._origin.host.decode("ascii"),
                self._origin.port,
                request.extensions.get(ENDPOINTS, ()),
                bool(request.extensions.get(TRUSTED)),
                seconds,
            )
        if self._origin.scheme == b"https":
            stream = await self._secured(stream, seconds)
            tls = stream.get_extra_info("ssl_object")
            if tls is not None and tls.selected_alpn_protocol() == "h2":
                from citecheck.web.http2 import Http2Connection

                return Http2Connection(self._origin, stream, self._expiry)
        asked = self._origin
        if self._forwards and self._proxy is not None:
            asked = _origin_of(self._proxy)
        return Http1Connection(asked, stream, keepalive_expiry=self._expiry)

    async def _secured(
        self, stream: httpcore.AsyncNetworkStream, seconds: float
    ) -> httpcore.AsyncNetworkStream:
        self._ssl.set_alpn_protocols(["h2", "http/1.1"] if self._http2 else ["http/1.1"])
        name = self._origin.host.decode("ascii").rstrip(".")  # RFC 6066, 3: no dot at its end
        try:
            return await stream.start_tls(self._ssl, name, seconds)
        except httpcore.ConnectTimeout:
            raise Told(Fault(FaultKind.READ_TIMEOUT, _SILENT_TLS)) from None
        except httpcore.ConnectError as error:
            if not self._http2 and wants_another_protocol(error):
                raise OnlyHttp2(str(error)) from error
            raise

    async def _through(self, proxy: Proxy, seconds: float) -> httpcore.AsyncNetworkStream:
        try:
            stream = await self._dialler.to_proxy(proxy.host, proxy.port, seconds)
        except (httpcore.ConnectError, httpcore.ConnectTimeout):
            raise tunnels.ours(proxy, "cannot be reached") from None
        if proxy.scheme == "https":
            self._ssl.set_alpn_protocols(["http/1.1"])
            try:
                stream = await stream.start_tls(self._ssl, proxy.host, seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                raise tunnels.ours(proxy, "makes no secure connection") from None
        try:
            if proxy.socks:
                await tunnels.socks5(stream, proxy, self._origin.host, self._origin.port, seconds)
            elif not self._forwards:
                await tunnels.connect(stream, proxy, self._origin.host, self._origin.port, seconds)
        except BaseException:
            await stream.aclose()
            raise
        return stream

    async def _forwarded(
        self, inner: httpcore.AsyncConnectionInterface, request: httpcore.Request
    ) -> httpcore.Response:
        assert self._proxy is not None
        at = _origin_of(self._proxy)
        answer = await inner.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=at.scheme, host=at.host, port=at.port, target=bytes(request.url)
                ),
                headers=[*tunnels.authorization(self._proxy), *request.headers],
                content=request.stream,
                extensions=request.extensions,
            )
        )
        told = _proxys_own(self._proxy, answer)
        if told is not None:
            await answer.aclose()
            raise told
        return answer

    async def aclose(self) -> None:
        if self._inner is not None:
            await self._inner.aclose()

    def can_handle_request(self, origin: httpcore.Origin) -> bool:
        return origin == self._origin

    def is_available(self) -> bool:
        return self._inner is not None and self._inner.is_available()

    def has_expired(self) -> bool:
        return self._failed if self._inner is None else self._inner.has_expired()

    def is_idle(self) -> bool:
        return self._failed if self._inner is None else self._inner.is_idle()

    def is_closed(self) -> bool:
        return self._failed if self._inner is None else self._inner.is_closed()

    def info(self) -> str:
        return "connecting" if self._inner is None else self._inner.info()


class LinePool(httpcore.AsyncConnectionPool):
    """A httpcore pool of lines."""

    def __init__(
        self, make: Callable[[httpcore.Origin], httpcore.AsyncConnectionInterface], most: int
    ) -> None:
        super().__init__(max_connections=most, max_keepalive_connections=min(most, _KEPT))
        self._make = make

    def create_connection(self, origin: httpcore.Origin) -> httpcore.AsyncConnectionInterface:
        return self._make(origin)


def _origin_of(proxy: Proxy) -> httpcore.Origin:
    return httpcore.Origin(proxy.scheme.encode(), proxy.host.encode(), proxy.port)


def _proxys_own(proxy: Proxy, answer: httpcore.Response) -> Exception | None:
    """The trouble that a proxy tells of in an answer of its own: only a proxy says 407, and these
    headers mark its other errors (RFC 9209, Squid)."""
    if answer.status == 407:
        return tunnels.refusal(proxy, 407)
    if answer.status not in (502, 503, 504):
        return None
    headers: dict[bytes, Any] = {name.lower(): value for name, value in answer.headers}
    if b"x-squid-error" in headers or b"error=" in headers.get(b"proxy-status", b""):
        return tunnels.refusal(proxy, answer.status)
    return None
