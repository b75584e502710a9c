# ruff: noqa: E501 - pages are read best on one line
"""Logins by form, chain, choice of an institution, title and words; login boxes are none."""

from __future__ import annotations

import pytest

from citecheck.records.observation import Hop
from standins.judged import STORY, URL, cited, observed, page, said, verdict_on


@pytest.mark.parametrize(
    "markup",
    [
        "<body onload='document.forms[0].submit()'><form method=post action='https://idp.example/sso'><input type=hidden name='SAMLRequest' value='PD94'></form>",
        "<form method=post><input type='hidden' name='wa' value='wsignin1.0'/><input type='hidden' name=\"wresult\" value='x'/></form><script>document.forms[0].submit()</script>",
        "<title>Session expired</title><p>Please log in again to continue.</p>",
        "<title>Sitzung</title><h1>Ihre Sitzung ist abgelaufen</h1>",
        "<title>提示信息</title><p>抱歉，您尚未登录，没有权限访问该版块</p>",
        "<title>Forum</title><p>You are not logged in or you do not have permission to access this page.</p>",
        "<title>Zaloguj się</title><p>Adres e-mail</p>",
        "<title>تسجيل الدخول</title><p>اسم المستخدم</p>",
        "<title>Giriş Yap</title><input type=email>",
        "<title>Archive</title><p>Please log in to continue.</p>",
        "<title>University portal</title><h1>University portal</h1><form><input type=PASSWORD></form>",
    ],
    ids=["saml", "ws-federation", "expired", "abgelaufen", "discuz", "vbulletin", "pl", "ar", "tr", "words", "password"],
)  # fmt: skip
def test_a_login_in_the_place_of_the_page(markup: str) -> None:
    assert said(verdict_on(observed(markup))) == "blocked/login"


@pytest.mark.parametrize(
    "final",
    [
        "https://wayf.aai.example/WAYF?entityID=x&return=y",
        "https://wayfinder.openathens.net/?entityID=x",
        "https://service.seamlessaccess.org/ds/?entityID=x&return=y",
        "https://sts.example/adfs/ls/?wa=wsignin1.0",
        "https://uni.okta.com/login/login.htm?fromURI=x",
        "https://press.example/action/ssostart?redirectUri=%2Fdoi%2F10.1",
    ],
)
def test_a_redirect_to_a_login_or_a_choice_of_institutions(final: str) -> None:
    seen = observed(page("x", "Find your institution"), final=final, hops=(Hop(URL, 302),))
    assert said(verdict_on(seen)) == "blocked/login"


@pytest.mark.parametrize(
    "markup",
    [
        page("Photo of the bell", "A photo.", body="<form hidden><input type=password></form>"),
        page("Photo of the bell", "A photo.", body="<dialog><input type=password></dialog>"),
        page("The bell", STORY, body="<p>Get access. Log in via your institution. Purchase PDF.</p>"),
        page("Radio play", "Log in to comment. The play was broadcast in the spring of 1936 from the old hall."),
    ],
    ids=["folded away", "dialog", "abstract", "comment"],
)  # fmt: skip
def test_login_boxes_and_offers_are_no_login(markup: str) -> None:
    link = cited(title="")
    assert verdict_on(observed(markup, link=link), link=link).state == "ok"
