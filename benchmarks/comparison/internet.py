"""The whole world at work, run inside a network namespace: names, certificates, servers.

    python -m benchmarks.comparison.internet FOLDER

FOLDER receives ca.pem (the world's authority), requests.jsonl, and the file `ready` when all is up.
Hosts have public addresses, routed to this machine within the namespace only: the checkers need no
leave for private networks, and an address that is private can be told from one that is not.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
from datetime import UTC, datetime
from pathlib import Path

import trustme
from benchmarks.comparison.behaviour import Certificate, Host, Reach
from benchmarks.comparison.paper import READING_LIST, reading_list
from benchmarks.comparison.resolver import Zone, serve_names
from benchmarks.comparison.server import Register, hold_silent, serve_host
from benchmarks.comparison.world.shelf import hosts

NETWORK = "93.184.0.0/16"
DEAD_V6 = "2a02:6b8:dead::1"
PRIVATE = "192.168.14.7"


def addresses(names: list[str]) -> dict[str, str]:
    """An address of its own for each name; a name that is an address keeps it."""
    given = {}
    for number, name in enumerate(sorted(names), 1):
        literal = name.replace(".", "").isdigit()
        given[name] = name if literal else f"93.184.{16 + number // 200}.{1 + number % 200}"
    return given


class Authority:
    """Issues what hosts show: by the world's own authority, or by one that nobody knows."""

    def __init__(self) -> None:
        self.known = trustme.CA(organization_name="Authority of the small world")
        self.unknown = trustme.CA(organization_name="Somebody")

    def context(self, host: Host) -> ssl.SSLContext | None:
        kind = host.certificate
        if kind is Certificate.NONE:
            return None
        authority = self.unknown if kind is Certificate.SELF_SIGNED else self.known
        name = "another-name.org" if kind is Certificate.OTHER_NAME else host.name
        past = datetime(2024, 3, 1, tzinfo=UTC) if kind is Certificate.EXPIRED else None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name, not_after=past).configure_cert(context)
        return context


async def run(folder: Path) -> None:
    everyone = {**hosts(), READING_LIST: Host(READING_LIST, reading_list())}
    where = addresses(list(everyone))
    authority = Authority()
    authority.known.cert_pem.write_to_path(str(folder / "ca.pem"))
    silent = {DEAD_V6: socket.AF_INET6}
    with (folder / "requests.jsonl").open("w", encoding="utf-8") as out:
        register = Register(out)
        for host in everyone.values():
            if host.reach is Reach.OPEN:
                await serve_host(host, where[host.name], authority.context(host), register)
            elif host.reach is Reach.SILENT:
                silent[where[host.name]] = socket.AF_INET
        kept = hold_silent(silent)
        await serve_names(Zone(everyone, where, DEAD_V6))
        (folder / "ready").touch()
        await asyncio.Event().wait()
        del kept


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
