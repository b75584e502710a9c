"""Newspapers, agencies and magazines known by name, folded, without article (a table of facts)."""

from __future__ import annotations

import re

from citecheck.text.fold import fold

_NEWSPAPERS = (
    "kcna|korean central news agency|korea central news agency|rodong sinmun|associated press|ap|"
    "ap news|reuters|afp|agence france presse|xinhua|tass|ria novosti|interfax|yonhap|kyodo"
    "|kyodo news|dpa|ansa|efe|"
    "bbc|bbc news|cnn|nbc news|abc news|cbs news|fox news|npr|al jazeera|deutsche welle|voice of"
    " america|"
    "radio free asia|radio free europe|nk news|guardian|observer|independent|washington post|"
    "wall street journal|los angeles times|usa today|le monde|le figaro|libération|les echos|"
    "die zeit|zeit|die welt|welt|faz|frankfurter allgemeine|süddeutsche|taz|die tageszeitung"
    "|handelsblatt|nzz|der standard|die presse|bild|"
    "el país|el mundo|abc|la vanguardia|corriere della sera|la repubblica|la stampa|folha de s"
    " paulo|o globo|"
    "izvestia|kommersant|pravda|vedomosti|rossiiskaya gazeta|aif|argumenty i fakty|arguments and"
    " facts|известия|коммерсантъ|правда|ведомости|"
    "hankyoreh|chosun ilbo|dong a ilbo|joongang ilbo|asahi shimbun|mainichi|nikkei|sankei|"
    "south china morning post|haaretz|hindu|hürriyet|politico|bloomberg|axios|globe and mail"
    "|toronto star|"
    "人民日报|新华社|光明日报|环球时报|朝日新聞|読売新聞|毎日新聞|日本経済新聞"
)
_MAGAZINES = (
    "diplomat|economist|foreign policy|foreign affairs|time|newsweek|new yorker|atlantic|wired"
    "|national interest|"
    "der spiegel|spiegel|spiegel online|focus|stern|cicero|l express|le point|l obs|new"
    " statesman|spectator|nation|"
    "new republic|harper s magazine|new york review of books|london review of books|scientific"
    " american|"
    "new scientist|forbes|fortune|vox|slate|mother jones|jacobin|national review|nature news"
    "|smithsonian magazine|rolling stone|vanity fair|"
    "profil|l espresso|panorama|semana|proceso|veja"
)
NEWSPAPERS = frozenset(fold(n) for n in _NEWSPAPERS.split("|"))
MAGAZINES = frozenset(fold(n) for n in _MAGAZINES.split("|"))

_PAPER = re.compile(
    r"\b(times|post|herald|tribune|daily|gazette|telegraph|courier|examiner|inquirer|chronicle"
    r"|mirror|sun|star|globe|sentinel|news agency|news service|"
    r"newspaper|newswire|zeitung|tageblatt|nachrichten|anzeiger|rundschau|journal de|dagblad"
    r"|shimbun|ilbo|sinmun|ribao|gazeta|"
    r"diario|giornale|jornal)\b|газета|(日报|日報|新聞|晚报|晚報|신문|일보)$"
)
_MAGAZINE = re.compile(
    r"\b(magazine|magazin|weekly|monthly|wochenblatt|revista semanal)\b|(周刊|週刊|杂志|雑誌)$"
)
_ARTICLE = re.compile(r"^(the|der|die|das|le|la|les|el|l|il|o|a)\s+")


def kind_of(name: str) -> str:
    """`article-newspaper`, `article-magazine` or nothing, by the name of where it appeared."""
    folded = fold(re.sub(r"\([^()]*\)", " ", name))
    folded = re.sub(r"\s+(online|com|net|org)$", "", folded)
    short = _ARTICLE.sub("", folded)
    if folded in MAGAZINES or short in MAGAZINES or _MAGAZINE.search(folded):
        return "article-magazine"
    if folded in NEWSPAPERS or short in NEWSPAPERS or _PAPER.search(folded):
        return "article-newspaper"
    return ""
