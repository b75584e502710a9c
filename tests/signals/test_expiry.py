"""Addresses that carry their own end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from citecheck.signals.expiry import ran_out
from standins.judged import cited, observed, said, verdict_on


@pytest.mark.parametrize(
    ("query", "end"),
    [
        ("X-Amz-Date=20220101T000000Z&X-Amz-Expires=3600", datetime(2022, 1, 1, 1, tzinfo=UTC)),
        ("X-Goog-Date=20220101T000000Z&X-Goog-Expires=60", datetime(2022, 1, 1, 0, 1, tzinfo=UTC)),
        ("Expires=1600000000&Signature=x&Key-Pair-Id=y", datetime(2020, 9, 13, 12, 26, 40, 0, UTC)),
        ("sv=2020&se=2022-01-01&sig=z", datetime(2022, 1, 1, tzinfo=UTC)),
        ("ex=61cf9980&is=61ce4800&hm=c", datetime(2022, 1, 1, tzinfo=UTC)),
        ("expires=1600000000", None),
        ("Expires=soon&Signature=x", None),
        ("X-Amz-Date=yesterday&X-Amz-Expires=1", None),
        ("se=never&sig=z", None),
        ("id=7", None),
    ],
)
def test_when_an_address_ends(query: str, end: datetime | None) -> None:
    assert ran_out(f"https://files.example/a.pdf?{query}") == end


def test_a_refused_address_that_is_past_its_end_has_expired() -> None:
    link = cited("https://files.example/a.pdf?Expires=1600000000&Signature=x", title="")
    denied = "<Error><Code>AccessDenied</Code><Message>Access denied</Message></Error>"
    xml = {"Content-Type": "application/xml"}
    for status in (403, 404):
        seen = observed(denied, link=link, status=status, headers=xml)
        assert said(verdict_on(seen, link=link)) == "blocked/link-expired"
    plain = cited("https://files.example/a.pdf", title="")
    seen = observed(denied, link=plain, status=403, headers=xml)
    assert said(verdict_on(seen, link=plain)) == "blocked/forbidden"
