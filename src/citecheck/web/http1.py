"""HTTP/1.1 as httpcore speaks it, with bounds on what an answer may be cut into.

Interim answers (1xx; RFC 9110, 15.2) and chunks of one byte cost a server nothing, and a client all
its time: some 3,000 interim answers fit into one read and are worked on without a pause, so a few
such servers would hold up every other request of a run. Honest servers send one or two of the one,
and of the other, even where every character is written by itself, less than is allowed here.
"""

from __future__ import annotations

import h11
import httpcore

_INTERIM = 20  # interim answers before one answer
_PIECES = 50_000  # pieces of a body that are free of charge
_PER_PIECE = 16  # bytes of content that pay for one more


class Http1Connection(httpcore.AsyncHTTP11Connection):
    """Raises httpcore's RemoteProtocolError where an answer is a flood."""

    _interim = _pieces = _content = 0

    async def _receive_event(
        self,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's own)
    ) -> h11.Event | type[h11.PAUSED]:
        event = await super()._receive_event(timeout)
        if isinstance(event, h11.InformationalResponse):
            self._interim += 1
            if self._interim > _INTERIM:
                raise httpcore.RemoteProtocolError("a flood of interim answers")
        elif isinstance(event, h11.Response):
            self._interim = self._pieces = self._content = 0
        elif isinstance(event, h11.Data):
            self._pieces += 1
            self._content += len(event.data)
            if self._pieces > _PIECES + self._content // _PER_PIECE:
                raise httpcore.RemoteProtocolError("a body in pieces without end")
        return event

    async def _response_closed(self) -> None:
        """What follows an answer unasked would be taken for the answer to the next request."""
        if self._h11_state.trailing_data[0]:
            await self.aclose()
        else:
            await super()._response_closed()
