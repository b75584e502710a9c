"""Words that show that an author or a container is a body and not a person (a table of facts)."""

from __future__ import annotations

import re

_WORDS = (
    "academy administration agency alliance amnesty archive archives army assembly association"
    " authority bank board bureau cabinet campaign center centre chamber church city club coalition"
    " college commission commissioner committee community company congress consortium consulate"
    " convention cooperation corporation council court daily delegation department directorate"
    " division embassy faculty federation force forces forum foundation fund government group"
    " hospital house initiative institute institution international kremlin laboratory laboratories"
    " league library ministry mission monitor movement museum nation nations navy network news"
    " observatory office organisation organization parliament partnership party police press"
    " program"
    " programme project republic research secretariat secretary senate service services society"
    " staff"
    " state states studio team television trust union unit university watch"
    " brotherhood chancellery confederation duma fellowship guild inspectorate knights lab labs"
    " orchestra survey taskforce treasury"
    # German
    " akademie amt anstalt archiv bank behörde bund bundesamt bundesanstalt bundesministerium"
    " bundesrat bundesregierung bundestag bundeszentrale europarat gemeinschaft gericht"
    " gesellschaft"
    " hochschule institut kammer kommission landtag ministerium partei rat redaktion regierung"
    " stiftung universität verband verein zentrum"
    # French, Spanish, Portuguese, Italian
    " agence assemblée association banque bureau centre comité commission conseil direction"
    " gouvernement haut institut ministère nations observatoire organisation parlement république"
    " société sénat syndicat tribunal union université agencia asociación ayuntamiento banco centro"
    " comisión comité consejo congreso fundación gobierno instituto ministerio oficina organización"
    " secretaría universidad ministério governo comissão conselho fundação associação banca"
    " commissione consiglio fondazione governo istituto ministero università"
    # Russian
    " академия агентство администрация ассоциация банк институт комиссия комитет министерство"
    " правительство совет союз университет фонд центр"
)
_CORPORATE = re.compile(
    rf"(?i)\b(?:{'|'.join(sorted(set(_WORDS.split()), key=len, reverse=True))})\b"
)
_ENDINGS = re.compile(r"(?i)\b(?:inc|ltd|llc|gmbh|ag|e\.\s?v|corp|plc|s\.a|co)\.?$")
_HAN_BODY = re.compile(
    r"(部|省|庁|厅|局|院|会|會|社|网|網|报|報|新闻|新聞|大学|大學|研究所|委员会|委員會|政府|처|부|원|회)$"
)


def is_body(text: str) -> bool:
    """Whether a name is that of a body: it has a word that only bodies have."""
    text = text.strip()
    return bool(
        _CORPORATE.search(text)
        or _ENDINGS.search(text)
        or (len(text) > 3 and _HAN_BODY.search(text))
    )
