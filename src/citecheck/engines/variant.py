"""What a second try by another way to write the address saw, as it is kept."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from citecheck.engines.filing import body_of, media_type
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.observation import Hop, Variant
from citecheck.urls.address import host_of
from citecheck.web.ladder import Climb

_log = logging.getLogger(__name__)
# look(exchange, link, hops): reads the final answer of a visit; pure, may take a while.
Look: TypeAlias = Callable[[Exchange, Link, tuple[Hop, ...]], Looked]
# aside(work, size): the result of CPU work on so many bytes, off the event loop where it is long.
Aside: TypeAlias = Callable[[Callable[[], Looked], int], Awaitable[Looked]]


async def variant_seen(link: Link, found: Climb, look: Look, aside: Aside) -> Variant | None:
    """The second try of a visit, looked at like any other; None where none was made."""
    if found.other is None:
        return None
    other, climb = found.other
    bare = Variant(other.kind, other.url, climb.final_url, climb.hops)
    end = climb.end
    if not isinstance(end, Exchange):
        return replace(bare, fault=end)
    asked = replace(link, url=other.url)
    try:
        looked = await aside(lambda: look(end, asked, climb.hops), len(end.content))
    except Exception as error:
        _log.warning("second try of %s: %s", host_of(other.url), type(error).__name__)
        return None
    return replace(
        bare,
        status=end.status,
        media_type=media_type(end),
        body=body_of(end),
        page=looked.page,
        signals=looked.signals,
    )
