# ruff: noqa: E501 - patterns and word lists are read best on one line
"""Where the redirects led: to the site's home page, to a shorter path, to another owner.

A deep address that ends at the root of its host or at a language's root (`/en/`, `/chn/`) is the
common way to hide a deletion; a search, a site map or a section that lies beside (`/archive`,
`/news`) are others; a shorter path alone is a weak sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.error_addresses import is_general_error
from citecheck.signals.no_results import is_search
from citecheck.signals.page import PageView
from citecheck.text.fold import fold, plain
from citecheck.urls.address import host_of, redact, registrable_domain

_HOME = re.compile(
    r"(?i)^/*(?:(?:[a-z]{2}(?:[-_][a-z]{2,4})?|chn|eng|web|www|home)/?)?(?:(?:index|default|home|main|welcome)\.[a-z]{2,5})?/*$"
)
_HOME_WORDS = re.compile(
    r"(?i)^/(?:[a-z]{2}(?:[-_][a-z]{2,4})?/)?"
    r"(?:home|homepage|index|main|start|startseite|accueil|inicio|inici|inicial|forside|etusivu|glavnaya)/?$"
)


# What is added on the way home: where from, in which language, after which error.
_ASIDE = re.compile(
    r"(?i)^(?:utm_\w+|from|ref|referr?er|source|src|lang|language|locale|hl|redirect(?:ed)?|error|err|notfound|404|"
    r"gclid|fbclid|_ga|mobile)="
)
_LISTS = re.compile(
    r"(?i)/(?:site-?_?map|plan-du-site|mapa-(?:del?-)?sitio|sitemap_?index)(?:\.[a-z]{2,5})?/?$"
)
# What sections are called: pages that list works and are none.
_SECTIONS = frozenset(
    fold(
        "archive archives archiv archivo archivio arquivo arhiv archiwum arkiv arkisto arsiv all articles article artikel articulos artigos articoli blog blogs news newsroom latest press "
        "presse prensa imprensa stampa aktuelles nachrichten neuigkeiten nieuws nyheter nyheder uutiset aktualnosci novinky haberler noticias actualites actualite notizie novosti stories posts magazine "
        "publications publication publikationen publicaciones publicacoes pubblicazioni reports resources library documents downloads media products product produkte produits productos produtos prodotti "
        "shop store catalog catalogue katalog catalogo services solutions projects projekte projets proyectos topics themes themen issues events veranstaltungen research explore discover browse "
        "categories category kategorien sections help support about contact новости архив статьи каталог публикации 新闻 资讯 文章 产品 ニュース 記事 アーカイブ 뉴스 기사"
    ).split()
)  # fmt: skip
_PLAIN = re.compile(r"[^\W\d_]{2,16}(?:-[^\W\d_]{2,12})?")


def redirect_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """Signs in the way from the cited address to the final one."""
    if not hops:
        return
    start, end = parts_of(link.url), parts_of(exchange.url)
    if is_home(start.path, start.query) or start.fragment.startswith(("!", "/")):
        return
    same_owner = registrable_domain(host_of(link.url)) == registrable_domain(host_of(exchange.url))
    deep = _deep(start.path, start.query)
    if same_owner and not is_search(link.url) and is_search(exchange.url):
        yield Signal("redirect-to-search", plain(redact(exchange.url), 160), Strength.STRONG)
    elif same_owner and _LISTS.search(end.path) and not _LISTS.search(start.path):
        yield Signal("redirect-to-sitemap", plain(redact(exchange.url), 160), Strength.STRONG)
    elif same_owner and is_general_error(exchange.url) and not is_general_error(link.url):
        yield Signal("redirect-to-error", plain(redact(exchange.url), 160), Strength.STRONG)
    if _leads_home(end.path, end.query) and (deep or same_owner):
        strength = Strength.DECISIVE if deep and same_owner else Strength.STRONG
        yield Signal("redirect-to-home", plain(redact(exchange.url), 160), strength)
    elif same_owner and _shorter(start.path, end.path) and not end.query:
        yield Signal("redirect-to-shorter", plain(redact(exchange.url), 160))
    elif same_owner and deep and (how := _section(start.path, end.path, end.query)):
        yield Signal("redirect-to-section", plain(redact(exchange.url), 160), how)
    if not same_owner:
        yield Signal("other-owner", registrable_domain(host_of(exchange.url)))


def is_home(path: str, query: str = "") -> bool:
    """Whether a path is the root of a host or of one of its languages, or an index page there."""
    return bool(_HOME.match(path) or _HOME_WORDS.match(path)) and not (query and "=" in query)


def _leads_home(path: str, query: str) -> bool:
    """As `is_home`, with what servers add about where a redirect came from."""
    return is_home(path) and all(_ASIDE.match(p) for p in query.split("&") if "=" in p)


def _section(start: str, end: str, query: str) -> Strength | None:
    """Whether a path from elsewhere on a site is that of a section: by its name (strong), or as one
    plain word that the cited address does not have."""
    places = [unquote(p) for p in end.split("/") if p]
    if not places or (query and not all(_ASIDE.match(p) for p in query.split("&"))):
        return None
    name = re.sub(r"\.(?:html?|php|aspx?|jsp)$", "", places[-1], flags=re.IGNORECASE)
    if len(places) > 1 and not _HOME.match(f"/{places[0]}/"):
        return None
    if len(places) > 2 or not _PLAIN.fullmatch(name) or fold(name) in fold(unquote(start)).split():
        return None
    return Strength.STRONG if fold(name) in _SECTIONS else Strength.SUPPORT


def _deep(path: str, query: str) -> bool:
    parts = [p for p in path.split("/") if p]
    # One short word (`/nytimes`, `/abc123`) to another host may be a shortened address.
    return (
        len(parts) >= 2
        or bool(query)
        or (len(parts) == 1 and ("." in parts[0] or len(parts[0]) > 12))
    )


def _shorter(start: str, end: str) -> bool:
    before = [p for p in start.split("/") if p]
    after = [p for p in end.split("/") if p]
    return len(after) < len(before) and before[: len(after)] == after
