"""Hosts and addresses that no archive hears of."""

from __future__ import annotations

import pytest

from citecheck.archives.candidate import Candidate
from citecheck.archives.eligible import NEVER_ASKED, barred, is_public
from citecheck.records.finding import State
from citecheck.records.link import Link
from standins.keeping import candidate


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("example.org", True),
        ("8.8.8.8", True),
        ("[2606:4700::1111]", True),
        ("localhost", False),
        ("intranet", False),
        ("printer.local", False),
        ("hidden.onion", False),
        ("10.1.2.3", False),
        ("0x7f.1", False),
        ("2130706433", False),
        ("[::1]", False),
        ("[::ffff:10.0.0.1]", False),
        ("[64:ff9b::a00:1]", False),
    ],
)
def test_public_hosts(host: str, public: bool) -> None:
    assert is_public(host) is public


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.org/?code=1", ""),
        ("https://example.org/?access_token=1", "has-secret"),
        ("https://example.org/#access_token=1", "has-secret"),
        ("https://archive.ph/abc", "archive-address"),
        ("https://archive.org/details/book", ""),
        ("http://[::1", "invalid-url"),
        ("http:///path", "invalid-url"),
        ("mailto:someone@example.org", "unsupported-scheme"),
    ],
)
def test_barred(url: str, why: str) -> None:
    assert barred(candidate(url)) == why
    assert why == "" or NEVER_ASKED[why]


def test_an_address_cited_with_a_password_is_told_to_no_archive() -> None:
    cited = Link("https://example.org/", credentials=True)
    assert barred(Candidate(cited, State.OK, "ok")) == "has-secret"
