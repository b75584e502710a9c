# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""A site's last word: a short page which tells that the service was closed or lives elsewhere now.

News and blogs tell the same of others, so it is support alone: it counts where the server sends that
page for a made-up address too (a farewell that stands in place of every page).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal
from citecheck.signals.page import PageView
from citecheck.text.fold import fold, plain

_SMALL = 160
_LONGEST = 240
# Of folded text: no letter has a mark (й is и there, ビ is ヒ).
_CLOSED = (
    r"\b(?:has|have|is|was|were|been)(?: (?:now|been|permanently|officially))* (?:shut ?down|closed down|closed its doors|discontinued|decommissioned|retired|sunset|switched off|taken offline)\b|\b(?:has|have) (?:now |permanently )?(?:closed|ceased)\b|\bis no longer (?:online|active|in operation|in service|operating|running|maintained)\b"
    r"|\b(?:wurde|wurden|ist|sind)\b.{0,40}\b(?:eingestellt|abgeschaltet|stillgelegt|geschlossen)\b|\b(?:a|ont) (?:definitivement )?(?:ferme|ete ferme|cesse)|n est plus en (?:ligne|service)|service (?:est )?arrete|\b(?:ha|fue|ha sido|esta) (?:cerrad|clausurad|descontinuad)[oa]|dejo de funcionar|ha cesado"
    r"|\b(?:foi|esta) (?:encerrad|descontinuad|desativad)[oa]|\bha chiuso\b|\b(?:e stato|e) (?:chiuso|dismesso|disattivato)|\b(?:is|zijn) (?:gestopt|opgeheven|beeindigd|stopgezet)|har (?:stangts|lagts ned|upphort|lukket|stengt)|er (?:lukket|nedlagt|lagt ned)|on (?:suljettu|lopetettu|lakkautettu)|palvelu on paattynyt"
    r"|zostal[ay]? (?:zamkniet|wylaczon|zakonczon)\w*|zakonczyl[ao]? dzialalnosc|\bbyl[ao]? (?:ukoncen|zrusen|uzavren)\w*|megszunt|bezart|a fost inchis|kapatildi|kapatilmistir|hizmet vermiyor|прекратил\w* (?:свою )?работу|(?:сервис|саит|портал|проект) закрыт|припинив\w* роботу|закрито"
    r"|ngung hoat dong|(?:sudah|telah) (?:ditutup|tidak beroperasi)|サーヒス.{0,12}終了|閉鎖(?:い|致|し)|서비스.{0,8}종료|(?:停止|终止|終止)(?:服务|服務|运营|運營)|(?:已|已经)(?:关闭|關閉|停运|下线)"
)
_MOVED = (
    r"\bmoved to (?:a|our|its|the) new (?:home|address|domain|location|(?:web ?)?site|server|platform)|\b(?:web ?)?site (?:has|have) (?:been )?(?:moved|relocated|migrated)|\b(?:has|have) a new (?:home|web ?site|address)\b|\bwe (?:have|ve) moved\b|update your bookmarks?|\bstart here\b.{0,60}\bnew (?:web ?)?site"
    r"|\b(?:web ?site|wir|internetauftritt|seiten?)\b.{0,30}\bumgezogen\b|neue(?:n|r)? (?:web ?site|webseite|internetauftritt|adresse)|a (?:demenage|change d adresse)|nouveau site|se ha (?:mudado|trasladado)|nos hemos mudado|nuevo sitio|nueva (?:pagina )?web|mudou de endereco|mudamos|novo site|novo endereco|si e trasferito|ci siamo trasferiti|nuovo sito"
    r"|\bverhuisd\b|nieuwe (?:web ?)?site|har flyttat|ny(?:tt|e)? (?:webbplats|hjemmeside|nettsted)|har flyttet|on muuttanut|uusi(?:lle)? (?:verkko)?sivusto|przenie\w+ (?:sie )?(?:na|pod) now|nowa strona|prestehoval|elkoltozt|s a mutat|tasindi|переехал|новыи саит|переіхал|новии саит|移転(?:い|致|し)|이전하였|이전했|(?:网站|網站|本站)已?(?:迁移|搬迁|遷移|改版)"
)
_FAREWELL = re.compile(f"{_CLOSED}|{_MOVED}")


def farewell_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """`farewell` where the title or heading of a short page tells that the site is closed or elsewhere."""
    if not view.parsed or view.main_words > _SMALL:
        return
    heads = (view.title, *view.h1[:1])
    said = next((h for h in heads if len(h) < _LONGEST and _FAREWELL.search(fold(h))), "")
    if said:
        yield Signal("farewell", plain(said, 120))
