"""Which proxy a request goes through: the settings' or, unless told otherwise, the environment's.

`urllib.request.getproxies` reads the environment as everybody does: `http_proxy`, `https_proxy`,
`all_proxy`, `no_proxy` in either case, lower case first, `HTTP_PROXY` not where a web server could
have set it (CGI), and on Windows and macOS what the system is set to. An entry of `NO_PROXY` is a
name (with all names under it), an address, a network, any of them with a port, or `*`. The machine
itself is never asked for through a proxy, which would mean another machine by it.
"""

from __future__ import annotations

import ipaddress
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

SCHEMES = ("http", "https", "socks5", "socks5h")
_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
_SAID = "an address such as http://proxy.example:3128, https://… or socks5://…"


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where a proxy is; `auth` (name, password) is shown nowhere."""

    scheme: str
    host: str
    port: int
    auth: tuple[bytes, bytes] | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """The proxy as a person may read it, without credentials."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def socks(self) -> bool:
        return self.scheme.startswith("socks")


def parse(text: str) -> Proxy:
    """A proxy's address; raises ValueError with what it must be, never with what it was."""
    text = text.strip()
    if "://" not in text:
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(_SAID) from None
    if parts.scheme not in SCHEMES or not host or not re.fullmatch(r"[\x21-\x7e]+", host):
        raise ValueError(_SAID)
    auth = None
    if parts.username or parts.password:
        name, password = unquote(parts.username or ""), unquote(parts.password or "")
        auth = name.encode(), password.encode()
    if auth and parts.scheme.startswith("socks") and max(map(len, auth)) > 255:
        raise ValueError(_SAID)
    return Proxy(parts.scheme, host, port or _PORTS[parts.scheme], auth)


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies of a run by the scheme of what is asked, and who is asked without one.

    `system` asks the platform too who is exempt (Windows, macOS).
    """

    by_scheme: Mapping[str, Proxy] = field(default_factory=dict)
    exempt: tuple[str, ...] = ()
    system: bool = False

    def __bool__(self) -> bool:
        return bool(self.by_scheme)

    def of(self, scheme: str, host: str, port: int) -> Proxy | None:
        """The proxy to ask for this, or None: directly."""
        proxy = self.by_scheme.get(scheme)
        if proxy is None or here(host):
            return None
        if any(_exempt(entry, host, port) for entry in self.exempt):
            return None
        return None if self.system and proxy_bypass(host) else proxy


DIRECT = Proxies()


def proxies_of(proxy: str, trust_env: bool) -> Proxies:
    """From the settings, which win, or from the environment.

    Raises ValueError that names what cannot be read (without its value).
    """
    if proxy:
        try:
            one = parse(proxy)
        except ValueError as error:
            raise ValueError(f"proxy must be {error}") from None
        exempt = tuple(_entries(getproxies().get("no", ""))) if trust_env else ()
        return Proxies({"http": one, "https": one}, exempt)
    if not trust_env:
        return DIRECT
    said = getproxies()
    exempt = tuple(_entries(said.get("no", "")))
    found: dict[str, Proxy] = {}
    for scheme in ("http", "https"):
        for name in (scheme, "all"):
            if not said.get(name):
                continue
            try:
                found[scheme] = parse(said[name])
            except ValueError as error:
                raise ValueError(f"{name.upper()}_PROXY must be {error}") from None
            break
    system = not exempt and sys.platform in ("darwin", "win32")
    return Proxies(found, exempt, system)


def here(host: str) -> bool:
    """Whether a host is this machine by its very name or address."""
    host = host.strip("[]").rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _entries(text: str) -> list[str]:
    return [entry for entry in re.split(r"[\s,]+", text.lower()) if entry]


def _exempt(entry: str, host: str, port: int) -> bool:
    host = host.strip("[]").rstrip(".").lower()
    if entry == "*":
        return True
    entry = entry.partition("://")[2] or entry
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        pass  # one of them is a name
    name, colon, wanted = entry.rpartition(":")
    if colon and wanted.isdigit():
        if int(wanted) != port:
            return False
        entry = name
    entry = entry.strip("[]").removeprefix("*").strip(".")
    return bool(entry) and (host == entry or host.endswith(f".{entry}"))
