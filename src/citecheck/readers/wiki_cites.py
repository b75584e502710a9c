"""Cite templates of the Wikipedias: which there are, and what their parameters mean (facts).

From the templates' own documentation: CS1 (English, taken over by most), and the families that
German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Norwegian, Czech and Turkish
have of their own. The first name of a parameter is the one to write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Family:
    """The parameters of a family of templates. `dead` says how one marks that the address is lost:
    a parameter and the value for it (`{}`: the word of CS1), or nothing where a copy says it.
    `language` is the code of the family's own, empty for one that many have."""

    url: tuple[str, ...] = ("url",)
    title: tuple[str, ...] = ("title",)
    work: tuple[str, ...] = ()
    author: tuple[str, ...] = ("author",)
    publisher: tuple[str, ...] = ("publisher",)
    date: tuple[str, ...] = ("date", "year")
    accessed: tuple[str, ...] = ("access-date", "accessdate")
    archive_url: tuple[str, ...] = ("archive-url", "archiveurl")
    archive_date: tuple[str, ...] = ("archive-date", "archivedate")
    dead: tuple[str, str] = ("url-status", "{}")
    language: str = ""


CS1 = Family(
    title=("title", "chapter", "article", "trans-title"),
    work=("website", "work", "newspaper", "journal", "magazine", "encyclopedia", "periodical"),
    author=("author", "author1", "authors", "last", "last1", "vauthors"),
    url=("url", "chapter-url", "chapterurl", "article-url", "section-url", "map-url"),
)

_GERMAN = Family(
    title=("titel",),
    work=("werk", "sammelwerk"),
    author=("autor",),
    publisher=("hrsg", "verlag"),
    date=("datum", "jahr"),
    accessed=("abruf", "zugriff"),
    archive_url=("archiv-url",),
    archive_date=("archiv-datum",),
    dead=("offline", "ja"),
    language="de",
)
# `{{Literatur}}` has no parameter for a copy.
_GERMAN_WORK = Family(
    url=("online", "url"),
    title=("titel",),
    work=("sammelwerk", "werk"),
    author=("autor",),
    publisher=("verlag", "hrsg"),
    date=("datum", "jahr"),
    accessed=("abruf", "zugriff"),
    archive_url=(),
    archive_date=(),
    dead=("", ""),
    language="de",
)
_RUSSIAN = Family(
    url=("ссылка", "url"),
    title=("заглавие", "title"),
    work=("издание", "серия"),
    author=("автор", "author"),
    publisher=("издательство",),
    date=("дата", "год", "date"),
    accessed=("дата обращения", "accessdate"),
    archive_url=("archiveurl", "archive-url"),
    archive_date=("archivedate", "archive-date"),
    dead=("", ""),
    language="ru",
)
_FRENCH = Family(
    url=("url", "lire en ligne", "url texte"),
    title=("titre", "titre article"),
    work=("site", "périodique", "série"),
    author=("auteur", "auteur1", "nom", "nom1", "auteur institutionnel"),
    publisher=("éditeur",),
    date=("date", "en ligne le", "année"),
    accessed=("consulté le", "consulté"),
    archive_url=("archive-url", "archiveurl", "archive url"),
    archive_date=("archive-date", "archivedate", "archive date"),
    dead=("", ""),
    language="fr",
)
_SPANISH = Family(
    title=("título", "titulo", "title"),
    work=("sitioweb", "obra", "periódico", "publicación", "website", "work"),
    author=("autor", "apellido", "apellidos", "author", "last"),
    publisher=("editorial", "publisher"),
    date=("fecha", "año", "date"),
    accessed=("fechaacceso", "access-date", "accessdate"),
    archive_url=("urlarchivo", "archive-url", "archiveurl"),
    archive_date=("fechaarchivo", "archive-date", "archivedate"),
    dead=("estado", "{}"),
    language="es",
)
_ITALIAN = Family(
    title=("titolo",),
    work=("sito", "pubblicazione", "opera", "rivista"),
    author=("autore", "cognome", "autore1"),
    publisher=("editore",),
    date=("data", "anno"),
    accessed=("accesso",),
    archive_url=("urlarchivio",),
    archive_date=("dataarchivio",),
    dead=("urlmorto", "sì"),
    language="it",
)
_PORTUGUESE = Family(
    title=("titulo", "título", "title"),
    work=("website", "obra", "jornal", "periódico", "work"),
    author=("autor", "ultimo", "último", "sobrenome", "author", "last"),
    publisher=("publicado", "editora", "publisher"),
    date=("data", "ano", "date"),
    accessed=("acessodata", "access-date", "accessdate"),
    archive_url=("arquivourl", "wayb", "archive-url", "archiveurl"),
    archive_date=("arquivodata", "archive-date", "archivedate"),
    dead=("urlmorta", "sim"),
    language="pt",
)
_DUTCH = Family(
    title=("titel",),
    work=("werk",),
    author=("auteur", "achternaam"),
    publisher=("uitgever",),
    date=("datum",),
    accessed=("bezochtdatum",),
    archive_url=("archiefurl",),
    archive_date=("archiefdatum",),
    dead=("dodeurl", "ja"),
    language="nl",
)
_POLISH = Family(
    title=("tytuł", "tytul"),
    work=("opublikowany", "czasopismo"),
    author=("autor",),
    publisher=("wydawca",),
    date=("data",),
    accessed=("data dostępu",),
    archive_url=("archiwum",),
    archive_date=("zarchiwizowano",),
    dead=("", ""),
    language="pl",
)
_SWEDISH = Family(
    title=("titel", "title"),
    work=("verk", "work"),
    author=("författare", "efternamn", "author"),
    publisher=("utgivare", "publisher"),
    date=("datum", "date"),
    accessed=("hämtdatum", "accessdate"),
    archive_url=("arkivurl", "archiveurl"),
    archive_date=("arkivdatum", "archivedate"),
    dead=("", ""),
    language="sv",
)
_NORWEGIAN = Family(
    title=("tittel", "title"),
    work=("verk", "avis", "work"),
    author=("forfatter", "etternavn", "author"),
    publisher=("utgiver", "publisher"),
    date=("dato", "date"),
    accessed=("besøksdato", "accessdate"),
    archive_url=("arkiv-url", "arkivurl"),
    archive_date=("arkivdato", "arkiv-dato"),
    dead=("url-status", "død"),
    language="no",
)
_CZECH = Family(
    title=("titul",),
    work=("web", "periodikum"),
    author=("autor", "příjmení"),
    publisher=("vydavatel",),
    date=("datum vydání", "datum", "rok"),
    accessed=("datum přístupu",),
    archive_url=("url archivu",),
    archive_date=("datum archivace",),
    dead=("", ""),
    language="cs",
)
_TURKISH = Family(
    title=("başlık", "title"),
    work=("çalışma", "website", "work"),
    author=("yazar", "soyadı", "author"),
    publisher=("yayıncı", "publisher"),
    date=("tarih", "date"),
    accessed=("erişimtarihi", "accessdate"),
    archive_url=("arşivurl", "arşiv-url"),
    archive_date=("arşivtarihi", "arşiv-tarihi"),
    dead=("ölüurl", "evet"),
    language="tr",
)

