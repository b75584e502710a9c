"""Pages of the world: articles in several frames, and the error pages of ordinary sites."""

from __future__ import annotations

import random
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from benchmarks.comparison.behaviour import Answer, Ask, Handler, Header
from benchmarks.comparison.prose import OPENINGS, SENTENCES

HTML: Header = ("Content-Type", "text/html; charset=utf-8")


def html(markup: str, status: int = 200, *headers: Header) -> Answer:
    """A page as it is written, in UTF-8."""
    return Answer(status, markup.encode(), (HTML, *headers))


def redirect(to: str, status: int = 302, *headers: Header) -> Answer:
    body = f'<html><body>Go <a href="{escape(to)}">here</a>.</body></html>'
    return Answer(status, body.encode(), (("Location", to), HTML, *headers))


def paragraphs(title: str, count: int = 6) -> list[str]:
    """Text about `title`, always the same for the same title: some 60 words a paragraph."""
    draw = random.Random(title)  # noqa: S311 - prose, not a secret
    order = draw.sample(SENTENCES, len(SENTENCES))
    subject = title.split(":", maxsplit=1)[0]
    made = [draw.choice(OPENINGS).format(s=subject)]
    made += [" ".join(order[4 * i : 4 * i + 4]) for i in range(count)]
    return [text.replace("{s}", subject) for text in made]


def text_of(title: str, count: int = 6) -> str:
    return "".join(f"<p>{escape(p)}</p>\n" for p in paragraphs(title, count))


def magazine(title: str, author: str = "Anna Lindqvist", head: str = "", inside: str = "") -> str:
    """An article as magazines print them: metadata in the head, navigation, article, footer."""
    t, a = escape(title), escape(author)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{t} | The Harbour Review</title>
<meta property="og:title" content="{t}"><meta property="og:type" content="article">
<meta name="author" content="{a}"><meta name="description" content="{t}, by {a}.">
{head}</head><body>
<header><a href="/">The Harbour Review</a>
<nav><a href="/issues">Issues</a> <a href="/essays">Essays</a> <a href="/about">About</a>
<a href="/account/login">Sign in</a> <a href="/subscribe">Subscribe</a></nav></header>
<main><article><h1>{t}</h1><p class="byline">By {a}, 14 May 2019</p>
{inside}{text_of(title)}</article></main>
<footer><p>We use cookies. <a href="/privacy">Privacy</a></p><p>The Harbour Review</p></footer>
</body></html>
"""


def old_page(title: str, author: str = "Anna Lindqvist", head: str = "") -> str:
    """A page as they were written by hand in 1999."""
    t = escape(title)
    return (
        f'<html><head><title>{t}</title>{head}</head><body bgcolor="#ffffff">\n'
        f"<center><h2>{t}</h2><i>{escape(author)}</i></center><hr>\n{text_of(title)}"
        '<hr><a href="index.html">Back</a> | <a href="mailto:web@here">Mail</a></body></html>\n'
    )


def journal(title: str, author: str = "Anna Lindqvist", doi: str = "") -> str:
    """An article's page as journals have them, with the metadata that scholars' tools read."""
    t, a = escape(title), escape(author)
    extra = f'<meta name="citation_doi" content="{escape(doi)}">' if doi else ""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{t} - Annals of Coastal Studies</title>
<meta name="citation_title" content="{t}"><meta name="citation_author" content="{a}">
<meta name="citation_journal_title" content="Annals of Coastal Studies">{extra}
</head><body><div id="header"><a href="/">Annals of Coastal Studies</a>
<form action="/search"><input name="q" type="search"></form></div>
<div id="content"><h1>{t}</h1><p>{a}</p><h2>Abstract</h2>{text_of(title, 3)}
<h2 id="methods">Methods</h2>{text_of(title + " (methods)", 3)}</div></body></html>
"""


def article(title: str, author: str = "Anna Lindqvist") -> Handler:
    page = magazine(title, author)
    return lambda ask: html(page)


def not_found(ask: Ask) -> Answer:
    """The usual, honest error page."""
    return html(
        '<!DOCTYPE html><html lang="en"><head><title>404 Not Found</title></head><body>'
        "<h1>Not Found</h1><p>The requested URL was not found on this server.</p></body></html>",
        404,
    )


def home(name: str) -> Handler:
    """A front page with teasers."""
    teasers = "".join(
        f'<li><a href="/essays/{n}">{escape(t)}</a><p>{escape(paragraphs(t, 1)[0])}</p></li>'
        for n, t in enumerate(("Salt Roads", "The Ferry Timetable", "A Winter Port"), 1)
    )
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(name)}</title>'
        f'</head><body><header><a href="/">{escape(name)}</a></header><main><h1>{escape(name)}</h1>'
        f"<ul>{teasers}</ul></main></body></html>"
    )
    return lambda ask: html(page)


def site(
    pages: Mapping[str, Handler], missing: Handler = not_found, front: Handler | None = None
) -> Handler:
    """A host: its pages by path (as people write them), its front page, and what it answers to
    any other path. robots.txt and the like are honestly missing unless they are among the pages."""
    known = {quote(path, safe="/%:@!$&'()*+,;=-._~"): handler for path, handler in pages.items()}
    known.setdefault("/", front or home("The Harbour Review"))

    def handle(ask: Ask) -> Answer:
        if ask.path in known:
            return known[ask.path](ask)
        if ask.path in ("/robots.txt", "/favicon.ico", "/sitemap.xml"):
            return not_found(ask)
        return missing(ask)

    return handle
