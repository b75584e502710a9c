# ruff: noqa: E501 - patterns are read best on one line
"""Addresses that are those of error pages: `/404`, `/error?code=404`, `/seite-nicht-gefunden`.

Only whole path segments and whole query pairs count: an article about errors has such words within a
longer segment.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote

from citecheck.signals.addresses import parts_of
from citecheck.text.fold import fold

_END = r"(?:\.(?:html?|aspx?|php|jsp|jspx|do|shtml|cfm|action))?/?$"
_SEGMENT = re.compile(
    r"(?i)/(?:404|(?:http|status|code|err|error|errors|page|pagina|seite|fehler|erreur)[-_.]?404|404[-_.]?(?:error|errors|page|seite|not[-_]?found|notfound|status|html?)?|"
    r"(?:page|file|content|article|document|item|record|resource|url|site|error|err)?[-_.]?not[-_.]?found(?:[-_.]?(?:page|error|404))?|notfound404|"
    r"(?:page|content|article)[-_](?:does[-_]not[-_]exist|doesnt[-_]exist|missing|unavailable|removed|deleted|gone)|missing[-_]page|"
    r"(?:errors?|err|status|http)/(?:404|not[-_]?found))" + _END
)  # fmt: skip
# The same in other languages, with spaces for what sets words off.
_NAMED = frozenset(
    fold(name)
    for name in (
        "seite nicht gefunden", "nicht gefunden", "fehler 404", "page non trouvee", "page introuvable", "non trouve", "erreur 404", "pagina no encontrada",
        "no encontrado", "no encontrada", "pagina no existe", "pagina nao encontrada", "nao encontrado", "nao encontrada", "erro 404", "pagina non trovata", "non trovato", "non trovata", "errore 404",
        "pagina niet gevonden", "niet gevonden", "sidan hittades inte", "sidan finns inte", "hittades inte", "side ikke funnet", "siden finnes ikke", "side ikke fundet", "siden findes ikke", "ikke funnet", "ikke fundet",
        "sivua ei loydy", "sivua ei loytynyt", "strona nie znaleziona", "nie znaleziono", "nie znaleziono strony", "blad 404", "stranka nenalezena", "nenalezeno", "stranka nenajdena", "chyba 404", "stranica nije pronadena",
        "oldal nem talalhato", "nem talalhato", "pagina negasita", "pagina nu exista", "sayfa bulunamadi", "bulunamadi", "halaman tidak ditemukan", "khong tim thay", "khong tim thay trang", "stranitsa ne najdena", "stranica ne najdena",
        "страница не найдена", "ошибка 404", "сторінку не знайдено", "页面不存在", "页面未找到", "ページが見つかりません", "페이지를 찾을 수 없습니다", "pagina no trobada", "lk ei leitud", "lehte ei leitud", "puslapis nerastas", "lapa nav atrasta",
    )
)  # fmt: skip
_ERROR_PATH = re.compile(
    r"(?i)/(?:errors?|err|errorpage|error[-_.]page|customerrors?|httperror|http[-_]error|exception|fehler|erreur|oops|sorry)"
    + _END
)
_CODE_NAMES = frozenset(
    ["code", "error", "errorcode", "error_code", "err", "errcode", "status", "statuscode", "status_code", "httpcode", "http_status", "e", "type", "msg", "message", "reason"]
)  # fmt: skip
_SUBJECT = re.compile(
    r"(?i)(?<!\d)404(?!\d)|not[-_]?found|exceptions?(?![a-z])|(?<![a-z])errors?(?![a-z])|status[-_]?codes?|link[-_]?rot|(?<![a-z])(?:erreur|fehler|ошибк)"
)
_CODE = re.compile(
    r"(?i)^(?:http[-_ ]?)?(?:error[-_ ]?)?(?:404|410|not[-_ ]?found|page[-_ ]?not[-_ ]?found|notfound|not[-_ ]?exist|deleted|expired|gone)$"
)


def is_error_address(url: str) -> bool:
    """Whether an address says that it is the one of a not-found page."""
    try:
        parts = parts_of(url)
        path = unquote(parts.path)
        if _SEGMENT.search(path) or _named(path):
            return True
        told = [
            name.lower()
            for name, value in parse_qsl(parts.query, max_num_fields=40)
            if _CODE.match(value.strip())
        ]
    except ValueError:
        return False
    if any(name in ("404", "error404") for name in told):
        return True
    if _ERROR_PATH.search(path):
        return any(name in _CODE_NAMES for name in told) or _asks_404(parts.query)
    return any(name in ("error", "errorcode", "error_code", "err", "errcode") for name in told)


def is_general_error(url: str) -> bool:
    """Whether an address is that of a page for errors of any kind (`/error.html`)."""
    return bool(_ERROR_PATH.search(unquote(parts_of(url).path)))


def speaks_of_errors(url: str) -> bool:
    """Whether a cited address itself names the number 404, errors or the like: its page is about
    that."""
    parts = parts_of(url)
    return bool(
        _SUBJECT.search(unquote(parts.path))
        or re.search(r"(?i)(?:^|[=/_-])404(?:$|[&/_-])", parts.query)
    )


def _asks_404(query: str) -> bool:
    """As IIS hands on what was asked: `/error.aspx?404;https://…`."""
    return bool(re.match(r"(?i)404(?:[;&=]|$)", query))


def _named(path: str) -> bool:
    last = path.rstrip("/").rpartition("/")[2]
    name = re.sub(r"\.[A-Za-z]{2,5}$", "", last)
    return fold(name) in _NAMED
