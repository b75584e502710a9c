"""Starts pywb with the names of a test web leading to one port on loopback: PORT SUFFIX then its
own arguments. It runs in a process of its own, since gevent patches all of it."""

from __future__ import annotations

import importlib
import sys
from typing import Any


def main() -> None:
    # By name: neither is there where only the quick tests run, and types are checked there too.
    importlib.import_module("gevent.monkey").patch_all()
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
    importlib.import_module("pywb.apps.cli").wayback()


if __name__ == "__main__":
    main()
