"""When two addresses are one page to an archive: http and https, with `www.` or without, whatever
fragment. Pure.

The index of the Wayback Machine folds letter case in paths as well; pages do not, so neither is it
done here.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from citecheck.urls.address import fetch_form

_WWW = re.compile(r"www\d*\.")
_PORTS = {"http": 80, "https": 443}


def page_of(url: str) -> str:
    """What the addresses of one page have in common; the address itself where it is none."""
    try:
        parts = urlsplit(fetch_form(url))
        port = parts.port
    except ValueError:
        return url
    host = _WWW.sub("", parts.hostname or "", count=1)
    place = "" if port in (None, _PORTS.get(parts.scheme)) else f":{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{place}{parts.path or '/'}{query}"
