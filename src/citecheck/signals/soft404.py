"""Signs that a page with status 200 says "not found".

Decisive: the final or canonical address is that of an error page, or a framework's error shell is
what came. Strong: a title or first heading that says so and nothing else, a sentence of a page of
few words, the number 404 alone. The rest supports: the same in a second-rank heading or in more
words, `noindex`, hardly any text. A page whose cited address names 404 is about that number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.blocks import blocks_of
from citecheck.signals.error_addresses import is_error_address, speaks_of_errors
from citecheck.signals.error_answers import bare_answer, error_answer
from citecheck.signals.no_results import no_results
from citecheck.signals.page import PageView
from citecheck.signals.shells import STATUS_MESSAGE, shell_in, unwritten_in
from citecheck.signals.statements import opens_with_statement, statement_in
from citecheck.signals.told import number_alone, told, told_shortly
from citecheck.text.fold import fold, plain
from citecheck.text.shingles import tokens
from citecheck.urls.address import redact

THIN = 250
# Other codes that stand by themselves: a page about codes.
_CODES = frozenset(("400", "401", "403", "405", "410", "500", "502", "503"))
_FEW, _SMALL, _OPENING = 60, 160, 14
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")
# A number of its own; not a status, part of a code, a telephone's or an address's.
_FACT = re.compile(r"(?<![\w/.:#-])(?![45]\d\d\b)\d{2,4}(?![\w/:-])")
_NUMBER = re.compile(
    r"(?i)(?:http|error|errors|code|status|page|erreur|fehler|ошибка|помилка|错误|錯誤|エラー|오류)?[\s#:：]{0,3}(?:404|4\s0\s4)[\s.!:：]{0,3}"
    r"(?:error|errors|not found|page|ошибка|错误|エラー|오류)?"
)


def soft404_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """Signs of a disguised error page; of anything but HTML, only of an answer without a page."""
    free = not (speaks_of_errors(link.url) or _about_errors(link))
    if free:
        yield from error_answer(view, link)
        yield from bare_answer(view, link)
    if not view.parsed:
        return
    yield from _addresses(view, exchange, link)
    yield from _shells(view)
    slug = fold(unquote(parts_of(link.url).path))
    yield from _headings(view, slug, free=free)
    if view.main_words < THIN:
        # What says so of a part of the page says nothing of the page.
        parts = {heading for heading in view.h1 if _other_title(view, heading)}
        blocks = tuple(b for b in blocks_of(view.markup) if b not in parts)
        yield from _text(view, blocks, slug, free=free)
        yield from no_results(view, blocks, exchange, link)
    if "noindex" in " ".join(view.named("robots", "googlebot")).lower():
        yield Signal("noindex", "robots: noindex")
    if view.main_words < THIN:
        yield Signal("thin-page", f"{view.main_words} words")


def _about_errors(link: Link) -> bool:
    """Whether a cited title names the number 404, or is what an error page would say."""
    titles = [title for expected in link.expected for title in expected.titles]
    return any(re.search(r"(?<!\d)404(?!\d)", t) or told(t) or told_shortly(t) for t in titles)


def _shells(view: PageView) -> Iterator[Signal]:
    if name := shell_in(view.markup):
        yield Signal("error-shell", name, Strength.DECISIVE)
    if name := unwritten_in(view.markup):
        yield Signal("no-entry", name, Strength.DECISIVE)
    found = STATUS_MESSAGE.search(view.markup[:400_000])
    if found and (said := statement_in(found[1])):
        yield Signal("phrase-in-text", plain(said, 120), Strength.STRONG)
        yield Signal("error-shell", "a blog's message in place of posts", Strength.DECISIVE)


def _headings(view: PageView, slug: str, *, free: bool) -> Iterator[Signal]:
    number = free and _has_number(view)
    yield from _one_heading(view.title, "title", Strength.STRONG, slug, number, free)
    # A second-rank heading speaks for the page only where there is no first and little else.
    second = Strength.STRONG if not view.h1 and view.main_words < THIN else Strength.SUPPORT
    for strength, headings in ((Strength.STRONG, view.h1[:2]), (second, view.h2[:3])):
        for heading in headings:
            weight = Strength.SUPPORT if _other_title(view, heading) else strength
            signs = list(_one_heading(heading, "heading", weight, slug, number, free))
            if signs:
                yield from signs
                return


def _other_title(view: PageView, heading: str) -> bool:
    """Whether another first heading is what the page's title begins with: a player or a box of
    comments on the page may say of itself that it has nothing to show."""
    title = fold(view.title)
    others = (fold(h) for h in view.h1[:5] if h != heading)
    return any(" " in h and len(h) < len(title) and title.startswith(f"{h} ") for h in others)


def _one_heading(
    heading: str, kind: str, strength: Strength, slug: str, number: bool, free: bool
) -> Iterator[Signal]:
    said = told(heading)
    if said and not _names(slug, said):
        yield Signal(f"{kind}-phrase", plain(said, 120), strength if free else Strength.SUPPORT)
    elif free and number_alone(heading):
        yield Signal(f"{kind}-404", plain(heading, 80), strength)
    elif (short := told_shortly(heading)) and not _names(slug, short):
        yield Signal(f"{kind}-phrase", plain(short, 120), strength if number else Strength.SUPPORT)


def _text(view: PageView, blocks: tuple[str, ...], slug: str, *, free: bool) -> Iterator[Signal]:
    """What a page of few words says in its blocks."""
    size = sum(len(tokens(b)) for b in blocks)
    if not size or size > _SMALL:
        return
    # A heading counts as a whole: "Page not found: the web and its memory" is a work's title.
    headings = frozenset((*view.h1, *view.h2))
    whole = tuple(b for b in blocks if b not in headings or told(b))
    sign = _said(whole, slug, small=size <= _FEW, free=free)
    if sign is None:
        loose = (statement_in(b, loosely=True) for b in blocks)
        said = next((s for s in loose if s and not _names(slug, s)), "")
        sign = Signal("phrase-in-text", plain(said, 120)) if said else None
    if sign is not None:
        yield sign
        if fact := _own_fact(whole):
            yield Signal("own-facts", plain(fact, 120))
    if free and _number_in(blocks) and not _CODES & set(blocks):
        few = size <= _FEW // 2
        yield Signal("text-404", "404", Strength.STRONG if few else Strength.SUPPORT)


def _said(blocks: tuple[str, ...], slug: str, *, small: bool, free: bool) -> Signal | None:
    """The first block that says nothing but that the page is not there, in part or as a whole."""
    before = 0
    for block in blocks:
        if (said := statement_in(block) or told(block)) and not _names(slug, said):
            early = small or before <= _OPENING
            whole = bool(told(block)) or opens_with_statement(block)
            strength = Strength.STRONG if free and early and whole else Strength.SUPPORT
            return Signal("phrase-in-text", plain(said, 120), strength)
        before += len(tokens(block))
    return None


def _own_fact(blocks: tuple[str, ...]) -> str:
    """The first sentence beside the message that gives a year, a size, a shelf mark: a record of
    which a picture or a file is not there, not an error page."""
    sentences = (s for block in blocks for s in _SENTENCE.split(block))
    return next((s for s in sentences if _FACT.search(s) and not statement_in(s)), "")


def _number_in(blocks: tuple[str, ...]) -> bool:
    """Whether the number 404 stands by itself, in one block or a digit a block."""
    return (
        any(_NUMBER.fullmatch(b) for b in blocks if len(b) < 40)
        or " 4 0 4 " in f" {' '.join(b for b in blocks if len(b) == 1)} "
    )


def _has_number(view: PageView) -> bool:
    """Whether a page of few words shows the number 404."""
    return view.words <= _SMALL and bool(
        re.search(r"(?<![\d.])404(?!\d)", f"{view.title} {view.visible}")
    )


def _names(slug: str, said: str) -> bool:
    """Whether the cited address itself is named so: then this is the page's subject."""
    words = fold(said)
    return len(words) > 3 and f" {words} " in f" {slug} "


def _addresses(view: PageView, exchange: Exchange, link: Link) -> Iterator[Signal]:
    if is_error_address(link.url):
        return
    if is_error_address(exchange.url):
        yield Signal("error-address", plain(redact(exchange.url), 160), Strength.DECISIVE)
    for url in (view.canonical, *view.named("og:url")[:1]):
        if is_error_address(url):
            yield Signal("error-canonical", plain(redact(url), 160), Strength.DECISIVE)
            return
