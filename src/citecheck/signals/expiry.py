# ruff: noqa: SIM905 - word lists are read best as words
"""Whether an address carries its own end: signed for a limited time that is over.

Amazon S3 (Signature V2: `Expires`; V4: `X-Amz-Date` with `X-Amz-Expires`), CloudFront (`Expires`
with `Key-Pair-Id`), Google Cloud Storage (`X-Goog-…`), Azure (`se` with `sig`), and the hexadecimal
times of content networks (`ex` with `hm`, `oe` with `oh`).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

from citecheck.signals.addresses import parts_of

_SIGNED = frozenset(
    (
        "signature sig sign token hmac hash md5 key-pair-id policy verify auth_key awsaccesskeyid "
        "googleaccessid st x-amz-signature hdnea e_sig wssecret"
    ).split()
)
_HEX = (("ex", "hm"), ("oe", "oh"))


def ran_out(url: str) -> datetime | None:
    """When an address stopped being valid by its own word (UTC); None where it says nothing."""
    pairs = parse_qsl(parts_of(url).query[:8000])
    given = {name.lower(): value for name, value in pairs}
    for prefix in ("x-amz-", "x-goog-"):
        if f"{prefix}date" in given:
            return _later(given[f"{prefix}date"], given.get(f"{prefix}expires", ""))
    if "se" in given and "sig" in given:
        return _iso(given["se"])
    for name, companion in _HEX:
        if companion in given and re.fullmatch(r"[0-9a-fA-F]{8}", given.get(name, "")):
            return _epoch(int(given[name], 16))
    for name in ("expires", "exp", "expiry", "e"):
        value = given.get(name, "")
        if given.keys() & _SIGNED and re.fullmatch(r"\d{10}", value):
            return _epoch(int(value))
    return None


def _later(start: str, seconds: str) -> datetime | None:
    try:
        begun = datetime.strptime(start, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return begun + timedelta(seconds=int(seconds[:9]))
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _epoch(seconds: int) -> datetime | None:
    # Ten digits or eight hexadecimal ones always fall within the years that datetime knows.
    return datetime.fromtimestamp(seconds, UTC) if 10**8 < seconds < 2 * 10**10 else None
