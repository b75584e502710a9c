"""Foreign text and addresses made harmless."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from citecheck.reports.visible import day, http_target, stamp, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, 朝鲜 and é", "plain text, 朝鲜 and é"),
        ("\x1b[2J", "\\u001b[2J"),
        ("a\nb\tc", "a b c"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("a\ud800b", "a\\ud800b"),
        ("\ufffe\uffff\U0001ffff", "\\ufffe\\uffff\\u1ffff"),
        ("##[error]x", "#\\u0023[error]x"),
        ("####[x]", "###\\u0023[x]"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
    ],
)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("https://example.org/朝 鲜", "https://example.org/%E6%9C%9D%20%E9%B2%9C"),
        ("https://example.org/<b>\"'`|", "https://example.org/%3Cb%3E%22'%60%7C"),
        ("https://example.org/%20", "https://example.org/%20"),
        ("https://example.org/##[error]", "https://example.org/##%5Berror]"),
        ("javascript:alert(1)", ""),
        (" javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org/", ""),
        ("https:example.org", ""),
        ("https:///path", ""),
        ("https://bank.example@evil.example/", ""),
        ("https://[::1/", ""),
        ("https://press.example/?token=…", ""),
        ("https://example.org/\ud800", ""),
        ("https://example.org/\x1b]8;;", ""),
        ("https://example.org/a\nb", ""),
        ("", ""),
    ],
)
def test_http_target(url: str, target: str) -> None:
    assert http_target(url) == target


def test_stamp_is_utc_to_the_second() -> None:
    zone = timezone(timedelta(hours=-5))
    assert stamp(datetime(2026, 11, 21, 22, 14, 15, 7, zone)) == "2026-11-22T03:14:15Z"
    assert stamp(datetime(812, 1, 2, tzinfo=UTC)) == "0812-01-02T00:00:00Z"
    assert stamp(datetime(2026, 1, 2)) == "2026-01-02T00:00:00Z"  # noqa: DTZ001
    assert day(None) == ""
    assert day(datetime(2026, 11, 21, 22, 0, 0, 0, zone)) == "2026-11-22"
