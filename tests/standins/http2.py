"""A server on loopback that speaks HTTP/2 over TLS, well or badly, else HTTP/1.1."""

from __future__ import annotations

import asyncio
import functools
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import hpack
import trustme
from hyperframe.frame import DataFrame, Frame, HeadersFrame, SettingsFrame

from standins.asking import NAME
from standins.loopback import page

OLD = page(b"over HTTP/1.1")


@functools.cache
def certificates() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context that prefers HTTP/2, and a client's that trusts it."""
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME).configure_cert(server)
    server.set_alpn_protocols(["h2", "http/1.1"])
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


@dataclass
class Talk:
    """One HTTP/2 connection on the server's side, after the client's preface."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    encoder: hpack.Encoder = field(default_factory=hpack.Encoder)

    async def send(self, *frames: Frame | bytes) -> None:
        for frame in frames:
            self.writer.write(frame if isinstance(frame, bytes) else frame.serialize())
        await self.writer.drain()

    def headers(self, *pairs: tuple[str, str], stream: int = 1, end: bool = False) -> Frame:
        frame = HeadersFrame(stream, self.encoder.encode(pairs or [(":status", "200")]))
        frame.flags.add("END_HEADERS")
        if end:
            frame.flags.add("END_STREAM")
        return frame

    def data(self, content: bytes, *, stream: int = 1, end: bool = False) -> Frame:
        frame = DataFrame(stream, content)
        if end:
            frame.flags.add("END_STREAM")
        return frame


Play = Callable[[Talk], Awaitable[None]]
Answer = tuple[Sequence[tuple[str, str]], bytes]


@dataclass
class Spoken:
    port: int = 0
    connections: list[str] = field(default_factory=list)  # the protocol of each
    asked: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


def answering(*answers: Answer) -> Callable[[Spoken], Play]:
    """A well-behaved server: one answer a request, the last one for all later ones."""

    def made(spoken: Spoken) -> Play:
        async def play(talk: Talk) -> None:
            config = h2.config.H2Configuration(client_side=False, header_encoding="utf-8")
            state = h2.connection.H2Connection(config)
            state.initiate_connection()
            await talk.send(state.data_to_send())
            state.receive_data(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
            bodies: dict[int, bytes] = {}
            while data := await talk.reader.read(65536):
                for event in state.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        bodies[event.stream_id] = b""
                        asked = dict(event.headers or [])
                        spoken.asked.append({str(k): str(v) for k, v in asked.items()})
                    elif isinstance(event, h2.events.DataReceived):
                        bodies[event.stream_id] += event.data or b""
                        state.acknowledge_received_data(
                            event.flow_controlled_length or 0, event.stream_id
                        )
                    elif isinstance(event, h2.events.StreamEnded):
                        spoken.bodies.append(bodies[event.stream_id])
                        head, body = answers[min(len(spoken.bodies), len(answers)) - 1]
                        await _say(state, talk, event.stream_id, head, body)
                await talk.send(state.data_to_send())

        return play

    return made


async def _say(
    state: h2.connection.H2Connection,
    talk: Talk,
    stream: int,
    head: Sequence[tuple[str, str]],
    body: bytes,
) -> None:
    state.send_headers(stream, head, end_stream=not body)
    while body:
        room = min(state.local_flow_control_window(stream), state.max_outbound_frame_size)
        if room <= 0:
            await talk.send(state.data_to_send())
            data = await talk.reader.read(65536)
            if not data:
                return
            state.receive_data(data)
            continue
        state.send_data(stream, body[:room], end_stream=room >= len(body))
        body = body[room:]


@asynccontextmanager
async def speaking(
    play: Play | Callable[[Spoken], Play], *, made: bool = False, settings: bool = True
) -> AsyncIterator[Spoken]:
    """Serve HTTP/2 by `play`; whoever speaks HTTP/1.1 gets `OLD`."""
    spoken = Spoken()
    act: Play = play(spoken) if made else play  # type: ignore[arg-type, assignment]

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tls = writer.get_extra_info("ssl_object")
        protocol = tls.selected_alpn_protocol() or "none"
        spoken.connections.append(protocol)
        try:
            if protocol != "h2":
                while await reader.readuntil(b"\r\n\r\n"):
                    writer.write(OLD)
                    await writer.drain()
            await reader.readexactly(24)
            talk = Talk(reader, writer)
            if not made and settings:
                await talk.send(SettingsFrame(0))
            await act(talk)
        except (asyncio.IncompleteReadError, OSError, ssl.SSLError, h2.exceptions.ProtocolError):
            pass
        except asyncio.CancelledError:
            pass  # the loop ends while the server waits
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0, ssl=certificates()[0])
    spoken.port = server.sockets[0].getsockname()[1]
    try:
        yield spoken
    finally:
        server.close()
