# ruff: noqa: E501 - phrases are facts, read best on one line
"""A server's error of its own that comes with a good status: the database is away, a script broke.

Known by a whole title or first heading of a page that says hardly anything else, by its whole text,
or by what that begins with. A page that explains the error, or whose address names it, is none. The
site may be back at the next visit, as after a status of 500, so this is no soft 404.
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
from citecheck.signals.page import PageView
from citecheck.signals.statements import statement_in
from citecheck.text.fold import fold, plain
from citecheck.text.shingles import tokens

_FEW, _HARDLY, _TRACE = 120, 12, 400
_LARGEST = 2_000  # characters of an answer for programs
_CODE = re.compile(
    r"\"(?:status|code|statusCode|status_code|errorCode|error_code)\"\s{0,9}:\s{0,9}\"?5\d\d\b"
)
_SAID = frozenset(
    fold(phrase)
    for phrase in (
        "Internal Server Error", "500 Internal Server Error", "HTTP 500 Internal Server Error", "500 Server Error", "Error 500", "HTTP Error 500",
        "Service Unavailable", "503 Service Unavailable", "503 Service Temporarily Unavailable", "502 Bad Gateway", "Bad Gateway",
        "504 Gateway Time-out", "504 Gateway Timeout", "Gateway Time-out", "Gateway Timeout", "502 Proxy Error", "Proxy Error",
        "Database Error", "Database connection error", "Database connection failed", "Error establishing a database connection",
        "Could not connect to the database", "Could not connect to database", "Unable to connect to the database", "Unable to connect to database",
        "There has been a critical error on this website", "There has been a critical error on your website", "The website encountered an unexpected error",
        "The website encountered an unexpected error. Please try again later.", "Application error", "Runtime Error", "Server Error in '/' Application", "Server Error in Application",
        "Fehler beim Aufbau einer Datenbankverbindung", "Datenbankfehler", "Interner Serverfehler", "Erreur lors de la connexion à la base de données", "Erreur interne du serveur",
        "Error al establecer una conexión con la base de datos", "Error interno del servidor", "Erro ao estabelecer uma conexão com o banco de dados", "Erro interno do servidor",
        "Errore nello stabilire una connessione al database", "Errore interno del server", "Fout bij het maken van een verbinding met de database", "Interne serverfout",
        "Błąd podczas łączenia się z bazą danych", "Wewnętrzny błąd serwera", "Chyba při navazování spojení s databází", "Ошибка установки соединения с базой данных", "Внутренняя ошибка сервера",
        "Server Error", "Service Temporarily Unavailable", "Gateway error", "No healthy upstream", "Whitelabel Error Page", "We're sorry, but something went wrong",
        "Oops! An Error Occurred", "An Error Occurred: Internal Server Error", "Error", "Fatal error", "Site error", "WordPress Error", "The service is unavailable", "An error has occurred", "An unexpected error has occurred", "Something went wrong", "Web server is down",
        "Serverfehler", "Dienst nicht verfügbar", "Es ist ein Fehler aufgetreten", "Erreur serveur", "Service indisponible", "Service temporairement indisponible", "Servicio no disponible", "Serviço indisponível", "Servizio non disponibile", "Сервис недоступен", "Сервис временно недоступен", "Ошибка сервера",
        "服务不可用", "服务暂时不可用", "系统错误", "系统发生错误", "内部服务器错误", "サービスは利用できません", "内部サーバーエラー", "サーバーエラー", "서버 오류", "내부 서버 오류",
        "Veritabanı bağlantısı kurulurken bir hata oluştu", "خطأ في الاتصال بقاعدة البيانات", "建立数据库连接时出错", "数据库连接错误", "服务器内部错误", "データベース接続確立エラー", "サーバー内部エラー", "데이터베이스 연결 오류",
    )
)  # fmt: skip
_BEGINS = re.compile(
    r"(?i)^(?:(?:php )?(?:fatal|parse) error ?: (?:uncaught |allowed memory|maximum execution|call to |.{1,2000} (?:on line \d|in /\w))|warning ?: (?:mysqli?|pg|mssql|oci|pdo|sqlsrv|new|require|include|include_once|require_once|session_start|file_get_contents|fopen)\w{0,30}\(|sqlstate\[|could not connect(?: to (?:the )?(?:mysql|database)\w*)?: |"
    r"(?:uncaught )?pdoexception\b|error establishing a (?:database|redis) connection|upstream (?:connect error|request timeout)|can't connect to (?:local )?mysql server)"
)
# What stands beside the name of an error on such a page, and nowhere else.
_BESIDE = re.compile(
    r"(?i)server administrator|webmaster|(?:server )?error log|application owner|unable to (?:complete|service) your request|could not be served|temporarily unable|capacity problems|maintenance downtime|custom error (?:settings|page)|"
    r"(?:try|come|check) (?:your request )?(?:again|back)|something (?:is broken|went wrong)|(?:invalid|no) response (?:was received )?from (?:an |the )?upstream server|nginx|apache/|\bport \d{2,5}\b|status=5\d\d|no explicit mapping|"
    r"(?:contact|reach) the database server|später (?:noch einmal|erneut)|réessayer|inténtelo|tente novamente|riprov[ai]|попробуйте|повторите|请稍后|稍后(?:再试|重试)|しばらく|잠시 후|\bguru meditation\b|varnish"
)
# Titles of other pages as well.
_GENERAL = frozenset(
    fold(phrase)
    for phrase in (
        "Error", "Server error", "Application error", "Runtime error", "Fatal error", "Site error", "Something went wrong", "Database error", "Oops! An Error Occurred", "WordPress Error",
        "An error has occurred", "An unexpected error has occurred", "We're sorry, but something went wrong", "Es ist ein Fehler aufgetreten", "系统错误", "系统发生错误", "Whitelabel Error Page",
    )
)  # fmt: skip
# What is not there is no error of the server.
_NOTHING = re.compile(r"(?i)(?<!\d)404(?!\d)|\bnot found\b|\bnot exist|\bno such\b|\bmissing\b")
_APART = re.compile(r"\s+[-–—/]+\s+|\s*[|·•»›«｜]+\s*")
# Numbers of servers' errors, and words beside them, before or after what is said.
_BEFORE = re.compile(
    r"^(?:(?:http|error|code|status|php|fehler|erreur|erro|errore|ошибка|错误|エラー|an error occurred|5\d\d) )+(?=\S)"
)
_AFTER = re.compile(r" (?:5\d\d|error 5\d\d)$")
_NUMBER = re.compile(
    r"(?:http |status |server )?(?:error|fehler|erreur|erro|errore|ошибка|错误|エラー|오류) (?:code )?5\d\d|5\d\d error"
)


def breakdown_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """`server-error` where a page with a good status is nothing but a server's error."""
    bare = not view.title and not view.h1
    if not 200 <= exchange.status < 300 or view.words >= (_TRACE if bare else _FEW):
        return
    if view.markup.lstrip().startswith("{") and (code := _CODE.search(view.markup[:_LARGEST])):
        if len(view.markup) < _LARGEST:
            yield Signal("server-error", plain(code[0], 120), Strength.DECISIVE)
        return
    text = " ".join(view.visible.split())
    if text and ((bare and _BEGINS.match(text[:3000])) or _says(text)):
        yield Signal("server-error", plain(text, 120), Strength.DECISIVE)
        return
    slug = fold(unquote(parts_of(link.url).path))
    for heading in (view.title, *view.h1[:1]):
        said = next((piece for piece in _APART.split(heading) if _says(piece)), "")
        if fold(said) in _GENERAL and (
            _NOTHING.search(text) or any(map(statement_in, _blocks(view)))
        ):
            continue
        if said and not _about(slug, said) and _hardly_more(view, text, said):
            yield Signal("server-error", plain(heading, 120), Strength.DECISIVE)
            return


def _says(piece: str) -> bool:
    """Whether a heading or a whole text names a server's error, and nothing else."""
    if len(piece) > 200:
        return False
    text = fold(piece)
    bare = _AFTER.sub("", _BEFORE.sub("", text))
    return text in _SAID or bare in _SAID or bool(_NUMBER.fullmatch(text))


def _hardly_more(view: PageView, text: str, said: str) -> bool:
    """Whether a page is about nothing else than that there is an error, here and now."""
    if _BESIDE.search(text) or any(_says(b) and fold(b) != fold(said) for b in _blocks(view)):
        return True
    general = fold(said) in _GENERAL
    return not general and view.main_words <= _HARDLY + len(tokens(said)) and not view.linked_data


def _blocks(view: PageView) -> tuple[str, ...]:
    return tuple(b for b in blocks_of(view.markup) if b not in (view.title, *view.h1))


def _about(slug: str, said: str) -> bool:
    """Whether the cited address is named after the error: then it is the page's subject."""
    numbers = re.findall(r"5\d\d", said)
    named = _AFTER.sub("", _BEFORE.sub("", fold(said)))
    return any(f" {n} " in f" {slug} " for n in numbers) or f" {named} " in f" {slug} "
