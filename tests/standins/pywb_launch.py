"""Starts pywb with the names of a test web leading to one port on loopback: PORT SUFFIX then its
own arguments. It runs in a process of its own, since gevent patches all of it."""

from __future__ import annotations

import sys
from typing import Any


def main() -> None:
    from gevent import monkey  # type: ignore[import-untyped]

    monkey.patch_all()
    import socket

    port, suffix = int(sys.argv.pop(1)), sys.argv.pop(1)
    real = socket.getaddrinfo

    def look(host: Any, *more: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and name.endswith(suffix):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        if name and name not in ("127.0.0.1", "localhost"):
            raise socket.gaierror(f"{name} is not of the test's web")
        return real(host, *more, **named)

    socket.getaddrinfo = look
    from pywb.apps.cli import wayback  # type: ignore[import-untyped]

    wayback()


if __name__ == "__main__":
    main()
