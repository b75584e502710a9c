"""What HTTP/2 events of an answer mean: its status and headers, or the end of its stream.

Names and values are judged here as RFC 9113, 8.2.1, has it where a breach could forge a header;
other sloppiness of sites is passed over, as `h2` is told to do.
"""

from __future__ import annotations

from collections.abc import Iterable

import h2.events

from citecheck.web.frames import CODES, Broken


def reset_of(event: h2.events.StreamReset) -> Broken:
    """The error that a server's RST_STREAM is."""
    code = int(event.error_code or 0)
    why = CODES.get(code, "without a reason" if not code else f"error {code}")
    return Broken(f"the server reset the stream ({why})", untouched=code in (0x7, 0xD))


def head_of(pairs: Iterable[tuple[bytes, bytes]]) -> tuple[int, list[tuple[bytes, bytes]]]:
    """Status and headers of an answer; raises Broken."""
    status, headers = b"", []
    for name, value in pairs:
        if name == b":status":
            status = status or value
        elif not name.startswith(b":"):
            if not name or any(c <= 32 or c == 127 or c == 58 for c in name):
                raise Broken("a header name that is none")
            if any(c in value for c in b"\r\n\0"):
                raise Broken("a header with a line break in it")
            headers.append((name, value))
    if len(status) != 3 or not status.isdigit() or status < b"200":
        raise Broken("an answer without a status")
    return int(status), headers
