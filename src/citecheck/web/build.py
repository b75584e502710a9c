"""Builds the polite client of a run from its settings."""

from __future__ import annotations

import ssl

import httpx

from citecheck.errors import SettingsError
from citecheck.records.ports import Clock, Recorder
from citecheck.settings import Settings
from citecheck.web.client import PoliteClient
from citecheck.web.guard import guard_of
from citecheck.web.resolver import Resolver, SystemResolver, Unresolved


def open_client(
    settings: Settings,
    *,
    resolver: Resolver | None = None,
    ssl_context: ssl.SSLContext | None = None,
    clock: Clock,
    recorder: Recorder | None = None,
    inner: httpx.AsyncBaseTransport | None = None,
) -> PoliteClient:
    """A client to be used as async context manager.

    `inner` replaces the network (a test's router): names are then not looked up unless a resolver
    is given too; the guard still judges what is seen. Raises SettingsError for networks or
    certificate files that cannot be read.
    """
    from citecheck.web.transport import HostTransport
    from citecheck.web.trust import default_context

    try:
        guard = guard_of(settings.allow_private, settings.allow_networks)
    except ValueError as error:
        raise SettingsError(f"allow_networks: {error}") from None
    transport = inner
    if transport is None:
        try:
            context = ssl_context or default_context()
        except OSError as error:
            raise SettingsError(
                f"the certificates cannot be read (SSL_CERT_FILE): {error}"
            ) from None
        transport = HostTransport(context, guard)
    if resolver is None:
        resolver = Unresolved() if inner is not None else SystemResolver(clock)
    return PoliteClient(
        settings,
        transport=transport,
        resolver=resolver,
        guard=guard,
        clock=clock,
        recorder=recorder,
    )
