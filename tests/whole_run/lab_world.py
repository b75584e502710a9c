"""The same world for a network namespace with its own DNS and authority (`internet.py --world`).

Hosts that take no connection cannot be made there, and the library proxy has no host at all: those
cases are left out of `hosts`, which makes the first NXDOMAIN. `FINDINGS` is what the lab's run has
to find, `PAPER` the document to run it on.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from citecheck.demo.site import Certificate, Handler, Request, Site
from citecheck.records.observation import FaultKind
from whole_run.cases import DAYS, Case, document, expected
from whole_run.world_day import CASES as ALL

_NEVER = 3600.0


def _can(one: Case) -> bool:
    return not any(site.refuses for day in DAYS for site in one.sites(day).values())


CASES = tuple(one for one in ALL if _can(one))
PAPER = document(CASES)
FINDINGS = {day: expected(CASES, day) for day in DAYS}


def _sites(day: int) -> dict[str, Site]:
    return {host: site for one in CASES for host, site in one.sites(day).items()}


def hosts(day: int) -> dict[str, Callable[[Any], Any]]:
    """Host to handler, in the lab's own records."""
    known = {host: site.handler for host, site in _sites(day).items() if site.dns is None}
    return {host: _translated(handler) for host, handler in known.items() if handler}


def dns(day: int) -> dict[str, str]:
    """Names that fail otherwise than by not being there."""
    words = {FaultKind.DNS_FAILURE: "servfail", FaultKind.DNS_NXDOMAIN: "nxdomain"}
    return {host: words[site.dns] for host, site in _sites(day).items() if site.dns}


def tls(day: int) -> dict[str, str]:
    """Hosts with another certificate than a good one."""
    return {
        host: site.certificate.value
        for host, site in _sites(day).items()
        if site.certificate is not Certificate.VALID
    }


def _translated(handler: Handler) -> Callable[[Any], Any]:
    response = importlib.import_module("internet").Response

    def answer(asked: Any) -> Any:
        given = handler(
            Request(
                asked.method,
                asked.scheme,
                asked.host,
                asked.target,
                asked.headers,
                asked.body,
                asked.count,
            )
        )
        return response(
            status=given.status,
            body=given.body,
            headers=dict(given.headers),
            delay=_NEVER if given.silent else given.delay,
            reset=given.reset,
        )

    return answer


if __name__ == "__main__":
    sys.stdout.write(PAPER)
