# ruff: noqa: SIM905 - word lists are read best as words
"""Whether the page is the work that is cited: identifiers first, then titles.

A match is easily believed; a mismatch must be certain, because a page that is in another language,
a container of the work or a list looks just as different. The rules: enough text, a cited title of
four informative words, the same script and the same language, no candidate above 50, none of the
title's words runs in the text, no author's name there, and no address that stands for a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import parse_qsl

from citecheck.records.link import Expected, Link
from citecheck.records.observation import PageFacts, Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.page import PageView
from citecheck.signals.redirects import is_home
from citecheck.signals.told import told
from citecheck.text.fold import fold, plain
from citecheck.text.shingles import SHINGLE, tokens
from citecheck.text.titles import compare, enough, informative, language, script

_SINGLE_WORKS = frozenset(
    "article article-journal article-magazine article-newspaper webpage post "
    "post-weblog report speech interview "
    "press-release".split()
)
_LIST_PATH = re.compile(
    r"(?i)/(?:search|suche|recherche|tags?|category|categories|topics?|archives?|browse|index|list|feed|author|issue|issues|toc|volume)(?:[/.]|$)"
)
_LIST_NAMES = frozenset(
    "q query s search page p keyword keywords term tag category start offset".split()
)
_LETTERED = ("han", "hangul", "thai")  # scripts whose tokens are single characters
_ALIKE = 70  # from here on a title is too much like the cited one to be called absent
_FOLDED = 200_000
_OPENING = 100_000
_SHINGLES = 100_000
_WORDS = 200_000


class _Shown:
    """What a page shows, in the forms in which titles and names are looked for: folding and
    splitting a long page costs more than all comparing, so each is done once, and when needed."""

    def __init__(self, view: PageView) -> None:
        self._visible = view.visible

    @cached_property
    def folded(self) -> str:
        return f" {fold(self._visible[:_FOLDED])} "

    @cached_property
    def opening(self) -> str:
        """As `folded`, of a shorter beginning."""
        if len(self._visible) <= _OPENING:
            return self.folded
        return f" {fold(self._visible[:_OPENING])} "

    @cached_property
    def _tokens(self) -> list[str]:
        return tokens(self._visible)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self._tokens[:_WORDS])

    @cached_property
    def _running(self) -> str:
        return f" {' '.join(self._tokens[: _SHINGLES + SHINGLE - 1])} "

    def has_run_of(self, title: str) -> bool:
        """Whether four words of a title follow each other in the text as well."""
        words = tokens(title)
        runs = (words[i : i + SHINGLE] for i in range(max(1, len(words) - SHINGLE + 1)))
        return any(f" {' '.join(run)} " in self._running for run in runs)


def match_signals(view: PageView, page: PageFacts | None, link: Link) -> Iterator[Signal]:
    """`doi-match`, `title-match`, else one sign of doubt; nothing where nothing is expected."""
    if page is None or not link.expected:
        return
    dois = {e.doi.lower() for e in link.expected if e.doi}
    if page.doi and page.doi in dois:
        yield Signal("doi-match", page.doi, Strength.DECISIVE)
        return
    best, shown = 0.0, _Shown(view)
    for expected in link.expected:
        for cited in expected.titles:
            for seen in _candidates(view, page):
                result = compare(cited, seen)
                best = max(best, result.score)
                if result.same and not _says_absent(view, seen, cited):
                    yield Signal("title-match", plain(seen, 160), Strength.DECISIVE)
                    return
                if result.score >= 70 and enough(cited) and _author_seen(shown, expected):
                    yield Signal(
                        "title-match", plain(f"{seen} (and the author)", 160), Strength.STRONG
                    )
                    return
    if any(_opens_text(shown, cited) for e in link.expected for cited in e.titles):
        yield Signal("title-match", "the cited title stands in the text", Strength.STRONG)
        return
    certain = best < 50 and all(_contradicted(view, shown, page, link, e) for e in link.expected)
    if certain and page.doi and dois:
        yield Signal("doi-differs", plain(page.doi, 120), Strength.DECISIVE)
    elif certain:
        yield Signal(
            "title-differs", plain(page.titles[0] if page.titles else "", 160), Strength.DECISIVE
        )
    elif any(e.titles for e in link.expected):
        yield _absent(view, shown, page, link, best)


def _says_absent(view: PageView, seen: str, cited: str) -> bool:
    """Whether what matches is no title of a work: it says that the page is not there, or is the
    site's own name over a heading that says so."""
    if told(cited):
        return False
    names = {fold(name) for name in view.named("og:site_name", "application-name")} - {""}
    headings = (view.title, *view.h1[:2], *view.h2[:3])
    return bool(told(seen)) or (fold(seen) in names and any(told(h) for h in headings))


