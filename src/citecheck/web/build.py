"""Builds the polite client of a run from its settings."""

from __future__ import annotations

import ssl

import httpx

from citecheck.errors import SettingsError
from citecheck.records.ports import Clock, Recorder
from citecheck.settings import Settings
from citecheck.web.client import PoliteClient
from citecheck.web.guard import guard_of
from citecheck.web.proxies import DIRECT, Proxies, proxies_of
from citecheck.web.resolver import Resolver, SystemResolver, Unresolved


def open_client(
    settings: Settings,
    *,
    resolver: Resolver | None = None,
    ssl_context: ssl.SSLContext | None = None,
    clock: Clock,
    recorder: Recorder | None = None,
    inner: httpx.AsyncBaseTransport | None = None,
    proxies: Proxies | None = None,
) -> PoliteClient:
    """A client to be used as async context manager.

    `inner` replaces the network (a test's router): names are then not looked up unless a resolver
    is given too; the guard still judges what is seen. `proxies` None: those of the settings and the
    environment, but none where a resolver or a network of its own is given (a demonstration's).
    Raises SettingsError for networks, proxies or certificate files that cannot be read.
    """
    from citecheck.web.transport import HostTransport
    from citecheck.web.trust import default_context

    try:
        guard = guard_of(settings.allow_private, settings.allow_networks)
    except ValueError as error:
        raise SettingsError(f"allow_networks: {error}") from None
    if proxies is None:
        proxies = DIRECT
        if inner is None and resolver is None:
            try:
                proxies = proxies_of(settings.proxy, settings.trust_env)
            except ValueError as error:
                raise SettingsError(str(error)) from None
    transport = inner
    if transport is None:
        try:
            context = ssl_context or default_context()
        except OSError as error:
            raise SettingsError(
                f"the certificates cannot be read (SSL_CERT_FILE): {error}"
            ) from None
        transport = HostTransport(context, guard, http2=settings.http2, proxies=proxies)
    if resolver is None:
        resolver = Unresolved() if inner is not None else SystemResolver(clock)
    return PoliteClient(
        settings,
        transport=transport,
        resolver=resolver,
        guard=guard,
        clock=clock,
        recorder=recorder,
        proxies=proxies,
    )