TEMPLATES: Mapping[str, tuple[Family, str]] = MappingProxyType(
    {
        name.strip(): (family, kind)
        for family, kind, names in (
            (CS1, "webpage", "cite web, citation, cite, cite document, web reference, citeweb"),
            (CS1, "article-newspaper", "cite news, cite newspaper, citenews"),
            (CS1, "article-journal", "cite journal, cite paper, citejournal"),
            (CS1, "article-magazine", "cite magazine"),
            (CS1, "book", "cite book, citebook"),
            (CS1, "chapter", "cite encyclopedia, cite encyclopaedia, cite dictionary"),
            (CS1, "report", "cite report, cite techreport, cite press release, cite pr"),
            (CS1, "thesis", "cite thesis"),
            (CS1, "paper-conference", "cite conference, cite proceedings"),
            (CS1, "motion_picture", "cite av media, cite video, cite episode, cite podcast"),
            (CS1, "post", "cite tweet, cite newsgroup, cite mailing list, cite social media"),
            (CS1, "speech", "cite speech, cite interview"),
            (CS1, "map", "cite map"),
            (_GERMAN, "webpage", "internetquelle"),
            (_GERMAN_WORK, "book", "literatur"),
            (_RUSSIAN, "article-journal", "статья"),
            (_RUSSIAN, "book", "книга"),
            (_FRENCH, "webpage", "lien web"),
            (_FRENCH, "article-journal", "article"),
            (_FRENCH, "book", "ouvrage"),
            (_SPANISH, "article-newspaper", "cita noticia"),
            (_SPANISH, "article-journal", "cita publicación"),
            (_SPANISH, "book", "cita libro"),
            (_ITALIAN, "webpage", "cita web"),
            (_ITALIAN, "article-newspaper", "cita news"),
            (_ITALIAN, "article-journal", "cita pubblicazione"),
            (_PORTUGUESE, "webpage", "citar web"),
            (_PORTUGUESE, "article-newspaper", "citar notícia, citar jornal"),
            (_PORTUGUESE, "article-journal", "citar periódico"),
            (_PORTUGUESE, "book", "citar livro"),
            (_DUTCH, "webpage", "citeer web"),
            (_DUTCH, "article-newspaper", "citeer nieuws"),
            (_DUTCH, "article-journal", "citeer journal"),
            (_DUTCH, "book", "citeer boek"),
            (_POLISH, "webpage", "cytuj stronę, cytuj"),
            (_POLISH, "book", "cytuj książkę"),
            (_SWEDISH, "webpage", "webbref"),
            (_SWEDISH, "article-journal", "tidskriftsref"),
            (_SWEDISH, "book", "bokref"),
            (_NORWEGIAN, "webpage", "kilde www"),
            (_NORWEGIAN, "article-newspaper", "kilde avis"),
            (_NORWEGIAN, "book", "kilde bok"),
            (_CZECH, "webpage", "citace elektronické monografie, citace elektronického periodika"),
            (_CZECH, "article-journal", "citace periodika"),
            (_CZECH, "book", "citace monografie"),
            (_TURKISH, "webpage", "web kaynağı"),
            (_TURKISH, "article-newspaper", "haber kaynağı"),
            (_TURKISH, "book", "kitap kaynağı"),
        )
        for name in names.split(",")
    }
)

# Spanish and Italian both have a `cita web`; the parameters tell which it is.
TWINS: Mapping[str, Family] = MappingProxyType({"cita web": _SPANISH})
