# ruff: noqa: E501, SIM905 - patterns and phrases are facts, read best on one line
"""Doors on the way to a page: logins, consent pages, countries, expired links, library proxies.

"Sign in" is in the text of four genuine pages of ten and "cookie" in a quarter, so words in the text
count for nothing: the final address, a password field on an empty page, or a title decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal, Strength
from citecheck.signals.addresses import parts_of
from citecheck.signals.page import PageView
from citecheck.text.fold import plain
from citecheck.urls.address import host_of, redact

_LOGIN_HOST = re.compile(
    r"^(?:accounts\.google\.com|login\.microsoftonline\.com|login\.live\.com|login\.yahoo\.com|"
    r"(?:login|signin|sso|auth|idp|accounts?|passport|cas|shibboleth|wayf)\.[^/]+|"
    r"[^/]*\.(?:auth0|okta|onelogin)\.com|connect\.openathens\.net|login\.openathens\.net)$"
)
_LOGIN_PATH = re.compile(
    r"(?i)/(?:login|log-in|signin|sign-in|sign_in|logon|log-on|sso|cas/login|oauth2?/authorize|authorize|"
    r"shibboleth\.sso|idp/profile|adfs/ls|saml2?|openathens|wp-login\.php|users/sign_in|account/login|"
    r"accounts/login|auth/login|user/login|anmelden|connexion|visitor)(?:[/.;]|$)"
)
_RETURN = frozenset(
    "returnurl return_url return returnto return_to redirect redirect_uri redirecturl redirect_url next service "
    "relaystate goto target continue url referer referrer dest destination back backurl samlrequest "
    "client_id retpath from ru".split()
)
_LOGIN_TITLE = re.compile(
    r"(?i)^(?:(?:please )?(?:log ?in|sign ?in|log ?on)|login • instagram|anmelden|anmeldung|einloggen|connexion|"
    r"se connecter|iniciar sesi[oó]n|acceder|accedi|entrar|inloggen|logga in|вход|войти|авторизация|登录|用户登录|登入|"
    r"ログイン|로그인)(?: (?:to|in|or|bei|required|page|form)\b.{0,60})?(?:\s*[|·•–—:-].{0,80})?$"
)
_CONSENT_HOST = re.compile(
    r"^(?:consent|cmp|guce|privacy|privacy-gate|myprivacy|cookies?)\.[^/]+$|^[^/]*\.consent\.[^/]+$"
)
_CONSENT_PATH = re.compile(
    r"(?i)/(?:privacy-gate|privacygate|cmpv2|consent|collectconsent|cookiewall|cookie-?consent|cookie-zustimmung|zustimmung|einwilligung|consentement|gdpr-consent|v2/collectconsent)(?:[/.?]|$)"
)
_CONSENT_TITLE = re.compile(
    r"(?i)^(?:before you continue|bevor sie .{0,20}fortfahren|avant de continuer|antes de continuar|prima di continuare|voordat je verdergaat|"
    r"your privacy choices|we value your privacy|yahoo is part of the yahoo family of brands|yahoo ist teil der yahoo.{0,20}|"
    r"cookie[ -]?(?:consent|wall|zustimmung)|einwilligung|datenschutz-einstellungen)"
)
_GEO = re.compile(
    r"(?i)(?:not|isn['’]t|is not|are not|no longer|un)\s?available (?:in|to|for) (?:your|visitors (?:in|from)|users in|readers in|most) "
    r"(?:country|region|location|area|europe|european|the (?:european|eu\b|eea))|"
    r"unavailable in your (?:country|region|location)|(?:blocked|restricted) in your (?:country|region|jurisdiction)|"
    r"access (?:from|in) your (?:country|region|location) (?:is|has been) (?:not allowed|blocked|denied|restricted)|"
    r"we (?:are )?(?:currently )?(?:unable to|cannot) (?:serve|offer|provide).{0,80}(?:european|eea|eu countries|your country)|"
    r"attempting to access this website from a country belonging to the european economic area|"
    r"in ihre[mr] (?:land|region) nicht verf[uü]gbar|pas disponible dans votre (?:pays|r[eé]gion)|no est[aá] disponible en su (?:pa[ií]s|regi[oó]n)|"
    r"недоступ\w{1,3} в вашей стране|недоступ\w{1,3} в вашем регионе|доступ из вашей страны ограничен|"
    r"您所在的(?:国家|地区).{0,20}(?:不可用|无法访问|不支持)|お住まいの(?:国|地域).{0,12}(?:ご利用|ご覧|閲覧)"
)
_EXPIRED = re.compile(
    r"(?i)<code>(?:expiredtoken|requestexpired)</code>|<message>request has expired|signature not valid in the specified time frame|"
    r"<code>authenticationfailed</code>|url signature expired|url signature mismatch|link (?:has|is) expired|this link (?:has|is) expired|"
    r"the link (?:you followed )?has expired|download link (?:has |is )?expired|share link (?:has |is )?expired|"
    r"链接已(?:过期|失效)|链接不存在|分享(?:已|的文件已经被)(?:过期|取消|失效)|срок действия ссылки истек|ссылка устарела|der link ist abgelaufen|ce lien a expiré|el enlace ha caducado"
)
_PROXY_PAGE = re.compile(
    r"(?i)ezproxy|to allow .{1,200} to be used with .{0,40}proxy|needhost\.htm|proxy menu database"
)


def door_signals(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    """Signs that a door stands before the page."""
    yield from _login(view, exchange, link, hops)
    yield from _consent(view, exchange, link)
    small = view.words < 200
    geo = _GEO.search(view.visible[:4000]) if small else None
    if geo:
        yield Signal("geo-blocked", plain(geo[0], 120), Strength.DECISIVE)
    if (small or not view.parsed) and (expired := _EXPIRED.search(view.markup[:20_000])):
        refused = exchange.status in (400, 401, 403, 410, 404)
        strength = Strength.DECISIVE if refused or view.words < 60 else Strength.SUPPORT
        yield Signal("link-expired", plain(expired[0], 120), strength)
    if small and view.parsed and _PROXY_PAGE.search(f"{view.title} {view.visible[:2000]}"):
        yield Signal("library-proxy", plain(view.title or "EZproxy", 120), Strength.DECISIVE)


def login_in_hops(hops: tuple[Hop, ...]) -> Signal | None:
    """A login that shows in the addresses of a visit that never came to an end."""
    for hop in hops[1:]:
        if login_address(hop.url):
            return Signal("login", plain(redact(hop.url), 160), Strength.DECISIVE)
    return None


def login_address(url: str) -> bool:
    """Whether an address is that of a login page that promises to lead back."""
    parts = parts_of(url)
    names = {name.lower() for name, _ in parse_qsl(parts.query[:8000])}
    returns = bool(names & _RETURN)
    path = bool(_LOGIN_PATH.search(unquote(parts.path)))
    return (path and returns) or (bool(_LOGIN_HOST.match(host_of(url))) and (returns or path))


def _login(
    view: PageView, exchange: Exchange, link: Link, hops: tuple[Hop, ...]
) -> Iterator[Signal]:
    asked_for_login = login_address(link.url) or _LOGIN_PATH.search(parts_of(link.url).path)
    if hops and not asked_for_login and login_address(exchange.url):
        yield Signal("login", plain(redact(exchange.url), 160), Strength.DECISIVE)
    elif view.password and view.main_words < 100 and view.words < 300:
        yield Signal("login", plain(f"password field: {view.title}", 120), Strength.DECISIVE)
    elif view.words < 200 and _LOGIN_TITLE.match(view.title) and not asked_for_login:
        yield Signal("login", plain(view.title, 120), Strength.DECISIVE)


def _consent(view: PageView, exchange: Exchange, link: Link) -> Iterator[Signal]:
    host = host_of(exchange.url)
    if exchange.url == link.url:
        moved = False
    else:
        moved = host != host_of(link.url) or bool(_CONSENT_PATH.search(parts_of(exchange.url).path))
    at_gate = _CONSENT_HOST.match(host) or _CONSENT_PATH.search(parts_of(exchange.url).path)
    if moved and at_gate and view.main_words < 600:
        yield Signal("consent", plain(redact(exchange.url), 160), Strength.DECISIVE)
    elif view.parsed and view.words < 300 and _CONSENT_TITLE.match(view.title):
        yield Signal("consent", plain(view.title, 120), Strength.DECISIVE)
