# ruff: noqa: E501 - pages are read best on one line
"""Walls by their decisive marks; transit marks and captcha scripts on genuine pages are no wall."""

from __future__ import annotations

import pytest

from citecheck.records.observation import Hop
from citecheck.signals.walls import wall_in_hops
from standins.judged import STORY, TITLE, observed, page, said, verdict_on

WALLS: list[tuple[str, int, dict[str, str], str, str]] = [
    ("cloudflare header", 403, {"cf-mitigated": "challenge"}, "<title>Just a moment...</title>", "challenge"),
    ("cloudflare header, any status", 429, {"cf-mitigated": "challenge"}, "", "challenge"),
    ("cloudflare body", 503, {}, "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", "challenge"),
    ("cloudflare refusal", 403, {}, "<title>Attention Required! | Cloudflare</title><h1>Sorry</h1>", "forbidden"),
    ("cloudflare rule", 403, {}, "error code: 1020", "forbidden"),
    ("aws challenge", 202, {"x-amzn-waf-action": "challenge"}, "", "challenge"),
    ("aws captcha", 405, {"x-amzn-waf-action": "captcha"}, "<p>x</p>", "captcha"),
    (
        "akamai", 403, {},
        "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access "
        "\"http&#58;&#47;&#47;press&#46;example&#47;a\" on this server.<P>Reference&#32;&#35;18&#46;2d351ab8&#46;1557333295</BODY></HTML>",
        "forbidden",
    ),
    ("imperva with 200", 200, {}, "<html><body><iframe src='/_Incapsula_Resource?SWUDNSAI=9'>Incapsula incident ID: 1-2</iframe></body></html>", "challenge"),
    ("datadome", 403, {}, "<script src='https://ct.captcha-delivery.com/c.js'></script><p>Please enable JS</p>", "captcha"),
    ("perimeterx", 403, {}, "<title>Access to this page has been denied</title><div id='px-captcha'></div>", "captcha"),
    ("f5 with 200", 200, {}, "<title>Request Rejected</title>The requested URL was rejected. Please consult with your administrator.", "forbidden"),
    ("sucuri", 403, {}, "<title>Sucuri WebSite Firewall - Access Denied</title>", "forbidden"),
    ("vercel", 429, {"x-vercel-mitigated": "challenge"}, "<title>Vercel Security Checkpoint</title>", "challenge"),
    ("anubis with 200", 200, {}, "<title>Making sure you're not a bot!</title><script id=\"anubis_challenge\" type=\"application/json\">{}</script>", "challenge"),
    ("ddos-guard", 403, {"Server": "ddos-guard"}, "<script src='/.well-known/ddos-guard/js-challenge/index.js'></script>", "challenge"),
    ("qrator", 401, {}, "<script src='/__qrator/qauth_utm_v2.js'></script>", "challenge"),
    ("aliyun", 405, {}, "<img src='https://errors.aliyun.com/images/x.png'><p>405</p>", "forbidden"),
    ("tencent", 403, {}, "<iframe src='https://waf.tencent-cloud.com/403page'></iframe>", "forbidden"),
    ("baidu with 200", 200, {}, "<title>百度安全验证</title><p>网络不给力，请稍后重试</p>", "captcha"),
    ("chinese verification", 200, {}, "<title>安全验证</title><p>请完成下方验证后继续操作</p>", "captcha"),
    ("captcha on an empty page", 200, {}, "<body><p>Please verify that you are human</p><div class='g-recaptcha'></div></body>", "captcha"),
    ("status alone", 403, {}, "<h1>Forbidden</h1>", "forbidden"),
    ("linkedin", 999, {}, "", "forbidden"),
    ("method refused", 405, {}, "", "forbidden"),
    ("too many", 429, {"Retry-After": "9"}, "slow down", "rate-limited"),
    ("empty 202", 202, {}, "", "challenge"),
    ("legal", 451, {}, "<h1>Unavailable</h1>", "legal-451"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "headers", "markup", "reason"), [w[1:] for w in WALLS], ids=[w[0] for w in WALLS]
)
def test_a_wall_is_blocked_and_nothing_else(
    status: int, headers: dict[str, str], markup: str, reason: str
) -> None:
    finding = verdict_on(observed(markup, status=status, headers=headers))
    assert said(finding) == f"blocked/{reason}"
    assert finding.detail.endswith(".")
    assert not finding.strike


GENUINE: list[tuple[str, dict[str, str], str]] = [
    (
        "cloudflare in transit",
        {"Server": "cloudflare", "CF-RAY": "8c1-FRA", "Set-Cookie": "__cf_bm=1", "cf-cache-status": "HIT"},
        page(body="<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"),
    ),
    ("akamai in transit", {"Server": "AkamaiGHost", "Set-Cookie": "_abck=1; ak_bmsc=2"}, page()),
    ("imperva in transit", {"X-CDN": "Incapsula", "X-Iinfo": "1-2", "Set-Cookie": "visid_incap_1=2"}, page()),
    ("datadome in transit", {"x-datadome": "protected"}, page(body="<script src='https://js.datadome.co/tags.js'></script>")),
    ("captcha in a comment form", {}, page(body="<form><div class='g-recaptcha'></div></form><script src='https://www.google.com/recaptcha/api.js'></script>")),
    ("an article on captchas", {}, page(title=TITLE, text="Robots fail at a captcha; a security check asks whether you are human. " + STORY)),
    ("turnstile in a newsletter form", {}, page(body="<div class='cf-turnstile'></div>")),
    ("an article on access denied", {}, page(text="The error Access Denied, Reference #18.2d351ab8, is well known. " + STORY * 2)),
    ("sign in and cookies", {}, page(body="<a href='/login'>Sign in</a><div id='cookie'>We use cookies. Accept all</div>")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "markup"), [g[1:] for g in GENUINE], ids=[g[0] for g in GENUINE]
)
def test_genuine_pages_are_never_blocked(headers: dict[str, str], markup: str) -> None:
    assert said(verdict_on(observed(markup, headers=headers))) == "ok/ok"


def test_a_redirect_to_a_test_for_robots() -> None:
    hops = (Hop("https://press.example/a", 302),)
    seen = observed(
        page(title="x", text="wait"), final="https://validate.perfdrive.com/?ssc=1", hops=hops
    )
    assert said(verdict_on(seen)) == "blocked/challenge"


def test_a_wall_in_the_addresses_of_an_endless_way() -> None:
    sign = wall_in_hops((Hop("https://press.example/action/cookieAbsent", 302),))
    assert sign is not None
    assert (sign.kind, sign.value) == ("challenge", "Literatum: redirect")
    assert wall_in_hops((Hop("https://press.example/a", 302),)) is None
