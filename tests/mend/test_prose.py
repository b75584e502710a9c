"""What `mend` writes beside dead links in running text: Markdown, plain text and HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from standins.mending import dead_mended, mended

WAYBACK = "https://web.archive.org/web/20190316102030/"


def line(path: str, text: str, begin: str) -> str:
    """The line of the mended text that begins so."""
    return next(x for x in dead_mended(path, text).splitlines() if x.startswith(begin))


MARKDOWN = [
    (
        "bare, before the period",
        "Ann Ait, “A Title,” *The Paper*, May 3, 2018, https://example.org/a.",
        "Ann Ait, “A Title,” *The Paper*, May 3, 2018, https://example.org/a (archived March 16, "
        f"2019: {WAYBACK}https://example.org/a).",
    ),
    (
        "link beside link, brackets in the address",
        "Ann Ait, [A Title](https://example.org/a_(b)), accessed 3 May 2020.",
        "Ann Ait, [A Title](https://example.org/a_(b)) ([archived 16 March 2019]"
        f"(<{WAYBACK}https://example.org/a_(b)>)), accessed 3 May 2020.",
    ),
    (
        "angle brackets beside angle brackets",
        "Ann Ait, “A Title,” 2018. <https://example.org/a>",
        "Ann Ait, “A Title,” 2018. <https://example.org/a> (archived 2019-03-16: "
        f"<{WAYBACK}https://example.org/a>)",
    ),
    (
        "inside the brackets that hold the address alone",
        "Ann Ait, “A Title,” 2018 (https://example.org/a).",
        "Ann Ait, “A Title,” 2018 (https://example.org/a; archived 2019-03-16: "
        f"{WAYBACK}https://example.org/a).",
    ),
    (
        "what would be emphasis needs angle brackets",
        "Ann Ait, “A Title,” 2018, <https://example.org/_a_/*b*>.",
        "Ann Ait, “A Title,” 2018, <https://example.org/_a_/*b*> (archived 2019-03-16: "
        f"<{WAYBACK}https://example.org/_a_/*b*>).",
    ),
    (
        "an anchor gets Robust Links",
        'Ann Ait, <a href="https://example.org/a?b=1&amp;c=2">A Title</a>, accessed 3 May 2012.',
        'Ann Ait, <a href="https://example.org/a?b=1&amp;c=2"'
        ' data-originalurl="https://example.org/a?b=1&amp;c=2"'
        f' data-versionurl="{WAYBACK}https://example.org/a?b=1&amp;c=2"'
        ' data-versiondate="2012-05-03">A Title</a>, accessed 3 May 2012.',
    ),
]


@pytest.mark.parametrize(("what", "note", "wanted"), MARKDOWN, ids=[m[0] for m in MARKDOWN])
def test_markdown_has_the_copy_in_the_style_of_the_link(what: str, note: str, wanted: str) -> None:
    text = f"# A paper\n\nThe text of it, and the words of that.[^1]\n\n[^1]: {note}\n"
    assert line("a.md", text, "[^1]:") == f"[^1]: {wanted}"


def test_a_link_by_reference_is_mended_where_it_is_cited() -> None:
    text = 'Text.[^1]\n\n[^1]: Ann Ait, 2018, [at the site][s].\n\n[s]: https://example.org/a "T"\n'
    assert dead_mended("a.md", text) == text.replace(
        "[at the site][s]",
        f"[at the site][s] ([archived 2019-03-16]({WAYBACK}https://example.org/a))",
    )


def test_superscript_notes_and_table_cells() -> None:
    text = (
        "Text.<sup>1</sup> More.<sup>2</sup>\n\n<sup>1</sup> Ann Ait, “A,” 2018.\n\n"
        "<https://example.org/a>\n\n<sup>2</sup> Bo, <https://example.org/b>\n"
    )
    assert dead_mended("a.md", text).splitlines()[4] == (
        f"<https://example.org/a> (archived 2019-03-16: <{WAYBACK}https://example.org/a>)"
    )
    table = "| Note | Where |\n|---|---|\n| Ait | https://example.org/a |\n"
    assert dead_mended("a.md", table).splitlines()[2] == (
        f"| Ait | https://example.org/a (archived 2019-03-16: {WAYBACK}https://example.org/a) |"
    )


def test_broken_lines_get_a_line_of_their_own() -> None:
    text = (
        "Ein Aufsatz\n\nDas ist der Text, und er ist nicht lang.[1]\n\nAnmerkungen\n\n"
        "[1] Anna Maier, „Der Titel der Arbeit“, in: Zeitschrift für Dinge, 3. Mai 2010,\n"
        "    http://www.beispiel.de/arbeit.html, abgerufen am 2.4.2019, mit einer Anmerkung von\n"
        "    jemandem.\n"
    )
    assert dead_mended("a.txt", text) == text.replace(
        "arbeit.html, abgerufen",
        "arbeit.html\n    (archiviert am 16.3.2019: "
        f"{WAYBACK}http://www.beispiel.de/arbeit.html), abgerufen",
    )


LANGUAGES = [
    (
        "zh",
        "论文\n\n这是正文，说明了一些问题[1]。\n\n注释\n\n[1] 王某：《题目》，2018年3月5日，{}。\n",
        "（存档于2019年3月16日：{}）",
    ),
    (
        "zh-hant",
        "論文\n\n這是正文，說明了一些問題[1]。\n\n註釋\n\n[1] 王某：《題目》，{}。\n",
        "（存檔於2019年3月16日：{}）",
    ),
    (
        "fr",
        "Un texte\n\nLe texte est dans la langue de la France, et les notes aussi.[1]\n\nNotes\n\n"
        "[1] Anne Ait, « Un titre », 2018, {}, consulté le 3 mai 2019.\n",
        " (archivé le 16 mars 2019 : {})",
    ),
    (
        "ru",
        "Статья\n\nЭто текст статьи, и он не длинный, как и все в ней.[1]\n\nПримечания\n\n"
        "[1] Иванов И. Название // Журнал. 2018. {} (дата обращения: 01.04.2019).\n",
        " (архивировано 16.03.2019: {})",
    ),
    (
        "ja",
        "論文\n\nこれは本文です。いくつかの問題があります[1]。\n\n注\n\n[1] 山田太郎「題名」{}。\n",
        "（2019年3月16日アーカイブ：{}）",
    ),
    (
        "ko",
        "논문\n\n이것은 본문이다. 여러 문제가 있다.[1]\n\n주\n\n[1] 김철수, “제목,” {}.\n",
        " (2019년 3월 16일 보존됨: {})",
    ),
    (
        "es",
        "Un texto\n\nEl texto que está en la lengua de los que lo leen.[1]\n\nNotas\n\n"
        "[1] Ana Ait, “Un título”, 3 de mayo de 2018, {}.\n",
        " (archivado el 16 de marzo de 2019: {})",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "said"), LANGUAGES, ids=[x[0] for x in LANGUAGES])
def test_the_words_are_those_of_the_document(language: str, text: str, said: str) -> None:
    url = "http://www.example.org/a/1.html"
    wanted = text.format(url + said.format(WAYBACK + url))
    assert dead_mended("a.txt", text.format(url)) == wanted


def test_html_anchors_get_attributes_and_printed_addresses_words() -> None:
    text = (
        '<!DOCTYPE html><html lang="en"><body><p>Text<a href="#n1">1</a>, more<a href="#n2">2</a>'
        "</p>\n<ol><li id=n1>Ann Ait, <a class=x href='https://example.org/a?b=1&amp;c=2'>“A”</a>,"
        " 2010.</li>\n<li id=n2>Bo, “B”, https://example.org/b?x=1&amp;y=2.</li></ol></body></html>"
    )
    a, b = "https://example.org/a?b=1&amp;c=2", "https://example.org/b?x=1&amp;y=2"
    assert dead_mended("a.html", text) == text.replace(
        f"href='{a}'",
        f"href='{a}' data-originalurl='{a}' data-versionurl='{WAYBACK}{a}'"
        " data-versiondate='2019-03-16'",
    ).replace(b, f"{b} (archived 2019-03-16: {WAYBACK}{b})")


@pytest.mark.parametrize(
    "there",
    [
        "https://example.org/a, archived at https://perma.cc/AB12-CD34",
        "https://example.org/a [https://archive.ph/x1Y2z]",
        "https://web.archive.org/web/2010/http://www.example.org/a (was https://example.org/a)",
        "https://example.org/a, https://arquivo.pt/wayback/20100101000000/https://example.org/a",
    ],
)
def test_a_copy_that_is_there_stays_the_only_one(there: str) -> None:
    text = f"Text.[^1]\n\n[^1]: Ann Ait, “A Title,” 2018, {there}.\n"
    found = [r for r in mended("a.md", text).edits if "archive" not in r.wish.url]
    assert found == []


def test_code_and_comments_hold_no_citation() -> None:
    text = "Text.[^1]\n\n[^1]: `https://example.org/code` and <!-- https://example.org/c --> Ait.\n"
    assert dead_mended("a.md", text) == text


def test_every_encoding_is_kept(tmp_path: Path) -> None:
    text = "Text – so.[1]\r\n\r\nNotes\r\n\r\n[1] Ann Ait, “A,” 2018, https://example.org/a.\r\n"
    said = f" (archived 2019-03-16: {WAYBACK}https://example.org/a)"
    wanted = text.replace("org/a.", f"org/a{said}.")
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert mended("a.txt", text.encode(encoding)).data == wanted.encode(encoding), encoding


def test_what_the_encoding_cannot_say_is_refused() -> None:
    text = (
        '<html lang="zh"><body><p>Caf\xe9<a href="#n1">1</a></p>'
        "<ol><li id=n1>Ait, https://example.org/a.</li></ol></body></html>"
    )
    found = mended("a.html", text.encode("cp1252"))
    assert found.edits == ()
    assert found.data == text.encode("cp1252")
    assert [r.why for r in found.refusals] == [
        "its words cannot be written in the file's encoding (cp1252)"
    ]
