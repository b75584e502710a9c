"""What changes by itself is cut out of a text, and the short cuts on the way hide nothing."""

from __future__ import annotations

import re

import pytest

from citecheck.text.masks import _PATTERNS, masked

LINES = (
    "Updated Sunday, 22 November 2026 at 10:30 GMT",
    "SUN MAR  1 12:00:00 UTC 2026",
    "Montag, den 2. März 2026",
    "1767225600 and 1767225600123",
    "2026-11-22T10:30:00.5Z",
    "2026年11月22日 10時30分, 2026년 11월 22일",
    "22.11.2026 11/22/2026 2026/11/22",
    "November 22nd, 2026; 22 de noviembre de 2026",
    "an hour ago, 3 часа назад, 2 giorni fa, 2 horas atrás",
    "vor einer Stunde, il y a 3 jours, hace un día",
    "3 分钟前, just now, 刚刚",
    "1,234 views; Views: 1234; visitor #12; comments (3)",
    "浏览次数：123, 조회수 123, 12 次浏览",
    "page generated in 0.12 seconds, request id: abcdef-1234",
    "Your IP: 192.0.2.1, downloaded from here by anybody",
    "123e4567-e89b-12d3-a456-426614174000 0123456789abcdef0123456789abcdef",
    "© 2019-2026, copyright 2026",
    "A bell told the tide to the harbour in 1912, and of 2019 nobody knew.",
)


@pytest.mark.parametrize("line", LINES)
def test_the_quick_part_of_a_pattern_never_hides_a_hit(line: str) -> None:
    expected = line
    for _, pattern in _PATTERNS:
        expected = pattern.sub(" ", expected)
    assert masked(line) == expected
    assert (masked(line) == line) is (line == LINES[-1])


@pytest.mark.parametrize("needs_and_pattern", _PATTERNS, ids=lambda p: p[1].pattern[:40])
def test_every_pattern_has_its_example(
    needs_and_pattern: tuple[re.Pattern[str], re.Pattern[str]],
) -> None:
    needs, pattern = needs_and_pattern
    hits = [line for line in LINES if pattern.search(line)]
    assert hits
    assert all(needs.search(line) for line in hits)
