"""Numbered lists without a heading that are notes, and lists that are none."""

from __future__ import annotations

import pytest

from citecheck.readers.shelf import read

LIST = """\
1. Jane Roe, *Wheat* (Oxford: OUP, 1990), 4.
2. John Doe, "Ovens," https://loaf.example/ovens.
3. "Bread," *KCNA*, June 1, 2011.
"""


def labels(text: str, name: str = "p.md") -> list[tuple[str, int, int]]:
    return [(n.label, n.line, len(n.callouts)) for n in read(name, text.encode()).notes]


@pytest.mark.parametrize(
    "body",
    [
        "One.<sup>1</sup> Two.<sup>2</sup> Three.<sup>3</sup>",
        "One.¹ Two.² Three.³",
        "One.[1] Two [2]. Three [3].",
    ],
)
@pytest.mark.parametrize("name", ["p.md", "p.txt"])
def test_callouts_make_a_list_notes(body: str, name: str) -> None:
    if name == "p.txt" and "<" in body:
        name = ""
    expected = [("1", 5, 1), ("2", 6, 1), ("3", 7, 1)]
    assert labels(f"Words before.\n\n{body}\n\n{LIST}", name) == expected


def test_in_html() -> None:
    items = "".join(f"<li>{line[3:]}</li>\n" for line in LIST.splitlines())
    page = f"<html><body><p>One.<sup>1</sup> Two.<sup>2</sup></p>\n<ol>\n{items}</ol></body></html>"
    assert labels(page, "p.html") == [("1", 3, 1), ("2", 4, 1), ("3", 5, 0)]


def test_the_notes_of_two_chapters() -> None:
    chapter = f"One.¹ Two.²\n\n{LIST}\n"
    text = f"# A\n\n{chapter}# B\n\n{chapter}"
    assert [label for label, _, _ in labels(text)] == ["1", "2", "3", "1", "2", "3"]


@pytest.mark.parametrize("heading", ["**Notes**", "Notes:", "*Anmerkungen*", "## Sources & Notes"])
def test_a_paragraph_can_be_the_heading(heading: str) -> None:
    assert [label for label, _, _ in labels(f"Words.\n\n{heading}\n\n{LIST}")] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "text",
    [
        "Do this:\n\n1. Open https://a.example/1\n2. Close\n3. Go\n",
        "As in [1], do this:\n\n1. Open https://a.example/1\n2. Close\n3. Go\n",
        "**Note:**\n\n1. Open https://a.example/1\n2. Close\n3. Go\n",
        "1. Open https://a.example/1\n2. Close\n3. Go\n\nIt is known.¹ It is so.²\n",
    ],
)
def test_other_lists_are_none(text: str) -> None:
    (only,) = read("p.md", text.encode()).notes
    assert only.text == "Open https://a.example/1"


def test_a_list_beside_real_notes() -> None:
    text = "One.<sup>1</sup>\n\n1. Do this.\n\n<sup>1</sup> Jane Roe, *Wheat* (Oxford, 1990).\n"
    assert labels(text) == [("1", 5, 1)]
