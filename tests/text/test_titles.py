"""Which titles are one title: exact, shortened, mistyped, and the traps."""

from __future__ import annotations

import pytest

from citecheck.text.titles import compare, enough, informative, language, script

CITED = "The bell that told the tide on Ormsay pier"


@pytest.mark.parametrize(
    "seen",
    [
        CITED,
        CITED.upper(),
        f"{CITED} | The Islander Gazette",
        "The Bell that Told the Tide",
        "The bel that told the tide on Ormsay pier",
    ],
)
def test_the_same_title(seen: str) -> None:
    assert compare(CITED, seen).same


@pytest.mark.parametrize(
    ("cited", "seen"),
    [
        (CITED, "Forty new chairs for the summer garden"),
        ("World health statistics report 2019", "World health statistics report 2023"),
        ("Introduction", "Introduction to algorithms"),
        ("Climate change", "Page not found | Climate change portal"),
        ("", CITED),
    ],
)
def test_not_the_same_title(cited: str, seen: str) -> None:
    assert not compare(cited, seen).same


def test_titles_in_scripts_without_spaces() -> None:
    assert compare("您访问的历史资料", "您访问的历史资料_人民网").same
    assert not compare("您访问的历史资料", "今日天气预报与海浪").same


def test_letters_of_scripts_without_spaces_are_no_words() -> None:
    assert not compare("ช่างทอผ้าไหม", "ไม่พบหน้าที่คุณต้องการ").same
    assert compare("ช่างทอผ้าไหม", "ช่างทอผ้าไหม - ข่าวล้านนา").same
    assert compare("朝鲜半岛局势的演变与中国", "中国与朝鲜半岛局势的演变").same


def test_only_far_titles_contradict() -> None:
    assert compare(CITED, "Forty new chairs for the summer garden").score < 50
    assert compare(CITED, "A bell told the tide").score >= 50


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CITED, "latin"),
        ("Страница не найдена", "cyrillic"),
        ("MiG-29 戦闘機の歴史", "han"),
        ("페이지를 찾을", "hangul"),
        ("1903", ""),
    ],
)
def test_script(text: str, expected: str) -> None:
    assert script(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bell that told the tide on the pier", "en"),
        ("Die Glocke auf der alten Mole", "de"),
        ("Les cloches de la marée dans le port", "fr"),
        ("Tide tables", ""),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert language(text) == expected


def test_informative_words() -> None:
    assert informative("The Bell of the Tide (in Chinese)") == ["bell", "tide", "chinese"]
    assert enough("bell tide pier")
    assert not enough("The Introduction")
