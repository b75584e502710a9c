"""A loopback web for whole-run tests, from a table of hosts and how they behave.

It is the demonstration's own server with its resolver and authority: real sockets, real TLS, no
name of the program replaced. A handler is `Request -> Answer` (status, headers, body, delay, reset,
silent); names in no table do not exist.

    async with loopback_web({"fine.example": lambda r: page("Fine", "<p>text</p>")}) as web:
        ...  # web.resolver and web.ssl_context go to the client, web.seen lists what was asked
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from citecheck.demo.server import SmallWeb
from citecheck.demo.site import Certificate, Handler, Site
from citecheck.records.observation import FaultKind


def loopback_web(
    hosts: Mapping[str, Handler],
    *,
    dns: Mapping[str, FaultKind] | None = None,
    tls: Mapping[str, Certificate] | None = None,
    refusing: Iterable[str] = (),
) -> SmallWeb:
    """The web of `hosts`; `dns` are names whose look-up fails in a given way, `tls` hosts with
    another certificate than a good one, `refusing` hosts that take no connection."""
    shown = tls or {}
    sites = {
        host: Site(handler, shown.get(host, Certificate.VALID)) for host, handler in hosts.items()
    }
    sites |= {host: Site(dns=kind) for host, kind in (dns or {}).items()}
    sites |= {host: Site(refuses=True) for host in refusing}
    return SmallWeb(sites)
