# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""Pages without the work on them: maintenance notices, JavaScript shells, empty answers, teasers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.page import PageView
from citecheck.signals.segments import parts
from citecheck.text.fold import fold, plain

_MAINTENANCE = frozenset(
    fold(phrase)
    for phrase in (
        "Under maintenance", "Site under maintenance", "Website under maintenance",
        "Down for maintenance", "We are down for maintenance", "We'll be back soon", "We'll be right back",
        "We will be back soon", "Scheduled maintenance", "Maintenance mode", "Site maintenance",
        "System maintenance", "Be right back", "Site temporarily unavailable", "Temporarily unavailable",
        "Service temporarily unavailable", "Temporarily down for maintenance", "Currently under maintenance",
        "This site is under maintenance", "Briefly unavailable for scheduled maintenance",
        "Briefly unavailable for scheduled maintenance. Check back in a minute.",
        "Our site is undergoing maintenance", "This site is down for maintenance",
        "The site is currently under maintenance", "Sorry, we're down for maintenance",
        "We're down for maintenance", "Wartungsarbeiten", "Wartungsmodus",
        "Website im Wartungsmodus", "Seite im Wartungsmodus", "Maintenance en cours", "Site en maintenance",
        "Site en cours de maintenance", "En mantenimiento", "Sitio en mantenimiento",
        "Em manutenção", "Site em manutenção", "In manutenzione", "Sito in manutenzione",
        "Технические работы", "Ведутся технические работы", "На сайте ведутся технические работы",
        "Сайт на техническом обслуживании", "Проводятся технические работы", "系统维护", "系统维护中",
        "网站维护中", "网站正在维护", "站点维护中", "维护中", "メンテナンス中", "ただいまメンテナンス中です",
        "サイトメンテナンス中", "점검 중", "서비스 점검 중", "시스템 점검 중", "Trwają prace techniczne", "Bakımdayız",
    )
)  # fmt: skip
# Titles of ordinary pages too: they count with status 503 only.
_WITH_503 = frozenset({"maintenance", "wartung", "mantenimiento", "onderhoud", "unavailable"})
_PICTURES = re.compile(
    r"<(?:img|picture|iframe|frame|frameset|video|audio|embed|object|canvas|svg|map)\b"
)
_SCRIPT_WORDS = re.compile(
    r"(?i)(?:enable|activate|turn on|requires?|need) (?:javascript|js)\b|javascript (?:is |must be )?(?:required|disabled|enabled|not enabled|deaktiviert|désactivé)|"
    r"(?:aktivieren sie|bitte) javascript|activer javascript|habilit[ae] (?:el )?javascript|включите javascript|启用\s?javascript|"
    r"javascriptを有効|자바스크립트"
)


# Said where the rest of a page would stand; on a page with a text of its own it is an advertisement.
_FOR_SUBSCRIBERS = re.compile(
    r"(?i)\bsubscribe (?:now )?to (?:continue|keep) reading\b|\b(?:article|story|content) is (?:only )?(?:for|available to) (?:paid |paying )?subscribers\b|"
    r"\bto (?:read|continue reading) (?:the|this) (?:full |rest of (?:the|this) )?(?:article|story),? (?:please )?(?:subscribe|sign in|log in)\b|"
    r"\bnur für abonnent(?:en|innen)\b|\bmit (?:einem )?abo weiterlesen\b|\barticle réservé (?:à nos|aux) abonnés\b|\b(?:solo|exclusivo) para suscriptores\b|"
    r"только для подписчиков|(?:订阅|登录)后(?:可)?继续阅读|仅限订阅(?:用户|者)|有料会員限定|유료 ?회원 ?전용"
)


def emptiness_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """Signs that a page has nothing, or only a part, of the work."""
    if not view.parsed:
        return
    yield from _maintenance(view, exchange.status)
    yield from _shell(view)
    yield from _paywall(view)


def _maintenance(view: PageView, status: int) -> Iterator[Signal]:
    if view.main_words >= 200 and view.words >= 300:
        return
    for heading in (view.title, *view.h1[:2]):
        said = set(parts(heading))
        if said & _MAINTENANCE or (status == 503 and said & _WITH_503):
            yield Signal("maintenance", plain(heading, 120), Strength.DECISIVE)
            return


def _shell(view: PageView) -> Iterator[Signal]:
    if view.words >= 60 or view.main_words >= 40:
        return
    markup = view.markup.lower()
    scripts = markup.count("<script")
    told = _SCRIPT_WORDS.search(f"{view.noscript} {view.visible[:2000]}")
    pictures = _PICTURES.search(markup)
    if told and scripts:
        yield Signal("needs-javascript", plain(told[0], 120), Strength.DECISIVE)
    elif view.app_root and scripts and view.words < 30:
        yield Signal("needs-javascript", "empty application root", Strength.DECISIVE)
    elif scripts and view.words == 0 and not pictures:
        yield Signal("needs-javascript", "nothing but scripts", Strength.DECISIVE)
    elif scripts and view.words < 12:
        yield Signal("needs-javascript", f"{view.words} words", Strength.SUPPORT)
    elif view.words == 0 and not pictures:
        yield Signal("no-text", "no words, pictures or scripts", Strength.STRONG)


def _paywall(view: PageView) -> Iterator[Signal]:
    for thing in view.linked_data:
        if str(thing.get("isAccessibleForFree", "")).strip().lower() in ("false", "0", "no"):
            yield Signal("paywall", "isAccessibleForFree: false", Strength.DECISIVE)
            return
    tier = " ".join(view.named("article:content_tier")).lower()
    if tier in ("metered", "locked", "paid", "premium"):
        yield Signal("paywall", f"content_tier: {tier}", Strength.STRONG)
    elif view.main_words < 150 and (said := _FOR_SUBSCRIBERS.search(view.visible[:6000])):
        yield Signal("paywall", plain(said[0], 120), Strength.STRONG)
