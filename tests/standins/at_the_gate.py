"""A page at the browser's gate, as bytes: what it asks, and the whole of what comes back."""

from __future__ import annotations

import asyncio
import base64

from citecheck.browsing.gate import Gate, Pass


class Asking:
    """A page at the gate: what it asks, raw, and the whole of what comes back."""

    def __init__(self, gate: Gate, granted: Pass | None) -> None:
        self.gate = gate
        self.granted = granted

    @property
    def head(self) -> str:
        if self.granted is None:
            return ""
        pair = f"{self.granted.user}:{self.granted.secret}"
        return f"Proxy-Authorization: Basic {base64.b64encode(pair.encode()).decode()}\r\n"

    async def raw(self, text: str, then: bytes = b"") -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.gate.port)
        writer.write(text.encode() + then)
        try:
            async with asyncio.timeout(10):
                return await reader.read()
        finally:
            writer.close()

    async def get(self, url: str, *more: str) -> bytes:
        lines = "".join(f"{line}\r\n" for line in more)
        return await self.raw(f"GET {url} HTTP/1.1\r\nHost: x\r\n{self.head}{lines}\r\n")

    async def tunnel(self, place: str, then: bytes) -> bytes:
        return await self.raw(f"CONNECT {place} HTTP/1.1\r\n{self.head}\r\n", then)


def status(answer: bytes) -> str:
    return answer.partition(b"\r\n")[0].decode().split(" ")[1]
