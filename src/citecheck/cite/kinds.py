"""The CSL type, the softest field: from outlets, words of the title, address and what was found.

Facts relied on: the 45 types of schema 1.0.2. Every guess below the first few is `medium` or `low`.
"""

from __future__ import annotations

import re

from citecheck.cite.outlets import kind_of
from citecheck.cite.piece import Piece
from citecheck.urls.address import host_of

_BLOG = re.compile(r"(?i)\bblogs?\b|\bweblog\b|博客|ブログ")
_CALLED_BLOG = re.compile(r"\s*[(\[]blog[)\]]")
_BLOG_URL = re.compile(
    r"(?i)^https?://(?:[\w-]*blogs?\.|[\w.-]+\.(?:wordpress|substack|blogspot|hypotheses"
    r"|medium)\.|medium\.com/)|/blogs?/"
)
_REPORT = re.compile(
    r"(?i)\b(?:issue brief|policy brief|research brief|working paper|discussion paper|occasional"
    r" paper|white paper|e-dossier|"
    r"technical report|special report|research report|briefing paper|policy paper|report"
    r"|memorandum|arbeitspapier|rapport|informe)\b"
)
_SPEECH = re.compile(
    r"(?i)\b(?:press[- ]conference|remarks|speech|lecture|keynote|address (?:by|to|at)|rede"
    r"|discours|pressekonferenz)\b"
)
_INTERVIEW = re.compile(r"(?i)\binterview(?:ed)?\b")
_ENTRY = re.compile(
    r"(?i)wikipedia|encyclop(?:a|æ)?edia|britannica|lexikon|encyclopédie|enciclopedia|baike"
)
_DICTIONARY = re.compile(r"(?i)\bdictionary|wörterbuch|dictionnaire|diccionario|duden\b")
_POST_HOSTS = (
    "twitter.com",
    "x.com",
    "facebook.com",
    "instagram.com",
    "threads.net",
    "bsky.app",
    "weibo.com",
    "t.me",
    "linkedin.com",
    "reddit.com",
)
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "bilibili.com")
_LAW = re.compile(r"\b(?:U\.?S\.?C\.?|Stat\.|BGBl\.?|C\.F\.R\.|Pub\. L\.|Fed\. Reg\.)(?:\s|$)")


def _host_in(piece: Piece, hosts: tuple[str, ...]) -> bool:
    host = host_of(piece.urls[0]) if piece.urls else ""
    return any(host == h or host.endswith("." + h) for h in hosts)


def read_type(piece: Piece) -> None:
    """Sets the type where no step before did, and moves a report's series to its fields."""
    if "type" not in piece.csl:
        kind, sure = _by_outlet(piece) or _by_words(piece) or _by_shape(piece)
        piece.csl["type"], piece.confidence["type"] = kind, sure
    csl = piece.csl
    if (
        csl["type"] in ("speech", "interview")
        and "publisher" not in csl
        and "publisher-place" in csl
    ):
        csl["event-place"] = csl.pop("publisher-place")
        piece.confidence["event-place"] = piece.confidence.pop("publisher-place")
    if csl["type"] == "report" and "issue" in csl and "container-title" in csl:
        csl["collection-title"], csl["collection-number"] = (
            csl.pop("container-title"),
            csl.pop("issue"),
        )
        confidence = piece.confidence.pop("container-title", "medium")
        piece.confidence.update({"collection-title": confidence, "collection-number": "high"})
        piece.confidence.pop("issue", None)
    if csl["type"] == "report" and "issue" in csl:
        csl["number"], piece.confidence["number"] = csl.pop("issue"), piece.confidence.pop("issue")
    if csl["type"] == "book" and "issue" in csl and "number" not in csl:
        csl["collection-number"] = csl.pop("issue")
        piece.confidence["collection-number"] = piece.confidence.pop("issue")


def _by_outlet(piece: Piece) -> tuple[str, str] | None:
    csl = piece.csl
    container = str(csl.get("container-title", ""))
    if piece.title_kind == "italic" and not container:
        return None
    if str(csl.get("number", "")).startswith("arXiv:"):
        return ("article-journal", "medium") if container else ("article", "high")
    if _BLOG.search(container) or (
        piece.container and _CALLED_BLOG.match(piece.segment.text, piece.container[1])
    ):
        return "post-weblog", "high"
    if container and _ENTRY.search(container):
        return "entry-encyclopedia", "high"
    if container and _DICTIONARY.search(container):
        return "entry-dictionary", "high"
    if container and _REPORT.search(container):
        return "report", "high" if "issue" in csl or "number" in csl else "medium"
    journal = "volume" in csl or "issue" in csl
    outlet = kind_of(container) if container else ""
    if outlet and not (journal and "page" in csl):
        return outlet, "high"
    if piece.urls and _BLOG_URL.search(piece.urls[0]):
        return "post-weblog", "medium"
    if _host_in(piece, _POST_HOSTS):
        return "post", "medium"
    return None


def _by_words(piece: Piece) -> tuple[str, str] | None:
    csl = piece.csl
    title = str(csl.get("title", ""))
    if _host_in(piece, _VIDEO_HOSTS):
        return "motion_picture", "medium"
    if "event-title" in csl:
        return (
            "paper-conference" if "page" in csl or "container-title" in csl else "speech"
        ), "medium"
    if _LAW.search(piece.segment.text) and "author" not in csl:
        return "legislation", "low"
    if "container-title" not in csl and not piece.urls and piece.title_kind != "italic":
        if _INTERVIEW.search(title):
            return "interview", "medium"
        if _SPEECH.search(title):
            return "speech", "medium"
    return None


def _by_shape(piece: Piece) -> tuple[str, str]:
    csl = piece.csl
    container, date = csl.get("container-title"), csl.get("issued", {}).get("date-parts", [[]])[0]
    imprint = "publisher" in csl or "publisher-place" in csl
    if container:
        if "volume" in csl or "issue" in csl or "ISSN" in csl:
            return "article-journal", "high"
        if "editor" in csl or imprint or "ISBN" in csl:
            return (
                ("chapter", "high") if not piece.urls or "editor" in csl else ("webpage", "medium")
            )
        if "DOI" in csl or "page" in csl:
            return "article-journal", "medium"
        if piece.urls:
            return "webpage", "medium"
        if len(date) == 3 and piece.container is not None:
            return "article-newspaper", "low"
        return ("article-journal" if piece.container is not None else "document"), "low"
    if "number" in csl and "publisher" not in csl and piece.title_kind == "plain":
        return "document", "low"
    if piece.title_kind in ("italic", "book", "plain"):
        if imprint or "ISBN" in csl or "edition" in csl or "translator" in csl or not piece.urls:
            return "book", "high" if imprint and piece.title_kind != "plain" else "medium"
        return (
            "article-journal" if "DOI" in csl and piece.title_kind == "plain" else "webpage"
        ), "low"
    if piece.urls:
        return "webpage", "medium"
    return "document", "low"
