from __future__ import annotations

import h11
import httpx
import pytest

from citecheck.records.observation import FaultKind
from citecheck.web.faults import fault_of


def parsed(answer: bytes) -> str:
    """What the parser says of an answer that it cannot read."""
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "a.example")]))
    connection.receive_data(answer)
    with pytest.raises(h11.RemoteProtocolError) as caught:
        connection.next_event()
    return str(caught.value)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\rSet-Cookie: sid=SECRET\r\n\r\n", "illegal header line"),
        (b"SECRET=1\r\n\r\n", "illegal status line"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "conflicting "),
    ],
)
def test_what_could_not_be_parsed_is_told_without_its_bytes(answer: bytes, told: str) -> None:
    fault = fault_of(httpx.RemoteProtocolError(parsed(answer)))
    assert fault.kind is FaultKind.PROTOCOL_ERROR
    assert fault.detail.startswith(told)
    assert "SECRET" not in fault.detail
