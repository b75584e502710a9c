"""Markup made safe to parse."""

from __future__ import annotations

import pytest

from citecheck.text.trim import MAX_ATTRIBUTES, MAX_DEPTH, shallow, without


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


@pytest.mark.parametrize("attribute", [" a{}", " a{}=1", " a{}='>'", ' a{} = ">"', "/a{}"])
@pytest.mark.parametrize("tag", ["<div", "</p"])
def test_a_tag_with_more_attributes_than_people_write_ends_the_page(
    attribute: str, tag: str
) -> None:
    flood = tag + "".join(attribute.format(i) for i in range(MAX_ATTRIBUTES + 1)) + ">"
    assert shallow(f"<p>seen</p>{flood}<p>unseen</p>") == "<p>seen</p>"


def test_attributes_are_counted_tag_by_tag() -> None:
    tag = "<p" + "".join(f" a{i}='x y z' b{i}" for i in range(MAX_ATTRIBUTES // 2)) + ">x</p>"
    assert shallow(tag * 20) == tag * 20


@pytest.mark.parametrize("bait", ['<a b="', "<a '", "<a b='x ", "<x y", " =", "< ", '<a b=">" '])
def test_reading_attributes_is_linear(bait: str) -> None:
    assert shallow("<p>x</p>" + bait * 400_000).startswith("<p>x</p>")
