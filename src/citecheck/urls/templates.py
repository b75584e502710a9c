"""Templates of TimeMap addresses (RFC 7089), as the settings name them.

`{url}` stands for the page's address, as it is where it is part of the path (what archives expect),
percent-encoded where it is part of the query.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from citecheck.urls.address import (
    HTTP_SCHEMES,
    InvalidAddress,
    fetch_form,
    has_userinfo,
    host_of,
    scheme_of,
    without_fragment,
)
from citecheck.urls.archived import keeper_of
from citecheck.urls.archived_table import Standing

PLACE = "{url}"
_EXAMPLE = "such as https://arquivo.pt/wayback/timemap/link/{url}"


def templates(value: object) -> tuple[str, ...]:
    """The templates of a setting: a list, or a text with one a line; raises ValueError."""
    if isinstance(value, str):
        found = [word for word in value.split() if word]
    elif isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        found = [one.strip() for one in value]
    else:
        raise ValueError(f"a list of addresses {_EXAMPLE}")
    return tuple(dict.fromkeys(_template(one) for one in found))


def _template(text: str) -> str:
    if PLACE not in text and text.endswith(("/", "=")):
        text += PLACE
    before, _, after = text.partition(PLACE)
    whole = re.fullmatch(r"[\x21-\x7e]+", text) and text.count(PLACE) == 1
    if not whole or "#" in text or re.search(r"[{}]", before + after):
        raise ValueError(f"addresses with {PLACE} in them once, {_EXAMPLE}")
    try:
        host = host_of(fetch_form(before))
        begins = re.match(r"(?i)https?://[^/?]+[/?]", before)
        if scheme_of(before) not in HTTP_SCHEMES or begins is None:
            raise ValueError(f"http or https addresses {_EXAMPLE}")
    except InvalidAddress as fault:
        raise ValueError(f"addresses {_EXAMPLE} ({fault})") from None
    if has_userinfo(before) or not host:
        raise ValueError("addresses without user name and password")
    keeper = keeper_of(before)
    if keeper is not None and keeper.name == "wayback":
        raise ValueError("archives beside the Wayback Machine, which is asked first anyway")
    if keeper is not None and keeper.standing in (Standing.UNTRUSTED, Standing.GONE):
        raise ValueError(f"archives whose copies can be relied on (not {keeper.name})")
    return text


def filled(template: str, url: str) -> str:
    """The template with an address in its place (without the fragment, which no archive has)."""
    before, _, after = template.partition(PLACE)
    page = without_fragment(url)
    return before + (quote(page, safe="") if "?" in before else page) + after


def name_of(template: str) -> str:
    """What an archive is called: its usual name, else its host."""
    keeper = keeper_of(template)
    return keeper.name if keeper is not None else host_of(template).removeprefix("www.")
