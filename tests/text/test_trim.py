"""Markup made safe to parse."""

from __future__ import annotations

import pytest

from citecheck.text.trim import MAX_DEPTH, shallow, without


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a<script>b</script>c", "a c"),
        ("a<SCRIPT src=x>b</Script >c", "a c"),
        ("a<!-- b --><p>c", "a<p>c"),
        ("a<script>b", "a "),
        ("a<!-- b", "a"),
        ("<scripted>kept</scripted>", "<scripted>kept</scripted>"),
        ("<style>x</style><svg><path/></svg>y", "  y"),
    ],
)
def test_without(markup: str, expected: str) -> None:
    assert without(markup) == expected


def test_shallow_cuts_where_nesting_passes_the_limit() -> None:
    deep = "<div>" * (MAX_DEPTH + 5) + "x"
    assert shallow(deep) == "<div>" * MAX_DEPTH


def test_many_elements_beside_each_other_are_not_deep() -> None:
    wide = "<div><p>x<br><li>y</div>" * 2000
    assert shallow(wide) == wide
