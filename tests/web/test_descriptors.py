"""As many sockets as a run needs, where the system lets it have them."""

from __future__ import annotations

import asyncio
import ssl
import sys

import pytest

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.web.build import open_client
from citecheck.web.clock import SystemClock
from citecheck.web.descriptors import idle_connections, raised
from citecheck.web.transport import HostTransport
from standins.asking import QUICK
from standins.loopback import Table, page, saying, serving

if sys.platform == "win32":
    pytest.skip("no such limit", allow_module_level=True)

import resource

ENDLESS = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("limits", "now", "idle"),
    [
        ((1024, 1_048_576), 4096, 512),
        ((256, ENDLESS), 4096, 512),
        ((20_000, 20_000), 4096, 512),
        ((ENDLESS, ENDLESS), 4096, 512),
        ((256, 600), 600, 150),
        ((40, 40), 40, 16),
    ],
)
def test_the_soft_limit_is_raised(
    limits: tuple[int, int], now: int, idle: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = [limits]
    monkeypatch.setattr(resource, "getrlimit", lambda _: state[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, new: state.append(new))
    assert (raised(), idle_connections()) == (now, idle)
    assert state[-1][1] == limits[1], "the hard limit stays"


def test_where_it_may_not_be_raised_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int, __: tuple[int, int]) -> None:
        raise OSError

    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 4096))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert raised() == 256


def test_idle_connections_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citecheck.web.transport.idle_connections", lambda: 8)

    async def main() -> tuple[int, int, int]:
        async with serving(saying(page(b"x"))) as served:
            names = [f"h{i}.example" for i in range(40)]
            table = Table({name: [[("127.0.0.1", served.port)]] for name in names})
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            async with open_client(
                QUICK, resolver=table, clock=SystemClock(), ssl_context=tls
            ) as client:
                transport = client._http._transport
                assert isinstance(transport, HostTransport)
                most = well = 0
                for name in names:
                    answer = await client.fetch(Ask(f"http://{name}/"))
                    well += isinstance(answer, Exchange)
                    most = max(most, len(transport))
                return well, most, served.connections

    assert asyncio.run(main()) == (40, 6, 40)
