"""In which language a copy is spoken of: the document's, else the note's, else English."""

from __future__ import annotations

import pytest

from citecheck.mend.language import language_of, language_of_note
from standins.mending import dead_mended

WAYBACK = "https://web.archive.org/web/20190316102030/"
A = "https://example.org/a"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A a and b: v. 1, s. 2, z. 3, i. 4, o. 5 [^a] [^a] [^i] v v v a a a z z", ""),
        ("{{cite web |url=x |date=3 |de=1 |de=2}} {{de}} <p class='de het een van'>Word</p>", ""),
        ("The text of it, and that of the other; in this it is for the reader.", "en"),
        ("Der Text und das, was er sagt, ist nicht für die, die ihn mit dem anderen lesen.", "de"),
        ("|заголовок=Вещь {{cite web|url=https://example.org/|title=x}} Название вещи", "ru"),
        ("Статя про їжу та її вплив", "uk"),
        ("", ""),
    ],
    ids=["letters", "markup", "en", "de", "ru in templates", "uk", "empty"],
)
def test_the_language_is_told_by_words_alone(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "days", "language"),
    [
        ("Die Zeit, 3. März 2018", ("3. März 2018",), "de"),
        ("Le Monde, 3 mai 2018 (consulté le 4 mai 2018)", ("4 mai 2018",), "fr"),
        ("Le Monde, 3 mai 2018", ("3 mai 2018",), ""),
        ("山田太郎「題名」2018年5月4日閲覧", ("2018年5月4日",), "ja"),
        ("X, dostęp: 4.05.2018", ("4.05.2018",), "pl"),
        ("X, 2018-05-04", ("2018-05-04",), ""),
    ],
)
def test_a_note_tells_a_language_by_months_and_visits(
    text: str, days: tuple[str, ...], language: str
) -> None:
    assert language_of_note(text, days) == language


LIST = (
    "# Notes\n\nA[^a] b[^b] c[^c] d[^d].\n\n"
    "[^a]: Anne Dupont, « Un titre », *Le Monde*, 2018, {} (consulté le 4 mai 2018).\n"
    "[^b]: Anna Müller, „Ein Titel“, *Die Zeit*, 2018, {}, abgerufen am 4.5.2018.\n"
    "[^c]: Анна Иванова, «Заголовок», *Известия*, 2018, {} (дата обращения: 04.05.2018).\n"
    "[^d]: Ann Ait, “A Title,” *The Paper*, 2018, {}.\n"
)


def test_notes_of_a_list_in_many_languages_have_each_their_own() -> None:
    urls = [f"{A}/{n}" for n in "abcd"]
    said = ["archivé le 16 mars 2019 :", "archiviert am 16.3.2019:", "архивировано 16.03.2019:",
            "archived 2019-03-16:"]  # fmt: skip
    wanted = [f"{u} ({s} {WAYBACK}{u})" for u, s in zip(urls, said, strict=True)]
    assert dead_mended("a.md", LIST.format(*urls)) == LIST.format(*wanted)


@pytest.mark.parametrize("path", ["a.tex", "a.rst", "a.org", "a.adoc"])
def test_formats_without_a_reader_are_not_written(path: str) -> None:
    text = "Text.[1]\n\nNotes\n\n[1] Ann Ait, A Title, 2018, https://example.org/a\n"
    assert dead_mended(path, text) == text


def test_an_address_in_a_command_of_tex_is_left_alone() -> None:
    text = "Text.[1]\n\nNotes\n\n[1] Ann Ait, A Title, 2018, \\url{https://example.org/a}\n"
    assert dead_mended("a.txt", text) == text
