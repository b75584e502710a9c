"""The main text of a page and the digest it is recognised by."""

from __future__ import annotations

import pytest

from citecheck.text.main import MAX_EXTRACT, extractor_name, fingerprint, main_text, plain_text
from citecheck.text.masks import masked

STORY = (
    "In the winter of 1903 the harbour board of Ormsay hung a bell on the old pier. "
    "The keeper wrote down each stroke in a ledger with ruled columns, and no one read it. "
)


def shell(text: str, frame: str) -> str:
    return (
        f"<html><body><nav>{frame} navigation</nav><div class='ads'>{frame} advertisement</div>"
        f"<article><h1>The bell</h1><p>{text}</p><p>{STORY}</p><p>{STORY}</p></article>"
        f"<footer>{frame} footer</footer></body></html>"
    )


def test_the_frame_of_the_site_is_left_out() -> None:
    one = main_text(shell(STORY, "Old"))
    other = main_text(shell(STORY, "Redesigned"))
    assert "navigation" not in one.text
    assert fingerprint(one.text).sha256 == fingerprint(other.text).sha256


def test_a_page_without_an_article_has_the_text_of_its_body() -> None:
    found = main_text("<html><body><div>Its text.</div></body></html>")
    assert found.text == "Its text."
    assert found.extractor == extractor_name()


def test_a_page_too_large_for_the_extractor_says_so_in_its_name() -> None:
    words = " ".join(f"word{n}" for n in range(70_000))
    found = main_text(f"<html><body><main><p>{words}</p></main></body></html>")
    assert len(words) > MAX_EXTRACT
    assert found.extractor == extractor_name(large=True) != extractor_name()
    assert "word69999" in found.text


def test_scripts_and_styles_are_no_text() -> None:
    assert main_text("<script>alert(1)</script><style>p{}</style>").text == ""
    assert fingerprint("").sha256 == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Updated 5 minutes ago", "Updated 3 hours ago"),
        ("Last updated: 2026-11-22T10:00:33Z", "Last updated: 2027-01-02 08:15"),
        ("As of 22 November 2026, 10:33", "As of 3 May 2025, 9:01"),
        ("Nov 22, 2026 10:33 AM", "May 3, 2025 9:01 PM"),
        ("Stand: 22.11.2026 10:33 Uhr", "Stand: 03.05.2025 09:01 Uhr"),
        ("Sun Mar  1 12:00:00 2026", "Mon Apr 13 08:01:59 2026"),
        ("Sun, 01 Mar 2026 12:00:00 GMT", "Tue, 14 Apr 2026 03:09:10 GMT"),
        ("Sunday, March 1, 2026", "Friday, May 22, 2026"),
        ("build 1772366400", "build 1772452800"),
        ("You are visitor number 1,234", "You are visitor number 99"),
        ("2026年3月1日（日） 12:00", "2026年4月13日（月） 9:15"),
        ("发布时间：2026年11月22日 浏览次数：1234", "发布时间：2025年5月3日 浏览次数：99"),
        ("2026年11月22日 10時30分", "2025年5月3日 9時1分"),
        ("22 ноября 2026, 10:33", "3 мая 2025, 09:01"),
        ("il y a 3 heures", "il y a 12 minutes"),
        ("vor 5 Minuten", "vor 2 Tagen"),
        ("5 минут назад", "2 часа назад"),
        ("3分钟前", "2小时前"),
        ("1,234 views", "98.7k views"),
        ("Views: 1 234", "Views: 99"),
        ("12 comments", "131 comments"),
        ("조회수 123", "조회수 9,999"),
        ("Page generated in 0.123 seconds", "Page generated in 1.9 seconds"),
        ("Request ID: 7f3a-99c1-aa", "Request ID: 0b12-4c-77fe"),
        ("© 2025 The Gazette", "© 2026 The Gazette"),
        ("token 0123456789abcdef0123456789abcdef", "token ffffffff89abcdef0123456789abcde0"),
    ],
)
def test_what_changes_by_itself_changes_no_digest(one: str, other: str) -> None:
    assert one != other
    assert fingerprint(f"{STORY}{one}").sha256 == fingerprint(f"{STORY}{other}").sha256


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 the board counted 404 boats.",
        "World statistics 2023, page 12.",
        "The march of 40 days began.",
        "Section 3.2 has 5 parts.",
        "On Sunday the bell rang; in May it was silent.",
    ],
)
def test_numbers_that_are_content_are_kept(text: str) -> None:
    assert masked(text) == text


def test_an_edited_word_changes_the_digest() -> None:
    assert fingerprint(STORY).sha256 != fingerprint(STORY.replace("old", "new")).sha256


def test_plain_text_is_its_own_main_text() -> None:
    assert plain_text("one two").text == "one two"
    assert fingerprint("one two").words == 2
