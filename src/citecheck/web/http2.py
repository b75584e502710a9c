"""One HTTP/2 connection (RFC 9113) as a connection of a `httpcore` pool, one stream at a time.

A host is asked few things at once, so there is nothing to multiplex; alone on its connection, an
answer that stalls, floods or is broken off touches no other, and one that is not read to its end
closes the connection, as over HTTP/1.1. What is kept in memory is bounded by the window that the
server is given. Reports its events under httpcore's names (`http2.send_request_headers.started`).
"""

from __future__ import annotations

import enum
import time
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from typing import Any

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import h2.settings
import httpcore

from citecheck.web.frames import CODES, Broken, Flood, Frames
from citecheck.web.http2_events import head_of, reset_of

WINDOW = 1 << 20  # octets that a server may send before they are read
_READ = 16_384
_LEFT_LYING = 0.05  # seconds to read what came while the connection was idle
_NOT_SENT = frozenset(
    {b"connection", b"host", b"keep-alive", b"proxy-connection", b"te", b"transfer-encoding",
     b"upgrade"}
)  # fmt: skip
_Codes = h2.settings.SettingCodes


class _State(enum.Enum):
    NEW, ACTIVE, IDLE, CLOSED = range(4)


class Http2Connection(httpcore.AsyncConnectionInterface):
    """Speaks HTTP/2 on a stream whose TLS handshake chose it. Raises Broken."""

    def __init__(
        self, origin: httpcore.Origin, stream: httpcore.AsyncNetworkStream, keepalive_expiry: float
    ) -> None:
        self._origin = origin
        self._stream = stream
        self._expiry = keepalive_expiry
        self._expire_at = 0.0
        self._state = _State.NEW
        self._frames = Frames()
        self._h2 = h2.connection.H2Connection(
            h2.config.H2Configuration(client_side=True, validate_inbound_headers=False)
        )

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        if self._state not in (_State.NEW, _State.IDLE):
            raise httpcore.ConnectionNotAvailable()
        used, self._state = self._state is _State.IDLE, _State.ACTIVE
        times = request.extensions.get("timeout", {})
        try:
            if used:
                await self._take_up(times)
            else:
                await self._begin(times)
            stream = await self._ask(request, times)
            status, headers = await self._answer(request, stream, times)
        except (Broken, httpcore.NetworkError) as error:
            await self._close()
            if used and request.method in (b"GET", b"HEAD"):
                # It was closed while nobody looked: the pool makes another one.
                raise httpcore.ConnectionNotAvailable() from error
            raise
        except BaseException:
            await self._close()
            raise
        return httpcore.Response(
            status,
            headers=headers,
            content=_Content(self, stream, times),
            extensions={"http_version": b"HTTP/2", "network_stream": self._stream},
        )

    async def _begin(self, times: dict[str, float | None]) -> None:
        self._h2.local_settings = h2.settings.Settings(
            client=True,
            initial_values={
                _Codes.ENABLE_PUSH: 0,
                _Codes.INITIAL_WINDOW_SIZE: WINDOW,
                _Codes.MAX_CONCURRENT_STREAMS: 100,
                _Codes.MAX_HEADER_LIST_SIZE: 65_536,
            },
        )
        # Some sites refuse a setting that RFC 9113 tells them to ignore.
        del self._h2.local_settings[_Codes.ENABLE_CONNECT_PROTOCOL]
        self._h2.initiate_connection()
        self._h2.increment_flow_control_window(WINDOW - 65_535)
        await self._flush(times)

    async def _take_up(self, times: dict[str, float | None]) -> None:
        """Look at what came since the last answer: the end of the connection, most often."""
        self._frames.again()
        if self._stream.get_extra_info("is_readable"):
            try:
                await self._receive({**times, "read": _LEFT_LYING})
            except httpcore.ReadTimeout:
                raise Broken("the idle connection is in the middle of something") from None
        if self._frames.goaway is not None:
            raise Broken("the server takes no more requests here", untouched=True)

    async def _ask(self, request: httpcore.Request, times: dict[str, float | None]) -> int:
        fields = {name.lower(): value for name, value in request.headers}
        content = int(fields.get(b"content-length", b"0")) > 0 or b"transfer-encoding" in fields
        headers = [
            (b":method", request.method),
            (b":authority", fields[b"host"]),
            (b":scheme", request.url.scheme),
            (b":path", request.url.target),
            *((k.lower(), v) for k, v in request.headers if k.lower() not in _NOT_SENT),
        ]
        await _tell(request, "http2.send_request_headers.started")
        try:
            stream = self._h2.get_next_available_stream_id()
            self._h2.send_headers(stream, headers, end_stream=not content)
        except h2.exceptions.ProtocolError as error:
            raise Broken(f"the request is not taken ({error})", untouched=True) from error
        await self._flush(times)
        await _tell(request, "http2.send_request_headers.complete")
        if content:
            await self._send(request, stream, times)
        return stream

    async def _send(
        self, request: httpcore.Request, stream: int, times: dict[str, float | None]
    ) -> None:
        assert isinstance(request.stream, AsyncIterable)
        try:
            async for part in request.stream:
                left = part
                while left:
                    room = min(
                        self._h2.local_flow_control_window(stream), self._h2.max_outbound_frame_size
                    )
                    if room <= 0:
                        if any(self._mine(await self._receive(times), stream)):
                            raise Broken("an answer before the request was sent")
                        continue
                    self._h2.send_data(stream, left[:room])
                    left = left[room:]
                    await self._flush(times)
            self._h2.end_stream(stream)
        except h2.exceptions.ProtocolError as error:
            raise Broken(str(error)) from error
        await self._flush(times)

    async def _answer(
        self, request: httpcore.Request, stream: int, times: dict[str, float | None]
    ) -> tuple[int, list[tuple[bytes, bytes]]]:
        self._waiting: list[h2.events.Event] = []
        while True:
            events = self._mine(await self._receive(times), stream)
            for i, event in enumerate(events):
                if isinstance(event, h2.events.ResponseReceived):
                    self._waiting = events[i + 1 :]
                    await _tell(request, "http2.receive_response_headers.complete")
                    return head_of(event.headers or [])
                if isinstance(event, h2.events.StreamReset):
                    raise reset_of(event)
            away = self._frames.goaway
            if away is not None and (away.last < stream or away.code):
                why = CODES.get(away.code, "the server takes no requests")
                raise Broken(why, untouched=away.last < stream or away.code in (0xC, 0xD))

    async def content(
        self, stream: int, times: dict[str, float | None]
    ) -> AsyncGenerator[bytes, None]:
        """The body as it comes; raises Broken where it is cut off."""
        events = self._waiting
        while True:
            for event in events:
                if isinstance(event, h2.events.DataReceived):
                    self._acknowledge(event, stream)
                    if event.data:
                        yield event.data
                elif isinstance(event, h2.events.StreamReset):
                    raise reset_of(event)
                elif isinstance(event, h2.events.StreamEnded):
                    await self._finish()
                    return
            await self._flush(times)
            events = self._mine(await self._receive(times), stream)

    def _acknowledge(self, event: h2.events.DataReceived, stream: int) -> None:
        if event.flow_controlled_length:
            try:
                self._h2.acknowledge_received_data(event.flow_controlled_length, stream)
            except (h2.exceptions.ProtocolError, ValueError) as error:
                raise Broken(str(error)) from error

    async def _finish(self) -> None:
        if self._frames.goaway is not None:
            return await self._close()
        self._state = _State.IDLE
        self._expire_at = time.monotonic() + self._expiry
        return None

    def _mine(self, events: list[h2.events.Event], stream: int) -> list[h2.events.Event]:
        return [e for e in events if getattr(e, "stream_id", None) == stream]

    async def _receive(self, times: dict[str, float | None]) -> list[h2.events.Event]:
        data = await self._stream.read(_READ, times.get("read"))
        if not data:
            away = self._frames.goaway
            code = CODES.get(away.code, "") if away else ""
            raise Broken(f"the server hung up {code}".strip())
        try:
            events: list[h2.events.Event] = self._h2.receive_data(self._frames.feed(data))
        except Flood as error:
            raise Broken(str(error)) from error
        except Exception as error:  # hostile bytes: hpack and hyperframe have errors of their own
            raise Broken(f"{type(error).__name__} {error}".strip()) from error
        await self._flush(times)
        return events

    async def _flush(self, times: dict[str, float | None]) -> None:
        data = self._h2.data_to_send()
        if data:
            await self._stream.write(data, times.get("write"))

    async def _close(self) -> None:
        self._state = _State.CLOSED
        await self._stream.aclose()

    async def aclose(self) -> None:
        await self._close()

    def can_handle_request(self, origin: httpcore.Origin) -> bool:
        return origin == self._origin

    def is_available(self) -> bool:
        return self._state is _State.IDLE

    def has_expired(self) -> bool:
        return self._state is _State.IDLE and time.monotonic() > self._expire_at

    def is_idle(self) -> bool:
        return self._state is _State.IDLE

    def is_closed(self) -> bool:
        return self._state is _State.CLOSED

    def info(self) -> str:
        return f"HTTP/2, {self._state.name}"


class _Content:
    """The body of an answer; the pool closes it. Not read to its end, it leaves no connection."""

    def __init__(
        self, connection: Http2Connection, stream: int, times: dict[str, float | None]
    ) -> None:
        self._connection: Http2Connection | None = connection
        self._parts = connection.content(stream, times)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._parts:
            yield part
        self._connection = None  # it may have taken up the next request already

    async def aclose(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await self._parts.aclose()
            await connection.aclose()


async def _tell(request: httpcore.Request, event: str) -> None:
    trace: Any = request.extensions.get("trace")
    if trace is not None:
        await trace(event, {})
