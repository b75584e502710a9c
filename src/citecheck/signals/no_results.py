# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""A search without results where a page was cited: how some sites answer for what is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.page import PageView
from citecheck.text.fold import fold, plain
from citecheck.text.shingles import tokens

_SMALL = 160
_BESIDE = 4
_SENTENCES = re.compile(r"[.!?。！？\n]+(?:\s|$)")
# What was looked for: in quotation marks, or at the end.
_QUOTED = re.compile(r"[\"“”„«»‘’「『].{1,160}?[\"“”«»‘’」』]")
_WANTED = re.compile(r"\b(?:for|fur|pour|para|per|voor|dla|till|matching|mit|con|avec)\b.*")
_SEARCH_PATH = re.compile(
    r"(?i)/(?:search|suche|suchen|recherche|rechercher|buscar|busqueda|busca|pesquisa|pesquisar|ricerca|cerca|zoeken|sok|haku|szukaj|hledat|vyhledavani|kereses|arama|ara|cari|search[-_]results?|results?|find|sitesearch)(?:\.[a-z]{2,5})?/?$"
)
_SEARCH_QUERY = re.compile(r"(?i)(?:^|&)(?:s|q|query|search|searchword|keywords?|term|text)=")
# Of folded text: no letter has a mark (й is и there, ئ is ي).
_NONE = re.compile(
    r"(?<!\w)(?:no|0|zero) (?:search )?(?:results?|matches|hits|records?|items?|articles?|documents?|posts?|entries)(?: (?:were|was))?(?: (?:found|match(?:ed|ing)?|returned|available))?\b"
    r"|(?:your|the) search(?: for)?.{0,80} (?:did not match|did not return|returned no|returned 0|produced no|found no|yielded no)"
    r"|(?:we )?(?:could not|couldn t|did not|didn t) find (?:any|anything)|(?<!\w)nothing (?:found|matched)"
    r"|keine (?:such)?(?:ergebnisse|treffer)|ergab (?:leider )?keine|aucun resultat|aucune? (?:page|article|document)s? (?:ne correspond|trouve)|sin resultados|no se encontraron resultados|no hay resultados"
    r"|nenhum resultado|nao foram encontrados resultados|nessun risultato|non ha prodotto (?:alcun )?risultat|geen resultaten|niets gevonden|inga (?:resultat|traffar)|ingen (?:resultater|treff)|ei (?:(?:loytynyt|loydy|loydetty) )?(?:yhtaan )?(?:haku)?tulo(?:ksia|sta)"
    r"|(?<!\w)0 (?:treffer|ergebnisse|resultats?|resultados|risultati|resultaten|resultater|resultat|treff|traffar|osumaa|tulosta|wynikow|vysledku|vysledkov|talalat|rezultate|sonuc|результатов|наидено)\b"
    r"|brak wynikow|zadne vysledky|ziadne vysledky|nincs talalat|niciun rezultat|sonuc bulunamadi|(?:ничего|результатов) не наидено|не дал результат|(?:нічого|результатів) не знаидено|δεν βρεθηκαν αποτελεσματα|لا توجد نتايج|نتیجه ای یافت نشد|לא נמצאו תוצאות"
    r"|(?:没有|沒有|未)(?:找到|搜索到|检索到)?.{0,12}(?:结果|結果)|暂无(?:数据|结果)|検索結果 ?0 ?件|該当する.{0,12}(?:ありません|見つかりません)|검색 ?결과가 ?없습니다|khong tim thay ket qua|tidak ada hasil"
)


def no_results(
    view: PageView, blocks: tuple[str, ...], exchange: Exchange, link: Link
) -> Iterator[Signal]:
    """`no-results` where the page is a search that found nothing and the cited address is none."""
    if is_search(link.url) or sum(len(tokens(b)) for b in blocks) > _SMALL:
        return
    searching = is_search(exchange.url)
    said = next((b for b in (*view.h1[:2], *blocks) if _says_none(b, at_once=not searching)), "")
    if not said:
        return
    searched = searching or _calls_itself_search(view)
    yield Signal("no-results", plain(said, 120), Strength.STRONG if searched else Strength.SUPPORT)


def _says_none(block: str, *, at_once: bool) -> bool:
    """Whether a block says that nothing was found; `at_once`: in a sentence of its own, which names
    at most what was looked for ("no results of the first campaign were of use" is a finding)."""
    if len(block) >= 240:
        return False
    if not at_once:
        return bool(_NONE.search(fold(block)))
    texts = [fold(_QUOTED.sub(" ", sentence)) for sentence in _SENTENCES.split(block)]
    return any(
        _NONE.search(text) and len(_WANTED.sub(" ", _NONE.sub(" ", text)).split()) <= _BESIDE
        for text in texts
    )


def is_search(url: str) -> bool:
    """Whether an address is that of a search."""
    parts = parts_of(url)
    return bool(_SEARCH_PATH.search(parts.path) or _SEARCH_QUERY.search(parts.query))


def _calls_itself_search(view: PageView) -> bool:
    return any(
        re.search(
            r"\b(?:search(?: results?)?|suche|suchergebnisse?|resultats? (?:de|pour)|recherche|resultados|busqueda|pesquisa|risultati|zoekresultaten|sokresultat|поиск|результаты поиска)\b|搜索|搜尋|検索|검색",
            fold(heading),
        )
        for heading in (view.title, *view.h1[:2])
    )