def _absent(view: PageView, shown: _Shown, page: PageFacts, link: Link, best: float) -> Signal:
    """`title-absent`, strong where none of the title's words is in the page though it is written
    like one; `title-unclear` where what the page shows is too much like it to say so."""
    cited = [t for e in link.expected for t in e.titles]
    value = f"best similarity {best:.0f}"
    if best >= _ALIKE or any(_short_and_there(shown, t) for t in cited):
        return Signal("title-unclear", value)
    own = [e.title_original or e.title for e in link.expected]
    nowhere = all(_nowhere(view, shown, page, t) for t in own)
    translated = any(e.title_translated for e in link.expected)
    sure = nowhere and not translated and best < 50
    return Signal("title-absent", value, Strength.STRONG if sure else Strength.SUPPORT)


def _short_and_there(shown: _Shown, cited: str) -> bool:
    """Whether a title of so few words that nothing follows from them stands there word by word,
    or has nothing by which it could be told."""
    words = informative(cited)
    if not words:
        return True
    if enough(cited):
        return False
    if script(cited) in _LETTERED:
        return fold(cited) in shown.folded
    return all(word in shown.words for word in words)


def _nowhere(view: PageView, shown: _Shown, page: PageFacts, cited: str) -> bool:
    """Whether a page in a title's own script, and not known to be in another language, has none of
    its words (two at the least)."""
    text = view.main.text or view.visible
    spoken = {known for known in (language(cited), language(text)) if known}
    if page.language and language(cited):
        spoken.add(page.language[:2])
    return (
        enough(cited, 2)
        and script(cited) == script(text)
        and len(spoken) < 2
        and not shown.has_run_of(cited)
        and _share_in(cited, shown) <= (0.3 if script(cited) in _LETTERED else 0.0)
    )


def _candidates(view: PageView, page: PageFacts) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*page.titles, *view.h1[:5], *view.h2[:5])))


def _author_seen(shown: _Shown, expected: Expected) -> bool:
    names = (fold(a.split(",")[0]) for a in expected.authors)
    return any(len(name) > 2 and f" {name} " in shown.folded for name in names)


def _opens_text(shown: _Shown, cited: str) -> bool:
    """Whether a long title stands as it is in the text of the page."""
    return len(informative(cited)) >= 4 and f" {fold(cited)} " in shown.opening


def _contradicted(
    view: PageView, shown: _Shown, page: PageFacts, link: Link, expected: Expected
) -> bool:
    title = expected.title_original or expected.title
    if expected.title_translated and not expected.title_original:
        # What is printed may be a romanised form, which no page would show.
        return False
    text = view.main.text
    return (
        page.words >= 80
        and view.parsed
        and bool(page.titles)
        and (not expected.type or expected.type in _SINGLE_WORKS)
        and len(informative(title)) >= 4
        and not _stands_for_list(link)
        and script(title) == script(text)
        and _same_language(title, text, page.language)
        and not _author_seen(shown, expected)
        and not shown.has_run_of(title)
        and _share_in(title, shown) < 0.3
    )


def _same_language(title: str, text: str, declared: str) -> bool:
    """Known to be one language, by function words; never by the declaration alone."""
    spoken = language(title)
    return bool(spoken) and spoken == language(text) and (not declared or declared[:2] == spoken)


def _share_in(title: str, shown: _Shown) -> float:
    words = frozenset(informative(title))
    return len(words & shown.words) / len(words) if words else 1.0


def _stands_for_list(link: Link) -> bool:
    parts = parts_of(link.url)
    names = {name.lower() for name, _ in parse_qsl(parts.query)}
    return bool(
        parts.fragment
        or is_home(parts.path, parts.query)
        or _LIST_PATH.search(parts.path)
        or names & _LIST_NAMES
    )
