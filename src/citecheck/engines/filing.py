"""From the end of a visit to the observation that is kept: bounded, plain, free of secrets."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import datetime

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.observation import Attempt, Body, Fault, FaultKind, Observation, Variant
from citecheck.text.fold import plain
from citecheck.urls.address import without_fragment
from citecheck.web.ladder import Climb

_MOST = 40
_LONGEST = 500
# What a verdict or a later visit can need. Never Set-Cookie, never anything of a login.
_KEPT = re.compile(
    r"age|cache-control|cf-(?:mitigated|ray|cache-status)|content-(?:disposition|encoding|language"
    r"|length|location|range|type)|date|etag|expires|last-modified|link|location|memento-datetime"
    r"|refresh|retry-after|server|via|www-authenticate"
    r"|x-(?:amz-cf-id|amzn-(?:errortype|requestid|waf-[\w-]+)|archive-[\w-]+|block[\w-]*|cache"
    r"|cdn|datadome[\w-]*|dd-[\w-]+|deny[\w-]*|iinfo|kpsdk-[\w-]+|page-cache|powered-by|px-[\w-]+"
    r"|ratelimit-[\w-]+|rl|robots-tag|sucuri-[\w-]+|vercel-[\w-]+|waf-[\w-]+|[\w-]+-waf)"
)


def kept_headers(exchange: Exchange) -> tuple[tuple[str, str], ...]:
    """The headers of an answer that matter: lower-case names, plain values, in order, bounded."""
    kept: list[tuple[str, str]] = []
    for key, value in exchange.headers:
        name = key.decode("latin-1").lower()
        if _KEPT.fullmatch(name) and len(kept) < _MOST:
            kept.append((name, plain(value[:4096].decode("utf-8", "replace"), _LONGEST)))
    return tuple(kept)


def media_type(exchange: Exchange) -> str:
    """The media type that the answer claims, without parameters."""
    return plain(exchange.header("content-type").partition(";")[0].strip().lower(), 100)


def body_of(exchange: Exchange) -> Body | None:
    """Size and digest of the decoded body; None where there is none to speak of."""
    if exchange.undecodable:
        return None
    return Body(
        size=len(exchange.content),
        sha256=hashlib.sha256(exchange.content).hexdigest(),
        truncated=bool(exchange.truncated),
    )


def filed(
    link: Link,
    climb: Climb,
    looked: Looked,
    *,
    body: Body | None,
    at: datetime,
    elapsed: float,
    variant: Variant | None = None,
) -> Observation:
    """The observation of a visit that ran to its end."""
    answer = climb.end if isinstance(climb.end, Exchange) else None
    spoken = answer or climb.partial
    bare = Observation(
        url=link.url,
        at=at,
        final_url=climb.final_url,
        hops=climb.hops,
        attempts=climb.attempts,
        elapsed=round(elapsed, 3),
        address=spoken.address if spoken else "",
        variant=variant,
    )
    if answer is None:
        assert isinstance(climb.end, Fault)
        return replace(bare, fault=climb.end)
    return replace(
        bare,
        status=answer.status,
        headers=kept_headers(answer),
        media_type=media_type(answer),
        body=None if climb.not_modified else body,
        page=looked.page,
        signals=looked.signals,
        sketch=looked.sketch,
        quotes_found=looked.quotes_found,
        not_modified=climb.not_modified,
    )


def asked_before(climb: Climb, first: datetime) -> Climb:
    """A visit to a name that does not exist, with the question of another visit as its first try:
    the name server said so at `first` already, and a name is the same for all its links."""
    if not isinstance(climb.end, Fault) or climb.end.kind is not FaultKind.DNS_NXDOMAIN:
        return climb
    if not climb.attempts:
        return climb
    own, begun = climb.attempts[-1], climb.attempts[0].at
    if begun - first <= own.at - begun:
        return climb  # its own tries are further apart
    return replace(climb, attempts=(replace(own, at=first), *climb.attempts))


def as_led(link: Link, climb: Climb) -> Link:
    """The link with the fragment that the redirects led to, where they name one of their own."""
    mine, led = link.url.partition("#")[2], climb.final_url.partition("#")[2]
    if mine == led:
        return link
    return replace(link, url=f"{without_fragment(link.url)}#{led}", fragments=())


def faulted(
    link: Link, fault: Fault, *, at: datetime, climb: Climb | None = None, elapsed: float = 0.0
) -> Observation:
    """The observation of a visit that was not made, or could not be finished on our side."""
    attempts: tuple[Attempt, ...] = climb.attempts if climb else ()
    return Observation(
        url=link.url,
        at=at,
        final_url=climb.final_url if climb else link.url,
        hops=climb.hops if climb else (),
        fault=fault,
        attempts=attempts,
        elapsed=round(elapsed, 3),
    )
