"""The words of the demonstration's pages, as shipped in `pages/`.

A file holds a title, a line with author and site (or the site alone), an empty line and paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from citecheck.demo.site import Answer, article


@dataclass(frozen=True, slots=True)
class Text:
    """One page's words; `author` is empty where an institution speaks for itself."""

    title: str
    author: str
    site: str
    paragraphs: tuple[str, ...]
    lang: str

    def answer(self, *, head: str = "", last: str = "") -> Answer:
        """The page as its site serves it; `last` is one more line below the text."""
        paragraphs = (*self.paragraphs, last) if last else self.paragraphs
        return article(
            self.title,
            paragraphs,
            site=self.site,
            byline=self.author,
            lang=self.lang,
            head=head,
        )


@cache
def text(name: str) -> Text:
    """The words of `pages/<name>.txt`."""
    file = resources.files("citecheck.demo").joinpath("pages", f"{name}.txt")
    title, by, *rest = file.read_text(encoding="utf-8").splitlines()
    author, _, site = by.replace("、", ", ").rpartition(", ")
    paragraphs = tuple(line for line in rest if line)
    return Text(title, author, site, paragraphs, "ja" if "、" in by else "en")


def paper() -> str:
    """The sample paper, Markdown."""
    return resources.files("citecheck.demo").joinpath("paper.md").read_text(encoding="utf-8")
