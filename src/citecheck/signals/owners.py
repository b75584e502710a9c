# ruff: noqa: E501, SIM905 - patterns and phrases are facts, read best on one line
"""Signs that a name changed hands: parking services, for-sale pages, gambling on a lapsed domain.

Bodies and redirects decide; name servers are no part of it (`domaincontrol.com` is every ordinary
customer of its registrar). "domain … for sale" is on none of 311 genuine pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.page import PageView
from citecheck.text.fold import fold, plain
from citecheck.urls.address import host_of, redact

_MARKET = re.compile(
    r"(?:^|\.)(?:hugedomains\.com|dan\.com|sedo\.com|sedoparking\.com|afternic\.com|parkingcrew\.(?:net|com)|bodis\.com|"
    r"undeveloped\.com|uniregistry\.com|brandbucket\.com|squadhelp\.com|atom\.com|domainmarket\.com|buydomains\.com|"
    r"parklogic\.com|voodoo\.com|above\.com|skenzo\.com|expired\.namebright\.com|parkingpage\.namecheap\.com|"
    r"overdue\.aliyun\.com|renewyourname\.net|domainparking\.ru|expireddomains\.com|perfectdomain\.com|domain-for-sale\.[a-z]+|"
    r"forsale\.godaddy\.com|4\.cn|epik\.com|dynadot\.com|sav\.com)$"
)
_MARKET_PATH = re.compile(
    r"(?i)hugedomains\.com/domain_profile|dan\.com/buy-domain|/forsale/|sedo\.com/search/details|afternic\.com/forsale|"
    r"godaddy\.com/(?:forsale|domainsearch)|namecheap\.com/domains/registration/results|atom\.com/name/|4\.cn/"
)
_SERVICE = re.compile(
    r"(?i)<html[^>]{0,300}data-adblockkey|window\.park\s?=|sedoparking\.com|parkingcrew\.net|bodis\.com/|cdn\.parklogic|"
    r"img\.sedoparking|google\.com/adsense/domains/caf\.js|d38psrni17bvxu\.cloudfront\.net|parking-lander|"
    r"<script>\s*window\.onload\s*=\s*function\(\)\s*\{\s*window\.location\.href\s*=\s*[\"']/lander[\"']"
)
_FOR_SALE = re.compile(
    r"(?i)\b(?:this|the) (?:premium )?domain(?: name)?(?: \S{3,60})? (?:is|may be|might be|could be) (?:now )?(?:for sale|available for (?:sale|purchase))|"
    r"\bbuy this (?:premium )?domain\b|\b\S{3,60}\.[a-z]{2,12} is for sale\b|\bthis domain (?:name )?(?:has )?expired\b|"
    r"\bthis domain (?:is|has been) (?:parked|registered|pending renewal|suspended)\b|domain (?:name )?has expired|"
    r"\binquire about this domain\b|\bget this domain\b|\bmake an offer on this domain\b|\bthis (?:web ?page|website|site|page) is parked (?:free|for free)|"
    r"diese domain (?:steht|ist).{0,30}(?:zum verkauf|zu verkaufen|geparkt)|ce nom de domaine est à vendre|este dominio (?:está|esta) (?:en|à|a) venta|"
    r"домен (?:продается|продаётся|припаркован|не продлен|не продлён)|срок регистрации домена истек|"
    r"(?:此|该|本)域名(?:正在)?(?:出售|转让|已过期|可转让)|域名(?:出售|已过期)|このドメインは.{0,12}(?:販売|売り出し|期限切れ)|お名前\.com.{0,30}ドメインパーキング"
)
_DOMAIN_TITLE = re.compile(r"(?i)^[\w.-]{3,80}\.[a-z]{2,12}(?:\s*[-–|:].{0,80})?$")
_GAMBLING = frozenset(
    "casino casinos gacor togel slot slots judi sbobet bandar maxwin pragmatic situs toto bet betting 1xbet bookmaker "
    "roulette jackpot poker baccarat baccarát judol rtp scatter viagra cialis escort escorts казино букмекер букмекерская ставки "
    "слоты рулетка вулкан 博彩 赌场 娱乐城 六合彩 彩票 百家乐 澳门 카지노 토토 바카라 슬롯 먹튀 カジノ スロット bahis kumar nha cai nhà cái "
    "xoso soicau kubet fun88 ufabet สล็อต คาสิโน บาคาร่า พนัน แทงบอล".split()
)  # fmt: skip


def owner_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """Signs that the address belongs to somebody else by now."""
    yield from _parked(view, exchange, link, hops)
    if view.parsed:
        yield from _gambling(view, link)


def _parked(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    cited = host_of(link.url)
    final = host_of(exchange.url)
    away = bool(hops) and final != cited and not _MARKET.search(cited)
    market = _MARKET_PATH.search(exchange.url) or (_MARKET.search(final) and view.words < 600)
    if away and market:
        yield Signal("parked", plain(redact(exchange.url), 160), Strength.DECISIVE)
        return
    sale = _FOR_SALE.search(view.title) or (
        _FOR_SALE.search(view.visible[:6000]) if view.words < 400 else None
    )
    names_domain = bool(_DOMAIN_TITLE.match(view.title)) or cited in view.title.lower()
    # Looked for last: on a page with a text of its own a parking service's script proves nothing.
    service = _SERVICE.search(view.markup[:100_000]) if sale or view.words < 80 else None
    if service:
        yield Signal("parked", plain(service[0], 120), Strength.DECISIVE)
    elif sale and (view.main_words < 150 or names_domain):
        both = names_domain and view.words < 250
        strength = Strength.DECISIVE if both else Strength.STRONG
        yield Signal("parked", plain(sale[0], 120), strength)


def _gambling(view: PageView, link: Link) -> Iterator[Signal]:
    """Two words of the trade in the places where a page says what it is, none in the cited title."""
    said = fold(" ".join((view.title, *view.h1[:2], *view.named("description", "og:title"))))
    words = set(said.split())
    hits = {w for w in _GAMBLING if w in words or (not w.isascii() and len(w) > 1 and w in said)}
    cited = fold(
        " ".join(f"{e.title} {e.title_original} {e.title_translated}" for e in link.expected)
    )
    if len(hits) >= 2 and not any(w in cited for w in hits) and fold(view.title) != cited:
        yield Signal("gambling", ", ".join(sorted(hits)[:4]), Strength.STRONG)
