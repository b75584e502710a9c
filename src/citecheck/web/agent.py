"""The name under which the program asks; no browser is impersonated (RFC 9110, 10.1.5)."""

from __future__ import annotations

import re

from citecheck import __version__

PROJECT = "https://github.com/citecheck/citecheck"


def user_agent(contact: str) -> str:
    """The User-Agent; the contact is cut down to what a header can hold."""
    said = re.sub(r"[^\x21-\x27\x2a-\x7e ]+", "", contact).strip()[:200]
    return f"citecheck/{__version__} (+{PROJECT}{'; ' + said if said else ''})"
