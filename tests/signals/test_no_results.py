"""A search without results, and a search with some."""

from __future__ import annotations

import pytest

from citecheck.signals.look import look
from standins.exchanges import answered
from standins.judged import HTML, URL, cited

SEARCH = "https://press.example/search?q=tide"


def kinds(title: str, text: str) -> set[str]:
    markup = f"<title>{title}</title><main><h1>{title}</h1><p>{text}</p></main>"
    return {s.kind for s in look(answered(SEARCH, 200, markup.encode(), HTML), cited(), ()).signals}


@pytest.mark.parametrize(
    "text",
    [
        "No results found.",
        "0 results",
        'Haulla "tide" ei löytynyt tuloksia.',
        "Ei tuloksia",
        "0 osumaa",
        "Ihre Suche ergab 0 Treffer",
        "Se han encontrado 0 resultados",
        "0 результатов",
        "По вашему запросу ничего не найдено",
        "Нічого не знайдено",
        "لا توجد نتائج",
        "検索結果0件",
    ],
)
def test_nothing_was_found(text: str) -> None:
    assert "no-results" in kinds("Search", text)


@pytest.mark.parametrize(
    "text",
    [
        "10 results found",
        "1,240 records",
        "Piano records of the tide mill",
        "20 Treffer",
        "Se han encontrado 30 resultados",
        "1040 tulosta, 200 osumaa",
        "Casino articles of 1903",
    ],
)
def test_something_was_found(text: str) -> None:
    assert "no-results" not in kinds("Search", text)


def test_a_finding_is_no_search() -> None:
    text = "Keine Ergebnisse der ersten Kampagne waren brauchbar; erst 1998 gelang die Färbung."
    markup = (
        f"<title>Recherche im Karst</title><main><h1>Recherche im Karst</h1><p>{text}</p></main>"
    )
    found = look(answered(URL, 200, markup.encode(), HTML), cited(), ()).signals
    assert "no-results" not in {s.kind for s in found}


def test_a_search_at_the_cited_address() -> None:
    text = "Search results for: bell told tide. No results found for bell told tide."
    markup = f"<title>Search results</title><main><h1>Search</h1><p>{text}</p></main>"
    found = look(answered(URL, 200, markup.encode(), HTML), cited(), ()).signals
    assert "no-results" in {s.kind for s in found}
