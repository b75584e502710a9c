# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""Pages without the work on them: maintenance notices, JavaScript shells, empty answers, teasers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

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
        "Przerwa techniczna", "Strona w trakcie prac konserwacyjnych", "Nous revenons bientôt", "Wir sind bald wieder da",
        "Volvemos pronto", "Volveremos pronto", "Voltamos em breve", "Torniamo presto", "In onderhoud", "Website in onderhoud",
        "Vi är snart tillbaka", "Vi er snart tilbage", "Vi er snart tilbake", "Huoltokatko", "Probíhá údržba", "Karbantartás alatt",
        "Ведуться технічні роботи", "Site în mentenanță", "الموقع تحت الصيانة", "האתר בתחזוקה", "Đang bảo trì", "Sedang dalam pemeliharaan",
    )
)  # fmt: skip
# Said before there is a site or while it is made anew, on a page with nothing else.
_NOT_YET = frozenset(
    fold(phrase)
    for phrase in (
        "Under construction", "Site under construction", "Website under construction", "This site is under construction",
        "This website is under construction", "This page is under construction", "Page under construction", "Coming soon",
        "Website coming soon", "Our new website is coming soon", "We are coming soon", "Launching soon", "Opening soon",
        "Im Aufbau", "Seite im Aufbau", "Website im Aufbau", "Diese Seite befindet sich im Aufbau", "Baustelle",
        "En construction", "Site en construction", "Site web en construction", "Ce site est en construction",
        "En construcción", "Sitio en construcción", "Página en construcción", "Próximamente", "Em construção", "Site em construção", "Em breve",
        "In costruzione", "Sito in costruzione", "Prossimamente online", "In aanbouw", "Website in aanbouw", "Under uppbyggnad", "Under opbygning",
        "Strona w budowie", "W budowie", "Stránky ve výstavbě", "Az oldal fejlesztés alatt", "Yapım aşamasında", "Yapım aşamasındayız",
        "Сайт в разработке", "Сайт находится в разработке", "Сайт на реконструкции", "В разработке", "网站建设中", "建设中", "正在建设中", "即将上线", "敬请期待",
        "準備中", "工事中", "サイト準備中", "준비 중", "준비중입니다", "사이트 준비중입니다", "قريبا", "الموقع تحت الإنشاء", "בבנייה",
    )
)  # fmt: skip
# Titles of ordinary pages too: they count with status 503 only.
_WITH_503 = frozenset({"maintenance", "wartung", "mantenimiento", "onderhoud", "unavailable"})
_PICTURES = re.compile(
    r"<(?:img|picture|iframe|frame|frameset|video|audio|embed|object|canvas|svg|map)\b"
)
# The whole text of a page that its scripts have yet to fill.
_LOADING = re.compile(
    r"(?i)^\W*(?:loading|please wait|initiali[sz]ing|wird geladen|(?:seite )?l[aä]dt|bitte warten|chargement|veuillez patienter|cargando|espere|carregando|aguarde|caricamento|laden|ładowanie|yükleniyor|"
    r"загрузка|подождите|加载中|正在加载|載入中|読み込み中|로딩|불러오는 중)[^.!?]{0,40}(?:[.…!,]+ ?(?:please wait|this may take [^.]{0,30})?[.…!]*)?$"
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
    r"\bsubscribe (?:now )?(?:to|for) (?:read|get|unlock|full access)\b|\b(?:this (?:article|story|content|post) is )?(?:exclusive|reserved|only available) (?:to|for) (?:our )?(?:paid |paying )?(?:subscribers|members)\b|\bunlock (?:this|the full) (?:article|story|post)\b|"
    r"\b(?:jetzt|mit .{1,30}) weiterlesen\b.{0,60}\b(?:abo|plus|testen)\b|\bdieser (?:artikel|inhalt) ist (?:exklusiv )?(?:nur )?(?:für|mit) .{0,30}(?:abonnent|abo)|\b(?:la suite|cet article|ce contenu) est réservée? (?:à nos|aux) abonnés\b|\bil vous reste .{1,12} de cet article à lire\b|\bréservé aux abonnés\b|"
    r"\b(?:contenuto|articolo) riservato agli abbonati\b|\babbonati per (?:continuare a )?leggere\b|\bsuscríbe?te para (?:seguir|continuar) leyendo\b|\bconteúdo exclusivo para assinantes\b|\bassine para (?:ler|continuar)\b|\b(?:alleen|exclusief) voor abonnees\b|\blees verder met (?:een )?abonnement\b|\b(?:endast )?för prenumeranter\b|\bkun for abonnenter\b|\btylko dla (?:prenumeratorów|subskrybentów)\b|\bpouze pro předplatitele\b|\bvain tilaajille\b|\babonelere özel\b|"
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
    if view.words >= (300 if status == 503 else 150):
        return
    for heading in (view.title, *view.h1[:2]):
        said = set(parts(heading))
        told = said & _MAINTENANCE or (status == 503 and said & _WITH_503)
        if told or (view.words < 40 and said & _NOT_YET):
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
    elif scripts and view.words < 16 and _LOADING.match(view.visible):
        yield Signal("needs-javascript", plain(view.visible, 120), Strength.DECISIVE)
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
        if any(_closed(part) for part in (thing, *_parts_of(thing))):
            yield Signal("paywall", "isAccessibleForFree: false", Strength.DECISIVE)
            return
    tier = " ".join(view.named("article:content_tier")).lower()
    if tier in ("metered", "locked", "paid", "premium"):
        yield Signal("paywall", f"content_tier: {tier}", Strength.STRONG)
    elif view.main_words < 150 and (said := _FOR_SUBSCRIBERS.search(view.visible[:6000])):
        yield Signal("paywall", plain(said[0], 120), Strength.STRONG)


def _closed(thing: dict[str, Any]) -> bool:
    return str(thing.get("isAccessibleForFree", "")).strip().lower() in ("false", "0", "no")


def _parts_of(thing: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The parts of a work that its JSON-LD names (`hasPart`), one or a list of them."""
    parts_ = thing.get("hasPart")
    listed = parts_[:20] if isinstance(parts_, list) else [parts_]
    return tuple(part for part in listed if isinstance(part, dict))
